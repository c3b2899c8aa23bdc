package sheet

import (
	"io"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"jiayi/internal/calendar"
)

// maxRows is how many rows a sheet of a workbook can have.
const maxRows = excelize.TotalRows

// textFormat is the number format @. A cell that has it stays text when somebody
// edits it: an ID number keeps its digits and "=1+1" does not become a formula.
const textFormat = 49

// percentFormat is the number format 0.00%.
const percentFormat = 10

// Percent is a share in percent, 64.13 for 64.13%: a number that shows its sign.
type Percent float64

// Layout is how a sheet begins and prints.
type Layout struct {
	Name   string
	Above  string // a line above the header, such as a watermark; "" for none
	Header []string
	Footer string // of every printed page
}

// Writer writes a workbook row by row; what is written waits on disk.
//
// Text is always stored as text and never as a formula, whatever it begins with,
// so a name such as =HYPERLINK(…) cannot act on whoever opens the file. It is not
// altered, so that a file of errors can be mended and sent in again; a file that goes
// elsewhere passes its texts through Neutral.
type Writer struct {
	file    *excelize.File
	stream  *excelize.StreamWriter
	text    int // style of text cells
	percent int // style of Percent cells
	row     int
}

// NewWriter begins a workbook whose one sheet has the header frozen above its rows.
// The caller closes it.
func NewWriter(sheetName string, header []string) (*Writer, error) {
	return NewBook(Layout{Name: sheetName, Header: header})
}

// NewBook begins a workbook with its first sheet. The caller closes it.
func NewBook(first Layout) (*Writer, error) {
	f := excelize.NewFile()
	w := &Writer{file: f}
	if err := w.start(first); err != nil {
		_ = f.Close() // the first error says more
		return nil, err
	}
	return w, nil
}

func (w *Writer) start(first Layout) (err error) {
	if err = w.file.SetSheetName("Sheet1", first.Name); err != nil {
		return err
	}
	if w.text, err = w.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if w.percent, err = w.file.NewStyle(&excelize.Style{NumFmt: percentFormat}); err != nil {
		return err
	}
	return w.begin(first)
}

// Next ends the sheet and begins another. Nothing can be added to the one before.
func (w *Writer) Next(l Layout) error {
	if err := w.stream.Flush(); err != nil {
		return err
	}
	if _, err := w.file.NewSheet(l.Name); err != nil {
		return err
	}
	return w.begin(l)
}

func (w *Writer) begin(l Layout) (err error) {
	if l.Footer != "" {
		footer := "&C" + strings.ReplaceAll(l.Footer, "&", "&&")
		if err = w.file.SetHeaderFooter(l.Name, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
			return err
		}
	}
	if w.stream, err = w.file.NewStreamWriter(l.Name); err != nil {
		return err
	}
	w.row = 0
	if len(l.Header) > 0 {
		if err = w.stream.SetColWidth(1, len(l.Header), 16); err != nil {
			return err
		}
	}
	frozen := 1
	if l.Above != "" {
		frozen = 2
	}
	top, err := excelize.CoordinatesToCellName(1, frozen+1)
	if err != nil {
		return err
	}
	if err = w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: frozen, TopLeftCell: top, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if l.Above != "" {
		if err = w.Write(l.Above); err != nil {
			return err
		}
	}
	cells := make([]any, len(l.Header))
	for i, text := range l.Header {
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
		case Percent:
			values[i] = excelize.Cell{StyleID: w.percent, Value: float64(v) / 100}
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

// Neutral makes a text harmless in whatever program opens the file, also once it is saved
// as CSV: control characters go, and one that begins like a formula gets an apostrophe in
// front.
func Neutral(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	if strings.IndexAny(strings.TrimLeft(s, " \u3000"), "=+-@＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}
