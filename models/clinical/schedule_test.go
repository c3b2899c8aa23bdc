package clinical

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

func day(s string) calendar.Date { return calendar.MustDate(s) }

// walk asks for the schedule on every day from one to another, as the plan will, and
// returns each obligation that was open on some day as "key from due until", in order
// of the days they opened. While the facts stand, an obligation must not change.
func walk(t *testing.T, program string, facts func(on calendar.Date) Facts, from, to calendar.Date) []string {
	t.Helper()
	var keys []string
	seen := map[string]Due{}
	var before Facts
	for on := from; !on.After(to); on = on.AddDays(1) {
		f := facts(on)
		for _, d := range Schedule(program, f, on) {
			was, known := seen[d.Key]
			if known && f == before && (was.From != d.From || was.Due != d.Due || was.Until != d.Until) {
				t.Fatalf("%s on %v: %+v became %+v", program, on, was, d)
			}
			seen[d.Key] = d
			if d.Open(on) && !slices.Contains(keys, d.Key) {
				keys = append(keys, d.Key)
			}
		}
		before = f
	}
	var lines []string
	for _, key := range keys {
		d := seen[key]
		lines = append(lines, strings.Join([]string{key, d.From.String(), d.Due.String(), d.Until.String()}, " "))
	}
	return lines
}

func expect(t *testing.T, got []string, want string) {
	t.Helper()
	var wanted []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			wanted = append(wanted, line)
		}
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("the walk met\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(wanted, "\n"))
	}
}

func always(f Facts) func(calendar.Date) Facts { return func(calendar.Date) Facts { return f } }

// TestChildFromBirthToSeven walks seven years: thirteen contacts (domain §2.3).
func TestChildFromBirthToSeven(t *testing.T) {
	born := day("2019-01-31")
	f := Facts{BirthDate: born, DischargedOn: day("2019-02-03")}
	expect(t, walk(t, Newborn, always(f), born, born.AddYears(7)), `newborn 2019-02-03 2019-02-10 2019-02-28`)
	expect(t, walk(t, Child, always(f), born, born.AddYears(7)), `
		1m 2019-02-13 2019-02-28 2019-03-30
		3m 2019-04-15 2019-04-30 2019-05-30
		6m 2019-07-16 2019-07-31 2019-08-30
		8m 2019-09-15 2019-09-30 2019-10-30
		12m 2020-01-16 2020-01-31 2020-03-01
		18m 2020-07-16 2020-07-31 2020-08-30
		24m 2021-01-16 2021-01-31 2021-03-02
		30m 2021-07-16 2021-07-31 2021-08-30
		3y 2022-01-16 2022-01-31 2022-03-02
		4y 2023-01-16 2023-01-31 2023-03-02
		5y 2024-01-16 2024-01-31 2024-03-01
		6y 2025-01-16 2025-01-31 2025-03-02`)
}

func TestNewbornFallback(t *testing.T) {
	for _, c := range []struct{ born, out, want string }{
		{"2026-05-01", "", "newborn 2026-05-01 2026-05-11 2026-05-29"},
		{"2026-05-01", "2026-05-04", "newborn 2026-05-04 2026-05-11 2026-05-29"},
		{"2026-05-01", "2026-06-10", "newborn 2026-06-10 2026-06-17 2026-06-17"}, // a preterm baby kept in hospital
	} {
		f := Facts{BirthDate: day(c.born)}
		if c.out != "" {
			f.DischargedOn = day(c.out)
		}
		expect(t, walk(t, Newborn, always(f), f.BirthDate, f.BirthDate.AddMonths(3)), c.want)
	}
}

// TestPregnancyFromTwelveWeeks walks a pregnancy from its registration at 12 weeks to
// the 42-day check; birth and discharge are learnt on their days.
func TestPregnancyFromTwelveWeeks(t *testing.T) {
	lmp := day("2026-01-01")
	enrolled, delivered := lmp.AddDays(12*7), lmp.AddDays(39*7)
	facts := func(on calendar.Date) Facts {
		f := Facts{LMP: lmp, EnrolledOn: enrolled}
		if !on.Before(delivered) {
			f.DeliveredOn = delivered
		}
		if !on.Before(delivered.AddDays(3)) {
			f.DischargedOn = delivered.AddDays(3)
		}
		return f
	}
	expect(t, walk(t, Maternal, facts, enrolled, delivered.AddDays(60)), `
		visit1 2026-03-26 2026-04-01 2026-04-01
		visit2 2026-04-23 2026-05-27 2026-05-27
		visit3 2026-05-28 2026-06-24 2026-06-24
		visit4 2026-07-16 2026-09-16 2026-09-16
		visit5 2026-09-17 2026-10-14 2026-10-14
		postpartum 2026-10-04 2026-10-11 2026-10-29
		day42 2026-11-12 2026-11-26 2026-11-26`)
}

