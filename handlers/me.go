package handlers

import (
	"context"

	"jiayi/internal/password"
	"jiayi/internal/totp"
	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// NamedBody is a row shown by name.
type NamedBody struct {
	ID   models.ID `json:"id"`
	Name string    `json:"name"`
}

// MeBody is who the signed-in person is.
type MeBody struct {
	Role               string              `json:"role"`
	RoleLabel          string              `json:"role_label"`
	Permissions        []models.Permission `json:"permissions" nullable:"false"`
	Username           string              `json:"username,omitempty"`
	Name               string              `json:"name,omitempty"`
	AccountID          models.ID           `json:"account_id,omitzero"`
	StaffID            models.ID           `json:"staff_id,omitzero"`
	Institution        *NamedBody          `json:"institution,omitempty"`
	Teams              []NamedBody         `json:"teams,omitempty"`
	MustChangePassword bool                `json:"must_change_password" doc:"须先修改密码"`
	MustEnrolOTP       bool                `json:"must_enrol_otp" doc:"须先绑定动态验证器"`
	OTPEnrolled        bool                `json:"otp_enrolled"`
	CareMode           string              `json:"care_mode" enum:"auto,on,off" doc:"关怀模式:auto 跟随微信字体设置,on 开启,off 关闭"`
	Bound              bool                `json:"bound" doc:"居民:是否已绑定档案"`
	Phone              string              `json:"phone,omitempty" doc:"居民:微信验证的手机号,脱敏显示"`
	Resident           *NamedBody          `json:"resident,omitempty" doc:"居民本人"`
	Wards              []NamedBody         `json:"wards,omitempty" doc:"代办的家人"`
}

// MeOutput answers GET /me.
type MeOutput struct{ Body MeBody }

// Me tells the signed-in person who they are and what they may do.
func (h *Handlers) Me(ctx context.Context, _ *None) (*MeOutput, error) {
	actor := models.ActorFrom(ctx)
	me, err := h.as(ctx).Me(ctx)
	if err != nil {
		return nil, err
	}
	spec, _ := actor.Role.Spec()
	out := MeBody{
		Role: string(spec.Role), RoleLabel: spec.Label, Permissions: spec.Permissions,
		Username: me.Account.Username, Name: me.Account.Name, AccountID: actor.AccountID, StaffID: actor.StaffID,
		Institution: showNamed(me.Institution), Teams: showAllNamed(me.Teams),
		MustChangePassword: actor.Owes == models.OwesPassword, MustEnrolOTP: actor.Owes == models.OwesTOTP, OTPEnrolled: me.Account.Enrolled(),
		CareMode: showCareMode(me.CareMode), Bound: actor.ResidentID != 0, Resident: showNamed(me.Resident), Wards: showAllNamed(me.Wards),
	}
	if me.Phone != "" {
		out.Phone = codes.MaskPhone(me.Phone)
	}
	return &MeOutput{out}, nil
}

func showNamed(n store.Named) *NamedBody {
	if n.ID == 0 {
		return nil
	}
	return &NamedBody{n.ID, n.Name}
}

func showAllNamed(list []store.Named) []NamedBody {
	out := make([]NamedBody, len(list))
	for i, n := range list {
		out[i] = NamedBody{n.ID, n.Name}
	}
	return out
}

// PasswordInput is a change of the own password.
type PasswordInput struct {
	Body struct {
		Old string `json:"old" minLength:"1" maxLength:"128"`
		New string `json:"new" minLength:"1" maxLength:"256"`
	}
}

// ChangePassword changes the own password and ends the other sessions.
func (h *Handlers) ChangePassword(ctx context.Context, in *PasswordInput) (*None, error) {
	v := h.as(ctx)
	if _, ok, err := store.Repeated[store.Nothing](ctx, v); ok || err != nil {
		return nil, err
	}
	account, err := v.OwnAccount(ctx)
	if err != nil {
		return nil, err
	}
	ok, err := h.verify(ctx, in.Body.Old, account.PasswordHash)
	if err != nil {
		return nil, err
	}
	if !ok {
		if err := v.WrongOldPassword(ctx); err != nil {
			return nil, err
		}
		return nil, models.InvalidField("old", "mismatch", "原密码不正确")
	}
	hash, err := h.newHash(ctx, account, in.Body.New)
	if err != nil {
		return nil, err
	}
	return nil, v.ChangePassword(ctx, account.PasswordHash, hash)
}

// newHash hashes a new password that meets the policy and is none of the last ones.
func (h *Handlers) newHash(ctx context.Context, account models.Account, plain string) (string, error) {
	var p models.Problems
	for _, w := range password.DefaultPolicy.Check(account.Username, plain) {
		p.Add("new", w.Code, w.Message)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	for _, old := range account.LastHashes() {
		same, err := h.verify(ctx, plain, old)
		if err != nil {
			return "", err
		}
		if same {
			return "", models.InvalidField("new", "reused", "不能使用最近5次用过的密码")
		}
	}
	return h.Passwords.Hash(ctx, plain)
}

// SecretBody is a new second factor, shown once.
type SecretBody struct {
	Secret string `json:"secret" doc:"手工输入验证器用"`
	URL    string `json:"otpauth_url" doc:"生成二维码用"`
}

// SecretOutput answers the beginning of an enrolment.
type SecretOutput struct{ Body SecretBody }

// BeginTOTP draws a second factor, which a first code must confirm.
func (h *Handlers) BeginTOTP(ctx context.Context, _ *None) (*SecretOutput, error) {
	v := h.as(ctx)
	account, err := v.OwnAccount(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := totp.NewSecret(h.Issuer, account.Username)
	if err != nil {
		return nil, err
	}
	if secret, err = v.BeginTOTP(ctx, secret); err != nil {
		return nil, err
	}
	return &SecretOutput{SecretBody{secret.Base32, secret.URL}}, nil
}

// OTPInput is a code of the authenticator app.
type OTPInput struct {
	Body struct {
		OTP string `json:"otp" minLength:"6" maxLength:"8"`
	}
}

// ConfirmTOTP enrols the second factor with a first code.
func (h *Handlers) ConfirmTOTP(ctx context.Context, in *OTPInput) (*None, error) {
	v := h.as(ctx)
	if _, ok, err := store.Repeated[store.Nothing](ctx, v); ok || err != nil {
		return nil, err
	}
	account, err := v.OwnAccount(ctx)
	if err != nil {
		return nil, err
	}
	if account.TOTPPending == "" {
		return nil, models.Errorf(models.Conflict, "otp_not_begun", "请先获取动态验证器的密钥")
	}
	step, ok, err := totp.Verify(account.TOTPPending, in.Body.OTP, h.Store.Now())
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, models.InvalidField("otp", "mismatch", "动态验证码不正确,请核对手机时间")
	}
	return nil, v.ConfirmTOTP(ctx, account.TOTPPending, step)
}
