package main

import (
	"context"
	"errors"
	"time"
)

// drill is one thing that goes wrong while people write.
type drill struct {
	name string
	// fault breaks something and mends it again; what it returns nil for is mended.
	fault func(ctx context.Context, t *theatre) error
}

// lineDrills are played under a writing load on one server and one database.
var lineDrills = []drill{
	{"server killed", serverKilled},
	{"server stopped and started", serverStopped},
	{"database killed", databaseKilled},
	{"line slow", toxic("latency", map[string]any{"latency": 300, "jitter": 200}, 6*time.Second)},
	{"line narrow", toxic("bandwidth", map[string]any{"rate": 16}, 6*time.Second)},
	{"line reset", toxic("reset_peer", map[string]any{"timeout": 50}, 6*time.Second)},
	{"line half open", toxic("timeout", map[string]any{"timeout": 0}, 12*time.Second)},
	{"disk full", diskFull},
	{"Redis gone", redisGone},
}

// What a load must have done before a fault, and after it.
const (
	before = 120 // answers
	after  = 120
	// patience is how long the load may take to come back after the fault has ended.
	patience = 3 * time.Minute
)

// faults plays every drill and prints the table.
func faults(ctx context.Context, s settings) error {
	t, err := build(ctx, s)
	if t != nil {
		defer t.close()
	}
	if err != nil {
		return err
	}
	out := &table{}
	for _, d := range lineDrills {
		if s.wants(d.name) && ctx.Err() == nil {
			t.play(ctx, out, d)
		}
	}
	for _, d := range workDrills {
		if s.wants(d.name) && ctx.Err() == nil {
			t.perform(ctx, out, d)
		}
	}
	if s.wants("clock jumps") && ctx.Err() == nil { // at last, for it leaves its mark in the chain
		if seen, err := clockJumps(ctx, t); err != nil {
			out.failed("clock jumps", err)
		} else {
			out.told("clock jumps", seen, verdict{chain: true})
		}
	}
	if out.missed {
		return errMissed
	}
	return ctx.Err()
}

// play breaks something under the load and examines what is left.
func (t *theatre) play(ctx context.Context, out *table, d drill) {
	l, err := startLoad(ctx, t.logins, t.server.base())
	if err != nil {
		out.failed(d.name, err)
		return
	}
	err = l.during(ctx, func() error { return d.fault(ctx, t) })
	l.end()
	if err != nil {
		out.failed(d.name, errors.Join(err, t.mend(ctx)))
		return
	}
	v, err := t.examine(ctx, l.stories)
	if err != nil {
		out.failed(d.name, err)
		return
	}
	out.row(d.name, l.ledger, v)
}

// during lets the load run, breaks, and lets it run again.
func (l *load) during(ctx context.Context, fault func() error) error {
	err := until(ctx, time.Minute, "the load to begin", func() (bool, error) { n, _ := l.counts(); return n >= before, l.wrong() })
	if err != nil {
		return err
	}
	if err := fault(); err != nil {
		return err
	}
	l.heal()
	return until(ctx, patience, "the load to go on", func() (bool, error) { _, n := l.counts(); return n >= after, nil })
}

// mend brings back what a drill that failed has left broken.
func (t *theatre) mend(ctx context.Context) error {
	err := t.line.heal(ctx)
	if !t.db.running() {
		err = errors.Join(err, t.db.start(ctx))
	}
	if !t.redis.running() {
		err = errors.Join(err, t.redis.start(ctx))
	}
	if !t.server.running() {
		err = errors.Join(err, t.server.start(ctx))
	}
	return err
}

func serverKilled(ctx context.Context, t *theatre) error {
	t.server.kill()
	return t.server.start(ctx)
}

func serverStopped(ctx context.Context, t *theatre) error {
	t.server.stop()
	return t.server.start(ctx)
}

func databaseKilled(ctx context.Context, t *theatre) error {
	t.db.kill()
	return t.db.start(ctx)
}

// toxic puts a fault on the line between server and database for a while.
func toxic(kind string, how map[string]any, long time.Duration) func(context.Context, *theatre) error {
	return func(ctx context.Context, t *theatre) error {
		if err := t.line.poison(ctx, kind, how); err != nil {
			return err
		}
		if err := wait(ctx, long); err != nil {
			return err
		}
		return t.line.heal(ctx)
	}
}

func redisGone(ctx context.Context, t *theatre) error {
	t.redis.kill()
	if err := wait(ctx, 6*time.Second); err != nil {
		return err
	}
	return t.redis.start(ctx)
}

// wait lets a fault last.
func wait(ctx context.Context, long time.Duration) error {
	select {
	case <-time.After(long):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
