package sheet

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

// FuzzWorkbook reads bytes that begin as a workbook does: every error has a message for the
// sender, and the rows stay within their bounds.
func FuzzWorkbook(f *testing.F) {
	f.Add(seedBook(f, func(b *excelize.File) error { return b.SetSheetRow("Sheet1", "A1", &[]any{"姓名", "生日"}) }))
	f.Add(seedBook(f, func(b *excelize.File) error {
		return errors.Join(b.SetSheetRow("Sheet1", "A3", &[]any{"姓名", 20149.5, true, nil, "=1+1"}), b.SetCellFormula("Sheet1", "B4", "A1&A2"), b.MergeCell("Sheet1", "A5", "C9"))
	}))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := OpenAt(bytes.NewReader(content), int64(len(content)), Options{TempDir: t.TempDir(), MaxUnzipped: 1 << 20})
		if err != nil {
			var known *Error
			if !errors.As(err, &known) || known.Message == "" {
				t.Fatalf("an error without a message: %v", err)
			}
			return
		}
		line := r.Header.Line
		for row, err := range r.Rows() {
			if err != nil {
				continue
			}
			if row.Line <= line {
				t.Fatalf("row %d after row %d", row.Line, line)
			}
			line = row.Line
			for i := range row.Cells {
				_ = row.Cell(i)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func seedBook(f *testing.F, fill func(*excelize.File) error) []byte {
	f.Helper()
	b := excelize.NewFile()
	var out bytes.Buffer
	if err := errors.Join(fill(b), b.Write(&out), b.Close()); err != nil {
		f.Fatal(err)
	}
	return out.Bytes()
}
