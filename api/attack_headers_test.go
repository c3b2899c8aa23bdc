package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
)

// protective are the headers that every answer of the API carries: nothing is kept by a
// browser or a proxy, framed, guessed at or loaded from elsewhere.
var protective = map[string]string{
	"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
}

func TestEveryAnswerIsProtected(t *testing.T) {
	s := matrixSite(t)
	for _, r := range api.Routes(&handlers.Handlers{}) {
		sm := samples[r.ID]
		for _, as := range []string{"", "manager", "qiang"} {
			if r.Method != http.MethodGet && as != "" {
				continue // what a write answers passes the same middleware; the others must find things as they were
			}
			_, header, _ := s.call(as, r.Method, api.Prefix+sm.path, sm.body, "Origin", "https://evil.example")
			for name, want := range protective {
				if got := header.Get(name); got != want {
					t.Errorf("%s as %q: %s is %q", r.ID, as, name, got)
				}
			}
			if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "script") {
				t.Errorf("%s as %q: policy %q", r.ID, as, csp)
			}
			for name := range header {
				if strings.HasPrefix(name, "Access-Control-") || name == "Server" || name == "X-Powered-By" {
					t.Errorf("%s as %q sends %s", r.ID, as, name)
				}
			}
		}
	}
}

// What no route answers passes the same middleware; nobody is sent elsewhere.
func TestWhatIsNotThereIsProtected(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct{ method, path string }{
		{"GET", "/residents/"}, {"POST", "/auth/staff/"}, {"GET", "//evil.example/"}, {"GET", "/residents/../me"}, {"GET", "/nothing"}, {"DELETE", "/residents/1"}, {"TRACE", "/me"}, {"CONNECT", "/me"}, {"PUT", "/residents"},
	} {
		status, header, body := s.call("east", c.method, api.Prefix+c.path, "", "X-Forwarded-Prefix", "//evil.example", "X-Forwarded-Host", "evil.example", "X-HTTP-Method-Override", "GET")
		if status != http.StatusNotFound && status != http.StatusMethodNotAllowed || header.Get("Location") != "" || strings.Contains(body, "evil") || header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %v %s", c.method, c.path, status, header, body)
		}
		for name, want := range protective {
			if got := header.Get(name); got != want {
				t.Errorf("%s %s: %s is %q", c.method, c.path, name, got)
			}
		}
	}
}

// No other site's page may read an answer or send more than a simple form, whose media types
// are refused.
func TestOtherSitesAreStrangers(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/residents", "/auth/staff", "/me"} {
		status, header, _ := s.call("", http.MethodOptions, api.Prefix+path, "", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization")
		if status != http.StatusMethodNotAllowed || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("preflight of %s: %d %v", path, status, header)
		}
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		status, header, body := s.call("east", post, api.Prefix+"/residents", `{"name":"甲","sex":"1","birth_date":"2026-11-01","village_id":"1"}`, "Content-Type", kind, "Origin", "https://evil.example")
		if status != http.StatusUnsupportedMediaType || header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, "请使用 application/json 提交") || strings.Contains(body, `"errors"`) {
			t.Errorf("%s: %d %s", kind, status, body)
		}
	}
}

// What a client writes into a request never makes a line, or a header, of its own.
func TestInjectionIntoLogAndHeaders(t *testing.T) {
	d := newDoor(t, func(c *api.Config) { c.Quiet = false })
	const injected = "injected-by-a-client"
	for format, make := range map[string]func(*bytes.Buffer) slog.Handler{
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) }, "text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
	} {
		var log bytes.Buffer
		before := slog.Default()
		slog.SetDefault(slog.New(make(&log)))
		sent := 0
		for _, c := range []struct{ method, path, header, value string }{
			{"GET", "/nowhere/%0d%0a" + injected, "", ""}, {"GET", "/residents?q=%0d%0aSet-Cookie:" + injected, "", ""}, {"GET", "/me", "X-Request-Id", injected + "\r\nSet-Cookie: a=b"},
			{"GET", "/me", "X-Request-Id", injected + " level=ERROR"}, {"GET", "/me", "User-Agent", injected + "\n" + injected}, {"GET", "/me", "Authorization", "Bearer " + injected + "\r\n"},
			{"PURGE-" + injected, "/me", "", ""}, {"GET", "/contracts/1/" + injected, "X-Forwarded-For", injected},
		} {
			r := httptest.NewRequest(c.method, api.Prefix+c.path, nil)
			if c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			w := httptest.NewRecorder()
			d.server.ServeHTTP(w, r)
			sent++
			for name, values := range w.Header() {
				if text := name + strings.Join(values, ","); strings.Contains(text, injected) || strings.Contains(text, "Set-Cookie") {
					t.Errorf("%s %s: header %s", c.method, c.path, text)
				}
			}
			if strings.Contains(w.Body.String(), injected) {
				t.Errorf("%s %s: the body repeats it: %s", c.method, c.path, w.Body)
			}
		}
		slog.SetDefault(before)
		lines := 0
		for scan := bufio.NewScanner(&log); scan.Scan(); lines++ {
			if strings.Contains(scan.Text(), injected) && !strings.Contains(scan.Text(), "PURGE-") || format == "json" && !json.Valid(scan.Bytes()) {
				t.Errorf("%s: line %s", format, scan.Text())
			}
		}
		if lines != sent {
			t.Errorf("%s: %d lines for %d requests", format, lines, sent)
		}
	}
}
