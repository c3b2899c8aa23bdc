package models

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// VitalAlert asks the team to act on an emergency reading that came from outside a visit.
// It stays until someone notes what was done.
type VitalAlert struct {
	ID            ID
	VitalID       ID `gorm:"not null;uniqueIndex"`
	ResidentID    ID `gorm:"not null;index"`
	TeamID        ID `gorm:"not null;index:ix_vital_alerts_team,priority:1"` // of care today
	InstitutionID ID `gorm:"not null;index:ix_vital_alerts_inst,priority:1"`
	// Lane and the id order the list, both descending: open ones first, the newest first.
	Lane      int        `gorm:"not null;index:ix_vital_alerts_team,priority:2;index:ix_vital_alerts_inst,priority:2;index"`
	Outcome   string     `gorm:"serializer:sealed"` // what was done
	HandledBy ID         `gorm:"not null"`          // account
	HandledAt *time.Time //
	Version   int        `gorm:"not null"`
	CreatedAt time.Time
}

// The lanes of the list of alerts.
const (
	AlertHandled = 0
	AlertOpen    = 1
)

// MaxOutcome is the longest note of what was done about an alert, in characters.
const MaxOutcome = 200

// Handle closes the alert with what was done.
func (a *VitalAlert) Handle(outcome string, account ID, now time.Time) {
	a.Lane, a.Outcome, a.HandledBy, a.HandledAt = AlertHandled, outcome, account, &now
	a.Version++
}

// CheckNote refuses an empty text, and one longer than most characters; label names it in Chinese.
func CheckNote(p *Problems, field, label, text string, most int) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		p.Add(field, "required", "请填写"+label)
	case n > most:
		p.Add(field, "too_long", fmt.Sprintf("%s不能超过%d个字", label, most))
	}
}
