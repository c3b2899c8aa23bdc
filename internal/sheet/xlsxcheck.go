package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxParts     = 10_000   // files in one workbook
	maxOtherPart = 64 << 20 // bytes of styles, pictures and the like together; they are held in memory
	maxRowBytes  = 8 << 20  // bytes of one row in the workbook's XML
)

// checkWorkbook reads a workbook through once before it is opened. The library
// that reads the cells takes a damaged part for its end, and rows would be lost
// without a word; it also holds every part but the sheets in memory. It returns
// ErrFormat, ErrDamaged, ErrTooLarge or ErrRowSize.
func checkWorkbook(r io.ReaderAt, size, maxUnzipped int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return ErrDamaged
	}
	if len(z.File) > maxParts {
		return ErrTooLarge
	}
	left, other, workbook := maxUnzipped, int64(maxOtherPart), false
	for _, part := range z.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		workbook = workbook || name == "xl/workbook.xml"
		allowed, walk := &other, discard
		if strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml" {
			allowed, walk = &left, walkXML
		}
		if err := checkPart(part, allowed, walk); err != nil {
			return err
		}
	}
	if !workbook {
		return ErrFormat
	}
	return nil
}

// checkPart unzips one part to its end, which compares its checksum, and takes its
// size off what is allowed. It does not believe the size the zip claims.
func checkPart(part *zip.File, allowed *int64, walk func(io.Reader) error) error {
	if part.FileInfo().IsDir() {
		return nil
	}
	body, err := part.Open()
	if err != nil {
		return ErrDamaged
	}
	counted := &io.LimitedReader{R: body, N: *allowed + 1}
	err = errors.Join(walk(counted), body.Close())
	*allowed = counted.N - 1
	switch {
	case *allowed < 0:
		return ErrTooLarge
	case errors.Is(err, ErrRowSize):
		return ErrRowSize
	case err != nil:
		return ErrDamaged
	}
	return nil
}

func discard(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// walkXML reads XML to its end and refuses what is not well formed, a row that
// would not fit into memory, and a single token that would not.
func walkXML(r io.Reader) error {
	limited := newBudget(r, maxRecord)
	d := xml.NewDecoder(limited)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, ErrFormat }
	var depth int
	var rowStart int64
	for {
		limited.refill()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			if e.Name.Local == "row" {
				rowStart = d.InputOffset()
			}
		case xml.EndElement:
			depth--
			if e.Name.Local == "row" && d.InputOffset()-rowStart > maxRowBytes {
				return ErrRowSize
			}
		}
	}
}
