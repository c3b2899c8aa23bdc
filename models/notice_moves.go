package models

import "time"

// NoticeMove is an event of a notice's life on its way to a phone (domain §7.4). Whether it
// was read is another matter: it is in the inbox from the beginning.
type NoticeMove string

// The moves.
const (
	MoveQueue   NoticeMove = "queue"   // it may go to a phone
	MoveKeep    NoticeMove = "keep"    // it stays in the inbox
	MoveDeliver NoticeMove = "deliver" // it is on its way to a phone
	MoveGiveUp  NoticeMove = "give_up" // no phone was reached
	MoveResend  NoticeMove = "resend"  // one more round
	MoveTell    NoticeMove = "tell"    // a person told it by telephone
)

// NoticeMoveLabels are the Chinese names of the moves.
var NoticeMoveLabels = map[NoticeMove]string{
	MoveQueue: "待发送", MoveKeep: "存入消息列表", MoveDeliver: "发送", MoveGiveUp: "停止发送", MoveResend: "重新发送", MoveTell: "电话告知",
}

// NoticeNoun names notices in histories and the audit.
const NoticeNoun = "notice"

// NoticeProcess is the state table of a notice on its way to a phone (domain §7.4).
var NoticeProcess = Process[MessageStatus, NoticeMove]{
	Noun: NoticeNoun, Title: "通知", States: MessageStatusLabels, Moves: NoticeMoveLabels, Steps: []Step[MessageStatus, NoticeMove]{
		{MoveQueue, nil, MessageWaiting, PartySystem, "", false},
		{MoveKeep, nil, MessageInbox, PartySystem, "", false},
		{MoveKeep, []MessageStatus{MessageWaiting}, MessageInbox, PartySystem, "", false},
		{MoveDeliver, []MessageStatus{MessageWaiting}, MessageSent, PartySystem, "", false},
		{MoveGiveUp, []MessageStatus{MessageWaiting}, MessageDead, PartySystem, "", false},
		{MoveResend, []MessageStatus{MessageDead}, MessageWaiting, PartyTeam, NoticeFollow, false},
		{MoveTell, []MessageStatus{MessageDead}, MessageTold, PartyTeam, NoticeFollow, true},
	},
}

// Move makes a move on the message and is the only writer of its status. It refuses as
// Process.Move does. A resent message begins a round of its own.
func (m *Message) Move(move NoticeMove, by Actor, parties Party, note string, now time.Time) (Event, error) {
	to, e, err := NoticeProcess.Move(m.Status, move, by, parties, note)
	if err != nil {
		return e, err
	}
	switch move {
	case MoveDeliver:
		m.SentAt, m.LastError = &now, ""
	case MoveResend:
		m.Attempts, m.NotBefore, m.LastError = 0, now, ""
	}
	m.Status = to
	return e, nil
}

// pass makes a move of the system. It panics where the state forbids it: the caller knows
// the state.
func (m *Message) pass(move NoticeMove, now time.Time) {
	if _, err := m.Move(move, System("outbox"), PartySystem, "", now); err != nil {
		panic("models: notice: " + err.Error())
	}
}
