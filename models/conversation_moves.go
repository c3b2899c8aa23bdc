package models

import "time"

// ConversationMove is an event of a conversation.
type ConversationMove string

// The moves.
const (
	TalkBegin    ConversationMove = "begin"
	TalkReopen   ConversationMove = "reopen"    // a message within seven days after the end
	TalkHandOver ConversationMove = "hand_over" // to another member, with a note
	TalkClose    ConversationMove = "close"     // with a summary
)

// ConversationMoveLabels are the Chinese names of the moves.
var ConversationMoveLabels = map[ConversationMove]string{TalkBegin: "发起咨询", TalkReopen: "继续咨询", TalkHandOver: "转交", TalkClose: "结束咨询"}

// ConversationProcess is the state table of a conversation. The reason of a hand-over is its
// note, that of a close its summary.
var ConversationProcess = Process[ConversationStatus, ConversationMove]{
	Noun: ConversationNoun, Title: "医患消息", States: ConversationStatusLabels, Moves: ConversationMoveLabels,
	Steps: []Step[ConversationStatus, ConversationMove]{
		{TalkBegin, nil, ConversationOpen, PartyResident | PartyTeam, MessageWrite, false},
		{TalkReopen, []ConversationStatus{ConversationClosed}, ConversationOpen, PartyResident | PartyTeam, MessageWrite, false},
		{TalkHandOver, []ConversationStatus{ConversationOpen}, ConversationOpen, PartyTeam, MessageWrite, true},
		{TalkClose, []ConversationStatus{ConversationOpen}, ConversationClosed, PartyTeam | PartySystem, MessageWrite, true},
	},
}

// Move applies a move to the conversation; it is the only writer of its status.
func (c *Conversation) Move(m ConversationMove, by Actor, parties Party, reason string, now time.Time) (Event, error) {
	to, e, err := ConversationProcess.Move(c.Status, m, by, parties, reason)
	if err != nil {
		return e, err
	}
	c.Status = to
	switch m {
	case TalkBegin, TalkReopen:
		c.Current, c.ClosedAt = new(true), nil
	case TalkClose:
		c.Current, c.ClosedAt, c.Summary, c.ReplyBy, c.TeamUnread = nil, &now, reason, nil, 0
	}
	return e, nil
}
