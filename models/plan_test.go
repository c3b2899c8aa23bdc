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
	patient    = models.Resident{ID: 1, Status: models.Living, AreaTeamID: 3, AreaInstID: 2}
	membership = models.Membership{ID: 7, ResidentID: 1, Code: models.Hypertension, Open: new(true), Begin: enrolledOn}
)

// seen is a visit on a day after the enrolment, due again after some days by its step.
func seen(id models.ID, day int, way clinical.Way, step int) models.Followup {
	on := enrolledOn.AddDays(day)
	due := on.AddDays(14)
	if step == clinical.StepRoutine {
		due = clinical.RoutineDue(on)
	}
	return models.Followup{ID: id, VisitedOn: on, VisitWay: int(way), Step: step, Emergency: step == clinical.StepUrgent, NextDueOn: due}
}

func course(visits ...models.Followup) []models.Task {
	return models.Course(patient, models.FirstTask(patient, "hypertension", membership, enrolledOn), visits)
}

func TestCourse(t *testing.T) {
	const clinic, home, phone = clinical.WayClinic, clinical.WayHome, clinical.WayPhone
	sooner := seen(2, 30, phone, 1)
	sooner.NextDueOn = enrolledOn.AddDays(40)
	tests := []struct {
		name   string
		visits []models.Followup
		kinds  []models.TaskKind // of every task, the last one open
		due    int               // days after the enrolment of the open one
		urgent bool
		by     models.ID
	}{
		{"enrolled", nil, []models.TaskKind{models.Routine}, 90, false, 0},
		{"controlled", []models.Followup{seen(1, 10, clinic, 1)}, []models.TaskKind{models.Routine, models.Routine}, 100, false, 1},
		{"first uncontrolled", []models.Followup{seen(1, 10, home, 2)}, []models.TaskKind{models.Routine, models.Recheck}, 24, false, 1},
		{"second uncontrolled", []models.Followup{seen(1, 10, clinic, 2), seen(2, 24, clinic, 3)},
			[]models.TaskKind{models.Routine, models.Recheck, models.ReferralResult}, 38, false, 2},
		{"cycle ends", []models.Followup{seen(1, 10, clinic, 2), seen(2, 24, clinic, 3), seen(3, 38, clinic, 1)},
			[]models.TaskKind{models.Routine, models.Recheck, models.ReferralResult, models.Routine}, 128, false, 3},
		{"emergency", []models.Followup{seen(1, 10, clinic, 4)}, []models.TaskKind{models.Routine, models.ReferralResult}, 24, true, 1},
		{"a phone visit leaves the routine task", []models.Followup{seen(1, 10, clinic, 1), seen(2, 95, phone, 1)},
			[]models.TaskKind{models.Routine, models.Routine}, 100, false, 1},
		{"a phone visit may ask for something sooner", []models.Followup{seen(1, 10, clinic, 1), sooner},
			[]models.TaskKind{models.Routine, models.Routine, models.Routine}, 40, false, 2},
		{"a phone visit closes a recheck, the face-to-face visit stays owed", []models.Followup{seen(1, 10, clinic, 2), seen(2, 20, phone, 1)},
			[]models.TaskKind{models.Routine, models.Recheck, models.Routine}, 100, false, 2},
		{"a phone visit that finds no control puts a recheck before the routine task", []models.Followup{seen(1, 10, clinic, 1), seen(2, 50, phone, 2)},
			[]models.TaskKind{models.Routine, models.Routine, models.Recheck}, 64, false, 2},
		{"after it the face-to-face visit is still owed", []models.Followup{seen(1, 10, clinic, 1), seen(2, 50, phone, 2), seen(3, 60, phone, 1)},
			[]models.TaskKind{models.Routine, models.Routine, models.Recheck, models.Routine}, 100, false, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tasks := course(tt.visits...)
			if len(tasks) != len(tt.kinds) {
				t.Fatalf("%d tasks, want %v: %+v", len(tasks), tt.kinds, tasks)
			}
			for i, kind := range tt.kinds {
				if tasks[i].Kind != kind || (tasks[i].Open != nil) != (i == len(tasks)-1) {
					t.Errorf("task %d: %+v, want %s", i, tasks[i], kind)
				}
			}
			open := tasks[len(tasks)-1]
			if got := open.DueOn.Sub(enrolledOn); got != tt.due || open.Urgent != tt.urgent || open.OpenedBy != tt.by {
				t.Errorf("open task is due after %d days, urgent %v, by %d; want %d, %v, %d", got, open.Urgent, open.OpenedBy, tt.due, tt.urgent, tt.by)
			}
		})
	}
}

