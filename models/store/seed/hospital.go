package seed

import (
	"fmt"

	"jiayi/models"
)

// The hospitals that take part in referrals, consults and discharges (domain §9.5).
var hospitals = []models.ID{2, 3, 4}

// addHospitals gives each hospital a doctor and a manager who sign in, and the referral
// centre at the lead hospital its desk.
func (d *district) addHospitals(opt Options) {
	d.receivers, d.heads = map[models.ID]models.Actor{}, map[models.ID]models.Actor{}
	for i, id := range hospitals {
		doctor := d.person(fmt.Sprintf("H%02d01", i+1), id, "副主任医师", i%2 == 1)
		account := d.account(opt, fmt.Sprintf("hospital%02d", i+1), models.Doctor, doctor)
		d.receivers[id] = models.Actor{Role: models.Doctor, AccountID: account, StaffID: doctor.ID, InstitutionID: id}
		manager := d.person(fmt.Sprintf("H%02d02", i+1), id, "医务科科长", i%2 == 0)
		account = d.account(opt, fmt.Sprintf("hospitaladmin%02d", i+1), models.InstitutionManager, manager)
		d.heads[id] = models.Actor{Role: models.InstitutionManager, AccountID: account, StaffID: manager.ID, InstitutionID: id}
	}
	desk := d.person("H0100", hospitals[0], "转诊服务中心护师", true)
	d.centre = models.Actor{Role: models.ReferralCentre, AccountID: d.account(opt, "centre", models.ReferralCentre, desk), StaffID: desk.ID, InstitutionID: hospitals[0]}
	for _, a := range d.accounts {
		if a.Role == models.InstitutionManager && d.receivers[a.InstitutionID].Role == "" {
			d.receivers[a.InstitutionID] = models.Actor{Role: a.Role, AccountID: a.ID, StaffID: a.StaffID, InstitutionID: a.InstitutionID}
		}
	}
}

// leadOf is the leader of a team as an actor.
func (d *district) leadOf(team models.ID) models.Actor {
	t := d.teams[team-1]
	return models.Actor{Role: models.TeamLead, AccountID: d.accountOf[t.LeaderID], StaffID: t.LeaderID, InstitutionID: t.InstitutionID, TeamIDs: []models.ID{team}}
}

// happened writes an event of a process down.
func (w *scribe) happened(e models.Event, id models.ID) {
	e.ID, e.NounID = next(&w.id.processEvent), id
	w.out.processEvents = append(w.out.processEvents, e)
}
