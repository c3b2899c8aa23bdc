package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/models"
	"jiayi/models/store/storetest"
)

// followupServer answers as the actors whose names are their tokens.
func followupServer(t *testing.T) http.Handler {
	t.Helper()
	s, _ := storetest.District(t)
	who := map[string]models.Actor{"lead": storetest.EastLead, "west": storetest.WestLead, "son": storetest.Qiang, "admin": storetest.AdminOne}
	return api.New(api.Config{Quiet: true, Handlers: &handlers.Handlers{Store: s}, Identify: func(_ context.Context, token string) (models.Actor, error) {
		if a, ok := who[token]; ok {
			return a, nil
		}
		return models.Actor{}, models.ErrUnauthenticated
	}})
}

func call(t *testing.T, h http.Handler, as, method, path, body string) (int, string) {
	t.Helper()
	req := httptest.NewRequest(method, api.Prefix+path, strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+as)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	asDescribed(t, req, rec)
	return rec.Code, rec.Body.String()
}

const hypertensionForm = `{"symptoms":[1],"sbp":SBP,"dbp":92,"weight":62.5,"height":158,"heart_rate":72,"smoke":0,"drink":0,"sport_times":5,"sport_minutes":30,` +
	`"salt":1,"psychology":1,"compliance_behaviour":1,"med_adherence":1,"adr":1}`

func visitBody(sbp string) string {
	return `{"resident_id":"1","visited_on":"2026-11-23","visit_way":1,"forms":{"hypertension":` + strings.Replace(hypertensionForm, "SBP", sbp, 1) + `}}`
}

