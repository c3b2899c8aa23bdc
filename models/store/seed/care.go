package seed

import (
	"encoding/json"
	"fmt"

	"jiayi/models"
	"jiayi/models/clinical"
)

// Shares of the managed (domain §9.4: 67 % standard management, 62 % controlled).
const (
	standardPercent   = 67
	controlledPercent = 64
	dropoutPercent    = 10 // whose next visit is overdue
)

// care writes visits and open tasks of everyone with hypertension or diabetes: one open
// task for each programme of the person, as the last visit left it.
func (w *scribe) care(r models.Resident, memberships []models.Membership, contracts []models.Contract) error {
	since := map[string]models.Date{}
	for _, m := range memberships {
		switch m.Code {
		case models.Hypertension:
			since[clinical.Hypertension] = m.Begin
		case models.Diabetes:
			since[clinical.Diabetes] = m.Begin
		}
	}
	if len(since) == 0 {
		return nil
	}
	if w.full {
		w.plannedTasks(r, since)
		return nil
	}
	return w.visits(r, since, contracts)
}

// programs is the order forms stand in within a visit.
var programs = []string{clinical.Hypertension, clinical.Diabetes}

// plannedTasks opens tasks from a last visit that is not written down.
func (w *scribe) plannedTasks(r models.Resident, since map[string]models.Date) {
	last := w.today.AddDays(-w.rng.IntN(88))
	if w.rng.IntN(100) < dropoutPercent {
		last = w.today.AddDays(-92 - w.rng.IntN(60))
	}
	for _, program := range programs {
		if begin, ok := since[program]; ok {
			from := later(last, begin)
			w.task(models.NewTask(r, program, models.Routine, false, from, from.AddDays(90), 0))
		}
	}
}

func (w *scribe) task(t models.Task) {
	t.ID, t.Version, t.CreatedAt = next(&w.id.task), 1, w.clock(t.WindowFrom.AddDays(-1), t.ResidentID)
	t.UpdatedAt = t.CreatedAt
	w.out.tasks = append(w.out.tasks, t)
}

// course is the visits of one person under way.
type course struct {
	r         models.Resident
	since     map[string]models.Date
	contracts []models.Contract
	before    map[string][]clinical.Previous
	last      map[string]models.Task
	height    int // cm
	weight    int // kg
}

// visits lets a person be seen over the past year as the rules ask: a routine visit
// every three months, a recheck after two weeks. One encounter carries the forms of all
// programmes (domain §2.3). Some are seen half as often, and some stop coming.
func (w *scribe) visits(r models.Resident, since map[string]models.Date, contracts []models.Contract) error {
	k := course{r: r, since: since, contracts: contracts, before: map[string][]clinical.Previous{}, last: map[string]models.Task{}, height: 150 + w.rng.IntN(28), weight: 52 + w.rng.IntN(34)}
	until := w.today.AddDays(-1)
	if w.rng.IntN(100) < dropoutPercent {
		until = w.today.AddDays(-95 - w.rng.IntN(60))
	}
	standard := w.rng.IntN(100) < standardPercent
	for day := w.today.AddDays(-280 - w.rng.IntN(88)); !day.After(until); {
		step, err := w.visit(&k, day)
		if err != nil {
			return err
		}
		switch {
		case step > clinical.StepRoutine:
			day = day.AddDays(10 + w.rng.IntN(4))
		case standard:
			day = day.AddDays(78 + w.rng.IntN(12))
		default:
			day = day.AddDays(80 + w.rng.IntN(90))
		}
	}
	for _, program := range programs {
		begin, ok := since[program]
		if !ok {
			continue
		}
		if t, seen := k.last[program]; seen {
			w.task(t)
		} else {
			from := later(begin, w.today.AddDays(-100))
			w.task(models.NewTask(r, program, models.Routine, false, from, from.AddDays(90), 0))
		}
	}
	return nil
}

