package models

import (
	"time"

	"jiayi/internal/calendar"
)

// VisitAnswerLabels are the Chinese names of the answers.
var VisitAnswerLabels = map[VisitAnswer]string{Unanswered: "未答复", Confirmed: "居民已确认", Denied: "居民否认"}

// MaxDenialReason is the longest reason for denying a visit, in characters.
const MaxDenialReason = 200

// DenialReason is what a flag on a denied visit says; the resident's own words are its note.
const DenialReason = "居民否认此次服务,请核实"

// AnswerUntil is the last day the resident can confirm or deny the visit: AnswerDays after
// the day of its entry, which may be later than the visit.
func (e Encounter) AnswerUntil() Date { return calendar.DateOf(e.CreatedAt).AddDays(AnswerDays) }

// Answerable is nil when the actor may confirm or deny the visit today. It is Forbidden for
// anyone but the resident or a guardian, and Conflict voided, already_answered or too_late.
func (e Encounter) Answerable(by Actor, today Date) error {
	until := e.AnswerUntil()
	switch {
	case by.Role != ResidentRole || !by.ActsFor(e.ResidentID):
		return ErrForbidden
	case e.Voided:
		return Errorf(Conflict, "voided", "该服务记录已作废,无需答复")
	case e.Answer != Unanswered:
		return Errorf(Conflict, "already_answered", "该服务记录已答复过:%s", VisitAnswerLabels[e.Answer])
	case today.After(until):
		late := Errorf(Conflict, "too_late", "该服务记录的答复截止于%s,已不能再答复", until.Chinese())
		late.Details = map[string]any{"last_day": until.String()}
		return late
	}
	return nil
}

// Reply gives the resident's answer to the visit, once; it refuses what Answerable refuses.
func (e *Encounter) Reply(a VisitAnswer, by Actor, now time.Time) error {
	if err := e.Answerable(by, calendar.DateOf(now)); err != nil {
		return err
	}
	e.Answer, e.AnsweredBy, e.AnsweredAt = a, by.Name(), &now
	return nil
}
