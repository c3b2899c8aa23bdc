package store_test

import (
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// header is the heading of the test files.
const header = "姓名,身份证号,村居,联系电话,现住址,户编号,与户主关系,人群分类,是否签约,签约团队,签约日期,到期日期\n"

// load sends a file in as the command line does and runs it to its end.
func load(t *testing.T, s *store.Store, file string) models.Import {
	t.Helper()
	imp := upload(t, s, models.System("import"), file)
	return run(t, s, imp.ID)
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

func idNumber(born string, seq int) string {
	return storetest.IDNumber(calendar.MustDate(born), seq)
}

func wantCounts(t *testing.T, imp models.Import, created, updated, unchanged, failed int) {
	t.Helper()
	got := [...]int{imp.Created, imp.Updated, imp.Unchanged, imp.Failed}
	if got != [...]int{created, updated, unchanged, failed} || imp.Status != models.ImportDone || imp.Total != created+updated+unchanged+failed {
		t.Errorf("%s, total %d: created, updated, unchanged, failed = %v; want %d %d %d %d", imp.Status, imp.Total, got, created, updated, unchanged, failed)
	}
}

func TestLoadAFile(t *testing.T) {
	s, _ := storetest.District(t)
	file := header +
		"赵大,\"" + idNumber("1955-03-01", 1) + "\",东村,13800000001,东村1号,0001,户主,高血压、糖尿病,是,东村团队,2026-01-01,2026-12-31\n" +
		"钱二," + idNumber("1957-03-01", 2) + ",东村,13800000002,东村1号,0001,配偶,,是,T001,2026/1/1,\n" +
		"孙三," + idNumber("2020-03-01", 3) + ",西村,,,,,,,,,\n"
	wantCounts(t, load(t, s, file), 3, 0, 0, 0)
	verify(t, s)
	v := s.As(storetest.Manager)
	if got := rate(t, v, models.All); got.Residents != 11 || got.Signed != 2 {
		t.Errorf("%+v", got)
	}
	if got := rate(t, v, models.Hypertension); got.Residents != 2 || got.Signed != 1 {
		t.Errorf("%+v", got)
	}
	wantCounts(t, load(t, s, file), 0, 0, 3, 0)
	verify(t, s)
	changed := strings.ReplaceAll(strings.Replace(file, "13800000002,东村1号,0001,配偶,", "13900000002,东村2号,0001,配偶,冠心病", 1), "孙三,", "孙五,")
	wantCounts(t, load(t, s, changed), 0, 1, 1, 1)
	verify(t, s)
}
