package seed

import (
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store/storetest"
)

// TestManagementFigures counts a hundredth of the district: who is managed as the rules
// ask, whose last value is under its limit, and which elderly were checked are the shares
// of domain §9.4, to the person.
func TestManagementFigures(t *testing.T) {
	m := oneToAHundred(t)
	of, met := map[models.Indicator]int{}, map[models.Indicator]int{}
	for _, s := range m.standings {
		for _, i := range s.Of.List() {
			of[i]++
		}
		for _, i := range s.Met.List() {
			met[i]++
		}
	}
	for i, s := range map[models.Indicator]share{
		models.HypertensionStandard: hypertensionStandard, models.PressureControl: hypertensionControlled, models.DiabetesStandard: diabetesStandard,
		models.GlucoseControl: diabetesControlled, models.ElderlyChecked: elderlyChecked,
	} {
		expect(t, string(i), met[i], s.at(of[i]).want)
		if of[i] < s.of/110 {
			t.Errorf("%s counts only %d people", i, of[i])
		}
	}
}

// TestCareIsPlausible looks for what every screen needs something of.
func TestCareIsPlausible(t *testing.T) {
	m := oneToAHundred(t)
	programs, ways := map[string]int{}, map[int]int{}
	for _, f := range m.followups {
		programs[f.Program]++
		ways[f.VisitWay]++
	}
	for _, p := range clinical.Programs() {
		if p.Code != clinical.HealthCheck && programs[p.Code] == 0 {
			t.Errorf("no visit of %s", p.Code)
		}
	}
	states := map[models.TaskState]int{}
	for _, task := range m.tasks {
		if task.TeamID != m.residents[task.ResidentID-1].CareTeamID() {
			t.Fatalf("task %d is of another team", task.ID)
		}
		states[task.State(storetest.Today)]++
	}
	for _, state := range []models.TaskState{models.Overdue, models.Due, models.Upcoming, models.Done, models.Missed} {
		if states[state] < 30 {
			t.Errorf("only %d tasks are %s", states[state], state)
		}
	}
	confirmed := 0
	for _, e := range m.encounters {
		if e.Answer == models.Confirmed {
			confirmed++
		}
		if e.VisitedOn.After(storetest.Today) || e.Services == "" {
			t.Fatalf("%+v", e)
		}
	}
	if confirmed == 0 {
		t.Error("nobody confirmed a visit")
	}
}
