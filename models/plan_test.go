package models_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

var (
	enrolledOn = calendar.MustDate("2026-01-05")
	patient    = models.Resident{ID: 1, Status: models.Living, AreaTeamID: 3, AreaInstID: 2, BirthDate: calendar.MustDate("1960-01-01")}
)

func hypertension() models.Course {
	return models.Course{Program: clinical.Hypertension, MembershipID: 7, Population: models.Hypertension, Begin: enrolledOn, Since: enrolledOn,
		Facts: clinical.Facts{BirthDate: patient.BirthDate, EnrolledOn: enrolledOn}}
}

// seen is a visit on a day after the enrolment, due again after some days by its step.
func seen(id models.ID, day int, way clinical.Way, step int) models.Seen {
	on := enrolledOn.AddDays(day)
	due := on.AddDays(14)
	if step == clinical.StepRoutine {
		due = clinical.RoutineDue(on)
	}
	f := models.Followup{ID: id, Program: clinical.Hypertension, VisitedOn: on, VisitWay: int(way), Step: step, Class: 1, Emergency: step == clinical.StepUrgent, NextDueOn: due}
	return models.Seen{EncounterID: id, On: on, Met: way.FaceToFace(), Services: models.ServicesOf(clinical.Hypertension), Form: &f}
}

// open are the open tasks by key, yearly checks aside.
func open(tasks []models.Task) map[string]models.Task {
	out := map[string]models.Task{}
	for _, t := range tasks {
		if t.IsOpen() && t.Kind != models.YearCheck {
			out[t.Key] = t
		}
	}
	return out
}

// TestVisitsMoveThePlan makes the plan after visits: what is open, and by when.
func TestVisitsMoveThePlan(t *testing.T) {
	const clinic, home, phone = clinical.WayClinic, clinical.WayHome, clinical.WayPhone
	sooner := seen(2, 95, phone, 1)
	sooner.Form.NextDueOn = enrolledOn.AddDays(98)
	early := seen(1, 10, clinic, 1)
	early.Form.NextDueOn = enrolledOn.AddDays(40)
	for _, tt := range []struct {
		name   string
		today  int
		visits []models.Seen
		want   map[string]int // days after the enrolment by which each open task is due
	}{
		{"enrolled", 0, nil, map[string]int{"2026Q1": 85, "2026Q2": 176}},
		{"controlled", 10, []models.Seen{seen(1, 10, clinic, 1)}, map[string]int{"2026Q2": 100}},
		{"first uncontrolled", 10, []models.Seen{seen(1, 10, home, 2)}, map[string]int{"after1": 24, "2026Q2": 100}},
		{"second uncontrolled", 24, []models.Seen{seen(1, 10, clinic, 2), seen(2, 24, clinic, 3)}, map[string]int{"after2": 38, "2026Q2": 114}},
		{"the cycle ends", 38, []models.Seen{seen(1, 10, clinic, 2), seen(2, 24, clinic, 3), seen(3, 38, clinic, 1)}, map[string]int{"2026Q2": 128}},
		{"emergency", 10, []models.Seen{seen(1, 10, clinic, 4)}, map[string]int{"after1": 24, "2026Q2": 100}},
		{"a phone visit leaves the routine task", 95, []models.Seen{seen(1, 10, clinic, 1), seen(2, 95, phone, 1)}, map[string]int{"2026Q2": 100, "2026Q3": 268}},
		{"a phone visit may ask for something sooner", 95, []models.Seen{seen(1, 10, clinic, 1), sooner}, map[string]int{"2026Q2": 98, "2026Q3": 268}},
		{"a phone visit closes a recheck, the meeting stays owed", 20, []models.Seen{seen(1, 10, clinic, 2), seen(2, 20, phone, 1)}, map[string]int{"2026Q2": 100}},
		{"a phone visit that finds no control asks for a recheck", 50, []models.Seen{seen(1, 10, clinic, 1), seen(2, 50, phone, 2)}, map[string]int{"after2": 64, "2026Q2": 100}},
		{"a doctor may want to see the patient before the next quarter", 10, []models.Seen{early}, map[string]int{"next1": 40, "2026Q2": 176}},
		{"once the quarter begins the appointment is its", 86, []models.Seen{early}, map[string]int{"2026Q2": 40, "2026Q3": 268}},
		{"a quarter that was missed leaves the next one overdue", 180, []models.Seen{seen(1, 10, clinic, 1)}, map[string]int{"2026Q3": 100, "2026Q4": 360}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tasks, changes := hypertension().Plan(patient, tt.visits, enrolledOn.AddDays(tt.today))
			got := open(tasks)
			for key, day := range tt.want {
				if task, ok := got[key]; !ok || task.DueOn.Sub(enrolledOn) != day {
					t.Errorf("%s is due after %d days, want %d", key, task.DueOn.Sub(enrolledOn), day)
				}
				delete(got, key)
			}
			if len(got) > 0 {
				t.Errorf("open as well: %+v", got)
			}
			if !changes.After(enrolledOn.AddDays(tt.today)) {
				t.Errorf("changes on %v", changes)
			}
		})
	}
}

