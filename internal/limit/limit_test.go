package limit_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiayi/internal/limit"
)

var slow = limit.Rate{PerSecond: 0.5, Burst: 3}

type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC).UnixNano())
	return c
}
func (c *clock) now() time.Time      { return time.Unix(0, c.at.Load()) }
func (c *clock) add(d time.Duration) { c.at.Add(int64(d)) }
func allow(l limit.Limiter, t testing.TB, key string, want bool) time.Duration {
	t.Helper()
	ok, wait := l.Allow(t.Context(), key)
	if ok != want {
		t.Fatalf("%s allowed: %v", key, ok)
	}
	return wait
}

func TestLocalBucket(t *testing.T) {
	c := newClock()
	l := limit.NewLocal(slow, c.now)
	for range slow.Burst {
		allow(l, t, "a", true)
	}
	if wait := allow(l, t, "a", false); wait != 2*time.Second {
		t.Errorf("retry after %v", wait)
	}
	allow(l, t, "b", true)
	c.add(2*time.Second - time.Millisecond)
	allow(l, t, "a", false)
	c.add(time.Millisecond)
	allow(l, t, "a", true)
}

// Many at once never get more than the burst.
func TestLocalConcurrency(t *testing.T) {
	l := limit.NewLocal(slow, newClock().now)
	var wg sync.WaitGroup
	var n atomic.Int32
	for range 64 {
		wg.Go(func() {
			if ok, _ := l.Allow(t.Context(), "a"); ok {
				n.Add(1)
			}
		})
	}
	wg.Wait()
	if int(n.Load()) != slow.Burst {
		t.Errorf("%d allowed", n.Load())
	}
}

// In any stretch of time at most burst + rate × time are allowed.
func TestLocalLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newClock()
		r := limit.Rate{PerSecond: float64(rapid.IntRange(1, 20).Draw(rt, "rate")), Burst: rapid.IntRange(1, 10).Draw(rt, "burst")}
		l := limit.NewLocal(r, c.now)
		start, n := c.now(), 0
		for range rapid.IntRange(1, 200).Draw(rt, "requests") {
			c.add(time.Duration(rapid.IntRange(0, 300).Draw(rt, "ms")) * time.Millisecond)
			if ok, wait := l.Allow(t.Context(), "a"); ok {
				n++
			} else if wait <= 0 {
				rt.Fatal("refused without a time to wait")
			}
			if most := float64(r.Burst) + r.PerSecond*c.now().Sub(start).Seconds() + 1e-6; float64(n) > most {
				rt.Fatalf("%d allowed of %v", n, most)
			}
		}
	})
}

func TestLocalMemoryIsBounded(t *testing.T) {
	l := limit.NewLocal(slow, newClock().now)
	limit.SetMost(l, 10)
	for i := range 1000 {
		allow(l, t, strconv.Itoa(i), true)
		if limit.Keys(l) > 10 {
			t.Fatalf("%d keys after %d clients", limit.Keys(l), i)
		}
	}
}

// Forgetting prefers full buckets: whoever is being refused stays refused.
func TestForgettingKeepsTheBusy(t *testing.T) {
	c := newClock()
	l := limit.NewLocal(slow, c.now)
	limit.SetMost(l, 10)
	for i := range 9 {
		allow(l, t, strconv.Itoa(i), true)
	}
	c.add(2 * time.Second) // those are full again
	for range slow.Burst {
		allow(l, t, "busy", true)
	}
	allow(l, t, "new", true)
	allow(l, t, "busy", false)
}
