package handlers

import (
	"context"
	"errors"

	"jiayi/internal/password"
	"jiayi/internal/token"
	"jiayi/internal/totp"
	"jiayi/models"
	"jiayi/models/store"
)

// Passwords hashes and verifies staff passwords; internal/password.Hasher does.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, password, stored string) (bool, error)
	VerifyDummy(ctx context.Context, password string) error
}

// StaffSignInInput is a user name and a password, with a one-time password where the
// account is enrolled for it.
type StaffSignInInput struct {
	BrowserInput
	Body struct {
		Username string `json:"username" minLength:"1" maxLength:"64"`
		Password string `json:"password" minLength:"1" maxLength:"128"`
		OTP      string `json:"otp,omitempty" maxLength:"8" doc:"动态验证码;已绑定验证器的账号必填"`
	}
}

// Tokens are what a client signs its requests with.
type Tokens struct {
	AccessToken  string `json:"access_token" doc:"放在 Authorization: Bearer 中"`
	ExpiresIn    int    `json:"expires_in" doc:"access_token 的有效秒数"`
	RefreshToken string `json:"refresh_token,omitempty" doc:"用于 POST /auth/refresh;只能使用一次;以 Cookie 保存会话时不返回"`
	Bound        *bool  `json:"bound,omitempty" doc:"微信登录:是否已绑定居民"`
}

// TokensOutput answers a sign-in.
type TokensOutput struct {
	SetCookie string `header:"Set-Cookie" doc:"X-Session: cookie 时,存放 refresh_token 的 Cookie"`
	Body      Tokens
}

// SignInStaff signs a staff member in. Unknown user names cost the same password check
// as known ones, and are told the same.
func (h *Handlers) SignInStaff(ctx context.Context, in *StaffSignInInput) (*TokensOutput, error) {
	v := h.as(ctx)
	if first, ok, err := v.RepeatedSignIn(ctx); ok || err != nil {
		return in.hide(h.tokens(first, err))
	}
	against, err := v.Credentials(ctx, in.Body.Username)
	if err != nil {
		return nil, err
	}
	try, err := h.attempt(ctx, in.Body.Username, against, in.Body.Password, in.Body.OTP)
	if err != nil {
		return nil, err
	}
	return in.hide(h.tokens(v.SignInStaff(ctx, try)))
}

// attempt verifies a password and a code against the credentials of a user name.
func (h *Handlers) attempt(ctx context.Context, username string, against store.Credentials, plain, otp string) (store.StaffAttempt, error) {
	try := store.StaffAttempt{Username: username, Against: against, OTPGiven: otp != ""}
	var err error
	if try.PasswordOK, err = h.verify(ctx, plain, against.PasswordHash); err != nil {
		return try, err
	}
	if against.TOTPSecret != "" {
		if try.OTPStep, _, err = totp.Verify(against.TOTPSecret, otp, h.Store.Now()); err != nil {
			return try, err
		}
	}
	if try.PasswordOK && password.NeedsRehash(against.PasswordHash) {
		try.Rehash, err = h.Passwords.Hash(ctx, plain)
	}
	return try, err
}

// verify costs one password check, whatever the stored hash is: none, or one that no
// password fits.
func (h *Handlers) verify(ctx context.Context, plain, stored string) (bool, error) {
	if stored != "" {
		ok, err := h.Passwords.Verify(ctx, plain, stored)
		if !errors.Is(err, password.ErrHash) {
			return ok, err
		}
	}
	return false, h.Passwords.VerifyDummy(ctx, plain)
}

// tokens signs the access token of a session.
func (h *Handlers) tokens(in store.SignIn, err error) (*TokensOutput, error) {
	if err != nil {
		return nil, err
	}
	claims := token.Claims{Account: in.AccountID.String(), Session: in.SessionID, Audience: token.Staff}
	var bound *bool
	if in.WechatID != 0 {
		claims.Account, claims.Audience = in.WechatID.String(), token.Resident
		bound = &in.Bound
	}
	access, life, err := h.Tokens.Issue(claims, h.Store.Now())
	if err != nil {
		return nil, err
	}
	return &TokensOutput{Body: Tokens{access, int(life.Seconds()), in.Refresh, bound}}, nil
}

// RefreshInput is the refresh token of a session: in the body, or a browser's cookie.
type RefreshInput struct {
	BrowserInput
	Cookie string `cookie:"jiayi_session" maxLength:"128" doc:"浏览器的会话 Cookie;须同时发送 X-Session: cookie"`
	Body   *struct {
		RefreshToken string `json:"refresh_token,omitempty" maxLength:"128" doc:"以 Cookie 保存会话时不填"`
	} `required:"false"`
}

// Refresh trades a refresh token for new tokens.
func (h *Handlers) Refresh(ctx context.Context, in *RefreshInput) (*TokensOutput, error) {
	switch {
	case in.Body != nil && in.Body.RefreshToken != "":
		return in.hide(h.tokens(h.as(ctx).Refresh(ctx, in.Body.RefreshToken)))
	case in.byCookie() && in.Cookie != "":
		// The cookie is no part of the body that an Idempotency-Key stands for.
		ctx = store.WithProof(ctx, in.Cookie)
		return in.hide(h.tokens(h.as(ctx).Refresh(ctx, in.Cookie)))
	case in.byCookie():
		return nil, models.ErrSessionEnded
	}
	return nil, models.InvalidField("refresh_token", "required", "缺少 refresh_token")
}

// None is no input.
type None struct{}

// SignOutInput says whether a browser's cookie is to go with the session.
type SignOutInput struct{ BrowserInput }

// SignOutOutput takes the cookie away.
type SignOutOutput struct {
	SetCookie string `header:"Set-Cookie" doc:"X-Session: cookie 时,清除会话 Cookie"`
}

// SignOut ends the session of the request at once.
func (h *Handlers) SignOut(ctx context.Context, in *SignOutInput) (*SignOutOutput, error) {
	out := &SignOutOutput{}
	if in.byCookie() {
		out.SetCookie = in.cookie("")
	}
	return out, h.as(ctx).SignOut(ctx)
}

// Identify tells who an access token belongs to; it is the api's middleware.Identify.
func (h *Handlers) Identify(ctx context.Context, bearer string) (models.Actor, error) {
	for _, audience := range []token.Audience{token.Staff, token.Resident} {
		claims, err := h.Tokens.Verify(bearer, audience, h.Store.Now())
		if err != nil {
			continue
		}
		id, err := models.ParseID(claims.Account)
		if err != nil {
			break
		}
		b := store.Bearer{SessionID: claims.Session, AccountID: id}
		if audience == token.Resident {
			b.AccountID, b.WechatID = 0, id
		}
		return h.Store.Identify(ctx, b)
	}
	return models.Actor{}, models.ErrUnauthenticated
}
