package fakewechat

import "time"

// slow is longer than the client waits for an answer.
const slow = 10 * time.Second

// drills are failures of WeChat that somebody can play by name, each by path; the errcodes
// are those of domain §7.
var drills = map[string]map[string]Fault{
	"down":          {PathLogin: {Down: true}, PathPhone: {Down: true}, PathToken: {Down: true}, PathSend: {Down: true}},
	"slow":          {PathLogin: {Delay: slow}, PathPhone: {Delay: slow}, PathToken: {Delay: slow}, PathSend: {Delay: slow}},
	"busy":          {PathLogin: {Code: -1}, PathPhone: {Code: -1}, PathToken: {Code: -1}, PathSend: {Code: -1}},
	"token_expired": {PathPhone: {Code: 42001}, PathSend: {Code: 42001}},
	"quota_used":    {PathSend: {Code: 43101}},
	"none":          {},
}

// Drill plays a failure by name on every call from now on, in place of any other; "none" ends
// it. It returns false for a name that is none.
func (s *Server) Drill(name string) bool {
	faults, known := drills[name]
	if !known {
		return false
	}
	s.Heal()
	for path, f := range faults {
		s.Fail(path, Forever, f)
	}
	return true
}
