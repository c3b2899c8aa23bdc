package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiayi/api"
	"jiayi/internal/calendar"
)

// months is a site with the month-end of November 2026 published; today is 15 December. 张秀英 signs in November, 李建国 in December.
func months(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	roll := func(day string) {
		s.clock.Set(calendar.MustDate(day))
		for range 2 { // the second opens nothing, and freezes what was folded in between
			if _, err := s.store.Fold(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := s.store.RollDay(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.call("manager", post, "/api/v1/targets", `{"year":2026,"code":"rate.key","percent":75}`)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	roll("2026-11-24") // 李大山 is 65
	roll("2026-12-01")
	s.call("west", post, "/api/v1/contracts", `{"resident_id":"7","team_id":"2","signature":"`+signature+`"}`)
	roll("2026-12-15")
	return s
}

func (s *site) object(as, url string) map[string]any {
	s.t.Helper()
	status, _, body := s.call(as, "GET", api.Prefix+url, "")
	out := map[string]any{}
	if err := json.Unmarshal([]byte(body), &out); err != nil || status != 200 {
		s.t.Fatalf("%s: %d %s", url, status, body)
	}
	return out
}

// The report says what the screens say, row by row and field by field.
func TestMonthlyReportIsTheScreens(t *testing.T) {
	s := months(t)
	for _, as := range []string{"manager", "liuyuan", "east", "nurse", "shiliu"} {
		for _, by := range []string{"district", "institution", "team", "village"} {
			for month, on := range map[string]string{"2026-11": "2026-11-30", "2026-12": "2026-12-15"} {
				report := s.object(as, "/reports/monthly?by="+by+"&month="+month)
				rates := s.object(as, "/stats/contract-rates?population=each&by="+by+"&on="+on)
				indicators := s.object(as, "/stats/indicators?by="+by+"&on="+on)
				for _, field := range []string{"as_of", "rule_version", "frozen"} {
					if report[field] != rates[field] || report[field] != indicators[field] {
						t.Errorf("%s %s %s: %s is %v, on the screen %v", as, by, month, field, report[field], rates[field])
					}
				}
				want, have := rates["rows"].([]any), report["rows"].([]any)
				if len(want) == 0 || len(have) != len(want) {
					t.Fatalf("%s %s %s: %d rows, on the screen %d", as, by, month, len(have), len(want))
				}
				for i, row := range want {
					got := maps.Clone(have[i].(map[string]any))
					for field := range got {
						if _, ok := row.(map[string]any)[field]; !ok {
							delete(got, field)
						}
					}
					if !reflect.DeepEqual(got, row) {
						t.Errorf("%s %s %s:\n%v\n%v", as, by, month, got, row)
					}
				}
				if !reflect.DeepEqual(report["indicator_rows"], indicators["rows"]) || !reflect.DeepEqual(report["indicators"], indicators["indicators"]) {
					t.Errorf("%s %s %s: the indicators differ", as, by, month)
				}
			}
		}
	}
}

func TestMonthlyReport(t *testing.T) {
	s := months(t)
	s.run(t, []scenario{
		{name: "a month that is over", as: "manager", url: "/reports/monthly?month=2026-11&population=key", status: 200,
			want: []string{`"month":"2026-11"`, `"as_of":"2026-11-30"`, `"frozen":true`, `"previous_month":{"on":"2026-10-31","reason":"no_data"}`, `"last_year":{"on":"2025-11-30","reason":"no_data"}`,
				`"previous_month":{"rate":null,"change":null,"reason":"no_data"}`, `"rate":25,`, `"target":75`, `"gap":-50`, `"rank":1`, `"ranked":1`, `"code":"H01"`}},
		{name: "the running month", as: "manager", url: "/reports/monthly?population=key", status: 200,
			want: []string{`"month":"2026-12"`, `"as_of":"2026-12-15"`, `"frozen":false`, `"previous_month":{"on":"2026-11-30","rule_version":"jiayi-rates-1"}`,
				`"previous_month":{"rate":25,"change":25}`, `"gap":-25`}},
		{name: "one team", as: "manager", url: "/reports/monthly?by=team&team_id=2&population=key", status: 200, want: []string{"西村团队"}, not: []string{"东村团队", "石榴团队"}},
		{name: "the teams of one institution", as: "manager", url: "/reports/monthly?by=team&institution_id=2&population=all", status: 200, want: []string{"西村团队", "东村团队"}, not: []string{"石榴团队"}},
		{name: "its villages, not those of the team of the same number", as: "manager", url: "/reports/monthly?by=village&institution_id=2&population=all", status: 200, want: []string{`"东村"`, `"西村"`}, not: []string{"石榴社区"}},
		{name: "one institution", as: "manager", url: "/reports/monthly?by=institution&institution_id=3&population=all", status: 200, want: []string{"石榴社区医院"}, not: []string{"榴园镇卫生院"}},
		{name: "another's team is nothing", as: "east", url: "/reports/monthly?by=team&team_id=2", status: 200, want: []string{`"rows":[]`, `"indicator_rows":[]`}},
		{name: "a month to come", as: "manager", url: "/reports/monthly?month=2027-01", status: 422, want: []string{`"month"`, `"future"`}},
		{name: "before the first figures", as: "manager", url: "/reports/monthly?month=2020-01", status: 422, want: []string{`"month"`, `"no_data"`}, not: []string{`"on"`}},
		{name: "no month at all", as: "manager", url: "/reports/monthly?month=2026-13", status: 422, want: []string{`"month"`}},
		{name: "the district is not of an institution", as: "manager", url: "/reports/monthly?institution_id=2", status: 422, want: []string{`"institution_id"`}},
		{name: "an institution is not of a team", as: "manager", url: "/reports/monthly?by=institution&team_id=2", status: 422, want: []string{`"team_id"`}},
		{name: "no population", as: "manager", url: "/reports/monthly?population=99", status: 422, want: []string{`"population"`}},
		{name: "not for assistants' like", as: "auditor", url: "/reports/monthly", status: 403},
		{name: "nor residents", as: "qiang", url: "/reports/monthly.xlsx", status: 403},

		{name: "the trend of a team", as: "east", url: "/stats/trend?scope=team&id=1&population=key&months=2", status: 200,
			want: []string{`"name":"东村团队"`, `"on":"2026-10-31","frozen":false,"residents":0,"signed":0,"rate":null,"reason":"no_data"`, `"on":"2026-11-30","frozen":true,"rule_version":"jiayi-rates-1","residents":2,"signed":1,"rate":50`,
				`"on":"2026-12-15","frozen":false,"rule_version":"jiayi-rates-1","residents":2,"signed":1,"rate":50`, `"fulfilment":{"numerator"`}},
		{name: "of the district", as: "manager", url: "/stats/trend", status: 200, want: []string{`"on":"2025-12-31"`, `"on":"2026-12-15"`}, not: []string{`"on":"2025-11-30"`}},
		{name: "of another team", as: "east", url: "/stats/trend?scope=team&id=2", status: 404},
		{name: "of no team", as: "east", url: "/stats/trend?scope=team", status: 422, want: []string{`"id"`}},
	})
}

// Equal rates share a place, who has no value has none and comes last, and a place is among
// all of the district, also for who sees only the own.
func TestRanking(t *testing.T) {
	s := months(t)
	places := func(as, url string) string {
		var out []string
		for _, row := range s.object(as, url)["rows"].([]any) {
			r := row.(map[string]any)
			out = append(out, fmt.Sprint(r["scope"].(map[string]any)["name"], " ", r["rate"], " ", r["rank"], "/", r["ranked"]))
		}
		return strings.Join(out, ", ")
	}
	for url, want := range map[string]string{
		"manager /stats/ranking?by=team&population=all": "西村团队 50 1/3, 东村团队 20 2/3, 石榴团队 0 3/3",
		"manager /stats/ranking?by=team&population=03":  "东村团队 100 1/2, 西村团队 0 2/2, 石榴团队 <nil> <nil>/2",
		"manager /stats/ranking?by=team&population=04":  "东村团队 100 1/1, 西村团队 <nil> <nil>/1, 石榴团队 <nil> <nil>/1",
		"manager /stats/ranking?by=team&population=10":  "东村团队 0 1/2, 石榴团队 0 1/2, 西村团队 <nil> <nil>/2",
		"east /stats/ranking?by=team&population=all":    "东村团队 20 2/3",
		"east /stats/ranking?by=village&month=2026-11":  "东村 20 1/3",
	} {
		as, url, _ := strings.Cut(url, " ")
		if got := places(as, url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

func TestMonthlyReportAsAWorkbook(t *testing.T) {
	s := months(t)
	status, header, body := s.call("manager", "GET", api.Prefix+"/reports/monthly.xlsx?by=team&month=2026-11&population=all,key", "")
	if status != 200 || header.Get("Cache-Control") != "no-store" || header.Get("Content-Disposition") != `attachment; filename="monthly-2026-11-team.xlsx"` {
		t.Fatalf("%d %v", status, header)
	}
	f, err := excelize.OpenReader(bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("签约率")
	if err != nil || len(rows) != 1+3*2 || strings.Join(rows[2], "|") != "东村团队|重点人群|2|1|50.00%|||75.00%|-25|1|2||||||0" {
		t.Errorf("%q %v", rows, err)
	}
	if panes, err := f.GetPanes("签约率"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v %v", panes, err)
	}
	notes, err := f.GetRows("说明")
	if got := fmt.Sprint(notes); err != nil || !strings.Contains(got, "[统计日期 2026-11-30]") || !strings.Contains(got, "[统计规则版本 jiayi-rates-1]") || !strings.Contains(got, "[制表人 manager]") ||
		!strings.Contains(got, "[制表时间 2026-12-15 09:00:00]") || !strings.Contains(got, "2025-11-30(没有数据,不比较)") {
		t.Errorf("%s %v", got, err)
	}
	indicators, err := f.GetRows("健康管理指标")
	if err != nil || len(indicators) != 1+3*20 {
		t.Errorf("%d %v", len(indicators), err)
	}
}

// A month-end that the night has not published yet is nothing to compare with.
func TestNothingIsComparedWithWhatIsNotFrozen(t *testing.T) {
	s := newSite(t)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	s.clock.Set(calendar.MustDate("2026-12-01"))
	s.run(t, []scenario{
		{name: "the month after", as: "manager", url: "/reports/monthly?population=all", status: 200, want: []string{`"previous_month":{"on":"2026-11-30","reason":"not_frozen"}`, `"previous_month":{"rate":null,"change":null,"reason":"not_frozen"}`}},
		{name: "the month itself", as: "manager", url: "/reports/monthly?month=2026-11&population=all", status: 200, want: []string{`"as_of":"2026-11-23"`, `"frozen":false`, `"signed":1`}},
		{name: "its point of the trend", as: "manager", url: "/stats/trend?months=1", status: 200, want: []string{`"on":"2026-11-30","frozen":false,"residents":0,"signed":0,"rate":null,"reason":"not_frozen"`}},
	})
}
