package seed

import (
	"fmt"
	"math/rand/v2"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// scribe writes people down as rows, family by family.
type scribe struct {
	*district
	s                *store.Store
	rng              *rand.Rand
	full             bool // too many people for full agreements and past visits (see FullTextScale)
	id               ids
	numbers          identities
	records          map[string]int      // last record number by prefix
	signed           map[models.Date]int // agreements numbered by day
	referrals        map[models.Date]int // referrals numbered by day
	consults         map[models.Date]int // consults numbered by day
	dischargeNumbers map[models.Date]int // discharges numbered by day
	tallies          *tallies
	demo             demo
	forms            filled
	quotas           quotas
	out              *rows
	visitors         *visitors
	voices           *voices
}

func newScribe(d *district, s *store.Store, opt Options) *scribe {
	return &scribe{
		district: d, s: s, full: opt.Scale > FullTextScale,
		rng:     rand.New(rand.NewPCG(opt.Seed, 1000)), // #nosec G404 -- a reproducible district, not a secret
		numbers: identities{}, records: map[string]int{}, signed: map[models.Date]int{}, referrals: map[models.Date]int{}, consults: map[models.Date]int{}, dischargeNumbers: map[models.Date]int{}, tallies: newTallies(opt.Today), forms: filled{}, out: &rows{},
		demo: demo{contracts: map[models.ID]models.ID{}}, visitors: newVisitors(d, opt.Seed), voices: newVoices(d, opt),
	}
}

// kin is a written family: rows and what they were drawn from, in the family's order.
type kin struct {
	home
	people    []person
	residents []models.Resident
	contracts map[models.ID]models.ID // in force, by resident
}

// family writes one family down.
func (w *scribe) family(people []person, h home) error {
	house := models.Household{ID: next(&w.id.household), VillageID: w.villages[h.village].ID, Version: 1}
	k := kin{home: h, contracts: map[models.ID]models.ID{}}
	head := surname(w.rng)
	address := w.address(h.village, int(house.ID))
	for i, m := range h.members {
		p := people[m.who]
		r := w.resident(p, h, house.ID, m.relation, w.surnameOf(head, m.relation, p, people[h.members[0].who]))
		r.Address = address
		if i == 0 {
			house.HeadID, house.No = r.ID, "H"+r.RecordNo
		} else if r.Age(w.today) < 14 {
			r.Phone = k.residents[0].Phone
		}
		k.people, k.residents = append(k.people, p), append(k.residents, r)
	}
	w.out.households = append(w.out.households, house)
	for i := range k.residents {
		if err := w.life(&k, i); err != nil {
			return err
		}
	}
	w.demo.see(k, w.today)
	return nil
}

// life writes down what belongs to one member: populations, contracts, care and standing.
func (w *scribe) life(k *kin, i int) error {
	r := &k.residents[i]
	memberships := w.memberships(*r, k.people[i])
	contracts := w.contracts(*k, i)
	r.Standing = models.StandingOn(*r, memberships, contracts, w.today)
	if r.Standing.PanelID != 0 {
		r.SignedTeamID, r.SignedInstID = r.Standing.PanelID, w.teams[r.Standing.PanelID-1].InstitutionID
	}
	w.s.Index(r)
	w.voices.see(r)
	w.tallies.add(*r, memberships, contracts)
	before := len(w.out.packages)
	for _, c := range contracts {
		if c.InForceOn(w.today) {
			k.contracts[r.ID] = c.ID
		}
		if err := w.paper(*k, i, c); err != nil {
			return err
		}
	}
	w.visitors.see(*r, w.today)
	w.out.residents = append(w.out.residents, *r)
	w.out.memberships = append(w.out.memberships, memberships...)
	w.consult(*r)
	w.discharge(*r)
	return w.care(*r, k.residents, memberships, contracts, w.out.packages[before:])
}

func (w *scribe) surnameOf(head, relation string, p, first person) string {
	switch relation {
	case relHead:
		return head
	case relSon, relDaughter, relGrandson, relGranddaughter, relFather:
		if !first.woman() {
			return head
		}
	}
	return surname(w.rng)
}

func (w *scribe) address(village, house int) string {
	v := w.villages[village]
	if v.ClinicID != 0 {
		return fmt.Sprintf("榴园区%s%s%d号", v.Town, v.Name, 1+house%400)
	}
	return fmt.Sprintf("榴园区%s%s%d号楼%d单元%d%02d室", v.Town, v.Name, 1+house%24, 1+house%4, 1+w.rng.IntN(18), 1+w.rng.IntN(3))
}

func (w *scribe) resident(p person, h home, house models.ID, relation, family string) models.Resident {
	v := w.villages[h.village]
	w.records[v.EHRCode]++
	r := models.Resident{
		ID: next(&w.id.resident), RecordNo: fmt.Sprintf("%s%05d", v.EHRCode, w.records[v.EHRCode]), Name: family + given(w.rng, p.woman(), p.born.Year()),
		Sex: string(p.sex), BirthDate: p.born, DocumentType: string(codes.DocResidentID), DocumentNo: w.numbers.next(p.born, p.woman()),
		AddressKind: "home", Nationality: "01", Permanent: true, VillageID: v.ID, HouseholdID: house, HouseRelation: relation,
		AreaTeamID: v.TeamID, AreaInstID: v.InstitutionID, Status: models.Living, Version: 1,
	}
	r.Phone = phone(int(r.ID))
	if w.rng.IntN(100) == 0 {
		r.Nationality = "03"
	}
	r.CreatedAt = later(p.born, w.yearStart()).Start() // the district was loaded on New Year's Day
	r.UpdatedAt = r.CreatedAt
	return r
}

func later(a, b models.Date) models.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// Evidence of a membership by where it comes from.
var evidence = map[models.MembershipSource]string{models.FromImport: "主管部门名单", models.FromRegistry: "诊断证明"}

// memberships are the populations of a person, open today. Chronic diseases were
// registered at any time in ten years, from the age the rule sets.
func (w *scribe) memberships(r models.Resident, p person) []models.Membership {
	var out []models.Membership
	for _, code := range p.codes.Populations() {
		spec, ok := code.Spec()
		if !ok {
			continue
		}
		m := models.Membership{ID: next(&w.id.membership), ResidentID: r.ID, Code: code, Open: new(true), Source: models.FromRegistry, Version: 1}
		if spec.FromList {
			m.Source = models.FromImport
		}
		m.Evidence = evidence[m.Source]
		m.Begin = w.begun(code, later(p.born.AddYears(spec.MinAge), w.today.AddDays(-3650)))
		m.CreatedAt = later(m.Begin, w.yearStart()).Start()
		m.UpdatedAt = m.CreatedAt
		out = append(out, m)
	}
	return out
}

// begun is a day between the earliest possible one and today on which a membership began.
func (w *scribe) begun(code models.Population, earliest models.Date) models.Date {
	switch code {
	case models.Maternal:
		earliest = later(earliest, w.today.AddDays(-290))
	case models.Tuberculosis:
		earliest = later(earliest, w.today.AddDays(-170))
	case models.Hypertension, models.Diabetes: // long enough ago to have been followed up
		return earliest.AddDays(w.rng.IntN(max(1, w.today.AddDays(-100).Sub(earliest))))
	}
	return earliest.AddDays(w.rng.IntN(max(1, w.today.Sub(earliest))))
}
