package api_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jiayi/api"
	"jiayi/internal/calendar"
	"jiayi/internal/totp"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// work is the password checks that fn made the server do.
func (d *door) work(fn func()) int32 {
	before := d.hasher.checks.Load()
	fn()
	return d.hasher.checks.Load() - before
}

// Whoever does not know the password learns nothing of the account: the answer and the work
// are the same for every name.
func TestEverySignInThatFailsIsAlike(t *testing.T) {
	d := newDoor(t)
	admin := d.administrator() // enrolled for one-time passwords
	d.account("zhou.min", models.Doctor, storetest.EastDoctor)
	idle := d.call("POST", "/accounts", admin, object{"username": "wu.min", "name": "吴敏", "role": "nurse", "staff_id": storetest.EastNurse.String()}).want(201, "")
	account, _ := idle.body["account"].(object)
	d.call("PATCH", "/accounts/"+account["id"].(string), admin, object{"disabled": true}, "If-Match", idle.header.Get("ETag")).want(200, "")
	text := ""
	for _, name := range []string{"nobody", "zhou.min", "admin", "wu.min", "zhou.min' OR '1'='1", strings.Repeat("周", 64)} {
		for _, otp := range []string{"", "000000"} {
			var r reply
			if n := d.work(func() { r = d.signIn(name, "Wrong-password-1", otp, "X-Request-Id", "same-request") }); n != 1 {
				t.Errorf("%s: %d password checks", name, n)
			}
			r.want(401, "bad_credentials")
			if text == "" {
				text = r.text
			}
			if r.text != text || len(r.header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s: %s, others %s", name, r.text, text)
			}
		}
	}
}

// Guesses count by account, wherever they come from and however the name is written; while
// the lock holds the right password is no better, and costs the server nothing.
func TestBruteForce(t *testing.T) {
	for _, name := range []string{"zhou.min", "nobody"} {
		d := newDoor(t, func(c *api.Config) { c.Proxies = []string{"192.0.2.0/24"} })
		d.doctor()
		spellings := []string{name, strings.ToUpper(name), " " + name, name + " ", strings.ToUpper(name[:1]) + name[1:]}
		for i := range models.LockAfter {
			d.signIn(spellings[i%len(spellings)], "Wrong-password-1", "", "X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i)).want(401, "bad_credentials")
		}
		if n := d.work(func() {
			d.signIn(name, chosenPassword, "", "X-Forwarded-For", "203.0.113.9").want(429, "locked")
		}); n != 0 {
			t.Errorf("%s: %d password checks while locked", name, n)
		}
		d.clock.Add(models.LockFor - time.Second)
		d.signIn(name, chosenPassword, "").want(429, "locked")
		d.clock.Add(time.Second)
		want := map[string]int{"zhou.min": 200, "nobody": 401}[name]
		d.signIn(name, chosenPassword, "").want(want, "")
	}
}

// With the right password in hand, the one-time password is guessed no more often.
func TestBruteForceOfTheSecondFactor(t *testing.T) {
	d := newDoor(t)
	d.administrator()
	good, err := totp.Code("JBSWY3DPEHPK3PXP", d.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i := range models.LockAfter {
		guess := fmt.Sprintf("%06d", i)
		if guess == good {
			guess = "999999"
		}
		d.signIn("admin", rightPassword, guess).want(401, "bad_otp")
	}
	d.signIn("admin", rightPassword, good).want(429, "locked")
}

// Tokens that would have the server choose another key or another way to check it.
func TestKeyConfusion(t *testing.T) {
	d := newDoor(t)
	good := d.doctor().string("access_token")
	parts := strings.Split(good, ".")
	header := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for name, forged := range map[string]string{
		"none, no signature":      header(`{"alg":"none","typ":"JWT","kid":"k1"}`) + "." + parts[1] + ".",
		"none in other letters":   header(`{"alg":"nOnE","typ":"JWT","kid":"k1"}`) + "." + parts[1] + ".",
		"RS256, the old mac":      header(`{"alg":"RS256","typ":"JWT","kid":"k1"}`) + "." + parts[1] + "." + parts[2],
		"ES256, empty":            header(`{"alg":"ES256","typ":"JWT","kid":"k1"}`) + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 64)),
		"a key in the header":     header(`{"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AA"}}`) + "." + parts[1] + "." + parts[2],
		"a key by address":        header(`{"alg":"HS256","typ":"JWT","kid":"k1","jku":"http://127.0.0.1:1/keys"}`) + "." + parts[1] + "." + parts[2],
		"a key by path":           header(`{"alg":"HS256","typ":"JWT","kid":"../../../dev/null"}`) + "." + parts[1] + "." + parts[2],
		"a key by query":          header(`{"alg":"HS256","typ":"JWT","kid":"x' UNION SELECT 'a"}`) + "." + parts[1] + "." + parts[2],
		"a kid that is a list":    header(`{"alg":"HS256","typ":"JWT","kid":["k1"]}`) + "." + parts[1] + "." + parts[2],
		"alg twice":               header(`{"alg":"HS256","alg":"none","kid":"k1"}`) + "." + parts[1] + ".",
		"four parts":              good + "." + parts[2],
		"padding":                 good + "=",
		"standard base64":         strings.ReplaceAll(good, "_", "/") + "+",
		"another session's claim": parts[0] + "." + header(`{"sid":"x","iss":"`+issuer+`","sub":"1","aud":["jiayi-staff"]}`) + "." + parts[2],
		"very long":               good + strings.Repeat("A", 1<<20),
	} {
		if r := d.call("GET", "/me", forged, nil); r.status != http.StatusUnauthorized || r.body["code"] != "unauthenticated" {
			t.Errorf("%s: %d %s", name, r.status, r.text)
		}
	}
	for _, value := range []string{"bearer " + good, "Basic " + base64.StdEncoding.EncodeToString([]byte("zhou.min:"+chosenPassword)), "Bearer " + good + " " + good, good} {
		d.call("GET", "/me", "", nil, "Authorization", value).want(401, "unauthenticated")
	}
	d.call("GET", "/me?access_token="+good, "", nil).want(401, "unauthenticated")
	d.call("GET", "/me", "", nil, "Cookie", "access_token="+good+"; jiayi_session="+good).want(401, "unauthenticated")
}

