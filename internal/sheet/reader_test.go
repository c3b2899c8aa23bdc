package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
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

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCSVEncodingsAndDelimiters(t *testing.T) {
	const text = "居民名册,,\n姓名,身份证号,住址\n张三,370499195503010017,\"某镇,某村\"\n李四𠮷,370499195503010025,\n"
	tabs := strings.ReplaceAll(strings.ReplaceAll(text, "\"某镇,某村\"", "某镇,某村"), ",3", "\t3")
	tabs = strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(tabs, "0017,", "0017\t"), "0025,", "0025\t"), "姓名,身份证号,住址", "姓名\t身份证号\t住址")
	for name, content := range map[string][]byte{
		"UTF-8":                []byte(text),
		"UTF-8 with mark":      append([]byte("\ufeff"), text...),
		"CRLF":                 []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"UTF-16 little endian": encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
		"UTF-16 big endian":    encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text),
		"GB18030":              encoded(t, simplifiedchinese.GB18030, text),
		"semicolons":           []byte(strings.ReplaceAll(strings.ReplaceAll(text, ",", ";"), "某镇;某村", "某镇,某村")),
		"tabs":                 []byte(tabs),
		"tabs in UTF-16":       encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), tabs),
	} {
		t.Run(name, func(t *testing.T) {
			r, rows, err := readAll(t, content, Options{IsHeader: isHeader})
			if err != nil {
				t.Fatal(err)
			}
			if r.Header.Line != 2 || !slices.Equal(r.Header.Cells, []string{"姓名", "身份证号", "住址"}) {
				t.Fatalf("header %v", r.Header)
			}
			if len(rows) != 2 || rows[0].Cell(0) != "张三" || rows[0].Cell(2) != "某镇,某村" || rows[1].Cell(0) != "李四𠮷" || rows[1].Cell(2) != "" || rows[1].Cell(9) != "" {
				t.Fatalf("rows %v", rows)
			}
		})
	}
}

func TestGB18030FarIntoTheFile(t *testing.T) {
	text := "name,village\n" + strings.Repeat("abc,def\n", 100_000) + "张三,某村\n"
	_, rows, err := readAll(t, encoded(t, simplifiedchinese.GB18030, text), Options{})
	if err != nil || len(rows) != 100_001 || rows[100_000].Cell(0) != "张三" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
}

func TestCSVLineNumbersAreTheSpreadsheets(t *testing.T) {
	_, rows, err := readAll(t, []byte("姓名,备注\n\n甲,\"两\n行\"\n,\n乙,\"三\n\n行\"\n丙,x\n"), Options{IsHeader: isHeader})
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, r := range rows {
		lines = append(lines, r.Line)
	}
	if !slices.Equal(lines, []int{3, 5, 6}) || rows[0].Cells[1] != "两\n行" || rows[0].Cell(1) != "两 行" {
		t.Fatalf("lines %v, rows %v", lines, rows)
	}
}

