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

// workbench serves the files, and returns what answers a path that no route knows: the page
// for a browser that asks for one, as the path is the page's own business, and "not found" for
// everyone else.
func workbench(e *gin.Engine, files fs.FS) gin.HandlerFunc {
	page := mountBuilt(e, files, "/", webPolicy)
	return func(c *gin.Context) {
		reads := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
		if !reads || strings.HasPrefix(c.Request.URL.Path, "/api/") || path.Ext(c.Request.URL.Path) != "" ||
			!strings.Contains(c.GetHeader("Accept"), "text/html") {
			answer(c, http.StatusNotFound)
			return
		}
		page(c)
	}
}
