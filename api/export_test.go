package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

func TestExportScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "nothing yet", as: "east", url: "/exports", status: 200, want: []string{`"items":[]`}},
		{name: "a small masked list", as: "east", method: post, url: "/exports", body: `{"kind":"residents","filters":{"signed":false,"population":"key","q":"19900000001"}}`, status: 201,
			want: []string{`"no":"DC202611230001"`, `"kind_label":"居民名单"`, `"filters":["人群:重点人群","签约:未签约","检索:199****0001"]`, `"rows":1`, `"needs_approval":false`, `"status":"ready"`, `"downloadable":true`,
				`"actions":[{"move":"cancel","label":"撤回"}]`, `"expires_at":"2026-11-30T01:00:00Z"`}, not: []string{"19900000001"}},
		{name: "of an unknown kind", as: "east", method: post, url: "/exports", body: `{"kind":"everything"}`, status: 422, want: []string{`"kind"`}, not: []string{"everything"}},
		{name: "with a filter it has not", as: "east", method: post, url: "/exports", body: `{"kind":"gap","filters":{"disputed":true}}`, status: 422, want: []string{`"filters.disputed"`, "没有该筛选条件"}},
		{name: "of an unknown population", as: "east", method: post, url: "/exports", body: `{"kind":"residents","filters":{"population":"99"}}`, status: 422, want: []string{`"population"`}},
		{name: "of a resident out of scope", as: "east", method: post, url: "/exports", body: `{"kind":"contracts","filters":{"resident_id":"8"}}`, status: 404},
		{name: "of another team", as: "east", method: post, url: "/exports", body: `{"kind":"rate_residents","filters":{"by":"team","id":"2"}}`, status: 201, want: []string{`"rows":0`}},
		{name: "in clear without a reason", as: "east", method: post, url: "/exports", body: `{"kind":"residents","unmasked":true}`, status: 422, want: []string{`"reason"`}},
		{name: "in clear", as: "east", method: post, url: "/exports", body: `{"kind":"residents","unmasked":true,"reason":"上门核对"}`, status: 201, want: []string{`"id":"3"`, `"status":"requested"`, `"needs_approval":true`, `"downloadable":false`}},
		{name: "not for nurses", as: "nurse", method: post, url: "/exports", body: `{"kind":"residents"}`, status: 403},
		{name: "nor residents", as: "qiang", method: post, url: "/exports", body: `{"kind":"residents"}`, status: 403},
		{name: "nor the complaints officer", as: "officer", url: "/exports", status: 403},
		{name: "another team's does not exist", as: "west", url: "/exports/3", status: 404},
		{name: "nor for approval", as: "west", method: post, url: "/exports/3/cancel", body: `{}`, status: 404},
		{name: "to approve", as: "liuyuan", url: "/exports?whose=others&status=requested", status: 200, want: []string{`"id":"3"`, `"reason":"上门核对"`, `"rows":5`, `"unmasked":true`, `"applicant":{"id":"103","name":"east"}`}, not: []string{`"id":"1"`}},
		{name: "none of the own", as: "liuyuan", url: "/exports?whose=own", status: 200, want: []string{`"items":[]`}},
		{name: "a lead approves nothing", as: "east", method: post, url: "/exports/3/approve", body: `{}`, status: 403},
		{name: "refused without a reason", as: "liuyuan", method: post, url: "/exports/3/refuse", body: `{}`, status: 422, want: []string{`"reason"`}},
		{name: "against an old version", as: "liuyuan", method: post, url: "/exports/3/approve", body: `{}`, headers: []string{"If-Match", `"5"`}, status: 412},
		{name: "approved", as: "manager", method: post, url: "/exports/3/approve", body: `{}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"ready"`, `"decider":{"id":"101","name":"manager"}`, `"downloadable":false`}},
		{name: "not refused after that", as: "liuyuan", method: post, url: "/exports/3/refuse", body: `{"reason":"不必要"}`, status: 409, want: []string{`"wrong_state"`}},
		{name: "but the password is old", as: "east", url: "/exports/3/file.xlsx", status: 403, want: []string{`"reauth_required"`}},
		{name: "nor is it the approver's", as: "manager", url: "/exports/3/file.xlsx", status: 403, want: []string{`"forbidden"`}},
		{name: "the manager's own", as: "manager", method: post, url: "/exports", body: `{"kind":"residents","unmasked":true,"reason":"核查"}`, status: 201, want: []string{`"id":"4"`, `"rows":9`}, not: []string{`"institution"`}},
		{name: "not approved by the manager", as: "manager", method: post, url: "/exports/4/approve", body: `{}`, status: 403, want: []string{`"own_export"`}},
		{name: "nor seen by an institution", as: "liuyuan", method: post, url: "/exports/4/approve", body: `{}`, status: 404},
		{name: "cancelled", as: "manager", method: post, url: "/exports/4/cancel", body: `{}`, status: 200, want: []string{`"status_label":"已撤回"`, `"actions":[]`}},
	})
}

