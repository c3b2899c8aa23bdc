package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/calendar"
	"jiayi/internal/limit"
	"jiayi/internal/password"
	"jiayi/internal/token"
	"jiayi/internal/totp"
	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
	"jiayi/middleware"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

const (
	rightPassword = "Shiliu-hua-2026"
	signingKey    = "0123456789abcdef0123456789abcdef"
	issuer        = "https://jiayi.test"
	qiangOpenID   = "openid-of-zhang-qiang"
	qiangPhone    = "19900000002"
)

// countingHasher counts the password checks, and those spent on nobody.
type countingHasher struct {
	*password.Hasher
	checks, dummies atomic.Int32
}

func (h *countingHasher) Verify(ctx context.Context, plain, stored string) (bool, error) {
	h.checks.Add(1)
	return h.Hasher.Verify(ctx, plain, stored)
}

func (h *countingHasher) VerifyDummy(ctx context.Context, plain string) error {
	h.checks.Add(1)
	h.dummies.Add(1)
	return h.Hasher.VerifyDummy(ctx, plain)
}

// door is the whole server in front of the small district.
type door struct {
	t      *testing.T
	store  *store.Store
	clock  *storetest.Clock
	hasher *countingHasher
	signer *token.Signer
	wechat *fakewechat.Server
	client *wechat.Client
	server http.Handler
}

func newDoor(t *testing.T, edit ...func(*api.Config)) *door {
	t.Helper()
	d := &door{t: t, hasher: &countingHasher{Hasher: password.NewHasher(2)}}
	d.store, d.clock = storetest.District(t)
	d.signer = newSigner(t, signingKey, issuer)
	d.wechat = fakewechat.New(fakewechat.Options{AppID: "wx-liuyuan", AppSecret: "secret", Now: d.clock.Now})
	d.wechat.AddUser("login-qiang", qiangOpenID, qiangPhone, false)
	platform := httptest.NewServer(d.wechat)
	t.Cleanup(platform.Close)
	client, err := wechat.New(wechat.Config{AppID: "wx-liuyuan", AppSecret: "secret", BaseURL: platform.URL, Now: d.clock.Now, BusyRetries: -1})
	if err != nil {
		t.Fatal(err)
	}
	d.client = client
	h := &handlers.Handlers{Store: d.store, Tokens: d.signer, Passwords: d.hasher, Wechat: client, Issuer: "家医"}
	c := api.Config{Version: "test", Handlers: h, Identify: h.Identify, Quiet: true}
	for _, e := range edit {
		e(&c)
	}
	d.server = api.New(c)
	return d
}

