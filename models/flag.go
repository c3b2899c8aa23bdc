package models

import (
	"time"

	"jiayi/internal/calendar"
)

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
	Kind          FlagKind   `gorm:"size:32;not null;uniqueIndex:ux_flags_visit,priority:2;index:ix_flags_doctor,priority:2"`
	ResidentID    ID         `gorm:"not null;index"`
	TeamID        ID         `gorm:"not null;index:ix_flags_team,priority:1"`
	InstitutionID ID         `gorm:"not null;index:ix_flags_inst,priority:1"`
	DoctorID      ID         `gorm:"not null;index:ix_flags_doctor,priority:1"`
	Status        FlagStatus `gorm:"size:16;not null;index:ix_flags_team,priority:2;index:ix_flags_inst,priority:2;index"`
	Reason        string     `gorm:"size:255;not null"` // in Chinese, for the lead; names no value of the patient
	Note          string     `gorm:"serializer:sealed"` // what the resident said
	RaisedBy      string     `gorm:"size:32;not null"`  // "check", or who: "resident:34"
	RaisedOn      Date       `gorm:"not null"`          //
	Finding       string     `gorm:"serializer:sealed"` // what the review found
	ReviewedBy    string     `gorm:"size:32;not null"`  // "staff:12"
	ReviewedAt    *time.Time //
	Version       int        `gorm:"not null"`
	CreatedAt     time.Time
}

// FlagStatusLabels are the Chinese names of the states.
var FlagStatusLabels = map[FlagStatus]string{FlagOpen: "待核查", FlagAccepted: "核查属实", FlagVoided: "已作废"}

// MaxFinding is the longest finding of a review, in characters.
const MaxFinding = 200

// Close ends the flag with what the review found.
func (f *Flag) Close(status FlagStatus, finding, by string, now time.Time) {
	f.Status, f.Finding, f.ReviewedBy, f.ReviewedAt = status, finding, by, &now
	f.Version++
}

// DaysOpen is how many days the flag has waited by the day, or waited until its review.
func (f Flag) DaysOpen(today Date) int {
	if f.ReviewedAt != nil {
		today = calendar.DateOf(*f.ReviewedAt)
	}
	return max(0, today.Sub(f.RaisedOn))
}

// ReviewableBy refuses a review of a visit by the doctor who made it; managers may.
func (f Flag) ReviewableBy(a Actor) error {
	if a.StaffID != f.DoctorID || a.Role == DistrictManager || a.Role == InstitutionManager {
		return nil
	}
	return Errorf(Forbidden, "own_visit", "不能核查本人所做的随访,请由其他负责人或上级管理员核查")
}
