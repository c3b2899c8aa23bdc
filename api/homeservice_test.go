package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestHomeServiceScenarios(t *testing.T) {
	s := newSite(t)
	const all = `["eligible","stable","home_safe","carer_present","consent"]`
	move := func(body string) string { return `{"move":` + body + `}` }
	const at = "/home-services/1/move"
	s.run(t, []scenario{
		{name: "what there is", as: "qiang", url: "/home-service-items", status: 200, want: []string{`{"code":"dressing","label":"换药"}`, `{"code":"terminal","label":"临终"}`, `"home_safe"`}, not: []string{"infusion"}},
		{name: "a contract", as: "east", method: post, url: "/contracts", body: `{"resident_id":"1","team_id":"1","signature":"` + signature + `"}`, status: 201},
		{name: "infusions are off", as: "qiang", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["infusion"]}`, status: 422, want: []string{`"field":"items[0]"`, "未开展上门静脉输液"}},
		{name: "no such thing", as: "qiang", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["按摩"]}`, status: 422, want: []string{`"field":"items[0]"`}, not: []string{"按摩"}},
		{name: "for a stranger", as: "mei", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["dressing"]}`, status: 404},
		{name: "the son asks", as: "qiang", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["dressing","vitals"],"note":"腿脚不便","wish_on":"2026-11-24"}`, status: 201,
			want: []string{`"status":"applied","status_label":"待评估"`, `"applicant_label":"高龄"`, `{"code":"dressing","label":"换药"}`, `"due_on":"2026-11-24"`, `"first":true`, `"actions":[{"move":"cancel","label":"取消"}]`}, not: []string{"某路1号"}},
		{name: "twice", as: "nurse", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["dressing"]}`, status: 409, want: []string{`"already_open"`}},
		{name: "the team's list", as: "nurse", url: "/home-services?status=applied", status: 200, want: []string{`"resident_name":"张秀英"`, `"phone":"199****0001"`}},
		{name: "another team's", as: "west", url: "/home-services", status: 200, want: []string{`"items":[]`}},
		{name: "a stranger", as: "mei", url: "/home-services/1", status: 404},
		{name: "he does not assess himself", as: "qiang", method: post, url: at, body: move(`"assess","checks":` + all), status: 403},
		{name: "unsafe", as: "nurse", method: post, url: at, body: move(`"assess","checks":["eligible","stable"]`), status: 422, want: []string{`"field":"checks"`, "居家环境安全"}},
		{name: "an old version", as: "nurse", method: post, url: at, body: move(`"assess","checks":` + all), headers: []string{"If-Match", `"9"`}, status: 412},
		{name: "assessed", as: "nurse", method: post, url: at, body: move(`"assess","checks":` + all), headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"assessed"`, `"version":2`}},
		{name: "alone the first time", as: "east", method: post, url: at, body: move(`"assign","visit_on":"2026-11-23","staff_ids":["1"]`), status: 422, want: []string{`"field":"staff_ids"`, "首次上门须至少2名"}},
		{name: "with somebody else's nurse", as: "east", method: post, url: at, body: move(`"assign","visit_on":"2026-11-23","staff_ids":["1","4"]`), status: 422, want: []string{`"field":"staff_ids"`}},
		{name: "for tomorrow", as: "east", method: post, url: at, body: move(`"assign","visit_on":"2026-11-24","staff_ids":["1","2"]`), status: 200, want: []string{`"visit_on":"2026-11-24"`, `"staff_names":["周医生","吴护士"]`}},
		{name: "not today", as: "nurse", method: post, url: at, body: move(`"depart"`), status: 409, want: []string{`"not_today"`}},
		{name: "after all today", as: "east", method: post, url: at, body: move(`"assign","visit_on":"2026-11-23","staff_ids":["1","2"]`), status: 200},
		{name: "on the way", as: "nurse", method: post, url: at, body: move(`"depart"`), status: 200, want: []string{`"status":"departed"`}},
		{name: "too late to cancel", as: "qiang", method: post, url: at, body: move(`"cancel","reason":"不需要了"`), status: 403},
		{name: "where", as: "nurse", method: post, url: at, body: move(`"arrive","position":"门口"`), status: 422, want: []string{`"field":"position"`}, not: []string{"门口"}},
		{name: "there", as: "nurse", method: post, url: at, body: move(`"arrive","position":"117.2655,34.7951"`), status: 200, want: []string{`"status":"arrived"`, `"position":"117.2655,34.7951"`}},
		{name: "unsigned", as: "nurse", method: post, url: at, body: move(`"serve","items":["dressing"]`), status: 422, want: []string{`"field":"signature"`}},
		{name: "served", as: "nurse", method: post, url: at, body: move(`"serve","items":["dressing","vitals"],"consumables":"敷料","signature":"` + signature + `"`), status: 200,
			want: []string{`"status":"served"`, `"encounter_id":"1"`, `"signed":true`}, not: []string{"base64"}},
		{name: "it is a visit at home", as: "qiang", url: "/followups/1", status: 200, want: []string{`"visit_way":2`, `"code":"home_nursing"`}},
		{name: "free", as: "nurse", method: post, url: at, body: move(`"pay"`), status: 200, want: []string{`"status":"paid"`, `"fee_cents":0`}},
		{name: "six stars", as: "qiang", method: post, url: at, body: move(`"rate","rating":6`), status: 422},
		{name: "five", as: "qiang", method: post, url: at, body: move(`"rate","rating":5,"text":"很周到"`), status: 200, want: []string{`"status":"rated"`, `"rating":5`, `"actions":[]`}, not: []string{"117.2655"}},
		{name: "the end", as: "east", url: "/home-services/1", status: 200, want: []string{`"move":"apply"`, `"move":"rate","move_label":"评价","to":"rated"`, `"by":"resident:2"`}},
	})
}

