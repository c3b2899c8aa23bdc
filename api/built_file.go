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

// minGzip is the fewest bytes worth compressing.
const minGzip = 1 << 10

// builtFile is a file of a build of the front end as it is sent. What every browser asks for
// is kept in memory; the plain text is read from the binary when it is wanted.
type builtFile struct {
	kind, cache string
	plain       func() ([]byte, error)
	gzip        []byte // nil where it would save nothing
}

func (f builtFile) send(c *gin.Context) {
	c.Header("Cache-Control", f.cache)
	if f.gzip != nil {
		c.Header("Vary", "Accept-Encoding")
		if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
			c.Header("Content-Encoding", "gzip")
			c.Data(http.StatusOK, f.kind, f.gzip)
			return
		}
	}
	body, err := f.plain()
	if err != nil {
		panic(err) // it is embedded
	}
	c.Data(http.StatusOK, f.kind, body)
}

// mountBuilt serves the files of a build under a path, and returns what answers with its page,
// under the policy. Files whose names carry a hash never change; the page is asked for each time.
func mountBuilt(e *gin.Engine, files fs.FS, under, policy string) gin.HandlerFunc {
	var page builtFile
	press, _ := gzip.NewWriterLevel(nil, gzip.BestCompression) // the level is a good one
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := loadBuilt(files, name, press)
		if err != nil {
			return err
		}
		if name == "index.html" {
			page = f
			return nil
		}
		e.GET(under+name, f.send)
		e.HEAD(under+name, f.send)
		return nil
	})
	if err != nil {
		panic("api: a build of the front end: " + err.Error()) // it is embedded
	}
	return func(c *gin.Context) {
		c.Header("Content-Security-Policy", policy)
		c.Header("X-Robots-Tag", "noindex")
		page.send(c)
	}
}

func loadBuilt(files fs.FS, name string, press *gzip.Writer) (builtFile, error) {
	read := func() ([]byte, error) { return fs.ReadFile(files, name) }
	content, err := read()
	if err != nil {
		return builtFile{}, err
	}
	f := builtFile{kind: mime.TypeByExtension(path.Ext(name)), cache: "no-cache", plain: read}
	if f.kind == "" {
		f.kind = "application/octet-stream"
	}
	if strings.HasPrefix(name, "assets/") {
		f.cache = "public, max-age=31536000, immutable"
	}
	if len(content) >= minGzip {
		var b bytes.Buffer
		press.Reset(&b)
		if _, err := press.Write(content); err != nil {
			return f, err
		}
		if err := press.Close(); err != nil {
			return f, err
		}
		if b.Len() < len(content)*9/10 {
			f.gzip = bytes.Clone(b.Bytes())
		}
	}
	return f, nil
}
