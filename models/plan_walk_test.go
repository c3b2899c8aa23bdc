package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// walker lives through days with one resident: each day it plans, and whoever is due is
// seen, or not.
type walker struct {
	t         *testing.T
	resident  models.Resident
	history   func(day models.Date) models.CareHistory // memberships and pregnancies known by the day
	visits    bool                                     // tasks are done on the first day they are asked for
	encounter []models.Encounter
	followups []models.Followup
	stored    map[string]models.Task
}

// plan is every task of all courses on the day, by programme and key.
func (w *walker) plan(day models.Date) map[string]models.Task {
	h := w.history(day)
	h.Visits = w.followups
	out := map[string]models.Task{}
	for program, c := range models.CoursesOn(w.resident, h, day) {
		tasks, changes := c.Plan(w.resident, models.SeenBy(program, w.encounter, w.followups), day)
		if !changes.IsZero() && !changes.After(day) {
			w.t.Fatalf("%s on %v changes on %v", program, day, changes)
		}
		for _, task := range tasks {
			name := program + " " + task.Key
			if _, twice := out[name]; twice {
				w.t.Fatalf("%s on %v: two tasks %s", program, day, task.Key)
			}
			out[name] = task
		}
	}
	return out
}

// visit does what a task asks for on the day: face to face, at home where it must be, and
// with a form of the programme that asks for the next one by the rules.
func (w *walker) visit(task models.Task, day models.Date) {
	id := models.ID(len(w.encounter) + 1)
	way := clinical.WayClinic
	if task.AtHome {
		way = clinical.WayHome
	}
	services := []clinical.Service{clinical.Service(task.Program)}
	if task.Service != "" {
		services = append(services, task.Service)
	}
	w.encounter = append(w.encounter, models.Encounter{ID: id, VisitedOn: day, VisitWay: int(way), Services: models.ServicesOf(services...)})
	next := models.Date{}
	if clinical.Cycles(task.Program) {
		next = clinical.RoutineDue(day)
	}
	w.followups = append(w.followups, models.Followup{ID: id, EncounterID: id, Program: task.Program, VisitedOn: day, VisitWay: int(way), Live: new(true), Class: 1, Step: 1, NextDueOn: next})
}

