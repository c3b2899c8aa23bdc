package api

import (
	"regexp"
	"strings"
)

var pathParam = regexp.MustCompile(`\{([a-z_]+)\}`)

// ginPath writes an OpenAPI path as gin knows it: /residents/{id} → /residents/:id.
func ginPath(path string) string { return pathParam.ReplaceAllString(path, ":$1") }

// tagOf groups the operations by their first noun.
func tagOf(path string) string {
	return strings.Split(strings.TrimPrefix(path, "/"), "/")[0]
}
