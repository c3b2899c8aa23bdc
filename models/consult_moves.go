package models

import (
	"time"

	"jiayi/internal/calendar"
)

// ConsultMove is an event of a consult's life (domain §6.3).
type ConsultMove string

// The moves.
const (
	ConsultRequest ConsultMove = "request"
	ConsultCancel  ConsultMove = "cancel"
	ConsultAccept  ConsultMove = "accept"
	ConsultReject  ConsultMove = "reject"
	ConsultBegin   ConsultMove = "begin"
	ConsultReport  ConsultMove = "report" // again before it is signed, to correct it
	ConsultSign    ConsultMove = "sign"
	ConsultClose   ConsultMove = "close" // the team has read it
)

// ConsultMoveLabels are the Chinese names of the moves.
var ConsultMoveLabels = map[ConsultMove]string{
	ConsultRequest: "申请", ConsultCancel: "撤销", ConsultAccept: "受理", ConsultReject: "拒绝", ConsultBegin: "开始", ConsultReport: "出具报告",
	ConsultSign: "签发报告", ConsultClose: "确认并结束",
}

// ConsultProcess is the state table of a remote consult (domain §6.3).
var ConsultProcess = Process[ConsultStatus, ConsultMove]{
	Noun: "consult", Title: "远程会诊", States: ConsultStatusLabels, Moves: ConsultMoveLabels, Steps: []Step[ConsultStatus, ConsultMove]{
		{ConsultRequest, nil, ConsultRequested, PartyTeam, ConsultWrite, false},
		{ConsultCancel, []ConsultStatus{ConsultRequested, ConsultAccepted}, ConsultCancelled, PartyTeam | PartySystem, ConsultWrite, true},
		{ConsultAccept, []ConsultStatus{ConsultRequested}, ConsultAccepted, PartyReceiver, ConsultAnswer, false},
		{ConsultReject, []ConsultStatus{ConsultRequested}, ConsultRejected, PartyReceiver, ConsultAnswer, true},
		{ConsultBegin, []ConsultStatus{ConsultAccepted}, ConsultInProgress, PartyReceiver, ConsultAnswer, false},
		{ConsultReport, []ConsultStatus{ConsultInProgress, ConsultReported}, ConsultReported, PartyReceiver, ConsultAnswer, false},
		{ConsultSign, []ConsultStatus{ConsultReported}, ConsultSigned, PartyReceiver, ConsultAnswer, false},
		{ConsultClose, []ConsultStatus{ConsultSigned}, ConsultClosed, PartyTeam, ConsultWrite, false},
	},
}

// Parties are the parts the actor plays in the consult. Whoever serves in the team that asks
// does not answer.
func (c Consult) Parties(a Actor) Party {
	p := a.Party(c.ResidentID, c.TeamID, c.InstitutionID)
	if a.WorksAt(c.CentreID) && !a.Serves(c.TeamID) && a.Can(ConsultAnswer) {
		p |= PartyReceiver
	}
	return p
}

// Move applies a move to the consult. Beside what Process.Move refuses, it refuses a report
// without an opinion with Invalid. It is the only writer of Status and of the instants and
// deadlines that follow from it.
func (c *Consult) Move(m ConsultMove, by Actor, reason string, now time.Time) (Event, error) {
	to, e, err := ConsultProcess.Move(c.Status, m, by, c.Parties(by), reason)
	if err != nil {
		return e, err
	}
	if m == ConsultReport {
		var p Problems
		Report{c.Findings, c.Opinion}.Check(&p)
		if err := p.Err(); err != nil {
			return e, err
		}
	}
	c.Status = to
	switch m {
	case ConsultRequest:
		c.ReportBy = now.Add(OrdinaryReport)
		if c.Emergency {
			c.ReportBy = now.Add(EmergencyReport)
		}
		c.DueAt, c.RequestedOn = &c.ReportBy, calendar.DateOf(now)
	case ConsultReport:
		if c.ReportedAt == nil {
			c.ReportedAt = &now
		}
		c.ReporterID = by.StaffID
		c.DueAt = nil
	case ConsultSign:
		c.SignedAt, c.SignerID = &now, by.StaffID
	case ConsultCancel, ConsultReject:
		c.DueAt = nil
	}
	return e, nil
}
