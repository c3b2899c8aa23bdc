package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"sync"
	"time"

	"jiayi/internal/calendar"
)

// reminded counts the messages about contracts that end, and the contracts they are about.
const reminded = "SELECT COUNT(*), COUNT(DISTINCT once_key) FROM outbox WHERE template = 'contract_expiring'"

// aheadDays is for which day from now the job is run: more contracts end within 30 days of
// it than the servers have reminded of when they started.
const aheadDays = 20

var changedBy = regexp.MustCompile(`: (\d+) changed`)

// oneJob runs a job in three processes at the same moment, beside the three replicas that
// have it too: what it does is done once.
func (t *troupe) oneJob(ctx context.Context, out *table) error {
	const name = "one job in three processes"
	before, _, err := t.messages(ctx)
	if err != nil {
		return err
	}
	day := calendar.DateOf(time.Now()).AddDays(aheadDays).String()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	changed, idle := 0, 0
	for range nodes {
		wg.Go(func() {
			said, err := run(t.env, t.jiayi, "job", "run", "renewal-reminders", "--on", day, "--ahead")
			mu.Lock()
			defer mu.Unlock()
			m := changedBy.FindStringSubmatch(said)
			if err == nil && m == nil {
				err = fmt.Errorf("the job said nothing of what it did: %.200s", said)
			}
			if err != nil {
				failed = errors.Join(failed, err)
				return
			}
			n, _ := strconv.Atoi(m[1])
			changed += n
			if n == 0 {
				idle++
			}
		})
	}
	wg.Wait()
	after, contracts, err := t.messages(ctx)
	switch {
	case errors.Join(failed, err) != nil:
		return errors.Join(failed, err)
	case changed == 0 || after-before != changed || after != contracts:
		return fmt.Errorf("%d messages about %d contracts, %d of them new; the three say they wrote %d", after, contracts, after-before, changed)
	case idle != nodes-1:
		return fmt.Errorf("%d of three processes found nothing to do, two should", idle)
	}
	v, err := t.everywhere(ctx, nil)
	if err != nil {
		return err
	}
	out.told(name, fmt.Sprintf("%d reminders, one a contract, all by one of three processes started at once", changed), v)
	return nil
}

func (t *troupe) messages(ctx context.Context) (all, contracts int, err error) {
	db, err := t.db.open(dbName)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = db.Close() }()
	err = db.QueryRowContext(ctx, reminded).Scan(&all, &contracts)
	return all, contracts, err
}
