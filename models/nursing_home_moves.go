package models

import "jiayi/internal/calendar"

// HomeAgreementMove is an event of an agreement's life (domain §6.9).
type HomeAgreementMove string

// The moves.
const (
	MoveDraftHome     HomeAgreementMove = "draft"
	MoveActivateHome  HomeAgreementMove = "activate" // both sides have signed
	MoveSuspendHome   HomeAgreementMove = "suspend"
	MoveResumeHome    HomeAgreementMove = "resume"
	MoveRenewHome     HomeAgreementMove = "renew" // a new last day
	MoveTerminateHome HomeAgreementMove = "terminate"
	MoveExpireHome    HomeAgreementMove = "expire"
)

// HomeAgreementMoveLabels are the Chinese names of the moves.
var HomeAgreementMoveLabels = map[HomeAgreementMove]string{
	MoveDraftHome: "拟定协议", MoveActivateHome: "双方签署,开始履行", MoveSuspendHome: "中止", MoveResumeHome: "恢复履行", MoveRenewHome: "续签",
	MoveTerminateHome: "终止", MoveExpireHome: "到期",
}

// HomeAgreementProcess is the state table of an agreement with a home (domain §6.9).
var HomeAgreementProcess = Process[HomeAgreementStatus, HomeAgreementMove]{
	Noun: "home_agreement", Title: "医养签约协议", States: HomeAgreementStatusLabels, Moves: HomeAgreementMoveLabels, Steps: []Step[HomeAgreementStatus, HomeAgreementMove]{
		{MoveDraftHome, nil, HomeDraft, PartyManager, AgreementWrite, false},
		{MoveActivateHome, []HomeAgreementStatus{HomeDraft}, HomeActive, PartyManager, AgreementWrite, false},
		{MoveSuspendHome, []HomeAgreementStatus{HomeActive}, HomeSuspended, PartyManager, AgreementWrite, true},
		{MoveResumeHome, []HomeAgreementStatus{HomeSuspended}, HomeActive, PartyManager, AgreementWrite, false},
		{MoveRenewHome, []HomeAgreementStatus{HomeActive, HomeExpired}, HomeActive, PartyManager, AgreementWrite, false},
		{MoveTerminateHome, []HomeAgreementStatus{HomeDraft, HomeActive, HomeSuspended}, HomeTerminated, PartyManager, AgreementWrite, true},
		{MoveExpireHome, []HomeAgreementStatus{HomeActive, HomeSuspended}, HomeExpired, PartySystem, "", false},
	},
}

// Parties are the parts the actor plays in the agreement.
func (a HomeAgreement) Parties(by Actor) Party {
	switch {
	case by.Role == SystemRole:
		return PartySystem | PartyManager
	case by.Role == DistrictManager, by.Role == InstitutionManager && by.InstitutionID == a.InstitutionID:
		return PartyManager
	}
	return 0
}

// HomeAgreementStep is a move; Until is the new last day of a renewal.
type HomeAgreementStep struct {
	Move   HomeAgreementMove
	Reason string
	Until  Date
}

// Move applies a step to the agreement and is the only writer of its state. It refuses as
// Process.Move does, and with Invalid for a term that has ended or a renewal that does not
// lengthen it.
func (a *HomeAgreement) Move(s HomeAgreementStep, by Actor, today Date) (Event, error) {
	to, e, err := HomeAgreementProcess.Move(a.Status, s.Move, by, a.Parties(by), s.Reason)
	if err != nil {
		return e, err
	}
	switch s.Move {
	case MoveActivateHome, MoveResumeHome:
		if a.EndOn.Before(today) {
			return e, InvalidField("end_on", "past", "协议期限已过,请先终止后重新拟定")
		}
	case MoveRenewHome:
		var p Problems
		if checkHomeTerm(&p, calendar.Later(today, a.EndOn).AddDays(1), s.Until); len(p) > 0 {
			return e, InvalidField("until", p[0].Code, "续签的结束日期应晚于原期限,且一次不超过5年")
		}
		a.EndOn = s.Until
	}
	a.Status, a.Live = to, nil
	if to == HomeDraft || to == HomeActive || to == HomeSuspended {
		a.Live = new(true)
	}
	return e, nil
}
