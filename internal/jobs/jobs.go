// Package jobs runs named pieces of work that happen by themselves: each at its own
// interval, never twice at once, and on one replica only, which a lease decides.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Job is one piece of work. Run must be idempotent and must stop when ctx ends: a
// replica that dies in the middle leaves the rest to the next run.
type Job struct {
	Name  string
	Every time.Duration
	// Run does what is due and returns how many things it changed.
	Run func(ctx context.Context) (changed int, err error)
}

// Leases decide which replica runs a job.
type Leases interface {
	// AcquireLease takes or renews the lease for holder; ok is false while another has it.
	AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (ok bool, err error)
	ReleaseLease(ctx context.Context, name, holder string) error
}

// Finished tells how one run ended.
type Finished struct {
	Job     string
	Changed int
	Err     error
	Took    time.Duration
}

// leaseTTL is how long a replica that died keeps a job from the others; a running job
// renews its lease three times as often.
const leaseTTL = 30 * time.Second

// releaseTimeout bounds how long a replica tries to give a lease up.
const releaseTimeout = 2 * time.Second

// ErrHeld is returned when another replica is running the job.
var ErrHeld = errors.New("jobs: another process is running this job")

// Runner runs jobs in the background. Make one with New.
type Runner struct {
	leases   Leases
	holder   string
	ttl      time.Duration
	finished func(Finished)
	stop     context.CancelFunc
	running  sync.WaitGroup
}

// New returns a Runner whose leases name holder, which must differ between replicas.
// finished, if not nil, is told of every run; it is called by several goroutines.
func New(leases Leases, holder string, finished func(Finished)) *Runner {
	if finished == nil {
		finished = func(Finished) {}
	}
	return &Runner{leases: leases, holder: holder, ttl: leaseTTL, finished: finished}
}

// Start runs every job now and then at its interval, until Stop. It returns at once.
func (r *Runner) Start(list []Job) {
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	for _, j := range list {
		r.running.Go(func() { r.loop(ctx, j) })
	}
}

// Stop tells every job to end and waits for them, at most until ctx ends.
func (r *Runner) Stop(ctx context.Context) error {
	if r.stop == nil {
		return nil
	}
	r.stop()
	done := make(chan struct{})
	go func() {
		r.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Runner) loop(ctx context.Context, j Job) {
	tick := time.NewTicker(j.Every)
	defer tick.Stop()
	for {
		r.tryOnce(ctx, j)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// tryOnce runs the job unless another replica does.
func (r *Runner) tryOnce(ctx context.Context, j Job) {
	err := r.Once(ctx, j)
	if errors.Is(err, ErrHeld) || ctx.Err() != nil {
		return
	}
	if err != nil {
		slog.ErrorContext(ctx, "job failed", "job", j.Name, "error", err)
	}
}

// Once runs the job now, under its lease. It returns ErrHeld when another process has
// it. The job's context ends when the lease is lost.
func (r *Runner) Once(ctx context.Context, j Job) error {
	ok, err := r.leases.AcquireLease(ctx, j.Name, r.holder, r.ttl)
	if err != nil {
		return err
	}
	if !ok {
		return ErrHeld
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var renewing sync.WaitGroup
	renewing.Go(func() { r.renew(ctx, cancel, j) })
	began := time.Now()
	changed, err := j.Run(ctx)
	took := time.Since(began)
	cancel()
	renewing.Wait()
	r.release(j)
	r.finished(Finished{j.Name, changed, err, took})
	return err
}

// renew keeps the lease while the job runs, and ends the job when the lease is lost or
// could not be renewed for so long that another replica may have taken it.
func (r *Runner) renew(ctx context.Context, lost context.CancelFunc, j Job) {
	tick := time.NewTicker(r.ttl / 3)
	defer tick.Stop()
	good := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		asked := time.Now()
		ok, err := r.leases.AcquireLease(ctx, j.Name, r.holder, r.ttl)
		switch {
		case ok:
			good = asked
		case err == nil || time.Since(good) > r.ttl*2/3:
			slog.WarnContext(ctx, "job lost its lease", "job", j.Name)
			lost()
			return
		}
	}
}

// release gives the lease up, so that another replica may run the job at once.
func (r *Runner) release(j Job) {
	ctx, cancel := context.WithTimeout(context.Background(), releaseTimeout)
	defer cancel()
	if err := r.leases.ReleaseLease(ctx, j.Name, r.holder); err != nil {
		slog.WarnContext(ctx, "lease not given up", "job", j.Name, "error", err)
	}
}
