package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"jiayi/internal/openapi"
)

// schema is a JSON schema as it stands in the file.
type schema = openapi.Schema

// spec is the file, ready to make requests from and to hold answers against.
type spec struct {
	*openapi.File
	operations []*openapi.Operation // those that are asked
	byID       map[string]*openapi.Operation
}

// loadSpec reads the file from the server; only is the one operation to ask, "" for all.
func loadSpec(ctx context.Context, base, only string) (*spec, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/openapi.json", nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	file, err := openapi.Read(res.Body)
	if err != nil {
		return nil, err
	}
	s := &spec{File: file, byID: map[string]*openapi.Operation{}}
	for _, op := range file.Operations {
		s.byID[op.ID] = op
		if only == "" || op.ID == only {
			s.operations = append(s.operations, op)
		}
	}
	if len(s.operations) == 0 {
		return nil, fmt.Errorf("no operation %q", only)
	}
	return s, nil
}

// number is a number of the file, which is read as json.Number.
func number(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