// The team photographs the door it stands at, and nobody else does or at another time; what the
// picture was called is not looked at.
func TestHomeServicePhoto(t *testing.T) {
	s := newSite(t)
	const at, photo = "/home-services/1/move", "/home-services/1/photo"
	send := func(as, content string, headers ...string) (int, string) {
		body, contentType := form(t, "file", "../../x.html", content)
		status, _, answer := s.call(as, http.MethodPost, "/api/v1"+photo, body, append([]string{"Content-Type", contentType}, headers...)...)
		return status, answer
	}
	s.run(t, []scenario{
		{name: "asked", as: "nurse", method: post, url: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["dressing"]}`, status: 201, not: []string{`"photo"`}},
		{name: "assessed", as: "nurse", method: post, url: at, body: `{"move":"assess","checks":["eligible","stable","home_safe","carer_present","consent"]}`, status: 200},
		{name: "assigned", as: "east", method: post, url: at, body: `{"move":"assign","visit_on":"2026-11-23","staff_ids":["1","2"]}`, status: 200},
		{name: "on the way", as: "nurse", method: post, url: at, body: `{"move":"depart"}`, status: 200},
	})
	if status, body := send("nurse", photograph(t)); status != http.StatusConflict || !strings.Contains(body, "not_there") {
		t.Errorf("before arriving: %d %s", status, body)
	}
	s.run(t, []scenario{
		{name: "no picture yet", as: "nurse", url: photo, status: 404},
		{name: "there", as: "nurse", method: post, url: at, body: `{"move":"arrive","position":"117.2655,34.7951"}`, status: 200},
		{name: "no file", as: "nurse", method: post, url: photo, body: `{"file":"x"}`, status: 422, want: []string{`"field":"file"`}},
	})
	for _, c := range []struct {
		name, as, content string
		status            int
	}{
		{"no image", "nurse", "<html>", 422}, {"the son", "qiang", photograph(t), 403}, {"another team", "west", photograph(t), 404}, {"the nurse", "nurse", photograph(t), 200}, {"again", "east", photograph(t), 200},
	} {
		if status, body := send(c.as, c.content); status != c.status || status == 200 && !strings.Contains(body, `"photo":"/api/v1`+photo+`"`) {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	status, header, body := s.call("qiang", http.MethodGet, "/api/v1"+photo, "")
	if status != http.StatusOK || header.Get("Content-Type") != "image/jpeg" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Content-Disposition") != `attachment; filename="photo-1.jpg"` || body == "" {
		t.Errorf("the son of the house sees it: %d %v", status, header)
	}
	s.run(t, []scenario{
		{name: "a stranger does not", as: "mei", url: photo, status: 404},
		{name: "signed for", as: "nurse", method: post, url: at, body: `{"move":"serve","items":["dressing"],"signature":"` + signature + `"}`, status: 200},
	})
	if status, body := send("nurse", photograph(t)); status != http.StatusConflict {
		t.Errorf("after it was signed: %d %s", status, body)
	}
}
