package api_test

import (
	"fmt"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models/store/storetest"
)

// dischargeBody is a notice of today about someone, with more fields of the request.
func dischargeBody(who string) string {
	return `{` + who + `,"admitted_on":"2026-11-17","discharged_on":"2026-11-22","hospital_no":"ZY0002","attending":"蒋主任","diagnosis":"桡骨骨折","operation":"切开复位内固定","medication":"塞来昔布","revisit_on":"2026-12-22"}`
}

func callBody(level int, more string) string {
	return fmt.Sprintf(`{"level":%d,"method":3,"recovery":1,"wound":1,"adherence":1,"satisfaction":5%s}`, level, more)
}

func TestDischargeScenarios(t *testing.T) {
	s := newSite(t)
	storetest.Hospital(t, s.store)
	number := storetest.IDNumber(calendar.MustDate("1956-03-08"), 102)
	card := func(name string) string { return `"patient":{"name":"` + name + `","id_number":"` + number + `"}` }
	s.run(t, []scenario{
		{name: "a notice", as: "hospital", method: post, url: "/discharges", body: dischargeBody(card("张秀英")), status: 201, want: []string{`"no":"CY37049920261123000001"`, `"status":"notified"`, `"team_name":"东村团队"`,
			`"take_over_by":"2026-11-26T16:00:00Z"`, `"level":1,"level_label":"一级随访","due_from":"2026-11-23","due_on":"2026-11-29","status":"open"`, `"phone":"199****0001"`, `"move":"cancel"`}, not: []string{number, "19900000001"}},
		{name: "by a wrong name", as: "hospital", method: post, url: "/discharges", body: dischargeBody(card("张秀兰")), status: 422, want: []string{`"field":"patient.id_number"`}, not: []string{"张秀兰", number}},
		{name: "by a resident's id", as: "hospital", method: post, url: "/discharges", body: dischargeBody(`"resident_id":"1"`), status: 404},
		{name: "by the resident's own team", as: "east", method: post, url: "/discharges", body: dischargeBody(`"resident_id":"1"`), status: 403},
		{name: "by a resident", as: "qiang", method: post, url: "/discharges", body: dischargeBody(card("张秀英")), status: 403},
		{name: "all that is wrong", as: "hospital", method: post, url: "/discharges", body: `{` + card("张秀英") + `,"admitted_on":"2026-11-25","discharged_on":"2026-11-24","hospital_no":"","attending":"蒋主任","diagnosis":" "}`, status: 422,
			want: []string{`"field":"admitted_on"`, `"field":"discharged_on"`, `"field":"hospital_no"`, `"field":"diagnosis"`}, not: []string{"2026-11-25"}},
		{name: "the team's box", as: "nurse", url: "/discharges?box=in&state=notified", status: 200, want: []string{`"name":"张秀英"`, `"late":false`}},
		{name: "the hospital's box", as: "hospital", url: "/discharges?box=out&call_due=true", status: 200, want: []string{`"id":"1"`}},
		{name: "a stranger's", as: "west", url: "/discharges/1", status: 404},
		{name: "asked too early", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(1, `,"on":"2026-11-22"`), status: 422, want: []string{`"field":"on"`}, not: []string{"2026-11-22"}},
		{name: "asked with codes that are none", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(1, `,"wound":9`), status: 422, want: []string{`"wound"`}},
		{name: "asked at a level without sample", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(0, ""), status: 404, want: []string{`"not_sampled"`}},
		{name: "asked by the team", as: "east", method: post, url: "/discharges/1/calls", body: callBody(1, ""), status: 403},
		{name: "a complaint without a problem", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(1, `,"complained":true`), status: 422, want: []string{`"field":"problems"`}},
		{name: "asked", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(1, `,"complained":true,"problems":"收费疑问"`), headers: []string{"If-Match", `"1"`, "Idempotency-Key", "c"}, status: 200,
			want: []string{`"complained":true`, `"on_time":true,"staff_name":"蒋主任"`, `"recovery_label":"好"`, `"wound_label":"愈合良好"`, `"satisfaction_label":"很满意"`, `"level":3,"level_label":"三级随访"`}},
		{name: "once", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(1, `,"complained":true,"problems":"收费疑问"`), headers: []string{"If-Match", `"1"`, "Idempotency-Key", "c"}, status: 200, want: []string{`"version":2`}},
		{name: "against an old version", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(3, ""), headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "again by the same person", as: "hospital", method: post, url: "/discharges/1/calls", body: callBody(3, ""), status: 409, want: []string{`"same_person"`}},
		{name: "by the centre", as: "centre", method: post, url: "/discharges/1/calls", body: `{"level":3,"method":3,"failure":"refused"}`, status: 200, want: []string{`"failure_label":"拒绝"`, `"status":"failed"`}},
		{name: "an unknown move", as: "east", method: post, url: "/discharges/1/move", body: move("end"), status: 422, want: []string{`"field":"move"`}},
		{name: "taken over without saying what follows", as: "east", method: post, url: "/discharges/1/move", body: move("hand_over"), status: 422, want: []string{`"field":"reason"`}},
		{name: "taken over by the hospital", as: "hospital", method: post, url: "/discharges/1/move", body: move("hand_over", `"reason":"已上门"`), status: 403},
		{name: "taken over", as: "nurse", method: post, url: "/discharges/1/move", body: move("hand_over", `"reason":"明日上门换药"`), status: 200, want: []string{`"status_label":"团队已接收"`, `"taken_at"`, `"actions":[]`}},
		{name: "the timeline", as: "qiang", url: "/residents/1/timeline", status: 200, want: []string{`"kind":"discharge","title":"出院,现团队已接收"`}},
		{name: "figures", as: "manager", url: "/stats/discharges?to=2026-12-31&hospital_id=5", status: 200, want: []string{`"notices":1,"hand_over":{"numerator":1,"denominator":1,"rate":100}`,
			`{"level":0,"label":"预出院回访","on_time":{"numerator":0,"denominator":0,"rate":null},"failed":0}`, `{"level":1,"label":"一级随访","on_time":{"numerator":1,"denominator":1,"rate":100},"failed":0}`, `"label":"三级随访","on_time":{"numerator":0,"denominator":1,"rate":0},"failed":1`}},

		{name: "a planned discharge", as: "hospital", method: post, url: "/discharges", body: `{` + card("张秀英") + `,"planned":true,"admitted_on":"2026-11-17","discharged_on":"2026-11-25","hospital_no":"ZY3","attending":"蒋主任","diagnosis":"骨折"}`, status: 201,
			want: []string{`"status_label":"待出院"`, `"level":0,"level_label":"预出院回访","due_from":"2026-11-23","due_on":"2026-11-24"`, `"move":"leave"`}},
		{name: "asked before it", as: "hospital", method: post, url: "/discharges/2/calls", body: callBody(0, ""), status: 200, want: []string{`"status_label":"已随访"`}},
		{name: "left before the admission", as: "hospital", method: post, url: "/discharges/2/move", body: move("leave", `"discharged_on":"2026-11-01"`), status: 422, want: []string{`"field":"discharged_on"`}},
		{name: "left", as: "hospital", method: post, url: "/discharges/2/move", body: move("leave"), status: 200, want: []string{`"discharged_on":"2026-11-23"`, `"level":1`}},
		{name: "entered by mistake", as: "hospital", method: post, url: "/discharges/2/move", body: move("cancel", `"reason":"录错病人"`), status: 200, want: []string{`"status_label":"已撤销"`, `"status_label":"不再随访"`}},
	})
}
