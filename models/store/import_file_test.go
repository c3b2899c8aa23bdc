package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiayi/internal/sheet"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// The same people in every form a county may send them in make the same district.
func TestEveryFormOfAFile(t *testing.T) {
	columns := strings.Split(strings.TrimSpace(header), ",")
	rows := [][]string{
		{"赵大", idNumber("1955-03-01", 1), "东村", "13800000001", "东村1号", "0001", "户主", "高血压、糖尿病", "是", "东村团队", "2026-01-01", "2026-12-31"},
		{"钱二", "11010519491231002X", "东村", "13800000002", "", "", "", "", "", "", "", ""},
		{"孙三", "370499670401003", "西村", "", "", "", "", "残疾人", "", "", "", ""},
	}
	csv := func(columns []string, rows [][]string) string {
		lines := []string{strings.Join(columns, ",")}
		for _, r := range rows {
			lines = append(lines, `"`+strings.Join(r, `","`)+`"`)
		}
		return strings.Join(lines, "\r\n") + "\r\n"
	}
	with := func(change func(r []string)) [][]string {
		out := make([][]string, len(rows))
		for i, r := range rows {
			out[i] = slices.Clone(r)
			change(out[i])
		}
		return out
	}
	forms := map[string]string{
		"utf-8":         csv(columns, rows),
		"bom":           "\ufeff" + csv(columns, rows),
		"gb18030":       gb18030(t, csv(columns, rows)),
		"xlsx":          workbook(t, columns, rows),
		"a title above": "榴园区居民名单\n制表日期 2026-11-01\n" + csv(columns, rows),
		"aliases":       csv([]string{"姓名*", "证件号码", "村(居)委会", "手机号", "家庭住址", "家庭编号", "与户主关系", "人群类型", "是否签约", "签约团队", "签约日期", "到期日期"}, rows),
		"more aliases":  csv([]string{" 姓 名 ", "身份证号码", "所属村居", "电话", "住址", "户编号", "与户主关系", "人群分类", "是否签约", "签约团队", "签约日期", "到期日期"}, rows),
		"full width, lower case, spaces": csv(columns, with(func(r []string) {
			r[1] = strings.Map(func(c rune) rune {
				if c >= '0' && c <= '9' {
					return c + '\uff10' - '0'
				}
				return c
			}, " "+strings.ToLower(r[1])+" ")
			r[0] += " "
			r[3] = strings.ReplaceAll(r[3], "138", "138 ")
		})),
		"dates with slashes": csv(columns, with(func(r []string) {
			r[10], r[11] = strings.ReplaceAll(r[10], "-0", "/"), strings.ReplaceAll(r[11], "-", "/")
		})),
		"compact dates": csv(columns, with(func(r []string) {
			r[10], r[11] = strings.ReplaceAll(r[10], "-", ""), strings.ReplaceAll(r[11], "-", "")
		})),
		"serial dates": csv(columns, with(func(r []string) {
			r[10], r[11] = strings.ReplaceAll(r[10], "2026-01-01", "46023"), strings.ReplaceAll(r[11], "2026-12-31", "46387")
		})),
		"codes for names": csv(columns, with(func(r []string) {
			r[2] = strings.NewReplacer("东村", "37049900110100", "西村", "370499001102").Replace(r[2])
			r[9] = strings.ReplaceAll(r[9], "东村团队", "T001")
			r[7] = strings.NewReplacer("高血压、糖尿病", "4;05", "残疾人", "08").Replace(r[7])
		})),
	}
	reversed, backwards := slices.Clone(columns), with(slices.Reverse[[]string])
	slices.Reverse(reversed)
	forms["columns in another order"] = csv(reversed, backwards)

	var want []string
	for _, name := range append([]string{"utf-8"}, slices.Sorted(maps.Keys(forms))...) {
		t.Run(name, func(t *testing.T) {
			s, _ := storetest.District(t)
			wantCounts(t, load(t, s, forms[name]), 3, 0, 0, 0)
			if want == nil {
				want = people(t, s)
			}
			wantPeople(t, people(t, s), want)
			verify(t, s)
		})
	}
}

