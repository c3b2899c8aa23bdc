package models

import "time"

// Account is a staff login.
type Account struct {
	ID            ID
	Username      string `gorm:"size:64;not null;uniqueIndex"`
	Name          string `gorm:"size:64;not null"`
	PasswordHash  string `gorm:"size:255;not null"`
	Role          Role   `gorm:"size:32;not null"`
	StaffID       ID     `gorm:"not null;index"`
	InstitutionID ID     `gorm:"not null;index"`
	TOTPSecret    string `gorm:"column:totp_secret;serializer:sealed"`
	TOTPStep      int64  `gorm:"column:totp_step;not null"` // last time step used, so a code works once
	Failures      int    `gorm:"not null"`                  // failed sign-ins since the last success
	LockedUntil   *time.Time
	Disabled      bool `gorm:"not null"`
	MustChange    bool `gorm:"not null"` // change the password at the next sign-in
	PasswordAt    time.Time
	LastSignIn    *time.Time
	Version       int `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Lockout rule of a staff account (domain §8.2: 5 failures lock for 30 minutes); each
// further failure after a lock doubles it, up to a day.
const (
	LockAfter   = 5
	LockFor     = 30 * time.Minute
	LockAtMost  = 24 * time.Hour
	IdleTimeout = 15 * time.Minute // workbench idle lock (domain §8.2)
)

// Locked tells whether the account refuses sign-ins at the instant.
func (a Account) Locked(now time.Time) bool {
	return a.LockedUntil != nil && now.Before(*a.LockedUntil)
}

// Fail counts one failed sign-in and locks the account when it was one too many.
func (a *Account) Fail(now time.Time) {
	a.Failures++
	if a.Failures < LockAfter {
		return
	}
	lock := LockFor << min(a.Failures-LockAfter, 10)
	a.LockedUntil = new(now.Add(min(lock, LockAtMost)))
}

// Succeed forgets the failures.
func (a *Account) Succeed(now time.Time) {
	a.Failures, a.LockedUntil, a.LastSignIn = 0, nil, &now
}

// WechatAccount is a resident's login: one openid, bound to a resident once the real
// name, the ID number and the phone agree.
type WechatAccount struct {
	ID          ID
	OpenIDIndex string `gorm:"column:openid_index;size:64;not null;uniqueIndex"`
	OpenID      string `gorm:"column:openid;serializer:sealed"`
	Phone       string `gorm:"serializer:sealed"` // verified by WeChat
	ResidentID  ID     `gorm:"not null;index"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Session is one sign-in. A token is alive only while its session is, so that logout,
// a password change and a role change take effect at once.
type Session struct {
	ID        string `gorm:"primaryKey;size:32"`
	AccountID ID     `gorm:"not null;index"`
	WechatID  ID     `gorm:"not null;index"`
	CreatedAt time.Time
	ExpiresAt time.Time `gorm:"not null"` // refresh ends here, whatever happens
	EndedAt   *time.Time
	EndReason string `gorm:"size:32;not null"` // logout, reuse, password, role, disabled
	Device    string `gorm:"size:128;not null"`
	IP        string `gorm:"size:64;not null"`
}

// Alive tells whether the session may be used at the instant.
func (s Session) Alive(now time.Time) bool { return s.EndedAt == nil && now.Before(s.ExpiresAt) }

// RefreshToken is one link of a session's chain of refresh tokens. Each works once;
// a second use ends the whole session.
type RefreshToken struct {
	Hash      string `gorm:"primaryKey;size:64"`
	SessionID string `gorm:"size:32;not null;index"`
	CreatedAt time.Time
	UsedAt    *time.Time
}
