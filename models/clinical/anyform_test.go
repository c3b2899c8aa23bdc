package clinical

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

// anyValue is a value the field takes, drawn at random; nil where none is drawn.
func anyValue(t *rapid.T, f Field, on calendar.Date) any {
	switch f.Type {
	case TypeInt:
		return rapid.IntRange(int(*f.Min), int(*f.Max)).Draw(t, f.Key)
	case TypeDecimal:
		return rapid.SampledFrom([]float64{*f.Min, *f.Max, float64(int(*f.Min+*f.Max) / 2)}).Draw(t, f.Key)
	case TypeText:
		return "字"
	case TypeCode:
		return rapid.SampledFrom(f.Codes).Draw(t, f.Key).Code
	case TypeCodes:
		return []any{rapid.SampledFrom(f.Codes).Draw(t, f.Key).Code}
	case TypeBool:
		return rapid.Bool().Draw(t, f.Key)
	case TypeDate:
		if f.DateRule == AfterVisit {
			return on.AddDays(1).String()
		}
		return on.AddDays(-rapid.IntRange(0, 5).Draw(t, f.Key)).String()
	}
	return nil
}

// overrides are the doctor's own conclusions and what ends a programme: a random form
// leaves them out, so that the rule decides.
var overrides = []string{"classification", "classification_reason", "next_step", "next_date", "referral", "stop_reason", "stopped_on", "disposal"}

// anyCase is a random draft of a random programme: every field may be filled in, and
// what contradicts is dropped until nothing does.
func anyCase(t *rapid.T) drawnCase {
	c := drawnCase{
		program: rapid.SampledFrom(Programs()).Draw(t, "program").Code,
		visit:   Visit{calendar.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "on")), WayClinic},
		raw:     map[string]any{},
	}
	c.subject = Subject{
		BirthDate: c.visit.On.AddDays(-anyAge(t, c.program)), Sex: rapid.SampledFrom([]string{Male, Female}).Draw(t, "sex"),
		Pregnant: rapid.IntRange(0, 9).Draw(t, "pregnant") == 0,
	}
	form := c.form()
	share := rapid.IntRange(0, 3).Draw(t, "share")
	for _, f := range form.Fields {
		if !slices.Contains(overrides, f.Key) && (f.Decisive || rapid.IntRange(0, 3).Draw(t, f.Key+"?") < share) {
			if v := anyValue(t, f, c.visit.On); v != nil {
				c.raw[f.Key] = v
			}
		}
	}
	if group, ok := ChildAgeGroup(c.subject.BirthDate, c.visit.On); ok && c.program == Child {
		c.raw["age_group"] = group.Code
	}
	c.settle(t)
	for i, n := 0, rapid.IntRange(0, 4).Draw(t, "visits"); i < n; i++ {
		c.history = append(c.history, Previous{
			VisitedOn: c.visit.On.AddDays(rapid.IntRange(-60, 5).Draw(t, "days")),
			Class:     rapid.IntRange(1, 4).Draw(t, "class"),
			Step:      rapid.IntRange(0, 4).Draw(t, "step"),
		})
	}
	return c
}

func (c drawnCase) form() Form {
	form, _ := PackOn(c.visit.On).Form(c.program)
	return form
}

// anyAge is an age in days for which the programme has a form.
func anyAge(t *rapid.T, program string) int {
	switch program {
	case Newborn:
		return rapid.IntRange(0, 28).Draw(t, "age")
	case Child:
		return rapid.IntRange(17, 7*365).Draw(t, "age")
	case Elderly, TCM:
		return rapid.IntRange(65*366, 100*365).Draw(t, "age")
	case Screening:
		return rapid.IntRange(35*366, 100*365).Draw(t, "age")
	}
	return rapid.IntRange(1, 36_000).Draw(t, "age")
}

// settle drops what contradicts, and fills in what the rule cannot do without.
func (c drawnCase) settle(t *rapid.T) {
	form := c.form()
	for range 40 {
		_, problems := form.Check(c.visit, c.raw, Draft)
		if len(problems) == 0 {
			return
		}
		for _, p := range problems {
			f, _ := form.Field(p.Field)
			i := slices.IndexFunc(form.Relations, func(r Relation) bool { return r.Greater == p.Field })
			switch {
			case i >= 0 && p.Code == CodeInconsistent && c.apart(form.Relations[i]):
			case p.Code == CodeRequired:
				c.raw[p.Field] = anyValue(t, f, c.visit.On)
			case f.Computed != nil:
				for _, from := range f.Computed.From {
					delete(c.raw, from)
				}
				delete(c.raw, p.Field)
			default:
				delete(c.raw, p.Field)
			}
		}
	}
	t.Fatalf("%s: a form that nothing settles: %v", c.program, c.raw)
}

// apart puts two numbers that stand the wrong way round as far apart as they go; it is
// false for dates and for a problem that is not theirs.
func (c drawnCase) apart(r Relation) bool {
	greater, _ := c.form().Field(r.Greater)
	than, _ := c.form().Field(r.Than)
	if greater.Max == nil || c.raw[r.Greater] == int(*greater.Max) {
		return false
	}
	c.raw[r.Greater], c.raw[r.Than] = int(*greater.Max), int(*than.Min)
	return true
}

// judged assesses the case; ok is false where the rule refuses it, which only the
// dates and the closing of a course may be the reason for.
func (c drawnCase) judged(t *rapid.T, history []Previous) (Assessment, bool) {
	v, problems := c.form().Check(c.visit, c.raw, Draft)
	if len(problems) > 0 {
		t.Fatalf("check: %+v", problems)
	}
	a, problems := Assess(c.program, c.subject, history, c.visit, v)
	for _, p := range problems {
		if !slices.Contains([]string{"discharge_date", "disposal", "classification"}, p.Field) {
			t.Fatalf("%s: refused for %+v", c.program, p)
		}
	}
	return a, len(problems) == 0
}

