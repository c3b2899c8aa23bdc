package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
)

// ofEastOnly are the names that only those who see 东村 may read.
var ofEastOnly = []string{"张秀英", "张强", "张小雨", "张小宝", "刘芳"}

func namesEast(body string) bool {
	for _, name := range ofEastOnly {
		if strings.Contains(body, name) {
			return true
		}
	}
	return false
}

// foreignFilters are parameters that name something of 东村.
var foreignFilters = map[string][]string{
	"resident_id": {"1", "2"}, "team_id": {"1"}, "institution_id": {"2", "1"}, "village": {"1"}, "village_id": {"1"}, "household_id": {"1"}, "staff_id": {"1", "2"}, "doctor_id": {"1", "2"},
	"contract_id": {"1"}, "schedule_id": {"1"}, "home_id": {"1"}, "link_id": {"1"}, "partner_id": {"1"}, "hospital_id": {"1", "5"}, "scope_id": {"1"}, "id": {"1"}, "actor": {"staff:1", "resident:1"},
	"within": {"1", "2"}, "q": {"张", "张秀英", "zxy", "19900000001"}, "whose": {"mine", "theirs"}, "box": {"in", "out", "all", "sent", "received"},
}

// A filter narrows what one sees and never widens it: whoever does not see 东村 names its
// people, teams and objects in every parameter of every list and learns of nobody.
func TestFiltersNeverWiden(t *testing.T) {
	s := matrixSite(t)
	shown := 0
	for _, r := range api.Routes(&handlers.Handlers{}) {
		if r.Method != http.MethodGet || strings.Contains(r.Path, "{") {
			continue
		}
		for _, p := range described().Paths[api.Prefix+r.Path].Get.Parameters {
			for _, value := range foreignFilters[p.Name] {
				path, given, _ := strings.Cut(samples[r.ID].path, "?")
				query, err := url.ParseQuery(given)
				if err != nil {
					t.Fatal(err)
				}
				query.Set(p.Name, value)
				address := api.Prefix + path + "?" + query.Encode()
				if _, _, body := s.call("east", r.Method, address, ""); namesEast(body) {
					shown++
				}
				for _, as := range []string{"west", "shiliu", "mei", "dashan"} {
					status, _, body := s.call(as, r.Method, address, "")
					if status >= 500 || status < 300 && namesEast(body) {
						t.Errorf("%s as %s with %s=%s: %d %s", r.ID, as, p.Name, value, status, body)
					}
				}
			}
		}
	}
	if shown < 30 {
		t.Errorf("only %d of the answers show anybody to those who may see them, so the test proves little", shown)
	}
}

// The cursor of a list that shows everybody leads those who may not see them to nobody.
func TestCursorsOfOthers(t *testing.T) {
	s := matrixSite(t)
	cursors := map[string]bool{}
	var lists []api.Route
	for _, r := range api.Routes(&handlers.Handlers{}) {
		if r.Method != http.MethodGet || !strings.Contains(paramNames(r), " cursor ") {
			continue
		}
		lists = append(lists, r)
		for _, as := range []string{"manager", "east", "liuyuan", "qiang"} {
			_, _, body := s.call(as, r.Method, withQuery(api.Prefix+samples[r.ID].path, "limit=1"), "")
			if next := between(body, `"next_cursor":"`, `"`); next != "" {
				cursors[next] = true
			}
		}
	}
	if len(cursors) < 5 || len(lists) < 30 {
		t.Fatalf("%d cursors of %d lists", len(cursors), len(lists))
	}
	for _, r := range lists {
		for cursor := range cursors {
			for _, as := range []string{"west", "shiliu", "mei"} {
				status, _, body := s.call(as, r.Method, withQuery(api.Prefix+samples[r.ID].path, "cursor="+cursor), "")
				if status >= 500 || status < 300 && namesEast(body) {
					t.Errorf("%s as %s with a cursor of others: %d %s", r.ID, as, status, body)
				}
			}
		}
	}
}

func paramNames(r api.Route) string {
	names := " "
	for _, p := range described().Paths[api.Prefix+r.Path].Get.Parameters {
		names += p.Name + " "
	}
	return names
}

func withQuery(address, more string) string {
	if strings.Contains(address, "?") {
		return address + "&" + more
	}
	return address + "?" + more
}