// From the number of a screen to the rows of a file: the figure, the export, the second
// person, the password entered again, the workbook.
func TestFromAFigureToAFile(t *testing.T) {
	d := newDoor(t)
	doctor := d.doctor()
	access := doctor.string("access_token")
	d.account("boss", models.InstitutionManager, storetest.OtherStaff)
	first := d.signIn("boss", rightPassword, "").string("access_token")
	d.call("POST", "/me/password", first, object{"old": rightPassword, "new": chosenPassword}).want(204, "")
	boss := d.signIn("boss", chosenPassword, "").string("access_token")

	figure := d.call("GET", "/stats/contract-rates?by=team&population=all", access, nil).want(200, "").body["rows"].([]any)[0].(object)
	n := int(figure["residents"].(float64))
	drill := d.call("GET", "/stats/contract-rates/residents?by=team&id=1", access, nil).want(200, "").body["items"].([]any)
	body := object{"kind": "rate_residents", "filters": object{"by": "team", "id": "1"}, "unmasked": true, "reason": "入户核对"}
	asked := d.call("POST", "/exports", access, body, "Idempotency-Key", "once").want(201, "")
	if again := d.call("POST", "/exports", access, body, "Idempotency-Key", "once").want(201, ""); again.text != asked.text {
		t.Errorf("%s, then %s", asked.text, again.text)
	}
	id := asked.string("id")
	if n != 5 || len(drill) != n || asked.body["rows"] != float64(n) || asked.string("status") != "requested" {
		t.Fatalf("figure %d, list %d, %s", n, len(drill), asked.text)
	}
	file := "/exports/" + id + "/file.xlsx"
	d.call("GET", file, access, nil).want(409, "wrong_state")
	d.call("POST", "/exports/"+id+"/approve", boss, object{}, "If-Match", `"1"`).want(200, "")
	for range 4 { // the session stays in use until the password is old
		d.clock.Add(8 * time.Minute)
		doctor = d.call("POST", "/auth/refresh", "", object{"refresh_token": doctor.string("refresh_token")}).want(200, "")
	}
	access = doctor.string("access_token")
	d.call("GET", file, access, nil).want(403, "reauth_required")
	d.call("POST", "/me/reauth", access, object{"password": "Wrong-password-1"}).want(422, "")
	d.call("GET", file, access, nil).want(403, "reauth_required")
	d.call("POST", "/me/reauth", access, object{"password": chosenPassword}).want(200, "")
	got := d.call("GET", file, access, nil).want(200, "")
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("Content-Disposition") != `attachment; filename="export-DC202611230001.xlsx"` {
		t.Errorf("%v", got.header)
	}
	f, err := excelize.OpenReader(bytes.NewReader([]byte(got.text)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("签约率背后的居民")
	if err != nil || len(rows) != n+2 || !strings.HasPrefix(rows[0][0], "DC202611230001 | 周医生 | 2026-11-23") || !strings.HasSuffix(rows[0][0], "仅限工作使用") {
		t.Fatalf("%q %v", rows, err)
	}
	for i, row := range rows[2:] {
		if want := drill[i].(object); row[0] != want["id"] || row[2] != want["name"] {
			t.Errorf("row %d is %q, the screen has %v", i, row, want["id"])
		}
	}
	if panes, err := f.GetPanes("签约率背后的居民"); err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("%+v %v", panes, err)
	}
	if left := d.call("GET", "/exports/"+id, access, nil).want(200, ""); left.body["downloads"] != 1.0 || fmt.Sprint(left.body["downloadable"]) != "true" {
		t.Errorf("%s", left.text)
	}
}