func TestPregnancyLearntLate(t *testing.T) {
	f := Facts{LMP: day("2026-01-01"), EnrolledOn: day("2026-04-20")}
	expect(t, walk(t, Maternal, always(f), f.EnrolledOn, day("2026-06-24")), `
		visit1 2026-04-20 2026-05-04 2026-05-04
		visit2 2026-04-23 2026-05-27 2026-05-27
		visit3 2026-05-28 2026-06-24 2026-06-24`)
	if dues := Schedule(Maternal, Facts{EnrolledOn: day("2026-04-20")}, day("2026-04-20")); len(dues) != 0 {
		t.Errorf("without dates: %+v", dues)
	}
}

// TestAYearOfEveryPopulation walks 2026 for each population of domain §2.3 that the
// calendar year governs, and for a course of tuberculosis.
func TestAYearOfEveryPopulation(t *testing.T) {
	const (
		q1    = "2026Q1 2026-01-01 2026-03-31 2026-03-31\n"
		later = "\n2026Q2 2026-04-01 2026-06-30 2026-06-30\n2026Q3 2026-07-01 2026-09-30 2026-09-30\n2026Q4 2026-10-01 2026-12-31 2026-12-31"
		check = "check2026 2026-01-01 2026-12-31 2026-12-31"
	)
	for _, c := range []struct {
		name, program string
		facts         Facts
		want          string
	}{
		{"04", Hypertension, Facts{}, q1 + check + later},
		{"05", Diabetes, Facts{}, q1 + check + later},
		{"06", Mental, Facts{}, q1 + check + later},
		{"22", COPD, Facts{}, q1 + "spirometry2026 2026-01-01 2026-12-31 2026-12-31" + later},
		{"31", Dyslipidaemia, Facts{Risk: RiskMedium}, q1 + later},
		{"31 high", Dyslipidaemia, Facts{Risk: RiskHigh}, `
			2026B1 2026-01-01 2026-02-28 2026-02-28
			2026B2 2026-03-01 2026-04-30 2026-04-30
			2026B3 2026-05-01 2026-06-30 2026-06-30
			2026B4 2026-07-01 2026-08-31 2026-08-31
			2026B5 2026-09-01 2026-10-31 2026-10-31
			2026B6 2026-11-01 2026-12-31 2026-12-31`},
		{"03", Elderly, Facts{BirthDate: day("1950-03-03")}, check},
		{"03 TCM", TCM, Facts{BirthDate: day("1950-03-03")}, "tcm2026 2026-01-01 2026-12-31 2026-12-31"},
		{"03 turning 65", Elderly, Facts{BirthDate: day("1961-12-31")}, check},
		{"03 turning 65 next year", Elderly, Facts{BirthDate: day("1962-01-01")}, ""},
		{"08 09 13 18", HomeVisit, Facts{}, "visit2026 2026-01-01 2026-12-31 2026-12-31"},
		{"35 and over", Screening, Facts{BirthDate: day("1980-05-05")}, "bp2026 2026-01-01 2026-12-31 2026-12-31"},
		{"turning 35", Screening, Facts{BirthDate: day("1991-05-05")}, "bp2026 2026-05-05 2026-12-31 2026-12-31"},
		{"turning 35 next year", Screening, Facts{BirthDate: day("1992-01-01")}, ""},
		{"35 and over, at risk", Screening, Facts{BirthDate: day("1980-05-05"), PressureRisk: true, GlucoseRisk: true}, `
			bp2026H1 2026-01-01 2026-06-30 2026-06-30
			fpg2026 2026-01-01 2026-12-31 2026-12-31
			bp2026H2 2026-07-01 2026-12-31 2026-12-31`},
		{"04 enrolled with 14 days left", Hypertension, Facts{EnrolledOn: day("2026-06-17")}, `
			2026Q2 2026-06-17 2026-06-30 2026-06-30
			check2026 2026-06-17 2026-12-31 2026-12-31
			2026Q3 2026-07-01 2026-09-30 2026-09-30
			2026Q4 2026-10-01 2026-12-31 2026-12-31`},
		{"04 enrolled with 13 days left", Hypertension, Facts{EnrolledOn: day("2026-06-18")}, `
			check2026 2026-06-18 2026-12-31 2026-12-31
			2026Q3 2026-07-01 2026-09-30 2026-09-30
			2026Q4 2026-10-01 2026-12-31 2026-12-31`},
		{"04 ended", Hypertension, Facts{EndedOn: day("2026-06-30")}, `
			2026Q1 2026-01-01 2026-03-31 2026-03-31
			check2026 2026-01-01 2026-12-31 2026-12-31
			2026Q2 2026-04-01 2026-06-30 2026-06-30`},
		{"07", Tuberculosis, Facts{EnrolledOn: day("2026-01-01")}, `
			first 2026-01-01 2026-01-04 2026-01-06
			intensive1 2026-01-07 2026-01-11 2026-01-16
			intensive2 2026-01-17 2026-01-21 2026-01-26
			intensive3 2026-01-27 2026-01-31 2026-02-05
			intensive4 2026-02-06 2026-02-10 2026-02-15
			intensive5 2026-02-16 2026-02-20 2026-02-25
			intensive6 2026-02-26 2026-03-02 2026-03-07
			month3 2026-03-08 2026-04-01 2026-04-16
			month4 2026-04-17 2026-05-01 2026-05-16
			month5 2026-05-17 2026-06-01 2026-06-16
			month6 2026-06-17 2026-07-01 2026-07-16`},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, walk(t, c.program, always(c.facts), day("2026-01-01"), day("2026-12-31")), c.want)
		})
	}
}

