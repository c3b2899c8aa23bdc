package models

import "time"

// AuditRow records one write, or one read of a person, by anyone. Rows are inserted
// only; the database refuses to change or delete them.
type AuditRow struct {
	ID         ID
	At         time.Time `gorm:"not null;index"`
	Actor      string    `gorm:"size:32;not null;index"` // "staff:12", "resident:34", "system"
	Role       Role      `gorm:"size:32;not null"`
	Action     string    `gorm:"size:48;not null"` // "resident.read", "contract.accept"
	Object     string    `gorm:"size:32;not null"` // noun
	ObjectID   ID        `gorm:"not null"`
	ResidentID ID        `gorm:"not null;index"`     // whose data, 0 when a list or none
	Detail     string    `gorm:"type:text;not null"` // changed field names, ids of a list, reason codes: never values
	Reason     string    `gorm:"size:255;not null"`  // stated by the actor, for a reveal
	RequestID  string    `gorm:"size:40;not null"`   //
	IP         string    `gorm:"size:64;not null"`   //
}

// AuditSeal is one link of the audit chain: the row it seals, and a keyed hash over
// the previous link and the row.
type AuditSeal struct {
	Seq   int64  `gorm:"primaryKey;autoIncrement:false"`
	RowID ID     `gorm:"not null;uniqueIndex"`
	MAC   string `gorm:"column:mac;size:64;not null"`
}
