package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// Where the H5 build of the mini-program is, and what stands for the WeChat app of a
// phone in a demonstration.
const (
	PhonePath  = "/m/"
	PocketPath = "/demo/wechat"
)

// phonePolicy lets the H5 build run its own scripts and call this server, and nothing
// else. The uni-app runtime sets styles on elements and writes style elements into the
// head; photos and signatures are blob: and data: images.
const phonePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"connect-src 'self' data: blob:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// phone serves the H5 build, and in a demonstration the phone of the stand-in.
func phone(e *gin.Engine, c Config) {
	if c.Pocket != nil {
		e.Any(PocketPath, gin.WrapH(http.StripPrefix(PocketPath, rooted(c.Pocket))))
	}
	if c.Phone == nil {
		return
	}
	page := mountBuilt(e, c.Phone, PhonePath, phonePolicy)
	e.GET(PhonePath, page)
	e.HEAD(PhonePath, page)
	e.GET(strings.TrimSuffix(PhonePath, "/"), func(c *gin.Context) { c.Redirect(http.StatusFound, PhonePath) })
}

// rooted gives a handler the path "/" where stripping left none.
func rooted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/"
		h.ServeHTTP(w, r)
	})
}
