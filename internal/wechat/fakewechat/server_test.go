package fakewechat_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jiayi/internal/wechat/fakewechat"
)

// These tests speak raw HTTP: what the client never sends must be answered too.
type wire struct {
	t    *testing.T
	fake *fakewechat.Server
	now  time.Time
}

func newWire(t *testing.T) *wire {
	w := &wire{t: t, now: time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)}
	w.fake = fakewechat.New(fakewechat.Options{
		AppID: "app", AppSecret: "secret", Now: func() time.Time { return w.now },
		PerMinute: 3, Pages: []string{"pages/home"},
	})
	w.fake.AddUser("demo", "openid", "13812341234", true)
	return w
}

// call returns the answer and its errcode.
func (w *wire) call(method, path, body string) (map[string]any, int) {
	w.t.Helper()
	rec := httptest.NewRecorder()
	w.fake.ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
	var out map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil || rec.Code != http.StatusOK {
		w.t.Fatalf("%s %s: HTTP %d, %v", method, path, rec.Code, err)
	}
	code, _ := out["errcode"].(float64)
	return out, int(code)
}

func TestLoginOnTheWire(t *testing.T) {
	w := newWire(t)
	const good = "?appid=app&secret=secret&js_code=demo&grant_type=authorization_code"
	for _, c := range []struct {
		method, query string
		want          int
	}{
		{"POST", good, 43001},
		{"GET", "?secret=secret&js_code=demo&grant_type=authorization_code", 41002},
		{"GET", "?appid=app&js_code=demo&grant_type=authorization_code", 41004},
		{"GET", "?appid=other&secret=secret&js_code=demo&grant_type=authorization_code", 40013},
		{"GET", "?appid=app&secret=other&js_code=demo&grant_type=authorization_code", 40125},
		{"GET", "?appid=app&secret=secret&js_code=demo", 40002},
		{"GET", "?appid=app&secret=secret&grant_type=authorization_code", 41008},
		{"GET", good, 0}, {"GET", good, 0}, {"GET", good, 0},
		{"GET", good, 45011},
	} {
		out, code := w.call(c.method, fakewechat.PathLogin+c.query, "")
		if code != c.want {
			t.Errorf("%s %s: errcode %d, want %d", c.method, c.query, code, c.want)
		}
		if c.want == 0 && (out["openid"] != "openid" || out["session_key"] == nil) {
			t.Errorf("answer %v", out)
		}
		if c.want != 0 && !strings.Contains(fmt.Sprint(out["errmsg"]), "rid: ") {
			t.Errorf("errmsg %v", out["errmsg"])
		}
	}
}

func (w *wire) token(force bool) (string, float64, int) {
	w.t.Helper()
	out, code := w.call("POST", fakewechat.PathToken, fmt.Sprintf(
		`{"grant_type":"client_credential","appid":"app","secret":"secret","force_refresh":%v}`, force))
	value, _ := out["access_token"].(string)
	expires, _ := out["expires_in"].(float64)
	return value, expires, code
}

// works tells the errcode a token gets; 41008 means that the token itself was good.
func (w *wire) works(token string) int {
	w.t.Helper()
	_, code := w.call("POST", fakewechat.PathPhone+"?access_token="+token, `{}`)
	return code
}

func TestStableToken(t *testing.T) {
	w := newWire(t)
	first, expires, _ := w.token(false)
	if expires != 7200 {
		t.Errorf("expires_in %v", expires)
	}
	w.now = w.now.Add(6899 * time.Second)
	if again, expires, _ := w.token(false); again != first || expires != 301 {
		t.Errorf("another token, or expires_in %v", expires)
	}
	w.now = w.now.Add(time.Second)
	second, expires, _ := w.token(false)
	if second == first || expires != 7200 {
		t.Errorf("not renewed 5 minutes before the end; expires_in %v", expires)
	}
	if a, b := w.works(first), w.works(second); a != 41008 || b != 41008 {
		t.Errorf("in the window: old %d, new %d", a, b)
	}
	w.now = w.now.Add(300 * time.Second)
	if a, b := w.works(first), w.works(second); a != 42001 || b != 41008 {
		t.Errorf("after the window: old %d, new %d", a, b)
	}
	forced, _, _ := w.token(true)
	if a, b := w.works(second), w.works(forced); a != 40001 || b != 41008 {
		t.Errorf("after forcing: old %d, new %d", a, b)
	}
	if code := w.works(""); code != 41001 {
		t.Errorf("no token: %d", code)
	}
	if code := w.works("short"); code != 40014 {
		t.Errorf("malformed token: %d", code)
	}
}

func TestForceRefreshIsLimited(t *testing.T) {
	w := newWire(t)
	for i := range 20 {
		if _, _, code := w.token(true); code != 0 {
			t.Fatalf("forced %d times: %d", i, code)
		}
		if i == 0 {
			w.now = w.now.Add(29 * time.Second)
			if _, _, code := w.token(true); code != 45009 {
				t.Errorf("after 29 s: %d", code)
			}
			w.now = w.now.Add(time.Second)
			continue
		}
		w.now = w.now.Add(30 * time.Second)
	}
	if _, _, code := w.token(true); code != 45009 {
		t.Errorf("the 21st time in a day: %d", code)
	}
	w.now = w.now.Add(24 * time.Hour)
	if _, _, code := w.token(true); code != 0 {
		t.Errorf("the next day: %d", code)
	}
}

func TestPostedBodies(t *testing.T) {
	w := newWire(t)
	token, _, _ := w.token(false)
	w.fake.AddTemplate("tmpl", "thing1")
	w.fake.Subscribe("openid", "tmpl", 1)
	message := func(page, state, value string) string {
		return fmt.Sprintf(`{"touser":"openid","template_id":"tmpl","page":%q,"miniprogram_state":%q,"data":{"thing1":{"value":%q}}}`, page, state, value)
	}
	for _, c := range []struct {
		name, method, path, body string
		want                     int
	}{
		{"token by GET", "GET", fakewechat.PathToken, "", 43002},
		{"token, no JSON", "POST", fakewechat.PathToken, "x", 47001},
		{"token, grant type", "POST", fakewechat.PathToken, `{"appid":"app","secret":"secret"}`, 40002},
		{"phone, no JSON", "POST", fakewechat.PathPhone + "?access_token=" + token, "x", 47001},
		{"message, no JSON", "POST", fakewechat.PathSend + "?access_token=" + token, "x", 47001},
		{"message, no token", "POST", fakewechat.PathSend, message("", "", "x"), 41001},
		{"message, unlisted page", "POST", fakewechat.PathSend + "?access_token=" + token, message("pages/other", "", "x"), 41030},
		{"message, state", "POST", fakewechat.PathSend + "?access_token=" + token, message("", "beta", "x"), 47003},
		{"message, 21 characters", "POST", fakewechat.PathSend + "?access_token=" + token, message("", "", strings.Repeat("约", 21)), 47003},
		{"message, good", "POST", fakewechat.PathSend + "?access_token=" + token, message("pages/home?id=1", "trial", strings.Repeat("约", 20)), 0},
		{"message, quota used", "POST", fakewechat.PathSend + "?access_token=" + token, message("", "", "x"), 43101},
	} {
		if _, code := w.call(c.method, c.path, c.body); code != c.want {
			t.Errorf("%s: errcode %d, want %d", c.name, code, c.want)
		}
	}
	if sent := w.fake.Sent(); len(sent) != 1 || sent[0].State != "trial" || !sent[0].At.Equal(w.now) {
		t.Errorf("sent %+v", sent)
	}
}
