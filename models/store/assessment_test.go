package store_test

import (
	"reflect"
	"sync"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// publish rolls the district over the end of November of a year, whose figures freeze.
func publish(t *testing.T, s *store.Store, clock *storetest.Clock, year int) models.Date {
	t.Helper()
	for _, day := range []models.Date{calendar.NewDate(year, 11, 25), calendar.NewDate(year, 12, 1)} {
		clock.Set(day)
		if _, err := s.RollDay(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return calendar.NewDate(year, 11, 30)
}

// TestDefaultScheme holds the migration against the scheme that the rules name.
func TestDefaultScheme(t *testing.T) {
	s, _ := storetest.District(t)
	list, err := s.As(storetest.EastLead).Schemes(t.Context())
	if err != nil || len(list) != 1 || list[0].Version != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	want := models.DefaultScheme()
	got := list[0]
	for i := range got.Items {
		got.Items[i].SchemeID = 0
	}
	if !reflect.DeepEqual(got.Items, want.Items) || got.Deduction != want.Deduction || got.Veto != want.Veto {
		t.Errorf("%+v", got)
	}
}

// TestAssessment scores the teams on the published figures, by the very numbers that the rates
// show, and keeps what was closed whatever happens afterwards.
func TestAssessment(t *testing.T) {
	s, clock := storetest.District(t)
	manager := s.As(storetest.Manager)
	c := sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	bad := sign(t, s, storetest.EastLead, storetest.LiuFang, storetest.EastTeam)
	if _, err := s.As(models.Actor{Role: models.ResidentRole, WechatID: 9, ResidentID: storetest.LiuFang}).Dispute(t.Context(), bad.ID, 0, "没有签过"); err != nil {
		t.Fatal(err)
	}
	if _, err := manager.Settle(t.Context(), bad.ID, 0, store.Upheld, "属实"); err != nil {
		t.Fatal(err)
	}
	_, err := manager.Assess(t.Context(), storetest.Today, store.Correction{})
	wantField(t, err, "on", "not_frozen")
	_, err = s.As(storetest.LiuyuanBoss).Assess(t.Context(), storetest.Today, store.Correction{})
	if err == nil {
		t.Error("an institution assesses itself")
	}
	on := publish(t, s, clock, 2026)
	a, err := manager.Assess(t.Context(), on, store.Correction{})
	if err != nil {
		t.Fatal(err)
	}
	east, err := manager.Worksheet(t.Context(), a.ID, models.ScopeTeam, storetest.EastTeam)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := manager.ContractRates(t.Context(), store.RateQuery{By: models.ScopeTeam, On: on, Populations: []models.Population{models.All, models.Key}})
	if err != nil {
		t.Fatal(err)
	}
	if l := east.Lines[0]; l.Code != models.AssessRateAll || int(l.Numerator) != rates.Rows[0].Signed || int(l.Denominator) != rates.Rows[0].Residents {
		t.Errorf("%+v is not %+v", l, rates.Rows[0])
	}
	if l := east.Lines[1]; int(l.Numerator) != rates.Rows[1].Signed || int(l.Denominator) != rates.Rows[1].Residents {
		t.Errorf("%+v is not %+v", l, rates.Rows[1])
	}
	if l := east.Lines[6]; l.Code != models.AssessPressure || l.Numerator != 1 || l.Denominator != 1 || l.Points != l.Weight {
		t.Errorf("%+v", l)
	}
	if east.Signings != 1 || east.Deducted != 500 || east.Vetoed || east.Weight == models.FullMarks {
		t.Errorf("%+v", east.AssessmentScore)
	}
	// A draft is the district's alone.
	_, err = s.As(storetest.EastLead).Worksheet(t.Context(), a.ID, models.ScopeTeam, storetest.EastTeam)
	wantCode(t, err, "not_found")
	if a, err = manager.CloseAssessment(t.Context(), a.ID, a.Version); err != nil || a.Status != models.AssessmentClosed {
		t.Fatal(err)
	}
	_, err = manager.DiscardAssessment(t.Context(), a.ID, 0, "算错")
	wantCode(t, err, "wrong_state")
	if n := count[models.Message](t, s, "template = ?", store.AssessmentClosedNotice); n != 0 { // nobody has an account here
		t.Errorf("%d told", n)
	}
	_, err = s.As(storetest.WestLead).Worksheet(t.Context(), a.ID, models.ScopeTeam, storetest.EastTeam)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).Worksheet(t.Context(), a.ID, models.ScopeInstitution, storetest.Liuyuan)
	wantCode(t, err, "not_found")
	if list, err := s.As(storetest.LiuyuanBoss).Scores(t.Context(), a.ID, store.ScoreFilter{Kind: models.ScopeTeam}); err != nil || len(list) != 2 {
		t.Errorf("%+v %v", list, err)
	}
	if list, err := manager.Scores(t.Context(), a.ID, store.ScoreFilter{Kind: models.ScopeInstitution}); err != nil || len(list) != 2 || list[0].Rank != 1 {
		t.Errorf("%+v %v", list, err)
	}
	// Life goes on; the published worksheet does not.
	if _, err := manager.Terminate(t.Context(), c.ID, 0, models.StopLost, ""); err != nil {
		t.Fatal(err)
	}
	after, err := s.As(storetest.EastLead).Worksheet(t.Context(), a.ID, models.ScopeTeam, storetest.EastTeam)
	if err != nil || !reflect.DeepEqual(after.Lines, east.Lines) || after.Score != east.Score {
		t.Errorf("%+v %v", after, err)
	}
	again, err := manager.Assess(t.Context(), on, store.Correction{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = manager.CloseAssessment(t.Context(), again.ID, 0)
	wantCode(t, err, "assessed_before")
	_, err = manager.Assess(t.Context(), on, store.Correction{ID: a.ID})
	wantField(t, err, "reason", "required")
	right, err := manager.Assess(t.Context(), on, store.Correction{ID: a.ID, Reason: "补录遗漏的随访"})
	if err == nil {
		_, err = manager.CloseAssessment(t.Context(), right.ID, 0)
	}
	if err != nil {
		t.Error(err)
	}
	// The surplus follows the published scores.
	shares, err := manager.SettleSurplus(t.Context(), store.Surplus{From: storetest.Today.AddDays(-10), To: storetest.Today, Cents: 1000, AssessmentID: right.ID}, store.Correction{})
	if err != nil || len(shares.Lines) < 5 {
		t.Errorf("%+v %v", shares, err)
	}
	_, err = manager.SettleSurplus(t.Context(), store.Surplus{From: storetest.Today.AddDays(-10), To: storetest.Today, Cents: 1000, AssessmentID: again.ID}, store.Correction{})
	wantField(t, err, "assessment_id", "unknown")
}

// TestAssessmentsAreClosedOnce closes four drafts of one month-end at once: one is published.
func TestAssessmentsAreClosedOnce(t *testing.T) {
	s, clock := storetest.District(t)
	manager := s.As(storetest.Manager)
	on := publish(t, s, clock, 2026)
	var drafts []models.ID
	for range 4 {
		a, err := manager.Assess(t.Context(), on, store.Correction{})
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, a.ID)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	closed := 0
	for _, id := range drafts {
		wg.Go(func() {
			_, err := manager.CloseAssessment(t.Context(), id, 0)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				closed++
			} else if !models.IsCode(err, "assessed_before") {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if closed != 1 {
		t.Errorf("%d of 4 were published", closed)
	}
}

// TestAssessmentCountsWhoDidNotRenew: whoever lets a contract run out is on no panel any more,
// and still counts against the renewal rate of the area.
func TestAssessmentCountsWhoDidNotRenew(t *testing.T) {
	s, clock := storetest.District(t)
	manager := s.As(storetest.Manager)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	sign(t, s, storetest.EastLead, storetest.LiuFang, storetest.EastTeam)
	a, err := manager.Assess(t.Context(), publish(t, s, clock, 2027), store.Correction{})
	if err != nil {
		t.Fatal(err)
	}
	for kind, scope := range map[models.ScopeKind]models.ID{models.ScopeTeam: storetest.EastTeam, models.ScopeInstitution: storetest.Liuyuan} {
		w, err := manager.Worksheet(t.Context(), a.ID, kind, scope)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range w.Lines {
			if l.Code == models.AssessRenewal && (l.Numerator != 0 || l.Denominator != 2 || l.Points != 0) {
				t.Errorf("%s: %+v", kind, l)
			}
		}
	}
}
