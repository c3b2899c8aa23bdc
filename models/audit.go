package models

import (
	"encoding/binary"
	"time"
)

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

// canonicalForm is the version of Canonical: another spelling would break every seal.
const canonicalForm = 1

// Canonical spells the row as the bytes that its seal covers. Every text has its length
// in front, so that nothing can move from one field into the next.
func (r AuditRow) Canonical() []byte {
	b := make([]byte, 0, 192+len(r.Detail)+len(r.Reason))
	b = append(b, canonicalForm)
	for _, n := range []int64{int64(r.ID), r.At.UnixMilli(), int64(r.ObjectID), int64(r.ResidentID)} {
		b = binary.BigEndian.AppendUint64(b, uint64(n)) // #nosec G115 -- the bits are what is sealed
	}
	for _, s := range []string{r.Actor, string(r.Role), r.Action, r.Object, r.Detail, r.Reason, r.RequestID, r.IP} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s))) // #nosec G115 -- columns are far shorter
		b = append(b, s...)
	}
	return b
}

// AuditSeal is one link of the audit chain: the row it seals, and a keyed hash over
// the previous link and the row.
type AuditSeal struct {
	Seq   int64  `gorm:"primaryKey;autoIncrement:false"` // 1, 2, 3, … without a gap
	RowID ID     `gorm:"not null;uniqueIndex"`
	MAC   string `gorm:"column:mac;size:64;not null"`
}

// AuditUnsealed lists a row that waits for its seal. The database itself adds it, in the
// transaction of the row.
type AuditUnsealed struct {
	RowID ID `gorm:"primaryKey;autoIncrement:false"`
}

// TableName is in the singular: it is one list.
func (AuditUnsealed) TableName() string { return "audit_unsealed" }

// BackdatedBy is how much older than its predecessor in the chain a row may say it is. It
// is far more than a transaction may last and the clocks of two replicas may differ; a
// row beyond it was put in afterwards.
const BackdatedBy = 15 * time.Minute
