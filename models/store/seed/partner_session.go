package seed

import (
	"jiayi/models"
)

// The published figures of partner units (domain §5.3): 700 and more sessions in which a
// unit's doctors see patients 坐诊帮扶, 60 and more person-times of experts.
const (
	clinicSessions = 700
	expertVisits   = 60
)

// sessions are the visits of the period, shared out evenly over the links, as the teams are
// as many at every scale: doctors of the district's hospitals see patients, experts of the
// alliance hospitals consult and teach.
func (v *voices) sessions() []models.PartnerSession {
	var near, far []models.TeamPartner
	for _, l := range v.links {
		switch v.partners[l.PartnerID-1].Kind {
		case "district":
			near = append(near, l)
		case "alliance_hospital":
			far = append(far, l)
		}
	}
	var out []models.PartnerSession
	add := func(n int, links []models.TeamPartner, kinds ...models.SessionKind) {
		days := v.today.Sub(v.from())
		for i := range n {
			l := links[i*7%len(links)]
			on := v.from().AddDays(i * days / max(1, n))
			if !l.On(on) {
				on = v.today.AddDays(-1)
			}
			leader := v.leader(v.teams[l.TeamID-1])
			out = append(out, models.PartnerSession{LinkID: l.ID, TeamID: l.TeamID, InstitutionID: leader.InstitutionID, PartnerID: l.PartnerID, Kind: kinds[i%len(kinds)], On: on,
				Expert: l.LeadExpert, HalfHours: 4 + v.rng.IntN(5), People: 6 + v.rng.IntN(25), EnteredBy: leader.Name(), CreatedAt: v.at(on, 17)})
		}
	}
	add(clinicSessions, near, "clinic")
	add(expertVisits, far, "consult", "teaching", "free_clinic")
	return out
}