// visit writes one encounter and returns the gravest step of its forms, 0 when the
// person was in no programme yet.
func (w *scribe) visit(k *course, day models.Date) (int, error) {
	way := clinical.WayClinic
	if w.rng.IntN(4) == 0 {
		way = clinical.WayHome
	}
	team := w.teams[k.r.CareTeamID()-1]
	e := models.Encounter{ResidentID: k.r.ID, VisitedOn: day, VisitWay: int(way), TeamID: team.ID, InstitutionID: team.InstitutionID, DoctorID: team.LeaderID,
		AccountID: w.accountOf[team.LeaderID], Version: 1, CreatedAt: w.clock(day, k.r.ID)}
	e.UpdatedAt = e.CreatedAt
	for _, c := range k.contracts {
		if c.InForceOn(day) {
			e.ContractID = c.ID
		}
	}
	gravest := 0
	for _, program := range programs {
		begin, ok := k.since[program]
		if !ok || day.Before(begin) {
			continue
		}
		if e.ID == 0 {
			e.ID = next(&w.id.encounter)
			w.out.encounters = append(w.out.encounters, e)
		}
		step, err := w.followup(k, e, program, clinical.Visit{On: day, Way: way})
		if err != nil {
			return 0, err
		}
		gravest = max(gravest, step)
	}
	return gravest, nil
}

// followup judges one form by the rules of its day and leaves the task that follows.
func (w *scribe) followup(k *course, e models.Encounter, program string, visit clinical.Visit) (int, error) {
	pack := clinical.PackOn(visit.On)
	form, _ := pack.Form(program)
	values, problems := form.Check(visit, w.form(k, program), clinical.Complete)
	if len(problems) > 0 {
		return 0, fmt.Errorf("seed: form %s: %+v", program, problems)
	}
	a, problems := pack.Assess(program, clinical.Subject{BirthDate: k.r.BirthDate, Sex: k.r.Sex}, k.before[program], visit, values)
	if len(problems) > 0 {
		return 0, fmt.Errorf("seed: assess %s: %+v", program, problems)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return 0, err
	}
	judged, err := json.Marshal(a)
	if err != nil {
		return 0, err
	}
	f := models.Followup{ID: next(&w.id.followup), EncounterID: e.ID, ResidentID: k.r.ID, Program: program, VisitedOn: visit.On, Form: string(text), Class: a.Class, Step: a.Step,
		Emergency: a.Emergency, Assessment: string(judged), RuleVersion: a.RuleVersion, NextDueOn: a.NextDueOn, CreatedAt: e.CreatedAt}
	w.out.followups = append(w.out.followups, f)
	k.before[program] = append(k.before[program], clinical.Previous{VisitedOn: visit.On, Class: a.Class, Step: a.Step})
	kind := map[int]models.TaskKind{clinical.StepRoutine: models.Routine, clinical.StepRecheck: models.Recheck}[a.Step]
	if kind == "" {
		kind = models.ReferralResult
	}
	k.last[program] = models.NewTask(k.r, program, kind, a.Emergency, visit.On, a.NextDueOn, f.ID)
	return a.Step, nil
}

// form fills in a complete form, controlled in 64 of 100.
func (w *scribe) form(k *course, program string) map[string]any {
	systolic, diastolic := 112+w.rng.IntN(26), 66+w.rng.IntN(20)
	controlled := w.rng.IntN(100) < controlledPercent
	if !controlled && program == clinical.Hypertension {
		systolic, diastolic = 152+w.rng.IntN(18), 84+w.rng.IntN(16)
	}
	f := map[string]any{
		"symptoms": []any{1}, "sbp": systolic, "dbp": diastolic, "height": k.height, "weight": k.weight, "weight_target": max(48, k.weight-2), "waist": 78 + k.weight/5,
		"heart_rate": 64 + w.rng.IntN(22), "smoke": 0, "smoke_target": 0, "drink": 0, "drink_target": 0,
		"sport_times": 3 + w.rng.IntN(4), "sport_times_target": 5, "sport_minutes": 30, "sport_minutes_target": 30,
		"psychology": 1, "compliance_behaviour": 1, "med_adherence": 1, "adr": 1, "complication": 1,
	}
	if program == clinical.Hypertension {
		f["salt"], f["salt_target"] = 1+w.rng.IntN(2), 1
		f["meds"] = []any{map[string]any{"name": "苯磺酸氨氯地平片", "times_per_day": 1, "dose": 5, "unit": 1}}
		return f
	}
	glucose := float64(52+w.rng.IntN(16)) / 10
	if !controlled {
		glucose = float64(74+w.rng.IntN(30)) / 10
	}
	f["fpg"], f["staple"], f["staple_target"], f["dorsalis_pedis"], f["hypoglycaemia"] = glucose, 300, 250, 1, 1
	f["meds"] = []any{map[string]any{"name": "盐酸二甲双胍片", "times_per_day": 2, "dose": 0.5, "unit": 3}}
	return f
}