func TestABadQuotationIsNeverSilent(t *testing.T) {
	content := "姓名,备注\n甲,ok\n乙,5\"屏\n丙,ok\n丁,\"没有结束\n戊,x\n己,x\n"
	r, err := OpenAt(strings.NewReader(content), int64(len(content)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var good, bad []int
	for row, err := range r.Rows() {
		switch {
		case errors.Is(err, ErrQuote):
			bad = append(bad, row.Line)
		case err != nil:
			t.Fatal(err)
		default:
			good = append(good, row.Line)
		}
	}
	if !slices.Equal(good, []int{2, 4}) || !slices.Equal(bad, []int{3, 5}) {
		t.Fatalf("good %v bad %v", good, bad)
	}
}

func TestRefusedFiles(t *testing.T) {
	valid := workbookBytes(t, func(f *excelize.File) { set(t, f, "Sheet1", "A1", "姓名", "A2", "张三") })
	for _, c := range []struct {
		name    string
		content []byte
		o       Options
		want    error
	}{
		{"nothing", nil, Options{}, ErrEmpty},
		{"blank csv", []byte(" ,\n,\n"), Options{}, ErrEmpty},
		{"blank workbook", workbookBytes(t, func(*excelize.File) {}), Options{}, ErrEmpty},
		{"old xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"), Options{}, ErrFormat},
		{"web page", []byte("\n<html><table><tr><td>姓名</td></tr></table></html>"), Options{}, ErrFormat},
		{"PDF", []byte("%PDF-1.7\n1,2,3"), Options{}, ErrFormat},
		{"NUL", []byte("姓名,\x00\n"), Options{}, ErrFormat},
		{"neither UTF-8 nor GB18030", []byte("姓名,\xff\xff\xff\n"), Options{}, ErrEncoding},
		{"broken UTF-8 with mark", []byte("\ufeff姓名,\xd0\xd0\n"), Options{}, ErrEncoding},
		{"no header", []byte("a,b\n1,2\n"), Options{IsHeader: isHeader}, ErrNoHeader},
		{"header in row 11", []byte(strings.Repeat("x\n", 10) + "姓名\n"), Options{IsHeader: isHeader}, ErrNoHeader},
		{"header in row 10", []byte(strings.Repeat("x\n", 9) + "姓名\n"), Options{IsHeader: isHeader}, nil},
		{"too large", []byte("姓名\n甲\n"), Options{MaxSize: 3}, ErrTooLarge},
		{"a row without an end", []byte("姓名\n\"" + strings.Repeat("x\n", maxRecord)), Options{}, ErrRowSize},
		{"half a workbook", valid[:len(valid)/2], Options{}, ErrDamaged},
		{"some other zip", zipBytes(t, map[string]string{"a.txt": "x"}), Options{}, ErrFormat},
		{"bomb", bomb(t, "xl/worksheets/sheet1.xml", 20<<20), Options{MaxUnzipped: 4 << 20}, ErrTooLarge},
		{"bomb elsewhere", zipBytes(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/media/image1.png": strings.Repeat("x", maxOtherPart+1)}), Options{}, ErrTooLarge},
		{"one endless cell", bomb(t, "xl/worksheets/sheet1.xml", 2<<20), Options{}, ErrRowSize},
		{"truncated sheet", patched(t, valid, "</sheetData>", ""), Options{}, ErrDamaged},
		{"control character", patched(t, valid, "<sheetData>", "<sheetData>\x0b"), Options{}, ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.o.TempDir = dir
			_, _, err := readAll(t, c.content, c.o)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if c.want != nil {
				left, err := os.ReadDir(dir)
				if err != nil || len(left) != 0 {
					t.Fatalf("left behind: %v %v", left, err)
				}
			}
		})
	}
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

func zipBytes(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		method := zip.Deflate
		if len(body) > maxOtherPart {
			method = zip.Store // compressing is the slow part of this test
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a workbook one part of which unzips to size bytes, in one cell or, when
// that is more than 16 MiB, in many.
func bomb(t *testing.T, part string, size int) []byte {
	t.Helper()
	body := "<worksheet><sheetData><row><c><v>" + strings.Repeat("x", size)
	if size > 16<<20 {
		row := "<row><c><v>" + strings.Repeat("x", 64<<10) + "</v></c></row>"
		body = "<worksheet><sheetData>" + strings.Repeat(row, size/len(row))
	}
	return zipBytes(t, map[string]string{"xl/workbook.xml": "<workbook/>", part: body})
}

// patched replaces text in the first sheet of a workbook.
func patched(t *testing.T, workbook []byte, old, replacement string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		if f.Name == "xl/worksheets/sheet1.xml" {
			if !strings.Contains(parts[f.Name], old) {
				t.Fatalf("no %s in the sheet", old)
			}
			parts[f.Name] = strings.Replace(parts[f.Name], old, replacement, 1)
		}
	}
	return zipBytes(t, parts)
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"姓名,备注\n甲,\"两\n行\"\n", "\ufeff姓名;x\n", "\xff\xfea\x00,\x00b\x00", "a\tb\n\n\"", "\xd0\xd5\xc3\xfb,x\n", "PK\x03\x04", "\"a\"b,c\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := OpenAt(bytes.NewReader(content), int64(len(content)), Options{TempDir: t.TempDir()})
		if err != nil {
			var known *Error
			if !errors.As(err, &known) {
				t.Fatalf("an error without a message: %v", err)
			}
			return
		}
		line := r.Header.Line
		for row, err := range r.Rows() {
			if err != nil && !errors.Is(err, ErrQuote) && !errors.Is(err, ErrRowSize) {
				t.Fatalf("%v", err)
			}
			if err == nil && row.Line <= line {
				t.Fatalf("row %d after row %d", row.Line, line)
			}
			line = max(line, row.Line)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
