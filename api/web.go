package api

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// webPolicy lets the workbench run its own scripts and call this server, and nothing else.
// Element Plus and ECharts place pop-ups and bars through style attributes; a style sheet of
// anyone else stays out, as does any script.
const webPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
	"img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// indexFile is the one page; the path after it is the page's own business.
const indexFile = "index.html"

// workbench serves the files, and returns what answers a path that no route knows: the page
// for a browser that asks for one, "not found" for everyone else. Files whose names carry a
// hash never change; the page is asked for each time.
func workbench(e *gin.Engine, files fs.FS) gin.HandlerFunc {
	var index *builtFile
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := loadBuilt(files, name)
		if err != nil {
			return err
		}
		if name == indexFile {
			index = &f
			return nil
		}
		e.GET("/"+name, f.send)
		e.HEAD("/"+name, f.send)
		return nil
	})
	if err != nil {
		panic("api: the workbench: " + err.Error()) // it is embedded
	}
	return func(c *gin.Context) {
		page := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
		if index == nil || !page || strings.HasPrefix(c.Request.URL.Path, "/api/") || path.Ext(c.Request.URL.Path) != "" ||
			!strings.Contains(c.GetHeader("Accept"), "text/html") {
			answer(c, http.StatusNotFound)
			return
		}
		c.Header("Content-Security-Policy", webPolicy)
		c.Header("X-Robots-Tag", "noindex")
		index.send(c)
	}
}
