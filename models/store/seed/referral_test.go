package seed

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

// TestReferralsOfTheUncontrolled counts a hundredth of the district: 4 % of the uncontrolled
// are referred (domain §9.6), each with a history that leads to its state, none of the future.
func TestReferralsOfTheUncontrolled(t *testing.T) {
	m := oneToAHundred(t)
	uncontrolled := 0
	for _, s := range m.standings {
		for _, i := range []models.Indicator{models.PressureControl, models.GlucoseControl} {
			if s.Of.Has(i) && !s.Met.Has(i) {
				uncontrolled++
			}
		}
	}
	expect(t, "referrals", len(m.referrals), (uncontrolled*referredPercent+50)/100)
	last := map[models.ID]models.Event{}
	for _, e := range m.processEvents {
		if e.Noun == "referral" {
			if before := last[e.NounID]; before.To != e.From || e.At.Before(before.At) || !e.At.Before(storetest.Today.Start()) {
				t.Errorf("referral %d: %s from %q after %q", e.NounID, e.Move, e.From, before.To)
			}
			last[e.NounID] = e
		}
	}
	for _, r := range m.referrals {
		if r.Status != models.ReferralStatus(last[r.ID].To) {
			t.Errorf("referral %d is %s after %s", r.ID, r.Status, last[r.ID].To)
		}
	}
}

// TestWalksLeadToEveryState walks every past of a referral at the end of a year.
func TestWalksLeadToEveryState(t *testing.T) {
	m := oneToAHundred(t)
	r := m.residents[0]
	w := *m.w
	w.out, w.id.referral = &rows{}, 0
	for range walks {
		c := course{r: r, uncontrolled: 1}
		w.quotas.referred = &quota{want: 1, of: 1}
		w.refer(&c)
	}
	seen := map[models.ReferralStatus]bool{}
	for _, x := range w.out.referrals {
		seen[x.Status] = true
	}
	for status := range models.ReferralStatusLabels {
		if !seen[status] {
			t.Errorf("none is %s", status)
		}
	}
}
