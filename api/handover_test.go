package api_test

import (
	"strings"
	"testing"
)

const (
	aLeaving         = `{"kind":"member","from_team_id":"1","from_staff_id":"2","effective_on":"2026-12-01","reason":"调离"}`
	aVillageHandover = `{"kind":"village","from_team_id":"1","to_team_id":"2","village_ids":["1"],"contracts":true,"effective_on":"2026-12-01","reason":"片区调整"}`
)

// TestHandover walks a village from one team to another: preview, plan, day, and what each
// side and the residents see afterwards.
func TestHandover(t *testing.T) {
	s := newSite(t)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	today := strings.Replace(aVillageHandover, "2026-12-01", "2026-11-23", 1)
	s.run(t, []scenario{
		{name: "only managers plan", as: "east", method: post, url: "/handovers", body: today, status: 403},
		{name: "the day is named", as: "liuyuan", method: post, url: "/handovers/preview", body: strings.Replace(today, `"2026-11-23"`, `"2026-11-01"`, 1), status: 422, want: []string{`"effective_on"`, "不能早于今天"}},
		{name: "another's village", as: "liuyuan", method: post, url: "/handovers/preview", body: strings.Replace(today, `["1"]`, `["2"]`, 1), status: 422, want: []string{`"village_ids"`, "不都由原团队负责"}},
		{name: "a preview changes nothing", as: "liuyuan", method: post, url: "/handovers/preview", body: today, status: 200, want: []string{`"contracts":1`, `"residents":5`, `"area":5`, `"load_after":1`, `"actions":[]`}},
		{name: "nothing was kept", as: "liuyuan", url: "/handovers", status: 200, not: []string{"东村团队"}},
		{name: "a plan", as: "liuyuan", method: post, url: "/handovers", body: today, status: 201, want: []string{`"status":"planned"`, `"residents":5`, "执行交接"}},
		{name: "once", as: "liuyuan", method: post, url: "/handovers", body: today, status: 409, want: []string{"already_planned"}},
		{name: "both teams see it", as: "west", url: "/handovers/1", status: 200, want: []string{"东村", `"actions":[]`}},
		{name: "the new team does not see the people yet", as: "west", url: "/residents/1", status: 404},
		{name: "nor carries it out", as: "west", method: post, url: "/handovers/1/move", body: `{"move":"carry_out"}`, status: 403},
		{name: "the day has come", as: "liuyuan", method: post, url: "/handovers/1/move", body: `{"move":"carry_out"}`, status: 200, want: []string{`"status":"done"`, `"residents":5`, `"moved":1`}},
		{name: "the new team cares", as: "west", url: "/residents/1", status: 200, want: []string{"张秀英"}},
		{name: "and records", as: "west", method: post, url: "/followups", body: visit("2026-11-23"), status: 201},
		{name: "the old one may still read", as: "east", url: "/residents/1", status: 200, want: []string{"张秀英"}},
		{name: "and find whom", as: "east", url: "/handovers/1/residents", status: 200, want: []string{"张秀英"}},
		{name: "but not write", as: "east", method: post, url: "/followups", body: visit("2026-11-23"), status: 404},
		{name: "nor reveal", as: "east", method: post, url: "/residents/1/reveal", body: `{"reason":"核对"}`, status: 404},
		{name: "nor end the contract", as: "east", method: post, url: "/contracts/1/terminate", body: `{"reason":"01"}`, status: 403},
		{name: "the agreement stays as it was signed", as: "qiang", url: "/contracts/1/agreement", status: 200, want: []string{"东村团队"}},
		{name: "its history tells", as: "west", url: "/contracts/1", status: 200, want: []string{"团队交接", "西村团队"}},
		{name: "figures moved, and none was lost", as: "manager", url: "/stats/contract-rates?by=team", status: 200,
			want: []string{`"name":"西村团队"},"population":"all","label":"全人群","residents":7,"signed":1`, `"name":"东村团队"},"population":"all","label":"全人群","residents":0,"signed":0,"rate":null`}},
	})
}
