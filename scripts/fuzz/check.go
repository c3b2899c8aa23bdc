package main

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// checker holds answers against the file.
type checker struct{}

// offRoute are the statuses of a request that no operation answers: its path, method or
// media type was broken.
var offRoute = map[int]bool{http.StatusNotFound: true, http.StatusMethodNotAllowed: true, http.StatusBadRequest: true}

// fieldNames are what a refusal may give back of a request.
var fieldNames = regexp.MustCompile(`"field":"[^"]*"`)

// faults are what is wrong with an answer.
func (checker) faults(q *request, a *answer) []string {
	if a.err != nil {
		return []string{"no answer: " + shorten(a.err.Error(), 200)}
	}
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if a.status >= http.StatusInternalServerError {
		add("status %d", a.status)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
		if got := a.header.Get(name); got != want && strings.HasPrefix(q.path, "/api/") {
			add("%s is %q", name, got)
		}
	}
	if a.header.Get("X-Injected") != "" {
		add("a header was injected")
	}
	if a.status >= 400 && bytes.Contains(fieldNames.ReplaceAll(a.body, nil), []byte(mark)) {
		add("a refusal repeats a value")
	}
	spec, known := q.op.answers[a.status]
	if !known && q.op.refusesAny != nil && a.status >= 400 {
		spec, known = *q.op.refusesAny, true
	}
	if !known {
		if !q.valid && offRoute[a.status] {
			return out
		}
		add("status %d is not described", a.status)
		return out
	}
	return append(out, spec.faults(a)...)
}

// faults holds the body against the media types and schemas of a status.
func (s answerSpec) faults(a *answer) []string {
	if len(s.schemas) == 0 {
		if len(a.body) > 0 && (a.status == http.StatusNoContent || a.status == http.StatusNotModified) {
			return []string{"a body where none is described"}
		}
		return nil
	}
	kind, _, _ := mime.ParseMediaType(a.kind)
	for described, schema := range s.schemas {
		if family, wide := strings.CutSuffix(described, "*"); kind != described && (!wide || !strings.HasPrefix(kind, family)) {
			continue
		}
		if schema == nil {
			return nil
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
		if err != nil {
			return []string{"the body is not JSON"}
		}
		if err := schema.Validate(v); err != nil {
			return []string{"the body breaks its schema: " + shorten(strings.ReplaceAll(err.Error(), "\n", " "), 400)}
		}
		return nil
	}
	return []string{fmt.Sprintf("content type %q is not described", kind)}
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
