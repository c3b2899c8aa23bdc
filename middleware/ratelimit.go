package middleware

import (
	"context"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// Limiter decides whether a client may ask once more; internal/limit has two.
type Limiter interface {
	Allow(ctx context.Context, key string) (ok bool, retryAfter time.Duration)
}

// Limits are the limits per client address. Many clients may share one address: a whole
// health centre does.
type Limits struct {
	All    Limiter // every request of the API
	SignIn Limiter // those under the strict prefix, beside All
}

// RateLimit refuses clients that ask too often with 429 and Retry-After. Paths outside
// the API, such as probes, are not limited.
func RateLimit(l Limits, prefix, strict string, answer func(c *gin.Context, status int)) gin.HandlerFunc {
	return func(c *gin.Context) {
		path, client := c.Request.URL.Path, clientKey(c.ClientIP())
		if !strings.HasPrefix(path, prefix) {
			c.Next()
			return
		}
		limiters := []Limiter{l.All}
		if strings.HasPrefix(path, strict) {
			limiters = append(limiters, l.SignIn)
		}
		for _, limiter := range limiters {
			if ok, wait := limiter.Allow(c.Request.Context(), client); !ok {
				c.Header("Retry-After", strconv.Itoa(max(1, int(math.Ceil(wait.Seconds())))))
				answer(c, http.StatusTooManyRequests)
				return
			}
		}
		c.Next()
	}
}

// clientKey is whose requests are counted together: an address, or the 64 bits of an
// IPv6 address below which one subscriber picks freely.
func clientKey(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil || addr.Unmap().Is4() {
		return ip
	}
	subnet, _ := addr.Prefix(64) // an IPv6 address always has one
	return subnet.String()
}
