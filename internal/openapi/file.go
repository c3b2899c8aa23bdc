// Package openapi reads an OpenAPI file: what its operations take, and whether an answer is
// what the file says.
package openapi

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// ErrFile is returned for what is no OpenAPI file.
var ErrFile = errors.New("openapi: no OpenAPI file")

// Schema is a JSON schema as it stands in the file.
type Schema = map[string]any

// File is an OpenAPI file. It may be used by several goroutines at once.
type File struct {
	Operations []*Operation // by path, then by method

	doc      map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex // one schema is compiled at a time
}

// Operation is one route.
type Operation struct {
	ID, Method, Path string
	Permission       string // x-permission; "public" for none
	Params           []Param
	Body             map[string]Schema // by media type

	answers    map[int]*answer
	refusesAny *answer // what "default" says, nil for nothing
}

// Param is a parameter of the path, the query or a header.
type Param struct {
	Name, In string
	Required bool
	Schema   Schema
}

// where the file lies for the references within it.
const fileURL = "mem:///openapi.json"

var methods = []string{"get", "post", "patch", "put", "delete"}

// Read reads a file in JSON.
func Read(r io.Reader) (*File, error) {
	read, err := jsonschema.UnmarshalJSON(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	f := &File{doc: Object(read), compiler: jsonschema.NewCompiler()}
	f.compiler.DefaultDraft(jsonschema.Draft2020)
	f.compiler.AssertFormat()
	if err := f.compiler.AddResource(fileURL, read); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	paths := Object(f.doc["paths"])
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := Object(paths[path])
		for _, method := range slices.Sorted(maps.Keys(item)) {
			if !slices.Contains(methods, method) {
				continue
			}
			op, err := f.operation(path, method, Object(item[method]))
			if err != nil {
				return nil, err
			}
			f.Operations = append(f.Operations, op)
		}
	}
	if len(f.Operations) == 0 {
		return nil, fmt.Errorf("%w: it has no operation", ErrFile)
	}
	return f, nil
}

func (f *File) operation(path, method string, raw map[string]any) (*Operation, error) {
	op := &Operation{ID: Text(raw["operationId"]), Method: strings.ToUpper(method), Path: path, Permission: Text(raw["x-permission"]), Body: map[string]Schema{}, answers: map[int]*answer{}}
	for _, p := range List(raw["parameters"]) {
		m := Object(p)
		op.Params = append(op.Params, Param{Text(m["name"]), Text(m["in"]), m["required"] == true, Object(m["schema"])})
	}
	for kind, media := range Object(Object(raw["requestBody"])["content"]) {
		op.Body[kind] = Object(Object(media)["schema"])
	}
	for status, described := range Object(raw["responses"]) {
		a := &answer{file: f, kinds: map[string]*schemaAt{}}
		for kind, media := range Object(Object(described)["content"]) {
			a.kinds[kind] = &schemaAt{}
			if Object(media)["schema"] != nil && IsJSON(kind) {
				a.kinds[kind].at = strings.Join([]string{fileURL + "#", "paths", pointer(path), method, "responses", status, "content", pointer(kind), "schema"}, "/")
			}
		}
		if status == "default" {
			op.refusesAny = a
			continue
		}
		n, err := strconv.Atoi(status)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: status %q", ErrFile, op.ID, status)
		}
		op.answers[n] = a
	}
	return op, nil
}

// Find is the operation that answers a request, nil for none.
func (f *File) Find(method, path string) *Operation {
	var found *Operation
	for _, op := range f.Operations {
		if op.Method == method && matches(op.Path, path) && (found == nil || strings.Count(op.Path, "{") < strings.Count(found.Path, "{")) {
			found = op
		}
	}
	return found
}

func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, have, func(w, h string) bool { return w == h || strings.HasPrefix(w, "{") && h != "" })
}

// Resolve follows a reference within the file.
func (f *File) Resolve(sc Schema) Schema {
	for range 10 {
		ref := Text(sc["$ref"])
		if ref == "" {
			return sc
		}
		at := any(f.doc)
		for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			at = Object(at)[key]
		}
		sc = Object(at)
	}
	return sc
}

// pointer escapes a key for a JSON pointer in a URL.
func pointer(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "*", "%2A").Replace(key)
}

// IsJSON tells whether a media type is one of JSON.
func IsJSON(kind string) bool {
	kind, _, _ = mime.ParseMediaType(kind)
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}

// Object is a value of a JSON document as an object, nil for any other.
func Object(v any) map[string]any { m, _ := v.(map[string]any); return m }

// List is a value of a JSON document as an array, nil for any other.
func List(v any) []any { a, _ := v.([]any); return a }

// Text is a value of a JSON document as a string, "" for any other.
func Text(v any) string { s, _ := v.(string); return s }
