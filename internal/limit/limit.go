// Package limit counts how often somebody may ask: by token buckets in memory for one
// process, or by windows in Redis that replicas share.
package limit

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rate is how much is allowed: Burst at once, and PerSecond in the long run. Both are
// positive.
type Rate struct {
	PerSecond float64
	Burst     int
}

// window is the time in which Burst requests come at PerSecond.
func (r Rate) window() time.Duration {
	return time.Duration(math.Ceil(float64(r.Burst) / r.PerSecond * float64(time.Second)))
}

// Limiter decides on one request of a key. A refused one is told when to try again.
type Limiter interface {
	Allow(ctx context.Context, key string) (ok bool, retryAfter time.Duration)
}

// maxKeys bounds the memory of a Local limiter: about 20 MB.
const maxKeys = 100_000

// Local limits within one process. It is safe for concurrent use.
type Local struct {
	rate Rate
	now  func() time.Time
	most int

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

// NewLocal returns a limiter by token buckets; now is time.Now if nil.
func NewLocal(r Rate, now func() time.Time) *Local {
	if now == nil {
		now = time.Now
	}
	return &Local{rate: r, now: now, most: maxKeys, buckets: map[string]*rate.Limiter{}}
}

// Allow takes one token of the key's bucket.
func (l *Local) Allow(_ context.Context, key string) (bool, time.Duration) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= l.most {
			l.forget(now)
		}
		b = rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)
		l.buckets[key] = b
	}
	if b.AllowN(now, 1) {
		return true, 0
	}
	missing := 1 - b.TokensAt(now)
	return false, time.Duration(math.Ceil(missing / l.rate.PerSecond * float64(time.Second)))
}

// forget drops the buckets that are full again: a new one is the same. If that frees too
// little, someone asks under ever new keys; then every other bucket goes.
func (l *Local) forget(now time.Time) {
	for key, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.rate.Burst) {
			delete(l.buckets, key)
		}
	}
	drop := len(l.buckets) - l.most/2
	for key := range l.buckets {
		if drop <= 0 {
			return
		}
		delete(l.buckets, key)
		drop--
	}
}
