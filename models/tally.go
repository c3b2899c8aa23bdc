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

// Tally is the number of residents, and of signed ones among them, of one scope and
// population at the end of a day (domain §1.10).
type Tally struct {
	Day        Date       `gorm:"primaryKey"`
	Kind       ScopeKind  `gorm:"primaryKey;size:16"`
	ScopeID    ID         `gorm:"primaryKey;autoIncrement:false"`
	Population Population `gorm:"primaryKey;size:4"`
	Residents  int        `gorm:"not null"`
	Signed     int        `gorm:"not null"`
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
	hundredths := (int64(signed)*20000 + int64(residents)) / (2 * int64(residents))
	return float64(hundredths) / 100, true
}
