package api_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiayi/internal/openapi"
)

// description is docs/openapi.json.
var description = sync.OnceValues(func() (*openapi.File, error) {
	f, err := os.Open("../docs/openapi.json")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return openapi.Read(f)
})

// wellAnswered are the operations that these tests saw succeed.
var wellAnswered = struct {
	sync.Mutex
	ids map[string]bool
}{ids: map[string]bool{}}

// asDescribed holds an answer against the description: every test that asks the API does.
func asDescribed(t *testing.T, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	f, err := description()
	if err != nil {
		t.Fatal(err)
	}
	op := f.Find(r.Method, r.URL.Path)
	if op == nil {
		return // no operation of the API: a page, a file, or what a test made up
	}
	if !op.Describes(w.Code) {
		t.Errorf("%s: status %d is not described", op.ID, w.Code)
	}
	for _, fault := range op.Faults(w.Code, w.Header().Get("Content-Type"), w.Body.Bytes()) {
		t.Errorf("%s: %d: %s", op.ID, w.Code, fault)
	}
	if w.Code < 300 {
		wellAnswered.Lock()
		wellAnswered.ids[op.ID] = true
		wellAnswered.Unlock()
	}
}

// TestMain also wants every operation answered well by some test, when all of them ran.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if some := flag.Lookup("test.run").Value.String(); code == 0 && some == "" {
		code = unanswered()
	}
	os.Exit(code)
}

// unanswered names the operations that no test saw succeed, and is 1 if there are any.
func unanswered() int {
	f, err := description()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	missing := map[string]bool{}
	for _, op := range f.Operations {
		if !wellAnswered.ids[op.ID] {
			missing[op.ID] = true
		}
	}
	if len(missing) == 0 {
		return 0
	}
	fmt.Fprintf(os.Stderr, "%d of %d operations were answered well by no test: %s\n", len(missing), len(f.Operations), strings.Join(slices.Sorted(maps.Keys(missing)), " "))
	return 1
}
