package store_test

import (
	"errors"
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
