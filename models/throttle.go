package models

import (
	"math"
	"time"
)

// Throttle counts failed attempts of one kind by one subject: sign-ins by user name,
// whether or not the name exists, and attempts to bind a resident. The key holds no
// readable name.
type Throttle struct {
	Key         string    `gorm:"column:throttle_key;primaryKey;size:96"`
	Failures    int       `gorm:"not null"`
	FailedAt    time.Time `gorm:"not null;index"`
	Locks       int       `gorm:"not null"` // locks in a row, without a success between them
	LockedUntil *time.Time
}

// Lockout rule (domain §8.2 b: 5 failures in 15 minutes lock for 30 minutes). Each
// further lock in a row lasts twice as long as the one before, up to a day.
const (
	LockAfter     = 5
	FailureWindow = 15 * time.Minute // failures further apart than this start a new count
	LockFor       = 30 * time.Minute
	LockAtMost    = 24 * time.Hour
)

// Fail counts one failed attempt, and locks when it was one too many.
func (t *Throttle) Fail(now time.Time) {
	if now.Sub(t.FailedAt) > FailureWindow {
		t.Failures = 0
	}
	t.Failures++
	t.FailedAt = now
	if t.Failures < LockAfter {
		return
	}
	t.LockedUntil = new(now.Add(min(LockFor<<min(t.Locks, 10), LockAtMost)))
	t.Failures = 0
	t.Locks++
}

// RetryAfter is how long the lock still holds; 0 when there is none.
func (t Throttle) RetryAfter(now time.Time) time.Duration {
	if t.LockedUntil == nil {
		return 0
	}
	return max(t.LockedUntil.Sub(now), 0)
}

// ErrLocked is the answer while a lock holds: TooMany "locked", with retry_after in seconds.
func ErrLocked(retryAfter time.Duration) *Error {
	e := Errorf(TooMany, "locked", "失败次数过多,请在%d分钟后再试", int(math.Ceil(retryAfter.Minutes())))
	e.Details = map[string]any{"retry_after": int(math.Ceil(retryAfter.Seconds()))}
	return e
}
