package sheet

import (
	"io"

	"github.com/xuri/excelize/v2"

	"jiayi/internal/calendar"
)

// maxRows is how many rows a sheet of a workbook can have.
const maxRows = excelize.TotalRows

// textFormat is the number format @. A cell that has it stays text when somebody
// edits it: an ID number keeps its digits and "=1+1" does not become a formula.
const textFormat = 49

// Writer writes a workbook of one sheet row by row; what is written waits on disk.
//
// Text is always stored as text and never as a formula, whatever it begins with,
// so a name such as =HYPERLINK(…) cannot act on whoever opens the file. It is not
// altered, so that a file of errors can be mended and sent in again.
type Writer struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	text   int // style of text cells
	row    int
}

// NewWriter begins a workbook whose one sheet has the header frozen above its rows.
// The caller closes it.
func NewWriter(sheetName string, header []string) (*Writer, error) {
	f := excelize.NewFile()
	w := &Writer{file: f}
	if err := w.begin(sheetName, header); err != nil {
		_ = f.Close() // the first error says more
		return nil, err
	}
	return w, nil
}

func (w *Writer) begin(sheetName string, header []string) (err error) {
	if err = w.file.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	if w.stream, err = w.file.NewStreamWriter(sheetName); err != nil {
		return err
	}
	if w.text, err = w.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if len(header) > 0 {
		if err = w.stream.SetColWidth(1, len(header), 16); err != nil {
			return err
		}
	}
	if err = w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(header))
	for i, text := range header {
		cells[i] = text
	}
	return w.Write(cells...)
}

// Write adds one row. Strings and dates are written as text, dates as YYYY-MM-DD;
// numbers stay numbers and nil is an empty cell. It returns ErrRows when the sheet is full.
func (w *Writer) Write(cells ...any) error {
	if w.row == maxRows {
		return ErrRows
	}
	w.row++
	values := make([]any, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case calendar.Date:
			values[i] = excelize.Cell{StyleID: w.text, Value: v.String()}
		case string:
			values[i] = excelize.Cell{StyleID: w.text, Value: v}
		default:
			values[i] = v
		}
	}
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.stream.SetRow(at, values)
}

// WriteTo ends the workbook and writes it to out. Nothing can be added after it.
func (w *Writer) WriteTo(out io.Writer) (int64, error) {
	if err := w.stream.Flush(); err != nil {
		return 0, err
	}
	return w.file.WriteTo(out)
}

// Close removes what waited on disk.
func (w *Writer) Close() error { return w.file.Close() }
