package models

import (
	"time"

	"jiayi/models/clinical"
)

// Encounter is one visit of one resident: the header of one or more follow-up forms
// ("一张表", domain §2.3, §3.0). A wrong one is voided, never changed or deleted.
type Encounter struct {
	ID            ID
	ResidentID    ID       `gorm:"not null;index:ix_encounters_resident,priority:1"`
	VisitedOn     Date     `gorm:"not null;index:ix_encounters_resident,priority:2;index:ix_encounters_team,priority:2;index:ix_encounters_inst,priority:2;index:ix_encounters_doctor,priority:2;index"`
	VisitWay      int      `gorm:"not null"` // clinical.Way
	TeamID        ID       `gorm:"not null;index:ix_encounters_team,priority:1;index:ix_encounters_answer,priority:1"`
	InstitutionID ID       `gorm:"not null;index:ix_encounters_inst,priority:1"`
	DoctorID      ID       `gorm:"not null;index:ix_encounters_doctor,priority:1"`  // staff
	AccountID     ID       `gorm:"not null;index:ix_encounters_account,priority:1"` // who entered it
	ContractID    ID       `gorm:"not null"`                                        // contract in force on the day, or 0
	Late          bool     `gorm:"not null"`                                        // entered more than LateEntryDays after the visit
	Place         string   `gorm:"serializer:sealed"`                               // "lng,lat" of a home visit
	Photos        string   `gorm:"size:255;not null"`                               // references to pictures of a home visit, see PhotoRefs
	Services      Services `gorm:"size:255;not null"`                               // what it delivered
	// Answer is what the resident says of the visit, once, within AnswerDays.
	Answer     VisitAnswer `gorm:"size:16;not null;index:ix_encounters_answer,priority:2"`
	AnsweredBy string      `gorm:"size:32;not null"` // "resident:34", the resident or a guardian
	AnsweredAt *time.Time
	Voided     bool   `gorm:"not null"`
	VoidReason string `gorm:"serializer:sealed"`
	VoidedBy   ID     `gorm:"not null"` // account
	VoidedAt   *time.Time
	Version    int `gorm:"not null"`
	Followups  []Followup
	CreatedAt  time.Time `gorm:"index:ix_encounters_answer,priority:3;index:ix_encounters_account,priority:2"` // day of its entry, from which AnswerDays count
	UpdatedAt  time.Time
}

// VisitAnswer is what a resident says of a visit.
type VisitAnswer string

// The answers. An unanswered visit is neither confirmed nor denied.
const (
	Unanswered VisitAnswer = ""
	Confirmed  VisitAnswer = "confirmed"
	Denied     VisitAnswer = "denied"
)

// AnswerDays is how many days after its entry a visit can be confirmed or denied.
const AnswerDays = 30

// LateEntryDays is how many days after a visit its entry counts as late (domain §3.0 late_entry).
const LateEntryDays = 3

// FaceToFace tells whether the visit counts as face-to-face (domain §3.0).
func (e Encounter) FaceToFace() bool { return clinical.Way(e.VisitWay).FaceToFace() }

// Followup is one programme's form within an encounter, with the assessment the rule
// pack gave on the day. Day and way repeat the encounter's, so that the plan and the
// indicators read one table.
type Followup struct {
	ID          ID
	EncounterID ID     `gorm:"not null;index"`
	ResidentID  ID     `gorm:"not null;uniqueIndex:ux_followups_day,priority:1"`
	Program     string `gorm:"size:32;not null;uniqueIndex:ux_followups_day,priority:2"`
	VisitedOn   Date   `gorm:"not null;uniqueIndex:ux_followups_day,priority:3"`
	// Live is true while the visit stands and NULL once it is voided: one visit per
	// resident, programme and day.
	Live        *bool            `gorm:"uniqueIndex:ux_followups_day,priority:4"`
	VisitWay    int              `gorm:"not null"`
	Form        string           `gorm:"serializer:sealed;type:text"` // canonical JSON of the values
	Class       int              `gorm:"not null"`
	Step        int              `gorm:"not null"`
	Emergency   bool             `gorm:"not null"`
	Control     clinical.Control `gorm:"not null"`                    // of the value the programme is judged by
	Risk        int              `gorm:"not null"`                    // layer of 三高 that the form gives (clinical.RiskLevel), 0 for none
	Assessment  string           `gorm:"serializer:sealed;type:text"` // JSON of clinical.Assessment
	RuleVersion string           `gorm:"size:32;not null"`
	NextDueOn   Date
	CreatedAt   time.Time
}

// FaceToFace tells whether the visit counts as face-to-face (domain §3.0).
func (f Followup) FaceToFace() bool { return clinical.Way(f.VisitWay).FaceToFace() }

// Previous is what the rules need of the visit when they judge a later one.
func (f Followup) Previous() clinical.Previous {
	return clinical.Previous{VisitedOn: f.VisitedOn, Class: f.Class, Step: f.Step}
}

// highRisk are the populations for which a guideline may set lower limits
// (clinical.Subject.HighRisk); heart failure and kidney disease have no code.
var highRisk = []Population{Diabetes, CoronaryDisease}

// SubjectOn is what the rules need of the resident on the day of a visit. Membership
// in 孕产妇 lasts until 42 days after the birth; the limits of pregnancy and of
// lactation are the same, so that it stands for both.
func SubjectOn(r Resident, memberships []Membership, day Date) clinical.Subject {
	s := clinical.Subject{BirthDate: r.BirthDate, Sex: r.Sex}
	for _, m := range memberships {
		if !m.On(day) {
			continue
		}
		s.Pregnant = s.Pregnant || m.Code == Maternal
		for _, p := range highRisk {
			s.HighRisk = s.HighRisk || m.Code == p
		}
	}
	return s
}

// MaxVoidReason is the longest reason for voiding a visit, in characters.
const MaxVoidReason = 200
