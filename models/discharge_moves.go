package models

import (
	"time"

	"jiayi/internal/calendar"
)

// DischargeMove is an event of a discharge notice's life (domain §6.8).
type DischargeMove string

// The moves.
const (
	DischargePlan   DischargeMove = "plan"
	DischargeNotify DischargeMove = "notify"    // the resident has left, or the referral ended so
	DischargeLeave  DischargeMove = "leave"     // as planned
	DischargeCancel DischargeMove = "cancel"    // entered by mistake
	DischargeAsk    DischargeMove = "ask"       // a level was recorded
	DischargeTake   DischargeMove = "hand_over" // the team takes over
	DischargeEnd    DischargeMove = "end"       // the last level is over, or the resident died or left
)

// DischargeMoveLabels are the Chinese names of the moves.
var DischargeMoveLabels = map[DischargeMove]string{
	DischargePlan: "登记计划出院", DischargeNotify: "发出院通知", DischargeLeave: "已出院", DischargeCancel: "撤销", DischargeAsk: "登记随访",
	DischargeTake: "团队接收", DischargeEnd: "结束",
}

// DischargeProcess is the state table of a discharge notice. The hospital plays the receiver.
var DischargeProcess = Process[DischargeStatus, DischargeMove]{
	Noun: "discharge", Title: "出院通知", States: DischargeStatusLabels, Moves: DischargeMoveLabels, Steps: []Step[DischargeStatus, DischargeMove]{
		{DischargePlan, nil, DischargePlanned, receiving, DischargeWrite, false},
		{DischargeNotify, nil, DischargeNotified, receiving | PartySystem, DischargeWrite, false},
		{DischargeLeave, []DischargeStatus{DischargePlanned}, DischargeNotified, receiving, DischargeWrite, false},
		{DischargeCancel, []DischargeStatus{DischargePlanned, DischargeNotified}, DischargeCancelled, receiving, DischargeWrite, true},
		{DischargeAsk, DischargeOpen, "", receiving, DischargeWrite, false},
		{DischargeTake, []DischargeStatus{DischargeNotified}, DischargeTaken, PartyTeam, DischargeWrite, true},
		{DischargeEnd, DischargeOpen, DischargeClosed, PartySystem, "", false},
	},
}

// Parties are the parts the actor plays in the discharge.
func (d Discharge) Parties(a Actor) Party {
	p := a.Party(d.ResidentID, d.TeamID, d.InstitutionID)
	if a.WorksAt(d.HospitalID) && !a.Serves(d.TeamID) && a.Can(DischargeWrite) {
		p |= PartyReceiver
	}
	if a.Can(ReferralAssign) {
		p |= PartyDesk
	}
	return p
}

// Move applies a move to the notice; it refuses what Process.Move refuses. It is the only
// writer of Status and of the instants and deadlines that follow from it.
func (d *Discharge) Move(m DischargeMove, by Actor, reason string, now time.Time) (Event, error) {
	to, e, err := DischargeProcess.Move(d.Status, m, by, d.Parties(by), reason)
	if err != nil {
		return e, err
	}
	d.Status = to
	switch m {
	case DischargeNotify, DischargeLeave:
		d.NotifiedOn = calendar.DateOf(now)
		late := d.NotifiedOn.AddWorkingDays(HandOverWorkingDays).AddDays(1).Start().UTC()
		d.DueAt, d.TakeOverBy = &late, &late
	case DischargeTake:
		over := d.DischargedOn.AddDays(CallCentreDays + 1).Start().UTC()
		d.TakenAt, d.DueAt, d.EscalatedAt = &now, &over, nil
	case DischargeCancel, DischargeEnd:
		d.DueAt = nil
	}
	return e, nil
}

// Late tells whether the team should have taken over by now.
func (d Discharge) Late(now time.Time) bool {
	return d.Status == DischargeNotified && d.DueAt != nil && !now.Before(*d.DueAt)
}
