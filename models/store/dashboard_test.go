package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func asJSON(d store.Dashboard) ([]byte, error) { return json.Marshal(d.Figures) }

// board reads a dashboard and the same figures from the rates.
func board(t *testing.T, v store.View, by models.ScopeKind) (kept, counted, mark string) {
	t.Helper()
	body, mark, err := v.Dashboard(t.Context(), store.RateQuery{By: by}, "test", asJSON)
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.ContractRates(t.Context(), store.RateQuery{By: by, Populations: models.Counted})
	if err != nil {
		t.Fatal(err)
	}
	var figures [][]models.Figures
	for i, row := range r.Rows {
		if i%len(models.Counted) == 0 {
			figures = append(figures, nil)
		}
		if row.Population != models.Adults {
			figures[len(figures)-1] = append(figures[len(figures)-1], row.Figures)
		}
	}
	want, _ := json.Marshal(figures)
	return string(body), string(want), mark
}

// TestDashboardIsNeverStale keeps what was written only as long as it is true: after every
// random change, folded or not, it says what the rates say.
func TestDashboardIsNeverStale(t *testing.T) {
	s, clock := storetest.District(t)
	w := world{t: t, s: s, clock: clock, r: rand.New(rand.NewPCG(5, 9)), people: 9}
	marks := map[string]string{}
	for i := range 60 {
		w.step()
		if i%7 == 0 {
			if _, err := s.Fold(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, by := range []models.ScopeKind{models.ScopeTeam, models.ScopePanel, models.ScopeDistrict} {
			kept, counted, mark := board(t, s.As(storetest.Manager), by)
			if kept != counted {
				t.Fatalf("step %d by %s: kept %s, counted %s", i, by, kept, counted)
			}
			if before, ok := marks[mark]; ok && before != kept {
				t.Fatalf("step %d: one mark stands for two answers: %s\n%s\n%s", i, mark, before, kept)
			}
			marks[mark] = kept
		}
	}
	if len(marks) < 30 {
		t.Errorf("only %d states: the history is too dull to prove anything", len(marks))
	}
}

// TestDashboardScopes gives everyone the own figures alone, from the same store.
func TestDashboardScopes(t *testing.T) {
	s, _ := storetest.District(t)
	for name, c := range map[string]struct {
		by   models.Actor
		want int
	}{"district": {storetest.Manager, 3}, "institution": {storetest.LiuyuanBoss, 2}, "east": {storetest.EastLead, 1}, "west": {storetest.WestLead, 1}} {
		for range 2 {
			var got store.Dashboard
			_, _, err := s.As(c.by).Dashboard(t.Context(), store.RateQuery{By: models.ScopeTeam}, name, func(d store.Dashboard) ([]byte, error) { got = d; return nil, nil })
			if err != nil || got.Scopes != nil && len(got.Scopes) != c.want {
				t.Errorf("%s: %+v %v", name, got.Scopes, err)
			}
		}
	}
	_, _, err := s.As(storetest.Mei).Dashboard(t.Context(), store.RateQuery{By: models.ScopeTeam}, "x", asJSON)
	wantCode(t, err, "forbidden")
	_, _, err = s.As(storetest.Manager).Dashboard(t.Context(), store.RateQuery{By: models.ScopeTeam, On: storetest.Today.AddDays(1)}, "x", asJSON)
	wantField(t, err, "on", "future")
	a, _, _ := board(t, s.As(storetest.EastLead), models.ScopeTeam)
	b, _, _ := board(t, s.As(storetest.WestLead), models.ScopeTeam)
	if a == b {
		t.Error("two teams are shown one team's figures")
	}
}

// TestDashboardUnderConcurrentChange reads while others write and fold; when all is quiet it
// says what the rates say.
func TestDashboardUnderConcurrentChange(t *testing.T) {
	s, _ := storetest.District(t)
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			w := world{t: t, s: s, r: rand.New(rand.NewPCG(uint64(worker), 17)), people: 9}
			for i := range 12 {
				w.concurrentStep()
				if i%4 == 0 {
					if _, err := s.Fold(t.Context()); err != nil {
						t.Error(err)
					}
				}
				if _, _, err := s.As(storetest.Manager).Dashboard(t.Context(), store.RateQuery{By: models.ScopeTeam}, "test", asJSON); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if kept, counted, _ := board(t, s.As(storetest.Manager), models.ScopeTeam); kept != counted {
		t.Error(fmt.Sprint("kept ", kept, " counted ", counted))
	}
}
