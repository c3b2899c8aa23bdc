package openapi

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// answer is what the file says of one status.
type answer struct {
	file  *File
	kinds map[string]*schemaAt // by media type; none: there is no body
}

// schemaAt is a schema of the file, compiled when it is first asked for; "" is for anything.
type schemaAt struct {
	at       string
	compiled *jsonschema.Schema
}

// Describes tells whether the file says anything of the status.
func (o *Operation) Describes(status int) bool { return o.answer(status) != nil }

func (o *Operation) answer(status int) *answer {
	if a := o.answers[status]; a != nil {
		return a
	}
	if status >= http.StatusBadRequest {
		return o.refusesAny
	}
	return nil
}

// Faults are what is wrong with an answer of a status that is described: its media type, or
// where its body breaks the schema.
func (o *Operation) Faults(status int, contentType string, body []byte) []string {
	a := o.answer(status)
	switch {
	case a == nil:
		return nil
	case len(a.kinds) == 0:
		if len(body) > 0 && (status == http.StatusNoContent || status == http.StatusNotModified) {
			return []string{"a body where none is described"}
		}
		return nil
	}
	kind, _, _ := mime.ParseMediaType(contentType)
	for described, schema := range a.kinds {
		if family, wide := strings.CutSuffix(described, "*"); kind != described && (!wide || !strings.HasPrefix(kind, family)) {
			continue
		}
		return a.breaks(schema, body)
	}
	return []string{fmt.Sprintf("content type %q is not described", kind)}
}

func (a *answer) breaks(s *schemaAt, body []byte) []string {
	if s.at == "" {
		return nil
	}
	schema, err := a.schema(s)
	if err != nil {
		return []string{err.Error()}
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return []string{"the body is not JSON"}
	}
	if err := schema.Validate(v); err != nil {
		return []string{"the body breaks its schema: " + strings.ReplaceAll(err.Error(), "\n", " ")}
	}
	return nil
}

func (a *answer) schema(s *schemaAt) (*jsonschema.Schema, error) {
	a.file.mu.Lock()
	defer a.file.mu.Unlock()
	if s.compiled == nil {
		compiled, err := a.file.compiler.Compile(s.at)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFile, err)
		}
		s.compiled = compiled
	}
	return s.compiled, nil
}
