package models

import (
	"regexp"
	"strings"
	"time"
)

// Account is a staff login. It holds exactly one role.
type Account struct {
	ID            ID
	Username      string     `gorm:"size:64;not null;uniqueIndex"` // lower case
	Name          string     `gorm:"size:64;not null"`
	PasswordHash  string     `gorm:"size:255;not null"`
	PastHashes    string     `gorm:"type:text;not null"` // earlier hashes, newest first, one a line
	Role          Role       `gorm:"size:32;not null"`
	StaffID       ID         `gorm:"not null;index"`
	InstitutionID ID         `gorm:"not null;index"`
	TOTPSecret    string     `gorm:"column:totp_secret;serializer:sealed"`
	TOTPPending   string     `gorm:"column:totp_pending;serializer:sealed"` // shown, not yet confirmed by a code
	TOTPAt        *time.Time `gorm:"column:totp_at"`                        // enrolled since
	TOTPStep      int64      `gorm:"column:totp_step;not null"`             // last time step used, so a code works once
	Disabled      bool       `gorm:"not null"`
	MustChange    bool       `gorm:"not null"` // change the password at the next sign-in
	PasswordAt    time.Time
	LastSignIn    *time.Time
	CareMode      CareMode `gorm:"size:8;not null"`
	Version       int      `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Rules of staff passwords and accounts (domain §8.2 a, access control). The rules on
// the text of a password are internal/password.DefaultPolicy.
const (
	PasswordLife  = 90 * 24 * time.Hour // then it must be changed
	PasswordsKept = 5                   // the last passwords, none of which may be used again
	DormantAfter  = 90 * 24 * time.Hour // without a sign-in the account is closed
)

// Enrolled tells whether the account signs in with a one-time password.
func (a Account) Enrolled() bool { return a.TOTPAt != nil }

// Dormant tells whether the account has been unused for too long. A password set by an
// administrator wakes it.
func (a Account) Dormant(now time.Time) bool {
	last := a.PasswordAt
	if a.LastSignIn != nil && a.LastSignIn.After(last) {
		last = *a.LastSignIn
	}
	return now.Sub(last) > DormantAfter
}

// Owes is what the holder must do before anything else.
func (a Account) Owes(now time.Time) Duty {
	spec, _ := a.Role.Spec()
	switch {
	case a.MustChange || now.Sub(a.PasswordAt) > PasswordLife:
		return OwesPassword
	case spec.SecondOTP && !a.Enrolled():
		return OwesTOTP
	}
	return ""
}

// LastHashes are the hashes a new password is held against, the present one first.
func (a Account) LastHashes() []string {
	return strings.Fields(a.PasswordHash + "\n" + a.PastHashes)
}

// SetPassword replaces the password by the one with the hash. A temporary one, given by
// an administrator, must be changed at the next sign-in.
func (a *Account) SetPassword(hash string, temporary bool, now time.Time) {
	past := a.LastHashes()
	a.PastHashes = strings.Join(past[:min(len(past), PasswordsKept-1)], "\n")
	a.PasswordHash, a.MustChange, a.PasswordAt = hash, temporary, now
}

// ForgetTOTP takes the second factor away.
func (a *Account) ForgetTOTP() { a.TOTPSecret, a.TOTPPending, a.TOTPAt = "", "", nil }

// WithoutSecrets is the account as it may be shown.
func (a Account) WithoutSecrets() Account {
	a.PasswordHash, a.PastHashes, a.TOTPSecret, a.TOTPPending = "", "", "", ""
	return a
}

// AccountDraft is what an administrator decides about an account.
type AccountDraft struct {
	Username      string
	Name          string
	Role          Role
	StaffID       ID
	InstitutionID ID
	Disabled      bool
}

var usernamePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,31}$`)

// NormaliseUsername is the one spelling of a user name.
func NormaliseUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Check notes every field that breaks a rule. Roles of residents and of the system are
// nobody's account, and whoever works in a team's scope is a member of staff.
func (d AccountDraft) Check(p *Problems) {
	if !usernamePattern.MatchString(d.Username) {
		p.Add("username", "format", "用户名应为3至32位小写字母、数字、点、横线或下划线,且以字母或数字开头")
	}
	CheckName(p, "name", d.Name)
	spec, ok := d.Role.Spec()
	if !ok || !d.Role.OfStaff() {
		p.Add("role", "enum", "角色不存在或不能授予账号")
		return
	}
	if spec.Reach == TeamReach && d.StaffID == 0 {
		p.Add("staff_id", "required", "团队角色须关联医务人员")
	}
	if d.InstitutionID == 0 {
		p.Add("institution_id", "required", "请选择所属机构")
	}
}

// Draft is what stands in the account now.
func (a Account) Draft() AccountDraft {
	return AccountDraft{a.Username, a.Name, a.Role, a.StaffID, a.InstitutionID, a.Disabled}
}

// Apply writes a checked draft into the account.
func (d AccountDraft) Apply(a *Account) {
	a.Username, a.Name, a.Role, a.StaffID, a.InstitutionID, a.Disabled = d.Username, d.Name, d.Role, d.StaffID, d.InstitutionID, d.Disabled
}

// Changed names the fields in which two drafts differ.
func (d AccountDraft) Changed(from AccountDraft) []string {
	var out []string
	note := func(field string, differs bool) {
		if differs {
			out = append(out, field)
		}
	}
	note("username", d.Username != from.Username)
	note("name", d.Name != from.Name)
	note("role", d.Role != from.Role)
	note("staff_id", d.StaffID != from.StaffID)
	note("institution_id", d.InstitutionID != from.InstitutionID)
	note("disabled", d.Disabled != from.Disabled)
	return out
}
