package handlers

import (
	"context"
	"time"

	"jiayi/models"
)

// ReauthInput is the password entered again in a session.
type ReauthInput struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"128"`
		OTP      string `json:"otp,omitempty" maxLength:"8" doc:"动态验证码;已绑定验证器的账号必填"`
	}
}

// ReauthBody tells how long sensitive exports can be downloaded.
type ReauthBody struct {
	Until time.Time `json:"until" doc:"在此之前可以下载敏感导出"`
}

// Reauthenticate answers POST /me/reauth.
func (h *Handlers) Reauthenticate(ctx context.Context, in *ReauthInput) (*Output[ReauthBody], error) {
	v := h.as(ctx)
	if _, ok, err := v.RepeatedSignIn(ctx); ok || err != nil {
		return &Output[ReauthBody]{Body: ReauthBody{models.ActorFrom(ctx).PasswordAt.Add(models.ReauthWithin)}}, err
	}
	username, against, err := v.OwnCredentials(ctx)
	if err != nil {
		return nil, err
	}
	try, err := h.attempt(ctx, username, against, in.Body.Password, in.Body.OTP)
	if err != nil {
		return nil, err
	}
	until, err := v.Reauthenticate(ctx, try)
	return &Output[ReauthBody]{Body: ReauthBody{until}}, err
}
