package seed

import (
	"math/rand/v2"
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

func TestEveryManagedPersonHasOneTaskPerProgramme(t *testing.T) {
	for _, full := range []bool{false, true} {
		m := oneToAHundred(t)
		if full {
			s, _ := storetest.Open(t)
			m = made{}
			m.district = newDistrict(rand.New(rand.NewPCG(1, 0)), Options{Today: storetest.Today, TOTPSecret: func(string) string { return "" }})
			m.w = newScribe(m.district, s, Options{Scale: 1, Seed: 1, Today: storetest.Today})
			if err := m.w.each(m.populate(newPlan(0.01), 1), func(r *rows) error {
				m.memberships, m.tasks, m.residents = append(m.memberships, r.memberships...), append(m.tasks, r.tasks...), append(m.residents, r.residents...)
				m.agreements = append(m.agreements, r.agreements...)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for _, a := range m.agreements {
				if a.TeamSigned != nil && len([]rune(a.Text)) > 150 {
					t.Fatal("a full district keeps short texts")
				}
			}
		}
		want, got := map[string]bool{}, map[string]bool{}
		for _, x := range m.memberships {
			for program := range models.Enrolments([]models.Membership{x}) {
				want[x.ResidentID.String()+program] = true
			}
		}
		states := map[models.TaskState]int{}
		for _, task := range m.tasks {
			if task.Open == nil {
				continue
			}
			key := task.ResidentID.String() + task.Program
			if !want[key] || got[key] || task.TeamID != m.residents[task.ResidentID-1].CareTeamID() {
				t.Fatalf("task %d is double, of nobody managed, or of another team", task.ID)
			}
			got[key] = true
			states[task.State(storetest.Today)]++
		}
		expect(t, "tasks", len(got), len(want))
		for _, state := range []models.TaskState{models.Overdue, models.Due, models.Upcoming} {
			if states[state] < len(want)/40 {
				t.Errorf("full %v: only %d of %d tasks are %s", full, states[state], len(want), state)
			}
		}
	}
}