// What is one's own does not carry in what is another's: every further id of a body is held
// against the scope as the first is. (A guardian alone may live elsewhere: store.AddGuardian.)
func TestForeignIDsInBodies(t *testing.T) {
	s := matrixSite(t)
	const aSigning = `"signature":"`
	for _, c := range []struct {
		name, as, method, path, body string
		status                       int
		want                         string
	}{
		{"team", "west", post, "/contracts", `{"resident_id":"7","team_id":"1",` + aSigning + signature + `"}`, 403, "forbidden"},
		{"signer", "west", post, "/contracts", `{"resident_id":"7","team_id":"2","signer_id":"1",` + aSigning + signature + `"}`, 422, "not_guardian"},
		{"event", "west", post, "/contracts", `{"resident_id":"7","team_id":"2","event_id":"1",` + aSigning + signature + `"}`, 422, "event_id"},
		{"package", "west", post, "/contracts", `{"resident_id":"7","team_id":"2","package_ids":["999"],` + aSigning + signature + `"}`, 422, "package_ids"},
		{"village of a newcomer", "west", post, "/residents", `{"name":"甲","sex":"1","birth_date":"2026-11-01","village_id":"1"}`, 422, "village_id"},
		{"household of a newcomer", "west", post, "/residents", `{"name":"甲","sex":"1","birth_date":"2026-11-01","village_id":"2","household_id":"1"}`, 422, "household_id"},
		{"household", "west", patch, "/residents/7", `{"household_id":"1"}`, 422, "household_id"},
		{"duplicate", "liuyuan", post, "/residents/7/merge", `{"duplicate_id":"8"}`, 404, "not_found"},
		{"members", "west", post, "/household-signings", `{"household_id":"2","representative_id":"6","team_id":"2","members":[{"resident_id":"6"},{"resident_id":"1"}]}`, 404, "members[1].resident_id"},
		{"representative", "west", post, "/household-signings", `{"household_id":"2","representative_id":"1","team_id":"2","members":[{"resident_id":"6"}]}`, 422, "representative_id"},
		{"household to sign", "west", post, "/household-signings", `{"household_id":"1","representative_id":"6","team_id":"2","members":[{"resident_id":"6"}]}`, 404, "household_id"},
		{"tasks", "west", post, "/tasks/assign", `{"task_ids":["1"],"staff_id":"3"}`, 422, "task_ids"},
		{"staff of tasks", "east", post, "/tasks/assign", `{"task_ids":["1"],"staff_id":"3"}`, 422, "not_in_team"},
		{"people of the gap", "west", post, "/gap/assign", `{"resident_ids":["2"],"staff_id":"3"}`, 422, "resident_ids"},
		{"staff of the gap", "west", post, "/gap/assign", `{"resident_ids":["7"],"staff_id":"1"}`, 422, "staff_id"},
		{"team of a schedule", "west", post, "/schedules", `{"team_id":"1","doctor_id":"3","on":"2026-11-25","from":"08:30","to":"09:30"}`, 404, "not_found"},
		{"doctor of a schedule", "west", post, "/schedules", `{"team_id":"2","doctor_id":"5","on":"2026-11-25","from":"08:30","to":"09:30"}`, 422, "elsewhere"},
		{"person of an appointment", "west", post, "/appointments", `{"slot_id":"2","resident_id":"2"}`, 404, "not_found"},
		{"visit of a survey", "mei", post, "/surveys", `{"followup_id":"1","scores":{"attitude":5,"skill":5,"contact":4,"fulfilment":4,"referral":3,"overall":4},"aware":true}`, 404, "not_found"},
		{"person of a survey", "mei", post, "/surveys", aSurvey, 404, "not_found"},
		{"person of a complaint", "mei", post, "/complaints", `{"category":"attitude","content":"等了一上午没有人接待","resident_id":"1"}`, 404, "not_found"},
		{"person of a consent", "mei", post, "/me/consents", `{"resident_id":"1","purpose":"service","version":1}`, 404, "not_found"},
		{"person of an export", "mei", http.MethodGet, "/me/data-export?resident_id=1", "", 404, "not_found"},
		{"team of a link", "liuyuan", post, "/partner-links", strings.Replace(aLink, `"team_id":"1"`, `"team_id":"3"`, 1), 403, "forbidden"},
		{"staff of a team", "liuyuan", post, "/teams/1/members", `{"staff_id":"5","role":"R01"}`, 422, "staff_id"},
		{"contract of a transfer", "west", post, "/contracts/1/transfer", `{"team_id":"2"}`, 404, "not_found"},
		{"people of a list", "west", post, "/exports", `{"kind":"rate_residents","filters":{"by":"team","id":"1"}}`, 201, `"rows":0`},
		{"person of a home stay", "west", post, "/nursing-homes/1/residents", `{"resident_id":"1","begin":"2026-11-20"}`, 404, "not_found"},
		{"institution of staff", "liuyuan", post, "/staff", strings.Replace(aDoctor, `"institution_id":"2"`, `"institution_id":"3"`, 1), 403, "forbidden"},
		{"role above one's own", "liuyuan", post, "/accounts", `{"username":"evil","name":"甲","role":"system_admin","institution_id":"1"}`, 403, "forbidden"},
	} {
		status, _, answer := s.call(c.as, c.method, api.Prefix+c.path, c.body, "If-Match", `"1"`)
		if status != c.status || !strings.Contains(answer, c.want) || namesEast(answer) {
			t.Errorf("%s: %d %s", c.name, status, answer)
		}
	}
}
