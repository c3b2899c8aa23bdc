package api_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/password"
	"jiayi/models/store/storetest"
)

// secrets of the small district's people, and of those the test enters.
var personal = []string{
	"19900000001", "19900000002", "19955551234", "榴园镇某路1号", "东村西街77号",
	storetest.IDNumber(storetest.Today.AddYears(-33), 55), storetest.IDNumber(storetest.Today.AddYears(-33), 57),
}

// lockedBuffer may be written by several requests at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestNothingPersonalIsLoggedOrEchoed sends personal data through every kind of answer,
// good and bad, and reads the log and every refusal for it.
func TestNothingPersonalIsLoggedOrEchoed(t *testing.T) {
	var log lockedBuffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	s, clock := storetest.District(t)
	h := &handlers.Handlers{Store: s, Tokens: newSigner(t, signingKey, issuer), Passwords: password.NewHasher(1)}
	here := &site{t: t, handler: api.New(api.Config{Version: "test", Handlers: h, Identify: identifyByName}), store: s, clock: clock}

	good := `{"name":"赵新","id_number":"` + personal[5] + `","phone":"19955551234","village_id":"1","address":"东村西街77号"}`
	refused := ""
	for _, c := range []struct{ as, method, url, body string }{
		{"east", post, "/residents", good},
		{"east", post, "/residents", good},
		{"west", post, "/residents", good},
		{"east", post, "/residents", `{"name":"赵新","id_number":"` + personal[6] + `9","phone":"19955551234x","village_id":"1"}`},
		{"east", post, "/residents", `{"name":"19955551234","phone":` + personal[5] + `}`},
		{"east", post, "/residents", `{"` + personal[5] + `":1}`},
		{"east", post, "/residents", `{"name":"` + personal[5]},
		{"east", http.MethodGet, "/residents?q=19900000001", ""},
		{"east", http.MethodGet, "/residents?phone=19900000001", ""},
		{"mei", http.MethodGet, "/residents/1", ""},
		{"east", http.MethodGet, "/residents/" + personal[5], ""},
		{"east", patch, "/residents/1", `{"phone":"19955551234"}`},
		{"nurse", post, "/residents/1/reveal", `{"reason":"19900000001"}`},
		{"mei", post, "/me/binding", `{"name":"张秀英","id_number":"` + personal[5] + `"}`},
	} {
		status, _, body := here.call(c.as, c.method, api.Prefix+c.url, c.body, "X-Request-Id", "privacy-test")
		if status >= 500 {
			t.Errorf("%s %s: %d %s", c.method, c.url, status, body)
		}
		if status >= 400 {
			refused += body + "\n"
		}
	}
	for _, p := range personal {
		if strings.Contains(log.String(), p) {
			t.Errorf("the log holds %q", p)
		}
		if strings.Contains(refused, p) {
			t.Errorf("a refusal holds %q", p)
		}
	}
	if !strings.Contains(log.String(), "privacy-test") {
		t.Error("the log was not captured, so the test proves nothing")
	}
}

// TestACallerWhoLeavesIsNoFailure keeps the error log for what is wrong with the server.
func TestACallerWhoLeavesIsNoFailure(t *testing.T) {
	var log lockedBuffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	s := newSite(t)
	for name, gone := range map[string]bool{"there": false, "gone": true} {
		ctx, leave := context.WithCancel(t.Context())
		if gone {
			leave()
		}
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, api.Prefix+"/villages", nil)
		r.Header.Set("Authorization", "Bearer east")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		leave()
		if want := map[bool]int{false: http.StatusOK, true: http.StatusServiceUnavailable}[gone]; w.Code != want {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if strings.Contains(log.String(), "request failed") {
		t.Error(log.String())
	}
}
