package main

import (
	"errors"
	"sync"
	"time"
)

// step is one request of a story, sent until it is answered, or until nobody waits for it
// any more.
type step struct {
	what     string
	key      string // Idempotency-Key of every time it is sent
	sent     int
	answered bool
	refused  int    // status of a refusal
	why      string // what the refusal said
	id       string // of what it made
}

// story is what happens to one resident of the load: entered, signed, visited, ended.
type story struct {
	name  string // nobody else's, by which the database is asked afterwards
	steps []*step
}

func (s *story) at(what string) *step {
	for _, x := range s.steps {
		if x.what == what {
			return x
		}
	}
	return &step{what: what}
}

// ledger is what the clients of the load know: every request, and every answer.
type ledger struct {
	mu       sync.Mutex
	stories  []*story
	answers  int
	repeated int       // sent again with the same key
	refusal  string    // the first refusal: a load that asks for what is not allowed proves nothing
	last     time.Time // of the last answer
	longest  time.Duration
	afterHeal
}

// afterHeal measures the time from the end of a fault to the next answer.
type afterHeal struct {
	healed time.Time
	back   time.Duration // 0 before the first answer
	since  int           // answers after the end of the fault
}

func (l *ledger) begin(s *story) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stories = append(l.stories, s)
}

// answer notes the answer to a request.
func (l *ledger) answer(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answers++
	if !l.last.IsZero() {
		l.longest = max(l.longest, now.Sub(l.last))
	}
	l.last = now
	if !l.healed.IsZero() && now.After(l.healed) {
		l.since++
		if l.back == 0 {
			l.back = now.Sub(l.healed)
		}
	}
}

// refuse notes a refusal.
func (l *ledger) refuse(x *step, status int, why string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	x.refused, x.why = status, why
	if l.refusal == "" {
		l.refusal = why
	}
}

// wrong is an error when a request was refused.
func (l *ledger) wrong() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refusal == "" {
		return nil
	}
	return errors.New(l.refusal)
}

func (l *ledger) again() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.repeated++
}

// heal notes the end of the fault.
func (l *ledger) heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.afterHeal = afterHeal{healed: time.Now()}
}

// counts are the answers so far, and those since the end of the fault.
func (l *ledger) counts() (answers, since int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.answers, l.since
}
