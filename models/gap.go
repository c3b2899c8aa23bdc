package models

import (
	"time"
	"unicode/utf8"
)

// GapOutcome is what came of speaking to someone about signing.
type GapOutcome string

// The outcomes of a contact.
const (
	GapWillSign   GapOutcome = "will_sign"
	GapThinking   GapOutcome = "thinking"
	GapRefused    GapOutcome = "refused"
	GapNotReached GapOutcome = "not_reached"
	GapAway       GapOutcome = "away" // lives elsewhere for a time
)

// GapOutcomeLabels are the Chinese names of the outcomes.
var GapOutcomeLabels = map[GapOutcome]string{ // #nosec G101 -- names, not a secret
	GapWillSign: "同意签约", GapThinking: "再考虑", GapRefused: "拒绝签约", GapNotReached: "未联系上", GapAway: "外出",
}

// GapItem is the work on one resident who is eligible but has no contract (应签未签). The
// list itself follows from the standing of residents; an item holds what was arranged
// and what came of it, and stays when the resident signs.
type GapItem struct {
	ResidentID ID         `gorm:"primaryKey;autoIncrement:false"`
	StaffID    ID         `gorm:"not null;index"` // who is to speak to the resident, 0 for anyone of the team
	Outcome    GapOutcome `gorm:"size:16;not null"`
	Contacts   int        `gorm:"not null"` // how often somebody tried
	LastOn     Date       // of the last contact
	NextOn     Date       // when to try again
	Version    int        `gorm:"not null"`
	UpdatedAt  time.Time
}

// GapContact is one talk, or try at one, about signing; it is never changed.
type GapContact struct {
	ID         ID
	ResidentID ID         `gorm:"not null;index"`
	On         Date       `gorm:"column:made_on;not null"`
	Way        int        `gorm:"not null"` // clinical.Way
	Outcome    GapOutcome `gorm:"size:16;not null"`
	Note       string     `gorm:"serializer:sealed"`
	StaffID    ID         `gorm:"not null"`
	CreatedAt  time.Time
}

// Check notes what is wrong with a contact on the day; next is when to try again, zero
// for not at all.
func (c GapContact) Check(p *Problems, next, today Date) {
	switch {
	case c.On.IsZero():
		p.Add("on", "required", "请填写联系日期")
	case c.On.After(today):
		p.Add("on", "future", "联系日期不能晚于今天")
	}
	checkWay(p, c.Way)
	if _, ok := GapOutcomeLabels[c.Outcome]; !ok {
		p.Add("outcome", "enum", "联系结果不在可选范围内")
	}
	if utf8.RuneCountInString(c.Note) > MaxAttemptNote {
		p.Add("note", "too_long", "说明不能超过200个字")
	}
	if !next.IsZero() && !next.After(c.On) {
		p.Add("next_on", "inconsistent", "下次联系日期应晚于本次联系日期")
	}
}

// NearCapacity is the share of a team's capacity, in percent, from which it is warned
// (domain §1.3).
const NearCapacity = 90
