package handlers

import (
	"context"
	"errors"
	"log/slog"

	"jiayi/internal/wechat"
	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// Wechat is the mini-program platform; internal/wechat.Client is.
type Wechat interface {
	Code2Session(ctx context.Context, code string) (wechat.Session, error)
	PhoneNumber(ctx context.Context, code string) (wechat.Phone, error)
	ReadIDCard(ctx context.Context, photo []byte) (wechat.IDCard, error)
}

// errNoWechat is the answer of an installation without a mini-program.
var errNoWechat = models.Errorf(models.Unavailable, "wechat_unconfigured", "本系统尚未接入微信小程序")

// wechatError tells the user what a failed call means; what only the operator can mend
// is logged. Neither holds a code, an openid or a phone number.
func wechatError(ctx context.Context, err error) error {
	var failed *wechat.Error
	if !errors.As(err, &failed) {
		return err
	}
	switch failed.Reason() {
	case wechat.InvalidCode, wechat.Mismatch:
		return models.InvalidField("code", "invalid_code", failed.UserMessage())
	case wechat.TooFrequent:
		return models.Errorf(models.TooMany, "wechat_too_frequent", "%s", failed.UserMessage())
	case wechat.BlockedUser:
		return models.Errorf(models.Forbidden, "wechat_blocked", "%s", failed.UserMessage())
	}
	slog.ErrorContext(ctx, "wechat call failed", "error", failed, "request_id", models.ActorFrom(ctx).RequestID)
	return models.Errorf(models.Unavailable, "wechat_unavailable", "%s", failed.UserMessage())
}

// WechatCodeInput is a single-use code that the mini-program got from WeChat.
type WechatCodeInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"256"`
	}
}

// SignInWechat signs a resident in with the code of wx.login.
func (h *Handlers) SignInWechat(ctx context.Context, in *WechatCodeInput) (*TokensOutput, error) {
	v := h.as(ctx)
	if first, ok, err := v.RepeatedSignIn(ctx); ok || err != nil {
		return h.tokens(first, err)
	}
	if h.Wechat == nil {
		return nil, errNoWechat
	}
	who, err := h.Wechat.Code2Session(ctx, in.Body.Code)
	if err != nil {
		return nil, wechatError(ctx, err)
	}
	return h.tokens(v.SignInWechat(ctx, who.OpenID))
}

// PhoneBody is a verified phone number, masked.
type PhoneBody struct {
	Phone string `json:"phone" doc:"脱敏显示" example:"138****1234"`
	Bound bool   `json:"bound" doc:"是否已绑定居民;手机号本身不会绑定任何人"`
}

// PhoneOutput answers the exchange of a phone code.
type PhoneOutput struct{ Body PhoneBody }

// errForeignPhone is the answer for numbers that no resident's record can hold.
var errForeignPhone = models.InvalidField("code", "unsupported_phone", "仅支持中国大陆手机号")

// WechatPhone keeps the phone number behind the code of the getPhoneNumber button.
func (h *Handlers) WechatPhone(ctx context.Context, in *WechatCodeInput) (*PhoneOutput, error) {
	v := h.as(ctx)
	account, ok, err := store.Repeated[models.WechatAccount](ctx, v)
	if err != nil {
		return nil, err
	}
	if !ok {
		if h.Wechat == nil {
			return nil, errNoWechat
		}
		phone, err := h.Wechat.PhoneNumber(ctx, in.Body.Code)
		if err != nil {
			return nil, wechatError(ctx, err)
		}
		number, err := codes.ParsePhone(phone.Number)
		if err != nil || !number.Mobile || phone.CountryCode != "86" {
			return nil, errForeignPhone
		}
		if account, err = v.SetWechatPhone(ctx, number.Number); err != nil {
			return nil, err
		}
	}
	return &PhoneOutput{PhoneBody{codes.MaskPhone(account.Phone), account.ResidentID != 0}}, nil
}
