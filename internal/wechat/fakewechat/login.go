package fakewechat

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// user is a WeChat user who has opened the mini-program.
type user struct {
	openid, phone string
	blocked       bool
	logins        []time.Time // within the last minute
}

// code is a log-in or phone code.
type code struct {
	openid   string
	forPhone bool
	reusable bool // for the demonstration: never spent, never too old
	used     bool
	expires  time.Time
}

// AddUser registers a user, and a log-in code by name. A reusable code works any
// number of times: it is how the demonstration logs in without a phone.
func (s *Server) AddUser(loginCode, openid, phone string, reusable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[openid] = &user{openid: openid, phone: phone}
	s.addCode(loginCode, openid, false, reusable)
}

// AddPhoneCode registers a phone code by name for a user.
func (s *Server) AddPhoneCode(phoneCode, openid string, reusable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addCode(phoneCode, openid, true, reusable)
}

// LoginCode is what wx.login gives a user: a new single-use code.
func (s *Server) LoginCode(openid string) string { return s.newCode(openid, false) }

// PhoneCode is what the getPhoneNumber button gives a user: a new single-use code.
func (s *Server) PhoneCode(openid string) string { return s.newCode(openid, true) }

// Block makes log-ins of a user fail as those of a high-risk user (40226).
func (s *Server) Block(openid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.users[openid]; u != nil {
		u.blocked = true
	}
}

func (s *Server) newCode(openid string, forPhone bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	name := fmt.Sprintf("0%d%s", s.serial, random(18))
	s.addCode(name, openid, forPhone, false)
	return name
}

func (s *Server) addCode(name, openid string, forPhone, reusable bool) {
	now := s.opts.Now()
	for n, c := range s.codes { // forget what nobody can ask about any more
		if !c.reusable && now.After(c.expires.Add(s.opts.CodeLife)) {
			delete(s.codes, n)
		}
	}
	s.codes[name] = &code{openid: openid, forPhone: forPhone, reusable: reusable, expires: now.Add(s.opts.CodeLife)}
}

// redeem spends a code of the right kind and returns its user.
func (s *Server) redeem(name string, forPhone bool) (*user, *wireError) {
	if name == "" {
		return nil, fail(41008, "missing code")
	}
	c := s.codes[name]
	switch {
	case c == nil, c.forPhone != forPhone:
		return nil, fail(40029, "invalid code")
	case c.used:
		return nil, fail(40163, "code been used")
	case !c.reusable && !s.opts.Now().Before(c.expires):
		return nil, fail(40029, "invalid code")
	}
	u := s.users[c.openid]
	switch {
	case u == nil:
		return nil, fail(40029, "invalid code")
	case u.blocked && !forPhone:
		return nil, fail(40226, "code blocked")
	case !forPhone && s.tooOften(u):
		return nil, fail(45011, "api minute-quota reach limit  mustslower  retry next minute")
	}
	c.used = !c.reusable
	return u, nil
}

func (s *Server) tooOften(u *user) bool {
	now := s.opts.Now()
	recent := u.logins[:0]
	for _, at := range u.logins {
		if now.Sub(at) < time.Minute {
			recent = append(recent, at)
		}
	}
	if u.logins = recent; len(recent) >= s.opts.PerMinute {
		return true
	}
	u.logins = append(u.logins, now)
	return false
}

// login answers jscode2session.
func (s *Server) login(r *http.Request, _ []byte) (answer, *wireError) {
	q := r.URL.Query()
	if failure := s.checkApp(q.Get("appid"), q.Get("secret")); failure != nil {
		return nil, failure
	}
	if q.Get("grant_type") != "authorization_code" {
		return nil, fail(40002, "invalid grant_type")
	}
	u, failure := s.redeem(q.Get("js_code"), false)
	if failure != nil {
		return nil, failure
	}
	return answer{"openid": u.openid, "session_key": base64.StdEncoding.EncodeToString([]byte(random(16)))}, nil
}

// phone answers getuserphonenumber.
func (s *Server) phone(r *http.Request, body []byte) (answer, *wireError) {
	if failure := s.checkToken(r); failure != nil {
		return nil, failure
	}
	var in struct {
		Code   string `json:"code"`
		OpenID string `json:"openid"`
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, fail(47001, "data format error")
	}
	u, failure := s.redeem(in.Code, true)
	if failure != nil {
		return nil, failure
	}
	return answer{"errcode": 0, "errmsg": "ok", "phone_info": answer{
		"phoneNumber": u.phone, "purePhoneNumber": u.phone, "countryCode": "86",
		"watermark": answer{"timestamp": s.opts.Now().Unix(), "appid": s.opts.AppID},
	}}, nil
}

func (s *Server) checkApp(id, secret string) *wireError {
	switch {
	case id == "":
		return fail(41002, "appid missing")
	case secret == "":
		return fail(41004, "appsecret missing")
	case id != s.opts.AppID:
		return fail(40013, "invalid appid")
	case secret != s.opts.AppSecret:
		return fail(40125, "invalid appsecret")
	}
	return nil
}

// random is n random characters of the alphabet of codes and tokens.
func random(n int) string { return rand.Text()[:min(n, 26)] }
