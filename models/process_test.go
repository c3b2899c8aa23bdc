package models_test

import (
	"os"
	"strings"
	"testing"

	"jiayi/models"
)

// TestProcessesAreDrawn holds docs/processes.md against the state tables.
func TestProcessesAreDrawn(t *testing.T) {
	have, err := os.ReadFile("../docs/processes.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range models.Processes {
		for _, wrong := range p.Check() {
			t.Error(wrong)
		}
		if !strings.Contains(string(have), p.Drawing()) {
			t.Errorf("docs/processes.md is out of date: run make processes\n%s", p.Drawing()[:40])
		}
	}
}
