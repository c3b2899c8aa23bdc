package store

import (
	"context"
	"slices"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// Reading is a recorded reading with what it means for the person.
type Reading struct {
	models.Vital
	Verdict   clinical.Verdict
	TeamPhone string // of the team that cares for the resident
	AlertID   models.ID
}

// Advice is what to do, with the telephone of the team where a doctor should hear of it.
func (r Reading) Advice() []string {
	if r.Verdict.Level != clinical.LevelEmergency || r.TeamPhone == "" {
		return r.Verdict.Advice
	}
	return append(slices.Clone(r.Verdict.Advice), "请尽快联系您的家庭医生团队,电话 "+r.TeamPhone)
}

// The templates of the notices that a reading is an emergency: to the lead of the team, and
// to the resident. Their data names the vital and no value.
const (
	VitalEmergencyNotice = "vital_emergency"
	VitalAdviceNotice    = "vital_advice"
)

// RecordVital enters one reading from outside a visit and judges it at once. It returns
//   - Invalid, with every field, for values out of range and for an instant to come, before
//     the birth or after the death;
//   - Conflict not_living for someone who moved out or was merged.
//
// An emergency opens an alert, which stays until the team notes what was done, and leaves
// notices for the team lead and the resident.
func (v View) RecordVital(ctx context.Context, d models.VitalDraft) (Reading, error) {
	return once(ctx, v, func(tx *Tx) (Reading, error) {
		r, err := tx.lockResident(d.ResidentID)
		if err != nil {
			return Reading{}, err
		}
		var p models.Problems
		d.Check(&p, r, tx.actor.IsStaff(), tx.now)
		if err := p.Err(); err != nil {
			return Reading{}, err
		}
		if r.Status != models.Dead { // of the dead what was measured before may still be entered
			if err := tx.living(r); err != nil {
				return Reading{}, err
			}
		}
		subject, err := subjectOn(tx.db, r, calendar.DateOf(d.MeasuredAt))
		if err != nil {
			return Reading{}, err
		}
		var out Reading
		out.Vital, out.Verdict = d.Judge(subject)
		out.EnteredBy, out.CreatedAt = tx.actor.Name(), tx.now
		if err := tx.db.Create(&out.Vital).Error; err != nil {
			return out, err
		}
		tx.record("vital.create", "vital", out.ID, r.ID, string(out.Kind))
		team, err := get[models.Team](tx.db, r.CareTeamID())
		if err != nil {
			return out, err
		}
		out.TeamPhone = team.Phone
		if out.Level == clinical.LevelEmergency && r.Status == models.Living {
			out.AlertID, err = tx.raiseAlert(r, out.Vital)
		}
		return out, err
	})
}
