package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/codes"
	"jiayi/scripts/client"
)

// Bounds of the load, so that a drill ends whatever happens.
const (
	workers = 8
	// clientTimeout is how long a client waits for an answer.
	clientTimeout = 8 * time.Second
	// pause lies between two requests of a client, and before one is sent again.
	pause = 20 * time.Millisecond
	// settle is how long clients go on asking after the load was told to stop.
	settle = 90 * time.Second
	// leavers: one story in so many is left alone at its first unanswered request, as by a
	// person who closes the page.
	leavers = 4
)

// load writes into the district until it is stopped, and keeps the ledger.
type load struct {
	*ledger
	logins  client.Logins
	base    string
	village []village
	stop    chan struct{}
	done    sync.WaitGroup
	cancel  context.CancelFunc
}

type village struct {
	ID     string `json:"id"`
	TeamID string `json:"team_id"`
}

// writer is the login of the load: a team lead, who needs no one-time password.
const writer = "lead001"

func startLoad(ctx context.Context, logins client.Logins, base string) (*load, error) {
	c, err := logins.SignIn(ctx, base, writer)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	l := &load{ledger: &ledger{}, logins: logins, base: base, stop: make(chan struct{}), cancel: cancel}
	if err := l.findVillages(ctx, c); err != nil {
		cancel()
		return nil, err
	}
	for i := range workers {
		mine := *c
		mine.HTTP = &http.Client{Timeout: clientTimeout, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
		l.done.Go(func() { l.work(ctx, &mine, mathrand.New(mathrand.NewPCG(uint64(i), uint64(time.Now().UnixNano())))) }) // #nosec G115,G404 -- a load, not a secret
	}
	return l, nil
}

// findVillages reads where the team of the load works.
func (l *load) findVillages(ctx context.Context, c *client.Client) error {
	var list struct {
		Items []village `json:"items"`
	}
	err := c.Get(ctx, "/villages?limit=20&team_id="+l.logins.Of(writer).TeamID, &list)
	if err == nil && len(list.Items) == 0 {
		err = errors.New("the login of the load has no village")
	}
	l.village = list.Items
	return err
}

// person is what is entered of the resident of a story.
func (*load) person(s *story, v village, r *mathrand.Rand) map[string]any {
	return map[string]any{"name": s.name, "id_number": document(), "village_id": v.ID, "phone": fmt.Sprintf("199%08d", r.IntN(1e8)), "address": "演练路1号"}
}

// end stops the load: what is under way is asked for until it is answered, for a while.
func (l *load) end() {
	close(l.stop)
	t := time.AfterFunc(settle, l.cancel)
	l.done.Wait()
	t.Stop()
	l.cancel()
}

func (l *load) stopped() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

// work tells one story after the other.
func (l *load) work(ctx context.Context, c *client.Client, r *mathrand.Rand) {
	for n := 0; !l.stopped(); n++ {
		s := &story{name: name(r)}
		l.begin(s)
		leaves := n%leavers == leavers-1
		v := l.village[r.IntN(len(l.village))]
		resident := l.tell(ctx, c, s, leaves, "resident", "/residents", l.person(s, v, r))
		if resident == "" {
			continue
		}
		contract := l.tell(ctx, c, s, leaves, "contract", "/contracts", map[string]any{"resident_id": resident, "team_id": v.TeamID, "signature": client.Signature})
		l.tell(ctx, c, s, leaves, "visit", "/followups", map[string]any{"resident_id": resident, "visited_on": calendar.DateOf(time.Now()), "visit_way": 3, "services": []string{"consult"}})
		if contract != "" && n%3 == 0 {
			l.tell(ctx, c, s, leaves, "end", "/contracts/"+contract+"/terminate", map[string]any{"reason": "99"})
		}
	}
}

// tell sends one step until it is answered and returns the id of what it made; "" when
// it was refused or left.
func (l *load) tell(ctx context.Context, c *client.Client, s *story, leaves bool, what, path string, body map[string]any) string {
	x := &step{what: what, key: rand.Text()}
	l.mu.Lock()
	s.steps = append(s.steps, x)
	l.mu.Unlock()
	for ctx.Err() == nil {
		var made struct {
			ID string `json:"id"`
		}
		x.sent++
		err := c.CallOnce(ctx, x.key, http.MethodPost, path, body, &made)
		status := client.StatusOf(err)
		switch {
		case status == http.StatusOK:
			x.answered, x.id = true, made.ID
			l.answer(time.Now())
			return x.id
		case status == http.StatusUnauthorized:
			l.signInAgain(ctx, c)
		case status >= 400 && status < 500 && status != http.StatusTooManyRequests:
			l.refuse(x, status, err.Error())
			return ""
		case leaves:
			return ""
		}
		l.again()
		select {
		case <-time.After(pause * 5):
		case <-ctx.Done():
		}
	}
	return ""
}

// signInAgain gets a new access token, as a person does whose session has run out.
func (l *load) signInAgain(ctx context.Context, c *client.Client) {
	if again, err := l.logins.SignIn(ctx, l.base, writer); err == nil {
		c.Token = again.Token
	}
}

// name is a name nobody has: 演 and three characters.
func name(r *mathrand.Rand) string {
	out := []rune{'演'}
	for range 3 {
		out = append(out, rune(0x4E00+r.IntN(0x5000))) // #nosec G115 -- within the block
	}
	return string(out)
}

// documents counts the ID numbers given out.
var documents atomic.Int64

// document is an ID number nobody has: the seeded people have lower sequence numbers.
func document() string {
	const days = 18000
	n := int(documents.Add(1))
	return codes.ComposeIDNumber("370499", calendar.NewDate(1945, 1, 1).AddDays(n%days), 800+n/days*2)
}
