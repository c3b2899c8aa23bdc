package store_test

import (
	"errors"
	"fmt"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func rate(t *testing.T, v store.View, p models.Population) store.RateRow {
	t.Helper()
	r, err := v.ContractRates(t.Context(), store.RateQuery{By: models.ScopeDistrict, Populations: []models.Population{p}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows[0]
}

func TestSmallDistrictIsCounted(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	for p, want := range map[models.Population]int{models.All: 8, models.Key: 3, models.Elderly: 1, models.Children: 1, models.Hypertension: 1, models.Disabled: 1, models.General: 5} {
		if got := rate(t, v, p); got.Residents != want || got.Signed != 0 {
			t.Errorf("%s: %d residents, %d signed, want %d and 0", p, got.Residents, got.Signed, want)
		}
	}
	if got := rate(t, v, models.Tuberculosis); got.Valued {
		t.Errorf("nobody has tuberculosis, so there is no rate: %+v", got)
	}
	verify(t, s)
}

// verify fails the test when a recount finds any drift.
func verify(t *testing.T, s *store.Store) {
	t.Helper()
	r, err := s.VerifyTallies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Clean() || r.Residents == 0 {
		t.Fatalf("drift: %+v", r)
	}
}

func TestCreateResidentCounts(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.EastLead)
	_, err := v.CreateResident(t.Context(), models.ResidentDraft{Name: "赵新", DocumentNo: storetest.IDNumber(storetest.Today.AddYears(-80), 11), VillageID: storetest.EastVillage, Permanent: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := rate(t, v, models.Elderly); got.Residents != 2 {
		t.Errorf("%+v", got)
	}
	verify(t, s)
	if n, err := s.Fold(t.Context()); err != nil || n != 1 {
		t.Fatalf("folded %d, %v", n, err)
	}
	verify(t, s)
}

// roll brings the district to the clock's day.
func roll(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.RollDay(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func asModelError(err error, target **models.Error) bool { return errors.As(err, target) }

// TestMonthEndsAreFrozen passes a month-end with the server off: the figures of that day
// are those known then, and nothing that happens later changes them.
func TestMonthEndsAreFrozen(t *testing.T) {
	s, clock := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	clock.Set(storetest.Today.AddDays(10)) // 3 December: 30 November was passed over
	roll(t, s)
	sign(t, s, storetest.EastLead, storetest.LiuFang, storetest.EastTeam)
	if _, err := s.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	november := storetest.Today.MonthEnd()
	q := store.RateQuery{By: models.ScopeDistrict, On: november, Populations: []models.Population{models.All}}
	r, err := s.As(storetest.Manager).ContractRates(t.Context(), q)
	if err != nil || !r.Frozen || r.AsOf != november || r.Rows[0].Signed != 1 {
		t.Errorf("%+v %v", r, err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 2 {
		t.Errorf("%+v", got)
	}
	verify(t, s)
}

// TestOldDaysAreDropped keeps month-ends for ever and single days for a hundred days.
func TestOldDaysAreDropped(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	for _, days := range []int{1, 10, 90, 101, 110} {
		clock.Set(storetest.Today.AddDays(days))
		roll(t, s)
		if _, err := s.PurgeTallies(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var days []models.TallyDay
	if err := storetest.Raw(t, db).Order("day").Find(&days).Error; err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, d := range days {
		kept = append(kept, d.Day.String())
	}
	// 23 and 24 November are too old now, 3 December is a hundred days old; the month-ends between were passed over and opened on the way.
	if want := "[2026-11-30 2026-12-03 2026-12-31 2027-01-31 2027-02-21 2027-02-28 2027-03-04 2027-03-13]"; fmt.Sprint(kept) != want {
		t.Errorf("%v, want %s", kept, want)
	}
	verify(t, s)
	r, err := s.As(storetest.Manager).ContractRates(t.Context(), store.RateQuery{By: models.ScopeDistrict, On: mustDate("2026-12-15"), Populations: []models.Population{models.All}})
	if err != nil || r.AsOf != mustDate("2026-12-03") || r.Rows[0].Signed != 1 {
		t.Errorf("%+v %v", r, err)
	}
}
