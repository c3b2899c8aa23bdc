package sheet

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
)

// decoded returns the text of a csv file as UTF-8 without a byte order mark. What
// has no mark is UTF-8 when every byte of it is valid as such, else GB18030 when
// every byte is valid as that: a file may be ASCII for long before its first
// Chinese character, so the whole of it is looked at. Otherwise it returns
// ErrEncoding, or ErrFormat for what is not text.
func decoded(r io.ReaderAt, size int64) (io.Reader, error) {
	start := make([]byte, 3)
	n, err := r.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	start = start[:n]
	whole := func() io.Reader { return io.NewSectionReader(r, 0, size) }
	switch {
	case bytes.HasPrefix(start, bomUTF16LE):
		return transform.NewReader(whole(), unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(start, bomUTF16BE):
		return transform.NewReader(whole(), unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	}
	err = check(transform.NewReader(whole(), encoding.UTF8Validator), false)
	if err == nil {
		return transform.NewReader(whole(), unicode.UTF8BOM.NewDecoder()), nil
	}
	if !errors.Is(err, ErrEncoding) || bytes.HasPrefix(start, bomUTF8) {
		return nil, err
	}
	gb18030 := func() io.Reader { return transform.NewReader(whole(), simplifiedchinese.GB18030.NewDecoder()) }
	if err := check(gb18030(), true); err != nil {
		return nil, err
	}
	return gb18030(), nil
}

// check reads text to its end and returns the first fault of it: ErrFormat for a
// NUL, which no text holds, and ErrEncoding for bytes that are not of the encoding.
func check(text io.Reader, refuseReplacement bool) error {
	_, err := io.Copy(&checker{refuseReplacement: refuseReplacement}, text)
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		return ErrEncoding
	}
	return err
}

// checker is a writer that refuses what check does.
type checker struct {
	refuseReplacement bool   // refuse U+FFFD, which decoders put for bytes they cannot read
	tail              []byte // the end of the last piece, in which a character may be cut
}

var replacement = []byte("\uFFFD")

func (c *checker) Write(p []byte) (int, error) {
	if bytes.IndexByte(p, 0) >= 0 {
		return 0, ErrFormat
	}
	if !c.refuseReplacement {
		return len(p), nil
	}
	c.tail = append(c.tail, p...)
	if bytes.Contains(c.tail, replacement) {
		return 0, ErrEncoding
	}
	c.tail = append(c.tail[:0], c.tail[max(0, len(c.tail)-len(replacement)+1):]...)
	return len(p), nil
}
