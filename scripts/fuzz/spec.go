package main

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is a JSON schema as it stands in the file.
type schema = map[string]any

// operation is one route of the file.
type operation struct {
	id, method, path string
	permission       string // "public" for none
	params           []param
	body             map[string]schema // by media type
	answers          map[int]answerSpec
	refusesAny       *answerSpec // what "default" says, nil for nothing
}

type param struct {
	name, in string
	required bool
	schema   schema
}

// answerSpec is what the file says of one status.
type answerSpec struct {
	schemas map[string]*jsonschema.Schema // by media type; nil: anything
}

// spec is the file, ready to make requests from and to hold answers against.
type spec struct {
	doc        map[string]any
	operations []*operation
	byID       map[string]*operation
}

const specURL = "mem:///openapi.json"

// loadSpec reads the file from the server.
func loadSpec(ctx context.Context, base, only string) (*spec, error) {
	var text struct {
		doc any
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/openapi.json", nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if text.doc, err = jsonschema.UnmarshalJSON(res.Body); err != nil {
		return nil, err
	}
	doc, ok := text.doc.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s/openapi.json is no object", base)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource(specURL, doc); err != nil {
		return nil, err
	}
	s := &spec{doc: doc, byID: map[string]*operation{}}
	paths := object(doc["paths"])
	for _, path := range sortedKeys(paths) {
		item := object(paths[path])
		for _, method := range sortedKeys(item) {
			if slices.Contains([]string{"get", "post", "patch", "put", "delete"}, method) {
				op, err := s.operation(c, path, method, object(item[method]))
				if err != nil {
					return nil, err
				}
				s.byID[op.id] = op
				if only == "" || op.id == only {
					s.operations = append(s.operations, op)
				}
			}
		}
	}
	if len(s.operations) == 0 {
		return nil, fmt.Errorf("no operation %q", only)
	}
	return s, nil
}

func (s *spec) operation(c *jsonschema.Compiler, path, method string, raw map[string]any) (*operation, error) {
	op := &operation{id: text(raw["operationId"]), method: strings.ToUpper(method), path: path, body: map[string]schema{}, answers: map[int]answerSpec{}}
	op.permission = text(raw["x-permission"])
	for _, p := range array(raw["parameters"]) {
		m := object(p)
		op.params = append(op.params, param{text(m["name"]), text(m["in"]), m["required"] == true, object(m["schema"])})
	}
	for kind, media := range object(object(raw["requestBody"])["content"]) {
		op.body[kind] = object(object(media)["schema"])
	}
	answers := object(raw["responses"])
	for status, a := range answers {
		spec := answerSpec{map[string]*jsonschema.Schema{}}
		for kind, media := range object(object(a)["content"]) {
			spec.schemas[kind] = nil
			if object(media)["schema"] == nil || !isJSON(kind) {
				continue
			}
			at := strings.Join([]string{specURL + "#", "paths", pointer(path), method, "responses", status, "content", pointer(kind), "schema"}, "/")
			var err error
			if spec.schemas[kind], err = c.Compile(at); err != nil {
				return nil, err
			}
		}
		if status == "default" {
			op.refusesAny = &spec
			continue
		}
		n, err := strconv.Atoi(status)
		if err != nil {
			return nil, fmt.Errorf("%s: status %q", op.id, status)
		}
		op.answers[n] = spec
	}
	return op, nil
}

// resolve follows a reference within the file.
func (s *spec) resolve(sc schema) schema {
	for range 10 {
		ref := text(sc["$ref"])
		if ref == "" {
			return sc
		}
		at := any(s.doc)
		for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			at = object(at)[key]
		}
		sc = object(at)
	}
	return sc
}

func isJSON(kind string) bool {
	kind, _, _ = mime.ParseMediaType(kind)
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}

// pointer escapes a key for a JSON pointer in a URL.
func pointer(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "*", "%2A").Replace(key)
}

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }
func array(v any) []any           { a, _ := v.([]any); return a }
func text(v any) string           { s, _ := v.(string); return s }

// number is a number of the file, which is read as json.Number.
func number(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
