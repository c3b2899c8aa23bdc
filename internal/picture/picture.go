// Package picture takes in photographs: it tells their real type, bounds their size, and makes
// them anew, so that nothing but the pixels is kept.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// Limits of a photograph.
const (
	MaxBytes  = 5 << 20
	MaxPixels = 40_000_000
	quality   = 88
)

// ErrType is the answer for what is no PNG, JPEG or WebP image, ErrSize for more pixels than
// MaxPixels.
var (
	ErrType = errors.New("picture: not a PNG, JPEG or WebP image")
	ErrSize = errors.New("picture: too many pixels")
)

// Picture is a photograph made anew.
type Picture struct {
	Content       []byte
	Type          string // image/png or image/jpeg
	Width, Height int
}

// busy bounds how many large images are in memory at a time.
var busy = make(chan struct{}, 2)

// Clean reads an image by its content, whatever it is called, and writes it anew: PNG as PNG,
// JPEG and WebP as JPEG, without places, cameras and whatever else is beside the pixels. The
// size is checked before the pixels are read.
func Clean(content []byte) (Picture, error) {
	kind := typeOf(content)
	var config image.Config
	var err error
	switch kind {
	case "png":
		config, err = png.DecodeConfig(bytes.NewReader(content))
	case "jpeg":
		config, err = jpeg.DecodeConfig(bytes.NewReader(content))
	case "webp":
		config, err = webp.DecodeConfig(bytes.NewReader(content))
	default:
		return Picture{}, ErrType
	}
	switch {
	case err != nil || config.Width <= 0 || config.Height <= 0:
		return Picture{}, ErrType
	case config.Width > MaxPixels/config.Height:
		return Picture{}, ErrSize
	}
	busy <- struct{}{}
	defer func() { <-busy }()
	return redraw(kind, content)
}

func redraw(kind string, content []byte) (Picture, error) {
	var img image.Image
	var err error
	out := Picture{Type: "image/jpeg"}
	var b bytes.Buffer
	switch kind {
	case "png":
		out.Type = "image/png"
		if img, err = png.Decode(bytes.NewReader(content)); err == nil {
			err = png.Encode(&b, img)
		}
	case "webp":
		img, err = webp.Decode(bytes.NewReader(content))
	default:
		img, err = jpeg.Decode(bytes.NewReader(content))
	}
	if err == nil && kind != "png" {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return Picture{}, ErrType
	}
	out.Content, out.Width, out.Height = b.Bytes(), img.Bounds().Dx(), img.Bounds().Dy()
	return out, nil
}

// typeOf tells the type by how the content begins.
func typeOf(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(content, []byte{0xff, 0xd8, 0xff}):
		return "jpeg"
	case len(content) > 12 && bytes.HasPrefix(content, []byte("RIFF")) && bytes.Equal(content[8:12], []byte("WEBP")):
		return "webp"
	}
	return ""
}
