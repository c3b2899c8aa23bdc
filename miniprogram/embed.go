// Package miniprogram is what residents and village doctors hold in their hands. Its H5
// build is committed, so that the binary needs no Node.
package miniprogram

import (
	"embed"
	"io/fs"
)

//go:embed all:dist-h5
var dist embed.FS

// Dist is the H5 build: index.html, and assets/ whose names carry a hash of the content.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist-h5")
	if err != nil {
		panic("miniprogram: " + err.Error()) // it is embedded: a spelling mistake above
	}
	return sub
}