// Nobody finds out by asking whether a number or a telephone is on file out of their sight.
func TestNumbersCannotBeProbed(t *testing.T) {
	s := newSite(t)
	there, nowhere := storetest.IDNumber(calendar.MustDate("1956-03-08"), 102), storetest.IDNumber(calendar.MustDate("1956-03-08"), 777)
	same := func(name, as, method, foreign, unknown string) {
		t.Helper()
		ask := func(q string) (int, string) {
			path, body, _ := strings.Cut(q, " ")
			status, _, answer := s.call(as, method, api.Prefix+path, body, "X-Request-Id", "same-request")
			return status, answer
		}
		status, answer := ask(foreign)
		if other, otherAnswer := ask(unknown); status != other || answer != otherAnswer {
			t.Errorf("%s: %d %s, but of nobody %d %s", name, status, answer, other, otherAnswer)
		}
		if strings.Contains(answer, ofZhang) || status >= 500 {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	for _, as := range []string{"west", "shiliu"} {
		same("an ID number", as, http.MethodGet, "/residents?q="+there, "/residents?q="+nowhere)
		same("a telephone", as, http.MethodGet, "/residents?q=19900000001", "/residents?q=19911111111")
		same("a name", as, http.MethodGet, "/residents?q=%E5%BC%A0%E7%A7%80%E8%8B%B1", "/residents?q=%E5%BC%A0%E7%A7%80")
		same("an id", as, http.MethodGet, "/residents/1", "/residents/999999")
		same("a change", as, patch, `/residents/1 {"phone":"19955551234"}`, `/residents/999999 {"phone":"19955551234"}`)
		same("a reveal", as, post, `/residents/1/reveal {"reason":"核对信息"}`, `/residents/999999/reveal {"reason":"核对信息"}`)
		same("a signing", as, post, `/contracts {"resident_id":"1","team_id":"2"}`, `/contracts {"resident_id":"999999","team_id":"2"}`)
	}
	same("a resident's neighbour", "mei", http.MethodGet, "/residents/1/timeline", "/residents/999999/timeline")
	same("a message for a neighbour", "mei", post, `/messages {"resident_id":"1","text":"您好"}`, `/messages {"resident_id":"999999","text":"您好"}`)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	_, _, contract := s.call("east", http.MethodGet, "/api/v1/contracts/1", "")
	no := between(contract, `"no":"`, `"`)
	if no == "" {
		t.Fatal(contract)
	}
	hash := strings.Repeat("0", 64)
	same("a contract's number without its paper", "", http.MethodGet, "/agreements/"+no+"/verify?hash="+hash, "/agreements/QY37049920261123999999/verify?hash="+hash)
}

// A WeChat user who guesses at people's numbers is told the same of everyone, and not for long.
func TestBindingCannotBeProbed(t *testing.T) {
	d := newDoor(t)
	access := d.call("POST", "/auth/wechat", "", object{"code": "login-qiang"}).want(200, "").string("access_token")
	d.call("POST", "/auth/wechat/phone", access, object{"code": d.wechat.PhoneCode(qiangOpenID)}).want(200, "")
	guess := func(name, number string) reply {
		return d.call("POST", "/me/binding", access, object{"name": name, "id_number": number}, "X-Request-Id", "same-request")
	}
	known := guess("李四光", idOfQiang).want(404, "not_on_file")
	other := guess("张秀英", storetest.IDNumber(calendar.MustDate("1956-03-08"), 102)).want(404, "not_on_file") // right, but of another telephone
	nobody := guess("李四光", storetest.IDNumber(calendar.MustDate("1984-07-01"), 778)).want(404, "not_on_file")
	if known.text != nobody.text || other.text != nobody.text {
		t.Errorf("%s\n%s\n%s", known.text, other.text, nobody.text)
	}
	for range models.LockAfter - 3 {
		guess("李四光", idOfQiang)
	}
	guess("张强", idOfQiang).want(429, "locked")
}

// Every refused sign-in and every token used twice is in the audit, without the password.
func TestAttacksAreInTheAudit(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	d.signIn("zhou.min", "Wrong-password-1", "")
	body := object{"refresh_token": in.string("refresh_token")}
	d.call("POST", "/auth/refresh", "", body, "Idempotency-Key", "a").want(200, "")
	d.call("POST", "/auth/refresh", "", body, "Idempotency-Key", "b").want(401, "session_ended")
	page, err := d.store.As(storetest.AuditorOne).Audit(t.Context(), store.AuditQuery{}, store.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%+v", page.Items)
	for _, want := range []string{"session.refused", "session.end"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the audit", want)
		}
	}
	if strings.Contains(text, "Wrong-password-1") || strings.Contains(text, in.string("refresh_token")) {
		t.Error("the audit holds a secret")
	}
}
