package models

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Party is a part that an actor plays in a process; an actor may play several.
type Party uint8

// The parties.
const (
	PartyResident  Party = 1 << iota // the resident, or a guardian
	PartyTeam                        // staff of the team the process belongs to, or their managers
	PartyManager                     // an institution or district manager
	PartySystem                      // a nightly job
	PartyReceiver                    // staff of the institution that is asked: to receive, to consult, to answer
	PartyDesk                        // a desk of the district: referral centre, complaints officer
	PartyApplicant                   // the member of staff who asked
)

var partyLabels = []string{"居民", "团队", "管理员", "系统", "接收方", "区级岗位", "申请人"}

// String names the parties in Chinese.
func (p Party) String() string {
	var names []string
	for i, label := range partyLabels {
		if p&(1<<i) != 0 {
			names = append(names, label)
		}
	}
	return strings.Join(names, "、")
}

// Step is one row of a state table: the move, the states it is made from, the state it
// leads to, who may make it and what it needs.
type Step[S, M ~string] struct {
	Move       M
	From       []S // empty: the process begins here
	To         S   // "" when the state stays
	By         Party
	Permission Permission // "" for the system's own moves
	NeedReason bool       // a reason in words is mandatory
}

// Process is the state table of a noun. It is the one mechanism by which nouns change
// their state.
type Process[S, M ~string] struct {
	Noun   string // as in routes and the audit: "contract"
	Title  string // Chinese: 合同
	States map[S]string
	Moves  map[M]string
	Steps  []Step[S, M]
}

// Event is one line of a noun's history; it is never changed.
type Event struct {
	ID     ID
	Noun   string    `gorm:"size:24;not null;index:ix_process_events,priority:1"`
	NounID ID        `gorm:"not null;index:ix_process_events,priority:2"`
	At     time.Time `gorm:"not null"`
	Move   string    `gorm:"size:24;not null"`
	From   string    `gorm:"column:from_state;size:24;not null"`
	To     string    `gorm:"column:to_state;size:24;not null"`
	By     string    `gorm:"column:made_by;size:32;not null"`
	Reason string    `gorm:"serializer:sealed"`
	ByName string    `gorm:"-"` // who made it, in words; filled in by reading a history
}

// TableName says what the events are of.
func (Event) TableName() string { return "process_events" }

// Step finds the row of a move from a state; a move may have several rows.
func (p Process[S, M]) step(m M, from S) (step Step[S, M], known bool) {
	for _, s := range p.Steps {
		if s.Move == m {
			step, known = s, true
			if s.allows(from) {
				return s, true
			}
		}
	}
	return step, known
}

func (s Step[S, M]) allows(from S) bool {
	if len(s.From) == 0 {
		return from == ""
	}
	return slices.Contains(s.From, from)
}

// Move is what a move by the actor, who plays the parties, makes of a state. It refuses
// with Forbidden when none of the parties may make it, with Conflict wrong_state when the
// state forbids it, and with Invalid when the reason is missing. The caller fills in ID
// and time of the event.
func (p Process[S, M]) Move(from S, m M, by Actor, parties Party, reason string) (S, Event, error) {
	s, known := p.step(m, from)
	if !known {
		panic("models: no such move of " + p.Noun + ": " + string(m))
	}
	if parties&s.By == 0 || s.Permission != "" && !by.Can(s.Permission) {
		return from, Event{}, ErrForbidden
	}
	if !s.allows(from) {
		return from, Event{}, Errorf(Conflict, "wrong_state", "%s当前状态为“%s”,不能执行此操作", p.Title, p.States[from])
	}
	if s.NeedReason && strings.TrimSpace(reason) == "" {
		return from, Event{}, InvalidField("reason", "required", "请填写原因")
	}
	to := from
	if s.To != "" {
		to = s.To
	}
	return to, Event{Noun: p.Noun, Move: string(m), From: string(from), To: string(to), By: by.Name(), Reason: reason}, nil
}

// Allowed lists the moves that the actor may make from the state, in table order: the
// buttons of a screen.
func (p Process[S, M]) Allowed(from S, by Actor, parties Party) []M {
	var out []M
	for _, s := range p.Steps {
		if len(s.From) > 0 && s.allows(from) && parties&s.By != 0 && s.Permission != "" && by.Can(s.Permission) && !slices.Contains(out, s.Move) {
			out = append(out, s.Move)
		}
	}
	return out
}

// Drawing is the state table as a Mermaid diagram and a table, for the documentation.
func (p Process[S, M]) Drawing() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s (%s)\n\n```mermaid\nstateDiagram-v2\n", p.Title, p.Noun)
	for _, s := range p.Steps {
		from, to := s.From, string(s.To)
		if len(from) == 0 {
			from = []S{""}
		}
		for _, f := range from {
			start, end := string(f), to
			if start == "" {
				start = "[*]"
			}
			if end == "" {
				end = start
			}
			fmt.Fprintf(&b, "  %s --> %s: %s\n", start, end, p.Moves[s.Move])
		}
	}
	b.WriteString("```\n\n| move | from | to | by | reason |\n|---|---|---|---|---|\n")
	for _, s := range p.Steps {
		names := make([]string, len(s.From))
		for i, f := range s.From {
			names[i] = p.States[f]
		}
		need := ""
		if s.NeedReason {
			need = "must"
		}
		fmt.Fprintf(&b, "| %s `%s` | %s | %s | %s | %s |\n", p.Moves[s.Move], s.Move, strings.Join(names, "、"), p.States[s.To], s.By, need)
	}
	return b.String()
}

// Check returns what is wrong with the table itself: a state or move without a label, a
// state that nothing leads to. It is for tests.
func (p Process[S, M]) Check() []string {
	var wrong []string
	reached := map[S]bool{}
	for _, s := range p.Steps {
		reached[s.To] = true
		if p.Moves[s.Move] == "" {
			wrong = append(wrong, "move "+string(s.Move)+" has no label")
		}
		for _, state := range append(slices.Clone(s.From), s.To) {
			if state != "" && p.States[state] == "" {
				wrong = append(wrong, "state "+string(state)+" has no label")
			}
		}
	}
	for state := range p.States {
		if !reached[state] {
			wrong = append(wrong, "nothing leads to "+string(state))
		}
	}
	return wrong
}
