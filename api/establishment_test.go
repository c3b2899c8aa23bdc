package api_test

import (
	"strings"
	"testing"
)

const (
	anInstitution = `{"parent_id":"1","code":"I09","name":"双泉镇卫生院","level":"township","uscc":"12370499MB0000019X","phone":"0632-4400009"}`
	aVillage      = `{"code":"37049900100309","ehr_code":"370499001109","stat_code":"370499001209","name":"新村","town":"榴园镇","team_id":"1"}`
	aDoctor       = `{"no":"S0099","name":"沈医生","sex":"1","institution_id":"2","title":"执业医师"}`
	aTeam         = `{"code":"T099","name":"新村团队","institution_id":"2","phone":"0632-4400099","hours":"周一至周五","members":[{"staff_id":"3","role":"R01","leader":true},{"staff_id":"4","role":"R02"}]}`
	aPackage      = `{"code":"P30","name":"骨质疏松服务包","price_cents":12000,"payer_cents":6000,"items":[{"name":"健康咨询","unit":"次","quota":4,"service":"consult"}]}`
)

// TestEstablishment builds a small institution up: people, a team, a village, and what it may
// sign. What is taken, incomplete or another's is refused by the name of the field.
func TestEstablishment(t *testing.T) {
	s := newSite(t)
	one, two := `"1"`, `"2"`
	s.run(t, []scenario{
		{name: "an institution is the district's", as: "liuyuan", method: post, url: "/institutions", body: anInstitution, status: 403},
		{name: "wrong code", as: "manager", method: post, url: "/institutions", body: strings.Replace(anInstitution, "0019X", "00191", 1), status: 422, want: []string{`"uscc"`}},
		{name: "an institution", as: "manager", method: post, url: "/institutions", body: anInstitution, status: 201, want: []string{"双泉镇卫生院", `"level_label":"乡镇卫生院"`}},
		{name: "twice", as: "manager", method: post, url: "/institutions", body: anInstitution, status: 409, want: []string{`"taken"`}},
		{name: "closed while it has teams", as: "manager", method: patch, url: "/institutions/2", headers: []string{"If-Match", one},
			body: `{"code":"I02","name":"榴园镇卫生院","level":"township","uscc":"12370499MB0000019X","active":false}`, status: 409, want: []string{`"has_teams"`}},

		{name: "a doctor", as: "liuyuan", method: post, url: "/staff", body: aDoctor, status: 201, want: []string{`"id":"8"`, "沈医生"}},
		{name: "number taken", as: "liuyuan", method: post, url: "/staff", body: aDoctor, status: 409, want: []string{`"taken"`}},
		{name: "of another institution", as: "liuyuan", method: post, url: "/staff", body: strings.Replace(aDoctor, `"institution_id":"2"`, `"institution_id":"3"`, 1), status: 403},
		{name: "who serves cannot just go", as: "liuyuan", method: patch, url: "/staff/2", headers: []string{"If-Match", one},
			body: `{"no":"S0002","name":"吴护士","sex":"2","institution_id":"2","active":false}`, status: 409, want: []string{`"serves"`, "离队交接"}},
		{name: "without a version", as: "liuyuan", method: patch, url: "/staff/8", body: aDoctor, status: 422},
		{name: "a new title", as: "liuyuan", method: patch, url: "/staff/8", headers: []string{"If-Match", one}, body: strings.Replace(strings.Replace(aDoctor, "执业医师", "主治医师", 1), `"name"`, `"active":true,"name"`, 1),
			status: 200, want: []string{"主治医师", `"version":2`}},
		{name: "stale", as: "liuyuan", method: patch, url: "/staff/8", headers: []string{"If-Match", one}, body: strings.Replace(aDoctor, `"name"`, `"active":true,"name"`, 1), status: 412},

		{name: "a team of one", as: "liuyuan", method: post, url: "/teams", body: `{"code":"T098","name":"独行","institution_id":"2","phone":"1","hours":"全天","members":[{"staff_id":"8","role":"R01","leader":true}]}`,
			status: 422, want: []string{`"members"`, "至少应有"}},
		{name: "led by a nurse", as: "liuyuan", method: post, url: "/teams", body: strings.Replace(strings.Replace(aTeam, `"R01","leader":true`, `"R01"`, 1), `"R02"`, `"R02","leader":true`, 1), status: 422, want: []string{"团队长应为"}},
		{name: "of strangers", as: "liuyuan", method: post, url: "/teams", body: strings.Replace(aTeam, `"staff_id":"3"`, `"staff_id":"5"`, 1), status: 422, want: []string{"本机构的在职人员"}},
		{name: "a team", as: "liuyuan", method: post, url: "/teams", body: aTeam, status: 201, want: []string{"新村团队", `"doctors":1`, `"capacity":2000`, "郑医生"}},
		{name: "grows", as: "liuyuan", method: post, url: "/teams/4/members", body: `{"staff_id":"8","role":"R01"}`, status: 201, want: []string{`"doctors":2`, `"capacity":4000`}},
		{name: "not twice", as: "liuyuan", method: post, url: "/teams/4/members", body: `{"staff_id":"8","role":"R02"}`, status: 409},
		{name: "its card", as: "liuyuan", method: patch, url: "/teams/4", headers: []string{"If-Match", two}, body: `{"code":"T099","name":"新村家庭医生团队","phone":"0632-4400099","hours":"每天"}`, status: 200, want: []string{"新村家庭医生团队", "每天"}},
		{name: "a village for it", as: "liuyuan", method: post, url: "/villages", body: strings.Replace(aVillage, `"team_id":"1"`, `"team_id":"4"`, 1), status: 201, want: []string{`"team_id":"4"`, "新村"}},
		{name: "people can live there", as: "liuyuan", method: post, url: "/residents", body: `{"name":"甲","sex":"1","birth_date":"2026-11-01","village_id":"4"}`, status: 201, want: []string{`"record_no":"370499001*****001"`}},
		{name: "and be counted", as: "manager", url: "/stats/contract-rates?by=village", status: 200, want: []string{"新村"}},

		{name: "a package nobody can fulfil", as: "manager", method: post, url: "/packages", body: strings.Replace(aPackage, `"consult"`, `"magic"`, 1), status: 422, want: []string{`"items[0].service"`}},
		{name: "a package", as: "manager", method: post, url: "/packages", body: aPackage, status: 201, want: []string{`"own_cents":6000`, `"active":true`}},
		{name: "another takes its place", as: "manager", method: post, url: "/packages", body: strings.Replace(strings.Replace(aPackage, "P30", "P31", 1), `"price_cents"`, `"replaces_id":"3","price_cents"`, 1), status: 201, want: []string{"P31"}},
		{name: "the old one is signed no more", as: "qiang", url: "/packages", status: 200, want: []string{"P31"}, not: []string{"P30"}},
		{name: "but is still known", as: "manager", url: "/packages?all=true", status: 200, want: []string{"P30", `"active":false`}},
		{name: "the base package stays", as: "manager", method: post, url: "/packages/1/retire", status: 409, want: []string{`"base_package"`}},

		{name: "an agreement that says nothing", as: "manager", method: post, url: "/agreement-templates", body: `{"title":"新协议","body":"双方同意","begins_on":"2027-01-01"}`, status: 422, want: []string{`"body"`, "须写明"}},
		{name: "with a broken place", as: "manager", method: post, url: "/agreement-templates", body: `{"title":"新协议","body":"{{.Nam}}","begins_on":"2027-01-01"}`, status: 422, want: []string{`"body"`, "占位符"}},
		{name: "from today", as: "manager", method: post, url: "/agreement-templates", body: `{"title":"新协议","body":"x","begins_on":"2026-11-23"}`, status: 422, want: []string{`"begins_on"`}},
		{name: "the next version", as: "manager", method: post, url: "/agreement-templates",
			body: `{"title":"新协议","body":"{{.No}} {{.Institution}} {{.Team}} {{.Name}} {{.Begin}} {{.End}}{{range .Packages}}{{.Name}}{{end}}","begins_on":"2027-01-01"}`, status: 201, want: []string{`"version":2`}},
		{name: "is not yet the text", as: "qiang", url: "/agreement-template", status: 200, want: []string{`"version":1`}},
		{name: "is not anyone's to read", as: "liuyuan", url: "/agreement-templates", status: 403},
	})
}
