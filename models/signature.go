package models

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Limits of a signature image, in bytes of the decoded file.
const (
	minSignature = 200
	maxSignature = 200 << 10
)

// CheckSignature notes what is wrong with a signature: it must be a PNG or JPEG image as
// a data URL, really of that type. An empty one is no signature and no problem.
func CheckSignature(p *Problems, field, dataURL string) {
	if dataURL == "" {
		return
	}
	magic := map[string][]byte{"data:image/png;base64,": []byte("\x89PNG\r\n\x1a\n"), "data:image/jpeg;base64,": {0xff, 0xd8, 0xff}}
	for prefix, head := range magic {
		text, ok := strings.CutPrefix(dataURL, prefix)
		if !ok {
			continue
		}
		image, err := base64.StdEncoding.DecodeString(text)
		switch {
		case err != nil || !bytes.HasPrefix(image, head) || len(image) < minSignature:
			p.Add(field, "format", "签名图片已损坏,请重新签名")
		case len(image) > maxSignature:
			p.Add(field, "too_large", "签名图片不能超过200KB")
		}
		return
	}
	p.Add(field, "format", "签名应为 PNG 或 JPEG 图片(data URL)")
}
