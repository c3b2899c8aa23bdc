package models

import "time"

// TallyEntry is a change of the tallies made by one event: people with exactly the
// populations of Mask, in a village, with a team's panel. Entries are inserted by the
// transaction that causes them and folded into Tally rows later; readers add both.
type TallyEntry struct {
	ID            ID
	Day           Date `gorm:"not null;index"` // the day the change became known and effective
	VillageID     ID   `gorm:"not null"`
	TeamID        ID   `gorm:"not null"` // team of responsibility of the village
	InstitutionID ID   `gorm:"not null"`
	Mask          Mask `gorm:"not null"`
	Residents     int  `gorm:"not null"`
	Signed        int  `gorm:"not null"`
	PanelTeamID   ID   `gorm:"not null"`
	Panel         int  `gorm:"not null"`
}

// Times is the entry of n people alike.
func (e TallyEntry) Times(n int) TallyEntry {
	e.Residents, e.Signed, e.Panel = e.Residents*n, e.Signed*n, e.Panel*n
	return e
}

// ScopeKind is what a tally is kept for.
type ScopeKind string

// The kinds of scope. Panel is the residents signed with a team, wherever they live.
const (
	ScopeDistrict    ScopeKind = "district"
	ScopeInstitution ScopeKind = "institution"
	ScopeTeam        ScopeKind = "team"
	ScopeVillage     ScopeKind = "village"
	ScopePanel       ScopeKind = "panel"
)

// Figures are the counts of one scope and population, or indicator. For an indicator
// Residents are those counted in it and Signed those of them who meet it.
type Figures struct {
	Residents int `gorm:"not null"`
	Signed    int `gorm:"not null"`
	// Of the signed, beside the contract rate (domain §1.10): people with promised base
	// items due and with all of them delivered (SN10b); units due, delivered and confirmed
	// by the resident (SN10); people signed when the last year ended, and still (SN07);
	// people whose contract ran out this year, and who renewed in time (SN07b).
	PersonsDue     int `gorm:"not null"`
	PersonsDone    int `gorm:"not null"`
	ItemsDue       int `gorm:"not null"`
	ItemsDone      int `gorm:"not null"`
	ItemsConfirmed int `gorm:"not null"`
	Cohort         int `gorm:"not null"`
	Kept           int `gorm:"not null"`
	Expired        int `gorm:"not null"`
	Renewed        int `gorm:"not null"`
}

// Plus is the sum of the figures and n times others.
func (f Figures) Plus(o Figures, n int) Figures {
	return Figures{
		f.Residents + n*o.Residents, f.Signed + n*o.Signed, f.PersonsDue + n*o.PersonsDue, f.PersonsDone + n*o.PersonsDone,
		f.ItemsDue + n*o.ItemsDue, f.ItemsDone + n*o.ItemsDone, f.ItemsConfirmed + n*o.ItemsConfirmed,
		f.Cohort + n*o.Cohort, f.Kept + n*o.Kept, f.Expired + n*o.Expired, f.Renewed + n*o.Renewed,
	}
}

// Tally holds the figures of one scope and population, or indicator, at the end of a day
// (domain §1.10).
type Tally struct {
	Day     Date      `gorm:"primaryKey"`
	Kind    ScopeKind `gorm:"primaryKey;size:16"`
	ScopeID ID        `gorm:"primaryKey;autoIncrement:false"`
	// Population is whom the figures are of: All, Key, Adults, a code, or the code of an
	// Indicator.
	Population Population `gorm:"primaryKey;size:8"`
	Figures
}

// Beside are the figures that a person with the sets adds for each of the populations.
func (e CareEntry) Beside() Figures {
	one := func(set IndicatorSet, i Indicator) int {
		if set.Has(i) {
			return 1
		}
		return 0
	}
	return Figures{
		PersonsDue: one(e.Of, PersonFulfilled), PersonsDone: one(e.Met, PersonFulfilled),
		ItemsDue: e.ItemsDue, ItemsDone: e.ItemsDone, ItemsConfirmed: e.ItemsConfirmed,
		Cohort: one(e.Of, CohortRenewed), Kept: one(e.Met, CohortRenewed),
		Expired: one(e.Of, ExpiryRenewed), Renewed: one(e.Met, ExpiryRenewed),
	}
}

// TallyDay marks a day whose tallies were opened. A frozen day is a published
// month-end: its figures never change again.
type TallyDay struct {
	Day         Date   `gorm:"primaryKey"`
	RuleVersion string `gorm:"size:32;not null"`
	Frozen      bool   `gorm:"not null"`
	CreatedAt   time.Time
}

// CountingRules names the version of the counting rules in this release; it stands
// beside every published figure.
const CountingRules = "jiayi-rates-1"

// Rate is signed per residents in percent with two decimals, rounded half up on the
// exact fraction; ok is false when residents is 0: there is no value then.
func Rate(signed, residents int) (percent float64, ok bool) {
	if residents <= 0 {
		return 0, false
	}
	return float64(roundHalfUp(int64(signed)*10000, int64(residents))) / 100, true
}

// roundHalfUp is a/b rounded half up, exactly; neither is negative.
func roundHalfUp(a, b int64) int64 { return (2*a + b) / (2 * b) }
