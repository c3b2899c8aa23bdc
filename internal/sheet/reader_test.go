package sheet

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// isHeader knows the header of the test files.
func isHeader(cells []string) bool { return slices.Contains(cells, "姓名") }

// readAll returns the rows below the header, or the error that ended the reading.
func readAll(t *testing.T, content []byte, o Options) (*Reader, []Row, error) {
	t.Helper()
	r, err := OpenAt(bytes.NewReader(content), int64(len(content)), o)
	if err != nil {
		return nil, nil, err
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	var rows []Row
	for row, err := range r.Rows() {
		if err != nil {
			return r, rows, err
		}
		rows = append(rows, row)
	}
	return r, rows, nil
}

func TestWorkbook(t *testing.T) {
	content := workbookBytes(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "填表说明", "A2", "请勿改动表头")
		for _, name := range []string{"字典", "名册"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		set(t, f, "字典", "A1", "姓名")
		if err := f.SetSheetVisible("字典", false); err != nil {
			t.Fatal(err)
		}
		set(t, f, "名册", "A1", "榴园区居民名册", "A3", "姓名", "B3", "身份证号", "C3", "出生日期",
			"A4", "张三", "B4", "370499195503010017", "C4", 20149, "A7", "李四", "B7", 370499195503010000, "C7", "1955年3月1日")
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("名册", "C4", "C4", date); err != nil {
			t.Fatal(err)
		}
	})
	path := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	r, err := Open(path, Options{IsHeader: isHeader, TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	if r.Sheet != "名册" || r.Header.Line != 3 || r.Epoch != Epoch1900 {
		t.Errorf("sheet %s header in %d", r.Sheet, r.Header.Line)
	}
	var rows []Row
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if len(rows) != 2 || rows[0].Line != 4 || rows[1].Line != 7 {
		t.Fatalf("%v", rows)
	}
	if rows[0].Cell(1) != "370499195503010017" || rows[0].Cell(2) != "20149" {
		t.Errorf("raw values: %v", rows[0].Cells)
	}
	if n := rows[1].Cell(1); n != "370499195503010000" {
		t.Errorf("a number the spreadsheet rounded reads as %s", n)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	for _, err := range r.Rows() {
		t.Errorf("a row after Close: %v", err)
	}
}

func TestEpoch1904(t *testing.T) {
	yes := true
	content := workbookBytes(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "姓名", "A2", "张三")
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	})
	r, _, err := readAll(t, content, Options{})
	if err != nil || r.Epoch != Epoch1904 {
		t.Fatalf("%v", err)
	}
}

func TestSharedStringsOnDisk(t *testing.T) {
	const n = 6_000 // enough for the strings to be unzipped to disk
	village := strings.Repeat("榴园区石榴镇杏花村", 8)
	content := workbookBytes(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "姓名")
		for i := 2; i <= n; i++ {
			at, err := excelize.CoordinatesToCellName(1, i)
			if err != nil {
				t.Fatal(err)
			}
			set(t, f, "Sheet1", at, village+at)
		}
	})
	temp := t.TempDir()
	r, err := OpenAt(bytes.NewReader(content), int64(len(content)), Options{TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		last = row.Cell(0)
	}
	if last != village+"A6000" {
		t.Errorf("last row %q", last)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func set(t *testing.T, f *excelize.File, sheet string, pairs ...any) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if err := f.SetCellValue(sheet, pairs[i].(string), pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
}

func workbookBytes(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	fill(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
