package models

import (
	"slices"
	"strings"
	"time"

	"jiayi/internal/calendar"
)

// ReferralMove is an event of a referral's life (domain §6.1).
type ReferralMove string

// The moves.
const (
	ReferDraft      ReferralMove = "draft"       // the team writes it
	ReferBeginDown  ReferralMove = "begin_down"  // a hospital sends down whom nobody had sent up
	ReferAmend      ReferralMove = "amend"       // while it is a draft
	ReferConsent    ReferralMove = "consent"     // the resident, a guardian, or before the staff
	ReferSubmit     ReferralMove = "submit"      //
	ReferCancel     ReferralMove = "cancel"      // by the team, or because the resident died or left
	ReferWithdraw   ReferralMove = "withdraw"    // the resident no longer consents
	ReferAccept     ReferralMove = "accept"      //
	ReferReject     ReferralMove = "reject"      //
	ReferReassign   ReferralMove = "reassign"    // the centre asks another institution
	ReferArrive     ReferralMove = "arrive"      // 到诊
	ReferMiss       ReferralMove = "no_show"     // nobody came
	ReferAdmit      ReferralMove = "admit"       // 入院
	ReferComplete   ReferralMove = "complete"    // with the note of discharge
	ReferOn         ReferralMove = "transfer_on" // to a third institution
	ReferSendDown   ReferralMove = "send_down"   //
	ReferAcceptDown ReferralMove = "accept_down" // by itself when signed
	ReferTakeOver   ReferralMove = "take_over"   // the team has seen to it
	ReferClose      ReferralMove = "close"       // nothing to send down
	ReferFollowUp   ReferralMove = "follow_up"   // the team learnt the result
	ReferFinish     ReferralMove = "finish"      // it is over and its result is known
)

// ReferralMoveLabels are the Chinese names of the moves.
var ReferralMoveLabels = map[ReferralMove]string{
	ReferDraft: "填写转诊单", ReferBeginDown: "发起下转", ReferAmend: "修改转诊单", ReferConsent: "登记居民同意", ReferSubmit: "提交", ReferCancel: "撤销",
	ReferWithdraw: "居民撤回同意", ReferAccept: "接收", ReferReject: "拒绝", ReferReassign: "改派接收机构", ReferArrive: "到诊", ReferMiss: "逾期未到诊",
	ReferAdmit: "收住治疗", ReferComplete: "治疗结束", ReferOn: "转往他院", ReferSendDown: "下转", ReferAcceptDown: "接收下转", ReferTakeOver: "接续管理",
	ReferClose: "结束转诊", ReferFollowUp: "随访转诊结果", ReferFinish: "结果已知,归档",
}

// ReferralProcess is the state table of a referral (domain §6.1).
var ReferralProcess = Process[ReferralStatus, ReferralMove]{
	Noun: "referral", Title: "双向转诊", States: ReferralStatusLabels, Moves: ReferralMoveLabels, Steps: referralMoves,
}

