package api_test

import (
	"strings"
	"testing"

	"jiayi/models/store/storetest"
)

// longPrescription asks for so many days of a drug for 张秀英's blood pressure.
func longPrescription(days string) string {
	return `{"resident_id":"1","program":"hypertension","lines":[{"name":"苯磺酸氨氯地平片","class":"ordinary","dose":"5mg","frequency":"每日1次","days":` + days + `}]}`
}

func TestPrescriptionScenarios(t *testing.T) {
	s := newSite(t)
	const at = "/prescriptions/1/move"
	s.run(t, []scenario{
		{name: "85 days", as: "qiang", method: post, url: "/prescriptions", body: longPrescription("85"), status: 422, want: []string{`"field":"lines[0].days"`, "最长12周"}, not: []string{"氨氯地平"}},
		{name: "a narcotic", as: "east", method: post, url: "/prescriptions", body: strings.Replace(longPrescription("14"), "ordinary", "narcotic", 1), status: 422, want: []string{`"field":"lines[0].class"`, "麻醉药品不得开具长期处方"}},
		{name: "of another disease", as: "qiang", method: post, url: "/prescriptions", body: strings.Replace(longPrescription("14"), "hypertension", "mental", 1), status: 422, want: []string{`"field":"program"`}},
		{name: "for a stranger", as: "mei", method: post, url: "/prescriptions", body: longPrescription("14"), status: 404},
		{name: "the son asks", as: "qiang", method: post, url: "/prescriptions", body: longPrescription("84"), status: 201,
			want: []string{`"status":"requested","status_label":"待评估"`, `"days":84,"needs_signature":true`, `"class_label":"普通药品"`, `"program_label":"高血压"`}},
		{name: "twice", as: "east", method: post, url: "/prescriptions", body: longPrescription("28"), status: 409, want: []string{`"already_open"`}},
		{name: "without a follow-up", as: "east", method: post, url: at, body: `{"move":"assess","assessment":"病情稳定"}`, status: 409, want: []string{`"followup_too_old"`}},
		{name: "a visit, not controlled", as: "east", method: post, url: "/followups", body: visit("2026-11-20"), status: 201},
		{name: "not controlled", as: "east", method: post, url: at, body: `{"move":"assess","assessment":"病情稳定"}`, status: 409, want: []string{`"not_controlled"`}},
		{name: "a visit, controlled", as: "east", method: post, url: "/followups", body: strings.Replace(visit("2026-11-23"), `"sbp":150,"dbp":92`, `"sbp":130,"dbp":82`, 1), status: 201},
		{name: "without a word", as: "east", method: post, url: at, body: `{"move":"assess"}`, status: 422, want: []string{`"field":"assessment"`}},
		{name: "a nurse", as: "nurse", method: post, url: at, body: `{"move":"assess","assessment":"病情稳定"}`, status: 403},
		{name: "another team", as: "west", method: post, url: at, body: `{"move":"assess","assessment":"病情稳定"}`, status: 404},
		{name: "an old version", as: "east", method: post, url: at, body: `{"move":"assess","assessment":"病情稳定"}`, headers: []string{"If-Match", `"8"`}, status: 412},
		{name: "assessed", as: "east", method: post, url: at, body: `{"move":"assess","assessment":"血压稳定,依从性好"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"assessed"`, `"assessor_name":"周医生"`}},
		{name: "not reviewed before she has confirmed", as: "liuyuan", method: post, url: at, body: `{"move":"pass"}`, status: 409, want: []string{`"wrong_state"`}},
		{name: "unsigned", as: "qiang", method: post, url: at, body: `{"move":"sign"}`, status: 422, want: []string{`"field":"signature"`, "超过4周"}},
		{name: "signed", as: "qiang", method: post, url: at, body: `{"move":"sign","signature":"` + signature + `"}`, status: 200, want: []string{`"status":"signed"`, `"signed":true`}, not: []string{"base64"}},
		{name: "the prescriber reviews", as: "east", method: post, url: at, body: `{"move":"pass"}`, status: 403, want: []string{`"own_prescription"`}},
		{name: "returned", as: "liuyuan", method: post, url: at, body: `{"move":"return","reason":"剂量存疑"}`, status: 200, want: []string{`"status":"returned"`}},
		{name: "assessed again", as: "east", method: post, url: at, body: `{"move":"assess","assessment":"剂量无误"}`, status: 200, want: []string{`"signed":false`}},
		{name: "signed again", as: "nurse", method: post, url: at, body: `{"move":"sign","signature":"` + signature + `"}`, status: 200},
		{name: "passed", as: "liuyuan", method: post, url: at, body: `{"move":"pass"}`, status: 200, want: []string{`"status":"reviewed"`, `"reviewer_name":"卫管理"`}},
		{name: "issued", as: "east", method: post, url: at, body: `{"move":"issue"}`, status: 200, want: []string{`"issued_on":"2026-11-23"`}},
		{name: "dispensed", as: "nurse", method: post, url: at, body: `{"move":"dispense"}`, status: 200, want: []string{`"status":"dispensed"`, `"supply_ends":"2027-02-14"`, `"actions":[]`}},
		{name: "as she sees it", as: "qiang", url: "/prescriptions/1", status: 200, want: []string{`"move":"return","move_label":"审方退回"`, `"reason":"剂量存疑"`}},
		{name: "as a stranger", as: "mei", url: "/prescriptions/1", status: 404},
		{name: "her list", as: "qiang", url: "/prescriptions?resident_id=1", status: 200, want: []string{"氨氯地平"}},
		{name: "another team's", as: "west", url: "/prescriptions", status: 200, want: []string{`"items":[]`}},
	})
	s.clock.Set(storetest.Today.AddDays(91))
	s.run(t, []scenario{
		{name: "again", as: "qiang", method: post, url: "/prescriptions/1/reissue", status: 201, want: []string{`"id":"2"`, `"status":"requested"`, `"previous_id":"1"`, "氨氯地平", `"days":84`}},
		{name: "after 91 days without a visit", as: "east", method: post, url: "/prescriptions/2/move", body: `{"move":"assess","assessment":"病情稳定"}`, status: 409, want: []string{`"followup_too_old"`}},
		{name: "not now", as: "qiang", method: post, url: "/prescriptions/2/move", body: `{"move":"cancel","reason":"先去随访"}`, status: 200, want: []string{`"status":"cancelled"`}},
		{name: "what was never issued", as: "qiang", method: post, url: "/prescriptions/2/reissue", status: 409, want: []string{`"not_issued"`}},
	})
}
