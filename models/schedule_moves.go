package models

// ScheduleMove is an event of a period's life.
type ScheduleMove string

// The moves.
const (
	ScheduleAdd      ScheduleMove = "add"
	ScheduleWithdraw ScheduleMove = "withdraw" // its bookings are cancelled, and everyone is told
)

// ScheduleMoveLabels are the Chinese names of the moves.
var ScheduleMoveLabels = map[ScheduleMove]string{ScheduleAdd: "排班", ScheduleWithdraw: "停诊"}

// ScheduleProcess is the state table of a period (domain §6.2).
var ScheduleProcess = Process[ScheduleStatus, ScheduleMove]{
	Noun: "schedule", Title: "出诊时段", States: ScheduleStatusLabels, Moves: ScheduleMoveLabels,
	Steps: []Step[ScheduleStatus, ScheduleMove]{
		{ScheduleAdd, nil, ScheduleOpen, PartyTeam | PartyManager, ScheduleWrite, false},
		{ScheduleWithdraw, []ScheduleStatus{ScheduleOpen}, ScheduleWithdrawn, PartyTeam | PartyManager, ScheduleWrite, true},
	},
}

// Parties are the parts the actor plays in the period.
func (s Schedule) Parties(by Actor) Party {
	if !by.AtPlace(s.TeamID, s.InstitutionID) {
		return 0
	}
	if by.Reach() == TeamReach {
		return PartyTeam
	}
	return PartyTeam | PartyManager
}

// Move applies a move to the period; it is the only writer of its status.
func (s *Schedule) Move(m ScheduleMove, by Actor, reason string) (Event, error) {
	to, e, err := ScheduleProcess.Move(s.Status, m, by, s.Parties(by), reason)
	if err == nil {
		s.Status = to
	}
	return e, err
}
