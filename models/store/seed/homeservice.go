package seed

import (
	"time"

	"jiayi/models"
)

// The services at home of the last two months: so many people of at least this age. The number
// is ours.
const (
	homeServices = 120
	frailAge     = 80
)

// homeServices are services at home in every state, most of them done and rated. Those of the
// past were entered without a visit: the visits of the district are counted already.
func (c *clinics) homeServices() []models.HomeService {
	rng := c.visitors.rng
	stages := []models.HomeServiceMove{models.HomeAssess, models.HomeAssign, models.HomeDepart, models.HomeArrive, models.HomeServe, models.HomePay, models.HomeRate}
	wanted := []models.Words{"dressing vitals", "pressure_sore", "catheter nursing_guide", "nasal_tube", "rehab", "vitals blood_draw", "tcm"}
	var out []models.HomeService
	for i, r := range c.visitors.frail {
		team := c.teams[r.CareTeamID()-1]
		members := c.membersOf(team.ID)
		doctor := models.Actor{Role: models.Doctor, AccountID: c.accountOf[team.LeaderID], StaffID: team.LeaderID, TeamIDs: []models.ID{team.ID}, InstitutionID: team.InstitutionID}
		own := models.Actor{Role: models.ResidentRole, ResidentID: r.ID}
		visit := c.today.AddDays(-3 - rng.IntN(55))
		done := len(stages)
		switch {
		case i%10 == 0: // to assess
			visit, done = c.today, 0
		case i%10 == 1: // to assign
			visit, done = c.today, 1
		case i%10 == 2: // today
			visit, done = c.today, 2
		case i%3 == 0: // not rated
			done--
		}
		asked := visit.AddDays(-2)
		h := models.HomeService{ID: models.ID(len(out) + 1), ResidentID: r.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, Applicant: "aged", Items: wanted[rng.IntN(len(wanted))],
			Address: r.Address, First: true, WishOn: visit, CreatedAt: asked.Start().Add(9 * time.Hour)}
		step := models.HomeServiceStep{VisitOn: visit, Staff: members, Position: "117.2655,34.7951", Items: h.Items.List(), Signature: strokes, FeeCents: int64(rng.IntN(4)) * 2000, Rating: 4 + rng.IntN(2)}
		for _, check := range models.SafetyChecks {
			step.Checks = append(step.Checks, check.Code)
		}
		moves := append([]models.HomeServiceMove{models.HomeApply}, stages[:done]...)
		for n, m := range moves {
			at, by := asked.Start().Add(time.Duration(9+n)*time.Hour), doctor
			if m == models.HomeApply || m == models.HomeRate {
				by = own
			}
			if n > 2 {
				at = visit.Start().Add(time.Duration(6+n) * time.Hour)
			}
			event, err := h.Move(m, by, by.Party(r.ID, team.ID, team.InstitutionID), step, false, at)
			if err != nil {
				panic("seed: home service: " + err.Error()) // the moves are ours
			}
			h.Version, h.UpdatedAt = n+1, at.UTC()
			event.ID, event.NounID, event.At = next(&c.id.processEvent), h.ID, at.UTC()
			c.events = append(c.events, event)
		}
		out = append(out, h)
	}
	return out
}

// membersOf are the staff of a team.
func (d *district) membersOf(team models.ID) []models.ID {
	var out []models.ID
	for _, m := range d.members {
		if m.TeamID == team {
			out = append(out, m.StaffID)
		}
	}
	return out
}
