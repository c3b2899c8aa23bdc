package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// doubt raises a flag on the first visit as if the doctor had made it.
func (s *site) doubt(doctor models.ID) {
	s.t.Helper()
	row := models.Flag{EncounterID: 1, Kind: models.FlagDenied, ResidentID: storetest.ZhangXiuying, TeamID: storetest.EastTeam, InstitutionID: storetest.Liuyuan,
		DoctorID: doctor, Status: models.FlagOpen, Reason: "居民表示没有这次随访", Note: "医生没有来过", RaisedBy: "resident:2", RaisedOn: storetest.Today, Version: 1}
	if err := s.store.Load(s.t.Context(), func(l *store.Loader) error { return l.Insert(&row) }); err != nil {
		s.t.Fatal(err)
	}
}

func TestFlagScenarios(t *testing.T) {
	s := newSite(t)
	s.call("east", post, api.Prefix+"/followups", visit("2026-11-20"))
	s.doubt(storetest.EastDoctor)
	s.clock.Set(storetest.Today.AddDays(5))
	s.run(t, []scenario{
		{name: "the list", as: "liuyuan", url: "/flags", status: 200, want: []string{`"kind":"denied"`, `"kind_label":"居民否认"`, `"resident_name":"张秀英"`, `"doctor_name":"周医生"`,
			`"visited_on":"2026-11-20"`, `"reason":"居民表示没有这次随访"`, `"days_open":5`}, not: []string{"医生没有来过"}},
		{name: "of another kind", as: "liuyuan", url: "/flags?kind=busy_day", status: 200, want: []string{`"items":[]`}},
		{name: "of a team", as: "liuyuan", url: "/flags?team_id=2", status: 200, want: []string{`"items":[]`}},
		{name: "accepted ones", as: "liuyuan", url: "/flags?status=accepted", status: 200, want: []string{`"items":[]`}},
		{name: "an unknown status", as: "liuyuan", url: "/flags?status=strange", status: 422, want: []string{`"status"`}, not: []string{"strange"}},
		{name: "an unknown kind", as: "liuyuan", url: "/flags?kind=strange", status: 422, want: []string{`"kind"`}, not: []string{"strange"}},
		{name: "one", as: "east", url: "/flags/1", status: 200, want: []string{`"note":"医生没有来过"`, `"raised_by":"resident:2"`, `"version":1`}},
		{name: "one of another team", as: "west", url: "/flags/1", status: 404},
		{name: "the resident may not see it", as: "qiang", url: "/flags/1", status: 403},
		{name: "a nurse may not review", as: "nurse", method: post, url: "/flags/1/accept", body: `{"note":"属实"}`, status: 403, want: []string{`"forbidden"`}},
		{name: "nor a doctor the own visit", as: "east", method: post, url: "/flags/1/accept", body: `{"note":"属实"}`, status: 403, want: []string{`"own_visit"`, "不能核查本人所做的随访"}},
		{name: "nor void it that way", as: "east", method: post, url: "/flags/1/void", body: `{"reason":"不实"}`, status: 403, want: []string{`"own_visit"`}},
		{name: "without a note", as: "liuyuan", method: post, url: "/flags/1/accept", body: `{"note":""}`, status: 422, want: []string{`"note"`}},
		{name: "with blanks for one", as: "liuyuan", method: post, url: "/flags/1/accept", body: `{"note":"  "}`, status: 422, want: []string{`"field":"note"`, "请填写核查意见"}},
		{name: "void without a reason", as: "liuyuan", method: post, url: "/flags/1/void", body: `{}`, status: 422, want: []string{`"reason"`}},
		{name: "void with too much of one", as: "liuyuan", method: post, url: "/flags/1/void", body: `{"reason":"` + strings.Repeat("不", 201) + `"}`, status: 422, want: []string{`"reason"`}, not: []string{"不不不"}},
		{name: "against an old version", as: "liuyuan", method: post, url: "/flags/1/void", body: `{"reason":"未曾上门"}`, headers: []string{"If-Match", `"7"`}, status: 412, want: []string{`"stale"`}},
		{name: "a manager voids", as: "liuyuan", method: post, url: "/flags/1/void", body: `{"reason":"未曾上门"}`, headers: []string{"If-Match", `"1"`}, status: 200,
			want: []string{`"status":"voided"`, `"finding":"未曾上门"`, `"note":"医生没有来过"`, `"reviewed_by":"staff:102"`, `"days_open":5`}},
		{name: "and the visit is void", as: "east", url: "/followups/1", status: 200, want: []string{`"voided":true`, `"void_reason":"未曾上门"`}},
		{name: "once", as: "manager", method: post, url: "/flags/1/accept", body: `{"note":"属实"}`, status: 409, want: []string{`"already_reviewed"`}},
		{name: "nothing is open", as: "east", url: "/flags", status: 200, want: []string{`"items":[]`}},
		{name: "nothing is lost", as: "east", url: "/flags?status=voided", status: 200, want: []string{`"status_label":"已作废"`}},
		{name: "no such flag", as: "east", url: "/flags/99", status: 404},
	})
	if status, header, _ := s.call("east", http.MethodGet, api.Prefix+"/flags/1", ""); status != 200 || header.Get("ETag") != `"2"` {
		t.Errorf("%d %s", status, header.Get("ETag"))
	}
}
