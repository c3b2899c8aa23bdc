package seed

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// organisation loads the whole organisation and its voices at a scale, without residents.
func organisation(t *testing.T, scale float64) *store.Store {
	t.Helper()
	s, _ := storetest.Open(t)
	opt := Options{Scale: scale, Seed: 7, Today: storetest.Today, PasswordHash: "$argon2id$test", TOTPSecret: func(string) string { return "" }}
	d := newDistrict(rand.New(rand.NewPCG(opt.Seed, 0)), opt)
	if err := d.load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := newVoices(d, opt).write(t.Context(), s, new(models.ID)); err != nil {
		t.Fatal(err)
	}
	return s
}

func percent(numerator, denominator int) string {
	p, ok := models.Rate(numerator, denominator)
	return fmt.Sprintf("%d/%d %.2f %v", numerator, denominator, p, ok)
}

// The published rates of complaints come back at full scale (domain §0.7).
func TestPublishedComplaintRates(t *testing.T) {
	for scale, want := range map[float64][4]string{
		FullScale: {"418/418 100.00 true", "393/418 94.02 true", "418/418 100.00 true", "417/418 99.76 true"},
		0.1:       {"42/42 100.00 true", "39/42 92.86 true", "42/42 100.00 true", "42/42 100.00 true"},
	} {
		s := organisation(t, scale)
		for _, by := range []models.ScopeKind{models.ScopeDistrict, models.ScopeInstitution, models.ScopeTeam} {
			table, err := s.As(storetest.Manager).ComplaintRates(t.Context(), store.PeriodQuery{By: by})
			if err != nil {
				t.Fatal(err)
			}
			var sum store.ComplaintFigures
			for _, r := range table.Rows {
				sum.Due, sum.OnTime, sum.Closed, sum.AtOnce = sum.Due+r.Due, sum.OnTime+r.OnTime, sum.Closed+r.Closed, sum.AtOnce+r.AtOnce
				sum.Rated, sum.Satisfied, sum.Resolved = sum.Rated+r.Rated, sum.Satisfied+r.Satisfied, sum.Resolved+r.Resolved
			}
			got := [4]string{percent(sum.OnTime, sum.Due), percent(sum.AtOnce, sum.Closed), percent(sum.Satisfied, sum.Rated), percent(sum.Resolved, sum.Closed)}
			if got != want {
				t.Errorf("scale %v by %s: %v, want %v", scale, by, got, want)
			}
		}
	}
}

// The published share of the satisfied comes back at full scale (domain §9.6), and in
// proportion below; the first team has enough answers to be shown.
func TestPublishedSatisfaction(t *testing.T) {
	for scale, want := range map[float64]string{FullScale: "3412/3560 95.84 true", 0.02: "68/71 95.77 true"} {
		s := organisation(t, scale)
		_, rows, err := s.As(storetest.Manager).SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeDistrict})
		if err != nil {
			t.Fatal(err)
		}
		if got := percent(rows[0].Satisfied, rows[0].N); got != want {
			t.Errorf("scale %v: %s, want %s", scale, got, want)
		}
		_, rows, err = s.As(storetest.Manager).SurveyRates(t.Context(), store.SurveyQuery{By: models.ScopeTeam})
		if err != nil || rows[0].Suppressed || rows[0].N < models.LeastShown {
			t.Errorf("scale %v: %+v %v", scale, rows[0], err)
		}
	}
}

// The published homes and beds stand at every scale (domain §0.10).
func TestPublishedNursingHomes(t *testing.T) {
	s := organisation(t, 0.01)
	rows, err := s.As(storetest.Manager).HomeRates(t.Context(), models.ScopeDistrict)
	if err != nil {
		t.Fatal(err)
	}
	if r := rows[0]; r.Homes != 23 || r.Beds != 1693 || r.Integrated != 6 || r.Expected < 300 || r.Done <= r.Expected*85/100 || r.Done >= r.Expected {
		t.Errorf("%+v", r)
	}
	byInst, err := s.As(storetest.Manager).HomeRates(t.Context(), models.ScopeInstitution)
	beds := 0
	for _, r := range byInst {
		beds += r.Beds
	}
	if err != nil || beds != 1693 {
		t.Errorf("%d beds by institution, %v", beds, err)
	}
}

// The published shape of events comes back (domain §6.10): free clinics, and the people at
// them in proportion to the scale.
func TestPublishedEvents(t *testing.T) {
	for scale, people := range map[float64]int{FullScale: 150_000, 0.02: 3_000} {
		s := organisation(t, scale)
		table, err := s.As(storetest.Manager).EventFigures(t.Context(), models.ScopeDistrict, "free_clinic", storetest.Today.AddDays(-760), storetest.Today)
		if err != nil {
			t.Fatal(err)
		}
		if r := table.Rows[0]; r.Held != 132 || r.Attendance != people {
			t.Errorf("scale %v: %+v", scale, r)
		}
		if n, err := s.LapseEvents(t.Context()); n != 0 || err != nil {
			t.Errorf("%d events were left over, %v", n, err)
		}
	}
}

// The published sessions of partner units come back at every scale (domain §5.3).
func TestPublishedPartnerSessions(t *testing.T) {
	for scale, want := range map[float64][2]int{FullScale: {700, 60}, 0.1: {700, 60}} {
		s := organisation(t, scale)
		table, err := s.As(storetest.Manager).Contributions(t.Context(), false, models.Date{}, models.Date{})
		if err != nil {
			t.Fatal(err)
		}
		clinics, others := 0, 0
		for _, r := range table.Rows {
			clinics += r.ByKind["clinic"]
			others += r.Sessions - r.ByKind["clinic"]
			if r.Done > r.Expected {
				t.Errorf("%+v", r)
			}
		}
		if clinics != want[0] || others != want[1] || len(table.Rows) != 24 { // the units that have a link
			t.Errorf("scale %v: %d clinics, %d visits of experts, %d units", scale, clinics, others, len(table.Rows))
		}
	}
}
