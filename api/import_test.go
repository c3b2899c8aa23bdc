package api_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"jiayi/handlers"
	"jiayi/internal/calendar"
	"jiayi/internal/sheet"
	"jiayi/models/store/storetest"
)

// form is a multipart body with one file, and its content type.
func form(t *testing.T, field, name, content string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("note", "ignored"); err != nil {
		t.Fatal(err)
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// upload sends a file as a browser does.
func (s *site) upload(as, name, content string, headers ...string) (int, string) {
	s.t.Helper()
	body, contentType := form(s.t, "file", name, content)
	status, _, answer := s.call(as, http.MethodPost, "/api/v1/imports", body, append([]string{"Content-Type", contentType}, headers...)...)
	return status, answer
}

func TestImportOverHTTP(t *testing.T) {
	s := newSite(t)
	number := storetest.IDNumber(calendar.MustDate("1955-03-01"), 1)
	file := "姓名,身份证号,村居\n赵大," + number + ",东村\n钱二," + number[:17] + "Y,东村\n"
	if status, answer := s.upload("manager", "名单.csv", file); status != http.StatusCreated || !strings.Contains(answer, `"status":"queued"`) {
		t.Fatalf("%d %s", status, answer)
	}
	if n, err := s.store.ResumeImports(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	s.run(t, []scenario{
		{name: "progress", as: "manager", url: "/imports/1", status: 200, want: []string{`"status":"done"`, `"status_label":"已完成"`, `"total":2`, `"created":1`, `"failed":1`, `"file_name":"名单.csv"`}},
		{name: "list", as: "manager", url: "/imports", status: 200, want: []string{`"id":"1"`}},
		{name: "errors", as: "manager", url: "/imports/1/errors", status: 200, want: []string{`{"line":3,"column":"身份证号","code":"charset",`}, not: []string{number[:17], "钱二"}},
		{name: "another institution's", as: "liuyuan", url: "/imports/1", status: 404},
		{name: "its errors", as: "liuyuan", url: "/imports/1/errors", status: 404},
		{name: "its sheet", as: "liuyuan", url: "/imports/1/errors.xlsx", status: 404},
		{name: "no such load", as: "manager", url: "/imports/9", status: 404},
		{name: "not an id", as: "manager", url: "/imports/x", status: 404},
		{name: "a doctor", as: "east", url: "/imports/1", status: 403},
		{name: "nobody", url: "/imports/1", status: 401},
	})
	status, header, body := s.call("manager", http.MethodGet, "/api/v1/imports/1/errors.xlsx", "")
	if status != http.StatusOK || header.Get("Content-Type") != handlers.XLSX || header.Get("Content-Disposition") != `attachment; filename="errors-1.xlsx"` {
		t.Fatalf("%d %v", status, header)
	}
	book, err := sheet.OpenAt(strings.NewReader(body), int64(len(body)), sheet.Options{})
	if err != nil || strings.Join(book.Header.Cells, ",") != "姓名,身份证号,村居,原文件行号,错误原因" {
		t.Fatalf("%v", err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	if status, answer := s.upload("manager", "errors.xlsx", body); status != http.StatusCreated || !strings.Contains(answer, `"status":"queued"`) {
		t.Errorf("the sheet of errors is sent in again: %d %s", status, answer)
	}
}

func TestUploads(t *testing.T) {
	s := newSite(t)
	file := "姓名,身份证号,村居\n赵大,x,东村\n"
	status, first := s.upload("liuyuan", `C:\名单\a.csv`, file, "Idempotency-Key", "k")
	if status != http.StatusCreated || !strings.Contains(first, `"file_name":"a.csv"`) {
		t.Fatalf("%d %s", status, first)
	}
	if status, again := s.upload("liuyuan", "a.csv", file, "Idempotency-Key", "k"); status != http.StatusCreated || again != first {
		t.Errorf("a repetition: %d %s", status, again)
	}
	if status, other := s.upload("liuyuan", "a.csv", file+"\n李四,x,东村", "Idempotency-Key", "k"); status != http.StatusUnprocessableEntity || !strings.Contains(other, "idempotency_mismatch") {
		t.Errorf("another file under the same key: %d %s", status, other)
	}
	for name, c := range map[string]struct{ content, code string }{
		"empty": {"", "empty_file"}, "no table": {"\x00\x01\x02", "file_format"}, "old workbook": {"\xD0\xCF\x11\xE0", "file_format"}, "cut off workbook": {"PK\x03\x04", "file_damaged"},
		"no header": {"一,二\n三,四\n", "no_header"}, "lacks a column": {"姓名,村居\n", "missing_column"},
	} {
		status, answer := s.upload("manager", "x.csv", c.content)
		var p struct {
			Code, Detail string
			Errors       []struct{ Field, Code, Message string }
		}
		if err := json.Unmarshal([]byte(answer), &p); err != nil || status != http.StatusUnprocessableEntity || len(p.Errors) != 1 || p.Errors[0].Field != "file" || p.Errors[0].Code != c.code || p.Detail == "" {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	body, contentType := form(t, "document", "a.csv", file)
	nul, nulType := form(t, "file", "赵大\x00.csv", file)
	whole, cutType := form(t, "file", "a.csv", file)
	for name, c := range map[string]struct {
		body, contentType string
		status            int
	}{
		"another field":    {body, contentType, 422},
		"json":             {`{"file":"a"}`, "application/json", 422},
		"no boundary":      {body, "multipart/form-data", 422},
		"not the boundary": {body, "multipart/form-data; boundary=x", 422},
		"NUL in the name":  {nul, nulType, 400},
		"broken off":       {whole[:len(whole)-40], cutType, 400},
	} {
		status, _, answer := s.call("manager", http.MethodPost, "/api/v1/imports", c.body, "Content-Type", c.contentType)
		if status != c.status {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	// JSON is held in memory, so even here it may not be large.
	if status, _, answer := s.call("manager", http.MethodPost, "/api/v1/imports", strings.Repeat(" ", 2<<20)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("large JSON: %d %s", status, answer)
	}
	for as, want := range map[string]int{"": 401, "east": 403, "auditor": 403, "admin": 403, "qiang": 403} {
		if status, answer := s.upload(as, "a.csv", file); status != want {
			t.Errorf("%s: %d %s", as, status, answer)
		}
	}
}
