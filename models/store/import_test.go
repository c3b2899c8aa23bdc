package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiayi/internal/calendar"
	"jiayi/internal/sheet"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// header is the heading of the test files.
const header = "姓名,身份证号,村居,联系电话,现住址,户编号,与户主关系,人群分类,是否签约,签约团队,签约日期,到期日期\n"

// commandLine is who loads a file with `jiayi import`.
var commandLine = models.System("import")

func idNumber(born string, seq int) string {
	return storetest.IDNumber(calendar.MustDate(born), seq)
}

// family is a small file: a couple with one household and paper contracts, and a child.
func family() string {
	return header +
		"赵大,\"" + idNumber("1955-03-01", 1) + "\",东村,13800000001,东村1号,0001,户主,高血压、糖尿病,是,东村团队,2026-01-01,2026-12-31\n" +
		"钱二," + idNumber("1957-03-01", 2) + ",东村,13800000002,东村1号,0001,配偶,,是,T001,2026/1/1,\n" +
		"孙三," + idNumber("2020-03-01", 3) + ",西村,,,,,65岁以上老年人,否,,,\n"
}

// load sends a file in as the command line does and runs it to its end.
func load(t *testing.T, s *store.Store, file string) models.Import {
	t.Helper()
	return run(t, s, upload(t, s, commandLine, file).ID)
}

func upload(t *testing.T, s *store.Store, by models.Actor, file string) models.Import {
	t.Helper()
	imp, err := s.As(by).StartImport(t.Context(), "名单.csv", strings.NewReader(file))
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	return imp
}

func run(t *testing.T, s *store.Store, id models.ID) models.Import {
	t.Helper()
	imp, err := s.RunImport(t.Context(), id, nil)
	if err != nil {
		t.Fatalf("run: %v", err)
	}
	return imp
}

func wantCounts(t *testing.T, imp models.Import, created, updated, unchanged, failed int) {
	t.Helper()
	got := [...]int{imp.Created, imp.Updated, imp.Unchanged, imp.Failed}
	if got != [...]int{created, updated, unchanged, failed} || imp.Status != models.ImportDone || imp.Total != created+updated+unchanged+failed {
		t.Errorf("%s, total %d: created, updated, unchanged, failed = %v; want %d %d %d %d %s", imp.Status, imp.Total, got, created, updated, unchanged, failed, imp.Failure)
	}
}

func people(t *testing.T, s *store.Store) []string {
	t.Helper()
	out, err := s.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantPeople(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Fatalf("missing: %s", want[i])
		case i >= len(want):
			t.Fatalf("too many: %s", got[i])
		case got[i] != want[i]:
			t.Fatalf("got  %s\nwant %s", got[i], want[i])
		}
	}
}

func importErrors(t *testing.T, v store.View, id models.ID) []string {
	t.Helper()
	var out []string
	for p := (store.Page{Limit: 100}); ; {
		list, err := v.ImportErrors(t.Context(), id, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			if e.Row != "" {
				t.Error("a list of errors opened the row")
			}
			out = append(out, fmt.Sprintf("%d %s %s", e.Line, e.Column, e.Code))
		}
		if p.Cursor = list.Next; p.Cursor == "" {
			return out
		}
	}
}

