package handlers

import (
	"context"
	"math"
	"time"

	"jiayi/internal/password"
	"jiayi/models"
	"jiayi/models/store"
)

// AccountBody is a staff account. It holds no password and no secret.
type AccountBody struct {
	ID                 models.ID  `json:"id"`
	Username           string     `json:"username"`
	Name               string     `json:"name"`
	Role               string     `json:"role"`
	RoleLabel          string     `json:"role_label"`
	StaffID            models.ID  `json:"staff_id,omitzero"`
	InstitutionID      models.ID  `json:"institution_id"`
	Disabled           bool       `json:"disabled"`
	Dormant            bool       `json:"dormant" doc:"超过90天未使用,须重置密码后才能登录"`
	LockedSeconds      int        `json:"locked_seconds" doc:"因登录失败锁定的剩余秒数"`
	MustChangePassword bool       `json:"must_change_password"`
	OTPEnrolled        bool       `json:"otp_enrolled"`
	PasswordAt         time.Time  `json:"password_at"`
	LastSignIn         *time.Time `json:"last_sign_in,omitempty"`
	Version            int        `json:"version"`
	CreatedAt          time.Time  `json:"created_at"`
}

func (h *Handlers) showAccount(e store.AccountEntry) AccountBody {
	spec, _ := e.Role.Spec()
	return AccountBody{
		ID: e.ID, Username: e.Username, Name: e.Name, Role: string(e.Role), RoleLabel: spec.Label, StaffID: e.StaffID, InstitutionID: e.InstitutionID,
		Disabled: e.Disabled, Dormant: e.Dormant(h.Store.Now()), LockedSeconds: int(math.Ceil(e.Locked.Seconds())),
		MustChangePassword: e.Owes(h.Store.Now()) == models.OwesPassword, OTPEnrolled: e.Enrolled(),
		PasswordAt: e.PasswordAt.UTC(), LastSignIn: e.LastSignIn, Version: e.Version, CreatedAt: e.CreatedAt.UTC(),
	}
}

func (h *Handlers) accountOutput(a models.Account, err error) (*Output[AccountBody], error) {
	if err != nil {
		return nil, err
	}
	return &Output[AccountBody]{etag(a.Version), h.showAccount(store.AccountEntry{Account: a})}, nil
}

// IssuedBody is an account and its one-time password, shown once.
type IssuedBody struct {
	Account  AccountBody `json:"account"`
	Password string      `json:"one_time_password" doc:"仅显示一次;首次登录时必须修改"`
}

func (h *Handlers) issued(a store.IssuedAccount, err error) (*Output[IssuedBody], error) {
	if err != nil {
		return nil, err
	}
	return &Output[IssuedBody]{etag(a.Account.Version), IssuedBody{h.showAccount(store.AccountEntry{Account: a.Account}), a.Password}}, nil
}

// AccountsInput filters the list of accounts.
type AccountsInput struct {
	PageInput
	Username      string      `query:"username" maxLength:"64" doc:"用户名,完全匹配"`
	Role          models.Role `query:"role" maxLength:"32"`
	InstitutionID models.ID   `query:"institution_id"`
	Disabled      string      `query:"disabled" enum:"true,false"`
}

// Accounts lists accounts.
func (h *Handlers) Accounts(ctx context.Context, in *AccountsInput) (*ListOutput[AccountBody], error) {
	q := store.AccountQuery{Username: in.Username, Role: in.Role, InstitutionID: in.InstitutionID}
	if in.Disabled != "" {
		q.Disabled = new(in.Disabled == "true")
	}
	list, err := h.as(ctx).Accounts(ctx, q, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.showAccount), nil
}

// Account shows one account.
func (h *Handlers) Account(ctx context.Context, in *IDInput) (*Output[AccountBody], error) {
	e, err := h.as(ctx).Account(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[AccountBody]{etag(e.Version), h.showAccount(e)}, nil
}

// NewAccountInput is a new account.
type NewAccountInput struct {
	Body struct {
		Username      string      `json:"username" maxLength:"64"`
		Name          string      `json:"name" maxLength:"50"`
		Role          models.Role `json:"role" maxLength:"32"`
		StaffID       models.ID   `json:"staff_id,omitzero" doc:"医务人员;团队角色必填"`
		InstitutionID models.ID   `json:"institution_id,omitzero" doc:"默认为人员所在机构"`
	}
}

// CreateAccount makes an account and answers with its one-time password.
func (h *Handlers) CreateAccount(ctx context.Context, in *NewAccountInput) (*Output[IssuedBody], error) {
	pw, err := h.oneTime(ctx)
	if err != nil {
		return nil, err
	}
	b := in.Body
	draft := models.AccountDraft{Username: b.Username, Name: b.Name, Role: b.Role, StaffID: b.StaffID, InstitutionID: b.InstitutionID}
	return h.issued(h.as(ctx).CreateAccount(ctx, draft, pw))
}

// AccountPatchInput changes an account; fields left out stay as they are.
type AccountPatchInput struct {
	IDInput
	MatchInput
	Body struct {
		Name          *string      `json:"name,omitempty" maxLength:"50"`
		Role          *models.Role `json:"role,omitempty" maxLength:"32"`
		StaffID       *models.ID   `json:"staff_id,omitempty"`
		InstitutionID *models.ID   `json:"institution_id,omitempty"`
		Disabled      *bool        `json:"disabled,omitempty"`
	}
}

// UpdateAccount changes an account; whoever is signed in with it is signed out.
func (h *Handlers) UpdateAccount(ctx context.Context, in *AccountPatchInput) (*Output[AccountBody], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	return h.accountOutput(h.as(ctx).UpdateAccount(ctx, in.ID, version, store.AccountPatch(in.Body)))
}

// ResetPassword gives an account a one-time password.
func (h *Handlers) ResetPassword(ctx context.Context, in *IDInput) (*Output[IssuedBody], error) {
	pw, err := h.oneTime(ctx)
	if err != nil {
		return nil, err
	}
	return h.issued(h.as(ctx).ResetPassword(ctx, in.ID, pw))
}

// UnlockAccount lets an account sign in again after too many failures.
func (h *Handlers) UnlockAccount(ctx context.Context, in *IDInput) (*Output[AccountBody], error) {
	return h.accountOutput(h.as(ctx).Unlock(ctx, in.ID))
}

// ResetTOTP takes away the second factor of an account whose phone is lost.
func (h *Handlers) ResetTOTP(ctx context.Context, in *IDInput) (*Output[AccountBody], error) {
	return h.accountOutput(h.as(ctx).ResetTOTP(ctx, in.ID))
}

func (h *Handlers) oneTime(ctx context.Context) (store.OneTimePassword, error) {
	plain := password.OneTime()
	hash, err := h.Passwords.Hash(ctx, plain)
	return store.OneTimePassword{Plain: plain, Hash: hash}, err
}
