package fakewechat

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	tokenLife   = 7200 * time.Second
	renewBefore = 300 * time.Second // old and new are both good in this time

	forcedPerDay = 20
	forcedGap    = 30 * time.Second
)

// issuedToken is an access token given out.
type issuedToken struct {
	value   string
	expires time.Time
}

// token answers stable_token: the same token until 5 minutes before its end, then
// a new one beside it; with force_refresh a new one at once, and the old one dead.
func (s *Server) token(_ *http.Request, body []byte) (answer, *wireError) {
	var in struct {
		GrantType string `json:"grant_type"`
		AppID     string `json:"appid"`
		Secret    string `json:"secret"`
		Force     bool   `json:"force_refresh"`
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, fail(47001, "data format error")
	}
	if in.GrantType != "client_credential" {
		return nil, fail(40002, "invalid grant_type")
	}
	if failure := s.checkApp(in.AppID, in.Secret); failure != nil {
		return nil, failure
	}
	now := s.opts.Now()
	if in.Force {
		if failure := s.force(now); failure != nil {
			return nil, failure
		}
		s.tokens = nil
	}
	if n := len(s.tokens); n == 0 || s.tokens[n-1].expires.Sub(now) <= renewBefore {
		s.renew(now)
	}
	current := s.tokens[len(s.tokens)-1]
	return answer{"access_token": current.value, "expires_in": int(current.expires.Sub(now) / time.Second)}, nil
}

func (s *Server) force(now time.Time) *wireError {
	today := s.forced[:0]
	for _, at := range s.forced {
		if now.Sub(at) < 24*time.Hour {
			today = append(today, at)
		}
	}
	s.forced = today
	if n := len(today); n >= forcedPerDay || (n > 0 && now.Sub(today[n-1]) < forcedGap) {
		return fail(45009, "reach max api daily quota limit")
	}
	s.forced = append(s.forced, now)
	return nil
}

func (s *Server) renew(now time.Time) {
	// Real tokens are long; clients that store 255 characters must fail here too.
	value := "FAKE_" + random(26) + strings.Repeat("x", 481)
	s.tokens = append(s.tokens, issuedToken{value, now.Add(tokenLife)})
	if len(s.tokens) > 2 {
		s.tokens = s.tokens[len(s.tokens)-2:]
	}
}

// Revoke ends every access token, as when someone else forces a new one.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = nil
}

// checkToken looks at the access token of a call.
func (s *Server) checkToken(r *http.Request) *wireError {
	value := r.URL.Query().Get("access_token")
	switch {
	case value == "":
		return fail(41001, "access_token missing")
	case !strings.HasPrefix(value, "FAKE_"):
		return fail(40014, "invalid access_token")
	}
	for _, t := range s.tokens {
		if t.value != value {
			continue
		}
		if !s.opts.Now().Before(t.expires) {
			return fail(42001, "access_token expired")
		}
		return nil
	}
	return fail(40001, "invalid credential, access_token is invalid or not latest")
}
