package api_test

import (
	"net/http"
	"strings"
	"testing"
)

const byCookie = "X-Session"

// cookieOf is the session cookie that an answer sets.
func (r reply) cookieOf() *http.Cookie {
	r.t.Helper()
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == "jiayi_session" {
			return c
		}
	}
	r.t.Fatalf("no cookie in %v", r.header)
	return nil
}

func (d *door) browser(origin string) (reply, *http.Cookie) {
	d.t.Helper()
	d.doctor()
	r := d.signIn("zhou.min", chosenPassword, "", byCookie, "cookie", "Origin", origin).want(200, "")
	return r, r.cookieOf()
}

func TestBrowserSessionIsAnUnreadableCookie(t *testing.T) {
	d := newDoor(t)
	r, c := d.browser("https://jiayi.example.cn")
	if _, there := r.body["refresh_token"]; there || strings.Contains(r.text, c.Value) {
		t.Error("the refresh token is in the body, where a script reads it")
	}
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode || c.Path != "/api/v1/auth" || c.MaxAge != 12*3600 {
		t.Errorf("cookie %+v", c)
	}
	for origin, secure := range map[string]bool{
		"": true, "http://jiayi.example.cn": true, "http://10.0.0.1:8080": true, "https://127.0.0.1": true, "null": true,
		"http://127.0.0.1:8080": false, "http://localhost:5173": false, "http://[::1]:8080": false,
	} {
		if got := d.signIn("zhou.min", chosenPassword, "", byCookie, "cookie", "Origin", origin).want(200, "").cookieOf().Secure; got != secure {
			t.Errorf("from %q: Secure %v", origin, got)
		}
	}
}

func TestRefreshByCookieNeedsItsHeader(t *testing.T) {
	d := newDoor(t)
	_, c := d.browser("")
	sent := c.Name + "=" + c.Value
	d.call("POST", "/auth/refresh", "", object{}, "Cookie", sent).want(422, "invalid") // what another site's form could send
	d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie").want(401, "session_ended")
	next := d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie", "Cookie", sent).want(200, "")
	if fresh := next.cookieOf(); fresh.Value == c.Value || strings.Contains(next.text, fresh.Value) {
		t.Error("not rotated, or shown to scripts")
	}
	d.call("GET", "/me", next.string("access_token"), nil).want(200, "")
}

func TestRepeatedRefreshByCookie(t *testing.T) {
	d := newDoor(t)
	_, c := d.browser("")
	sent := []string{byCookie, "cookie", "Cookie", c.Name + "=" + c.Value, "Idempotency-Key", "tab-1"}
	first := d.call("POST", "/auth/refresh", "", nil, sent...).want(200, "").cookieOf()
	again := d.call("POST", "/auth/refresh", "", nil, sent...).want(200, "").cookieOf()
	if first.Value != again.Value {
		t.Error("the repeated request got another answer")
	}
	// Whoever knows the key and not the cookie gets nothing.
	d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie", "Cookie", c.Name+"=guess", "Idempotency-Key", "tab-1").want(422, "idempotency_mismatch")
	// A used cookie under another key is a thief's, and ends the session.
	d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie", "Cookie", c.Name+"="+c.Value).want(401, "session_ended")
	d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie", "Cookie", first.Name+"="+first.Value).want(401, "session_ended")
}

func TestSignOutTakesTheCookieAway(t *testing.T) {
	d := newDoor(t)
	r, c := d.browser("")
	out := d.call("POST", "/auth/logout", r.string("access_token"), nil, byCookie, "cookie").want(204, "").cookieOf()
	if out.MaxAge >= 0 || out.Value != "" || out.Path != c.Path {
		t.Errorf("cookie %+v", out)
	}
	d.call("POST", "/auth/refresh", "", nil, byCookie, "cookie", "Cookie", c.Name+"="+c.Value).want(401, "session_ended")
}
