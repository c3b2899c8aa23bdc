package seed_test

import (
	"errors"
	"math"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/seed"
	"jiayi/models/store/storetest"
)

func run(t testing.TB, s *store.Store, scale float64) seed.Result {
	t.Helper()
	r, err := seed.Run(t.Context(), s, seed.Options{Scale: scale, Seed: 7, PasswordHash: "$argon2id$test", TOTPSecret: func(string) string { return "JBSWY3DPEHPK3PXP" }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func district(t *testing.T, v store.View, on models.Date, ps ...models.Population) map[models.Population]store.RateRow {
	t.Helper()
	r, err := v.ContractRates(t.Context(), store.RateQuery{By: models.ScopeDistrict, On: on, Populations: ps})
	if err != nil {
		t.Fatal(err)
	}
	out := map[models.Population]store.RateRow{}
	for _, row := range r.Rows {
		out[row.Population] = row
	}
	return out
}

func (d loaded) showsThePublishedRates(t *testing.T) {
	r := d.result
	if r.Residents != 5141 || r.Signed != 3297 || len(r.Logins) != 10 || len(r.Users) != 3 {
		t.Errorf("%+v", r)
	}
	if got, err := d.store.As(storetest.Manager).Residents(t.Context(), store.ResidentFilter{Q: r.Card.IDNumber}, store.Page{}); err != nil || len(got.Items) != 1 || got.Items[0].Name != r.Card.Name || got.Items[0].Standing.Signed || got.Items[0].AreaTeamID != 1 {
		t.Errorf("the ID card is that of %d residents, want one of the first team's who has not signed: %v", len(got.Items), err)
	}
	rates := district(t, d.store.As(storetest.Manager), models.Date{}, models.All, models.Key, models.Elderly)
	for p, want := range map[models.Population][2]int{models.All: {5141, 3297}, models.Key: {1673, 1264}, models.Elderly: {1027, 780}} {
		if got := rates[p]; got.Residents != want[0] || got.Signed != want[1] {
			t.Errorf("%s: %d residents, %d signed, want %v", p, got.Residents, got.Signed, want)
		}
	}
	if got := rates[models.All]; got.Percent != 64.13 {
		t.Errorf("published rate is %v", got.Percent)
	}
	if _, scopes, err := d.store.As(storetest.Manager).ConsultStats(t.Context(), store.PeriodQuery{By: models.ScopeDistrict, From: storetest.Today.AddDays(-364)}); err != nil || consulted(scopes) != 160 {
		t.Errorf("%d remote services in a year, want 160 (16,000 at full scale), %v", consulted(scopes), err)
	}
	check, err := d.store.VerifyTallies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if check.Residents != 5141 || len(check.Drift) != 0 || check.Standings != 0 {
		t.Errorf("drift: %+v", check)
	}
}

func consulted(scopes []store.ConsultScope) int {
	n := 0
	for _, s := range scopes {
		for _, r := range s.Rows {
			n += r.Total
		}
	}
	return n
}

// A database with a district in it goes on from there: past figures answer, people and
// contracts get the next numbers, and the seed is refused.
func TestDistrictGoesOn(t *testing.T) {
	s, _ := storetest.Open(t)
	r := run(t, s, 0.002)
	v := s.As(storetest.Manager)
	t.Run("WeChat users", func(t *testing.T) { checkUsers(t, v, r) })

	last := 0
	for months := 12; months >= 0; months-- {
		on := storetest.Today.AddMonths(-months).MonthEnd()
		if months == 0 {
			on = storetest.Today
		}
		row := district(t, v, on, models.All)[models.All]
		if row.Residents < last || row.Percent < 50 || row.Percent > 70 {
			t.Errorf("on %v: %d residents, %v %%", on, row.Residents, row.Percent)
		}
		last = row.Residents
	}
	if _, err := v.ContractRates(t.Context(), store.RateQuery{By: models.ScopeDistrict, On: storetest.Today.AddMonths(-14), Populations: []models.Population{models.All}}); err == nil {
		t.Error("figures from before the first month-end")
	}

	born := storetest.Today.AddYears(-40).AddDays(-3)
	person, err := v.CreateResident(t.Context(), models.ResidentDraft{Name: "赵新民", DocumentNo: storetest.IDNumber(born, 999), VillageID: 1, Permanent: true})
	if err != nil {
		t.Fatal(err)
	}
	if int(person.ID) != r.Residents+1 {
		t.Errorf("the next resident is %d after %d", person.ID, r.Residents)
	}
	c, err := v.Sign(t.Context(), store.Signing{ResidentID: person.ID, TeamID: 1, TermYears: 1})
	if err != nil || c.Status != models.Offered {
		t.Errorf("sign: %v, %v", c.Status, err)
	}
	if n, err := s.RollDay(t.Context()); err != nil || n != 0 {
		t.Errorf("the roll of the same day changed %d people, %v", n, err)
	}
	if check, err := s.VerifyTallies(t.Context()); err != nil || len(check.Drift) != 0 || check.Standings != 0 {
		t.Errorf("drift: %+v, %v", check, err)
	}
	if _, err := seed.Run(t.Context(), s, seed.Options{Scale: 0.002}); !errors.Is(err, seed.ErrNotEmpty) {
		t.Errorf("a second district: %v", err)
	}
}

func TestScaleIsChecked(t *testing.T) {
	for _, scale := range []float64{0, -1, 1.01, math.NaN()} {
		if _, err := seed.Run(t.Context(), nil, seed.Options{Scale: scale}); !errors.Is(err, seed.ErrScale) {
			t.Errorf("scale %v: %v", scale, err)
		}
	}
}

// checkUsers holds the demonstration's residents against their parts.
func checkUsers(t *testing.T, v store.View, r seed.Result) {
	kinds := map[string]seed.WechatUser{}
	for _, u := range r.Users {
		kinds[u.Kind] = u
	}
	elder, err := v.Resident(t.Context(), kinds["elder"].ResidentID)
	if err != nil {
		t.Fatal(err)
	}
	if age := elder.Resident.Age(storetest.Today); age < 68 || age > 73 || !elder.Resident.Standing.Signed || !elder.Resident.Standing.Mask.Has(models.Hypertension) {
		t.Errorf("the elder is %d, signed %v", age, elder.Resident.Standing.Signed)
	}
	daughter := kinds["guardian"]
	if len(daughter.WardIDs) != 2 || kinds["newcomer"].ResidentID != 0 || kinds["newcomer"].Phone == "" {
		t.Fatalf("%+v", kinds)
	}
	child, err1 := v.Resident(t.Context(), daughter.WardIDs[0])
	mother, err2 := v.Resident(t.Context(), daughter.WardIDs[1])
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if child.Resident.Age(storetest.Today) >= models.AgeOfConsent || mother.Resident.Age(storetest.Today) < 70 || mother.Resident.Sex != "2" {
		t.Errorf("wards of %d and %d years", child.Resident.Age(storetest.Today), mother.Resident.Age(storetest.Today))
	}
}

// What people said comes with the district at every scale, in proportion (domain §9.1).
func (d loaded) hasComplaints(t *testing.T) {
	table, err := d.store.As(storetest.Manager).ComplaintRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict})
	if err != nil {
		t.Fatal(err)
	}
	want := store.ComplaintFigures{Received: 4 + 3, Due: 4, OnTime: 4, Closed: 4, AtOnce: 4, Resolved: 4, Rated: 4, Satisfied: 4}
	if got := table.Rows[0].ComplaintFigures; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	list, err := d.store.As(storetest.Manager).Complaints(t.Context(), store.ComplaintFilter{Status: models.ComplaintProcessing}, store.Page{})
	if err != nil || len(list.Items) != 1 || list.Items[0].HandlerTeamID != 1 || list.Items[0].ResidentID == 0 || list.Items[0].Overdue(d.store.Now()) {
		t.Errorf("%+v %v", list, err)
	}
}

// Contracts signed at events carry them: those of the host's teams on the day, and no other
// contract says that it comes from one.
func (d loaded) carriesItsEvents(t *testing.T) {
	v := d.store.As(storetest.Manager)
	table, err := v.EventFigures(t.Context(), models.ScopeDistrict, "", storetest.Today.AddDays(-760), storetest.Today)
	if err != nil || table.Rows[0].Signed < 20 {
		t.Fatalf("%+v %v", table, err)
	}
	signed, p := 0, store.Page{Limit: 100}
	for {
		l, err := v.Contracts(t.Context(), store.ContractFilter{}, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range l.Items {
			c := line.Contract
			if (c.Source == models.FromEvent) != (c.EventID != 0) {
				t.Fatalf("contract %d: source %s, event %d", c.ID, c.Source, c.EventID)
			}
			if c.EventID == 0 {
				continue
			}
			signed++
			if e, err := v.CommunityEvent(t.Context(), c.EventID); err != nil || e.On != c.SignedOn || e.InstitutionID != c.InstitutionID || e.Kind != "signing" {
				t.Fatalf("contract %d of %s: %+v %v", c.ID, c.SignedOn, e.CommunityEvent, err)
			}
		}
		if p.Cursor = l.Next; p.Cursor == "" {
			break
		}
	}
	if signed != table.Rows[0].Signed {
		t.Errorf("%d contracts, %d in the report", signed, table.Rows[0].Signed)
	}
}
