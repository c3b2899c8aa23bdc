package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"jiayi/internal/picture"
)

func drawn() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		img.Set(x, x%30, color.RGBA{200, 30, 30, 255})
	}
	return img
}

// located is a JPEG with a place in its metadata, as a phone writes it.
func located(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawn(), nil); err != nil {
		t.Fatal(err)
	}
	secret := []byte("Exif\x00\x00GPS 117.2655,34.7951")
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(secret)+2))
	return append(append([]byte{0xff, 0xd8}, append(segment, secret...)...), b.Bytes()[2:]...)
}

// noted is a PNG with a text chunk.
func noted(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, drawn()); err != nil {
		t.Fatal(err)
	}
	text := []byte("tEXtComment\x00GPS 117.2655,34.7951")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, text...), crc32.ChecksumIEEE(text))
	const head = 8 + 25 // signature and header
	return append(append(append([]byte{}, b.Bytes()[:head]...), chunk...), b.Bytes()[head:]...)
}

func TestNothingButPixels(t *testing.T) {
	for kind, content := range map[string][]byte{"image/jpeg": located(t), "image/png": noted(t)} {
		if !bytes.Contains(content, []byte("117.2655")) {
			t.Fatalf("%s: the test has no place in it", kind)
		}
		p, err := picture.Clean(content)
		if err != nil || p.Type != kind || p.Width != 40 || p.Height != 30 {
			t.Fatalf("%s: %+v %v", kind, p, err)
		}
		if bytes.Contains(p.Content, []byte("117.2655")) {
			t.Errorf("%s keeps the place", kind)
		}
		if _, format, err := image.Decode(bytes.NewReader(p.Content)); err != nil || "image/"+format != kind {
			t.Errorf("%s became %s, %v", kind, format, err)
		}
	}
}

// A lossless WebP of one pixel.
const webpPixel = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

func TestWebPBecomesJPEG(t *testing.T) {
	content, err := base64.StdEncoding.DecodeString(webpPixel)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := picture.Clean(content); err != nil || p.Type != "image/jpeg" || p.Width != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

// huge is the header of a PNG of so many pixels, which has none.
func huge(width, height uint32) []byte {
	header := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	header = append(header, 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, header...), crc32.ChecksumIEEE(header))
}

func TestWhatIsRefused(t *testing.T) {
	good := located(t)
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"nothing": {nil, picture.ErrType}, "a page": {[]byte("<html><script>alert(1)</script>"), picture.ErrType}, "a drawing": {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), picture.ErrType},
		"a GIF": {[]byte("GIF89a\x01\x00\x01\x00"), picture.ErrType}, "half a photograph": {good[:len(good)/2], picture.ErrType}, "only a beginning": {[]byte{0xff, 0xd8, 0xff, 0xe0}, picture.ErrType},
		"40 million and one row": {huge(8000, 5001), picture.ErrSize}, "a bomb": {huge(200_000, 200_000), picture.ErrSize}, "40 million of nothing": {huge(8000, 5000), picture.ErrType},
	} {
		if _, err := picture.Clean(c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
