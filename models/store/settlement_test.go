package store_test

import (
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func feesOfEast(s *store.Store) models.FeePeriod {
	return models.FeePeriod{TeamID: storetest.EastTeam, From: s.Today().AddDays(-60), To: s.Today().AddDays(-1), Settled: 9500, TeamShare: 7000}
}

// TestSettlement closes the fees of a team once; what follows is a correction, never an edit.
func TestSettlement(t *testing.T) {
	s, _ := storetest.District(t)
	v, f := s.As(storetest.Manager), feesOfEast(s)
	bad := f
	bad.TeamShare, bad.Settled, bad.To, bad.Quality = 6999, 0, s.Today(), map[models.ID]int64{storetest.WestNurse: 90}
	_, err := v.SettleFees(t.Context(), bad, store.Correction{})
	for field, code := range map[string]string{"team_percent": "range", "settled_percent": "range", "to": "future", "quality": "unknown"} {
		wantField(t, err, field, code)
	}
	first, err := v.SettleFees(t.Context(), f, store.Correction{})
	if err != nil || first.Status != models.SettlementDraft || len(first.Lines) < 5 {
		t.Fatalf("%+v %v", first, err)
	}
	if _, err := s.As(storetest.LiuyuanBoss).Settlement(t.Context(), first.ID); !models.IsKind(err, models.NotFound) {
		t.Errorf("a draft is the bureau's own: %v", err)
	}
	if first, err = v.CloseSettlement(t.Context(), first.ID, first.Version); err != nil || first.Status != models.SettlementClosed {
		t.Fatalf("%+v %v", first, err)
	}
	if seen, err := s.As(storetest.LiuyuanBoss).Settlement(t.Context(), first.ID); err != nil || len(seen.Lines) != len(first.Lines) {
		t.Errorf("%+v %v", seen, err)
	}
	_, err = v.DiscardSettlement(t.Context(), first.ID, 0, "改一改")
	wantCode(t, err, "wrong_state")
	again, err := v.SettleFees(t.Context(), f, store.Correction{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.CloseSettlement(t.Context(), again.ID, 0)
	wantCode(t, err, "settled_before")
	_, err = v.SettleFees(t.Context(), f, store.Correction{ID: again.ID})
	wantField(t, err, "corrects_id", "unknown")
	wantField(t, err, "reason", "required")
	right, err := v.SettleFees(t.Context(), f, store.Correction{ID: first.ID, Reason: "漏计一份合同"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = v.CloseSettlement(t.Context(), right.ID, 0); err != nil {
		t.Fatal(err)
	}
	twice, err := v.SettleFees(t.Context(), f, store.Correction{ID: first.ID, Reason: "再改"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.CloseSettlement(t.Context(), twice.ID, 0)
	wantCode(t, err, "settled_before")
}

// TestSettlementClosesOnce: of drafts of the same days closed at once, one is closed.
func TestSettlementClosesOnce(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	var drafts []models.Settlement
	for range 4 {
		d, err := v.SettleFees(t.Context(), feesOfEast(s), store.Correction{})
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, d)
	}
	errs := make([]error, len(drafts))
	var wg sync.WaitGroup
	for i, d := range drafts {
		wg.Go(func() { _, errs[i] = v.CloseSettlement(t.Context(), d.ID, 0) })
	}
	wg.Wait()
	closed := 0
	for _, err := range errs {
		if err == nil {
			closed++
			continue
		}
		wantCode(t, err, "settled_before")
	}
	if closed != 1 {
		t.Errorf("%d closed", closed)
	}
}

// TestSurplus divides 6 : 3 : 1 among the tiers and shows each step.
func TestSurplus(t *testing.T) {
	s, _ := storetest.District(t)
	v, from, to := s.As(storetest.Manager), s.Today().AddDays(-60), s.Today().AddDays(-1)
	at := func(id models.ID, score int64) models.SurplusShare {
		return models.SurplusShare{Institution: models.Institution{ID: id}, Score: score, Weight: 1}
	}
	got, err := v.SettleSurplus(t.Context(), store.Surplus{From: from, To: to, Cents: 1_000_003, Shares: []models.SurplusShare{at(storetest.Liuyuan, 9000), at(storetest.EastClinic, 8000)}}, store.Correction{})
	if err != nil || len(got.Lines) != 6 || got.Lines[2].Cents != 300_001 || got.Lines[4].Cents != 300_001 {
		t.Fatalf("%+v %v", got, err)
	}
	_, err = v.SettleSurplus(t.Context(), store.Surplus{From: from, To: to, Cents: 0, Shares: []models.SurplusShare{at(storetest.Liuyuan, 9000), at(storetest.Liuyuan, 9000)}}, store.Correction{})
	wantField(t, err, "cents", "range")
	wantField(t, err, "institutions", "repeated")
}
