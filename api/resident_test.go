package api_test

import (
	"strings"
	"testing"

	"jiayi/models/store/storetest"
)

const post, patch = "POST", "PATCH"

func TestResidents(t *testing.T) {
	id := storetest.IDNumber(storetest.Today.AddYears(-33), 55)
	newcomer := `{"name":"赵新","id_number":"` + strings.ToLower(id) + `","phone":"19900008888","village_id":"1","address":"榴园镇东村12号"}`
	newSite(t).run(t, []scenario{
		{name: "list is masked and scoped", as: "east", url: "/residents", status: 200, want: []string{"张秀英", `"phone":"199****0001"`, `"label":"高血压患者"`}, not: []string{"李大山", "19900000001", "某路1号"}},
		{name: "institution sees both teams", as: "liuyuan", url: "/residents", status: 200, want: []string{"张秀英", "李大山"}, not: []string{"王梅"}},
		{name: "resident sees self and wards", as: "qiang", url: "/residents", status: 200, want: []string{"张强", "张秀英", "张小宝"}, not: []string{"刘芳", "李大山"}},
		{name: "auditor sees no patient", as: "auditor", url: "/residents", status: 403, want: []string{`"code":"forbidden"`}},
		{name: "system admin sees no patient", as: "admin", url: "/residents/1", status: 403},
		{name: "nobody", url: "/residents", status: 401, want: []string{"请先登录"}},
		{name: "by initials", as: "manager", url: "/residents?q=zxy", status: 200, want: []string{"张秀英", "张小雨"}, not: []string{"张强"}},
		{name: "by name", as: "manager", url: "/residents?q=%E5%BC%A0%E5%BC%BA", status: 200, want: []string{"张强"}, not: []string{"张秀英"}},
		{name: "by initials, first page", as: "manager", url: "/residents?q=z&limit=1", status: 200, want: []string{"张强", "next_cursor"}},
		{name: "by initials, second page", as: "manager", url: "/residents?q=z&limit=1&cursor=WyJ6cSIsMl0", status: 200, want: []string{"张小宝", "next_cursor"}},
		{name: "by phone", as: "manager", url: "/residents?q=19900000006", status: 200, want: []string{"李大山"}, not: []string{"张强"}},
		{name: "by id number", as: "manager", url: "/residents?q=" + storetest.IDNumber(storetest.Today.AddDays(1).AddYears(-65), 113), status: 200, want: []string{"李大山"}, not: []string{"张强"}},
		{name: "key population", as: "manager", url: "/residents?population=key", status: 200, want: []string{"张秀英", "张小宝", "李建国"}, not: []string{"张强"}},
		{name: "elderly", as: "manager", url: "/residents?population=03", status: 200, want: []string{"张秀英"}, not: []string{"李大山"}},
		{name: "first page", as: "manager", url: "/residents?limit=2&sort=name", status: 200, want: []string{"next_cursor"}},
		{name: "out of scope is not found", as: "west", url: "/residents/1", status: 404, want: []string{`"code":"not_found"`}, not: []string{"张秀英"}},
		{name: "another resident is not found", as: "mei", url: "/residents/2", status: 404},
		{name: "create", as: "east", method: post, url: "/residents", body: newcomer, status: 201, want: []string{"赵新", `"age":33`, "370***********"}, not: []string{id}},
		{name: "known already", as: "east", method: post, url: "/residents", body: newcomer, status: 409, want: []string{"already_known", `"field":"id_number"`}, not: []string{id}},
		{name: "village of another team", as: "west", method: post, url: "/residents", body: newcomer, status: 422, want: []string{`"field":"village_id"`}},
		{name: "patch needs a version", as: "east", method: patch, url: "/residents/2", body: `{"phone":"19900001234"}`, status: 428, want: []string{"If-Match"}},
		{name: "patch", as: "east", method: patch, url: "/residents/2", body: `{"phone":"19900001234"}`, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{"199****1234", `"version":2`}},
		{name: "stale patch names the fields", as: "east", method: patch, url: "/residents/2", body: `{"phone":"19900009999","name":"张强"}`, headers: []string{"If-Match", `"1"`}, status: 412,
			want: []string{`"field":"phone"`, `"current_version":2`}, not: []string{`"field":"name"`, "19900009999", "19900001234"}},
		{name: "patch nothing", as: "east", method: patch, url: "/residents/2", body: `{}`, headers: []string{"If-Match", `"2"`}, status: 200, want: []string{`"version":2`}},
		{name: "mass assignment", as: "east", method: patch, url: "/residents/2", body: `{"area_team_id":"2","version":9}`, headers: []string{"If-Match", `"2"`}, status: 422, want: []string{"unknown_field", "area_team_id"}},
		{name: "reveal needs a reason", as: "east", method: post, url: "/residents/1/reveal", body: `{"reason":""}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "nurse may not reveal", as: "nurse", method: post, url: "/residents/1/reveal", body: `{"reason":"上门核对"}`, status: 403},
		{name: "reveal", as: "east", method: post, url: "/residents/1/reveal", body: `{"reason":"上门核对"}`, status: 200, want: []string{"19900000001", "榴园镇某路1号"}},
		{name: "enrol", as: "east", method: post, url: "/residents/2/populations", body: `{"code":"04","begin":"2026-11-01","evidence":"诊断证明"}`, status: 201, want: []string{"高血压患者"}},
		{name: "enrol twice", as: "east", method: post, url: "/residents/2/populations", body: `{"code":"04","begin":"2026-11-01","evidence":"诊断证明"}`, status: 409, want: []string{"already_member"}},
		{name: "age populations are not typed", as: "east", method: post, url: "/residents/2/populations", body: `{"code":"03","begin":"2026-11-01","evidence":"x"}`, status: 422, want: []string{`"field":"code"`}},
		{name: "too young for hypertension", as: "east", method: post, url: "/residents/4/populations", body: `{"code":"04","begin":"2026-11-01","evidence":"诊断"}`, status: 422, want: []string{`"field":"code"`}},
		{name: "timeline", as: "east", url: "/residents/1/timeline", status: 200, want: []string{"纳入高血压患者", "建立健康档案"}},
		{name: "move", as: "east", method: post, url: "/residents/3/move", body: `{"village_id":"2","address":"榴园镇西村3号"}`, status: 200, want: []string{`"village_id":"2"`}},
		{name: "moved out of one's scope", as: "east", url: "/residents/3", status: 404},
		{name: "and into another's", as: "west", url: "/residents/3", status: 200},
		{name: "merge needs a manager", as: "east", method: post, url: "/residents/1/merge", body: `{"duplicate_id":"2"}`, status: 403},
		{name: "merge", as: "liuyuan", method: post, url: "/residents/1/merge", body: `{"duplicate_id":"2"}`, status: 200, want: []string{"张秀英"}},
		{name: "the duplicate is no longer changed", as: "liuyuan", method: post, url: "/residents/2/death", body: `{"on":"2026-11-20"}`, status: 409, want: []string{"not_living"}},
		{name: "death in the future", as: "east", method: post, url: "/residents/1/death", body: `{"on":"2026-11-24"}`, status: 422, want: []string{`"field":"on"`}},
		{name: "death", as: "east", method: post, url: "/residents/1/death", body: `{"on":"2026-11-22","reason":"疾病"}`, status: 200, want: []string{`"status":"dead"`}},
	})
}

func TestBadInput(t *testing.T) {
	secret := "370499195503010017"
	s := newSite(t)
	s.run(t, []scenario{
		{name: "unknown field", as: "east", method: post, url: "/residents", body: `{"name":"甲","village_id":"1","shoe_size":43}`, status: 422, want: []string{`"field":"shoe_size"`, "不认识的字段"}},
		{name: "wrong type", as: "east", method: post, url: "/residents", body: `{"name":7,"village_id":"1"}`, status: 422, want: []string{`"field":"name"`, "应为文字"}},
		{name: "impossible date", as: "east", method: post, url: "/residents", body: `{"name":"甲","village_id":"1","birth_date":"2026-02-30"}`, status: 422, want: []string{`"field":"birth_date"`, "应为存在的日期"}, not: []string{"2026-02-30"}},
		{name: "missing field", as: "east", method: post, url: "/residents", body: `{"name":"甲"}`, status: 422, want: []string{`"field":"village_id"`, "请填写"}},
		{name: "5 MB body", as: "east", method: post, url: "/residents", body: `{"name":"` + strings.Repeat("a", 5<<20) + `"}`, status: 413, want: []string{"过大"}},
		{name: "broken JSON", as: "east", method: post, url: "/residents", body: `{"name":`, status: 400, want: []string{"无法读取"}},
		{name: "JSON of another shape", as: "east", method: post, url: "/residents", body: `[1,2]`, status: 422},
		{name: "null body", as: "east", method: post, url: "/residents", body: `null`, status: 422},
		{name: "empty body", as: "east", method: post, url: "/residents", status: 400},
		{name: "foreign id", as: "east", url: "/residents/999999", status: 404},
		{name: "not an id", as: "east", url: "/residents/abc", status: 404},
		{name: "huge id", as: "east", url: "/residents/99999999999999999999", status: 404},
		{name: "negative id", as: "east", url: "/residents/-1", status: 404},
		{name: "forged token", as: "nonsense", url: "/residents", status: 401},
		{name: "SQL in a sort field", as: "east", url: "/residents?sort=id%3BDROP+TABLE+residents", status: 422, want: []string{`"field":"sort"`}, not: []string{"DROP"}},
		{name: "SQL in a search", as: "east", url: "/residents?q=%27+OR+1%3D1--", status: 200, not: []string{"张秀英"}},
		{name: "unknown parameter", as: "east", url: "/residents?order=asc", status: 422, want: []string{`"field":"order"`, "不认识的查询参数"}},
		{name: "limit too large", as: "east", url: "/residents?limit=1000", status: 422, want: []string{`"field":"limit"`}},
		{name: "bad cursor", as: "east", url: "/residents?cursor=%21%21", status: 422, want: []string{`"field":"cursor"`}},
		{name: "cursor of another list", as: "east", url: "/residents?cursor=WzEsMl0", status: 422, want: []string{`"field":"cursor"`}},
		{name: "300-character name", as: "east", method: post, url: "/residents", body: `{"name":"` + strings.Repeat("长", 300) + `","village_id":"1"}`, status: 422, want: []string{`"field":"name"`, "不能超过"}},
		{name: "emoji name", as: "east", method: post, url: "/residents", body: `{"name":"张😀","sex":"1","birth_date":"2026-11-01","village_id":"1"}`, status: 422, want: []string{`"field":"name"`, "汉字"}, not: []string{"😀"}},
		{name: "birth date in the future", as: "east", method: post, url: "/residents", body: `{"name":"张三","sex":"1","birth_date":"2027-01-01","village_id":"1"}`, status: 422, want: []string{`"field":"birth_date"`, "不能晚于今天"}},
		{name: "bad checksum", as: "east", method: post, url: "/residents", body: `{"name":"张三","id_number":"370499195503010018","village_id":"1"}`, status: 422, want: []string{`"field":"id_number"`, `"code":"checksum"`}, not: []string{"370499195503010018"}},
		{name: "sex and birth date that contradict the number", as: "east", method: post, url: "/residents", body: `{"name":"张三","id_number":"` + secret + `","birth_date":"1956-01-01","village_id":"1"}`, status: 422, want: []string{`"field":"birth_date"`}, not: []string{secret}},
		{name: "method not allowed", as: "east", method: "DELETE", url: "/residents/1", status: 405, want: []string{"不支持"}},
		{name: "no such route", as: "east", url: "/nothing", status: 404},
		{name: "form instead of JSON", as: "east", method: post, url: "/residents", body: `name=x`, headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415},
		{name: "bad idempotency key", as: "east", method: post, url: "/residents", body: `{}`, headers: []string{"Idempotency-Key", strings.Repeat("k", 200)}, status: 400},
		{name: "bad pattern", url: "/agreements/QY1/verify?hash=" + strings.Repeat("z", 64), status: 422, want: []string{`"field":"hash"`, "格式不正确\"}"}},
		{name: "bad If-Match", as: "east", method: patch, url: "/residents/2", body: `{}`, headers: []string{"If-Match", "latest"}, status: 422, want: []string{"If-Match"}},
		{name: "future statistics", as: "manager", url: "/stats/contract-rates?on=2030-01-01", status: 422, want: []string{`"field":"on"`}},
		{name: "unknown population", as: "manager", url: "/stats/contract-rates?population=99", status: 422, want: []string{`"field":"population"`}},
	})
	if status, _, body := s.call("east", post, "/api/v1/residents", "\xff\xfe{"); status != 400 {
		t.Errorf("invalid UTF-8: %d %s", status, body)
	}
}
