package api_test

import (
	"encoding/json"
	"testing"

	"jiayi/api"
)

func TestSpecBuilds(t *testing.T) {
	b, err := json.Marshal(api.Spec("test"))
	if err != nil || len(b) < 1000 {
		t.Fatal(err)
	}
}
