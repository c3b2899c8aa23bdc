package handlers

import (
	"net"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
)

// The refresh token of a browser is a cookie that no script can read and that is sent to
// the routes of the session alone.
const (
	sessionCookie     = "jiayi_session"
	sessionCookiePath = "/api/v1/auth"
	sessionByCookie   = "cookie"
)

// BrowserInput asks for a session by cookie. The header is also what keeps another site
// from using the cookie: a form cannot send it, and no other origin may.
type BrowserInput struct {
	Session string `header:"X-Session" enum:"cookie" doc:"浏览器填 cookie:refresh_token 只存放在脚本读不到的 Cookie 中,不出现在回答里"`

	plain bool // the page came from this machine without TLS
}

// Resolve notes where the page came from. A browser always names it in Origin, which no
// proxy rewrites; anything but a page of this machine gets a cookie for TLS only.
func (in *BrowserInput) Resolve(ctx huma.Context) []error {
	origin, err := url.Parse(ctx.Header("Origin"))
	if err != nil || origin.Scheme != "http" {
		return nil
	}
	ip := net.ParseIP(origin.Hostname())
	in.plain = origin.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return nil
}

func (in *BrowserInput) byCookie() bool { return in.Session == sessionByCookie }

// cookie is the Set-Cookie of the refresh token; "" takes the cookie away.
func (in *BrowserInput) cookie(refresh string) string {
	c := http.Cookie{ // #nosec G124 -- Secure is left out for a page of this machine without TLS alone
		Name: sessionCookie, Value: refresh, Path: sessionCookiePath, MaxAge: int(models.StaffSession.Seconds()),
		HttpOnly: true, Secure: !in.plain, SameSite: http.SameSiteStrictMode,
	}
	if refresh == "" {
		c.MaxAge = -1
	}
	return c.String()
}

// hide moves the refresh token of an answer into the cookie, when the browser asked.
func (in *BrowserInput) hide(out *TokensOutput, err error) (*TokensOutput, error) {
	if err == nil && in.byCookie() {
		out.SetCookie = in.cookie(out.Body.RefreshToken)
		out.Body.RefreshToken = ""
	}
	return out, err
}
