package models

// Mask is a set of populations, one bit each, All and Key among them.
type Mask int64

const (
	allBit   = 62
	keyBit   = 61
	adultBit = 60
)

func (p Population) bit() int {
	switch p {
	case All:
		return allBit
	case Key:
		return keyBit
	case Adults:
		return adultBit
	}
	if _, ok := populationSpecs[p]; !ok {
		return -1
	}
	return int(p[0]-'0')*10 + int(p[1]-'0')
}

// MaskOf is the set of the populations.
func MaskOf(ps ...Population) Mask {
	var m Mask
	for _, p := range ps {
		if b := p.bit(); b >= 0 {
			m |= 1 << b
		}
	}
	return m
}

// Has tells whether the set holds p.
func (m Mask) Has(p Population) bool { return p.bit() >= 0 && m&(1<<p.bit()) != 0 }

// Counted lists every population a tally is kept for: the totals, then the codes.
var Counted = func() []Population {
	ps := []Population{All, Key, Adults}
	for _, p := range Populations {
		ps = append(ps, p.Code)
	}
	return ps
}()

// Populations lists the members of the set in table order.
func (m Mask) Populations() []Population {
	var ps []Population
	for _, p := range Counted {
		if m.Has(p) {
			ps = append(ps, p)
		}
	}
	return ps
}

// PopulationsOn is the set of populations a person belongs to on a day: All always,
// the age populations by birth date, the dated memberships, Key when one of them
// counts in K, and General when there is no other (domain §2.1, §2.2).
func PopulationsOn(birth Date, memberships []Membership, day Date) Mask {
	m := MaskOf(All)
	age := birth.AgeOn(day)
	if age >= AdultAge {
		m |= MaskOf(Adults)
	}
	if age < ChildrenAge {
		m |= MaskOf(Children)
	}
	if age >= ElderlyAge {
		m |= MaskOf(Elderly)
	}
	for _, s := range memberships {
		if s.On(day) {
			m |= MaskOf(s.Code)
		}
	}
	general := true
	for _, p := range Populations {
		if p.Code == General || !m.Has(p.Code) {
			continue
		}
		general = false
		if p.InKey {
			m |= MaskOf(Key)
		}
	}
	if general {
		m |= MaskOf(General)
	}
	return m
}

// Standing is everything one person adds to the tallies on a day. It is stored on the
// resident as last emitted, so that the next change retracts exactly what was added.
type Standing struct {
	VillageID ID   `gorm:"column:counted_village_id;not null"`
	Mask      Mask `gorm:"column:counted_mask;not null"`
	Counted   bool `gorm:"column:counted;not null"`        // a permanent resident, alive (domain §1.10 P(d))
	Signed    bool `gorm:"column:counted_signed;not null"` // a contract is in force, with any team (A(d))
	PanelID   ID   `gorm:"column:counted_panel_id;not null;index"`
}

// StandingOn is what the person adds on the day, given the memberships and contracts.
func StandingOn(r Resident, memberships []Membership, contracts []Contract, day Date) Standing {
	if r.Status != Living || r.VillageID == 0 {
		return Standing{}
	}
	s := Standing{VillageID: r.VillageID, Mask: PopulationsOn(r.BirthDate, memberships, day), Counted: r.Permanent}
	for _, c := range contracts {
		if c.InForceOn(day) {
			s.Signed, s.PanelID = true, c.TeamID
		}
	}
	return s
}
