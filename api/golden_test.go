package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
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

// Every reference of the description leads somewhere: a page or a generator follows them.
func TestReferencesResolve(t *testing.T) {
	text, err := api.Golden()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Components struct {
			Schemas map[string]any `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	refs := regexp.MustCompile(`"\$ref": "#/components/schemas/([^"]+)"`).FindAllSubmatch(text, -1)
	if len(refs) == 0 {
		t.Fatal("the description has no reference")
	}
	for _, ref := range refs {
		if _, ok := doc.Components.Schemas[string(ref[1])]; !ok {
			t.Errorf("there is no schema %s", ref[1])
		}
	}
}

// The page needs its own policy, and asks nothing of another host.
func TestDocsPage(t *testing.T) {
	s := newSite(t)
	code, header, body := s.call("", http.MethodGet, "/docs", "")
	policy := header.Get("Content-Security-Policy")
	if code != http.StatusOK || !strings.Contains(body, "/openapi.json") || strings.Contains(body, "//") && strings.Contains(body, "http") {
		t.Errorf("%d %s", code, body)
	}
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "http") {
		t.Errorf("policy %q", policy)
	}
	for _, path := range []string{"/docs/rapidoc-min.js", "/docs/LICENSE-rapidoc.txt", "/openapi.json", "/openapi.yaml"} {
		code, header, body := s.call("", http.MethodGet, path, "")
		if code != http.StatusOK || body == "" || header.Get("Content-Security-Policy") == policy {
			t.Errorf("%s: %d, %d bytes", path, code, len(body))
		}
	}
}