func TestFollowupsOverHTTP(t *testing.T) {
	h := followupServer(t)
	code, body := call(t, h, "lead", "POST", "/followups", visitBody("165"))
	if code != http.StatusCreated {
		t.Fatalf("%d %s", code, body)
	}
	var made struct {
		ID       string `json:"id"`
		Programs map[string]struct {
			Assessment struct {
				Class, Step int
				Emergency   *bool
				Findings    []any  `json:"findings"`
				RuleVersion string `json:"rule_version"`
			} `json:"assessment"`
			NextDueOn string `json:"next_due_on"`
		} `json:"programs"`
	}
	if err := json.Unmarshal([]byte(body), &made); err != nil {
		t.Fatal(err)
	}
	if p := made.Programs["hypertension"]; made.ID == "" || p.Assessment.Class != 2 || p.Assessment.Step != 2 || p.Assessment.Emergency == nil || p.NextDueOn != "2026-12-07" || p.Assessment.RuleVersion == "" {
		t.Errorf("%s", body)
	}
	for _, tt := range []struct {
		name, as, method, path, body string
		status                       int
		want, not                    string
	}{
		{"again", "lead", "POST", "/followups", visitBody("165"), 409, `"already_logged"`, ""},
		{"out of range, in Chinese, by label", "lead", "POST", "/followups", visitBody("999"), 422, `"forms.hypertension.sbp","code":"out_of_range","message":"收缩压应在 60–300 mmHg 之间"`, "999"},
		{"text for a number", "lead", "POST", "/followups", visitBody(`"高"`), 422, `收缩压应为数字`, "高\""},
		{"a form that is no object", "lead", "POST", "/followups", `{"resident_id":"1","visited_on":"2026-11-23","visit_way":1,"forms":{"hypertension":5}}`, 422, `forms.hypertension`, ""},
		{"unknown programme", "lead", "POST", "/followups", `{"resident_id":"1","visited_on":"2026-11-23","visit_way":1,"forms":{"gout":{}}}`, 422, `"unknown_program"`, ""},
		{"a date that does not exist", "lead", "POST", "/followups", strings.Replace(visitBody("130"), "2026-11-23", "2026-11-31", 1), 422, `visited_on`, "2026-11-31"},
		{"an id that is none", "lead", "POST", "/followups", strings.Replace(visitBody("130"), `"1"`, `"x1"`, 1), 422, `resident_id`, "x1"},
		{"an unknown field", "lead", "POST", "/followups", strings.Replace(visitBody("130"), `"visit_way"`, `"colour":1,"visit_way"`, 1), 422, `colour`, ""},
		{"not for administrators", "admin", "POST", "/followups", visitBody("130"), 403, `"forbidden"`, ""},
		{"not for residents", "son", "POST", "/followups", visitBody("130"), 403, `"forbidden"`, ""},
		{"one", "lead", "GET", "/followups/" + made.ID, "", 200, `"form":{`, ""},
		{"one, by her son", "son", "GET", "/followups/" + made.ID, "", 200, `"class_label":"控制不满意"`, ""},
		{"one of another team", "west", "GET", "/followups/" + made.ID, "", 404, `"not_found"`, "张秀英"},
		{"list", "lead", "GET", "/followups?resident_id=1&program=hypertension&from=2026-11-01", "", 200, `"step_label":"第1次控制不满意2周随访"`, `"form"`},
		{"list of another team", "west", "GET", "/followups", "", 200, `{"items":[]}`, ""},
		{"tasks", "lead", "GET", "/tasks?state=upcoming", "", 200, `"phone":"199****0001"`, "19900000001"},
		{"tasks by an unknown state", "lead", "GET", "/tasks?state=late", "", 422, `"state"`, ""},
		{"programmes", "lead", "GET", "/programs", "", 200, `{"code":"05","label":"2型糖尿病患者"}`, ""},
		{"form", "son", "GET", "/programs/diabetes/form", "", 200, `"label":"空腹血糖"`, ""},
		{"form of then", "lead", "GET", "/programs/hypertension/form?rule_version=nbphs3-2017.1", "", 200, `"rule_version":"nbphs3-2017.1"`, ""},
		{"no such form", "lead", "GET", "/programs/gout/form", "", 404, `"not_found"`, ""},
		{"trial", "lead", "POST", "/clinical/assess", `{"program":"hypertension","resident":{"birth_date":"1956-03-08","sex":"2"},"previous":[{"visited_on":"2026-11-10","class":2,"step":2}],` +
			`"visited_on":"2026-11-23","visit_way":1,"form":{"sbp":165,"dbp":92}}`, 200, `"step":3`, ""},
		{"trial with a wrong field", "lead", "POST", "/clinical/assess", `{"program":"hypertension","resident":{"birth_date":"1956-03-08","sex":"2"},"previous":[],` +
			`"visited_on":"2026-11-23","visit_way":1,"form":{"sbp":999,"dbp":92}}`, 422, `"form.sbp"`, "999"},
		{"trial of an unknown programme", "lead", "POST", "/clinical/assess", `{"program":"gout","resident":{"birth_date":"1956-03-08","sex":"2"},"visited_on":"2026-11-23","visit_way":1,"form":{}}`, 422, `"unknown_program"`, ""},
		{"void without a reason", "lead", "POST", "/followups/" + made.ID + "/void", `{"reason":""}`, 422, `"reason"`, ""},
		{"void", "lead", "POST", "/followups/" + made.ID + "/void", `{"reason":"录错人"}`, 200, `"voided":true`, ""},
		{"tasks after it", "lead", "GET", "/tasks", "", 200, `"kind":"routine"`, `"recheck"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, body := call(t, h, tt.as, tt.method, tt.path, tt.body)
			if code != tt.status || !strings.Contains(body, tt.want) || tt.not != "" && strings.Contains(body, tt.not) {
				t.Errorf("%d %s", code, body)
			}
		})
	}
}

func TestFormsAreDescribed(t *testing.T) {
	b, err := json.Marshal(api.Spec("test"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"#/components/schemas/HypertensionForm"`, `"DiabetesForm":{`, `"title":"收缩压"`, `"maximum":300`, `1 门诊`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the description lacks %s", want)
		}
	}
}
