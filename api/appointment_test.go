package api_test

import (
	"testing"

	"jiayi/models/store/storetest"
)

// openClinic lets 周医生 receive people tomorrow from half past eight to half past nine: slots 1 to 6.
func (s *site) openClinic() {
	s.t.Helper()
	if status, _, body := s.call("east", post, "/api/v1/schedules", `{"team_id":"1","doctor_id":"1","on":"2026-11-24","from":"08:30","to":"09:30"}`); status != 201 {
		s.t.Fatal(status, body)
	}
}

func TestAppointmentScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "the lead plans mornings", as: "east", method: post, url: "/schedules", status: 201,
			body: `{"team_id":"1","doctor_id":"1","on":"2026-11-24","from":"08:30","to":"09:30","weekdays":[2,4],"until":"2026-12-03","signed_quota":2}`, want: []string{`"count":4`, `"ids":["1","2","3","4"]`}},
		{name: "an expert comes", as: "liuyuan", method: post, url: "/schedules", status: 201, headers: []string{"Idempotency-Key", "expert"},
			body: `{"institution_id":"2","doctor_id":"5","on":"2026-11-25","from":"14:00","to":"15:00","kind":"expert","capacity":2,"signed_quota":8,"referral_quota":4,"hold_hours":24}`, want: []string{`"count":1`}},
		{name: "once", as: "liuyuan", method: post, url: "/schedules", status: 201, headers: []string{"Idempotency-Key", "expert"},
			body: `{"institution_id":"2","doctor_id":"5","on":"2026-11-25","from":"14:00","to":"15:00","kind":"expert","capacity":2,"signed_quota":8,"referral_quota":4,"hold_hours":24}`, want: []string{`"ids":["5"]`}},
		{name: "in two rooms", as: "manager", method: post, url: "/schedules", body: `{"institution_id":"2","doctor_id":"5","on":"2026-11-25","from":"14:50","to":"15:20","kind":"expert"}`, status: 409, want: []string{`"overlap"`, `"on":"2026-11-25"`}},
		{name: "a nurse plans nothing", as: "nurse", method: post, url: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-26","from":"08:30","to":"09:30"}`, status: 403},
		{name: "nor another team's lead", as: "west", method: post, url: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-27","from":"08:30","to":"09:30"}`, status: 404},
		{name: "yesterday", as: "east", method: post, url: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-22","from":"08:30","to":"09:30"}`, status: 422, want: []string{`"field":"on"`, "出诊日期不能早于今天"}, not: []string{"2026-11-22"}},
		{name: "no time of day", as: "east", method: post, url: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-26","from":"29:30","to":"09:30"}`, status: 422, want: []string{`"field":"from"`}, not: []string{"29:30"}},
		{name: "too long a slot", as: "east", method: post, url: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-26","from":"08:30","to":"09:30","slot_minutes":15}`, status: 422, want: []string{"slot_minutes"}},

		{name: "what is free", as: "mei", url: "/schedules?team_id=1&to=2026-11-24", status: 200, want: []string{`"doctor_name":"周医生"`, `"seats":6,"free":6,"signed_held":0`, `"slots":[{"id":"1","from":"08:30","starts_at":"2026-11-24T00:30:00Z","capacity":1,"free":1}`}, not: []string{"2026-11-26"}},
		{name: "held for a while", as: "mei", url: "/schedules?institution_id=2&kind=expert", status: 200, want: []string{`"signed_held":8,"referral_held":4`, `"held_until":"2026-11-24T06:00:00Z"`}},
		{name: "of whom", as: "mei", url: "/schedules", status: 422, want: []string{"请选择机构、团队或医生"}},
		{name: "too many days", as: "mei", url: "/schedules?team_id=1&from=2026-11-01&to=2026-12-31", status: 422, want: []string{`"field":"to"`}},
		{name: "a period", as: "mei", url: "/schedules/1", status: 200, want: []string{`"actions":[],"history":[]`}},
		{name: "its planner", as: "east", url: "/schedules/1", status: 200, want: []string{`{"move":"withdraw","label":"停诊"}`, `"move":"add"`}},

		{name: "the son books for his mother", as: "qiang", method: post, url: "/appointments", body: `{"slot_id":"2","resident_id":"1"}`, status: 201,
			want: []string{`"status":"booked","status_label":"已预约"`, `"resident_name":"张秀英"`, `"phone":"199****0001"`, `"starts_at":"2026-11-24T00:40:00Z"`, `"seat":1`}, not: []string{"19900000001"}},
		{name: "the seat is gone", as: "mei", method: post, url: "/appointments", body: `{"slot_id":"2"}`, status: 409, want: []string{`"slot_full"`, "该时间已约满"}},
		{name: "one doctor a day", as: "qiang", method: post, url: "/appointments", body: `{"slot_id":"3","resident_id":"1"}`, status: 409, want: []string{`"same_doctor"`}},
		{name: "for a stranger", as: "mei", method: post, url: "/appointments", body: `{"slot_id":"3","resident_id":"1"}`, status: 404},
	})
	s.run(t, []scenario{
		{name: "the nurse for a patient", as: "nurse", method: post, url: "/appointments", body: `{"slot_id":"1","resident_id":"3"}`, status: 201, want: []string{`"resident_name":"刘芳"`}},
		{name: "no such slot", as: "qiang", method: post, url: "/appointments", body: `{"slot_id":"999"}`, status: 422, want: []string{`"field":"slot_id"`}, not: []string{"999"}},
		{name: "held back", as: "mei", method: post, url: "/appointments", body: `{"slot_id":"25"}`, status: 409, want: []string{`"reserved"`, "开诊前24小时起开放预约", `"released_at":"2026-11-24T06:00:00Z"`}},
		{name: "a resident's referral", as: "mei", method: post, url: "/appointments", body: `{"slot_id":"25","referral":true}`, status: 422, want: []string{`"field":"referral"`}},
		{name: "by the doctor", as: "shiliu", method: post, url: "/appointments", body: `{"slot_id":"25","resident_id":"8","referral":true}`, status: 201, want: []string{`"class":"referral"`}},

		{name: "the desk's day in order", as: "nurse", url: "/appointments?on=2026-11-24&limit=1", status: 200, want: []string{"刘芳", `"next_cursor"`}, not: []string{"张秀英"}},
		{name: "today's is empty", as: "nurse", url: "/appointments", status: 200, want: []string{`"items":[]`}},
		{name: "mine and my mother's", as: "qiang", url: "/appointments", status: 200, want: []string{"张秀英"}, not: []string{"刘芳"}},
		{name: "one person's", as: "nurse", url: "/appointments?resident_id=1", status: 200, want: []string{"张秀英"}},
		{name: "a stranger's", as: "mei", url: "/appointments?resident_id=1", status: 404},
		{name: "of another team", as: "west", url: "/appointments?on=2026-11-24", status: 200, not: []string{"张秀英"}},
		{name: "as the son sees it", as: "qiang", url: "/appointments/1", status: 200, want: []string{`"actions":[{"move":"cancel","label":"取消预约"}]`, `"move":"book","move_label":"预约","to":"booked"`}},
		{name: "as the desk sees it", as: "nurse", url: "/appointments/1", status: 200, want: []string{`{"move":"check_in","label":"签到"},{"move":"cancel","label":"取消预约"},{"move":"no_show","label":"记为爽约"}`}},
		{name: "too early", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"check_in"}`, status: 409, want: []string{`"not_today"`}},
		{name: "he cannot check in himself", as: "qiang", method: post, url: "/appointments/1/move", body: `{"move":"check_in"}`, status: 403},
		{name: "no such move", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"withdraw"}`, status: 422},
		{name: "an old version", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"cancel"}`, headers: []string{"If-Match", `"4"`}, status: 412},
		{name: "a stranger cancels", as: "mei", method: post, url: "/appointments/1/move", body: `{"move":"cancel"}`, status: 404},
	})
	s.clock.Set(storetest.Today.AddDays(1)) // nine o'clock, twenty to nine has passed
	s.run(t, []scenario{
		{name: "too late to cancel", as: "qiang", method: post, url: "/appointments/1/move", body: `{"move":"cancel"}`, status: 409, want: []string{`"too_late"`, "不足30分钟"}},
		{name: "she is there", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"check_in"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"checked_in"`, `"revisit":false`, `"version":2`}},
		{name: "and seen", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"complete"}`, status: 200, want: []string{`"status":"done","status_label":"已就诊"`}},
		{name: "once", as: "nurse", method: post, url: "/appointments/1/move", body: `{"move":"complete"}`, status: 409, want: []string{`"wrong_state"`, "预约当前状态为“已就诊”"}},
		{name: "who is not", as: "nurse", method: post, url: "/appointments/2/move", body: `{"move":"no_show"}`, status: 200, want: []string{`"status":"no_show"`}},
		{name: "in figures", as: "east", url: "/stats/appointments?by=team", status: 200, want: []string{`"no_show":{"numerator":1,"denominator":2,"rate":50}`, `"released":{"numerator":0,"denominator":0,"rate":null}`}, not: []string{"西村"}},
		{name: "figures are not for residents", as: "qiang", url: "/stats/appointments", status: 403},
		{name: "three years and more", as: "east", url: "/stats/appointments?from=2023-01-01", status: 422, want: []string{`"field":"from"`}},
		{name: "withdrawn without a word", as: "liuyuan", method: post, url: "/schedules/5/move", body: `{"move":"withdraw"}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "withdrawn", as: "liuyuan", method: post, url: "/schedules/5/move", body: `{"move":"withdraw","reason":"专家外出"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"withdrawn"`, `"actions":[]`, `"reason":"专家外出"`}},
		{name: "everyone is told", as: "mei", url: "/appointments/3", status: 200, want: []string{`"status":"cancelled"`, `"reason":"专家外出"`}},
		{name: "over is over", as: "manager", method: post, url: "/schedules/5/move", body: `{"move":"withdraw","reason":"专家外出"}`, status: 409},
	})
}
