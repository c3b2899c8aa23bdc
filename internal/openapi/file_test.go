package openapi_test

import (
	"errors"
	"strings"
	"testing"

	"jiayi/internal/openapi"
)

const file = `{"openapi":"3.1.0","paths":{
"/a/{id}":{"get":{"operationId":"get-a","x-permission":"a.read","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}},"204":{},"default":{"content":{"application/problem+json":{"schema":{"type":"object","required":["code"]}}}}}}},
"/a/all":{"get":{"operationId":"all","responses":{"200":{"content":{"image/*":{}}}}}}},
"components":{"schemas":{"A":{"type":"object","required":["id"],"properties":{"id":{"type":"string"}},"additionalProperties":false}}}}`

func read(t *testing.T) *openapi.File {
	t.Helper()
	f, err := openapi.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFind(t *testing.T) {
	f := read(t)
	for path, want := range map[string]string{"/a/1": "get-a", "/a/all": "all", "/a/": "", "/a/1/b": "", "/b": ""} {
		got := ""
		if op := f.Find("GET", path); op != nil {
			got = op.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if f.Find("POST", "/a/1") != nil {
		t.Error("another method was found")
	}
}

func TestFaults(t *testing.T) {
	f := read(t)
	one, all := f.Find("GET", "/a/1"), f.Find("GET", "/a/all")
	for _, c := range []struct {
		op         *openapi.Operation
		status     int
		kind, body string
		fault      string // "" for none
	}{
		{one, 200, "application/json; charset=utf-8", `{"id":"1"}`, ""},
		{one, 200, "application/json", `{"id":1}`, "breaks its schema"},
		{one, 200, "application/json", `{"id":"1","b":2}`, "breaks its schema"},
		{one, 200, "application/json", `{`, "not JSON"},
		{one, 200, "text/html", `x`, "not described"},
		{one, 204, "", ``, ""},
		{one, 204, "", `x`, "a body"},
		{one, 404, "application/problem+json", `{"code":"not_found"}`, ""},
		{one, 404, "application/problem+json", `{}`, "breaks its schema"},
		{all, 200, "image/png", `x`, ""},
		{all, 200, "text/plain", `x`, "not described"},
	} {
		got := strings.Join(c.op.Faults(c.status, c.kind, []byte(c.body)), "; ")
		if (got == "") != (c.fault == "") || !strings.Contains(got, c.fault) {
			t.Errorf("%s %d %s: %q, want %q", c.op.ID, c.status, c.body, got, c.fault)
		}
	}
	if !one.Describes(500) || all.Describes(404) || one.Describes(201) {
		t.Error("what is described")
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{"", "{}", "[]", `{"paths":{}}`, `{"paths":{"/a":{"get":{"operationId":"a","responses":{"x":{}}}}}}`} {
		if _, err := openapi.Read(strings.NewReader(text)); !errors.Is(err, openapi.ErrFile) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
