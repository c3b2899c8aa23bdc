package api

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
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

// phone serves the H5 build. Its page is asked for each time; files whose names carry a
// hash of the content never change.
func phone(e *gin.Engine, c Config) {
	if c.Pocket != nil {
		e.Any(PocketPath, gin.WrapH(http.StripPrefix(PocketPath, rooted(c.Pocket))))
	}
	if c.Phone == nil {
		return
	}
	err := fs.WalkDir(c.Phone, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(c.Phone, name)
		if err != nil {
			return err
		}
		send := phoneFile(name, content)
		where := PhonePath + name
		if name == "index.html" {
			where = PhonePath
		}
		e.GET(where, send)
		e.HEAD(where, send)
		return nil
	})
	if err != nil {
		panic("api: the H5 build: " + err.Error()) // it is embedded
	}
}

// rooted gives a handler the path "/" where stripping left none.
func rooted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/"
		h.ServeHTTP(w, r)
	})
}

// phoneFile sends one file, compressed where that saves anything.
func phoneFile(name string, content []byte) gin.HandlerFunc {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	cache := "no-cache"
	if strings.HasPrefix(name, "assets/") {
		cache = "public, max-age=31536000, immutable"
	}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is right, and a buffer takes all
	_, _ = w.Write(content)
	_ = w.Close()
	return func(c *gin.Context) {
		c.Header("Cache-Control", cache)
		if strings.HasPrefix(kind, "text/html") {
			c.Header("Content-Security-Policy", phonePolicy)
			c.Header("X-Robots-Tag", "noindex")
		}
		c.Header("Vary", "Accept-Encoding")
		if b.Len() < len(content) && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
			c.Header("Content-Encoding", "gzip")
			c.Data(http.StatusOK, kind, b.Bytes())
			return
		}
		c.Data(http.StatusOK, kind, content)
	}
}
