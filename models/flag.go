package models

import "time"

// FlagKind is what makes a visit doubtful: the name of a check (domain §6.11), or the
// resident's own word.
type FlagKind string

// FlagDenied is the kind of a visit that the resident says never happened.
const FlagDenied FlagKind = "denied"

// FlagStatus is the state of a flag.
type FlagStatus string

// The states. An open flag waits for the lead, who accepts the visit or voids it.
const (
	FlagOpen     FlagStatus = "open"
	FlagAccepted FlagStatus = "accepted"
	FlagVoided   FlagStatus = "voided"
)

// Flag is a doubt about one visit, for the lead to look into. It is raised once for a
// visit and kind, and never deleted.
type Flag struct {
	ID            ID
	EncounterID   ID         `gorm:"not null;uniqueIndex:ux_flags_visit,priority:1"`
	Kind          FlagKind   `gorm:"size:32;not null;uniqueIndex:ux_flags_visit,priority:2"`
	ResidentID    ID         `gorm:"not null;index"`
	TeamID        ID         `gorm:"not null;index:ix_flags_team,priority:1"`
	InstitutionID ID         `gorm:"not null;index:ix_flags_inst,priority:1"`
	DoctorID      ID         `gorm:"not null"`
	Status        FlagStatus `gorm:"size:16;not null;index:ix_flags_team,priority:2;index:ix_flags_inst,priority:2;index"`
	Reason        string     `gorm:"size:255;not null"` // in Chinese, for the lead; names no value of the patient
	Note          string     `gorm:"serializer:sealed"` // what the resident said, or what the review found
	RaisedBy      string     `gorm:"size:32;not null"`  // "check", or who: "resident:34"
	RaisedOn      Date       `gorm:"not null"`          //
	ReviewedBy    string     `gorm:"size:32;not null"`  //
	ReviewedAt    *time.Time //
	Version       int        `gorm:"not null"`
	CreatedAt     time.Time
}