var (
	receiving     = PartyReceiver | PartyDesk
	underWay      = []ReferralStatus{ReferralAccepted, ReferralArrived, ReferralInTreatment, ReferralCompleted, ReferralDownSubmitted, ReferralDownAccepted}
	overAccepted  = []ReferralStatus{ReferralNoShow, ReferralTransferredOn, ReferralClosed}
	referralMoves = []Step[ReferralStatus, ReferralMove]{
		{ReferDraft, nil, ReferralDrafted, PartyTeam, ReferralWrite, false},
		{ReferBeginDown, nil, ReferralDownSubmitted, PartyReceiver, ReferralReceive, false},
		{ReferAmend, []ReferralStatus{ReferralDrafted}, "", PartyTeam, ReferralWrite, false},
		{ReferConsent, []ReferralStatus{ReferralDrafted}, "", PartyTeam | PartyResident, ReferralConsent, false},
		{ReferSubmit, []ReferralStatus{ReferralDrafted}, ReferralSubmitted, PartyTeam, ReferralWrite, false},
		{ReferCancel, ReferralBeforeArrival, ReferralCancelled, PartyTeam | PartySystem, ReferralWrite, true},
		{ReferWithdraw, ReferralBeforeArrival, ReferralCancelled, PartyResident, ReferralConsent, false},
		{ReferAccept, []ReferralStatus{ReferralSubmitted}, ReferralAccepted, receiving, ReferralReceive, false},
		{ReferReject, []ReferralStatus{ReferralSubmitted}, ReferralRejected, receiving, ReferralReceive, true},
		{ReferReassign, []ReferralStatus{ReferralSubmitted}, "", PartyDesk, ReferralAssign, true},
		{ReferArrive, []ReferralStatus{ReferralAccepted}, ReferralArrived, receiving, ReferralReceive, false},
		{ReferMiss, []ReferralStatus{ReferralAccepted}, ReferralNoShow, PartySystem, "", false},
		{ReferAdmit, []ReferralStatus{ReferralArrived}, ReferralInTreatment, receiving, ReferralReceive, false},
		{ReferComplete, []ReferralStatus{ReferralArrived, ReferralInTreatment}, ReferralCompleted, receiving, ReferralReceive, false},
		{ReferOn, []ReferralStatus{ReferralInTreatment}, ReferralTransferredOn, receiving, ReferralReceive, true},
		{ReferSendDown, []ReferralStatus{ReferralCompleted}, ReferralDownSubmitted, receiving, ReferralReceive, false},
		{ReferClose, []ReferralStatus{ReferralCompleted}, ReferralClosed, receiving, ReferralReceive, false},
		{ReferAcceptDown, []ReferralStatus{ReferralDownSubmitted}, ReferralDownAccepted, PartyTeam | PartySystem, ReferralWrite, false},
		{ReferTakeOver, []ReferralStatus{ReferralDownAccepted}, ReferralClosed, PartyTeam, ReferralWrite, true},
		{ReferFollowUp, underWay, "", PartyTeam, ReferralWrite, false},
		{ReferFollowUp, overAccepted, ReferralFollowedUp, PartyTeam, ReferralWrite, false},
		{ReferFinish, overAccepted, ReferralFollowedUp, PartySystem, "", false},
	}
)

// Parties are the parts the actor plays in the referral. Whoever serves in the team that
// refers is no receiver of it, although both may be of one institution: a clinic's team
// refers to its own township hospital.
func (r Referral) Parties(a Actor) Party {
	p := a.Party(r.ResidentID, r.TeamID, r.InstitutionID)
	if a.WorksAt(r.HospitalID) && !a.Serves(r.TeamID) && a.Can(ReferralReceive) {
		p |= PartyReceiver
	}
	if a.Can(ReferralAssign) {
		p |= PartyDesk
	}
	return p
}

// Move applies a move to the referral. Beside what Process.Move refuses, it refuses with
//   - Invalid consent required for submitting or accepting without consent (domain §10.11);
//   - Invalid summary.* for ending treatment without a complete note of discharge;
//   - Conflict already_followed for a second result, and not_to_follow where there is none
//     to learn.
//
// It is the only writer of Status and of the instants and deadlines that follow from it.
func (r *Referral) Move(m ReferralMove, by Actor, reason string, now time.Time) (Event, error) {
	to, e, err := ReferralProcess.Move(r.Status, m, by, r.Parties(by), reason)
	if err != nil {
		return e, err
	}
	if err := r.ready(m, calendar.DateOf(now)); err != nil {
		return e, err
	}
	r.Status = to
	r.after(m, now)
	return e, nil
}

