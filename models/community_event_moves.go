package models

// EventMove is something that happens to a community event.
type EventMove string

// The moves.
const (
	MovePlanEvent   EventMove = "plan"
	MoveOpenEvent   EventMove = "open"
	MoveCloseEvent  EventMove = "close"
	MoveCancelEvent EventMove = "cancel"
	MoveLapseEvent  EventMove = "lapse" // its day is over and nobody closed it, or held it
)

// EventMoveLabels are the Chinese names of the moves.
var EventMoveLabels = map[EventMove]string{
	MovePlanEvent: "计划活动", MoveOpenEvent: "活动开始", MoveCloseEvent: "活动结束", MoveCancelEvent: "取消活动", MoveLapseEvent: "活动日期已过,自动结束或取消",
}

// CommunityEventProcess is the state table of a community event (domain §6.10).
var CommunityEventProcess = Process[EventStatus, EventMove]{
	Noun: "community_event", Title: "社区活动", States: EventStatusLabels, Moves: EventMoveLabels, Steps: []Step[EventStatus, EventMove]{
		{MovePlanEvent, nil, EventPlanned, PartyTeam, EventWrite, false},
		{MoveOpenEvent, []EventStatus{EventPlanned}, EventOpen, PartyTeam, EventWrite, false},
		{MoveCloseEvent, []EventStatus{EventOpen}, EventClosed, PartyTeam, EventWrite, false},
		{MoveCancelEvent, []EventStatus{EventPlanned, EventOpen}, EventCancelled, PartyTeam, EventWrite, true},
		{MoveLapseEvent, []EventStatus{EventPlanned}, EventCancelled, PartySystem, "", false},
		{MoveLapseEvent, []EventStatus{EventOpen}, EventClosed, PartySystem, "", false},
	},
}

// Parties are the parts the actor plays in the event: staff of a team that holds it, or
// managers above.
func (e CommunityEvent) Parties(by Actor) Party {
	switch by.Role {
	case SystemRole:
		return PartySystem | PartyTeam | PartyManager
	case DistrictManager:
		return PartyTeam | PartyManager
	case InstitutionManager:
		if by.InstitutionID == e.InstitutionID {
			return PartyTeam | PartyManager
		}
		return 0
	}
	for _, team := range e.Teams {
		if by.Reach() == TeamReach && by.Serves(team) {
			return PartyTeam
		}
	}
	return 0
}

// Move makes a move on the event and is the only writer of its state. It refuses as
// Process.Move does, and with Conflict not_today when it is opened on another day.
func (e *CommunityEvent) Move(m EventMove, by Actor, reason string, today Date) (Event, error) {
	to, event, err := CommunityEventProcess.Move(e.Status, m, by, e.Parties(by), reason)
	if err != nil {
		return event, err
	}
	if m == MoveOpenEvent && e.On != today {
		return event, Errorf(Conflict, "not_today", "活动只能在%s当天开始", e.On.Chinese())
	}
	e.Status = to
	return event, nil
}
