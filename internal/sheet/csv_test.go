package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

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

func TestLineNumbersAfterABadQuotationOverTwoLines(t *testing.T) {
	content := "姓名\n\"甲\n乙\"x\n丙\n"
	r, err := OpenAt(strings.NewReader(content), int64(len(content)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var lines []int
	for row, err := range r.Rows() {
		if (row.Line == 2) != errors.Is(err, ErrQuote) {
			t.Errorf("row %d: %v", row.Line, err)
		}
		lines = append(lines, row.Line)
	}
	if !slices.Equal(lines, []int{2, 3}) {
		t.Errorf("lines %v", lines)
	}
}

func TestEmptyCellsBetweenTabs(t *testing.T) {
	_, rows, err := readAll(t, []byte("姓名\t备注\t住址\n甲\t\t某村\n"), Options{})
	if err != nil || len(rows) != 1 || rows[0].Cell(1) != "" || rows[0].Cell(2) != "某村" {
		t.Fatalf("%v %v", rows, err)
	}
}

func TestCheckerSeesACutCharacter(t *testing.T) {
	c := &checker{refuseReplacement: true}
	var err error
	for _, b := range []byte("某\uFFFD村") {
		if _, err = c.Write([]byte{b}); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrEncoding) {
		t.Fatalf("got %v", err)
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

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
