package api_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"jiayi/api"
)

func TestWorkbench(t *testing.T) {
	script := strings.Repeat("console.log(1);", 200)
	d := newDoor(t, func(c *api.Config) {
		c.Web = fstest.MapFS{
			"index.html":          {Data: []byte("<!doctype html><title>家医</title>")},
			"assets/main-abc1.js": {Data: []byte(script)},
		}
	})
	get := func(method, path string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		d.server.ServeHTTP(w, r)
		return w
	}
	const page = "text/html,*/*"
	for _, path := range []string{"/", "/residents/8", "/today"} {
		w := get("GET", path, "Accept", page)
		csp := w.Header().Get("Content-Security-Policy")
		if w.Code != 200 || !strings.Contains(w.Body.String(), "家医") || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %s %v", path, w.Code, w.Body, w.Header())
		}
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "style-src 'self';") {
			t.Errorf("policy %q", csp)
		}
	}
	w := get("GET", "/assets/main-abc1.js", "Accept-Encoding", "gzip, br")
	if w.Code != 200 || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Body.Len() > 500 {
		t.Errorf("script: %d %v", w.Code, w.Header())
	}
	if w := get("GET", "/assets/main-abc1.js"); w.Body.String() != script {
		t.Error("a client without gzip gets another file")
	}
	for _, c := range []struct{ method, path, accept string }{
		{"GET", "/api/v1/nothing", page}, {"GET", "/assets/main-old.js", page}, {"GET", "/residents", "application/json"}, {"POST", "/residents", page},
	} {
		w := get(c.method, c.path, "Accept", c.accept)
		if w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}
