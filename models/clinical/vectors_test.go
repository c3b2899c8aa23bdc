package clinical

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"jiayi/internal/calendar"
)

// vector is one case of testdata/vectors_*.json. The form is checked as a Draft,
// so that a case holds only what matters to it. In want, findings must be among
// those given and no_findings must not; referral_reasons is exact. values are what the
// server computes, null meaning that it computes none.
type vector struct {
	Name    string     `json:"name"`
	Clause  string     `json:"clause"`
	Subject Subject    `json:"subject"`
	History []Previous `json:"previous"`
	Visit
	Form map[string]any `json:"form"`
	Want struct {
		Class           int            `json:"class"`
		Step            int            `json:"step"`
		Emergency       bool           `json:"emergency"`
		Closed          bool           `json:"closed"`
		Values          map[string]any `json:"values"`
		Findings        []string       `json:"findings"`
		NoFindings      []string       `json:"no_findings"`
		ReferralReasons []int          `json:"referral_reasons"`
		NextDueOn       calendar.Date  `json:"next_due_on"`
		Errors          []struct {
			Field string `json:"field"`
			Code  string `json:"code"`
		} `json:"errors"`
	} `json:"want"`
}

func vectors(t testing.TB, program string) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors_" + program + ".json")
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var list []vector
	if err := d.Decode(&list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestVectors(t *testing.T) {
	for _, program := range Programs() {
		for _, v := range vectors(t, program.Code) {
			t.Run(program.Code+"/"+v.Name, func(t *testing.T) { runVector(t, program.Code, v) })
		}
	}
}

func runVector(t *testing.T, program string, v vector) {
	pack := PackOn(v.On)
	form, _ := pack.Form(program)
	values, problems := form.Check(v.Visit, v.Form, Draft)
	var a Assessment
	if len(problems) == 0 {
		a, problems = pack.Assess(program, v.Subject, v.History, v.Visit, values)
	}
	if len(problems) != len(v.Want.Errors) {
		t.Fatalf("%s: problems %+v, want %+v", v.Clause, problems, v.Want.Errors)
	}
	for i, want := range v.Want.Errors {
		if problems[i].Field != want.Field || problems[i].Code != want.Code {
			t.Errorf("%s: problem %+v, want %+v", v.Clause, problems[i], want)
		}
	}
	if len(problems) > 0 {
		return
	}
	if a.Closed != v.Want.Closed || a.Closed != a.NextDueOn.IsZero() {
		t.Errorf("%s: closed %v, want %v; due %v", v.Clause, a.Closed, v.Want.Closed, a.NextDueOn)
	}
	for key, want := range v.Want.Values {
		if got, ok := values.Decimal(key); ok != (want != nil) || ok && got != want {
			t.Errorf("%s: %s is %v, want %v", v.Clause, key, got, want)
		}
	}
	if a.Class != v.Want.Class || a.Step != v.Want.Step || a.Emergency != v.Want.Emergency {
		t.Errorf("%s: class %d step %d emergency %v, want %d %d %v", v.Clause,
			a.Class, a.Step, a.Emergency, v.Want.Class, v.Want.Step, v.Want.Emergency)
	}
	var found []string
	for _, f := range a.Findings {
		found = append(found, f.Code)
	}
	for _, code := range v.Want.Findings {
		if !slices.Contains(found, code) {
			t.Errorf("%s: finding %s is missing from %v", v.Clause, code, found)
		}
	}
	for _, code := range v.Want.NoFindings {
		if slices.Contains(found, code) {
			t.Errorf("%s: finding %s should not be there", v.Clause, code)
		}
	}
	var reasons []int
	for _, r := range a.ReferralReasons {
		reasons = append(reasons, r.Code)
		if r.Label == "" {
			t.Errorf("%s: reason %d has no label", v.Clause, r.Code)
		}
	}
	if !slices.Equal(reasons, v.Want.ReferralReasons) {
		t.Errorf("%s: reasons %v, want %v", v.Clause, reasons, v.Want.ReferralReasons)
	}
	if due := v.Want.NextDueOn; !due.IsZero() && a.NextDueOn != due {
		t.Errorf("%s: due %v, want %v", v.Clause, a.NextDueOn, due)
	}
	if a.RuleVersion != pack.RuleVersion(program) {
		t.Errorf("rule version %q", a.RuleVersion)
	}
}
