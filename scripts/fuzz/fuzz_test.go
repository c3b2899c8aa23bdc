package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/commands"
	"jiayi/internal/openapi"
	"jiayi/models/store/storetest"
)

// demonstration serves a small district and returns its folder.
func demonstration(t *testing.T) string {
	t.Helper()
	dir, address := t.TempDir(), storetest.Address(t)
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := commands.Main(ctx, []string{"demo", "--dir", dir, "--dsn", address, "--addr", "127.0.0.1:0", "--scale", "0.001", "--log-level", "error"}, commands.IO{Out: in, Err: t.Output()})
		_ = in.Close()
		ended <- code
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("the demonstration ended with %d", code)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "API: http") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return dir
		}
	}
	t.Fatal("the demonstration did not begin")
	return ""
}

// A few of the requests that run.sh sends by the hundred thousand: enough for every
// operation and everyone to be met.
func TestEveryAnswerIsWhatTheFileSays(t *testing.T) {
	s := settings{dir: demonstration(t), requests: 4000, seed: 1, workers: 4}
	r, err := run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if r.failed() {
		var text strings.Builder
		r.print(&text)
		t.Error(text.String())
	}
	if len(r.routes) < 250 {
		t.Errorf("only %d operations were asked", len(r.routes))
	}
	good := 0
	for id, by := range r.routes {
		n := 0
		for status, times := range by {
			n += times
			if status < 300 {
				good += times
			}
		}
		if n == 0 {
			t.Errorf("%s was not asked", id)
		}
	}
	if good < s.requests/20 {
		t.Errorf("only %d of %d requests were good enough to do something", good, s.requests)
	}
	for _, p := range r.people {
		if r.asked[p.name] == 0 {
			t.Errorf("nothing was asked as %s", p.name)
		}
	}
}

// The same seed makes the same requests.
func TestRequestsRepeat(t *testing.T) {
	f := &fuzzer{settings: settings{seed: 7}, ids: newPools(), people: []*person{{name: "nobody"}}}
	op := &openapi.Operation{ID: "x", Method: "POST", Path: "/api/v1/residents/{id}/move", Permission: public, Params: []openapi.Param{{Name: "id", In: "path", Required: true, Schema: schema{"type": "string"}}, {Name: "cursor", In: "query", Schema: schema{"type": "string"}}},
		Body: map[string]schema{"application/json": {"type": "object", "properties": schema{"name": schema{"type": "string"}, "n": schema{"type": "integer"}}}}}
	f.spec = &spec{operations: []*openapi.Operation{op}}
	different := 0
	for i := range 200 {
		a, b := f.makeRequest(i), f.makeRequest(i)
		if a.replay() != b.replay() {
			t.Fatalf("request %d: %s, then %s", i, a.replay(), b.replay())
		}
		if i > 0 && a.replay() != f.makeRequest(i-1).replay() {
			different++
		}
	}
	if different < 150 {
		t.Errorf("only %d requests differ from the one before", different)
	}
}

// A checker that finds nothing proves nothing.
func TestTheCheckerFindsFaults(t *testing.T) {
	f := &fuzzer{ids: newPools()}
	var err error
	if f.spec, err = loadSpec(t.Context(), serveSpec(t), ""); err != nil {
		t.Fatal(err)
	}
	op := f.spec.byID["get-resident"]
	q := &request{op: op, as: &person{name: "nobody"}, path: "/api/v1/residents/1", valid: true}
	head := func(kind string) map[string][]string {
		return map[string][]string{"Content-Type": {kind}, "X-Content-Type-Options": {"nosniff"}, "Cache-Control": {"no-store"}}
	}
	const problem = "application/problem+json"
	good := `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"未找到"}`
	for name, c := range map[string]struct {
		a     answer
		fault string
	}{
		"good":             {answer{status: 404, header: head(problem), kind: problem, body: []byte(good)}, ""},
		"500":              {answer{status: 500, header: head(problem), kind: problem, body: []byte(good)}, "status 500"},
		"undescribed":      {answer{status: 418, header: head(problem), kind: problem}, "is not described"},
		"lacks a field":    {answer{status: 404, header: head(problem), kind: problem, body: []byte(`{"status":404}`)}, "breaks its schema"},
		"a field too many": {answer{status: 404, header: head(problem), kind: problem, body: []byte(strings.Replace(good, "{", `{"sql":"x",`, 1))}, "breaks its schema"},
		"no JSON":          {answer{status: 404, header: head(problem), kind: problem, body: []byte("<html>")}, "is not JSON"},
		"HTML":             {answer{status: 404, header: head("text/html"), kind: "text/html", body: []byte(good)}, "content type"},
		"may be cached":    {answer{status: 404, header: map[string][]string{"X-Content-Type-Options": {"nosniff"}}, kind: problem, body: []byte(good)}, "Cache-Control"},
		"repeats a value":  {answer{status: 404, header: head(problem), kind: problem, body: []byte(strings.Replace(good, "未找到", mark+mark, 1))}, "repeats a value"},
		"nothing":          {answer{err: context.DeadlineExceeded}, "no answer"},
	} {
		got := strings.Join(checker{}.faults(q, &c.a), "; ")
		if c.fault == "" && got != "" || !strings.Contains(got, c.fault) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func serveSpec(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir("../../docs")))
	t.Cleanup(server.Close)
	return server.URL
}
