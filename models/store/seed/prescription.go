package seed

import (
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
)

// longPrescriptions is how many people have asked for a long prescription. The number is ours.
const longPrescriptions = 150

// treatment is a person whose last follow-up found the blood pressure under control.
type treatment struct {
	who  models.Resident
	last models.Followup
}

// treated remembers a signed resident who may have a long prescription.
func (v *visitors) treated(r models.Resident, followups []models.Followup, today models.Date) {
	if len(v.well) >= longPrescriptions || !r.Standing.Signed {
		return
	}
	var last models.Followup
	for _, f := range followups {
		if f.Program == clinical.Hypertension {
			last = f
		}
	}
	if last.ID != 0 && models.CheckFollowup(&last, today.AddDays(-1)) == nil && today.Sub(last.VisitedOn) > 7 && today.Sub(last.VisitedOn) < 80 {
		v.well = append(v.well, treatment{models.Resident{ID: r.ID, SignedTeamID: r.SignedTeamID, SignedInstID: r.SignedInstID, AreaTeamID: r.AreaTeamID}, last})
	}
}

// prescriptions are long prescriptions in every state, most of them dispensed after the
// follow-up that they rest on.
func (c *clinics) prescriptions() ([]models.Prescription, []models.PrescriptionLine) {
	steps := []models.PrescriptionMove{models.RxAssess, models.RxSign, models.RxPass, models.RxIssue, models.RxDispense}
	var out []models.Prescription
	var lines []models.PrescriptionLine
	for i, t := range c.visitors.well {
		team := c.teams[t.who.CareTeamID()-1]
		staff := c.membersOf(team.ID)
		actor := func(id models.ID, role models.Role) models.Actor {
			return models.Actor{Role: role, AccountID: c.accountOf[id], StaffID: id, TeamIDs: []models.ID{team.ID}, InstitutionID: team.InstitutionID}
		}
		doctor, own := actor(team.LeaderID, models.Doctor), models.Actor{Role: models.ResidentRole, ResidentID: t.who.ID}
		// Another doctor of the institution reviews.
		reviewer := actor(c.reviewer(team, staff), models.Doctor)
		days := []int{28, 56, 84}[i%3]
		x := models.Prescription{ID: models.ID(len(out) + 1), ResidentID: t.who.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, Program: clinical.Hypertension, Days: days,
			CreatedAt: t.last.VisitedOn.Start().Add(10 * time.Hour).UTC()}
		lines = append(lines, models.PrescriptionLine{ID: models.ID(len(lines) + 1), PrescriptionID: x.ID, Name: "苯磺酸氨氯地平片", Class: models.OrdinaryDrug, Dose: "5mg", Frequency: "每日1次", Days: days})
		done := len(steps)
		if i%4 == 0 {
			done = i / 4 % len(steps)
		}
		step := models.PrescriptionStep{Assessment: "病情稳定,依从性好", Signature: strokes, Followup: &t.last, Title: "主治医师", First: true}
		for n, m := range append([]models.PrescriptionMove{models.RxRequest}, steps[:done]...) {
			by := doctor
			switch m {
			case models.RxRequest, models.RxSign:
				by = own
			case models.RxPass:
				by = reviewer
			}
			at := t.last.VisitedOn.Start().Add(time.Duration(10+n) * time.Hour)
			event, err := x.Move(m, by, by.Party(t.who.ID, team.ID, team.InstitutionID), step, at)
			if err != nil {
				panic("seed: prescription: " + err.Error()) // the moves are ours
			}
			x.Version, x.UpdatedAt = n+1, at.UTC()
			event.ID, event.NounID, event.At = next(&c.id.processEvent), x.ID, at.UTC()
			c.events = append(c.events, event)
		}
		out = append(out, x)
	}
	return out, lines
}

// reviewer is someone of the institution beside the leader of the team.
func (c *clinics) reviewer(team models.Team, staff []models.ID) models.ID {
	for _, other := range c.teams {
		if other.InstitutionID == team.InstitutionID && other.LeaderID != team.LeaderID {
			return other.LeaderID
		}
	}
	return staff[len(staff)-1]
}
