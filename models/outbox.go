package models

import "time"

// Message is one notice waiting to be delivered. It is written in the transaction
// that causes it and sent afterwards, so none is lost and none is sent for nothing.
// It never says a diagnosis (domain §7.4).
type Message struct {
	ID         ID
	Template   string    `gorm:"size:32;not null"` // contract_result, contract_expiring, followup_due, …
	ResidentID ID        `gorm:"not null;index"`
	AccountID  ID        `gorm:"not null;index"` // staff receiver
	Data       string    `gorm:"serializer:sealed;type:text"`
	Status     string    `gorm:"size:16;not null;index:ix_outbox_due,priority:1"` // waiting, sent, dead
	NotBefore  time.Time `gorm:"not null;index:ix_outbox_due,priority:2"`
	Attempts   int       `gorm:"not null"`
	LastError  string    `gorm:"size:64;not null"` // code only
	CreatedAt  time.Time
	SentAt     *time.Time
}

// TableName keeps the usual name of the pattern.
func (Message) TableName() string { return "outbox" }