func gb18030(t *testing.T, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func workbook(t *testing.T, columns []string, rows [][]string) string {
	t.Helper()
	w, err := sheet.NewWriter("名单", columns)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	for _, r := range rows {
		cells := make([]any, len(r))
		for i, c := range r {
			cells[i] = c
		}
		if err := w.Write(cells...); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The sheet of errors can be sent in as it is, and after mending.
func TestSheetOfErrorsIsAFileToLoad(t *testing.T) {
	s, _ := storetest.District(t)
	file := header +
		"赵大," + idNumber("1955-03-01", 1) + ",南村,13800000001,,,,,是,东村团队,46023,2026/12/31\n" +
		"\"钱二," + idNumber("1957-03-01", 2) + ",东村\n" +
		"孙三," + idNumber("1958-03-01", 3) + ",东村\n"
	imp := load(t, s, file)
	wantCounts(t, imp, 0, 0, 0, imp.Failed)
	v := s.As(storetest.Manager)
	columns, rows := errorSheet(t, v, imp.ID)
	again := load(t, s, workbook(t, columns, rows))
	wantCounts(t, again, 0, 0, 0, imp.Failed)
	if rows[0][2] != "南村" || rows[0][10] != "2026-01-01" || rows[0][12] != "2" || !strings.HasPrefix(rows[0][13], "村居:") {
		t.Errorf("%q", rows[0])
	}
	rows[0][2] = "东村"
	wantCounts(t, load(t, s, workbook(t, columns, rows[:1])), 1, 0, 0, 0)
	verify(t, s)
}

func errorSheet(t *testing.T, v store.View, id models.ID) (columns []string, rows [][]string) {
	t.Helper()
	w, err := v.ImportErrorSheet(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	r, err := sheet.OpenAt(bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.Cells)
	}
	return r.Header.Cells, rows
}

func TestSpreadOfErrorsOverPages(t *testing.T) {
	s, _ := storetest.District(t)
	var b strings.Builder
	b.WriteString(header)
	for i := range 700 {
		fmt.Fprintf(&b, "赵大,%s,南村,1\n", idNumber("1955-03-01", i))
	}
	imp := load(t, s, b.String())
	wantCounts(t, imp, 0, 0, 0, 700)
	if got := importErrors(t, s.As(storetest.Manager), imp.ID); len(got) != 1400 || got[1399][:4] != "701 " {
		t.Errorf("%d errors", len(got))
	}
	if _, rows := errorSheet(t, s.As(storetest.Manager), imp.ID); len(rows) != 700 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	s, _ := storetest.District(t)
	for code, file := range map[string]string{
		"empty_file": "", "file_format": "\xD0\xCF\x11\xE0 old workbook", "no_header": "甲,乙,丙\n1,2,3\n", "missing_column": "姓名,村居\n赵大,东村\n",
		"duplicate_column": "姓名,身份证号,村居,电话,手机号\n", "file_damaged": "PK\x03\x04 cut off", "too_many_columns": header[:len(header)-1] + strings.Repeat(",备注", 200) + "\n",
	} {
		_, err := s.As(commandLine).StartImport(t.Context(), "x", strings.NewReader(file))
		var e *models.Error
		if !errors.As(err, &e) || e.Kind != models.Invalid || len(e.Fields) != 1 || e.Fields[0].Field != "file" || e.Fields[0].Code != code {
			t.Errorf("%s: %+v", code, err)
		}
	}
	_, _, err := s.KeepFile(strings.NewReader(header), int64(len(header))-1)
	if !models.IsKind(err, models.TooLarge) {
		t.Errorf("too large: %v", err)
	}
	if files := stored(t, s); len(files) != 0 {
		t.Errorf("refused files stay: %v", files)
	}
}

// stored lists the uploaded files that wait.
func stored(t *testing.T, s *store.Store) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.FileDir(), "imports", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestFileGoesWhenTheLoadEnds(t *testing.T) {
	s, _ := storetest.District(t)
	imp := upload(t, s, commandLine, family())
	if files := stored(t, s); len(files) != 1 {
		t.Fatal(files)
	}
	run(t, s, imp.ID)
	var marks []models.ImportMark
	if files := stored(t, s); len(files) != 0 {
		t.Error(files)
	}
	if err := s.Unordered(t.Context(), &marks); err != nil || len(marks) != 0 {
		t.Errorf("%d marks stay, %v", len(marks), err)
	}
	missing := upload(t, s, commandLine, family())
	if err := os.Remove(stored(t, s)[0]); err != nil {
		t.Fatal(err)
	}
	if imp := run(t, s, missing.ID); imp.Status != models.ImportFailed || imp.Failure == "" {
		t.Errorf("%+v", imp)
	}
}

func TestUploadIsIdempotent(t *testing.T) {
	s, _ := storetest.District(t)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "POST /imports"})
	send := func(file string) (models.Import, error) {
		return s.As(storetest.Manager).StartImport(ctx, "名单.csv", strings.NewReader(file))
	}
	first, err := send(family())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := send(family()); err != nil || again.ID != first.ID {
		t.Errorf("%+v %v", again, err)
	}
	_, err = send(header + "赵大," + idNumber("1955-03-01", 1) + ",东村\n")
	wantCode(t, err, "idempotency_mismatch")
	if files := stored(t, s); len(files) != 1 {
		t.Errorf("the first file waits, and no other: %v", files)
	}
}

func TestFileNames(t *testing.T) {
	s, _ := storetest.District(t)
	for name, want := range map[string]string{
		`C:\名单\东村.xlsx`: "东村.xlsx", "../../etc/passwd": "passwd", "a<b>\"c\".csv": "a_b__c_.csv", "": "未命名", "..": "未命名", "\x00\n": "未命名",
		strings.Repeat("长", 300): strings.Repeat("长", 100), "\xff.csv": "_.csv",
	} {
		imp, err := s.As(commandLine).StartImport(t.Context(), name, strings.NewReader(family()))
		if err != nil || imp.FileName != want {
			t.Errorf("%q: %q %v", name, imp.FileName, err)
		}
	}
}
