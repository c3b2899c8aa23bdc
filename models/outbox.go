package models

import "time"

// MessageStatus is the state of a message in the outbox.
type MessageStatus string

// The states. Whatever it is, the message is in the receiver's inbox.
const (
	MessageWaiting MessageStatus = "waiting" // to be sent to a phone
	MessageInbox   MessageStatus = "inbox"   // it goes to no phone: to staff, or nobody is to be disturbed
	MessageSent    MessageStatus = "sent"
	MessageDead    MessageStatus = "dead" // it reached no phone: a person may see to it
	MessageTold    MessageStatus = "told" // a person told it by telephone
)

// MessageStatusLabels are the Chinese names of the states.
var MessageStatusLabels = map[MessageStatus]string{
	MessageWaiting: "待发送", MessageInbox: "仅消息列表", MessageSent: "已发送", MessageDead: "未送达", MessageTold: "已电话告知",
}

// Message is one notice. It is written in the transaction that causes it and sent
// afterwards, so none is lost and none is sent for nothing. What it says is its row of the
// table of notices; it never says a diagnosis (domain §7.4).
type Message struct {
	ID         ID
	Template   string        `gorm:"size:32;not null"` // code of the table of notices
	ResidentID ID            `gorm:"not null;index"`
	AccountID  ID            `gorm:"not null;index:ix_outbox_unread,priority:1"` // staff receiver
	Data       string        `gorm:"serializer:sealed;type:text"`                // NoticeSpec.Data
	Status     MessageStatus `gorm:"size:16;not null;index:ix_outbox_due,priority:1;index:ix_outbox_status,priority:1"`
	NotBefore  time.Time     `gorm:"not null;index:ix_outbox_due,priority:2"`
	Attempts   int           `gorm:"not null"`
	LastError  string        `gorm:"size:64;not null"` // code only
	CreatedAt  time.Time     `gorm:"index:ix_outbox_status,priority:2"`
	SentAt     *time.Time
	OnceKey    *string `gorm:"size:64;uniqueIndex"` // what must be told only once: "contract_expiring/12"
	// WechatID is whose subscription the message takes a unit of, from the first attempt on;
	// 0 while it holds none. Of a message sent it is who got it.
	WechatID ID `gorm:"not null"`
	// ReadAt is when the receiver read it, GuardianReadAt when a guardian of the receiver did.
	ReadAt         *time.Time `gorm:"index:ix_outbox_unread,priority:2"`
	GuardianReadAt *time.Time
}

// TableName keeps the usual name of the pattern.
func (Message) TableName() string { return "outbox" }

// Rules of delivery.
const (
	MaxDeliveries = 8                  // attempts of one round before a message is dead
	DeliverWithin = 3 * 24 * time.Hour // a message due for longer stays in the inbox: news must be new
	firstBackoff  = time.Minute
)

// Post puts a new message on its way: to a phone, not before the quiet hours end, or into
// the inbox alone.
func (m *Message) Post(spec NoticeSpec, quiet QuietHours, now time.Time) {
	m.NotBefore, m.CreatedAt = now, now
	if m.ResidentID == 0 || spec.Subscription == "" {
		m.pass(MoveKeep, now)
		return
	}
	if !spec.Urgent {
		m.NotBefore = quiet.After(now)
	}
	m.pass(MoveQueue, now)
}

// Try claims one attempt: it counts it, and puts the next one off, twice as far each
// time, before anything is sent, so that a crash cannot send in a circle.
func (m *Message) Try(now time.Time) {
	m.NotBefore = now.Add(firstBackoff << min(m.Attempts, MaxDeliveries))
	m.Attempts++
}

// PutOff takes a claimed attempt back, which was not made, until then.
func (m *Message) PutOff(until time.Time) {
	m.NotBefore = until
	m.Attempts--
}

// Late tells whether the message has been due for so long that it is no news any more.
func (m Message) Late(now time.Time) bool { return !now.Before(m.NotBefore.Add(DeliverWithin)) }

// Sent notes a delivery.
func (m *Message) Sent(now time.Time) { m.pass(MoveDeliver, now) }

// Keep leaves the message in the inbox alone.
func (m *Message) Keep(now time.Time) { m.pass(MoveKeep, now) }

// Failed notes the code of a failed attempt. A failure for good, or one too many, kills
// the message.
func (m *Message) Failed(code string, forGood bool, now time.Time) {
	m.LastError = code
	if forGood || m.Attempts >= MaxDeliveries {
		m.pass(MoveGiveUp, now)
	}
}
