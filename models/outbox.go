package models

import "time"

// MessageStatus is the state of a message in the outbox.
type MessageStatus string

// The states. A waiting message is in the receiver's inbox already and may still be sent
// to the phone; a dead one is in the inbox only.
const (
	MessageWaiting MessageStatus = "waiting"
	MessageSent    MessageStatus = "sent"
	MessageDead    MessageStatus = "dead"
)

// Message is one notice waiting to be delivered. It is written in the transaction
// that causes it and sent afterwards, so none is lost and none is sent for nothing.
// It never says a diagnosis (domain §7.4).
type Message struct {
	ID         ID
	Template   string        `gorm:"size:32;not null"` // contract_result, contract_expiring, followup_due, …
	ResidentID ID            `gorm:"not null;index"`
	AccountID  ID            `gorm:"not null;index"` // staff receiver
	Data       string        `gorm:"serializer:sealed;type:text"`
	Status     MessageStatus `gorm:"size:16;not null;index:ix_outbox_due,priority:1"`
	NotBefore  time.Time     `gorm:"not null;index:ix_outbox_due,priority:2"`
	Attempts   int           `gorm:"not null"`
	LastError  string        `gorm:"size:64;not null"` // code only
	CreatedAt  time.Time
	SentAt     *time.Time
	OnceKey    *string `gorm:"size:64;uniqueIndex"` // what must be told only once: "contract_expiring/12"
}

// TableName keeps the usual name of the pattern.
func (Message) TableName() string { return "outbox" }

// Rules of delivery.
const (
	MaxDeliveries = 8                  // attempts before a message is dead
	DeliverWithin = 3 * 24 * time.Hour // an older message stays in the inbox: news must be new
	firstBackoff  = time.Minute
)

// Try claims one attempt: it counts it, and puts the next one off, twice as far each
// time, before anything is sent, so that a crash cannot send in a circle.
func (m *Message) Try(now time.Time) {
	m.NotBefore = now.Add(firstBackoff << min(m.Attempts, MaxDeliveries))
	m.Attempts++
}

// Sent notes a delivery.
func (m *Message) Sent(now time.Time) { m.Status, m.SentAt, m.LastError = MessageSent, &now, "" }

// Failed notes the code of a failed attempt. A failure for good, or one too many, kills
// the message.
func (m *Message) Failed(code string, forGood bool) {
	m.LastError = code
	if forGood || m.Attempts >= MaxDeliveries {
		m.Status = MessageDead
	}
}
