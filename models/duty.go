package models

import "slices"

// Duty is something a signed-in person must do before anything else; "" is nothing.
type Duty string

// The duties (domain §8.2 a and d).
const (
	OwesPassword Duty = "password" // change a password that is temporary or too old
	OwesTOTP     Duty = "totp"     // enrol a second factor that the role requires
)

// dutyRows say what is allowed while a duty is owed, and what everything else answers.
var dutyRows = map[Duty]struct {
	allowed []Permission
	refusal *Error
}{
	OwesPassword: {[]Permission{OwnAccount, OwnPassword},
		&Error{Kind: Forbidden, Code: "password_change_required", Message: "请先修改密码"}},
	OwesTOTP: {[]Permission{OwnAccount, OwnPassword, OwnTOTP},
		&Error{Kind: Forbidden, Code: "otp_enrolment_required", Message: "您的角色须使用动态验证码登录,请先绑定验证器"}},
}

// Refusal is nil when the actor may use a route that needs the permission. It is
// ErrForbidden when the role lacks it, password_change_required or
// otp_enrolment_required when something else comes first.
func (a Actor) Refusal(need Permission) error {
	if !a.Role.Has(need) {
		return ErrForbidden
	}
	if row, owes := dutyRows[a.Owes]; owes && need != Public && !slices.Contains(row.allowed, need) {
		return row.refusal
	}
	return nil
}
