package store_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jiayi/models"
)

// Every action that is written into the audit has a Chinese name for whoever reads it.
func TestAuditActionsHaveNames(t *testing.T) {
	// What is recorded, witnessed or kept for it: record("resident.move", …), action := "resident.death".
	written := regexp.MustCompile(`(?:record\(|witnessed\(ctx, |auditRow\([^"]*|action(?:, \w+)? :?= )"([a-z_]+\.[a-z_]+)"`)
	listed := regexp.MustCompile(`witnessedList\(ctx, v, (?:"([a-z_]+)"|models\.(NoticeNoun|ConversationNoun))`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	actions := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(text), -1) {
			actions[m[1]] = true
		}
		for _, m := range listed.FindAllStringSubmatch(string(text), -1) {
			noun := map[string]string{"NoticeNoun": models.NoticeNoun, "ConversationNoun": models.ConversationNoun, "": m[1]}[m[2]]
			actions[noun+".list"] = true
		}
	}
	for _, s := range []models.ContractStatus{models.Applied, models.Offered, models.Active} {
		actions["contract."+string(s)] = true
	}
	if len(actions) < 100 {
		t.Fatalf("only %d actions were found in the sources", len(actions))
	}
	for a := range actions {
		if label, ok := models.AuditActionLabel(a); !ok {
			t.Errorf("%s has no name (%s)", a, label)
		}
	}
	if label, ok := models.AuditActionLabel("referral.made_up"); ok || label != "referral.made_up" {
		t.Errorf("an unknown action is %q", label)
	}
}