// TestEveryAssessment holds every programme to what the plan and a reader rely on.
func TestEveryAssessment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		a, ok := c.judged(t, c.history)
		if !ok {
			return
		}
		if a.Closed != a.NextDueOn.IsZero() || a.Closed && a.Step != StepRoutine {
			t.Fatalf("closed %v at step %d, due %v", a.Closed, a.Step, a.NextDueOn)
		}
		// A yearly contact may be held some days before its own date, and the next counts from that date.
		const longest = 366 + contactDaysBefore
		if days := a.NextDueOn.Sub(c.visit.On); !a.Closed && (days <= 0 || a.Step >= StepRecheck && days > recheckDays || days > longest) {
			t.Fatalf("%s: step %d is due after %d days", c.program, a.Step, days)
		}
		if a.Emergency != (a.Step == StepUrgent) || (a.Step >= StepReferral) != (len(a.ReferralReasons) > 0) {
			t.Fatalf("step %d, emergency %v, reasons %v", a.Step, a.Emergency, a.ReferralReasons)
		}
		c.readable(t, a)
	})
}

// readable holds an assessment to labels and texts a person can read, each finding on
// a field of the form and each with its clause.
func (c drawnCase) readable(t *rapid.T, a Assessment) {
	form := c.form()
	classes, _ := form.Field("classification")
	gone := c.program == Mental && a.Class == ClassNone
	if _, ok := classes.option(a.Class); !ok && !gone {
		t.Fatalf("%s: class %d is not of the form", c.program, a.Class)
	}
	for _, f := range a.Findings {
		if _, ok := form.Field(f.Field); f.Field != "" && !ok || f.Code == "" || f.Message == "" || f.Clause == "" {
			t.Fatalf("%s: bad finding %+v", c.program, f)
		}
	}
	for _, r := range a.ReferralReasons {
		if r.Label == "" {
			t.Fatalf("%s: reason %d has no label", c.program, r.Code)
		}
	}
	if a.Findings == nil || a.Advice == nil || a.ReferralReasons == nil || slices.Contains(a.Advice, "") {
		t.Fatalf("%s: empty lists must be [] in JSON: %+v", c.program, a)
	}
}

func TestEveryAssessmentIgnoresTheOrderOfPrevious(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		a, okA := c.judged(t, c.history)
		b, okB := c.judged(t, rapid.Permutation(c.history).Draw(t, "shuffled"))
		first, _ := json.Marshal(a)
		second, _ := json.Marshal(b)
		if okA != okB || string(first) != string(second) || a.NextDueOn != b.NextDueOn {
			t.Fatalf("%s, but shuffled %s", first, second)
		}
	})
}

// TestAnAbnormalAnswerIsNeverMilder turns one answer abnormal and expects neither class
// nor step to fall, by the order in which the form's classes get graver.
func TestAnAbnormalAnswerIsNeverMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		before, ok := c.judged(t, c.history)
		if !ok || c.program == TCM {
			return
		}
		var candidates []Field
		for _, f := range c.form().Fields {
			if (f.Type == TypeCode || f.Type == TypeCodes) && (f.Key == "danger_signs" || slices.ContainsFunc(f.Codes, func(o Option) bool { return o.Abnormal })) {
				candidates = append(candidates, f)
			}
		}
		if len(candidates) == 0 {
			return
		}
		f := rapid.SampledFrom(candidates).Draw(t, "worse")
		if c.abnormal(f) {
			return // another abnormal answer in its place may well be the milder one
		}
		for _, o := range f.Codes {
			if o.Abnormal || f.Key == "danger_signs" {
				c.raw[f.Key] = []any{o.Code}
				if f.Type == TypeCode {
					c.raw[f.Key] = o.Code
				}
				break
			}
		}
		if _, problems := c.form().Check(c.visit, c.raw, Draft); len(problems) > 0 {
			return // does not belong to this kind of visit
		}
		after, ok := c.judged(t, c.history)
		if ok && (c.program != Mental && after.Class < before.Class || after.Step < before.Step) {
			t.Fatalf("%s %s: class %d step %d became class %d step %d", c.program, f.Key, before.Class, before.Step, after.Class, after.Step)
		}
	})
}

// abnormal tells whether the field holds an abnormal answer already.
func (c drawnCase) abnormal(f Field) bool {
	v, _ := c.form().Check(c.visit, c.raw, Draft)
	chosen, _ := v.Codes(f.Key)
	if code, ok := v.Code(f.Key); ok {
		chosen = append(chosen, code)
	}
	return slices.ContainsFunc(chosen, func(code int) bool {
		o, _ := f.option(code)
		return o.Abnormal || f.Key == "danger_signs"
	})
}

// TestDangerIsNeverMilder raises the danger level of severe mental disorder: its lowest
// class is the gravest.
func TestDangerIsNeverMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		c.program = Mental
		last := Assessment{Class: ClassStable, Step: StepRoutine}
		insight := rapid.IntRange(1, 3).Draw(t, "insight")
		for level := range 6 {
			c.raw = map[string]any{"danger_level": level, "insight": insight}
			a, ok := c.judged(t, nil)
			if !ok || a.Class > last.Class || a.Step < last.Step {
				t.Fatalf("level %d: class %d step %d after class %d step %d", level, a.Class, a.Step, last.Class, last.Step)
			}
			last = a
		}
	})
}
