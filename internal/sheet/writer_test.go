package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiayi/internal/calendar"
)

func TestWriterKeepsTextAsText(t *testing.T) {
	hostile := []string{"=1+1", "+86 138", "-5", "@SUM(A1)", "\tx", "\rx", `=HYPERLINK("http://x","y")`, "'=1", "370499195503010017", "<b>&amp;", "_x000D_", ""}
	w, err := NewWriter("错误清单", []string{"行号", "内容"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	for i, s := range hostile {
		if err := w.Write(i+1, s, calendar.MustDate("1955-03-01"), nil, 1.5); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for i, s := range hostile {
		at, err := excelize.CoordinatesToCellName(2, i+2)
		if err != nil {
			t.Fatal(err)
		}
		formula, err := f.GetCellFormula("错误清单", at)
		if err != nil || formula != "" {
			t.Errorf("%q became the formula %q, %v", s, formula, err)
		}
		if got, err := f.GetCellValue("错误清单", at); err != nil || got != s {
			t.Errorf("%q reads back as %q, %v", s, got, err)
		}
		kind, err := f.GetCellType("错误清单", at)
		if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%q is a cell of type %v, %v", s, kind, err)
		}
		id, err := f.GetCellStyle("错误清单", at)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != textFormat {
			t.Errorf("%q would become a formula when edited: %v", s, err)
		}
	}
	if xml := sheetXML(t, out.Bytes()); bytes.Contains(xml, []byte("<f>")) || bytes.Contains(xml, []byte("<f ")) {
		t.Error("a formula was written")
	}
	if got, err := f.GetCellValue("错误清单", "C2"); err != nil || got != "1955-03-01" {
		t.Errorf("date %q %v", got, err)
	}
	if kind, err := f.GetCellType("错误清单", "A2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number became %v %v", kind, err)
	}
}

// sheetXML returns the sheet of a workbook as it is stored.
func sheetXML(t *testing.T, workbook []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	w, err := NewWriter("名册", []string{"姓名", "身份证号"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	for range 1000 {
		if err := w.Write("张三", "370499195503010017"); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	r, rows, err := readAll(t, out.Bytes(), Options{IsHeader: isHeader})
	if err != nil || len(rows) != 1000 || r.Sheet != "名册" || rows[999].Line != 1001 || rows[999].Cell(1) != "370499195503010017" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
}

func TestWriterEndsAtTheLastRow(t *testing.T) {
	w, err := NewWriter("名册", []string{"姓名"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	w.row = maxRows - 1
	if err := w.Write("甲"); err != nil {
		t.Fatal(err)
	}
	if err := w.Write("乙"); !errors.Is(err, ErrRows) {
		t.Fatalf("got %v", err)
	}
	if _, err := NewWriter(strings.Repeat("长", 40), nil); err == nil {
		t.Error("a sheet name of 40 characters was accepted")
	}
}

func TestNeutral(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+86 138": "'+86 138", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1", "\r\n-1": "'-1", " =1": "' =1", "\u3000=1": "'\u3000=1", "＝1": "'＝1",
		"张三": "张三", "370***********0017": "370***********0017", "0632-***45": "0632-***45", "a\x00b\x1fc": "abc", "": "", "3-4月": "3-4月",
	} {
		if got := Neutral(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestBookOfSeveralSheets(t *testing.T) {
	w, err := NewBook(Layout{Name: "名册", Above: "仅限工作使用", Header: []string{"姓名", "比率"}, Footer: "甲 & 乙"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	if err := errors.Join(w.Write("张三", Percent(64.13)), w.Next(Layout{Name: "说明", Header: []string{"项目"}}), w.Write("日期")); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for name, want := range map[string]string{"名册": "[[仅限工作使用] [姓名 比率] [张三 64.13%]]", "说明": "[[项目] [日期]]"} {
		if rows, err := f.GetRows(name); err != nil || fmt.Sprint(rows) != want {
			t.Errorf("%s: %v %v", name, rows, err)
		}
	}
	for name, want := range map[string]int{"名册": 2, "说明": 1} {
		if panes, err := f.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != want {
			t.Errorf("%s: %+v %v", name, panes, err)
		}
	}
	if footer, err := f.GetHeaderFooter("名册"); err != nil || footer == nil || footer.OddFooter != "&C甲 && 乙" {
		t.Errorf("%+v %v", footer, err)
	}
}
