package wechat_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

func TestLogin(t *testing.T) {
	b := newBench(t)
	code := b.fake.LoginCode(openid)
	if s, err := b.Code2Session(t.Context(), code); err != nil || s.OpenID != openid {
		t.Fatalf("%v, %v", s, err)
	}
	_, err := b.Code2Session(t.Context(), code)
	wantError(t, err, wechat.InvalidCode, 40163)

	for range 3 {
		if s, err := b.Code2Session(t.Context(), "demo-zhang"); err != nil || s.OpenID != openid {
			t.Fatalf("reusable code: %v, %v", s, err)
		}
	}
}

func TestLoginCodeAges(t *testing.T) {
	b := newBench(t)
	first, second := b.fake.LoginCode(openid), b.fake.LoginCode(openid)
	b.clock.add(5*time.Minute - time.Second)
	if _, err := b.Code2Session(t.Context(), first); err != nil {
		t.Errorf("in its last second: %v", err)
	}
	b.clock.add(time.Second)
	_, err := b.Code2Session(t.Context(), second)
	wantError(t, err, wechat.InvalidCode, 40029)
	if _, err := b.Code2Session(t.Context(), "demo-zhang"); err != nil {
		t.Errorf("a reusable code grew old: %v", err)
	}
}

func TestLoginRefused(t *testing.T) {
	b := newBench(t)
	b.fake.AddUser("demo-li", "openid-of-li", "13900000000", true)
	b.fake.Block("openid-of-li")
	login := func(code string) error {
		_, err := b.Code2Session(t.Context(), code)
		return err
	}
	wantError(t, login("no such code"), wechat.InvalidCode, 40029)
	wantError(t, login(""), wechat.InvalidCode, 41008)
	wantError(t, login(b.fake.PhoneCode(openid)), wechat.InvalidCode, 40029)
	wantError(t, login("demo-li"), wechat.BlockedUser, 40226)

	for range 100 {
		if err := login("demo-zhang"); err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, login("demo-zhang"), wechat.TooFrequent, 45011)
	b.clock.add(time.Minute)
	if err := login("demo-zhang"); err != nil {
		t.Errorf("a minute later: %v", err)
	}

	other := newBench(t, func(c *wechat.Config) { c.AppID = "wx-other" })
	_, err := other.Code2Session(t.Context(), "demo-zhang")
	wantError(t, err, wechat.Misconfigured, 40013)
	other = newBench(t, func(c *wechat.Config) { c.AppSecret = "wrong" })
	_, err = other.Code2Session(t.Context(), "demo-zhang")
	wantError(t, err, wechat.Misconfigured, 40125)
}

func TestPhoneNumber(t *testing.T) {
	b := newBench(t)
	code := b.fake.PhoneCode(openid)
	if p, err := b.PhoneNumber(t.Context(), code); err != nil || p != (wechat.Phone{Number: phone, CountryCode: "86"}) {
		t.Fatalf("%v", err)
	}
	ask := func(code string) error {
		_, err := b.PhoneNumber(t.Context(), code)
		return err
	}
	wantError(t, ask(code), wechat.InvalidCode, 40163)
	wantError(t, ask(b.fake.LoginCode(openid)), wechat.InvalidCode, 40029)
	wantError(t, ask("demo-zhang"), wechat.InvalidCode, 40029)
	wantError(t, ask(""), wechat.InvalidCode, 41008)

	b.fake.AddPhoneCode("demo-zhang-phone", openid, true)
	for range 2 {
		if err := ask("demo-zhang-phone"); err != nil {
			t.Errorf("reusable phone code: %v", err)
		}
	}
}

// A phone number issued to another mini-program must not bind a resident here.
func TestPhoneNumberOfAnotherApp(t *testing.T) {
	b := newBench(t)
	b.fake.Fail(fakewechat.PathPhone, 1, fakewechat.Fault{Body: `{"errcode":0,"errmsg":"ok","phone_info":{
		"phoneNumber":"13812341234","purePhoneNumber":"13812341234","countryCode":"86",
		"watermark":{"timestamp":1772674200,"appid":"wx-other"}}}`})
	p, err := b.PhoneNumber(t.Context(), "x")
	wantError(t, err, wechat.Mismatch, 0)
	if p != (wechat.Phone{}) {
		t.Error("the number came through")
	}
}

// The request on the wire is the documented one.
func TestLoginRequest(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		_, _ = w.Write([]byte(`{"openid":"o","unionid":"u","session_key":"k"}`))
	}))
	defer server.Close()
	c, err := wechat.New(wechat.Config{AppID: appID, AppSecret: appSecret, BaseURL: server.URL + "/gateway/"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Code2Session(t.Context(), "a&b=c")
	if err != nil || s != (wechat.Session{OpenID: "o", UnionID: "u"}) {
		t.Fatalf("%v, %v", s, err)
	}
	q := got.URL.Query()
	if got.Method != http.MethodGet || got.URL.Path != "/gateway/sns/jscode2session" || len(q) != 4 ||
		q.Get("appid") != appID || q.Get("secret") != appSecret || q.Get("js_code") != "a&b=c" ||
		q.Get("grant_type") != "authorization_code" {
		t.Errorf("%s %s", got.Method, got.URL)
	}
}
