package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

type settings struct {
	dir      string
	requests int
	seed     uint64
	workers  int
	route    string
}

// roundSize is how many requests are sent before the ids that they made join the others:
// within a round a request depends on nothing but the seed and its number.
const roundSize = 1000

// fuzzer is one run.
type fuzzer struct {
	settings
	base   string
	spec   *spec
	people []*person
	ids    *pools
	checks *checker
}

// run fuzzes the demonstration of the folder.
func run(ctx context.Context, s settings) (*report, error) {
	demo, err := readDemo(s.dir)
	if err != nil {
		return nil, err
	}
	f := &fuzzer{settings: s, base: demo.BaseURL, ids: newPools()}
	if f.spec, err = loadSpec(ctx, f.base, s.route); err != nil {
		return nil, err
	}
	if f.people, err = signInAll(ctx, demo); err != nil {
		return nil, err
	}
	r := newReport(s, f.people)
	f.checks = &checker{}
	if err := f.look(ctx, r); err != nil {
		return r, err
	}
	for from := 0; from < s.requests; from += roundSize {
		if err := f.round(ctx, from, min(from+roundSize, s.requests), r); err != nil {
			return r, err
		}
	}
	return r, f.leave(ctx, r)
}

// round sends the requests from..to-1, and lets the ids they made join the others.
func (f *fuzzer) round(ctx context.Context, from, to int, r *report) error {
	made := make([][]found, to-from)
	next := make(chan int)
	var wg sync.WaitGroup
	for range f.workers {
		wg.Go(func() {
			for i := range next {
				made[i-from] = f.send(ctx, i, r)
			}
		})
	}
	for i := from; i < to && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, ids := range made {
		for _, id := range ids {
			f.ids.add(id)
		}
	}
	return ctx.Err()
}

// send makes, sends and judges request number i; it returns the ids of a good answer.
func (f *fuzzer) send(ctx context.Context, i int, r *report) []found {
	q := f.makeRequest(i)
	a := q.sendWithin(ctx, f.base)
	if ctx.Err() != nil {
		return nil
	}
	r.count(q, a)
	for _, what := range f.checks.faults(q, a) {
		r.fault(q, a, what)
	}
	if q.as.loses(q, a) {
		if err := q.as.refresh(ctx); err != nil && q.as.lose() {
			r.fault(q, a, "the session of "+q.as.name+" has ended by itself: "+err.Error())
		}
	}
	return foundIn(q, a)
}

// leave signs everyone out: a session that is over must be over at once.
func (f *fuzzer) leave(ctx context.Context, r *report) error {
	for _, p := range f.people {
		if p.nobody() || p.lost() {
			continue
		}
		out := f.spec.byID["sign-out"]
		if out == nil {
			return errors.New("the file names no sign-out")
		}
		for _, want := range []int{204, 401} {
			q := &request{op: out, as: p, method: out.method, path: out.path, bearer: p.bearer(ctx)}
			if a := q.send(ctx, f.base); a.status != want {
				r.fault(q, a, fmt.Sprintf("signing out answers %d, want %d", a.status, want))
			}
		}
	}
	return nil
}
