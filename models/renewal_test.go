package models_test

import (
	"testing"

	"jiayi/models"
)

// ran is a contract of whole years that ended as its status says.
func ran(status models.ContractStatus, begin string, years int) models.Contract {
	c := termFrom(begin, years)
	c.Status = status
	return c
}

func stoppedOn(status models.ContractStatus, begin, on string, why models.StopReason) models.Contract {
	c := ran(status, begin, 1)
	c.StoppedOn, c.StopReason = mustDay(on), why
	return c
}

func TestRenewal(t *testing.T) {
	// ended ran from 11 March 2025 to 10 March 2026.
	ended := ran(models.Expired, "2025-03-11", 1)
	next := func(begin string) []models.Contract { return []models.Contract{ended, termFrom(begin, 1)} }
	waiting := termFrom("2027-01-01", 1)
	cancelled := stoppedOn(models.Terminated, "2026-03-11", "2026-03-11", models.StopDeath)
	for _, tt := range []struct {
		name      string
		contracts []models.Contract
		on        string
		want      models.Renewal
	}{
		{"nobody", nil, "2026-06-01", models.Renewal{}},
		{"an application", []models.Contract{{Status: models.Applied}}, "2026-06-01", models.Renewal{}},
		{"signed for years", []models.Contract{termFrom("2025-03-11", 3)}, "2026-06-01", models.Renewal{Cohort: true, Kept: true}},
		{"signed on 31 December", []models.Contract{termFrom("2025-12-31", 1)}, "2026-06-01", models.Renewal{Cohort: true, Kept: true}},
		{"signed on 1 January", []models.Contract{termFrom("2026-01-01", 1)}, "2026-06-01", models.Renewal{}},

		{"the last day", []models.Contract{ended}, "2026-03-10", models.Renewal{Cohort: true, Kept: true}},
		{"the day after", []models.Contract{ended}, "2026-03-11", models.Renewal{Cohort: true, Expired: true}},
		{"not marked as expired yet", []models.Contract{ran(models.Active, "2025-03-11", 1)}, "2026-03-11", models.Renewal{Cohort: true, Expired: true}},
		{"in the year after it is no longer counted", []models.Contract{ended}, "2027-01-01", models.Renewal{}},

		{"without a gap", []models.Contract{ran(models.Renewed, "2025-03-11", 1), termFrom("2026-03-11", 1)}, "2026-03-11", models.Renewal{Cohort: true, Kept: true, Expired: true, Renewed: true}},
		{"on day 30", next("2026-04-09"), "2026-06-01", models.Renewal{Cohort: true, Kept: true, Expired: true, Renewed: true}},
		{"on day 31", next("2026-04-10"), "2026-06-01", models.Renewal{Cohort: true, Kept: true, Expired: true}},
		{"signed, not begun by the day", next("2026-04-09"), "2026-04-08", models.Renewal{Cohort: true, Expired: true}},
		{"a renewal that never began", []models.Contract{ended, cancelled}, "2026-06-01", models.Renewal{Cohort: true, Expired: true}},
		{"renewed, then stopped", []models.Contract{ended, stoppedOn(models.Terminated, "2026-03-11", "2026-05-01", models.StopByResident)}, "2026-06-01", models.Renewal{Cohort: true, Expired: true, Renewed: true}},

		{"ended on 31 December: this year's last day", []models.Contract{ran(models.Active, "2026-01-01", 1), waiting}, "2026-12-31", models.Renewal{}},
		{"ended on 31 December: counted in the new year, with its renewal", []models.Contract{ran(models.Renewed, "2026-01-01", 1), waiting}, "2027-01-01",
			models.Renewal{Cohort: true, Kept: true, Expired: true, Renewed: true}},
		{"ended on 30 December", []models.Contract{ran(models.Expired, "2025-12-31", 1)}, "2026-12-31", models.Renewal{Cohort: true, Expired: true}},

		{"transfer", []models.Contract{stoppedOn(models.Transferred, "2025-12-01", "2026-05-01", models.StopTransfer), termFrom("2026-05-01", 1)}, "2026-06-01", models.Renewal{Cohort: true, Kept: true}},
		{"death", []models.Contract{stoppedOn(models.Terminated, "2025-12-01", "2026-05-01", models.StopDeath)}, "2026-06-01", models.Renewal{Cohort: true}},
		{"moved out before the term would have ended, as seen later", []models.Contract{stoppedOn(models.Terminated, "2025-03-11", "2026-03-01", models.StopMoved)}, "2026-06-01", models.Renewal{Cohort: true}},

		{"twice in a year: the later end counts", []models.Contract{cutShort("2025-01-10", "2026-01-09"), cutShort("2026-01-10", "2026-05-31")}, "2026-09-01", models.Renewal{Cohort: true, Expired: true}},
		{"in whatever order they come", []models.Contract{cutShort("2026-01-10", "2026-05-31"), cutShort("2025-01-10", "2026-01-09")}, "2026-09-01", models.Renewal{Cohort: true, Expired: true}},
		{"and before it the earlier one", []models.Contract{cutShort("2025-01-10", "2026-01-09"), cutShort("2026-01-10", "2026-05-31")}, "2026-05-31", models.Renewal{Cohort: true, Kept: true, Expired: true, Renewed: true}},
	} {
		if got := models.RenewalOn(tt.contracts, mustDay(tt.on)); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// cutShort is a contract with an end of its own, as a file may bring it.
func cutShort(begin, end string) models.Contract {
	c := ran(models.Expired, begin, 1)
	c.EndDate = mustDay(end)
	return c
}
