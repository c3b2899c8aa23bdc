package api_test

import (
	"bytes"
	"os"
	"testing"

	"jiayi/api"
)

// The description that clients are generated from changes only on purpose.
func TestGoldenFile(t *testing.T) {
	want, err := os.ReadFile("../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := api.Golden()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the API is not what docs/openapi.json says: run `make openapi` and look at the difference")
	}
}