func TestLoadAFile(t *testing.T) {
	s, _ := storetest.District(t)
	wantCounts(t, load(t, s, family()), 3, 0, 0, 0)
	verify(t, s)
	v := s.As(storetest.Manager)
	if got := rate(t, v, models.All); got.Residents != 11 || got.Signed != 2 {
		t.Errorf("%+v", got)
	}
	if got := rate(t, v, models.Hypertension); got.Residents != 2 || got.Signed != 1 {
		t.Errorf("%+v", got)
	}
	var r []models.Resident
	if err := s.Rows(t.Context(), &r, "name IN ?", []string{"赵大", "钱二"}); err != nil || len(r) != 2 {
		t.Fatal(err)
	}
	if r[0].HouseholdID != r[1].HouseholdID || r[0].Initials != "zd" || !strings.HasPrefix(r[0].RecordNo, "370499001101") || r[0].RecordNo == r[1].RecordNo {
		t.Errorf("%+v", r)
	}
	var h []models.Household
	if err := s.Rows(t.Context(), &h, "id = ?", r[0].HouseholdID); err != nil || h[0].HeadID != r[0].ID {
		t.Errorf("%+v %v", h, err)
	}
	var tasks []models.Task
	if err := s.Rows(t.Context(), &tasks, "resident_id = ?", r[0].ID); err != nil || len(tasks) != 2 || tasks[0].TeamID != storetest.EastTeam {
		t.Errorf("%+v %v", tasks, err)
	}
	var teams []models.Team
	if err := s.Rows(t.Context(), &teams, "id = ?", storetest.EastTeam); err != nil || teams[0].Load != 2 {
		t.Errorf("%+v %v", teams, err)
	}
	var c []models.Contract
	if err := s.Rows(t.Context(), &c, "resident_id = ?", r[0].ID); err != nil || len(c) != 1 {
		t.Fatal(err)
	}
	a, err := v.Agreement(t.Context(), c[0].ID)
	if err != nil || !a.Intact || a.Doc.Way != models.ImportedPaper || !strings.Contains(a.Doc.Text, c[0].No) || c[0].Source != models.FromBulkImport {
		t.Errorf("%+v %v", a, err)
	}
	var audit []models.AuditRow
	if err := s.Rows(t.Context(), &audit, "object = ?", "import"); err != nil || len(audit) != 3 {
		t.Errorf("%d rows of audit, want start, batch and done: %v", len(audit), err)
	}
}

