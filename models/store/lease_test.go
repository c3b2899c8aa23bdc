package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func acquire(t *testing.T, s *store.Store, holder string, ttl time.Duration, want bool) {
	t.Helper()
	ok, err := s.AcquireLease(t.Context(), "fold", holder, ttl)
	if err != nil || ok != want {
		t.Errorf("%s for %s: %v, %v; want %v", holder, ttl, ok, err, want)
	}
}

func TestLease(t *testing.T) {
	s, _ := storetest.Open(t)
	acquire(t, s, "a", time.Minute, true)
	acquire(t, s, "a", time.Minute, true) // renewed
	acquire(t, s, "b", time.Minute, false)
	if err := s.ReleaseLease(t.Context(), "fold", "b"); err != nil {
		t.Fatal(err)
	}
	acquire(t, s, "b", time.Minute, false) // only the holder can give it up
	if err := s.ReleaseLease(t.Context(), "fold", "a"); err != nil {
		t.Fatal(err)
	}
	acquire(t, s, "b", time.Minute, true)
	acquire(t, s, "b", -time.Minute, true) // b dies: its lease is over
	acquire(t, s, "a", time.Minute, true)
	acquire(t, s, "b", time.Minute, false)
}

func TestOneOfManyGetsTheLease(t *testing.T) {
	s, _ := storetest.Open(t)
	for round := range 5 {
		name := fmt.Sprintf("job-%d", round)
		var won atomic.Int32
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				ok, err := s.AcquireLease(t.Context(), name, fmt.Sprint("replica ", i), time.Minute)
				if err != nil {
					t.Error(err)
				}
				if ok {
					won.Add(1)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d replicas have the lease", won.Load())
		}
	}
}

func TestJobRuns(t *testing.T) {
	s, clock := storetest.Open(t)
	today := s.Today()
	if done, err := s.JobDone(t.Context(), "roll-day", today); err != nil || done {
		t.Fatalf("%v %v", done, err)
	}
	for range 2 {
		if err := s.RecordJob(t.Context(), "roll-day", today, 3); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := s.JobDone(t.Context(), "roll-day", today); err != nil || !done {
		t.Errorf("%v %v", done, err)
	}
	clock.Set(today.AddDays(1))
	if done, err := s.JobDone(t.Context(), "roll-day", s.Today()); err != nil || done {
		t.Errorf("the next day: %v %v", done, err)
	}
	if err := s.RecordJob(t.Context(), "roll-day", s.Today(), 1); err != nil {
		t.Fatal(err)
	}
	last, err := s.LastJobRuns(t.Context())
	if err != nil || len(last) != 1 || last["roll-day"].Day != today.AddDays(1) || last["roll-day"].Changed != 1 {
		t.Errorf("%+v %v", last, err)
	}
	raw := last["roll-day"]
	if !raw.Finished.UTC().Equal(clock.Now().UTC()) {
		t.Errorf("finished %v", raw.Finished)
	}
}
