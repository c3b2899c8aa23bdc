// Package middleware is what every request passes before its handler: request id,
// access log, recovery, limits, authenticate, authorise.
package middleware

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/gin-gonic/gin"
)

type (
	requestIDKey struct{}
	clientIPKey  struct{}
)

// A request id is written to logs and audit: one that may hold a telephone or an ID number is
// not taken over.
var (
	goodRequestID = regexp.MustCompile(`^[A-Za-z0-9_-]{8,40}$`)
	longNumber    = regexp.MustCompile(`[0-9]{11}`)
)

// RequestID gives each request an id, the caller's own when it is well-formed, and
// notes the client's address.
func RequestID(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if !goodRequestID.MatchString(id) || longNumber.MatchString(id) {
		var b [12]byte
		_, _ = rand.Read(b[:])
		id = base64.RawURLEncoding.EncodeToString(b[:])
	}
	c.Header("X-Request-Id", id)
	ctx := context.WithValue(c.Request.Context(), requestIDKey{}, id)
	c.Request = c.Request.WithContext(context.WithValue(ctx, clientIPKey{}, c.ClientIP()))
	c.Next()
}

// RequestIDFrom is the id of the request, "" outside one.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// clientIP is the address of the client: the peer's, or the one a trusted proxy names.
func clientIP(ctx context.Context) string {
	ip, _ := ctx.Value(clientIPKey{}).(string)
	return ip
}

// AccessLog writes one line per request: route pattern, never the URL, whose query may
// hold a name or an ID number.
func AccessLog(c *gin.Context) {
	start := time.Now()
	c.Next()
	slog.InfoContext(c.Request.Context(), "request",
		"method", c.Request.Method, "route", c.FullPath(), "status", c.Writer.Status(),
		"ms", float64(time.Since(start).Microseconds())/1000, "bytes", c.Writer.Size(),
		"request_id", RequestIDFrom(c.Request.Context()))
}

// Recover turns a panic into a plain 500 and logs it once, without the request.
func Recover(answer func(c *gin.Context, status int)) gin.HandlerFunc {
	return gin.CustomRecoveryWithWriter(nil, func(c *gin.Context, cause any) {
		slog.ErrorContext(c.Request.Context(), "panic", "cause", cause, "route", c.FullPath(), "request_id", RequestIDFrom(c.Request.Context()))
		answer(c, http.StatusInternalServerError)
	})
}

// Headers sets the security headers of every answer. Personal data is never cached.
func Headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	c.Next()
}
