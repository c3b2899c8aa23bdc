package fakewechat_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/internal/wechat/fakewechat"
)

// A page outside WeChat gets codes that the server takes once, and only for its users.
func TestPocketGivesSingleUseCodes(t *testing.T) {
	w := newWire(t)
	pocket := w.fake.Pocket(map[string]string{"openid": "一位居民"})
	ask := func(method, path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		pocket.ServeHTTP(rec, httptest.NewRequest(method, path, nil))
		return rec
	}
	if got := ask(http.MethodGet, "/").Body.String(); !strings.Contains(got, "一位居民") {
		t.Errorf("the list is %s", got)
	}
	for _, path := range []string{"/?user=stranger&for=login", "/?user=openid&for=other", "/?user=openid"} {
		if rec := ask(http.MethodPost, path); rec.Code != http.StatusNotFound {
			t.Errorf("POST %s: %d, want 404", path, rec.Code)
		}
	}
	var given struct{ Code string }
	if err := json.Unmarshal(ask(http.MethodPost, "/?user=openid&for=login").Body.Bytes(), &given); err != nil {
		t.Fatal(err)
	}
	login := fakewechat.PathLogin + "?appid=app&secret=secret&grant_type=authorization_code&js_code=" + given.Code
	if out, errcode := w.call(http.MethodGet, login, ""); errcode != 0 || out["openid"] != "openid" {
		t.Errorf("the code signs in as %v, errcode %d", out["openid"], errcode)
	}
	if _, errcode := w.call(http.MethodGet, login, ""); errcode != 40163 {
		t.Errorf("the second use gives %d, want 40163", errcode)
	}
}

// A drill strikes until another is played; only WeChat fails, the phone still gives codes.
func TestPocketPlaysDrills(t *testing.T) {
	w := newWire(t)
	pocket := w.fake.Pocket(nil)
	play := func(name string) int {
		rec := httptest.NewRecorder()
		pocket.ServeHTTP(rec, httptest.NewRequest(http.MethodPut, "/?drill="+name, nil))
		return rec.Code
	}
	if code := play("earthquake"); code != http.StatusNotFound {
		t.Errorf("an unknown drill: %d", code)
	}
	token, _, _ := w.token(false)
	w.fake.AddTemplate("tmpl", "thing1")
	w.fake.Subscribe("openid", "tmpl", 9)
	send := func() int {
		_, code := w.call(http.MethodPost, fakewechat.PathSend+"?access_token="+token, `{"touser":"openid","template_id":"tmpl","data":{"thing1":{"value":"x"}}}`)
		return code
	}
	for _, c := range []struct {
		drill string
		want  int
	}{{"quota_used", 43101}, {"quota_used", 43101}, {"token_expired", 42001}, {"busy", -1}, {"none", 0}} {
		if code := play(c.drill); code != http.StatusNoContent {
			t.Errorf("%s: %d", c.drill, code)
		}
		if got := send(); got != c.want {
			t.Errorf("%s: errcode %d, want %d", c.drill, got, c.want)
		}
	}
	play("down")
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Error("the connection stays open")
		}
	}()
	send()
}
