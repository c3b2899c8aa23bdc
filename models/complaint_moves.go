package models

import (
	"time"

	"jiayi/internal/calendar"
)

// ComplaintMove is an event of a complaint's life (domain §6.7).
type ComplaintMove string

// The moves.
const (
	MoveFile     ComplaintMove = "file"
	MoveAssign   ComplaintMove = "assign"
	MoveReassign ComplaintMove = "reassign" // a second dispatch
	MoveTake     ComplaintMove = "take"     // the handler begins
	MoveReturn   ComplaintMove = "return"   // the handler says it is not theirs
	MoveReply    ComplaintMove = "reply"
	MoveVisit    ComplaintMove = "visit" // the officer calls back 回访
	MoveClose    ComplaintMove = "close"
	MoveReopen   ComplaintMove = "reopen"
)

// ComplaintMoveLabels are the Chinese names of the moves.
var ComplaintMoveLabels = map[ComplaintMove]string{
	MoveFile: "提出诉求", MoveAssign: "分派", MoveReassign: "再次分派", MoveTake: "开始办理", MoveReturn: "退回", MoveReply: "答复",
	MoveVisit: "回访", MoveClose: "办结", MoveReopen: "重新办理",
}

// ComplaintProcess is the state table of a complaint (domain §6.7).
var ComplaintProcess = Process[ComplaintStatus, ComplaintMove]{
	Noun: "complaint", Title: "诉求", States: ComplaintStatusLabels, Moves: ComplaintMoveLabels, Steps: []Step[ComplaintStatus, ComplaintMove]{
		{MoveFile, nil, ComplaintReceived, PartyResident | PartyDesk, ComplaintFile, false},
		{MoveAssign, []ComplaintStatus{ComplaintReceived}, ComplaintAssigned, PartyDesk, ComplaintHandle, false},
		{MoveReassign, []ComplaintStatus{ComplaintAssigned, ComplaintProcessing, ComplaintReplied, ComplaintReopened}, ComplaintAssigned, PartyDesk, ComplaintHandle, true},
		{MoveTake, []ComplaintStatus{ComplaintAssigned}, ComplaintProcessing, PartyReceiver, ComplaintAnswer, false},
		{MoveReturn, []ComplaintStatus{ComplaintAssigned, ComplaintProcessing}, ComplaintReceived, PartyReceiver, ComplaintAnswer, true},
		{MoveReply, []ComplaintStatus{ComplaintProcessing}, ComplaintReplied, PartyReceiver, ComplaintAnswer, false},
		{MoveVisit, []ComplaintStatus{ComplaintReplied}, ComplaintVisited, PartyDesk, ComplaintHandle, false},
		{MoveClose, []ComplaintStatus{ComplaintVisited}, ComplaintClosed, PartyDesk, ComplaintHandle, false},
		{MoveReopen, []ComplaintStatus{ComplaintVisited, ComplaintClosed}, ComplaintReopened, PartyDesk, ComplaintHandle, true},
	},
}

// Parties are the parts the actor plays in the complaint. The desk is whoever handles
// complaints for the whole district.
func (c Complaint) Parties(a Actor) Party {
	var p Party
	if a.ActsFor(c.ResidentID) {
		p |= PartyResident
	}
	if a.Reach() == DistrictReach && a.Role.Has(ComplaintHandle) {
		p |= PartyDesk
	}
	if c.HandlerInstID != 0 && (a.Reach() == InstitutionReach && a.InstitutionID == c.HandlerInstID || a.Reach() == TeamReach && a.Serves(c.HandlerTeamID)) {
		p |= PartyReceiver
	}
	return p
}

// ComplaintStep is a move with what it needs: who has to answer for a dispatch, the answer
// for a reply, what the complainant says for a visit.
type ComplaintStep struct {
	Move                  ComplaintMove
	Reason                string
	InstitutionID, TeamID ID
	Result                string
	Satisfaction          Satisfaction
	Resolved              string // yes or no
}

// check notes what the move lacks.
func (s ComplaintStep) check(p *Problems) {
	switch s.Move {
	case MoveAssign, MoveReassign:
		if s.InstitutionID == 0 && s.TeamID == 0 {
			p.Add("institution_id", "required", "请选择承办机构或团队")
		}
	case MoveReply:
		CheckNote(p, "result", "答复内容", s.Result, MaxComplaint)
	case MoveVisit:
		if _, ok := SatisfactionLabels[s.Satisfaction]; !ok {
			p.Add("satisfaction", "enum", "请选择满意度")
		}
		if s.Resolved != "yes" && s.Resolved != "no" {
			p.Add("resolved", "required", "请填写诉求是否解决")
		}
	}
}

// Move applies a step to the complaint and is the only writer of its state. It refuses with
// Forbidden when the actor plays no part that may make it, with Conflict when the state
// forbids it, and with Invalid when something is missing.
func (c *Complaint) Move(s ComplaintStep, by Actor, now time.Time) (Event, error) {
	to, e, err := ComplaintProcess.Move(c.Status, s.Move, by, c.Parties(by), s.Reason)
	if err != nil {
		return e, err
	}
	var p Problems
	if s.check(&p); len(p) > 0 {
		return e, p.Err()
	}
	switch s.Move {
	case MoveFile:
		c.await(ComplaintDue(calendar.DateOf(c.ReceivedAt), c.Urgent))
	case MoveAssign, MoveReassign:
		c.HandlerInstID, c.HandlerTeamID = s.InstitutionID, s.TeamID
		c.Dispatches++
		c.RepliedAt = nil // an answer sent back is none; the clock goes on
		c.await(c.DueAt)
	case MoveReturn:
		c.HandlerInstID, c.HandlerTeamID = 0, 0
	case MoveReply:
		c.Result, c.RepliedAt, c.WaitingUntil = s.Result, &now, nil
	case MoveVisit:
		c.Satisfaction, c.Resolved, c.VisitedAt = s.Satisfaction, s.Resolved, &now
	case MoveClose:
		c.ClosedAt = &now
	case MoveReopen:
		c.Late = c.Late || !c.OnTime()
		c.Reopens++
		c.RepliedAt, c.VisitedAt, c.ClosedAt, c.Satisfaction, c.Resolved = nil, nil, nil, "", ""
		c.await(ComplaintDue(calendar.DateOf(now), c.Urgent))
	}
	c.Status = to
	return e, nil
}

// await notes by when an answer is owed.
func (c *Complaint) await(due time.Time) { c.DueAt, c.WaitingUntil = due, &due }

// MaxMoveReason is the longest reason of a move, in characters.
const MaxMoveReason = 200
