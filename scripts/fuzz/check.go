package main

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
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
	if !q.op.Describes(a.status) {
		if q.valid || !offRoute[a.status] {
			add("status %d is not described", a.status)
		}
		return out
	}
	for _, fault := range q.op.Faults(a.status, a.kind, a.body) {
		out = append(out, shorten(fault, 400))
	}
	return out
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
