package store

import (
	"slices"

	"jiayi/models"
)

// a makes an empty row of a noun. gorm writes into the row an update is given, so that
// updates which run side by side must not share one.
func a[T any]() any { return new(T) }

// withTeam are the nouns about a resident that lie with a team while they are open.
var withTeam = []struct {
	name string
	noun func() any
	open string
	args []any
}{
	{"vital_alert", a[models.VitalAlert], "lane = ?", []any{models.AlertOpen}},
	{"referral", a[models.Referral], "status IN ?", []any{models.ReferralOpen}},
	{"consult", a[models.Consult], "status IN ?", []any{models.ConsultOpen}},
	{"discharge", a[models.Discharge], "status IN ?", []any{models.DischargeOpen}},
	{"home_service", a[models.HomeService], "is_open = ?", []any{true}},
	{"prescription", a[models.Prescription], "status NOT IN ?", []any{closedPrescriptions}},
}

// handOver gives what is open of residents to the teams that care for them now. Of many
// residents, those with anything open are looked up first: most have nothing. Open tasks
// follow by themselves, from the plan.
func (tx *Tx) handOver(residents ...models.Resident) error {
	ids := make([]models.ID, len(residents))
	for i, r := range residents {
		ids[i] = r.ID
	}
	for _, n := range withTeam {
		holders := ids
		if len(ids) != 1 {
			holders = nil
			if err := tx.db.Model(n.noun()).Where("resident_id IN ?", anyOf(ids)).Where(n.open, n.args...).Distinct().Pluck("resident_id", &holders).Error; err != nil {
				return err
			}
		}
		for _, r := range residents {
			if !slices.Contains(holders, r.ID) {
				continue
			}
			err := tx.db.Model(n.noun()).Where("resident_id = ?", r.ID).Where(n.open, n.args...).
				Updates(map[string]any{"team_id": r.CareTeamID(), "institution_id": r.CareInstID()}).Error
			if err != nil {
				return err
			}
		}
	}
	return nil
}
