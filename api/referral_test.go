package api_test

import (
	"strings"
	"testing"
	"time"

	"jiayi/api"
	"jiayi/models/store/storetest"
)

// referralBody is 张秀英's way to the hospital, with more fields of the request.
func referralBody(more string) string {
	return `{"resident_id":"1","direction":1,"urgency":2,"hospital_id":"5","department":"心内科","reasons":[1,5],"expected_on":"2026-11-24",` +
		`"impression_code":"I10.x00","impression":"血压控制欠佳","present_illness":"近两周血压升高,伴头晕"` + more + `}`
}

const summaryBody = `"summary":{"hospital_no":"ZY0001","findings":"心脏彩超未见异常","diagnosis":"血压升高","outcome":"好转","attending":"蒋主任","rehab":"低盐饮食","plan":"两周后复查"}`

func move(m string, more ...string) string {
	return `{"move":"` + m + `"` + strings.Join(append([]string{""}, more...), ",") + `}`
}

func TestReferralScenarios(t *testing.T) {
	s := newSite(t)
	storetest.Hospital(t, s.store)
	s.call("east", post, api.Prefix+"/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	s.call("east", post, api.Prefix+"/followups", visit("2026-11-23"))
	s.run(t, []scenario{
		{name: "reasons", as: "east", url: "/referrals/reasons", status: 200, want: []string{`{"code":6,"label":"风险分层为很高危","direction":1,"three_high":true}`, `"code":11`}},
		{name: "a draft", as: "east", method: post, url: "/referrals", body: referralBody(`,"followup_id":"1"`), status: 201, want: []string{`"id":"1"`, `"no":"ZZ37049920261123000001"`,
			`"status":"draft"`, `"direction_label":"上转"`, `"urgency_label":"紧急"`, `"phone":"199****0001"`, `"age":70`, `"label":"危急情况"`, `"move":"consent"`, `"due_at":null`},
			not: []string{"19900000001", `"move":"submit"`, `"consent":{`}},
		{name: "for a stranger", as: "west", method: post, url: "/referrals", body: referralBody(""), status: 404, want: []string{`"resident_id"`}},
		{name: "by a resident", as: "qiang", method: post, url: "/referrals", body: referralBody(""), status: 403},
		{name: "all that is wrong", as: "east", method: post, url: "/referrals", body: strings.NewReplacer(`"hospital_id":"5"`, `"hospital_id":"4"`, `[1,5]`, `[1,77]`, "I10.x00", "高血压", "2026-11-24", "2026-11-01").Replace(referralBody("")),
			status: 422, want: []string{`"field":"hospital_id"`, `"field":"reasons[1]"`, `"field":"impression_code"`, `"field":"expected_on"`}, not: []string{"77", "2026-11-01"}},
		{name: "sideways to a higher place", as: "east", method: post, url: "/referrals", body: strings.Replace(referralBody(""), `"direction":1`, `"direction":3`, 1), status: 422, want: []string{`"field":"direction"`, "级别不符"}},
		{name: "someone else's follow-up", as: "east", method: post, url: "/referrals", body: referralBody(`,"followup_id":"9"`), status: 422, want: []string{`"field":"followup_id"`}},
		{name: "submit without consent", as: "east", method: post, url: "/referrals", body: referralBody(`,"submit":true`), status: 422, want: []string{`"field":"consent"`, "居民同意"}},
		{name: "the hospital does not see a draft", as: "hospital", url: "/referrals/1", status: 404},
		{name: "amended blindly", as: "east", method: patch, url: "/referrals/1", body: strings.Replace(referralBody(""), `"resident_id":"1",`, "", 1), status: 428},
		{name: "amended", as: "east", method: patch, url: "/referrals/1", body: strings.NewReplacer(`"resident_id":"1",`, "", "心内科", "高血压科").Replace(referralBody(`,"followup_id":"1"`)), headers: []string{"If-Match", `"1"`}, status: 200,
			want: []string{`"department":"高血压科"`, `"version":2`}},
		{name: "consent by someone without a relation", as: "qiang", method: post, url: "/referrals/1/move", body: move("consent"), status: 422, want: []string{`"field":"signer_id"`}},
		{name: "consent on site", as: "nurse", method: post, url: "/referrals/1/move", body: move("consent"), status: 200, want: []string{`"by":"on_site"`, `"by_label":"现场同意"`, `"move":"submit"`}},
		{name: "an unknown move", as: "east", method: post, url: "/referrals/1/move", body: move("fly"), status: 422, want: []string{`"field":"move"`}, not: []string{"fly"}},
		{name: "an unknown move of a stranger's", as: "west", method: post, url: "/referrals/1/move", body: move("fly"), status: 404},
		{name: "against an old version", as: "east", method: post, url: "/referrals/1/move", body: move("submit"), headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "submitted", as: "east", method: post, url: "/referrals/1/move", body: move("submit"), headers: []string{"If-Match", `"3"`, "Idempotency-Key", "a"}, status: 200, want: []string{`"status":"submitted"`, `"due_at":"2026-11-23T01:30:00Z"`}},
		{name: "once", as: "east", method: post, url: "/referrals/1/move", body: move("submit"), headers: []string{"If-Match", `"3"`, "Idempotency-Key", "a"}, status: 200, want: []string{`"version":4`}},
		{name: "the team cannot accept it", as: "east", method: post, url: "/referrals/1/move", body: move("accept"), status: 403},
		{name: "the hospital's box", as: "hospital", url: "/referrals?box=in&state=submitted", status: 200, want: []string{`"name":"张秀英"`, `"phone":"199****0001"`, `"record_no":"37049900110100001"`, `"overdue":false`}},
		{name: "is not the sender's", as: "east", url: "/referrals?box=in", status: 200, want: []string{`"items":[]`}},
		{name: "who has it in the other", as: "east", url: "/referrals?box=out&urgent=true", status: 200, want: []string{`"id":"1"`}},
		{name: "an unknown box", as: "east", url: "/referrals?box=side", status: 422, want: []string{`"box"`}, not: []string{"side"}},
		{name: "the hospital reads why", as: "hospital", url: "/referrals/1", status: 200, want: []string{`"present_illness":"近两周血压升高,伴头晕"`, `"programs":{"hypertension"`, `"move":"accept"`, `"move":"reject"`}, not: []string{`"move":"reassign"`, `"move":"cancel"`}},
		{name: "but not the person", as: "hospital", url: "/residents/1", status: 404},
		{name: "nor the follow-up by itself", as: "hospital", url: "/followups/1", status: 404},
	})
	s.clock.Add(31 * time.Minute)
	if _, err := s.store.WatchReferrals(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run(t, []scenario{
		{name: "late", as: "centre", url: "/referrals?overdue=true", status: 200, want: []string{`"overdue":true`, `"escalated_at":"2026-11-23T01:31:00Z"`}},
		{name: "reject without a reason", as: "hospital", method: post, url: "/referrals/1/move", body: move("reject"), status: 422, want: []string{`"field":"reason"`}},
		{name: "accepted", as: "hospital", method: post, url: "/referrals/1/move", body: move("accept", `"reserve_no":"A012"`, `"receiver":"蒋主任"`), status: 200, want: []string{`"reserve_no":"A012"`, `"follow_due_on":"2026-12-07"`, `"status_label":"已接收"`}},
		{name: "arrived", as: "hospital", method: post, url: "/referrals/1/move", body: move("arrive"), status: 200, want: []string{`"arrived_at"`, `"due_at":null`}},
		{name: "completed without a summary", as: "hospital", method: post, url: "/referrals/1/move", body: move("complete"), status: 422, want: []string{`"field":"summary.hospital_no"`, `"field":"summary.plan"`}},
		{name: "completed", as: "hospital", method: post, url: "/referrals/1/move", body: move("complete", summaryBody), status: 200, want: []string{`"rehab":"低盐饮食"`, `"move":"send_down"`, `"move":"close"`}},
		{name: "sent down", as: "hospital", method: post, url: "/referrals/1/move", body: move("send_down"), status: 200, want: []string{`"status":"down_accepted"`, `"due_at":"2026-11-26T16:00:00Z"`}},
		{name: "and out of the hospital's sight", as: "hospital", url: "/referrals/1", status: 404},
		{name: "the team's box", as: "nurse", url: "/referrals?box=in&state=down_accepted", status: 200, want: []string{`"id":"1"`}},
		{name: "missed without a reason", as: "east", method: post, url: "/referrals/1/follow-up", body: `{"result":2}`, status: 422, want: []string{`"field":"note"`}},
		{name: "an unknown result", as: "east", method: post, url: "/referrals/1/follow-up", body: `{"result":3}`, status: 422, want: []string{`"result"`}},
		{name: "the result", as: "nurse", method: post, url: "/referrals/1/follow-up", body: `{"result":1}`, status: 200, want: []string{`"result_label":"到位"`, `"followed_on":"2026-11-23"`}, not: []string{`"label":"随访转诊结果"}`}},
		{name: "once more", as: "nurse", method: post, url: "/referrals/1/follow-up", body: `{"result":1}`, status: 409, want: []string{`"already_followed"`}},
		{name: "taken over", as: "east", method: post, url: "/referrals/1/move", body: move("take_over", `"reason":"已上门查看"`), status: 200, want: []string{`"status":"followed_up"`, `"actions":[]`, `"move_label":"接续管理"`}},
		{name: "the resident's own", as: "qiang", url: "/referrals?resident_id=1", status: 200, want: []string{`"status_label":"结果已随访"`}},
		{name: "the timeline", as: "qiang", url: "/residents/1/timeline", status: 200, want: []string{`"kind":"referral","title":"上转转诊,现结果已随访"`}},
		{name: "figures", as: "manager", url: "/stats/referrals?by=institution", status: 200, want: []string{`"from":"2026-01-01"`, `"up":1,"down":1`, `"arrival":{"numerator":1,"denominator":1,"rate":100}`, `"on_time":{"numerator":0,"denominator":1,"rate":0}`, `"rate":null`}},
		{name: "figures are not for residents", as: "qiang", url: "/stats/referrals", status: 403},
		{name: "of a period that ends before it begins", as: "manager", url: "/stats/referrals?from=2026-02-01&to=2026-01-01", status: 422, want: []string{`"field":"to"`}},

		{name: "a hospital sends down whom nobody sent up", as: "hospital", method: post, url: "/referrals", body: `{"patient":{"name":"李建国","id_number":"` + idOf(t, s, 7) + `"},"direction":2,"urgency":1,"department":"骨科","reasons":[12],` +
			`"expected_on":"2026-11-24","impression":"术后恢复","present_illness":"术后一周","consent":true,` + summaryBody + `}`, status: 201, want: []string{`"status":"down_submitted"`, `"team_name":"西村团队"`, `"direction_label":"下转"`}},
		{name: "not by a wrong name", as: "hospital", method: post, url: "/referrals", body: `{"patient":{"name":"李大山","id_number":"` + idOf(t, s, 7) + `"},"direction":2,"urgency":1,"department":"骨科","reasons":[12],` +
			`"expected_on":"2026-11-24","impression":"术后恢复","present_illness":"术后一周","consent":true,` + summaryBody + `}`, status: 422, want: []string{`"field":"patient.id_number"`}, not: []string{"李大山", idOf(t, s, 7)}},
	})
}

// idOf is the ID number of a resident of the small district.
func idOf(t *testing.T, s *site, id int) string {
	t.Helper()
	_, _, body := s.call("manager", post, api.Prefix+"/residents/"+string(rune('0'+id))+"/reveal", `{"reason":"测试核对"}`)
	_, rest, _ := strings.Cut(body, `"id_number":"`)
	number, _, ok := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal(body)
	}
	return number
}