func TestRemoteVisitDoesNotCompleteRoutine(t *testing.T) {
	tasks := course(seen(1, 50, clinical.WayPhone, 2), seen(2, 60, clinical.WayPhone, 1))
	if tasks[0].Status != models.TaskCancelled || tasks[0].Reason != models.Overtaken {
		t.Errorf("a routine task is not done by phone: %+v", tasks[0])
	}
	if tasks[1].Status != models.TaskDone || tasks[1].ClosedBy != 2 {
		t.Errorf("a recheck may be done by phone: %+v", tasks[1])
	}
	if open := tasks[2]; open.DueOn != tasks[0].DueOn {
		t.Errorf("the first face-to-face visit is still due on %v, not %v", tasks[0].DueOn, open.DueOn)
	}
}

func drawVisits(t *rapid.T) []models.Followup {
	var visits []models.Followup
	day := 0
	for i := range rapid.IntRange(0, 8).Draw(t, "visits") {
		day += rapid.IntRange(1, 120).Draw(t, "days")
		visits = append(visits, seen(models.ID(i+1), day, rapid.SampledFrom([]clinical.Way{1, 2, 3, 5}).Draw(t, "way"), rapid.IntRange(1, 4).Draw(t, "step")))
	}
	return visits
}

func TestCourseLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visits := drawVisits(t)
		tasks := course(visits...)
		last := tasks[len(tasks)-1]
		for i, task := range tasks {
			if (task.Status == models.TaskOpen) != (i == len(tasks)-1) || (task.Open != nil) != (task.Status == models.TaskOpen) {
				t.Fatalf("only the last task is open: %+v", tasks)
			}
			if task.WindowFrom.After(task.DueOn) || task.DueOn.Sub(task.WindowFrom) > models.RoutineWindow {
				t.Fatalf("window of %+v", task)
			}
			if task.Status == models.TaskDone && task.Kind == models.Routine {
				if v := visits[task.ClosedBy-1]; !v.FaceToFace() {
					t.Fatalf("a remote visit closed a routine task: %+v", task)
				}
			}
		}
		if len(visits) == 0 {
			return
		}
		newest := visits[len(visits)-1]
		if newest.Step >= clinical.StepRecheck && (last.OpenedBy != newest.ID || last.Kind == models.Routine || last.DueOn.Sub(newest.VisitedOn) > 14) {
			t.Fatalf("the newest visit asks for a two-week task, open is %+v", last)
		}
		owed := tasks[0].DueOn
		for _, v := range visits {
			if v.FaceToFace() {
				owed = clinical.RoutineDue(v.VisitedOn)
			}
		}
		if last.Kind == models.Routine && last.DueOn.After(owed) {
			t.Fatalf("remote visits put the face-to-face visit off from %v to %v", owed, last.DueOn)
		}
	})
}

func TestFirstTaskOfALateEntry(t *testing.T) {
	today := enrolledOn.AddYears(1)
	if got := models.FirstTask(patient, "hypertension", membership, today); got.DueOn != clinical.RoutineDue(today) || got.State(today) != models.Upcoming {
		t.Errorf("entered a year late, the first visit is due within 90 days of the entry: %+v", got)
	}
}

func TestTaskStateAtItsBounds(t *testing.T) {
	task := models.NewTask(patient, "hypertension", models.Routine, false, enrolledOn, enrolledOn.AddDays(90), 0)
	for day, want := range map[int]models.TaskState{1: models.Upcoming, 75: models.Upcoming, 76: models.Due, 90: models.Due, 91: models.Overdue} {
		if got := task.State(enrolledOn.AddDays(day)); got != want {
			t.Errorf("day %d: %s, want %s", day, got, want)
		}
	}
	if task.DaysOverdue(enrolledOn.AddDays(90)) != 0 || task.DaysOverdue(enrolledOn.AddDays(93)) != 3 {
		t.Error("days overdue")
	}
	recheck := models.NewTask(patient, "hypertension", models.Recheck, false, enrolledOn, enrolledOn.AddDays(14), 1)
	if recheck.State(enrolledOn) != models.Upcoming || recheck.State(enrolledOn.AddDays(1)) != models.Due {
		t.Error("a recheck is due from the next day on")
	}
}
