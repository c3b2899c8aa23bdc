package middleware

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"time"

	"github.com/gin-gonic/gin"

	"jiayi/models/store"
)

// goodKey is the shape of an Idempotency-Key.
var goodKey = regexp.MustCompile(`^[\x21-\x7e]{1,128}$`)

// bodyTimeout is how long a JSON body may take to arrive.
const bodyTimeout = 30 * time.Second

// Body reads a JSON body within the route's limit, and notes the request's idempotency
// key with a hash of the body. Other bodies are only limited: their handler streams them.
//
// A read deadline that outlives the body is taken by net/http for a lost client: it ends
// the request under way and every later one of that connection. So there is none while a
// handler works.
func Body(limit func(route string) int64, answer func(c *gin.Context, status int)) gin.HandlerFunc {
	return func(c *gin.Context) {
		conn := http.NewResponseController(c.Writer)
		if len(c.Request.TransferEncoding) > 0 {
			// Where the body ends may be seen otherwise by a proxy in front (net/http forgets a
			// Content-Length beside it): what follows on the connection is not read.
			c.Header("Connection", "close")
		}
		if c.Request.Body == nil || c.Request.Method == http.MethodGet {
			_ = conn.SetReadDeadline(time.Time{}) // a writer without deadlines has none to lift
			c.Next()
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit(c.FullPath()))
		req := store.Request{Key: c.GetHeader("Idempotency-Key"), Operation: c.Request.Method + " " + c.Request.URL.Path}
		if req.Key != "" && !goodKey.MatchString(req.Key) {
			answer(c, http.StatusBadRequest)
			return
		}
		if kind, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type")); kind == "application/json" || kind == "" {
			// What is held in memory has the usual limit, even where a file may be larger.
			c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit(""))
			_ = conn.SetReadDeadline(time.Now().Add(bodyTimeout))
			body, err := io.ReadAll(c.Request.Body)
			_ = conn.SetReadDeadline(time.Time{})
			var large *http.MaxBytesError
			switch {
			case errors.As(err, &large):
				answer(c, http.StatusRequestEntityTooLarge)
				return
			case err != nil:
				answer(c, http.StatusBadRequest)
				return
			}
			sum := sha256.Sum256(body)
			req.Hash = hex.EncodeToString(sum[:])
			c.Request.Body = io.NopCloser(bytes.NewReader(body))
		}
		if req.Key != "" && c.Request.Method == http.MethodPost {
			c.Request = c.Request.WithContext(store.WithRequest(c.Request.Context(), req))
		}
		c.Next()
	}
}
