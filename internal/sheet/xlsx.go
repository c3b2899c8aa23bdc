package sheet

import (
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// inMemory is the size from which parts of a workbook are unzipped to disk.
const inMemory = 1 << 20

// workbook is an open xlsx file.
type workbook struct {
	file   *excelize.File
	sheets []string // the visible ones
	epoch  Epoch
}

func openWorkbook(path string, o Options) (*workbook, error) {
	f, err := excelize.OpenFile(path, excelize.Options{
		RawCellValue:      true, // dates as serials, and long numbers as they were stored
		UnzipSizeLimit:    o.MaxUnzipped + maxOtherPart,
		UnzipXMLSizeLimit: min(inMemory, o.MaxUnzipped),
		TmpDir:            o.TempDir,
	})
	if err != nil {
		return nil, errors.Join(ErrDamaged, closeBook(f))
	}
	b := &workbook{file: f}
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || visible {
			b.sheets = append(b.sheets, name)
		}
	}
	props, err := f.GetWorkbookProps()
	if err == nil && props.Date1904 != nil && *props.Date1904 {
		b.epoch = Epoch1904
	}
	return b, nil
}

// closeBook closes a workbook that may not have been opened whole, so that its
// temporary files go.
func closeBook(f *excelize.File) error {
	if f == nil {
		return nil
	}
	return f.Close()
}

// xlsxRows reads the rows of one sheet.
type xlsxRows struct {
	rows *excelize.Rows
	line int
}

func (b *workbook) open(sheet string) (*xlsxRows, error) {
	rows, err := b.file.Rows(sheet)
	if err != nil {
		return nil, ErrDamaged
	}
	return &xlsxRows{rows: rows}, nil
}

// next returns the next row, which may be empty, and its number. At the end it returns io.EOF.
func (x *xlsxRows) next() (int, []string, error) {
	if !x.rows.Next() {
		if x.rows.Error() != nil {
			return 0, nil, ErrDamaged
		}
		return 0, nil, io.EOF
	}
	x.line++
	cells, err := x.rows.Columns()
	if err != nil {
		return x.line, nil, ErrDamaged
	}
	return x.line, cells, nil
}

func (x *xlsxRows) close() error { return x.rows.Close() }
