package models

import "time"

// Encounter is one visit of one resident: the header of one or more follow-up forms
// ("一张表", domain §2.3, §3.0).
type Encounter struct {
	ID            ID
	ResidentID    ID     `gorm:"not null;index:ix_encounters_resident,priority:1"`
	VisitedOn     Date   `gorm:"not null;index:ix_encounters_resident,priority:2"`
	VisitWay      int    `gorm:"not null"` // domain §3.0: 1 clinic, 2 home, 3 phone, …
	TeamID        ID     `gorm:"not null;index"`
	InstitutionID ID     `gorm:"not null"`
	DoctorID      ID     `gorm:"not null"`          // staff
	AccountID     ID     `gorm:"not null"`          // who entered it
	ContractID    ID     `gorm:"not null"`          // contract in force on the day, or 0
	Late          bool   `gorm:"not null"`          // entered more than LateEntryDays after the visit
	Place         string `gorm:"serializer:sealed"` // "lng,lat" of a home visit
	Version       int    `gorm:"not null"`
	Followups     []Followup
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// LateEntryDays is how many days after a visit its entry counts as late (domain §3.0 late_entry).
const LateEntryDays = 3

// Followup is one programme's form within an encounter, with the assessment the rule
// pack gave on the day.
type Followup struct {
	ID          ID
	EncounterID ID     `gorm:"not null;index"`
	ResidentID  ID     `gorm:"not null;index:ix_followups_resident,priority:1"`
	Program     string `gorm:"size:32;not null;index:ix_followups_resident,priority:2"`
	VisitedOn   Date   `gorm:"not null;index:ix_followups_resident,priority:3"`
	Form        string `gorm:"serializer:sealed;type:text"` // canonical JSON of the values
	Class       int    `gorm:"not null"`
	Step        int    `gorm:"not null"`
	Emergency   bool   `gorm:"not null"`
	Assessment  string `gorm:"serializer:sealed;type:text"` // JSON of clinical.Assessment
	RuleVersion string `gorm:"size:32;not null"`
	NextDueOn   Date
	CreatedAt   time.Time
}

// FaceToFace tells whether the visit counts as face-to-face (domain §3.0).
func (e Encounter) FaceToFace() bool { return e.VisitWay == 1 || e.VisitWay == 2 }
