package models

import "time"

// Session is one sign-in. A token is alive only while its session is, so that logout,
// a password change and a role change take effect at once.
type Session struct {
	ID        string `gorm:"primaryKey;size:32"`
	AccountID ID     `gorm:"not null;index"` // staff, or
	WechatID  ID     `gorm:"not null;index"` // a resident's WeChat account
	CreatedAt time.Time
	SeenAt    time.Time `gorm:"not null"` // last use, to within SeenEvery
	ExpiresAt time.Time `gorm:"not null"` // the session ends here, whatever happens
	// PasswordAt is when the password was last entered in the session; nil in a resident's.
	PasswordAt *time.Time
	EndedAt    *time.Time
	EndReason  EndReason `gorm:"size:32;not null"`
	Device     string    `gorm:"size:128;not null"`
	IP         string    `gorm:"size:64;not null"`
}

// EndReason is why a session ended before its time.
type EndReason string

// The reasons.
const (
	EndLogout   EndReason = "logout"
	EndReuse    EndReason = "reuse"    // a refresh token was used twice: one of the two users is a thief
	EndPassword EndReason = "password" // changed or reset
	EndTOTP     EndReason = "totp"     // the second factor was taken away
	EndRole     EndReason = "role"     // role, staff or institution changed
	EndDisabled EndReason = "disabled"
	EndRebound  EndReason = "rebound" // the resident is bound to another WeChat account now
)

// How long sessions last (domain §7.1, §8.2 b). Access tokens are shorter still:
// internal/token.DefaultLifetimes.
const (
	StaffIdle       = 15 * time.Minute // without a request
	StaffSession    = 12 * time.Hour   // one working day
	ResidentSession = 30 * 24 * time.Hour
	SeenEvery       = time.Minute // how often use of a session is written down
	// ReauthWithin is how fresh the password must be for a sensitive export (domain §8.2 b).
	ReauthWithin = 30 * time.Minute
)

// NewSession is a session that begins now. Residents have no idle limit: the phone's own
// lock protects the mini-program.
func NewSession(id string, account, wechat ID, by Actor, now time.Time) Session {
	s := Session{
		ID: id, AccountID: account, WechatID: wechat, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(ResidentSession),
		Device: by.Device, IP: by.IP,
	}
	if account != 0 {
		s.ExpiresAt, s.PasswordAt = now.Add(StaffSession), &now
	}
	return s
}

// Alive tells whether the session may be used at the instant. SeenAt lags by up to
// SeenEvery, which is forgiven.
func (s Session) Alive(now time.Time) bool {
	idle := s.AccountID != 0 && now.Sub(s.SeenAt) > StaffIdle+SeenEvery
	return s.EndedAt == nil && now.Before(s.ExpiresAt) && !idle
}

// RefreshToken is one link of a session's chain of refresh tokens. Each works once;
// a second use ends the whole session.
type RefreshToken struct {
	Hash      string `gorm:"primaryKey;size:64"`
	SessionID string `gorm:"size:32;not null;index"`
	CreatedAt time.Time
	UsedAt    *time.Time
}

// Failures of identity.
var (
	ErrBadCredentials  = &Error{Kind: Unauthenticated, Code: "bad_credentials", Message: "用户名或密码不正确"}
	ErrOTPRequired     = &Error{Kind: Unauthenticated, Code: "otp_required", Message: "请输入动态验证码"}
	ErrBadOTP          = &Error{Kind: Unauthenticated, Code: "bad_otp", Message: "动态验证码不正确或已经用过,请等待下一个验证码"}
	ErrAccountDisabled = &Error{Kind: Forbidden, Code: "account_disabled", Message: "账号已停用,请联系系统管理员"}
	ErrAccountDormant  = &Error{Kind: Forbidden, Code: "account_dormant", Message: "账号超过90天未使用,已停用,请联系系统管理员重置密码"}
	ErrReauth          = &Error{Kind: Forbidden, Code: "reauth_required", Message: "导出敏感数据前请重新输入密码"}
	ErrSessionEnded    = &Error{Kind: Unauthenticated, Code: "session_ended", Message: "登录状态已失效,请重新登录"}
)
