package limit

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// redisTimeout is the most a request waits for a count.
	redisTimeout = 100 * time.Millisecond
	// redisPause is how long a Redis that failed is left alone.
	redisPause = 5 * time.Second
)

// Redis limits across replicas, by a count per window of Burst/PerSecond. While Redis is
// away each replica limits by itself, which is logged once.
type Redis struct {
	client redis.Cmdable
	name   string
	rate   Rate
	local  *Local
	now    func() time.Time
	awayAt atomic.Int64 // Unix nanoseconds until which Redis is left alone, 0 while it answers
}

// NewRedis returns a limiter whose keys begin with name; now is time.Now if nil. The
// clocks of the replicas must agree to within a fraction of the window.
func NewRedis(client redis.Cmdable, name string, r Rate, now func() time.Time) *Redis {
	if now == nil {
		now = time.Now
	}
	return &Redis{client: client, name: name, rate: r, local: NewLocal(r, now), now: now}
}

// Allow counts one request of the key in the present window.
func (l *Redis) Allow(ctx context.Context, key string) (bool, time.Duration) {
	now := l.now()
	away := l.awayAt.Load()
	if now.UnixNano() < away {
		return l.local.Allow(ctx, key)
	}
	n, rest, err := l.count(ctx, key, now)
	if err != nil {
		if ctx.Err() == nil && l.awayAt.Swap(now.Add(redisPause).UnixNano()) == 0 {
			slog.WarnContext(ctx, "redis is away: each replica limits by itself", "error", err)
		}
		return l.local.Allow(ctx, key)
	}
	if away != 0 && l.awayAt.CompareAndSwap(away, 0) {
		slog.InfoContext(ctx, "redis is back: replicas limit together")
	}
	return n <= int64(l.rate.Burst), rest
}

// count adds one to the window and tells its count and how long it still lasts.
func (l *Redis) count(ctx context.Context, key string, now time.Time) (int64, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	window := l.rate.window()
	number := now.UnixNano() / int64(window)
	name := fmt.Sprintf("%s:%s:%d", l.name, key, number)
	pipe := l.client.TxPipeline()
	n := pipe.Incr(ctx, name)
	pipe.PExpire(ctx, name, window+time.Second)
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, 0, err
	}
	return n.Val(), time.Unix(0, (number+1)*int64(window)).Sub(now), nil
}