// walk lives from one day to another and returns every task there ever was, in order of
// their last days: "programme key from due until state".
func (w *walker) walk(from, to models.Date) []string {
	w.stored = map[string]models.Task{}
	for day := from; !day.After(to); day = day.AddDays(1) {
		planned := w.plan(day)
		for name, task := range planned {
			if was, known := w.stored[name]; known {
				now, _ := was.Replan(task)
				task = now
			}
			w.stored[name] = task
		}
		for name, task := range w.stored {
			if _, still := planned[name]; !still && task.IsOpen() {
				task.Cancel(models.Overtaken, day)
				w.stored[name] = task
			}
		}
		for _, name := range slices.Sorted(keys(w.stored)) {
			if task := w.stored[name]; w.visits && task.IsOpen() && !day.Before(task.WindowFrom) && !day.Before(task.CountsFrom) {
				w.visit(task, day)
				for name, task := range w.plan(day) {
					w.stored[name] = task
				}
			}
		}
	}
	var names []string
	for name := range w.stored {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		x, y := w.stored[a], w.stored[b]
		if n := x.CountsFrom.Sub(y.CountsFrom); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	lines := make([]string, len(names))
	for i, name := range names {
		task := w.stored[name]
		lines[i] = fmt.Sprintf("%s %v–%v %s", name, task.CountsFrom, task.Until, task.Status)
	}
	return lines
}

func keys(m map[string]models.Task) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func d(s string) models.Date { return calendar.MustDate(s) }

func compare(t *testing.T, got []string, want string) {
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

// someone is a permanent resident known from New Year's Day of 2026.
func someone(born string) models.Resident {
	return models.Resident{ID: 1, Status: models.Living, Permanent: true, AreaTeamID: 3, AreaInstID: 2, BirthDate: d(born), Sex: "2", CreatedAt: d("2026-01-01").Start()}
}

func under(code models.Population, begin string) func(models.Date) models.CareHistory {
	return func(models.Date) models.CareHistory {
		return models.CareHistory{Memberships: []models.Membership{{ID: 7, ResidentID: 1, Code: code, Open: new(true), Begin: d(begin), CreatedAt: d(begin).Start()}}}
	}
}

const quarters = `
	PROGRAM 2026Q1 2026-01-01–2026-03-31 STATE
	CHECK
	PROGRAM 2026Q2 2026-04-01–2026-06-30 STATE
	PROGRAM 2026Q3 2026-07-01–2026-09-30 STATE
	PROGRAM 2026Q4 2026-10-01–2026-12-31 STATE
	PROGRAM 2027Q1 2027-01-01–2027-03-31 open
	NEXT
	PROGRAM 2027Q2 2027-04-01–2027-06-30 open`

// TestAYearOfEveryPopulation walks 2026 with someone of each population of domain §2.3,
// seen whenever it is asked for, and never: exactly the obligations arise, and each ends
// as done or as missed.
func TestAYearOfEveryPopulation(t *testing.T) {
	check := "PROGRAM check2026 2026-01-01–2026-12-31 STATE"
	nextCheck := "PROGRAM check2027 2027-01-01–2027-12-31 open"
	for _, c := range []struct {
		name, program, born string
		history             func(models.Date) models.CareHistory
		want                string
	}{
		{"04 高血压", clinical.Hypertension, "1975-05-05", under(models.Hypertension, "2026-01-01"), strings.NewReplacer("CHECK", check, "NEXT", nextCheck).Replace(quarters)},
		{"05 糖尿病", clinical.Diabetes, "1975-05-05", under(models.Diabetes, "2026-01-01"), strings.NewReplacer("CHECK", check, "NEXT", nextCheck).Replace(quarters)},
		{"06 严重精神障碍", clinical.Mental, "1975-05-05", under(models.MentalDisorder, "2026-01-01"), strings.NewReplacer("CHECK", check, "NEXT", nextCheck).Replace(quarters)},
		{"22 慢阻肺", clinical.COPD, "1975-05-05", under(models.COPD, "2026-01-01"), strings.NewReplacer("CHECK", "PROGRAM spirometry2026 2026-01-01–2026-12-31 STATE", "NEXT", "PROGRAM spirometry2027 2027-01-01–2027-12-31 open").Replace(quarters)},
		{"31 高血脂", clinical.Dyslipidaemia, "1975-05-05", under(models.Dyslipidaemia, "2026-01-01"), strings.NewReplacer("CHECK", "", "NEXT", "").Replace(quarters)},
		{"08 残疾人", clinical.HomeVisit, "1975-05-05", under(models.Disabled, "2026-01-01"), "home_visit visit2026 2026-01-01–2026-12-31 STATE\nhome_visit visit2027 2027-01-01–2027-12-31 open"},
		{"09 计生特殊家庭", clinical.HomeVisit, "1975-05-05", under(models.SpecialFamily, "2026-01-01"), "home_visit visit2026 2026-01-01–2026-12-31 STATE\nhome_visit visit2027 2027-01-01–2027-12-31 open"},
		{"13 脱贫", clinical.HomeVisit, "1975-05-05", under(models.Poverty, "2026-01-01"), "home_visit visit2026 2026-01-01–2026-12-31 STATE\nhome_visit visit2027 2027-01-01–2027-12-31 open"},
		{"03 老年人", "", "1950-03-03", func(models.Date) models.CareHistory { return models.CareHistory{} }, `
			elderly check2026 2026-01-01–2026-12-31 STATE
			tcm tcm2026 2026-01-01–2026-12-31 STATE
			elderly check2027 2027-01-01–2027-12-31 open
			tcm tcm2027 2027-01-01–2027-12-31 open`},
		{"03 当年满65岁", "", "1961-12-31", func(models.Date) models.CareHistory { return models.CareHistory{} }, `
			elderly check2026 2026-01-01–2026-12-31 STATE
			tcm tcm2026 2026-01-01–2026-12-31 STATE
			elderly check2027 2027-01-01–2027-12-31 open
			tcm tcm2027 2027-01-01–2027-12-31 open`},
		{"35岁及以上签约居民", "", "1980-05-05", func(models.Date) models.CareHistory { return models.CareHistory{Signed: true} }, `
			screening bp2026 2026-01-01–2026-12-31 STATE
			screening bp2027 2027-01-01–2027-12-31 open`},
		{"当年满35岁", "", "1991-05-05", func(models.Date) models.CareHistory { return models.CareHistory{Signed: true} }, `
			screening bp2026 2026-05-05–2026-12-31 STATE
			screening bp2027 2027-01-01–2027-12-31 open`},
		{"一般人群", "", "1995-05-05", func(models.Date) models.CareHistory { return models.CareHistory{Signed: true} }, ``},
	} {
		for _, seen := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/%v", c.name, seen), func(t *testing.T) {
				w := walker{t: t, resident: someone(c.born), history: c.history, visits: seen}
				state := map[bool]string{true: "done", false: "missed"}[seen]
				compare(t, w.walk(d("2026-01-01"), d("2027-01-01")), strings.NewReplacer("PROGRAM", c.program, "STATE", state).Replace(c.want))
			})
		}
	}
}

func TestHighRiskIsSeenMoreOften(t *testing.T) {
	w := walker{t: t, resident: someone("1980-05-05"), history: func(models.Date) models.CareHistory { return models.CareHistory{Signed: true} }}
	w.followups = []models.Followup{{ID: 1, EncounterID: 1, Program: clinical.Screening, VisitedOn: d("2025-12-01"), VisitWay: 1, Live: new(true), Class: clinical.ScreenedBothRisks, Step: 1}}
	compare(t, w.walk(d("2026-01-01"), d("2026-12-31")), `
		screening bp2026H1 2026-01-01–2026-06-30 missed
		screening fpg2026 2026-01-01–2026-12-31 open
		screening bp2026H2 2026-07-01–2026-12-31 open
		screening bp2027H1 2027-01-01–2027-06-30 open
		screening fpg2027 2027-01-01–2027-12-31 open`)
}

