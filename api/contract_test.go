package api_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"jiayi/models/store/storetest"
)

// signature is a small but real PNG head with padding.
var signature = "data:image/png;base64," + base64.StdEncoding.EncodeToString(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 300)...))

func TestContracts(t *testing.T) {
	onSite := `{"resident_id":"1","team_id":"1","package_ids":["2"],"term_years":2,"identity_check":"card","signature":"` + signature + `"}`
	s := newSite(t)
	s.run(t, []scenario{
		{name: "packages", as: "mei", url: "/packages", status: 200, want: []string{"基础服务包", `"own_cents":3000`}},
		{name: "sign on site", as: "east", method: post, url: "/contracts", body: onSite, headers: []string{"Idempotency-Key", "a1"}, status: 201,
			want: []string{`"status":"active"`, `"begin_date":"2026-11-23"`, `"end_date":"2028-11-22"`, "高血压服务包", "QY37049920261123"}, not: []string{"19900000001"}},
		{name: "a retry gets the same answer", as: "east", method: post, url: "/contracts", body: onSite, headers: []string{"Idempotency-Key", "a1"}, status: 201, want: []string{`"id":"1"`}},
		{name: "the key with another body", as: "east", method: post, url: "/contracts", body: strings.Replace(onSite, `"term_years":2`, `"term_years":1`, 1), headers: []string{"Idempotency-Key", "a1"}, status: 422, want: []string{"idempotency_mismatch"}},
		{name: "sign twice", as: "east", method: post, url: "/contracts", body: onSite, status: 409, want: []string{"already_signed"}},
		{name: "resident of another team", as: "west", method: post, url: "/contracts", body: onSite, status: 404, want: []string{`"field":"resident_id"`}},
		{name: "signature that is no image", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","signature":"data:image/png;base64,QUJD"}`, status: 422, want: []string{`"field":"signature"`}},
		{name: "term of 5 years", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","term_years":5}`, status: 422, want: []string{`"field":"term_years"`}},
		{name: "a paper that is none", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","identity_check":"face","signature":"` + signature + `"}`, status: 422, want: []string{`"field":"identity_check"`}},
		{name: "package for others", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1","package_ids":["2"],"signature":"` + signature + `"}`, status: 422, want: []string{"仅适用于高血压患者"}},
		{name: "minor without guardian", as: "east", method: post, url: "/contracts", body: `{"resident_id":"4","team_id":"1","signature":"` + signature + `"}`, status: 422, want: []string{`"field":"signer_id"`}},
		{name: "the text to read before signing", as: "east", method: post, url: "/contracts/draft", body: `{"resident_id":"2","team_id":"1","term_years":2}`, status: 200, want: []string{"(签署时生成)", "东村团队", "2028年11月22日", "370***********"}, not: []string{"{{", "37049919840701", "19900000"}},
		{name: "for a minor, who signs must be said", as: "east", method: post, url: "/contracts/draft", body: `{"resident_id":"4","team_id":"1"}`, status: 422, want: []string{`"field":"signer_id"`}},
		{name: "not of others", as: "mei", method: post, url: "/contracts/draft", body: `{"resident_id":"9","team_id":"3"}`, status: 404},
		{name: "offer without signature", as: "east", method: post, url: "/contracts", body: `{"resident_id":"2","team_id":"1"}`, status: 201, want: []string{`"status":"offered"`, `"due_on":"2026-12-08"`}},
		{name: "the page of an offer says that nobody signed", as: "east", url: "/contracts/2/agreement", status: 200, want: []string{"尚未签署"}, not: []string{"签署时间", "现场手写签名"}},
		{name: "a team cannot confirm for the resident", as: "east", method: post, url: "/contracts/2/confirm", status: 403},
		{name: "the resident confirms", as: "qiang", method: post, url: "/contracts/2/confirm", status: 200, want: []string{`"status":"active"`}},
		{name: "now the page says who signed", as: "east", url: "/contracts/2/agreement", status: 200, want: []string{"微信小程序实名签署"}, not: []string{"尚未签署"}},
		{name: "confirm twice", as: "qiang", method: post, url: "/contracts/2/confirm", status: 409, want: []string{"wrong_state", "已签约"}},
		{name: "a resident applies", as: "mei", method: post, url: "/contracts", body: `{"resident_id":"8","team_id":"3"}`, status: 201, want: []string{`"status":"applied"`, `"due_on":"2026-11-26"`}},
		{name: "staff must say for whom", as: "shiliu", method: post, url: "/contracts", body: `{"team_id":"3"}`, status: 422, want: []string{`"field":"resident_id"`}},
		{name: "for somebody else", as: "mei", method: post, url: "/contracts", body: `{"resident_id":"9","team_id":"3"}`, status: 404},
		{name: "reject needs a reason", as: "shiliu", method: post, url: "/contracts/3/reject", body: `{}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "another team cannot see it", as: "west", url: "/contracts/3", status: 404},
		{name: "reject", as: "shiliu", method: post, url: "/contracts/3/reject", body: `{"reason":"不在服务范围"}`, status: 200, want: []string{`"status":"rejected"`, "不在服务范围"}},
		{name: "apply again", as: "mei", method: post, url: "/contracts", body: `{"resident_id":"8","team_id":"1"}`, status: 201},
		{name: "a stale version", as: "east", method: post, url: "/contracts/4/accept", headers: []string{"If-Match", `"9"`}, status: 412, want: []string{`"current_version":1`}},
		{name: "accept", as: "east", method: post, url: "/contracts/4/accept", headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"status":"active"`}},
		{name: "renewal is not open yet", as: "qiang", method: post, url: "/contracts/2/renew", body: `{}`, status: 409, want: []string{"renewal_not_open", `"opens_on"`}},
		{name: "transfer preview", as: "qiang", url: "/contracts/2/transfer-preview?team_id=2", status: 200, want: []string{"西村团队", `"new_team_free":2000`, "东村团队"}},
		{name: "transfer on site needs the signature", as: "manager", method: post, url: "/contracts/2/transfer", body: `{"team_id":"2"}`, status: 422, want: []string{`"field":"signature"`}},
		{name: "transfer on site", as: "manager", method: post, url: "/contracts/2/transfer", body: `{"team_id":"2","signature":"` + signature + `"}`, status: 201, want: []string{"西村团队", `"previous_id":"2"`}},
		{name: "the old one says so", as: "qiang", url: "/contracts/2", status: 200, want: []string{"已改签", "改签(更换团队)", `"move":"transfer"`}},
		{name: "dispute needs words", as: "qiang", method: post, url: "/contracts/5/dispute", body: `{}`, status: 422},
		{name: "dispute", as: "qiang", method: post, url: "/contracts/5/dispute", body: `{"reason":"我没有签过"}`, status: 200, want: []string{`"disputed":true`}},
		{name: "the rate shows it", as: "manager", url: "/stats/contract-rates", status: 200, want: []string{`"disputed":1`}},
		{name: "settle", as: "manager", method: post, url: "/contracts/5/settle-dispute", body: `{"outcome":"dismissed","finding":"签名属实"}`, status: 200, want: []string{`"disputed":false`}},
		{name: "stop reason that is not theirs", as: "qiang", method: post, url: "/contracts/5/terminate", body: `{"reason":"03"}`, status: 422, want: []string{`"field":"reason"`}},
		{name: "terminate", as: "qiang", method: post, url: "/contracts/5/terminate", body: `{"reason":"04","note":"搬走"}`, status: 200, want: []string{"已解约", "居民主动解约"}},
		{name: "list by resident", as: "qiang", url: "/contracts?resident_id=2", status: 200, want: []string{`"id":"5"`, `"id":"2"`}},
		{name: "list is scoped", as: "shiliu", url: "/contracts", status: 200, want: []string{`"id":"3"`}, not: []string{`"id":"1"`}},
		{name: "agreement page", as: "east", url: "/contracts/1/agreement", status: 200, want: []string{"家庭医生签约服务协议书", "张秀英", "正文摘要", "高血压服务包", `<img alt="核验二维码" src="data:image/png;base64,`, `<img alt="乙方手写签名" src="data:image/png;base64,`, "已核对居民身份证", "现场见证人"}, not: []string{"警告"}},
		{name: "the buttons of its page, and who did what", as: "east", url: "/contracts/1", status: 200, want: []string{`"move":"renew"`, `"move":"terminate"`, `"by_name":"`, `"identity_check":"card"`, `"signature_way_label":"现场手写签名"`}, not: []string{`"move":"settle"`, `"move":"confirm"`, `"by_name":""`}},
		{name: "agreement of others", as: "mei", url: "/contracts/1/agreement", status: 404},
		{name: "verify needs the hash", url: "/agreements/QY37049920261123000001/verify", status: 422, want: []string{`"field":"hash"`}},
		{name: "verify with a wrong hash", url: "/agreements/QY37049920261123000001/verify?hash=" + strings.Repeat("0", 64), status: 200, want: []string{`"genuine":false`}, not: []string{"张"}},
		{name: "household: all or nobody", as: "liuyuan", method: post, url: "/household-signings", body: `{"household_id":"2","representative_id":"6","team_id":"2","members":[{"resident_id":"6","signature":"` + signature + `"},{"resident_id":"1","signature":"` + signature + `"}]}`,
			status: 422, want: []string{`"field":"members[1].resident_id"`}},
		{name: "nobody was signed", as: "west", url: "/contracts?resident_id=6", status: 200, want: []string{`"items":[]`}},
		{name: "household", as: "west", method: post, url: "/household-signings", body: `{"household_id":"2","representative_id":"6","team_id":"2","members":[{"resident_id":"6","signature":"` + signature + `"},{"resident_id":"7","signature":"` + signature + `"}]}`,
			status: 201, want: []string{"李大山", "李建国"}},
		{name: "signed already", as: "dashan", method: post, url: "/contracts", body: `{"team_id":"2"}`, status: 409, want: []string{"already_signed"}},
	})
	var page struct {
		AgreementHash string `json:"agreement_hash"`
		No            string `json:"no"`
	}
	_, header, body := s.call("east", "GET", "/api/v1/contracts/1", "")
	if err := json.Unmarshal([]byte(body), &page); err != nil || header.Get("ETag") == "" {
		t.Fatal(err, header)
	}
	if status, _, body := s.call("", "GET", "/api/v1/agreements/"+page.No+"/verify?hash="+page.AgreementHash, ""); status != 200 || !strings.Contains(body, `"genuine":true`) || !strings.Contains(body, "张*英") {
		t.Errorf("%d %s", status, body)
	}
	if _, header, _ := s.call("east", "GET", "/api/v1/contracts/1/agreement", ""); header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") || header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", header)
	}
}

// TestSignRace is the promise over HTTP: 32 at once leave one contract and 31 clear conflicts.
func TestSignRace(t *testing.T) {
	s := newSite(t)
	body := `{"resident_id":"2","team_id":"1","signature":"` + signature + `"}`
	var mu sync.Mutex
	count := map[int]int{}
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			status, _, _ := s.call("east", post, "/api/v1/contracts", body)
			mu.Lock()
			count[status]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if count[http.StatusCreated] != 1 || count[http.StatusConflict] != 31 {
		t.Errorf("answers: %v", count)
	}
}

func TestRates(t *testing.T) {
	s := newSite(t)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	s.run(t, []scenario{
		{name: "district", as: "manager", url: "/stats/contract-rates?by=district&population=all,key,03,07", status: 200, want: []string{
			`"as_of":"2026-11-23"`, `"residents":8,"signed":1,"rate":12.5`, `"residents":3,"signed":1,"rate":33.33`, `"residents":1,"signed":1,"rate":100`, `"residents":0,"signed":0,"rate":null`}},
		{name: "institution", as: "manager", url: "/stats/contract-rates?by=institution", status: 200, want: []string{"榴园镇卫生院", "石榴社区医院", `"rate":14.29`}},
		{name: "a manager sees the own institution", as: "liuyuan", url: "/stats/contract-rates?by=institution", status: 200, want: []string{"榴园镇卫生院"}, not: []string{"石榴社区医院"}},
		{name: "team", as: "liuyuan", url: "/stats/contract-rates?by=team&population=key", status: 200, want: []string{"东村团队", "西村团队"}, not: []string{"石榴团队"}},
		{name: "village", as: "east", url: "/stats/contract-rates?by=village", status: 200, want: []string{"东村"}, not: []string{"西村"}},
		{name: "every population", as: "manager", url: "/stats/contract-rates?population=each", status: 200, want: []string{"慢阻肺病患者", "一般人群"}},
		{name: "a past day without figures", as: "manager", url: "/stats/contract-rates?on=2020-01-01", status: 422, want: []string{`"code":"no_data"`}},
		{name: "residents have no statistics", as: "mei", url: "/stats/contract-rates", status: 403},
		{name: "drill down to the signed", as: "manager", url: "/stats/contract-rates/residents?by=team&id=1&population=key&signed=true", status: 200, want: []string{"张秀英"}, not: []string{"张小宝"}},
		{name: "and to the unsigned", as: "manager", url: "/stats/contract-rates/residents?by=team&id=1&population=key&signed=false", status: 200, want: []string{"张小宝"}, not: []string{"张秀英"}},
		{name: "drill down stays in scope", as: "west", url: "/stats/contract-rates/residents?by=team&id=1", status: 200, want: []string{`"items":[]`}},
	})
	s.clock.Set(storetest.Today.AddDays(1))
	if _, err := s.store.RollDay(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run(t, []scenario{
		{name: "today someone turned 65", as: "manager", url: "/stats/contract-rates?population=03", status: 200, want: []string{`"residents":2,"signed":1,"rate":50`}},
		{name: "yesterday prints as it was", as: "manager", url: "/stats/contract-rates?population=03&on=2026-11-23", status: 200, want: []string{`"as_of":"2026-11-23"`, `"residents":1,"signed":1,"rate":100`}},
	})
}
