package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/calendar"
	"jiayi/internal/password"
	"jiayi/internal/token"
	"jiayi/models/store"
	"jiayi/scripts/client"
)

// handoverKilled plans that a team closes, and kills the job that hands its people over.
func handoverKilled(ctx context.Context, t *theatre) (string, error) {
	c, err := t.logins.SignIn(ctx, t.server.base(), "inst01")
	if err != nil {
		return "", err
	}
	var teams struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if err := c.Get(ctx, "/teams?limit=10", &teams); err != nil {
		return "", err
	}
	on := calendar.DateOf(time.Now()).AddDays(1)
	var from string
	for i := 1; i+1 < len(teams.Items) && from == ""; i++ { // the first is the load's; one may have a plan already
		plan := map[string]any{"kind": "team", "from_team_id": teams.Items[i].ID, "to_team_id": teams.Items[i+1].ID, "effective_on": on, "reason": "演练"}
		err := c.Call(ctx, http.MethodPost, "/handovers", plan, nil)
		switch {
		case err == nil:
			from = teams.Items[i].ID
		case client.StatusOf(err) != http.StatusConflict:
			return "", err
		}
	}
	db, err := t.db.open(dbName)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	const people = "SELECT (SELECT COUNT(*) FROM residents r JOIN villages v ON v.id = r.village_id WHERE v.team_id = ?), (SELECT COUNT(*) FROM contracts WHERE team_id = ? AND status IN ('applied', 'offered', 'active'))"
	var had, left, signed, signedLeft int
	if err := db.QueryRowContext(ctx, people, from, from).Scan(&had, &signed); err != nil {
		return "", err
	}
	if _, err := t.command("job", "run", "roll-day", "--on", on.String(), "--ahead"); err != nil { // as that night will have done
		return "", err
	}
	killed, err := t.interrupt(12, 150*time.Millisecond, t.direct(), "job", "run", "handovers", "--on", on.String(), "--ahead")
	if err != nil {
		return "", err
	}
	if err := db.QueryRowContext(ctx, people, from, from).Scan(&left, &signedLeft); err != nil {
		return "", err
	}
	if from == "" || left > 0 || signedLeft > 0 || had == 0 {
		return "", fmt.Errorf("%d of %d residents and %d of %d contracts are still with the closed team", left, had, signedLeft, signed)
	}
	return fmt.Sprintf("killed %d times; %d residents and %d contracts changed hands once", killed, had, signed), nil
}

// jump is how far the clock jumps ahead, and back again.
const jump = 26 * time.Hour

// clockJumps serves on a clock that jumps over midnight and back while people write.
func clockJumps(ctx context.Context, t *theatre) (string, error) {
	var offset atomic.Int64
	clock := func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }
	st, done, err := openStore(t.db.dsn(t.db.port, dbName), t.env, store.Options{Clock: clock, CapacityPerDoctor: 200000})
	if err != nil {
		return "", err
	}
	defer done()
	keys, err := token.ParseKeys("JIAYI_JWT_KEYS", setting(t.env, "JIAYI_JWT_KEYS"))
	if err != nil {
		return "", err
	}
	signer, err := token.NewSigner(keys, "jiayi-370499", token.DefaultLifetimes)
	if err != nil {
		return "", err
	}
	h := &handlers.Handlers{Store: st, Tokens: signer, Passwords: password.NewHasher(2)}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	srv := &http.Server{Handler: api.New(api.Config{Handlers: h, Identify: h.Identify, Quiet: true}), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(l) }() // ends when it is closed
	defer func() { _ = srv.Close() }()
	people, err := startLoad(ctx, t.logins, "http://"+l.Addr().String())
	if err != nil {
		return "", err
	}
	err = people.during(ctx, func() error {
		offset.Store(int64(jump))
		if _, err := st.RollDay(ctx); err != nil {
			return err
		}
		n, _ := people.counts()
		err := until(ctx, time.Minute, "the load to go on in the next day", func() (bool, error) { now, _ := people.counts(); return now >= n+before, people.wrong() })
		offset.Store(0)
		return err
	})
	people.end()
	if err != nil {
		return "", err
	}
	wrong, v, err := t.dayArrives(ctx, st, &offset, people.stories)
	if err != nil {
		return "", err
	}
	// Rows that are older than the one before them are what an insertion afterwards looks
	// like: that the clock was set back must show, and nothing else.
	if v.broken == nil || v.broken.Kind != store.BreakBackdated {
		return "", fmt.Errorf("the chain does not show the clock that was set back: %+v", v)
	}
	if v.chain, v.broken = true, nil; !v.clean() {
		return "", fmt.Errorf("%+v", v)
	}
	return fmt.Sprintf("%s ahead over midnight and back: %d acknowledged, each once; the chain names the row at which the clock was set back; %d tasks stood by the wrong day until tally rebuild", jump, v.answered, wrong), err
}

// dayArrives lets the day come for good that the clock had jumped to, does what the manual
// says after a wrong clock, and examines it. It returns how many tasks were wrong before.
func (t *theatre) dayArrives(ctx context.Context, st *store.Store, offset *atomic.Int64, stories []*story) (int, verdict, error) {
	offset.Store(int64(jump))
	if _, err := st.RollDay(ctx); err != nil {
		return 0, verdict{}, err
	}
	before, err := st.VerifyTallies(ctx)
	if err != nil {
		return 0, verdict{}, err
	}
	if _, err := st.RebuildTallies(ctx); err != nil {
		return 0, verdict{}, err
	}
	if _, err := st.PlanDue(ctx); err != nil { // as the server does within a minute
		return 0, verdict{}, err
	}
	db, err := t.db.open(dbName)
	if err != nil {
		return 0, verdict{}, err
	}
	defer func() { _ = db.Close() }()
	v, err := check(ctx, db, st, stories)
	return before.Tasks, v, err
}