// ready refuses a move that lacks what it needs.
func (r *Referral) ready(m ReferralMove, today Date) error {
	switch m {
	case ReferSubmit, ReferAccept, ReferBeginDown:
		if r.ConsentBy == "" {
			return InvalidField("consent", "required", "须先取得居民同意")
		}
		if m == ReferSubmit && r.ExpectedOn.Before(today) {
			return InvalidField("expected_on", "past", "预计转诊日期不能早于今天,请先修改转诊单")
		}
	case ReferFollowUp:
		switch {
		case r.Direction == ReferDown:
			return Errorf(Conflict, "not_to_follow", "下转的转诊没有需要随访的到位结果")
		case r.Result != 0:
			return Errorf(Conflict, "already_followed", "该转诊的结果已随访登记")
		}
	}
	if m == ReferComplete || m == ReferBeginDown {
		var p Problems
		r.Summary.Check(&p, "summary.")
		return p.Err()
	}
	return nil
}

// after notes the instant of a move and sets the next deadline.
func (r *Referral) after(m ReferralMove, now time.Time) {
	today := calendar.DateOf(now)
	stays := m == ReferAmend || m == ReferConsent || m == ReferFollowUp
	if !stays {
		r.DueAt, r.EscalatedAt = nil, nil
	}
	switch m {
	case ReferSubmit, ReferReassign:
		if m == ReferSubmit {
			r.SubmittedAt, r.SubmittedOn = &now, today
		} else {
			r.Assigned++
		}
		by := now.Add(OrdinaryAnswer)
		if r.Urgency == UrgentCare {
			by = now.Add(UrgentAnswer)
		}
		r.DueAt, r.AnswerBy = &by, &by
	case ReferAccept:
		r.AnsweredAt, r.AcceptedAt = &now, &now
		r.Expect(r.ExpectedOn, today)
		r.FollowDueOn = r.SubmittedOn.AddDays(ReferralWeeks)
	case ReferReject:
		r.AnsweredAt = &now
	case ReferArrive:
		r.ArrivedAt = &now
	case ReferComplete:
		r.CompletedAt = &now
	case ReferBeginDown, ReferSendDown, ReferAcceptDown:
		if m != ReferAcceptDown {
			r.DownOn = today
		}
		late := r.DownOn.AddWorkingDays(DownWorkingDays).AddDays(1).Start().UTC()
		r.DueAt = &late
	case ReferCancel, ReferWithdraw:
		r.FollowDueOn = Date{}
	}
	if r.Direction == ReferDown {
		r.FollowDueOn = Date{}
	}
}

// Follow notes what the team learnt on the day; Move is to be called before.
func (r *Referral) Follow(result ReferralOutcome, note string, on Date) {
	r.Result, r.FollowNote, r.FollowedOn = result, strings.TrimSpace(note), on
}

// Finished tells whether the referral is over and its result known, so that it is to be
// moved to its last state.
func (r Referral) Finished() bool {
	return r.Result != 0 && slices.Contains(overAccepted, r.Status)
}

// CheckFollowUp notes what is wrong with a result learnt on the day.
func (r Referral) CheckFollowUp(p *Problems, result ReferralOutcome, note string, on, today Date) {
	if _, ok := ReferralOutcomeLabels[result]; !ok {
		p.Add("result", "enum", "转诊结果应为 1 到位或 2 不到位")
	}
	switch {
	case on.After(today):
		p.Add("on", "future", "随访日期不能晚于今天")
	case on.Before(r.SubmittedOn):
		p.Add("on", "before_referral", "随访日期不能早于转诊提交日期")
	}
	if result == ReferralMissed {
		CheckNote(p, "note", "不到位的原因", note, MaxReferralText)
	} else if strings.TrimSpace(note) != "" {
		CheckNote(p, "note", "说明", note, MaxReferralText)
	}
}

// Expect is the day the receiver has room on; nobody is waited for beyond it.
func (r *Referral) Expect(on, today Date) {
	r.ExpectedOn = on
	late := calendar.Later(on, today).AddDays(NoShowDays + 1).Start().UTC()
	r.DueAt = &late
}
