package api_test

import (
	"testing"

	"jiayi/models/store/storetest"
)

const (
	aNursingHome   = `{"name":"榴园颐养中心","uscc":"12370499MB0000019X","contact":"孙大圣","phone":"13900000001","beds":120}`
	aHomeAgreement = `{"home_id":"1","model":"integrated","services":["rounds","green_channel"],"begin_on":"2026-11-23","end_on":"2027-11-22","institution_id":"2"}`
)

// homed gives the site a home with an agreement that is kept, in which 张秀英 lives.
func (s *site) homed() {
	s.t.Helper()
	s.call("liuyuan", post, "/api/v1/nursing-homes", aNursingHome)
	s.call("liuyuan", post, "/api/v1/home-agreements", aHomeAgreement)
	s.call("liuyuan", post, "/api/v1/home-agreements/1/move", `{"move":"activate"}`)
	s.call("east", post, "/api/v1/nursing-homes/1/residents", `{"resident_id":"1","begin":"2026-11-01"}`)
}

func TestNursingHomeScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "a home is entered", as: "liuyuan", method: post, url: "/nursing-homes", body: aNursingHome, status: 201, want: []string{`"id":"1"`, `"beds":120`}},
		{name: "once", as: "manager", method: post, url: "/nursing-homes", body: aNursingHome, status: 409, want: []string{`"already_entered"`}},
		{name: "with a wrong code", as: "liuyuan", method: post, url: "/nursing-homes", body: `{"name":"甲","uscc":"12370499MB0000019Y","contact":"孙大圣","phone":"13900000001","beds":1}`, status: 422, want: []string{`"uscc"`}, not: []string{"19Y"}},
		{name: "not by a doctor", as: "shiliu", method: post, url: "/nursing-homes", body: aNursingHome, status: 403},
		{name: "masked in the list", as: "shiliu", url: "/nursing-homes", status: 200, want: []string{`"contact":"孙*圣"`, `"phone":"139****0001"`}},
		{name: "changed with a version", as: "liuyuan", method: patch, url: "/nursing-homes/1", body: aNursingHome, status: 428},
		{name: "no agreement yet", as: "east", url: "/home-agreements", status: 200, want: []string{`"items":[]`}},
		{name: "drafted", as: "liuyuan", method: post, url: "/home-agreements", body: aHomeAgreement, status: 201,
			want: []string{`"status_label":"拟签"`, `"model_label":"医康养一体化"`, `{"code":"green_channel","label":"绿色通道"}`, `"rounds_per_week":1`, `"rate":null`, `"move":"activate"`}},
		{name: "once", as: "manager", method: post, url: "/home-agreements", body: aHomeAgreement, status: 409, want: []string{`"already_agreed"`}},
		{name: "too long", as: "manager", method: post, url: "/home-agreements", body: `{"home_id":"1","institution_id":"3","model":"network","services":["rounds"],"begin_on":"2026-11-23","end_on":"2036-11-22"}`, status: 422, want: []string{`"end_on"`}},
		{name: "of an unknown service", as: "manager", method: post, url: "/home-agreements", body: `{"home_id":"1","institution_id":"3","model":"network","services":["dancing"],"begin_on":"2026-11-23","end_on":"2027-11-22"}`, status: 422, want: []string{`"services"`}, not: []string{"dancing"}},
		{name: "no round before it is signed", as: "east", method: post, url: "/home-agreements/1/rounds", body: `{"on":"2026-11-23","people":3}`, status: 409, want: []string{`"wrong_state"`}},
		{name: "a lead may not sign it", as: "east", method: post, url: "/home-agreements/1/move", body: `{"move":"activate"}`, status: 403},
		{name: "signed", as: "liuyuan", method: post, url: "/home-agreements/1/move", body: `{"move":"activate"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"active"`}},
		{name: "a round", as: "nurse", method: post, url: "/home-agreements/1/rounds", body: `{"on":"2026-11-23","people":3,"notes":"测血压"}`, status: 201, want: []string{`"staff_id":"2"`}},
		{name: "not by others", as: "shiliu", method: post, url: "/home-agreements/1/rounds", body: `{"on":"2026-11-23","people":3}`, status: 404},
		{name: "is on the page", as: "west", url: "/home-agreements/1", status: 200, want: []string{`"staff_name":"吴护士"`, "测血压", `"actions":[]`}},
		{name: "somebody moves in", as: "east", method: post, url: "/nursing-homes/1/residents", body: `{"resident_id":"1","begin":"2026-11-01"}`, status: 201, want: []string{`"id":"1"`}},
		{name: "who is listed", as: "east", url: "/nursing-homes/1/residents", status: 200, want: []string{"张秀英", `"phone":"199****0001"`, `"signed":false`, "东村团队"}},
		{name: "for the own team", as: "west", url: "/nursing-homes/1/residents", status: 200, want: []string{`"items":[]`}},
		{name: "and moves out", as: "east", method: post, url: "/home-stays/1/end", body: `{"end":"2026-11-22"}`, status: 200, want: []string{`"end":"2026-11-22"`}},
		{name: "suspended without a reason", as: "liuyuan", method: post, url: "/home-agreements/1/move", body: `{"move":"suspend"}`, status: 422, want: []string{`"reason"`}},
		{name: "an unknown move", as: "liuyuan", method: post, url: "/home-agreements/1/move", body: `{"move":"burn"}`, status: 422},
		{name: "residents do not see it", as: "qiang", url: "/home-agreements/1", status: 403},
	})
	s.clock.Set(storetest.Today.AddDays(14))
	s.run(t, []scenario{
		{name: "one round of two", as: "manager", url: "/stats/home-agreements", status: 200, want: []string{`"homes":1,"beds":120,"integrated":1,"rounds":{"numerator":1,"denominator":2,"rate":50}`}},
		{name: "ending within a year", as: "manager", url: "/home-agreements?ending_by=2027-12-31", status: 200, want: []string{`"id":"1"`}},
	})
}
