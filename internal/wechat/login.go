package wechat

import (
	"context"
	"net/url"
)

// Session is who logged in. WeChat's session_key is read and thrown away: nothing
// here needs it, and it must never reach a client (domain §7.1).
type Session struct {
	OpenID  string // the user's id within our mini-program; personal, not for logs
	UnionID string // the user's id across one owner's apps; often empty
}

// Code2Session exchanges the code of wx.login. Errors are an *Error; the common
// reasons are InvalidCode, TooFrequent, BlockedUser and Unavailable.
func (c *Client) Code2Session(ctx context.Context, code string) (Session, error) {
	const name = "jscode2session"
	if code == "" {
		return Session{}, codeError(name, status{Code: 41008})
	}
	var answer struct {
		OpenID     string `json:"openid"`
		UnionID    string `json:"unionid"`
		SessionKey string `json:"session_key"`
	}
	err := c.do(ctx, call{name: name, path: "/sns/jscode2session", query: url.Values{
		"appid":      {c.cfg.AppID},
		"secret":     {string(c.cfg.AppSecret)},
		"js_code":    {code},
		"grant_type": {"authorization_code"},
	}}, &answer)
	if err != nil {
		return Session{}, err
	}
	if answer.OpenID == "" || answer.SessionKey == "" {
		return Session{}, &Error{Call: name, reason: Unavailable, cause: errAnswer}
	}
	return Session{OpenID: answer.OpenID, UnionID: answer.UnionID}, nil
}

// Phone is a number that WeChat has verified for the user.
type Phone struct {
	Number      string // without country code
	CountryCode string // "86"
}

// PhoneNumber exchanges the code of the getPhoneNumber button, which is not the
// code of wx.login (domain §7.2). Errors are an *Error, or those of the
// TokenStore; Mismatch means that the number was issued to another mini-program.
func (c *Client) PhoneNumber(ctx context.Context, code string) (Phone, error) {
	const name = "getuserphonenumber"
	if code == "" {
		return Phone{}, codeError(name, status{Code: 41008})
	}
	var answer struct {
		Info struct {
			Pure        string `json:"purePhoneNumber"`
			CountryCode string `json:"countryCode"`
			Watermark   struct {
				AppID string `json:"appid"`
			} `json:"watermark"`
		} `json:"phone_info"`
	}
	err := c.withToken(ctx, call{
		name: name, path: "/wxa/business/getuserphonenumber", body: map[string]string{"code": code},
	}, &answer)
	switch {
	case err != nil:
		return Phone{}, err
	case answer.Info.Pure == "":
		return Phone{}, &Error{Call: name, reason: Unavailable, cause: errAnswer}
	case answer.Info.Watermark.AppID != c.cfg.AppID:
		return Phone{}, &Error{Call: name, reason: Mismatch}
	}
	return Phone{Number: answer.Info.Pure, CountryCode: answer.Info.CountryCode}, nil
}
