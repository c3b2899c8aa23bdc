package sheet

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
)

// headerRows is how many rows are searched for the header; county files often have
// a title and a note above it.
const headerRows = 10

// Options bounds and directs the reading. The zero Options is usable.
type Options struct {
	// IsHeader tells whether a row is the header. Nil takes the first row with text.
	IsHeader func(cells []string) bool
	// MaxSize is the greatest size of a file in bytes; 0 is 200 MiB.
	MaxSize int64
	// MaxUnzipped is the greatest size of the sheets of a workbook in bytes; 0 is 2 GiB.
	MaxUnzipped int64
	// TempDir is where big workbooks are unzipped to; "" is the system's.
	TempDir string
}

// Row is one row of a sheet.
type Row struct {
	Line  int      // its number as a spreadsheet shows it, from 1
	Cells []string // as stored; empty cells at the end may be missing
}

// Cell returns the cleaned text of a column counted from 0, or "" where the row has none.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return CleanText(r.Cells[column])
}

// rows is what the formats have in common. next returns io.EOF at the end.
type rows interface {
	next() (line int, cells []string, err error)
	close() error
}

// Reader reads the rows of a file below its header.
type Reader struct {
	Header Row
	Sheet  string // name of the sheet that has the header; "" for csv
	Epoch  Epoch  // what the serial numbers of dates count from

	rows    rows
	cleanup []func() error
}

// Open finds the header of an xlsx or csv file on disk, told apart by its content.
// In a workbook that is the first visible sheet with a header in its first 10
// rows. Errors that the sender of the file can mend are *Error.
func Open(path string, o Options) (*Reader, error) {
	f, err := os.Open(path) // #nosec G304 -- the caller chooses the file
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return open(&Reader{cleanup: []func() error{f.Close}}, f, info.Size(), path, o)
}

// OpenAt is Open for size bytes at r, which must stay readable until Close.
func OpenAt(r io.ReaderAt, size int64, o Options) (*Reader, error) {
	return open(&Reader{}, r, size, "", o)
}

func open(rd *Reader, r io.ReaderAt, size int64, path string, o Options) (*Reader, error) {
	if o.MaxSize == 0 {
		o.MaxSize = 200 << 20
	}
	if o.MaxUnzipped == 0 {
		o.MaxUnzipped = 2 << 30
	}
	if err := rd.find(r, size, path, o); err != nil {
		return nil, errors.Join(err, rd.Close())
	}
	return rd, nil
}

var (
	magicZip = []byte("PK\x03\x04")
	magicOLE = []byte{0xD0, 0xCF, 0x11, 0xE0} // xls, and xlsx under a password
)

// find tells the format and looks for the header.
func (rd *Reader) find(r io.ReaderAt, size int64, path string, o Options) error {
	if size > o.MaxSize {
		return ErrTooLarge
	}
	magic := make([]byte, len(magicZip))
	n, err := r.ReadAt(magic, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch magic = magic[:n]; {
	case n == 0:
		return ErrEmpty
	case bytes.Equal(magic, magicOLE):
		return ErrFormat
	case !bytes.Equal(magic, magicZip):
		c, err := openCSV(r, size)
		if err != nil {
			return err
		}
		return rd.header(c, o.IsHeader)
	}
	if err := checkWorkbook(r, size, o.MaxUnzipped); err != nil {
		return err
	}
	if path == "" {
		if path, err = rd.spool(io.NewSectionReader(r, 0, size), o.TempDir); err != nil {
			return err
		}
	}
	return rd.findSheet(path, o)
}

// spool copies a workbook to disk, where it can be read without being held in memory.
func (rd *Reader) spool(r io.Reader, dir string) (path string, err error) {
	f, err := os.CreateTemp(dir, "sheet-*.xlsx")
	if err != nil {
		return "", err
	}
	rd.cleanup = append(rd.cleanup, func() error { return os.Remove(f.Name()) })
	_, err = io.Copy(f, r)
	return f.Name(), errors.Join(err, f.Close())
}

// findSheet takes the first visible sheet that has a header.
func (rd *Reader) findSheet(path string, o Options) error {
	b, err := openWorkbook(path, o)
	if err != nil {
		return err
	}
	rd.cleanup = append(rd.cleanup, b.file.Close)
	rd.Epoch = b.epoch
	result := error(ErrEmpty)
	for _, name := range b.sheets {
		x, err := b.open(name)
		if err != nil {
			return err
		}
		if err = rd.header(x, o.IsHeader); err == nil {
			rd.Sheet = name
			return nil
		}
		if closing := x.close(); closing != nil {
			return closing
		}
		if !errors.Is(err, ErrEmpty) {
			result = err
		}
	}
	return result
}

// header reads on to the header. It returns ErrEmpty when there is no text at all
// and ErrNoHeader when the first rows are none.
func (rd *Reader) header(from rows, is func([]string) bool) error {
	empty := true
	for {
		line, cells, err := from.next()
		switch {
		case errors.Is(err, io.EOF) && empty:
			return ErrEmpty
		case errors.Is(err, io.EOF), err == nil && line > headerRows && !empty:
			return ErrNoHeader
		case errors.Is(err, ErrQuote):
			empty = false
			continue
		case err != nil:
			return err
		case blank(cells):
			continue
		}
		empty = false
		if line > headerRows {
			return ErrNoHeader
		}
		if is == nil || is(cells) {
			rd.Header, rd.rows = Row{line, cells}, from
			return nil
		}
	}
}

// Rows reads the rows below the header that have text, once. With ErrQuote the
// Row has its number only and the reading goes on; any other error ends it.
func (rd *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			line, cells, err := rd.rows.next()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && blank(cells):
				continue
			}
			if !yield(Row{line, cells}, err) || err != nil && !errors.Is(err, ErrQuote) {
				return
			}
		}
	}
}

// Close ends the reading and removes what was unzipped to disk.
func (rd *Reader) Close() error {
	var errs []error
	if rd.rows != nil {
		errs = append(errs, rd.rows.close())
	}
	for i := len(rd.cleanup) - 1; i >= 0; i-- {
		errs = append(errs, rd.cleanup[i]())
	}
	rd.rows, rd.cleanup = ended{}, nil
	return errors.Join(errs...)
}

// ended is a file that has been closed.
type ended struct{}

func (ended) next() (int, []string, error) { return 0, nil, io.EOF }
func (ended) close() error                 { return nil }
