package api

import (
	"embed"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// docsFiles are the page and RapiDoc 9.3.8 (MIT), which draws it: nothing is loaded from
// another host.
//
//go:embed docs/index.html docs/rapidoc-min.js docs/rapidoc-min.js.LICENSE.txt docs/LICENSE-rapidoc.txt
var docsFiles embed.FS

// docsPolicy lets the page run its one script and call this server, and nothing else.
// RapiDoc writes its styles into the page.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docs serves the self-hosted page over the OpenAPI file.
func docs(e *gin.Engine) {
	for path, file := range map[string]struct{ name, kind string }{
		"/docs":                            {"docs/index.html", "text/html; charset=utf-8"},
		"/docs/rapidoc-min.js":             {"docs/rapidoc-min.js", "text/javascript; charset=utf-8"},
		"/docs/rapidoc-min.js.LICENSE.txt": {"docs/rapidoc-min.js.LICENSE.txt", "text/plain; charset=utf-8"},
		"/docs/LICENSE-rapidoc.txt":        {"docs/LICENSE-rapidoc.txt", "text/plain; charset=utf-8"},
	} {
		e.GET(path, func(c *gin.Context) {
			content, err := docsFiles.ReadFile(file.name)
			if err != nil {
				panic("api: " + err.Error()) // it is embedded: a spelling mistake above
			}
			if strings.HasPrefix(file.kind, "text/html") {
				c.Header("Content-Security-Policy", docsPolicy)
			}
			c.Data(http.StatusOK, file.kind, content)
		})
	}
}
