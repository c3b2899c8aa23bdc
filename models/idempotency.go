package models

import "time"

// IdempotencyKey remembers the result of a POST under its key, in the transaction of
// its effect: a retry gets the first result and never a second effect.
type IdempotencyKey struct {
	Owner       string    `gorm:"primaryKey;size:48"` // actor, or "public"
	Key         string    `gorm:"column:idem_key;primaryKey;size:128"`
	Operation   string    `gorm:"size:64;not null"`
	RequestHash string    `gorm:"size:64;not null"`
	Result      string    `gorm:"serializer:sealed;type:mediumtext"`
	CreatedAt   time.Time `gorm:"not null;index"`
}

// IdempotencyTTL is how long a key is remembered.
const IdempotencyTTL = 24 * time.Hour

// Sequence hands out numbers without gaps being reused: record numbers per 12-digit
// prefix, agreement numbers per day.
type Sequence struct {
	Name string `gorm:"primaryKey;size:32"`
	Last int64  `gorm:"not null"`
}

// Lease lets one replica run a job; it expires when its holder dies.
type Lease struct {
	Name   string    `gorm:"primaryKey;size:64"`
	Holder string    `gorm:"size:64;not null"`
	Until  time.Time `gorm:"not null"`
}

// JobRun is one finished run of a job for a day.
type JobRun struct {
	ID       ID
	Name     string `gorm:"size:32;not null;uniqueIndex:ux_job_runs,priority:1"`
	Day      Date   `gorm:"not null;uniqueIndex:ux_job_runs,priority:2"`
	Changed  int    `gorm:"not null"`
	Finished time.Time
}
