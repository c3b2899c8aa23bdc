package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
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
	loadAFile(t, s)
}

// MySQL does not return what an INSERT wrote: the load asks for its ids.
func TestLoadAFileThatReturnsNothing(t *testing.T) {
	s, _ := storetest.District(t)
	s.ReturnNothing()
	loadAFile(t, s)
}

func loadAFile(t *testing.T, s *store.Store) {
	t.Helper()
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
	if err := s.Rows(t.Context(), &tasks, "resident_id = ? AND task_key = ?", r[0].ID, "2026Q4"); err != nil || len(tasks) != 2 || tasks[0].TeamID != storetest.EastTeam {
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

// What follows from a change follows at once: who cares for the person, and how the person is found.
func TestMovingByFile(t *testing.T) {
	s, _ := storetest.District(t)
	row := func(village, phone string) string {
		return header + "李四," + idNumber("1970-03-01", 4) + "," + village + "," + phone + ",,,,高血压\n"
	}
	load(t, s, row("东村", "13800000004"))
	wantCounts(t, load(t, s, row("西村", "13900000004")), 0, 1, 0, 0)
	var tasks []models.Task
	if err := s.Rows(t.Context(), &tasks, "task_key = ? AND resident_id > ?", "2026Q4", storetest.ChenJing); err != nil || len(tasks) != 1 || tasks[0].TeamID != storetest.WestTeam {
		t.Errorf("%+v %v", tasks, err)
	}
	for phone, want := range map[string]int{"13800000004": 0, "13900000004": 1} {
		found, err := s.As(storetest.WestLead).Residents(t.Context(), store.ResidentFilter{Q: phone}, store.Page{})
		if err != nil || len(found.Items) != want {
			t.Errorf("%d people have the phone, want %d: %v", len(found.Items), want, err)
		}
	}
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

func TestFullTeamRefusesPaper(t *testing.T) {
	s, _ := storetest.OpenOn(t, storetest.DistrictDatabase(t), store.Options{CapacityPerDoctor: 2})
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
