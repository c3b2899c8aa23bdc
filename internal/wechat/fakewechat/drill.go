package fakewechat

import "time"

// slow is longer than the client waits for an answer.
const slow = 10 * time.Second

// drills are failures of WeChat that somebody can play by name, each by path; the errcodes
// are those of domain §7.
var drills = map[string]map[string]Fault{
	"down":          on(Fault{Down: true}, PathLogin, PathPhone, PathToken, PathSend, PathIDCard),
	"slow":          on(Fault{Delay: slow}, PathLogin, PathPhone, PathToken, PathSend, PathIDCard),
	"busy":          on(Fault{Code: -1}, PathLogin, PathPhone, PathToken, PathSend, PathIDCard),
	"token_expired": on(Fault{Code: 42001}, PathPhone, PathSend, PathIDCard),
	"quota_used":    {PathSend: {Code: 43101}, PathIDCard: {Code: 45009}},
	"no_right":      on(Fault{Code: 48001}, PathIDCard),
	"unreadable":    on(Fault{Code: 101002}, PathIDCard),
	"none":          {},
}

func on(f Fault, paths ...string) map[string]Fault {
	out := map[string]Fault{}
	for _, p := range paths {
		out[p] = f
	}
	return out
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
