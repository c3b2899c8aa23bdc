package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

const aCorrection = `{"field":"phone","wanted":"19900000099"}`

// asked files 张强's requests and gives his consent.
func (s *site) asked() {
	s.t.Helper()
	s.call("qiang", post, "/api/v1/me/corrections", aCorrection)
	s.call("qiang", post, "/api/v1/me/consents", `{"purpose":"messages","version":1}`)
}

func TestPrivacyRequestScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "what one may agree to", as: "mei", url: "/consent-purposes", status: 200, want: []string{`"code":"location"`, `"separate":true`, "撤回后,今后的上门服务不再记录地点", `"text_hash"`}},
		{name: "a yes", as: "qiang", method: post, url: "/me/consents", body: `{"purpose":"messages","version":1}`, status: 201, want: []string{`"live":true`, `"current":true`, `"channel":"miniprogram"`, "撤回后,不再向您的微信推送消息"}},
		{name: "once", as: "qiang", method: post, url: "/me/consents", body: `{"purpose":"messages","version":1}`, status: 409, want: []string{`"already_given"`}},
		{name: "to an old text", as: "qiang", method: post, url: "/me/consents", body: `{"purpose":"service","version":9}`, status: 422, want: []string{`"version"`}},
		{name: "to nothing known", as: "qiang", method: post, url: "/me/consents", body: `{"purpose":"selling","version":1}`, status: 422, not: []string{"selling"}},
		{name: "for his child", as: "qiang", method: post, url: "/me/consents", body: `{"purpose":"service","version":1,"resident_id":"5"}`, status: 201, want: []string{`"guardian_id":"2"`}},
		{name: "for a stranger", as: "mei", method: post, url: "/me/consents", body: `{"purpose":"service","version":1,"resident_id":"2"}`, status: 404},
		{name: "taken back by a stranger", as: "mei", method: post, url: "/me/consents/1/withdraw", status: 404},
		{name: "taken back", as: "qiang", method: post, url: "/me/consents/1/withdraw", status: 200, want: []string{`"live":false`, `"withdrawn_at"`}},
		{name: "once", as: "qiang", method: post, url: "/me/consents/1/withdraw", status: 409},
		{name: "staff give none", as: "east", method: post, url: "/me/consents", body: `{"purpose":"service","version":1}`, status: 403},
		{name: "a correction", as: "qiang", method: post, url: "/me/corrections", body: aCorrection, status: 201, want: []string{`"status_label":"已提交"`, `"due_on":"2026-12-14"`, `"field_label":"联系电话"`, `"move":"withdraw"`}},
		{name: "of nothing", as: "qiang", method: post, url: "/me/corrections", body: `{"field":"phone","wanted":"  "}`, status: 422, want: []string{`"wanted"`}},
		{name: "a list does not say what", as: "liuyuan", url: "/privacy-requests", status: 200, want: []string{`"resident_name":"张强"`}, not: []string{"19900000099"}},
		{name: "the page does", as: "liuyuan", url: "/privacy-requests/1", status: 200, want: []string{`"wanted":"19900000099"`}},
		{name: "not to a lead", as: "east", url: "/privacy-requests/1", status: 403},
		{name: "taken up", as: "liuyuan", method: post, url: "/privacy-requests/1/move", body: `{"move":"take"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"processing"`, `"move":"fulfil"`}, not: []string{`"move":"erase"`}},
		{name: "not erased", as: "liuyuan", method: post, url: "/privacy-requests/1/move", body: `{"move":"erase"}`, status: 409, want: []string{`"wrong_kind"`}},
		{name: "without an answer", as: "liuyuan", method: post, url: "/privacy-requests/1/move", body: `{"move":"fulfil"}`, status: 422, want: []string{`"answer"`}},
		{name: "done", as: "liuyuan", method: post, url: "/privacy-requests/1/move", body: `{"move":"fulfil","answer":"已更正"}`, status: 200, want: []string{`"status_label":"已办结"`, `"answer":"已更正"`, `"actions":[]`}},
		{name: "the resident reads it", as: "qiang", url: "/me/privacy-requests/1", status: 200, want: []string{`"answer":"已更正"`}},
		{name: "a deletion", as: "qiang", method: post, url: "/me/deletion-requests", body: `{"reason":"不再使用"}`, status: 201, want: []string{`"kind_label":"删除申请"`}},
		{name: "taken up too", as: "liuyuan", method: post, url: "/privacy-requests/2/move", body: `{"move":"take"}`, status: 200},
		{name: "the medical record stays", as: "liuyuan", method: post, url: "/privacy-requests/2/move", body: `{"move":"erase"}`, status: 200, want: []string{`"status_label":"部分办理"`, "第四十七条", "不少于15年"}},
		{name: "the telephone is gone", as: "east", url: "/residents/2", status: 200, want: []string{`"phone":""`}},
		{name: "withdrawn too late", as: "qiang", method: post, url: "/me/privacy-requests/2/withdraw", status: 409},
		{name: "none is overdue", as: "manager", url: "/privacy-requests?overdue=true", status: 200, want: []string{`"items":[]`}},
		{name: "the roles", as: "admin", url: "/roles", status: 200, want: []string{`"label":"团队长"`, `"reach_label":"本团队的居民"`, `"permission":"account.admin","opens":["账号列表"`}, not: []string{`"role":"system"`}},
		{name: "the codes", as: "admin", url: "/organisation-codes", status: 200, want: []string{`{"code":"R01","label":"家庭医生"}`, `{"code":"village_clinic","label":"村卫生室"}`, `{"code":"rate.03","label":`, `{"code":"H01","label":`, `"code":"H00.prevalence"`, `{"code":"referral_arrival","label":`}},
		{name: "the policy", as: "auditor", url: "/security-policy", status: 200, want: []string{"长度不少于10位", "5次锁定30分钟", "工作台无操作15分钟后失效", "小程序访问令牌2小时", "每人每天最多50次", "必须使用动态验证码:区级管理员、安全审计员、系统管理员", "最近5次", "90天内须更换"}},
	})
}

// The export is one JSON object, attached, with every section; it is refused after three.
func TestDataExport(t *testing.T) {
	s := newSite(t)
	s.asked()
	for range 3 {
		status, header, body := s.call("qiang", "GET", "/api/v1/me/data-export?resident_id=1", "")
		var sections map[string][]json.RawMessage
		if err := json.Unmarshal([]byte(body), &sections); err != nil || status != 200 {
			t.Fatalf("%d %v %s", status, err, body)
		}
		if len(sections["profile"]) != 1 || len(sections["populations"]) < 2 || sections["followups"] == nil || !strings.Contains(header.Get("Content-Disposition"), "attachment") || strings.Contains(body, "19900000001") {
			t.Errorf("%s", body)
		}
	}
	s.run(t, []scenario{
		{name: "enough", as: "qiang", url: "/me/data-export", status: 429, want: []string{`"export_limit"`}},
		{name: "of a stranger", as: "mei", url: "/me/data-export?resident_id=1", status: 404},
		{name: "not for staff", as: "east", url: "/me/data-export", status: 403},
	})
	if status, _, body := s.call("mei", "GET", "/api/v1/me/data-export", ""); status != 200 || !strings.Contains(body, `"phone":"19900000008"`) {
		t.Errorf("%d %s", status, body)
	}
}
