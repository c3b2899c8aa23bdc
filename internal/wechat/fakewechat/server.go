// Package fakewechat is a stand-in for the WeChat server: an http.Handler that
// answers on the wire as the real one does (domain §7.1–7.4), error codes and
// single-use codes included, and that can be told to fail. Tests run the client
// against it; the demonstration runs log-in and messages on it.
package fakewechat

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// The paths the server answers.
const (
	PathLogin  = "/sns/jscode2session"
	PathPhone  = "/wxa/business/getuserphonenumber"
	PathToken  = "/cgi-bin/stable_token" // #nosec G101 -- a path, not a token
	PathSend   = "/cgi-bin/message/subscribe/send"
	PathIDCard = "/cv/ocr/idcard"
	maxRequest = 4 << 20 // bytes
)

// Options are the mini-program the server stands for, and its limits. Zero limits
// are WeChat's.
type Options struct {
	AppID     string
	AppSecret string
	Now       func() time.Time // time.Now if nil
	CodeLife  time.Duration    // of single-use codes; 5 minutes
	PerMinute int              // log-ins of one user; 100
	Pages     []string         // pages that a message may open; any if empty
}

// Server is the stand-in. It is safe for concurrent use.
type Server struct {
	opts Options
	mux  *http.ServeMux

	mu        sync.Mutex
	serial    int // source of ids
	calls     map[string]int
	faults    map[string][]plan
	users     map[string]*user // by openid
	codes     map[string]*code
	tokens    []issuedToken // the last one is current
	forced    []time.Time   // when force_refresh was used
	templates map[string][]string
	quota     map[subscription]int
	sent      []Sent
	card      *Card // on every photograph
}

// New returns a Server for a mini-program.
func New(opts Options) *Server {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.CodeLife == 0 {
		opts.CodeLife = 5 * time.Minute
	}
	if opts.PerMinute == 0 {
		opts.PerMinute = 100
	}
	s := &Server{
		opts: opts, mux: http.NewServeMux(),
		calls: map[string]int{}, faults: map[string][]plan{}, users: map[string]*user{},
		codes: map[string]*code{}, templates: map[string][]string{}, quota: map[subscription]int{},
	}
	s.route(http.MethodGet, PathLogin, s.login)
	s.route(http.MethodPost, PathPhone, s.phone)
	s.route(http.MethodPost, PathToken, s.token)
	s.route(http.MethodPost, PathSend, s.send)
	s.route(http.MethodPost, PathIDCard, s.idCard)
	return s
}

// ServeHTTP answers as the WeChat server would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Calls is how often a path has been called, faults included.
func (s *Server) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}

// answer is one JSON object on the wire.
type answer map[string]any

// wireError is an errcode on its way out.
type wireError struct {
	code    int
	message string
}

func fail(code int, message string) *wireError { return &wireError{code, message} }

// route answers a path: the fault that is due, or what handle says. handle runs
// with the lock held.
func (s *Server) route(method, path string, handle func(*http.Request, []byte) (answer, *wireError)) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		// Read first: only then does net/http notice a client that hangs up.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		if err != nil {
			return
		}
		if f, due := s.count(path); due && f.strike(w, r, s.rid) {
			return
		}
		if r.Method != method {
			s.write(w, nil, wrongMethod(method))
			return
		}
		s.mu.Lock()
		out, failure := handle(r, body)
		s.mu.Unlock()
		s.write(w, out, failure)
	})
}

func wrongMethod(want string) *wireError {
	if want == http.MethodGet {
		return fail(43001, "require GET method")
	}
	return fail(43002, "require POST method")
}

// write sends an answer; like the real server it says HTTP 200 whatever happened.
func (s *Server) write(w http.ResponseWriter, out answer, failure *wireError) {
	if failure != nil {
		out = answer{"errcode": failure.code, "errmsg": failure.message + ", rid: " + s.rid()}
	}
	w.Header().Set("Content-Type", "text/plain") // the real one does so for log-in
	_ = json.NewEncoder(w).Encode(out)           // a client that has gone needs no answer
}

// rid is a new request id.
func (s *Server) rid() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	return fmt.Sprintf("67c80000-%08x-%08x", s.serial, s.serial*2654435761&0xffffffff)
}
