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
	able   map[string][]*person // by permission
	good   map[string][][]byte  // bodies that were taken, by operation
}

// run fuzzes the demonstration of the folder.
func run(ctx context.Context, s settings) (*report, error) {
	demo, err := readDemo(s.dir)
	if err != nil {
		return nil, err
	}
	f := &fuzzer{settings: s, base: demo.BaseURL, ids: newPools(), able: map[string][]*person{}, good: map[string][][]byte{}}
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
	for _, p := range f.people {
		for permission := range p.may {
			f.able[permission] = append(f.able[permission], p)
		}
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
	made := make([]outcome, to-from)
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
	for _, m := range made {
		for _, id := range m.ids {
			f.ids.add(id)
		}
		if m.good != nil && len(f.good[m.good.op.ID]) < keptBodies {
			f.good[m.good.op.ID] = append(f.good[m.good.op.ID], m.good.body)
		}
	}
	return ctx.Err()
}

// keptBodies is how many good bodies of an operation are kept.
const keptBodies = 30

// outcome is what later rounds take from a request: the ids it made, and the request itself
// when it was good.
type outcome struct {
	ids  []found
	good *request
}

// send makes, sends and judges request number i.
func (f *fuzzer) send(ctx context.Context, i int, r *report) outcome {
	q := f.makeRequest(i)
	a := q.sendWithin(ctx, f.base)
	if ctx.Err() != nil {
		return outcome{}
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
	out := outcome{ids: foundIn(q, a)}
	if a.status >= 200 && a.status < 300 && len(q.body) > 0 && q.kind == "application/json" {
		out.good = q
	}
	return out
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
			q := &request{op: out, as: p, method: out.Method, path: out.Path, bearer: p.bearer(ctx)}
			if a := q.send(ctx, f.base); a.status != want {
				r.fault(q, a, fmt.Sprintf("signing out answers %d, want %d", a.status, want))
			}
		}
	}
	return nil
}
