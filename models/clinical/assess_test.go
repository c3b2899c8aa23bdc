package clinical

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

// drawnCase is a random draft of one programme with a random history.
type drawnCase struct {
	program string
	subject Subject
	visit   Visit
	history []Previous
	raw     map[string]any
}

func drawCase(t *rapid.T) drawnCase {
	c := drawnCase{
		program: rapid.SampledFrom([]string{Hypertension, Diabetes}).Draw(t, "program"),
		subject: Subject{
			BirthDate: calendar.MustDate("1935-01-01").AddDays(rapid.IntRange(0, 25_000).Draw(t, "born")),
			Sex:       rapid.SampledFrom([]string{Male, Female}).Draw(t, "sex"),
			Pregnant:  rapid.IntRange(0, 9).Draw(t, "pregnant") == 0,
		},
		visit: Visit{calendar.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "on")), WayClinic},
		raw: map[string]any{
			"sbp":                 rapid.IntRange(120, 190).Draw(t, "sbp"),
			"dbp":                 rapid.IntRange(60, 115).Draw(t, "dbp"),
			"adr":                 rapid.IntRange(1, 2).Draw(t, "adr"),
			"complication":        rapid.IntRange(1, 3).Draw(t, "complication"),
			"adr_hard_to_control": false,
		},
	}
	if c.program == Diabetes {
		c.raw["fpg"] = float64(rapid.IntRange(30, 180).Draw(t, "fpg")) / 10
	}
	for i, n := 0, rapid.IntRange(0, 4).Draw(t, "visits"); i < n; i++ {
		c.history = append(c.history, Previous{
			VisitedOn: c.visit.On.AddDays(rapid.IntRange(-60, 5).Draw(t, "days")),
			Class:     rapid.IntRange(1, 4).Draw(t, "class"),
			Step:      rapid.IntRange(0, 4).Draw(t, "step"),
		})
	}
	return c
}

func (c drawnCase) assess(t *rapid.T, history []Previous) Assessment {
	v, problems := formOf(t, c.program).Check(c.visit, c.raw, Draft)
	if len(problems) > 0 {
		t.Fatalf("check: %+v", problems)
	}
	a, problems := Assess(c.program, c.subject, history, c.visit, v)
	if len(problems) > 0 {
		t.Fatalf("assess: %+v", problems)
	}
	return a
}

func TestAssessmentLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		a := c.assess(t, c.history)
		days := a.NextDueOn.Sub(c.visit.On)
		if days <= 0 || days > 92 || a.Step >= StepRecheck && days > 14 {
			t.Fatalf("step %d is due after %d days", a.Step, days)
		}
		if a.Emergency != (a.Step == StepUrgent) {
			t.Fatalf("emergency %v at step %d", a.Emergency, a.Step)
		}
		if (a.Step >= StepReferral) != (len(a.ReferralReasons) > 0) {
			t.Fatalf("step %d with reasons %v", a.Step, a.ReferralReasons)
		}
		if a.Class < ClassControlled || a.Class > ClassComplication {
			t.Fatalf("class %d", a.Class)
		}
	})
}

func TestAssessmentIgnoresTheOrderOfPrevious(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		first, _ := json.Marshal(c.assess(t, c.history))
		shuffled := rapid.Permutation(c.history).Draw(t, "shuffled")
		second, _ := json.Marshal(c.assess(t, shuffled))
		if string(first) != string(second) {
			t.Fatalf("%s, but shuffled %s", first, second)
		}
	})
}

// TestWorseIsNeverMilder makes one thing worse and expects neither class nor step to fall.
func TestWorseIsNeverMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		before := c.assess(t, c.history)
		switch rapid.IntRange(0, 4).Draw(t, "worse") {
		case 0:
			c.raw["sbp"] = c.raw["sbp"].(int) + rapid.IntRange(1, 60).Draw(t, "more")
		case 1:
			more := rapid.IntRange(1, 60).Draw(t, "more")
			c.raw["dbp"], c.raw["sbp"] = c.raw["dbp"].(int)+more, c.raw["sbp"].(int)+more
		case 2:
			c.raw["adr"], c.raw["adr_hard_to_control"] = 2, true
		case 3:
			c.raw["complication"] = 2
		case 4:
			c.raw["danger_signs"] = []any{1.0}
		}
		after := c.assess(t, c.history)
		if after.Class < before.Class || after.Step < before.Step {
			t.Fatalf("class %d step %d became class %d step %d", before.Class, before.Step, after.Class, after.Step)
		}
	})
}

// TestNeverControlledCycles follows a patient who is never controlled: first,
// referral, back to routine, and around again (domain §3.1).
func TestNeverControlledCycles(t *testing.T) {
	on, history := visitDay, []Previous(nil)
	for i, want := range []int{2, 3, 1, 2, 3, 1, 2} {
		visit := Visit{on, WayClinic}
		v, _ := formOf(t, Hypertension).Check(visit, map[string]any{"sbp": 160, "dbp": 95}, Draft)
		a, problems := Assess(Hypertension, Subject{BirthDate: calendar.MustDate("1980-01-01")}, history, visit, v)
		if len(problems) > 0 || a.Step != want {
			t.Fatalf("visit %d: step %d, want %d (%v)", i+1, a.Step, want, problems)
		}
		history = append(history, Previous{on, a.Class, a.Step})
		on = a.NextDueOn
	}
}

func TestAssessmentJSON(t *testing.T) {
	visit := Visit{visitDay, WayClinic}
	v, _ := formOf(t, Hypertension).Check(visit, map[string]any{"sbp": 120, "dbp": 110}, Draft)
	a, _ := Assess(Hypertension, Subject{BirthDate: calendar.MustDate("1980-01-01")}, nil, visit, v)
	a.Advice = a.Advice[:1]
	a.Findings = a.Findings[:1]
	got, _ := json.Marshal(a)
	want := `{"class":2,"step":4,"emergency":true,` +
		`"findings":[{"code":"dbp_emergency","message":"舒张压≥110 mmHg","clause":"domain §3.1 危急","field":"dbp"}],` +
		`"advice":["紧急处理后立即转诊,2周内主动随访转诊结果"],"referral_reasons":[{"code":5,"label":"危急情况"}],"rule_version":"nbphs3-2017.1"}`
	if string(got) != want {
		t.Errorf("assessment is\n%s, want\n%s", got, want)
	}
	v, _ = formOf(t, Hypertension).Check(visit, map[string]any{"sbp": 120, "dbp": 80}, Draft)
	a, _ = Assess(Hypertension, Subject{BirthDate: calendar.MustDate("1980-01-01")}, nil, visit, v)
	if a.Findings == nil || a.Advice == nil || a.ReferralReasons == nil {
		t.Errorf("empty lists must be [] in JSON: %+v", a)
	}
}
