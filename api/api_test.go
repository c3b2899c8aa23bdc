package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiayi/api"
)

func TestSpecBuilds(t *testing.T) {
	b, err := json.Marshal(api.Spec("test"))
	if err != nil || len(b) < 1000 {
		t.Fatal(err)
	}
}

// Huma's check of uniqueItems panics at items that are lists or objects.
func TestNoSchemaAsksForUniqueItems(t *testing.T) {
	b, err := json.Marshal(api.Spec("test"))
	if err != nil || strings.Contains(string(b), "uniqueItems") {
		t.Errorf("use models.CheckDistinct instead: %v", err)
	}
}
