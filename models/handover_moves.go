package models

// HandoverMove is an event of a handover's life.
type HandoverMove string

// The moves.
const (
	HandoverPlan   HandoverMove = "plan"
	HandoverCarry  HandoverMove = "carry_out" // on its day, by the nightly job or by a manager
	HandoverCancel HandoverMove = "cancel"
)

// HandoverMoveLabels are the Chinese names of the moves.
var HandoverMoveLabels = map[HandoverMove]string{HandoverPlan: "计划交接", HandoverCarry: "执行交接", HandoverCancel: "取消交接"}

// HandoverProcess is the state table of a handover.
var HandoverProcess = Process[HandoverStatus, HandoverMove]{
	Noun: "handover", Title: "交接", States: HandoverStatusLabels, Moves: HandoverMoveLabels, Steps: []Step[HandoverStatus, HandoverMove]{
		{HandoverPlan, nil, HandoverPlanned, PartyManager, HandoverWrite, true},
		{HandoverCarry, []HandoverStatus{HandoverPlanned}, HandoverDone, PartyManager, HandoverWrite, false},
		{HandoverCancel, []HandoverStatus{HandoverPlanned}, HandoverCancelled, PartyManager, HandoverWrite, true},
	},
}

// Parties are the parts the actor plays in a handover whose new team belongs to an
// institution: an institution's manager hands over within it, the district's between any.
func (h Handover) Parties(by Actor, to ID) Party {
	switch {
	case by.Role == SystemRole, by.Role == DistrictManager:
		return PartyManager
	case by.Role == InstitutionManager && by.InstitutionID == h.InstitutionID && to == h.InstitutionID:
		return PartyManager
	}
	return 0
}

// Move applies a move to the handover; it is the only writer of its status. It refuses as
// Process.Move does, and with Conflict too_early before the day.
func (h *Handover) Move(m HandoverMove, by Actor, parties Party, reason string, today Date) (Event, error) {
	to, e, err := HandoverProcess.Move(h.Status, m, by, parties, reason)
	if err != nil {
		return e, err
	}
	if m == HandoverCarry && today.Before(h.On) {
		return e, Errorf(Conflict, "too_early", "交接于%s生效,在此之前不能执行", h.On)
	}
	h.Status = to
	return e, nil
}
