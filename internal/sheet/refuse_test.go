package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

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
		{"a row too long for memory", longRow(t), Options{}, ErrRowSize},
		{"too many parts", manyParts(t), Options{}, ErrTooLarge},
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

// longRow is a workbook with one row of cells that are each short enough.
func longRow(t *testing.T) []byte {
	t.Helper()
	cell := "<c><v>" + strings.Repeat("x", 32_000) + "</v></c>"
	body := "<worksheet><sheetData><row>" + strings.Repeat(cell, maxRowBytes/len(cell)+1) + "</row></sheetData></worksheet>"
	return zipBytes(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": body})
}

// manyParts is a workbook of more files than any real one has.
func manyParts(t *testing.T) []byte {
	t.Helper()
	parts := map[string]string{"xl/workbook.xml": "<workbook/>"}
	for i := range maxParts {
		parts[fmt.Sprintf("x%d", i)] = ""
	}
	return zipBytes(t, parts)
}
