// Package web is the team workbench: the page that doctors and leads keep open all day.
// Its build is committed, so that the binary needs no Node.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is the built page: index.html, and assets/ whose names carry a hash of the content.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: " + err.Error()) // it is embedded: a spelling mistake above
	}
	return sub
}
