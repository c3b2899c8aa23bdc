package seed

import (
	"slices"

	"jiayi/models"
	"jiayi/models/store"
)

// The openids of the demonstration's WeChat users; a stand-in for WeChat gives them out
// for log-in codes of the same name.
const (
	ElderOpenID    = "demo-elder"
	DaughterOpenID = "demo-daughter"
	NewcomerOpenID = "demo-newcomer"
)

// WechatUser is one of the residents a demonstration signs in as.
type WechatUser struct {
	OpenID     string      `json:"openid"`
	Kind       string      `json:"kind"` // elder, guardian or newcomer
	Phone      string      `json:"phone"`
	Name       string      `json:"name,omitempty"`
	ResidentID models.ID   `json:"resident_id,omitzero"`
	WardIDs    []models.ID `json:"ward_ids,omitempty"`
}

// Card is an ID card to photograph.
type Card struct {
	Name     string `json:"name"`
	IDNumber string `json:"id_number"`
}

// applications is how many residents wait for the first team's answer.
const applications = 3

// demo picks the people a demonstration needs while families are written down: the
// nearest to the first team win.
type demo struct {
	elder, daughter, mother, child candidate
	walkIn                         candidate // of the first team's villages, not signed yet
	applicants                     []models.ID
	contracts                      map[models.ID]models.ID // in force, of those above
}

// candidate is a person who fits a part, and how well.
type candidate struct {
	who   models.Resident
	score int
}

func (c *candidate) offer(r models.Resident, score int) bool {
	if score <= c.score {
		return false
	}
	c.who, c.score = r, score
	return true
}

// offer offers a part to a person, whose contract in force is remembered.
func (d *demo) offer(part *candidate, r models.Resident, score int, k kin) bool {
	got := part.offer(r, score)
	if c := k.contracts[r.ID]; got && c != 0 {
		d.contracts[r.ID] = c
	}
	return got
}

// see looks for the parts among a family.
func (d *demo) see(k kin, today models.Date) {
	near := 1
	if k.residents[0].AreaTeamID == 1 {
		near += 4
	}
	for i, r := range k.residents {
		age, signed := r.Age(today), 0
		if r.Standing.Signed {
			signed = 1
			if age >= 68 && age <= 73 && k.people[i].codes.Has(models.Hypertension) {
				d.offer(&d.elder, r, near, k)
				continue
			}
		}
		if signed == 0 && near > 1 && age >= models.AgeOfConsent && !slices.Contains(d.applicants, r.ID) {
			d.walkIn.offer(r, 1)
		}
		if k.people[i].woman() && age >= 70 && age <= 82 {
			d.offer(&d.mother, r, near+signed, k)
		}
		if k.people[i].woman() && age >= 32 && age <= 50 && (r.HouseRelation == relHead || r.HouseRelation == relWife) {
			for _, c := range k.residents {
				if (c.HouseRelation == relSon || c.HouseRelation == relDaughter) && c.Age(today) < 13 && d.offer(&d.daughter, r, near+signed, k) {
					d.child = candidate{}
					d.offer(&d.child, c, 1, k)
				}
			}
		}
	}
}

// wantsApplication tells whether an unsigned resident should have applied to the first
// team in the demonstration.
func (d *demo) wantsApplication(k kin, r models.Resident, today models.Date) bool {
	if k.team != 1 || len(d.applicants) == applications || r.Age(today) < models.AgeOfConsent {
		return false
	}
	d.applicants = append(d.applicants, r.ID)
	return true
}

// users are the WeChat users of the demonstration.
func (d *demo) users() []WechatUser {
	newcomer := WechatUser{OpenID: NewcomerOpenID, Kind: "newcomer", Phone: phone(9_900_000)}
	out := []WechatUser{newcomer}
	if r := d.elder.who; r.ID != 0 {
		out = append(out, WechatUser{OpenID: ElderOpenID, Kind: "elder", Phone: r.Phone, Name: r.Name, ResidentID: r.ID})
	}
	if r := d.daughter.who; r.ID != 0 {
		u := WechatUser{OpenID: DaughterOpenID, Kind: "guardian", Phone: r.Phone, Name: r.Name, ResidentID: r.ID}
		u.WardIDs = append(u.WardIDs, d.child.who.ID)
		if d.mother.who.ID != 0 {
			u.WardIDs = append(u.WardIDs, d.mother.who.ID)
		}
		out = append(out, u)
	}
	return out
}

// card is the walk-in's.
func (d *demo) card() Card { return Card{d.walkIn.who.Name, d.walkIn.who.DocumentNo} }

// guardians lets the daughter act for her child until it is of age, and for her mother
// for a year from the day on (domain §7.5).
func (d *demo) guardians(from models.Date) []models.Guardian {
	daughter, mother, child := d.daughter.who, d.mother.who, d.child.who
	var out []models.Guardian
	if daughter.ID == 0 {
		return nil
	}
	add := func(ward models.ID, relation, consent, evidence string, end models.Date) {
		out = append(out, models.Guardian{ID: models.ID(len(out) + 1), GuardianID: daughter.ID, WardID: ward, Active: new(true), Relation: relation, Consent: consent,
			Evidence: evidence, Begin: from, End: end, CreatedAt: from.Start()})
	}
	add(child.ID, relMother, store.ConsentMinor, "户口簿", child.BirthDate.AddYears(models.AgeOfConsent).AddDays(-1))
	if mother.ID != 0 {
		add(mother.ID, relDaughter, store.ConsentOnSite, "本人现场委托", from.AddYears(1))
	}
	return out
}
