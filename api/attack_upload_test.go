package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"jiayi/handlers"
	"jiayi/internal/sheet"
)

// zipped is a workbook of the parts.
func zipped(t *testing.T, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bookOf is a workbook with one sheet of the XML, after what precedes its root.
func bookOf(t *testing.T, doctype, rows string) string {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return zipped(t, map[string]string{
		"[Content_Types].xml":        head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            head + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + rel + `"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   head + doctype + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	})
}

func cells(texts ...string) string {
	var b strings.Builder
	b.WriteString("<row>")
	for _, x := range texts {
		b.WriteString(`<c t="inlineStr"><is><t>` + x + `</t></is></c>`)
	}
	return b.String() + "</row>"
}

// fetchingWorkbook asks its reader to fetch an address: by entity, by relation, by formula.
func fetchingWorkbook(t *testing.T, address string) string {
	t.Helper()
	return bookOf(t, `<!DOCTYPE x [<!ENTITY bait SYSTEM "`+address+`">]>`, cells("姓名", "身份证号", "村居")+cells("&amp;bait;", `=WEBSERVICE("`+address+`")`, "东村"))
}

// What a spreadsheet may do to its reader: it is refused, or read as the text it holds.
func TestHostileWorkbooks(t *testing.T) {
	s := newSite(t)
	laughs := `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	head := cells("姓名", "身份证号", "村居")
	for name, c := range map[string]struct {
		content string
		code    string
	}{
		"entities that grow": {bookOf(t, laughs, head+cells("&c;", "", "东村")), "file_damaged"},
		"a file by entity":   {bookOf(t, `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>`, head+cells("&f;", "", "东村")), "file_damaged"},
		"one endless cell":   {bookOf(t, "", head+cells(strings.Repeat("x", 3<<20), "", "东村")), "row_too_large"},
		"a bomb beside it":   {zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/media/image1.png": strings.Repeat("\x00", 80<<20)}), "file_too_large"},
		"parts without end":  {zipped(t, manyParts()), ""},
		"names that climb":   {zipped(t, map[string]string{"../../../../tmp/jiayi-climbed": "x", "xl/workbook.xml": "<workbook/>"}), ""},
	} {
		status, answer := s.upload("manager", "a.xlsx", c.content)
		if status != http.StatusUnprocessableEntity && status != http.StatusRequestEntityTooLarge || c.code != "" && !strings.Contains(answer, c.code) || strings.Contains(answer, "root:") {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
}

func manyParts() map[string]string {
	parts := map[string]string{"xl/workbook.xml": "<workbook/>"}
	for i := range 12000 {
		parts["xl/worksheets/"+strings.Repeat("s", i%7)+string(rune('a'+i%26))+strings.Repeat("x", i/200)+".xml"] = ""
	}
	return parts
}

// The name of a file is a label: no path, no header, nothing that a page would run.
func TestHostileFileNames(t *testing.T) {
	s := newSite(t)
	for _, name := range []string{"../../../etc/passwd.csv", `..\..\windows\a.csv`, "/etc/a.csv", "a\r\nSet-Cookie: x=y.csv", "a\x00.csv", strings.Repeat("名", 500) + ".csv", ".csv", "..", "a/../../b.csv", `a";filename="b.exe`} {
		body, kind := form(t, "file", name, "姓名,身份证号,村居\n赵大,,东村\n")
		status, header, answer := s.call("manager", post, "/api/v1/imports", body, "Content-Type", kind)
		if status >= 500 || header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %d %v", name, status, header)
		}
		if status == http.StatusCreated {
			label := between(answer, `"file_name":"`, `"`)
			if strings.ContainsAny(label, "/\\\r\n\x00") || label == ".." || len([]rune(label)) > 255 {
				t.Errorf("%q is kept as %q", name, label)
			}
		}
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

// polyglot is a picture that is also a page, a script and an archive, with a comment besides.
func polyglot(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 16, 12))); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	note := []byte("tEXtComment\x00<script>alert(1)</script>")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(note)-4)) // #nosec G115 -- a few bytes
	chunk = binary.BigEndian.AppendUint32(append(chunk, note...), crc32.ChecksumIEEE(note))
	const afterHead = 8 + 25
	out := append(append(append([]byte{}, whole[:afterHead]...), chunk...), whole[afterHead:]...)
	return string(out) + "<html><script>alert(1)</script></html>" + zipped(t, map[string]string{"evil.js": "x"})
}

// Of a picture only the pixels come back.
func TestPolyglotPicture(t *testing.T) {
	s := newSite(t)
	s.call("qiang", post, "/api/v1/messages", `{"resident_id":"1","text":"请看"}`)
	if status, body := s.sendPicture("qiang", polyglot(t)); status != http.StatusCreated {
		t.Fatal(status, body)
	}
	status, header, body := s.call("nurse", http.MethodGet, "/api/v1/messages/1/images/2", "")
	if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "image/") || header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %v", status, header)
	}
	for _, rest := range []string{"script", "PK\x03\x04", "evil.js", "Comment"} {
		if strings.Contains(body, rest) {
			t.Errorf("the picture still holds %q", rest)
		}
	}
}

// Text that a spreadsheet would run as a formula goes out as text. A sheet of errors keeps
// it, so that it can be mended and sent in again; elsewhere it cannot begin a formula even
// when the file is saved as CSV (sheet.Neutral).
func TestFormulaInjection(t *testing.T) {
	s := newSite(t)
	formulas := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "＝1+1"}
	var file strings.Builder
	file.WriteString("姓名,身份证号,村居,备注\n")
	for _, f := range formulas {
		file.WriteString("赵大,1,东村," + f + "\n" + f + ",1,东村,\n")
	}
	if status, answer := s.upload("manager", "a.csv", file.String()); status != http.StatusCreated {
		t.Fatal(status, answer)
	}
	if _, err := s.store.ResumeImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	status, _, answer := s.call("manager", post, "/api/v1/teams", strings.Replace(aTeam, `"name":"`, `"name":"=1+1`, 1))
	if status != http.StatusCreated {
		t.Fatal(status, answer)
	}
	for path, c := range map[string]struct {
		least int
		kept  bool
	}{"/imports/1/errors.xlsx": {4, true}, "/reports/monthly.xlsx?by=team": {1, false}} {
		status, header, body := s.call("manager", http.MethodGet, "/api/v1"+path, "")
		if status != http.StatusOK || header.Get("Content-Type") != handlers.XLSX {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		neutral := 0
		book, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range book.File {
			if strings.Contains(readPart(t, part), "<f>") {
				t.Errorf("%s: %s has a formula", path, part.Name)
			}
		}
		r, err := sheet.OpenAt(strings.NewReader(body), int64(len(body)), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range r.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range row.Cells {
				if !c.kept && cell != "" && strings.ContainsAny(cell[:1], "=+@\t\r") {
					t.Errorf("%s: a cell begins %q", path, cell)
				}
				if strings.Contains(cell, "=1+1") {
					neutral++
				}
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if neutral < c.least {
			t.Errorf("%s: only %d of the formulas are in the file, so the test proves nothing", path, neutral)
		}
	}
}

func readPart(t *testing.T, part *zip.File) string {
	t.Helper()
	r, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	return b.String()
}