// TestPlanStandsBetweenChanges asks for the plan on every day until the day it says it
// changes: until then it is the same.
func TestPlanStandsBetweenChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visits := drawVisits(t)
		today := enrolledOn.AddDays(rapid.IntRange(0, 800).Draw(t, "today"))
		for len(visits) > 0 && visits[len(visits)-1].On.After(today) {
			visits = visits[:len(visits)-1]
		}
		before, changes := hypertension().Plan(patient, visits, today)
		for day := today; !changes.IsZero() && day.Before(changes); day = day.AddDays(1) {
			after, same := hypertension().Plan(patient, visits, day)
			if same != changes || !sameTasks(before, after, day) {
				t.Fatalf("on %v, before %v: %+v became %+v", day, changes, before, after)
			}
		}
	})
}

// sameTasks compares what is known of the tasks that the later plan still looks back to.
func sameTasks(a, b []models.Task, day models.Date) bool {
	known := map[string]models.Task{}
	for _, task := range b {
		known[task.Key] = task
	}
	for _, task := range a {
		if got, ok := known[task.Key]; (!ok || got != task) && !task.Old(day) {
			return false
		}
	}
	return true
}

func drawVisits(t *rapid.T) []models.Seen {
	var visits []models.Seen
	day := 0
	for i := range rapid.IntRange(0, 8).Draw(t, "visits") {
		day += rapid.IntRange(1, 120).Draw(t, "days")
		visits = append(visits, seen(models.ID(i+1), day, rapid.SampledFrom([]clinical.Way{1, 2, 3, 5}).Draw(t, "way"), rapid.IntRange(1, 4).Draw(t, "step")))
	}
	return visits
}

// TestPlanLaws holds random histories to the invariants of domain §10.4–10.6.
func TestPlanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visits := drawVisits(t)
		today := enrolledOn
		if len(visits) > 0 {
			today = visits[len(visits)-1].On
		}
		tasks, _ := hypertension().Plan(patient, visits, today)
		waiting, follows := 0, 0
		for _, task := range tasks {
			if task.WindowFrom.After(task.DueOn) {
				t.Fatalf("window of %+v", task)
			}
			if task.TwoWeeks() && task.IsOpen() {
				waiting++
				if task.DueOn.Sub(today) > 14 {
					t.Fatalf("%+v", task)
				}
			}
			if task.Status == models.TaskDone && task.Service != "" {
				if v := visits[task.ClosedBy-1]; !v.Met {
					t.Fatalf("a remote visit closed %+v", task)
				}
			}
		}
		if len(visits) > 0 && visits[len(visits)-1].Form.Step > 1 {
			follows = 1
		}
		if waiting != follows {
			t.Fatalf("%d two-week tasks wait after %+v", waiting, visits)
		}
	})
}

func TestTaskStateAtItsBounds(t *testing.T) {
	tasks, _ := hypertension().Plan(patient, []models.Seen{seen(1, 10, clinical.WayClinic, 1)}, enrolledOn.AddDays(10))
	task := open(tasks)["2026Q2"] // due on day 100
	for day, want := range map[int]models.TaskState{11: models.Upcoming, 85: models.Upcoming, 86: models.Due, 100: models.Due, 101: models.Overdue} {
		if got := task.State(enrolledOn.AddDays(day)); got != want {
			t.Errorf("day %d: %s, want %s", day, got, want)
		}
	}
	if task.DaysOverdue(enrolledOn.AddDays(100)) != 0 || task.DaysOverdue(enrolledOn.AddDays(103)) != 3 {
		t.Error("days overdue")
	}
}

// TestPeopleDecide keeps what people decided about a task when it is planned anew.
func TestPeopleDecide(t *testing.T) {
	tasks, _ := hypertension().Plan(patient, []models.Seen{seen(1, 10, clinical.WayClinic, 2)}, enrolledOn.AddDays(11))
	want := open(tasks)["after1"]
	row := want
	row.ID, row.StaffID, row.VisitOn, row.Attempts = 5, 9, enrolledOn.AddDays(12), 3
	if now, differs := row.Replan(want); differs || now != row {
		t.Errorf("%+v", now)
	}
	moved := want
	moved.TeamID = 8
	if now, differs := row.Replan(moved); !differs || now.StaffID != 0 || !now.VisitOn.IsZero() || now.TeamID != 8 || now.Attempts != 3 {
		t.Errorf("another team shares it out anew: %+v", now)
	}
	if err := row.GiveUp(models.ReasonLost, enrolledOn.AddDays(20)); err != nil {
		t.Fatal(err)
	}
	if now, differs := row.Replan(want); differs || now.Reason != models.ReasonLost {
		t.Errorf("given up: %+v", now)
	}
	done, _ := hypertension().Plan(patient, []models.Seen{seen(1, 10, clinical.WayClinic, 2), seen(2, 22, clinical.WayPhone, 1)}, enrolledOn.AddDays(22))
	for _, task := range done {
		if now, differs := row.Replan(task); task.Key == "after1" && (!differs || now.Status != models.TaskDone || now.ID != 5) {
			t.Errorf("a visit undoes it: %+v", now)
		}
	}
}
