package api_test

import (
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store/storetest"
)

// servedVisit is a visit of 张秀英 that delivers her form and a service.
func servedVisit(on string) string {
	return strings.Replace(visit(on), `"visit_way":1`, `"visit_way":1,"services":["record"]`, 1)
}

func TestEntitlementsOverHTTP(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("长", 201)
	s.run(t, []scenario{
		{name: "services", as: "qiang", url: "/services", status: 200, want: []string{`{"code":"consult","label":"健康咨询","face_to_face":false}`, `{"code":"foot","label":"足部检查","face_to_face":true}`}},
		{name: "services are not for administrators", as: "admin", url: "/services", status: 403},
		{name: "without a contract", as: "qiang", url: "/residents/1/entitlements", status: 200, want: []string{`"reason":"no_contract"`, `目前没有履行中的签约`, `"packages":[]`, `"totals":{"due":0`}, not: []string{`"contract":`, `"year":`}},
		{name: "sign", as: "east", method: post, url: "/contracts", body: `{"resident_id":"1","team_id":"1","package_ids":["2"],"signature":"` + signature + `"}`, status: 201},
		{name: "promised, nothing done", as: "qiang", url: "/residents/1/entitlements", status: 200,
			want: []string{`"number":1,"from":"2026-11-23","until":"2027-11-22"`, `"name":"高血压服务包","base":false`, `"promised":4,"delivered":0,"done":0,"due":0`, `"next_due_on":"2027-02-22","state":"pending","state_label":"待完成"`},
			not:  []string{`"reason"`}},
		{name: "a visit", as: "east", method: post, url: "/followups", body: servedVisit("2026-11-23"), status: 201,
			want: []string{`{"code":"record","label":"建立和更新健康档案"}`, `{"code":"hypertension","label":"高血压随访"}`, `{"code":"bp","label":"血压测量"}`, `"answer":"","answer_label":"未答复","answer_until":"2026-12-23"`}},
		{name: "delivered", as: "east", url: "/residents/1/entitlements?contract_id=1&year=1", status: 200, want: []string{`"service":"record","service_label":"建立和更新健康档案","promised":1,"delivered":1,"done":1,"due":0`, `"state":"done","state_label":"已完成"`}},
		{name: "a year it does not have", as: "east", url: "/residents/1/entitlements?year=2", status: 422, want: []string{`"field":"year"`, "该合同没有这一年度"}},
		{name: "a year that is no number", as: "east", url: "/residents/1/entitlements?year=first", status: 422, want: []string{`year`, "应为整数"}, not: []string{"first"}},
		{name: "a contract that is none", as: "east", url: "/residents/1/entitlements?contract_id=x9", status: 422, want: []string{"contract_id"}, not: []string{"x9"}},
		{name: "somebody else's contract", as: "east", url: "/residents/2/entitlements?contract_id=1", status: 404},
		{name: "another team", as: "west", url: "/residents/1/entitlements", status: 404},
		{name: "a stranger", as: "mei", url: "/residents/1/entitlements", status: 404},
		{name: "not for auditors", as: "auditor", url: "/residents/1/entitlements", status: 403},

		{name: "it waits for her son", as: "qiang", url: "/followups?answer=waiting", status: 200, want: []string{`"id":"1"`, `"answer_until":"2026-12-23"`}},
		{name: "and shows as unanswered to the team", as: "nurse", url: "/followups?answer=waiting", status: 200, want: []string{`"id":"1"`}},
		{name: "not to another", as: "west", url: "/followups?answer=waiting", status: 200, want: []string{`"items":[]`}},
		{name: "no such filter", as: "qiang", url: "/followups?answer=late", status: 422, want: []string{`"answer"`}, not: []string{"late"}},

		{name: "staff cannot confirm", as: "east", method: post, url: "/followups/1/confirm", status: 403},
		{name: "a stranger cannot", as: "mei", method: post, url: "/followups/1/confirm", status: 404},
		{name: "a visit that is none", as: "qiang", method: post, url: "/followups/77/confirm", status: 404},
		{name: "an id that is none", as: "qiang", method: post, url: "/followups/x7/confirm", status: 404, not: []string{"x7"}},
		{name: "deny without a reason", as: "qiang", method: post, url: "/followups/1/deny", body: `{}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "deny with blanks", as: "qiang", method: post, url: "/followups/1/deny", body: `{"reason":"  "}`, status: 422, want: []string{`"field":"reason","code":"required"`}},
		{name: "deny at length", as: "qiang", method: post, url: "/followups/1/deny", body: `{"reason":"` + long + `"}`, status: 422, want: []string{`"field":"reason","code":"too_long"`}, not: []string{"长长"}},
		{name: "deny with a number", as: "qiang", method: post, url: "/followups/1/deny", body: `{"reason":7}`, status: 422, want: []string{`"reason"`}},
		{name: "a stale version", as: "qiang", method: post, url: "/followups/1/confirm", headers: []string{"If-Match", `"9"`}, status: 412, want: []string{`"current_version":1`}},
		{name: "confirm", as: "qiang", method: post, url: "/followups/1/confirm", headers: []string{"Idempotency-Key", "c1", "If-Match", `"1"`}, status: 200, want: []string{`"answer":"confirmed","answer_label":"居民已确认"`, `"version":2`}},
		{name: "a retry gets the first answer", as: "qiang", method: post, url: "/followups/1/confirm", headers: []string{"Idempotency-Key", "c1", "If-Match", `"1"`}, status: 200, want: []string{`"answer":"confirmed"`, `"version":2`}},
		{name: "confirm twice", as: "qiang", method: post, url: "/followups/1/confirm", status: 409, want: []string{`"already_answered"`, "居民已确认"}},
		{name: "nothing waits any more", as: "qiang", url: "/followups?answer=waiting", status: 200, want: []string{`"items":[]`}},
		{name: "confirmed", as: "qiang", url: "/residents/1/entitlements", status: 200, want: []string{`"delivered":1,"done":1,"due":0,"confirmed":1,"denied":0`}},

		{name: "another visit", as: "east", method: post, url: "/followups", body: `{"resident_id":"1","visited_on":"2026-11-23","visit_way":3,"services":["consult"]}`, status: 201},
		{name: "deny", as: "qiang", method: post, url: "/followups/2/deny", body: `{"reason":"没有接到电话"}`, status: 200, want: []string{`"answer":"denied","answer_label":"居民否认"`}},
		{name: "denied does not count", as: "east", url: "/residents/1/entitlements", status: 200, want: []string{`"service":"consult","service_label":"健康咨询","promised":4,"delivered":0,"done":0,"due":0,"confirmed":0,"denied":1`}},
		{name: "a visit entered wrongly", as: "east", method: post, url: "/followups", body: `{"resident_id":"1","visited_on":"2026-11-22","visit_way":1,"services":["consult"]}`, status: 201},
		{name: "is voided", as: "east", method: post, url: "/followups/3/void", body: `{"reason":"录错人"}`, status: 200},
		{name: "and cannot be answered", as: "qiang", method: post, url: "/followups/3/confirm", status: 409, want: []string{`"voided"`}},
		{name: "one more", as: "east", method: post, url: "/followups", body: `{"resident_id":"1","visited_on":"2026-11-23","visit_way":1,"services":["record"]}`, status: 201},
	})
	s.clock.Set(storetest.Today.AddDays(models.AnswerDays + 1))
	s.run(t, []scenario{
		{name: "too late", as: "qiang", method: post, url: "/followups/4/deny", body: `{"reason":"没有来过"}`, status: 409, want: []string{`"too_late"`, "2026年12月23日", `"last_day":"2026-12-23"`}},
	})
	s.clock.Set(storetest.Today.AddYears(1))
	s.run(t, []scenario{
		{name: "after its end none is in force", as: "qiang", url: "/residents/1/entitlements", status: 200, want: []string{`"reason":"no_contract"`}},
		{name: "the earlier contract tells what was missed", as: "qiang", url: "/residents/1/entitlements?contract_id=1", status: 200,
			want: []string{`"totals":{"due":9,"done":2,"confirmed":2,"base_due":5,"base_done":1}`, `"state":"overdue","state_label":"已到期未完成"`}},
	})
}