// TestFaceToFace pins which obligations a remote visit can satisfy.
func TestFaceToFace(t *testing.T) {
	for program, want := range map[string]int{
		Hypertension: 5, Diabetes: 5, Mental: 5, COPD: 3, Dyslipidaemia: 4, HomeVisit: 1, Elderly: 1, TCM: 1,
		Maternal: 5, Newborn: 1, Child: 5, Tuberculosis: 1, HealthCheck: 0, Screening: 1,
	} {
		n := 0
		for _, d := range Schedule(program, Facts{BirthDate: bornFor(program), EnrolledOn: day("2026-01-01"), LMP: day("2026-01-01")}, day("2026-01-01")) {
			if d.FaceToFace && d.From.Year() == 2026 {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d face to face in 2026, want %d", program, n, want)
		}
	}
}

func bornFor(program string) calendar.Date {
	switch program {
	case Newborn, Child:
		return day("2026-01-01")
	}
	return day("1950-01-01")
}

func TestScheduleByVersion(t *testing.T) {
	includes := func(on string) string {
		return strings.Join(Schedule(Elderly, Facts{BirthDate: day("1950-01-01")}, day(on))[0].Includes, " ")
	}
	if before, after := includes("2024-06-01"), includes("2025-06-01"); strings.Contains(before, "胸部DR") || !strings.Contains(after, "胸部DR正位片 糖化血红蛋白") {
		t.Errorf("2024: %s; 2025: %s", before, after)
	}
	if dues := Schedule("acupuncture", Facts{}, visitDay); dues != nil {
		t.Errorf("an unknown programme owes %v", dues)
	}
}

// TestScheduleLaws holds every programme to what the plan relies on.
func TestScheduleLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		program := rapid.SampledFrom(Programs()).Draw(t, "program").Code
		on := day("2020-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "on"))
		near := func(label string) calendar.Date {
			if n := rapid.IntRange(-900, 400).Draw(t, label); n < 350 {
				return on.AddDays(n)
			}
			return calendar.Date{}
		}
		f := Facts{
			BirthDate: on.AddDays(-rapid.IntRange(0, 30_000).Draw(t, "age")), EnrolledOn: near("enrolled"), EndedOn: near("ended"),
			LMP: near("lmp"), DeliveredOn: near("delivered"), DischargedOn: near("discharged"), Risk: RiskLevel(rapid.IntRange(0, 4).Draw(t, "risk")),
		}
		dues := Schedule(program, f, on)
		keys := map[string]bool{}
		for i, d := range dues {
			if keys[d.Key] || d.Key == "" || d.Label == "" || !strings.HasPrefix(d.Clause, "domain §") {
				t.Fatalf("bad obligation %+v", d)
			}
			keys[d.Key] = true
			if d.Due.Before(d.From) || d.Until.Before(d.Due) || d.Until.Before(on) || d.From.After(on.AddMonths(horizonMonths)) {
				t.Fatalf("on %v: dates out of order: %+v", on, d)
			}
			if i > 0 && d.Due.Before(dues[i-1].Due) {
				t.Fatalf("out of order: %+v", dues)
			}
			if !f.EndedOn.IsZero() && d.From.After(f.EndedOn) {
				t.Fatalf("owed after the end: %+v", d)
			}
		}
		tomorrow := map[string]Due{}
		for _, d := range Schedule(program, f, on.AddDays(1)) {
			tomorrow[d.Key] = d
		}
		for _, d := range dues {
			next, ok := tomorrow[d.Key]
			if ok != d.Until.After(on) || ok && (next.From != d.From || next.Due != d.Due || next.Until != d.Until) {
				t.Fatalf("on %v: %+v, a day later %+v", on, d, next)
			}
		}
	})
}
