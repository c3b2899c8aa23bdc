package fakewechat

import (
	"encoding/json"
	"net/http"
	"time"
)

// Fault is one way to fail. The first field that is set decides; Delay goes with any.
type Fault struct {
	Delay    time.Duration // answer this much later; alone, the answer is a good one
	Hang     bool          // say nothing until the client hangs up
	Down     bool          // close the connection without an answer
	Redirect string        // HTTP 302 to this address
	Status   int           // this HTTP status and no body
	Body     string        // HTTP 200 and this body, e.g. no JSON
	Code     int           // this errcode
	Message  string        // the errmsg beside Code
}

// plan is a fault and how many calls it still has to strike.
type plan struct {
	Fault
	left int
}

// Forever is a number of calls that does not run out in a test.
const Forever = 1 << 30

// Fail makes the next n calls of a path fail, after those already told to. A later
// call of Heal ends it.
func (s *Server) Fail(path string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[path] = append(s.faults[path], plan{f, n})
}

// Heal forgets every fault.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
}

// count notes a call of a path and takes the fault that is due for it.
func (s *Server) count(path string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[path]++
	for len(s.faults[path]) > 0 {
		p := &s.faults[path][0]
		if p.left > 0 {
			p.left--
			return p.Fault, true
		}
		s.faults[path] = s.faults[path][1:]
	}
	return Fault{}, false
}

// strike fails the request and returns true, or returns false for a mere delay.
func (f Fault) strike(w http.ResponseWriter, r *http.Request, rid func() string) bool {
	if f.Delay > 0 {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return true
		}
	}
	switch {
	case f.Hang:
		<-r.Context().Done()
	case f.Down:
		panic(http.ErrAbortHandler) // net/http closes the connection and logs nothing
	case f.Redirect != "":
		http.Redirect(w, r, f.Redirect, http.StatusFound)
	case f.Status != 0:
		w.WriteHeader(f.Status)
	case f.Body != "":
		_, _ = w.Write([]byte(f.Body))
	case f.Code != 0:
		_ = json.NewEncoder(w).Encode(answer{"errcode": f.Code, "errmsg": f.Message + " rid: " + rid()})
	default:
		return false
	}
	return true
}
