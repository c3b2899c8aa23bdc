package api_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// deadlines notes the read deadlines that are set on the connection.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

// net/http takes a read deadline that passes during a request for a lost client, and ends
// every later request of the connection too.
func TestNoReadDeadlineWhileAHandlerWorks(t *testing.T) {
	s := newSite(t)
	for _, r := range []struct{ method, path, body string }{
		{"GET", "/residents", ""},
		{"POST", "/clinical/assess", `{"program":"hypertension"}`},
		{"PATCH", "/residents/1", `{"phone":"19900000001"}`},
		{"POST", "/notices/read", ""},
	} {
		w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		req := httptest.NewRequestWithContext(t.Context(), r.method, "/api/v1"+r.path, strings.NewReader(r.body))
		req.Header.Set("Authorization", "Bearer manager")
		if r.body != "" {
			req.Header.Set("Content-Type", "application/json")
		}
		s.handler.ServeHTTP(w, req)
		if len(w.set) == 0 || !w.set[len(w.set)-1].IsZero() {
			t.Errorf("%s %s (%d) is left with the deadlines %v", r.method, r.path, w.Code, w.set)
		}
		if r.body != "" && w.set[0].IsZero() {
			t.Errorf("%s %s: its body may take forever to arrive", r.method, r.path)
		}
	}
}