func TestLoadingAgainChangesNothing(t *testing.T) {
	s, clock := storetest.District(t)
	load(t, s, family())
	before := people(t, s)
	wantCounts(t, load(t, s, family()), 0, 0, 3, 0)
	wantPeople(t, people(t, s), before)
	verify(t, s)

	// What was ended by hand since stays ended.
	v := s.As(storetest.Manager)
	var m []models.Membership
	var c []models.Contract
	if err := errors.Join(s.Rows(t.Context(), &m, "source = ?", models.FromImport), s.Rows(t.Context(), &c)); err != nil {
		t.Fatal(err)
	}
	if _, err := v.CloseMembership(t.Context(), m[0].ResidentID, m[0].ID, storetest.Today, "误诊"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Terminate(t.Context(), c[0].ID, 0, models.StopByResident, ""); err != nil {
		t.Fatal(err)
	}
	before = people(t, s)
	wantCounts(t, load(t, s, family()), 0, 0, 3, 0)
	wantPeople(t, people(t, s), before)
	verify(t, s)

	// A new file brings news: it enrols once more, and never reopens the contract.
	clock.Set(storetest.Today.AddDays(1))
	roll(t, s)
	wantCounts(t, load(t, s, family()+"\n李四,"+idNumber("1990-01-01", 4)+",东村\n"), 1, 1, 2, 0)
	verify(t, s)
}

func TestChangesAreUpdates(t *testing.T) {
	s, _ := storetest.District(t)
	load(t, s, family())
	file := header +
		"赵大," + idNumber("1955-03-01", 1) + ",西村,13900000001,,,,冠心病,,,,\n" + // moves, keeps address and populations
		"钱二," + idNumber("1957-03-01", 2) + ",东村,,东村9号,0002,户主,,是,东村团队,2026-01-01,2026-06-30\n" + // another household, a contract is not shortened
		"孙三," + idNumber("2020-03-01", 3) + ",西村,,,,,残疾人,是,西村团队,2026-05-01,\n"
	wantCounts(t, load(t, s, file), 0, 3, 0, 0)
	verify(t, s)
	all := strings.Join(people(t, s), "\n")
	for _, want := range []string{
		"赵大 1 1955-03-01 13900000001 东村1号 village 2", "in 04 import true; in 05 import true; in 32 import true",
		"钱二 2 1957-03-01 13800000002 东村9号 village 1 house 37049900110100-0002 (head known: true) 02", "signed 1 active 2026-01-01–2026-12-31",
		"signed 2 active 2026-05-01–2027-04-30", "agreement paper guardian",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	wantCounts(t, load(t, s, file), 0, 0, 3, 0)
}

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

func TestBadRowsAreNamedAndGoodOnesLand(t *testing.T) {
	s, _ := storetest.District(t)
	file := header +
		"赵大," + idNumber("1955-03-01", 1) + ",东村,13800000001\n" +
		"钱二," + idNumber("1957-03-01", 2) + ",南村,138\n" +
		"孙三,3.70499E+17,东村\n" +
		"李四," + idNumber("1955-03-01", 1) + ",东村\n" +
		"张三," + idNumber("1956-03-08", 102) + ",东村\n" + // 张秀英's number
		"\n" +
		"吴六," + idNumber("1995-01-01", 6) + ",东村,,,,,高血压\n" +
		"冯十," + idNumber("1997-01-01", 9) + ",西村\n"
	imp := load(t, s, file)
	wantCounts(t, imp, 2, 0, 0, 5)
	want := []string{"3 村居 unknown", "3 联系电话 length", "4 身份证号 scientific", "5 身份证号 duplicate", "6 姓名 name_mismatch", "8 人群分类 age"}
	got := importErrors(t, s.As(storetest.Manager), imp.ID)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	verify(t, s)
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

func TestScopeOfALoad(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	imp := upload(t, s, storetest.LiuyuanBoss, header+
		"赵大,"+idNumber("1955-03-01", 1)+",东村\n"+
		"钱二,"+idNumber("1957-03-01", 2)+",石榴社区\n"+
		"王梅,"+idNumber("1996-05-05", 116)+",东村\n"+ // lives in 石榴社区
		"孙三,"+idNumber("1957-03-01", 3)+",东村,,,,,,是,石榴团队,2026-01-01,\n")
	imp = run(t, s, imp.ID)
	wantCounts(t, imp, 1, 0, 0, 3)
	want := []string{"3 村居 unknown", "4 身份证号 already_known", "5 签约团队 unknown"}
	if got := importErrors(t, s.As(storetest.LiuyuanBoss), imp.ID); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	shiliu := models.Actor{Role: models.InstitutionManager, AccountID: 109, InstitutionID: storetest.Shiliu}
	for _, by := range []models.Actor{shiliu, storetest.EastLead, storetest.AdminOne, storetest.AuditorOne, {}} {
		v := s.As(by)
		_, err := v.Import(t.Context(), imp.ID)
		_, list := v.ImportErrors(t.Context(), imp.ID, store.Page{})
		_, book := v.ImportErrorSheet(t.Context(), imp.ID)
		for _, err := range []error{err, list, book} {
			wantCode(t, err, "not_found")
		}
		if all, err := v.Imports(t.Context(), store.Page{}); err != nil || len(all.Items) != 0 {
			t.Errorf("%s sees %d loads, %v", by.Role, len(all.Items), err)
		}
	}
	for _, by := range []models.Actor{storetest.EastLead, storetest.AdminOne, storetest.Qiang, {}} {
		_, err := s.As(by).StartImport(t.Context(), "x.csv", strings.NewReader(family()))
		wantCode(t, err, "forbidden")
	}
	if all, err := s.As(storetest.Manager).Imports(t.Context(), store.Page{}); err != nil || len(all.Items) != 1 {
		t.Errorf("the district sees every load: %d %v", len(all.Items), err)
	}
}

func TestAccountThatIsGone(t *testing.T) {
	s, _ := storetest.District(t)
	imp := run(t, s, upload(t, s, storetest.LiuyuanBoss, family()).ID)
	if imp.Status != models.ImportFailed || imp.Failure == "" || imp.Created != 0 {
		t.Errorf("%+v", imp)
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

// register is a file of n people in families of three, shuffled when seed is not 0.
func register(n int, seed uint64) string {
	rows := make([]string, n)
	for i := range rows {
		village := []string{"东村", "西村", "石榴社区"}[i/3%3]
		crowd := []string{"", "高血压、糖尿病", "残疾人", ""}[i%4]
		signed := []string{"是," + strings.TrimSuffix(village, "社区") + "团队,2026-03-01,2027-02-28", "否,,,"}[i%2]
		rows[i] = fmt.Sprintf("测试,%s,%s,199%08d,%d号,%04d,%s,%s,%s\n", storetest.IDNumber(calendar.MustDate("1950-01-01").AddDays(i), i%1000),
			strings.Replace(village, "石榴社区", "石榴社区居委会", 1), i, i, i/3, []string{"户主", "配偶", "父亲"}[i%3], crowd, signed)
	}
	if seed != 0 {
		rand.New(rand.NewPCG(seed, seed)).Shuffle(n, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	return header + strings.Join(rows, "")
}

// inSmallBatches is the small district, which loads a file 50 rows at a time.
func inSmallBatches(t *testing.T) (*store.Store, *storetest.Clock) {
	t.Helper()
	return storetest.DistrictOn(t, storetest.Database(t), store.Options{ImportBatch: smallBatch})
}

const smallBatch = 50

func TestShuffledRowsMakeTheSameDistrict(t *testing.T) {
	var want []string
	for seed := range uint64(4) {
		s, _ := inSmallBatches(t)
		wantCounts(t, load(t, s, register(130, seed)), 130, 0, 0, 0)
		if want == nil {
			want = people(t, s)
		}
		wantPeople(t, people(t, s), want)
		verify(t, s)
	}
}

// A load that is stopped between batches, or dies in the middle of one at any of its
// writes, goes on where it was: nothing is lost or doubled.
func TestKilledLoadResumes(t *testing.T) {
	const n = 130
	s, _ := inSmallBatches(t)
	load(t, s, register(n, 0))
	want := people(t, s)

	t.Run("stopped between batches", func(t *testing.T) {
		s, _ := inSmallBatches(t)
		imp := upload(t, s, commandLine, register(n, 0))
		ctx, stop := context.WithCancel(t.Context())
		_, err := s.RunImport(ctx, imp.ID, func(models.Import) { stop() })
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		verify(t, s)
		half, err := s.As(storetest.Manager).Import(t.Context(), imp.ID)
		if err != nil || half.Status != models.ImportRunning || half.Created != smallBatch || half.Total != n {
			t.Fatalf("%+v %v", half, err)
		}
		if n, err := s.ResumeImports(t.Context()); n != 1 || err != nil {
			t.Fatalf("%d resumed, %v", n, err)
		}
		whole, err := s.As(storetest.Manager).Import(t.Context(), imp.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantCounts(t, whole, n, 0, 0, 0)
		wantPeople(t, people(t, s), want)
		verify(t, s)
	})
	for _, table := range []string{"import_marks", "sequences", "households", "residents", "memberships", "tasks", "tally_entries", "contracts", "agreements", "audit_rows"} {
		t.Run("dies writing "+table, func(t *testing.T) {
			s, _ := inSmallBatches(t)
			imp := upload(t, s, commandLine, register(n, 0))
			s.FailWrite(table, 4)
			if _, err := s.RunImport(t.Context(), imp.ID, nil); !errors.Is(err, store.ErrPowerCut) {
				t.Fatalf("got %v", err)
			}
			verify(t, s)
			wantCounts(t, run(t, s, imp.ID), n, 0, 0, 0)
			wantPeople(t, people(t, s), want)
			verify(t, s)
		})
	}
}

func TestOneRunnerALoad(t *testing.T) {
	s, _ := storetest.District(t)
	imp := upload(t, s, commandLine, family())
	if held, err := s.TakeLease(t.Context(), imp.ID, time.Minute); !held || err != nil {
		t.Fatal(held, err)
	}
	_, err := s.RunImport(t.Context(), imp.ID, nil)
	wantCode(t, err, "import_taken")
	if n, err := s.ResumeImports(t.Context()); n != 0 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	if held, err := s.TakeLease(t.Context(), imp.ID, -time.Second); !held || err != nil { // the other one died a minute ago
		t.Fatal(held, err)
	}
	wantCounts(t, run(t, s, imp.ID), 3, 0, 0, 0)
}

func TestLoadThatNeverGetsOn(t *testing.T) {
	s, _ := storetest.District(t)
	imp := upload(t, s, commandLine, family())
	for range models.MaxImportTries {
		s.FailWrite("residents", 1)
		if _, err := s.RunImport(t.Context(), imp.ID, nil); !errors.Is(err, store.ErrPowerCut) {
			t.Fatal(err)
		}
	}
	if imp := run(t, s, imp.ID); imp.Status != models.ImportFailed || imp.Failure == "" {
		t.Errorf("%+v", imp)
	}
	verify(t, s)
}

// Two loads at once, of one file or of two that share people, make the district one load makes.
func TestLoadsAtOnce(t *testing.T) {
	const n = 130
	s, _ := inSmallBatches(t)
	load(t, s, register(n, 0))
	want := people(t, s)
	for name, other := range map[string]uint64{"the same file": 0, "the same people in another order": 7} {
		t.Run(name, func(t *testing.T) {
			s, _ := inSmallBatches(t)
			imps := []models.Import{upload(t, s, commandLine, register(n, 0)), upload(t, s, commandLine, register(n, other))}
			var wait sync.WaitGroup
			for i := range imps {
				wait.Go(func() {
					var err error
					if imps[i], err = s.RunImport(t.Context(), imps[i].ID, nil); err != nil {
						t.Errorf("run: %v", err)
					}
				})
			}
			wait.Wait()
			if a, b := imps[0], imps[1]; a.Created+b.Created != n || a.Unchanged+b.Unchanged != n || a.Failed+b.Failed+a.Updated+b.Updated != 0 {
				t.Errorf("%+v\n%+v", a, b)
			}
			wantPeople(t, people(t, s), want)
			verify(t, s)
		})
	}
}

// A load counts on with signings by hand going on beside it.
func TestLoadBesideSignings(t *testing.T) {
	s, _ := inSmallBatches(t)
	imp := upload(t, s, commandLine, register(300, 3))
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := s.RunImport(t.Context(), imp.ID, nil); err != nil {
			t.Errorf("run: %v", err)
		}
	})
	for _, id := range []models.ID{storetest.ZhangXiuying, storetest.ZhangQiang, storetest.LiuFang} {
		wait.Go(func() {
			if _, err := s.As(storetest.EastLead).Sign(t.Context(), onSite(id, storetest.EastTeam)); err != nil {
				t.Errorf("sign: %v", err)
			}
		})
	}
	wait.Wait()
	verify(t, s)
}

func TestFullTeamRefusesPaper(t *testing.T) {
	s, _ := storetest.DistrictOn(t, storetest.Database(t), store.Options{CapacityPerDoctor: 2})
	imp := load(t, s, header+
		"赵大,"+idNumber("1955-03-01", 1)+",东村,,,,,,是,东村团队,2026-01-01,\n"+
		"钱二,"+idNumber("1957-03-01", 2)+",东村,,,,,,是,东村团队,2026-01-01,\n"+
		"孙三,"+idNumber("1957-03-01", 3)+",东村,,,,,,是,东村团队,2026-01-01,\n")
	wantCounts(t, imp, 2, 0, 0, 1)
	if got := importErrors(t, s.As(storetest.Manager), imp.ID); !slices.Equal(got, []string{"4 签约团队 team_full"}) {
		t.Error(got)
	}
	verify(t, s)
}

func TestNewbornsWithoutADocument(t *testing.T) {
	s, _ := storetest.District(t)
	file := "姓名,身份证号,村居,出生日期,性别\n赵小,,东村,2026-10-01,女\n赵大,,东村,2026-10-01,男\n赵小,,东村,2026-10-01,女\n赵老,,东村,1950-10-01,男\n"
	imp := load(t, s, file)
	wantCounts(t, imp, 2, 0, 0, 2)
	if got := importErrors(t, s.As(storetest.Manager), imp.ID); !slices.Equal(got, []string{"4 身份证号 duplicate", "5 身份证号 required"}) {
		t.Error(got)
	}
	wantCounts(t, load(t, s, file), 0, 0, 2, 2)
	verify(t, s)
}

func TestRunnerLoadsWhatIsQueued(t *testing.T) {
	s, _ := storetest.District(t)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() { s.RunImports(ctx) })
	imp := upload(t, s, commandLine, family())
	for imp.Open() {
		var err error
		if imp, err = s.As(storetest.Manager).Import(t.Context(), imp.ID); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	wait.Wait()
	wantCounts(t, imp, 3, 0, 0, 0)
}
