package api_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
)

const (
	aLink    = `{"team_id":"1","partner_id":"1","scope":"坐诊","frequency":"每月2次","lead_expert":"李专家","begin":"2026-01-01"}`
	aSession = `{"kind":"clinic","on":"2026-11-20","expert":"李专家","hours":3.5,"people":20}`
)

// partnered gives the east team a partner unit, whose expert has come once.
func (s *site) partnered() {
	s.t.Helper()
	unit := models.Partner{ID: 1, Name: "区人民医院", Kind: "district", Active: true}
	if err := s.store.Load(s.t.Context(), func(l *store.Loader) error { return l.Insert(&unit) }); err != nil {
		s.t.Fatal(err)
	}
	s.call("liuyuan", post, "/api/v1/partner-links", aLink)
	s.call("east", post, "/api/v1/partner-links/1/sessions", aSession)
}

func TestPartnerScenarios(t *testing.T) {
	s := newSite(t)
	s.partnered()
	s.run(t, []scenario{
		{name: "the link", as: "east", url: "/partner-links/1", status: 200, want: []string{`"partner_name":"区人民医院"`, `"status_label":"协作中"`, `"frequency":"每月2次"`, `"actions":[]`, `"move_label":"建立协作"`}},
		{name: "of another team", as: "west", url: "/partner-links/1", status: 404},
		{name: "links", as: "liuyuan", url: "/partner-links?status=active", status: 200, want: []string{`"id":"1"`}},
		{name: "twice", as: "liuyuan", method: post, url: "/partner-links", body: aLink, status: 409, want: []string{`"already_linked"`}},
		{name: "sessions are masked", as: "east", url: "/partner-sessions", status: 200, want: []string{`"expert":"李*家"`, `"kind_label":"坐诊"`, `"hours":3.5`}},
		{name: "an hour and a bit", as: "east", method: post, url: "/partner-links/1/sessions", body: `{"kind":"clinic","on":"2026-11-20","expert":"李专家","hours":1.3,"people":20}`, status: 422, want: []string{"hours"}},
		{name: "tomorrow", as: "east", method: post, url: "/partner-links/1/sessions", body: `{"kind":"clinic","on":"2026-11-24","expert":"李专家","hours":1,"people":20}`, status: 422, want: []string{`"on"`}},
		{name: "a nurse may not", as: "nurse", method: post, url: "/partner-links/1/sessions", body: aSession, status: 403},
		{name: "contributions", as: "manager", url: "/stats/partners", status: 200, want: []string{`"sessions":1`, `{"code":"clinic","label":"坐诊","count":1}`, `"hours":3.5,"people":20,"kept":{"numerator":1,"denominator":21,"rate":4.76}`}},
		{name: "by team", as: "manager", url: "/stats/partners?by=team&from=2026-11-01", status: 200, want: []string{"东村团队", `"denominator":1,"rate":100`}},
		{name: "taken back", as: "east", method: post, url: "/partner-sessions/1/void", body: `{"reason":"登记错误"}`, status: 200, want: []string{`"voided":true`}},
		{name: "ended without a reason", as: "liuyuan", method: post, url: "/partner-links/1/move", body: `{"move":"end","on":"2026-11-23"}`, status: 422, want: []string{`"reason"`}},
		{name: "ended by a lead", as: "east", method: post, url: "/partner-links/1/move", body: `{"move":"end","on":"2026-11-23","reason":"调整"}`, status: 403},
		{name: "ended", as: "liuyuan", method: post, url: "/partner-links/1/move", body: `{"move":"end","on":"2026-11-20","reason":"调整"}`, status: 200, want: []string{`"status":"ended"`, `"move":"resume"`}},
		{name: "and not twice", as: "liuyuan", method: post, url: "/partner-links/1/move", body: `{"move":"end","on":"2026-11-20","reason":"调整"}`, status: 409},
		{name: "resumed", as: "manager", method: post, url: "/partner-links/1/move", body: `{"move":"resume","on":"2026-11-23"}`, status: 200, want: []string{`"status":"active"`}},
	})
}
