package jobs

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// board is a Leases in memory; every lease is held until it is released or taken away.
type board struct {
	mu      sync.Mutex
	holders map[string]string
	broken  error
}

func (b *board) AcquireLease(_ context.Context, name, holder string, _ time.Duration) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken != nil {
		return false, b.broken
	}
	if h := b.holders[name]; h != "" && h != holder {
		return false, nil
	}
	b.holders[name] = holder
	return true, nil
}

func (b *board) ReleaseLease(_ context.Context, name, holder string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holders[name] == holder {
		delete(b.holders, name)
	}
	return nil
}

func (b *board) give(name, holder string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.holders[name] = holder
}

func (b *board) holder(name string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.holders[name]
}

func newBoard() *board { return &board{holders: map[string]string{}} }

func TestRunsOnOneReplicaOnly(t *testing.T) {
	leases := newBoard()
	started, release := make(chan struct{}), make(chan struct{})
	a, b := New(leases, "a", nil), New(leases, "b", nil)
	a.Start([]Job{{"fold", time.Hour, func(context.Context) (int, error) { close(started); <-release; return 1, nil }}})
	<-started
	ran := false
	second := Job{"fold", time.Hour, func(context.Context) (int, error) { ran = true; return 0, nil }}
	if err := b.Once(t.Context(), second); !errors.Is(err, ErrHeld) || ran {
		t.Errorf("the second replica got %v, ran %v", err, ran)
	}
	close(release)
	if err := a.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Once(t.Context(), second); err != nil || !ran {
		t.Errorf("after the first had ended: %v, ran %v", err, ran)
	}
	if h := leases.holder("fold"); h != "" {
		t.Errorf("%q still holds the lease", h)
	}
}

func TestRepeats(t *testing.T) {
	ran := make(chan struct{})
	r := New(newBoard(), "a", nil)
	r.Start([]Job{{"seal", time.Millisecond, func(ctx context.Context) (int, error) {
		select {
		case ran <- struct{}{}:
		case <-ctx.Done():
		}
		return 0, errors.New("even when it fails")
	}}})
	for range 3 {
		<-ran
	}
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestStopEndsARunningJob(t *testing.T) {
	started := make(chan struct{})
	var got Finished
	r := New(newBoard(), "a", func(f Finished) { got = f })
	r.Start([]Job{{"roll", time.Hour, func(ctx context.Context) (int, error) {
		close(started)
		<-ctx.Done()
		return 7, ctx.Err()
	}}})
	<-started
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got.Job != "roll" || got.Changed != 7 || !errors.Is(got.Err, context.Canceled) {
		t.Errorf("%+v", got)
	}
}

func TestStopIsBounded(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	r := New(newBoard(), "a", nil)
	r.Start([]Job{{"deaf", time.Hour, func(context.Context) (int, error) { close(started); <-release; return 0, nil }}})
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Stop(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(release)
	if err := r.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestALostLeaseEndsTheJob(t *testing.T) {
	leases := newBoard()
	r := New(leases, "a", nil)
	r.ttl = 3 * time.Millisecond
	err := r.Once(t.Context(), Job{"import", time.Hour, func(ctx context.Context) (int, error) {
		leases.give("import", "b")
		<-ctx.Done()
		return 0, ctx.Err()
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if leases.holder("import") != "b" {
		t.Error("took the lease of another replica away")
	}
}

func TestLeaseErrorsAreTold(t *testing.T) {
	leases := newBoard()
	leases.broken = errors.New("database away")
	ran := false
	err := New(leases, "a", nil).Once(t.Context(), Job{"x", time.Hour, func(context.Context) (int, error) { ran = true; return 0, nil }})
	if !errors.Is(err, leases.broken) || ran {
		t.Errorf("got %v, ran %v", err, ran)
	}
}
