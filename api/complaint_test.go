package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/models/store/storetest"
)

const aComplaint = `{"category":"attitude","content":"等了一上午没有人接待","team_id":"1"}`

func TestComplaintScenarios(t *testing.T) {
	s := newSite(t)
	move := func(name, as, body string, status int, want ...string) scenario {
		return scenario{name: name, as: as, method: post, url: "/complaints/1/move", body: body, status: status, want: want}
	}
	s.run(t, []scenario{
		{name: "nothing yet", as: "officer", url: "/complaints", status: 200, want: []string{`"items":[]`}},
		{name: "a resident complains", as: "qiang", method: post, url: "/complaints", body: aComplaint, status: 201,
			want: []string{`"no":"SQ202611230001"`, `"channel_label":"小程序"`, `"category_label":"服务态度"`, `"status_label":"已受理"`, `"name":"张*"`, `"phone":"199****0002"`,
				`"due_at":"2026-11-30T16:00:00Z"`, `"about":{"institution_id":"2","institution_name":"榴园镇卫生院","team_id":"1","team_name":"东村团队"}`, `"actions":[]`, `"move_label":"提出诉求"`},
			not: []string{"19900000002", `"handler"`}},
		{name: "of an unknown kind", as: "qiang", method: post, url: "/complaints", body: `{"category":"strange","content":"x"}`, status: 422, want: []string{`"category"`}, not: []string{"strange"}},
		{name: "about nothing", as: "qiang", method: post, url: "/complaints", body: `{"category":"fees","content":"  "}`, status: 422, want: []string{`"content"`, "请填写诉求内容"}},
		{name: "about no team", as: "qiang", method: post, url: "/complaints", body: `{"category":"fees","content":"x","team_id":"99"}`, status: 422, want: []string{`"team_id"`}},
		{name: "with a bad phone", as: "qiang", method: post, url: "/complaints", body: `{"category":"fees","content":"x","phone":"12345x"}`, status: 422, want: []string{`"phone"`}, not: []string{"12345x"}},
		{name: "for somebody else", as: "qiang", method: post, url: "/complaints", body: `{"category":"fees","content":"x","resident_id":"8"}`, status: 404},
		{name: "a doctor may not file", as: "east", method: post, url: "/complaints", body: aComplaint, status: 403},
		{name: "the officer enters what came by telephone", as: "officer", method: post, url: "/complaints", body: `{"channel":"12345","source_no":"GD1","category":"privacy","urgent":true,"content":"登记时旁人看到","name":"孙大圣","phone":"13900000001","anonymous":true,"team_id":"1"}`,
			status: 201, want: []string{`"id":"2"`, `"source_no":"GD1"`, `"name":"孙*圣"`, `"due_at":"2026-11-24T16:00:00Z"`, `"move":"assign"`}, not: []string{"13900000001"}},
		{name: "but not for the mini-program", as: "officer", method: post, url: "/complaints", body: aComplaint, status: 422, want: []string{`"channel"`}},
		{name: "the team does not see it yet", as: "east", url: "/complaints/1", status: 404},
		move("assigned to nobody", "officer", `{"move":"assign"}`, 422, `"institution_id"`),
		move("a manager of the institution may not", "liuyuan", `{"move":"assign","team_id":"1"}`, 404),
		move("assigned", "officer", `{"move":"assign","team_id":"1"}`, 200, `"status":"assigned"`, `"handler":{"institution_id":"2"`, `"dispatches":1`),
		move("not twice", "officer", `{"move":"assign","team_id":"1"}`, 409, `"wrong_state"`, "已分派"),
		{name: "the team sees it", as: "east", url: "/complaints", status: 200, want: []string{`"id":"1"`, `"name":"张*"`}, not: []string{`"id":"2"`}},
		move("the officer does not answer for them", "officer", `{"move":"take"}`, 403),
		move("nor the complainant", "qiang", `{"move":"close"}`, 403),
		move("nor another team", "west", `{"move":"take"}`, 404),
		move("the team begins", "nurse", `{"move":"take"}`, 200, `"status":"processing"`, `"move":"reply"`),
		move("an empty answer", "east", `{"move":"reply"}`, 422, `"result"`),
		move("sent back without a reason", "officer", `{"move":"reassign","team_id":"1"}`, 422, `"reason"`),
		move("the answer", "east", `{"move":"reply","result":"已致歉并调整排班"}`, 200, `"status":"replied"`, `"on_time":true`),
		{name: "the resident reads it", as: "qiang", url: "/complaints/1", status: 200, want: []string{"已致歉并调整排班"}},
		move("called back with nothing", "officer", `{"move":"visit"}`, 422, `"satisfaction"`, `"resolved"`),
		move("called back", "officer", `{"move":"visit","satisfaction":"unsatisfied","resolved":false}`, 200, `"satisfaction_label":"不满意"`, `"resolved":false`),
		move("opened again", "officer", `{"move":"reopen","reason":"诉求人不认可"}`, 200, `"status":"reopened"`, `"reopens":1`),
		move("sent again", "officer", `{"move":"reassign","team_id":"1","reason":"重新核实"}`, 200, `"dispatches":2`),
		move("begun again", "east", `{"move":"take"}`, 200),
		move("given back", "east", `{"move":"return","reason":"应由机构答复"}`, 200, `"status":"received"`),
		{name: "and gone", as: "east", url: "/complaints/1", status: 404},
		move("to the institution", "officer", `{"move":"assign","institution_id":"2"}`, 200),
		{name: "which is not the team", as: "east", url: "/complaints/1", status: 404},
		move("the institution begins", "liuyuan", `{"move":"take"}`, 200),
		move("and answers", "liuyuan", `{"move":"reply","result":"已处理"}`, 200),
		move("called back again", "officer", `{"move":"visit","satisfaction":"mostly","resolved":true}`, 200),
		{name: "closed against an old version", as: "officer", method: post, url: "/complaints/1/move", body: `{"move":"close"}`, headers: []string{"If-Match", `"2"`}, status: 412, want: []string{`"stale"`}},
		move("closed", "officer", `{"move":"close"}`, 200, `"status_label":"已办结"`, `"move_label":"重新办理"`),
		{name: "an unknown move", as: "officer", method: post, url: "/complaints/1/move", body: `{"move":"burn"}`, status: 422, want: []string{`"move"`}, not: []string{"burn"}},
		{name: "the anonymous one is assigned", as: "officer", method: post, url: "/complaints/2/move", body: `{"move":"assign","team_id":"1"}`, status: 200, want: []string{`"name":"孙*圣"`}},
		{name: "the team does not learn who", as: "east", url: "/complaints/2", status: 200, want: []string{`"name":"匿名"`, `"phone":""`}, not: []string{"孙"}},
		{name: "nor the institution by asking", as: "liuyuan", method: post, url: "/complaints/2/reveal", body: `{"reason":"想知道是谁"}`, status: 403, want: []string{`"anonymous"`}},
		{name: "the officer may", as: "officer", method: post, url: "/complaints/2/reveal", body: `{"reason":"电话回访"}`, status: 200, want: []string{`"name":"孙大圣"`, `"phone":"13900000001"`}},
		{name: "with a reason", as: "officer", method: post, url: "/complaints/2/reveal", body: `{}`, status: 422, want: []string{`"reason"`}},
		{name: "due within two days", as: "officer", url: "/complaints?due_in_hours=48", status: 200, want: []string{`"id":"2"`}, not: []string{`"id":"1"`}},
		{name: "none is overdue", as: "officer", url: "/complaints?overdue=true", status: 200, want: []string{`"items":[]`}},
		{name: "the rates", as: "officer", url: "/stats/complaints", status: 200, want: []string{`"from":"2026-01-01"`, `"received":2`, `"on_time":{"numerator":1,"denominator":1,"rate":100}`,
			`"at_once":{"numerator":0,"denominator":1,"rate":0}`, `"satisfied":{"numerator":1,"denominator":1,"rate":100}`, `"resolved":{"numerator":1,"denominator":1,"rate":100}`}},
		{name: "of the team", as: "east", url: "/stats/complaints?by=team", status: 200, want: []string{"东村团队", `"received":1`, `"rate":null`}, not: []string{"西村"}},
		{name: "not for residents", as: "qiang", url: "/stats/complaints", status: 403},
	})
	s.clock.Set(storetest.Today.AddDays(3))
	s.run(t, []scenario{
		{name: "overdue", as: "east", url: "/complaints?overdue=true", status: 200, want: []string{`"id":"2"`, `"overdue":true`}},
		{name: "and late in the rates", as: "officer", url: "/stats/complaints", status: 200, want: []string{`"on_time":{"numerator":1,"denominator":2,"rate":50}`}},
	})
	if status, header, body := s.call("officer", http.MethodGet, api.Prefix+"/complaints/1", ""); status != 200 || header.Get("ETag") != `"14"` || strings.Count(body, `"move_label"`) != 14 {
		t.Errorf("%d %s %s", status, header.Get("ETag"), body)
	}
}