// TestChildFromBirthToSeven walks seven years of a child.
func TestChildFromBirthToSeven(t *testing.T) {
	for _, seen := range []bool{true, false} {
		child := someone("2026-01-31")
		child.CreatedAt = d("2026-02-02").Start()
		w := walker{t: t, resident: child, visits: seen, history: func(models.Date) models.CareHistory {
			return models.CareHistory{MotherDischarged: d("2026-02-03")}
		}}
		state := map[bool]string{true: "done", false: "missed"}[seen]
		compare(t, w.walk(d("2026-02-02"), d("2033-02-01")), strings.ReplaceAll(`
			newborn newborn 2026-02-03–2026-02-28 STATE
			child 1m 2026-02-13–2026-03-30 STATE
			child 3m 2026-04-15–2026-05-30 STATE
			child 6m 2026-07-16–2026-08-30 STATE
			child 8m 2026-09-15–2026-10-30 STATE
			child 12m 2027-01-16–2027-03-02 STATE
			child 18m 2027-07-16–2027-08-30 STATE
			child 24m 2028-01-16–2028-03-01 STATE
			child 30m 2028-07-16–2028-08-30 STATE
			child 3y 2029-01-16–2029-03-02 STATE
			child 4y 2030-01-16–2030-03-02 STATE
			child 5y 2031-01-16–2031-03-02 STATE
			child 6y 2032-01-16–2032-03-01 STATE`, "STATE", state))
	}
}

// TestPregnancyFromTwelveWeeks walks from the registration at 12 weeks to the 42-day
// check; birth and discharge become known on their days.
func TestPregnancyFromTwelveWeeks(t *testing.T) {
	lmp := d("2026-01-01")
	enrolled, delivered := lmp.AddDays(12*7), lmp.AddDays(39*7)
	history := func(day models.Date) models.CareHistory {
		h := under(models.Maternal, enrolled.String())(day)
		g := models.Pregnancy{MembershipID: 7, LMP: lmp}
		if !day.Before(delivered) {
			g.DeliveredOn, g.Outcome = delivered, models.LiveBirth
		}
		if !day.Before(delivered.AddDays(3)) {
			g.DischargedOn = delivered.AddDays(3)
		}
		h.Pregnancies = []models.Pregnancy{g}
		return h
	}
	for _, seen := range []bool{true, false} {
		w := walker{t: t, resident: someone("1998-01-01"), history: history, visits: seen}
		state := map[bool]string{true: "done", false: "missed"}[seen]
		five := map[bool]string{true: "done", false: "cancelled"}[seen] // the birth comes first
		compare(t, w.walk(enrolled, delivered.AddDays(57)), strings.NewReplacer("FIVE", five, "STATE", state).Replace(`
			maternal visit1 2026-03-26–2026-04-01 STATE
			maternal visit2 2026-04-23–2026-05-27 STATE
			maternal visit3 2026-05-28–2026-06-24 STATE
			maternal visit4 2026-07-16–2026-09-16 STATE
			maternal visit5 2026-09-17–2026-10-14 FIVE
			maternal postpartum 2026-10-04–2026-10-29 STATE
			maternal day42 2026-11-12–2026-11-26 STATE`))
	}
}

// TestTuberculosisCourse walks the six months of a course.
func TestTuberculosisCourse(t *testing.T) {
	for _, seen := range []bool{true, false} {
		w := walker{t: t, resident: someone("1980-01-01"), history: under(models.Tuberculosis, "2026-01-01"), visits: seen}
		state := map[bool]string{true: "done", false: "missed"}[seen]
		lines := w.walk(d("2026-01-01"), d("2026-07-17"))
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, " next") }) // appointments between
		compare(t, lines, strings.ReplaceAll(`
			tuberculosis first 2026-01-01–2026-01-06 STATE
			tuberculosis intensive1 2026-01-07–2026-01-16 STATE
			tuberculosis intensive2 2026-01-17–2026-01-26 STATE
			tuberculosis intensive3 2026-01-27–2026-02-05 STATE
			tuberculosis intensive4 2026-02-06–2026-02-15 STATE
			tuberculosis intensive5 2026-02-16–2026-02-25 STATE
			tuberculosis intensive6 2026-02-26–2026-03-07 STATE
			tuberculosis month3 2026-03-08–2026-04-16 STATE
			tuberculosis month4 2026-04-17–2026-05-16 STATE
			tuberculosis month5 2026-05-17–2026-06-16 STATE
			tuberculosis month6 2026-06-17–2026-07-16 STATE`, "STATE", state))
	}
}