func newSigner(t *testing.T, key, iss string) *token.Signer {
	t.Helper()
	keys, err := token.ParseKeys("KEYS", "k1:"+base64.StdEncoding.EncodeToString([]byte(key)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := token.NewSigner(keys, iss, token.DefaultLifetimes)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// reply is an answer of the server.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	text   string
	body   map[string]any
}

// call sends a request; header is pairs of name and value.
func (d *door) call(method, path, bearer string, body any, header ...string) reply {
	d.t.Helper()
	var in bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&in).Encode(body); err != nil {
			d.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, api.Prefix+path, &in)
	r.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	asDescribed(d.t, r, w)
	out := reply{t: d.t, status: w.Code, header: w.Header(), text: w.Body.String()}
	_ = json.Unmarshal(w.Body.Bytes(), &out.body)
	return out
}

// want checks the status, and the problem's code unless it is "".
func (r reply) want(status int, code string) reply {
	r.t.Helper()
	if r.status != status || code != "" && r.body["code"] != code {
		r.t.Errorf("got %d %s, want %d %s", r.status, r.text, status, code)
	}
	return r
}

func (r reply) string(key string) string {
	r.t.Helper()
	s, ok := r.body[key].(string)
	if !ok {
		r.t.Fatalf("no %s in %d %s", key, r.status, r.text)
	}
	return s
}

type object = map[string]any

// account makes an account with a temporary password.
func (d *door) account(username string, role models.Role, staff models.ID) models.Account {
	d.t.Helper()
	hash, err := d.hasher.Hash(d.t.Context(), rightPassword)
	if err != nil {
		d.t.Fatal(err)
	}
	a, err := d.store.As(models.System("test")).CreateAccount(d.t.Context(),
		models.AccountDraft{Username: username, Name: "周医生", Role: role, StaffID: staff, InstitutionID: storetest.Liuyuan},
		store.OneTimePassword{Plain: rightPassword, Hash: hash})
	if err != nil {
		d.t.Fatal(err)
	}
	return a.Account
}

const chosenPassword = "Yuan-lin-2026"

// doctor makes a doctor's account, changes its temporary password and signs in.
func (d *door) doctor() reply {
	d.t.Helper()
	d.account("zhou.min", models.Doctor, storetest.EastDoctor)
	first := d.signIn("zhou.min", rightPassword, "").string("access_token")
	d.call("POST", "/me/password", first, object{"old": rightPassword, "new": chosenPassword}).want(204, "")
	return d.signIn("zhou.min", chosenPassword, "").want(200, "")
}

func (d *door) signIn(username, pw, otp string, header ...string) reply {
	d.t.Helper()
	body := object{"username": username, "password": pw}
	if otp != "" {
		body["otp"] = otp
	}
	return d.call("POST", "/auth/staff", "", body, header...)
}

func TestStaffSignIn(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	if in.body["expires_in"] != 900.0 || len(in.string("refresh_token")) != token.OpaqueLen || in.body["bound"] != nil {
		t.Errorf("%s", in.text)
	}
	me := d.call("GET", "/me", in.string("access_token"), nil).want(200, "")
	teams, _ := me.body["teams"].([]any)
	if me.body["role"] != "doctor" || me.body["role_label"] != "家庭医生" || len(teams) != 1 || me.body["must_change_password"] != false {
		t.Errorf("%s", me.text)
	}
}

// The answer to an unknown name is that to a wrong password, and costs a password check.
func TestUnknownNameAndWrongPasswordAreAlike(t *testing.T) {
	d := newDoor(t)
	d.account("zhou.min", models.Doctor, storetest.EastDoctor)
	wrong := d.signIn("zhou.min", "Wrong-password-1", "", "X-Request-Id", "same-request").want(401, "bad_credentials")
	before := d.hasher.dummies.Load()
	unknown := d.signIn("nobody", "Wrong-password-1", "", "X-Request-Id", "same-request").want(401, "bad_credentials")
	if wrong.text != unknown.text {
		t.Errorf("%s\n%s", wrong.text, unknown.text)
	}
	if n := d.hasher.dummies.Load() - before; n != 1 {
		t.Errorf("%d dummy checks", n)
	}
	if strings.Contains(wrong.text, "Wrong-password-1") || strings.Contains(wrong.text, "zhou") {
		t.Error("the answer holds an input")
	}
}

func TestLockTellsWhenToRetry(t *testing.T) {
	d := newDoor(t)
	for range models.LockAfter {
		d.signIn("nobody", "Wrong-password-1", "").want(401, "bad_credentials")
	}
	r := d.signIn("nobody", "Wrong-password-1", "").want(429, "locked")
	details, _ := r.body["details"].(object)
	if details["retry_after"] != 1800.0 || r.header.Get("Retry-After") != "1800" {
		t.Errorf("%s, Retry-After %s", r.text, r.header.Get("Retry-After"))
	}
}

// From the one-time password to work: an administrator's first day.
func TestFirstDayOfAnAdministrator(t *testing.T) {
	d := newDoor(t)
	d.account("admin", models.SystemAdmin, 0)
	access := d.signIn("admin", rightPassword, "").want(200, "").string("access_token")
	d.call("GET", "/accounts", access, nil).want(403, "password_change_required")
	d.call("POST", "/me/totp", access, nil).want(403, "password_change_required")
	d.call("GET", "/me", access, nil).want(200, "")

	change := func(old, fresh string) reply {
		return d.call("POST", "/me/password", access, object{"old": old, "new": fresh})
	}
	change("Not-the-old-1", chosenPassword).want(422, "invalid")
	for _, weak := range []string{"Short-1", "alllowercase", "Admin-2026-x", rightPassword} {
		if r := change(rightPassword, weak).want(422, "invalid"); strings.Contains(r.text, weak) {
			t.Errorf("%s", r.text)
		}
	}
	change(rightPassword, chosenPassword).want(204, "")

	d.call("GET", "/accounts", access, nil).want(403, "otp_enrolment_required")
	d.call("POST", "/me/totp/confirm", access, object{"otp": "000000"}).want(409, "otp_not_begun")
	secret := d.call("POST", "/me/totp", access, nil).want(200, "").string("secret")
	code := func() string {
		c, err := totp.Code(secret, d.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	wrongCode := "000000"
	if code() == wrongCode {
		wrongCode = "000001"
	}
	d.call("POST", "/me/totp/confirm", access, object{"otp": wrongCode}).want(422, "invalid")
	d.call("POST", "/me/totp/confirm", access, object{"otp": code()}).want(204, "")
	d.call("GET", "/accounts", access, nil).want(200, "")

	d.signIn("admin", chosenPassword, "").want(401, "otp_required")
	d.signIn("admin", chosenPassword, code()).want(401, "bad_otp") // the enrolment has used it
	d.clock.Add(totp.Period * time.Second)
	d.signIn("admin", chosenPassword, code()).want(200, "")
	d.signIn("admin", chosenPassword, code()).want(401, "bad_otp")
}

func TestForgedTokens(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	good := in.string("access_token")
	parsed, _, err := jwt.NewParser().ParseUnverified(good, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	forge := func(method jwt.SigningMethod, key any, header object, claims object) string {
		c := jwt.MapClaims{}
		for k, v := range parsed.Claims.(jwt.MapClaims) {
			c[k] = v
		}
		for k, v := range claims {
			c[k] = v
		}
		x := jwt.NewWithClaims(method, c)
		x.Header["kid"] = "k1"
		for k, v := range header {
			x.Header[k] = v
		}
		s, err := x.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	key := []byte(signingKey)
	now := d.clock.Now()
	d.call("GET", "/me", forge(jwt.SigningMethodHS256, key, nil, nil), nil).want(200, "") // the forger's tools work
	for name, forged := range map[string]string{
		"alg none":           forge(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil, nil),
		"alg HS512":          forge(jwt.SigningMethodHS512, key, nil, nil),
		"another key":        forge(jwt.SigningMethodHS256, []byte(strings.Repeat("x", 32)), nil, nil),
		"unknown kid":        forge(jwt.SigningMethodHS256, key, object{"kid": "k9"}, nil),
		"expired":            forge(jwt.SigningMethodHS256, key, nil, object{"exp": now.Add(-time.Minute).Unix()}),
		"not yet valid":      forge(jwt.SigningMethodHS256, key, nil, object{"nbf": now.Add(time.Minute).Unix()}),
		"without expiry":     forge(jwt.SigningMethodHS256, key, nil, object{"exp": nil}),
		"another issuer":     forge(jwt.SigningMethodHS256, key, nil, object{"iss": "https://other.test"}),
		"resident audience":  forge(jwt.SigningMethodHS256, key, nil, object{"aud": string(token.Resident)}),
		"unknown audience":   forge(jwt.SigningMethodHS256, key, nil, object{"aud": "other"}),
		"another account":    forge(jwt.SigningMethodHS256, key, nil, object{"sub": "999"}),
		"account is no id":   forge(jwt.SigningMethodHS256, key, nil, object{"sub": "x"}),
		"another session":    forge(jwt.SigningMethodHS256, key, nil, object{"sid": strings.Repeat("0", 32)}),
		"cut":                good[:len(good)-2],
		"no token":           "x",
		"the refresh token":  in.string("refresh_token"),
		"signature of empty": good[:strings.LastIndex(good, ".")+1],
	} {
		t.Run(name, func(t *testing.T) {
			r := d.call("GET", "/me", forged, nil)
			r.t = t
			r.want(401, "unauthenticated")
			if r.header.Get("WWW-Authenticate") == "" {
				t.Error("no WWW-Authenticate")
			}
		})
	}
	d.call("GET", "/me", "", nil).want(401, "unauthenticated")
	d.clock.Add(token.DefaultLifetimes.Staff + token.Leeway + time.Second)
	d.call("GET", "/me", good, nil).want(401, "unauthenticated")
}

func TestLogout(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	access := in.string("access_token")
	d.call("POST", "/auth/logout", access, nil).want(204, "")
	d.call("GET", "/me", access, nil).want(401, "unauthenticated")
	d.call("POST", "/auth/refresh", "", object{"refresh_token": in.string("refresh_token")}).want(401, "session_ended")
}

func TestRefreshOverHTTP(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	body := object{"refresh_token": in.string("refresh_token")}
	first := d.call("POST", "/auth/refresh", "", body, "Idempotency-Key", "try-1").want(200, "")
	again := d.call("POST", "/auth/refresh", "", body, "Idempotency-Key", "try-1").want(200, "")
	if first.string("refresh_token") != again.string("refresh_token") || first.string("refresh_token") == in.string("refresh_token") {
		t.Error("the repeated request got another answer")
	}
	access := again.string("access_token")
	d.call("GET", "/me", access, nil).want(200, "")
	d.call("POST", "/auth/refresh", "", body, "Idempotency-Key", "try-2").want(401, "session_ended")
	d.call("GET", "/me", access, nil).want(401, "unauthenticated")
}

func TestRepeatedPasswordChange(t *testing.T) {
	d := newDoor(t)
	access := d.doctor().string("access_token")
	body := object{"old": chosenPassword, "new": "Another-one-26"}
	d.call("POST", "/me/password", access, body, "Idempotency-Key", "pw").want(204, "")
	d.call("POST", "/me/password", access, body, "Idempotency-Key", "pw").want(204, "")
	d.signIn("zhou.min", "Another-one-26", "").want(200, "")
}

func TestWechatSignInAndBinding(t *testing.T) {
	d := newDoor(t)
	body := object{"code": "login-qiang"}
	in := d.call("POST", "/auth/wechat", "", body, "Idempotency-Key", "wx").want(200, "")
	again := d.call("POST", "/auth/wechat", "", body, "Idempotency-Key", "wx").want(200, "")
	if again.string("refresh_token") != in.string("refresh_token") || in.body["bound"] != false || in.body["expires_in"] != 7200.0 {
		t.Errorf("%s\n%s", in.text, again.text)
	}
	d.call("POST", "/auth/wechat", "", body).want(422, "invalid") // the code is spent
	access := in.string("access_token")
	d.call("POST", "/me/binding", access, object{"name": "张强", "id_number": idOfQiang}).want(409, "phone_required")

	phone := object{"code": d.wechat.PhoneCode(qiangOpenID)}
	got := d.call("POST", "/auth/wechat/phone", access, phone, "Idempotency-Key", "ph").want(200, "")
	if got.body["phone"] != "199****0002" || got.body["bound"] != false {
		t.Errorf("%s", got.text)
	}
	d.call("POST", "/auth/wechat/phone", access, phone, "Idempotency-Key", "ph").want(200, "")
	d.call("POST", "/auth/wechat/phone", access, phone).want(422, "invalid")

	wrong := d.call("POST", "/me/binding", access, object{"name": "张弓", "id_number": idOfQiang}).want(404, "not_on_file")
	if strings.Contains(wrong.text, idOfQiang) || strings.Contains(wrong.text, "张弓") {
		t.Errorf("%s", wrong.text)
	}
	right := object{"name": "张强", "id_number": idOfQiang}
	d.call("POST", "/me/binding", access, right, "Idempotency-Key", "bind").want(200, "")
	d.call("POST", "/me/binding", access, right, "Idempotency-Key", "bind").want(200, "")
	me := d.call("GET", "/me", access, nil).want(200, "")
	resident, _ := me.body["resident"].(object)
	if me.body["bound"] != true || resident["name"] != "张强" || strings.Contains(me.text, qiangPhone) {
		t.Errorf("%s", me.text)
	}
	refreshed := d.call("POST", "/auth/refresh", "", object{"refresh_token": in.string("refresh_token")}).want(200, "")
	if refreshed.body["bound"] != true {
		t.Errorf("%s", refreshed.text)
	}
	d.call("POST", "/me/password", access, object{"old": "x", "new": "y"}).want(403, "forbidden")
	d.call("GET", "/accounts", access, nil).want(403, "forbidden")
}

// 关怀模式 is told by GET /me wherever the account signs in, whoever it belongs to.
func TestCareModeIsOfTheAccount(t *testing.T) {
	d := newDoor(t)
	wechat := func() string {
		d.wechat.AddUser("login-qiang", qiangOpenID, qiangPhone, false)
		return d.call("POST", "/auth/wechat", "", object{"code": "login-qiang"}).want(200, "").string("access_token")
	}
	d.account("zhou.min", models.Doctor, storetest.EastDoctor)
	staff := func() string {
		return d.signIn("zhou.min", rightPassword, "").want(200, "").string("access_token")
	}
	for name, signIn := range map[string]func() string{"resident": wechat, "staff": staff} {
		first := signIn()
		if me := d.call("GET", "/me", first, nil).want(200, ""); me.body["care_mode"] != "auto" {
			t.Errorf("%s: %s", name, me.text)
		}
		d.call("POST", "/me/display", first, object{"care_mode": "large"}).want(422, "invalid")
		d.call("POST", "/me/display", first, object{}).want(422, "invalid")
		for _, mode := range []string{"off", "auto", "on"} {
			if set := d.call("POST", "/me/display", first, object{"care_mode": mode}).want(200, ""); set.body["care_mode"] != mode {
				t.Errorf("%s: %s", name, set.text)
			}
		}
		if me := d.call("GET", "/me", signIn(), nil).want(200, ""); me.body["care_mode"] != "on" {
			t.Errorf("%s on another phone: %s", name, me.text)
		}
	}
	d.call("POST", "/me/display", "", object{"care_mode": "on"}).want(401, "unauthenticated")
}

// idOfQiang is the ID number of 张强 in the small district.
var idOfQiang = storetest.IDNumber(calendar.MustDate("1984-07-01"), 100+2*int(storetest.ZhangQiang)+1)

func TestWechatTroubles(t *testing.T) {
	for name, c := range map[string]struct {
		fault  fakewechat.Fault
		status int
		code   string
	}{
		"down":          {fakewechat.Fault{Down: true}, 503, "wechat_unavailable"},
		"busy":          {fakewechat.Fault{Code: -1}, 503, "wechat_unavailable"},
		"no JSON":       {fakewechat.Fault{Body: "<html>"}, 503, "wechat_unavailable"},
		"wrong secret":  {fakewechat.Fault{Code: 40125}, 503, "wechat_unavailable"},
		"too often":     {fakewechat.Fault{Code: 45011}, 429, "wechat_too_frequent"},
		"blocked":       {fakewechat.Fault{Code: 40226}, 403, "wechat_blocked"},
		"code is spent": {fakewechat.Fault{Code: 40163}, 422, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(t)
			d.wechat.Fail(fakewechat.PathLogin, 1, c.fault)
			d.call("POST", "/auth/wechat", "", object{"code": "login-qiang"}).want(c.status, c.code)
		})
	}
	d := newDoor(t, func(c *api.Config) { c.Handlers.Wechat = nil })
	d.call("POST", "/auth/wechat", "", object{"code": "login-qiang"}).want(503, "wechat_unconfigured")
}

// administrator is the access token of an administrator who owes nothing.
func (d *door) administrator() string {
	d.t.Helper()
	ctx := d.t.Context()
	a := d.account("admin", models.SystemAdmin, 0)
	own := d.store.As(models.Actor{Role: models.SystemAdmin, AccountID: a.ID})
	account, err := own.OwnAccount(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := own.ChangePassword(ctx, account.PasswordHash, account.PasswordHash); err != nil {
		d.t.Fatal(err)
	}
	access := d.signIn("admin", rightPassword, "").string("access_token")
	if _, err := own.BeginTOTP(ctx, totp.Secret{Base32: "JBSWY3DPEHPK3PXP"}); err != nil {
		d.t.Fatal(err)
	}
	if err := own.ConfirmTOTP(ctx, "JBSWY3DPEHPK3PXP", 1); err != nil {
		d.t.Fatal(err)
	}
	return access
}

func TestAccountAdministration(t *testing.T) {
	d := newDoor(t)
	admin := d.administrator()
	made := d.call("POST", "/accounts", admin, object{"username": "wu.min", "name": "吴敏", "role": "nurse", "staff_id": storetest.EastNurse.String()}).want(201, "")
	account, _ := made.body["account"].(object)
	id, _ := account["id"].(string)
	pw := made.string("one_time_password")
	nurse := d.signIn("wu.min", pw, "").want(200, "").string("access_token")
	d.call("GET", "/accounts", nurse, nil).want(403, "forbidden")
	d.call("GET", "/bindings", nurse, nil).want(403, "password_change_required")

	d.call("PATCH", "/accounts/"+id, admin, object{"disabled": true}).want(428, "version_required")
	d.call("PATCH", "/accounts/"+id, admin, object{"disabled": true}, "If-Match", `"9"`).want(412, "stale")
	d.call("PATCH", "/accounts/"+id, admin, object{"role": "resident"}, "If-Match", made.header.Get("ETag")).want(422, "invalid")
	d.call("PATCH", "/accounts/"+id, admin, object{"disabled": true}, "If-Match", made.header.Get("ETag")).want(200, "")
	d.call("GET", "/me", nurse, nil).want(401, "unauthenticated")
	d.signIn("wu.min", pw, "").want(403, "account_disabled")

	got := d.call("GET", "/accounts/"+id, admin, nil).want(200, "")
	for _, secret := range []string{"argon2", "hash", "secret"} {
		if strings.Contains(strings.ToLower(got.text), secret) {
			t.Errorf("the account shows its %s", secret)
		}
	}
	d.call("PATCH", "/accounts/"+id, admin, object{"disabled": false}, "If-Match", got.header.Get("ETag")).want(200, "")
	fresh := d.call("POST", "/accounts/"+id+"/reset-password", admin, nil).want(200, "").string("one_time_password")
	d.signIn("wu.min", pw, "").want(401, "bad_credentials")
	d.signIn("wu.min", fresh, "").want(200, "")
	for range models.LockAfter {
		d.signIn("wu.min", pw, "")
	}
	if locked := d.call("GET", "/accounts?username=wu.min", admin, nil).want(200, ""); !strings.Contains(locked.text, `"locked_seconds":1800`) {
		t.Errorf("%s", locked.text)
	}
	d.call("POST", "/accounts/"+id+"/unlock", admin, nil).want(200, "")
	d.signIn("wu.min", fresh, "").want(200, "")
	d.call("POST", "/accounts/"+id+"/reset-totp", admin, nil).want(200, "")
	d.call("GET", "/accounts/999", admin, nil).want(404, "not_found")
}

func TestRateLimits(t *testing.T) {
	d := newDoor(t)
	clock := d.clock.Now
	limited := newDoor(t, func(c *api.Config) {
		c.Limits = &middleware.Limits{
			All:    limit.NewLocal(limit.Rate{PerSecond: 1, Burst: 6}, clock),
			SignIn: limit.NewLocal(limit.Rate{PerSecond: 0.1, Burst: 2}, clock),
		}
	})
	for range 2 {
		limited.signIn("nobody", "x", "").want(401, "bad_credentials")
	}
	r := limited.signIn("nobody", "x", "").want(429, "too_many")
	if r.header.Get("Retry-After") != "10" || r.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%v", r.header)
	}
	for range 3 {
		limited.call("GET", "/me", "", nil).want(401, "unauthenticated")
	}
	limited.call("GET", "/me", "", nil).want(429, "too_many")
	w := httptest.NewRecorder()
	limited.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	if w.Code != http.StatusOK {
		t.Error("a probe was limited")
	}
}

// Only the doors themselves are open, and every identity route names a permission that
// some role holds.
func TestIdentityRoutesAndTheirPermissions(t *testing.T) {
	open := []string{"sign-in-staff", "sign-in-wechat", "refresh-tokens"}
	for _, r := range api.Routes(&handlers.Handlers{}) {
		if strings.HasPrefix(r.Path, "/auth") && (r.Permission == models.Public) != slices.Contains(open, r.ID) {
			t.Errorf("%s needs %s", r.ID, r.Permission)
		}
		held := r.Permission == models.Public
		for _, spec := range models.Roles {
			held = held || spec.Role.Has(r.Permission)
		}
		if !held {
			t.Errorf("nobody may use %s", r.ID)
		}
	}
}

// TestForwardedAddresses: the audit names the peer, whatever the client claims, unless
// the peer is a trusted proxy.
func TestForwardedAddresses(t *testing.T) {
	for proxy, want := range map[string]string{"": "192.0.2.1", "192.0.2.0/24": "198.51.100.7"} {
		d := newDoor(t, func(c *api.Config) {
			if proxy != "" {
				c.Proxies = []string{proxy}
			}
		})
		bearer := d.doctor().string("access_token")
		d.call(http.MethodGet, "/residents/1", bearer, nil, "X-Forwarded-For", "198.51.100.7")
		page, err := d.store.As(storetest.AuditorOne).Audit(t.Context(), store.AuditQuery{Action: "resident.read"}, store.Page{})
		if err != nil || len(page.Items) == 0 || page.Items[0].IP != want {
			t.Errorf("trusted %q: %+v %v", proxy, page.Items, err)
		}
	}
}

// The password entered again is noted on the session; failures count as at sign-in.
func TestReauthentication(t *testing.T) {
	d := newDoor(t)
	in := d.doctor()
	fresh := func() bool {
		t.Helper()
		claims, err := d.signer.Verify(in.string("access_token"), token.Staff, d.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		id, _ := models.ParseID(claims.Account)
		a, err := d.store.Identify(t.Context(), store.Bearer{SessionID: claims.Session, AccountID: id})
		if err != nil {
			t.Fatal(err)
		}
		return a.Reauthenticated(d.clock.Now())
	}
	if !fresh() {
		t.Error("a sign-in just now is no proof")
	}
	for range 4 { // the session stays in use, through new access tokens
		d.clock.Add(8 * time.Minute)
		in = d.call("POST", "/auth/refresh", "", object{"refresh_token": in.string("refresh_token")}).want(200, "")
	}
	access := in.string("access_token")
	if fresh() {
		t.Error("half an hour later it still is one")
	}
	d.call("POST", "/me/reauth", access, object{"password": "Wrong-password-1"}).want(422, "")
	if fresh() {
		t.Error("a wrong password is proof")
	}
	first := d.call("POST", "/me/reauth", access, object{"password": chosenPassword}, "Idempotency-Key", "again").want(200, "")
	if !fresh() {
		t.Error("the right password is no proof")
	}
	if again := d.call("POST", "/me/reauth", access, object{"password": chosenPassword}, "Idempotency-Key", "again").want(200, ""); again.text != first.text {
		t.Errorf("%s, then %s", first.text, again.text)
	}
	for range models.LockAfter {
		d.call("POST", "/me/reauth", access, object{"password": "Wrong-password-1"}).want(422, "")
	}
	d.call("POST", "/me/reauth", access, object{"password": chosenPassword}).want(429, "locked")
	d.signIn("zhou.min", chosenPassword, "").want(429, "locked")
}
