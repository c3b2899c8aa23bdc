package commands_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiayi/commands"
	"jiayi/internal/calendar"
	"jiayi/internal/totp"
	"jiayi/models/codes"
)

// lockedBuffer may be written by several requests at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.b.Bytes())
}

// fullRun is a demonstration with everything that it writes.
type fullRun struct {
	t       *testing.T
	dir     string
	base    string
	log     *lockedBuffer
	refused bytes.Buffer // every answer of 400 and above
	answers map[int]int
	tokens  map[string]string
	stop    func()
}

func newFullRun(t *testing.T) *fullRun {
	t.Helper()
	clean(t)
	r := &fullRun{t: t, dir: filepath.Join(t.TempDir(), "demo"), log: &lockedBuffer{}, answers: map[int]int{}, tokens: map[string]string{}}
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := commands.Main(ctx, []string{"demo", "--dir", r.dir, "--addr", "127.0.0.1:0", "--scale", "0.001", "--log-level", "debug"}, commands.IO{Out: in, Err: r.log})
		_ = in.Close()
		ended <- code
	}()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("ended with %d", code)
		}
	})
	t.Cleanup(r.stop)
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "API: http") {
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	var demo struct {
		BaseURL string `json:"base_url"`
		Logins  []struct{ Username, Password, OTPSecret string }
		Wechat  []struct{ Code string }
	}
	text, err := os.ReadFile(filepath.Join(r.dir, "demo.json"))
	if err != nil || json.Unmarshal(bytes.ReplaceAll(text, []byte("otp_secret"), []byte("OTPSecret")), &demo) != nil {
		t.Fatal(err)
	}
	r.base = demo.BaseURL
	for _, l := range demo.Logins {
		body := map[string]string{"username": l.Username, "password": l.Password}
		if l.OTPSecret != "" {
			if body["otp"], err = totp.Code(l.OTPSecret, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		r.signIn(l.Username, "/api/v1/auth/staff", body)
	}
	for _, w := range demo.Wechat {
		r.signIn(w.Code, "/api/v1/auth/wechat", map[string]string{"code": w.Code})
	}
	return r
}

func (r *fullRun) signIn(name, path string, body any) {
	r.t.Helper()
	_, text := r.send("", http.MethodPost, path, body)
	var out struct {
		Access string `json:"access_token"`
	}
	if json.Unmarshal(text, &out) != nil || out.Access == "" {
		r.t.Fatalf("%s cannot sign in: %s", name, text)
	}
	r.tokens[name] = out.Access
}

// send sends one request; a []byte is a body as it is, of the kind that follows it.
func (r *fullRun) send(as, method, path string, body any, headers ...string) (int, []byte) {
	r.t.Helper()
	raw, isRaw := body.([]byte)
	if !isRaw && body != nil {
		raw, _ = json.Marshal(body)
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.base+path, bytes.NewReader(raw))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+r.tokens[as])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		r.t.Fatal(err)
	}
	r.answers[res.StatusCode]++
	if res.StatusCode >= 400 {
		r.refused.Write(text)
		fmt.Fprintf(&r.refused, "%v\n", res.Header)
	}
	return res.StatusCode, text
}

// reveal reads the number, telephone and address of as many residents as one may a day.
func (r *fullRun) reveal(as string, secrets map[string]string) {
	r.t.Helper()
	_, text := r.send(as, http.MethodGet, "/api/v1/residents?limit=40", nil)
	var page struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(text, &page); err != nil {
		r.t.Fatal(err)
	}
	for _, it := range page.Items {
		status, text := r.send(as, http.MethodPost, "/api/v1/residents/"+it.ID+"/reveal", map[string]string{"reason": "核对信息"}, "Idempotency-Key", as+it.ID)
		var clear map[string]string
		if status != http.StatusOK || json.Unmarshal(text, &clear) != nil {
			r.t.Fatalf("%d %s", status, text)
		}
		for _, field := range []string{"id_number", "phone", "address"} {
			if v := clear[field]; len(v) >= 11 { // shorter ones are no more than a village
				secrets[v] = field
			}
		}
	}
}

// walk reads everything that has no id in its path, as everybody.
func (r *fullRun) walk() {
	_, text := r.send("", http.MethodGet, "/openapi.json", nil)
	var spec struct {
		Paths map[string]map[string]any
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		r.t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(spec.Paths)) {
		if spec.Paths[path]["get"] == nil || strings.Contains(path, "{") {
			continue
		}
		for as := range r.tokens {
			r.send(as, http.MethodGet, path, nil)
		}
	}
}

// misuse puts a secret wherever a request has room for it.
func (r *fullRun) misuse(as, secret string) {
	q := url.QueryEscape(secret)
	p := url.PathEscape(secret)
	for _, c := range []struct {
		method, path string
		body         any
		headers      []string
	}{
		{"GET", "/api/v1/residents?q=" + q, nil, nil}, {"GET", "/api/v1/residents?phone=" + q, nil, nil}, {"GET", "/api/v1/residents?cursor=" + q, nil, nil}, {"GET", "/api/v1/residents?" + q + "=1", nil, nil},
		{"GET", "/api/v1/residents/" + p, nil, nil}, {"GET", "/api/v1/" + p, nil, nil}, {"GET", "/" + p, nil, nil}, {"GET", "/api/v1/programs/" + p + "/form", nil, nil}, {"GET", "/api/v1/agreements/" + p + "/verify?hash=" + q, nil, nil},
		{"POST", "/api/v1/residents/" + p + "/reveal", map[string]string{"reason": secret}, []string{"Idempotency-Key", "k-" + secret}}, {"GET", "/api/v1/audit?actor=" + q, nil, nil},
		{"POST", "/api/v1/residents", map[string]any{"name": secret, "id_number": secret + "9", "phone": secret + "x", "village_id": "1"}, nil}, {"POST", "/api/v1/residents", map[string]any{secret: secret}, nil},
		{"POST", "/api/v1/residents", []byte(`{"name":"` + secret), nil}, {"POST", "/api/v1/residents", []byte(`{"name":` + secret + `}`), nil}, {"PATCH", "/api/v1/residents/1", map[string]any{"phone": secret + "0"}, []string{"If-Match", `"` + secret + `"`}},
		{"POST", "/api/v1/auth/staff", map[string]any{"username": secret, "password": secret}, nil}, {"POST", "/api/v1/auth/refresh", map[string]any{"refresh_token": secret}, nil}, {"POST", "/api/v1/auth/wechat", map[string]any{"code": secret}, nil},
		{"GET", "/api/v1/me", nil, []string{"X-Request-Id", secret, "Authorization", "Bearer " + url.QueryEscape(secret)}},
		{"POST", "/api/v1/clinical/assess", map[string]any{"program": secret, "form": map[string]any{secret: secret, "sbp": secret}}, nil}, {"POST", "/api/v1/followups", map[string]any{"resident_id": secret, "forms": map[string]any{secret: map[string]any{}}}, nil},
		{"POST", "/api/v1/me/binding", map[string]any{"name": secret, "id_number": secret}, nil}, {"POST", "/api/v1/complaints", map[string]any{"channel": "visit", "category": "fees", "content": "收费问题", "name": "赵大", "phone": secret}, nil},
	} {
		if header := slices.Index(c.headers, "X-Request-Id"); header >= 0 && !isASCII(secret) {
			continue // no client sends such a header
		}
		if !isASCII(strings.Join(c.headers, "")) {
			c.headers = nil
		}
		if status, text := r.send(as, c.method, c.path, c.body, c.headers...); status >= 500 && status != http.StatusServiceUnavailable {
			r.t.Errorf("%s: %d %s", c.method, status, text)
		}
	}
}

func isASCII(s string) bool { return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7e }) }

// importFile sends a county file in and waits until it is loaded: everything then lies in the
// database, and nothing in the folder of files.
func (r *fullRun) importFile(as, content string) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "名单.csv")
	if err == nil {
		_, err = io.WriteString(part, content)
	}
	if err != nil || w.Close() != nil {
		r.t.Fatal(err)
	}
	status, text := r.send(as, http.MethodPost, "/api/v1/imports", b.Bytes(), "Content-Type", w.FormDataContentType())
	var imp struct{ ID, Status string }
	if status != http.StatusCreated || json.Unmarshal(text, &imp) != nil {
		r.t.Fatalf("%d %s", status, text)
	}
	for imp.Status == "queued" || imp.Status == "running" {
		_, text = r.send(as, http.MethodGet, "/api/v1/imports/"+imp.ID, nil)
		if err := json.Unmarshal(text, &imp); err != nil {
			r.t.Fatal(err)
		}
	}
	if imp.Status != "done" {
		r.t.Fatalf("the load is %s", imp.Status)
	}
}

// entered is what the run itself enters of a person.
type entered struct{ number, phone, address string }

// TestNothingPersonalInClear is a day of a district: people are entered, loaded, revealed,
// searched and mistyped. Afterwards no ID number, telephone or address stands in the log, the
// metrics, a refusal, or a byte of the files of the database and the uploads.
func TestNothingPersonalInClear(t *testing.T) {
	r := newFullRun(t)
	secrets := map[string]string{}
	for _, as := range []string{"lead001", "inst01", "district"} {
		r.reveal(as, secrets)
	}
	if len(secrets) < 60 {
		t.Fatalf("only %d secrets are known", len(secrets))
	}
	revealed := slices.Sorted(maps.Keys(secrets))
	one := entered{codes.ComposeIDNumber("370499", calendar.MustDate("1971-02-03"), 991), "19955501234", "石榴花巷七十七号院西单元"}
	two := entered{codes.ComposeIDNumber("370499", calendar.MustDate("1972-02-03"), 992), "19955505678", "石榴花巷八十八号院东单元"}
	for _, p := range []entered{one, two} {
		secrets[p.number], secrets[p.phone], secrets[p.address] = "id_number", "phone", "address"
	}
	_, text := r.send("lead001", http.MethodGet, "/api/v1/villages?team_id=1&limit=1", nil)
	var villages struct {
		Items []struct{ ID, Name, Town string }
	}
	if err := json.Unmarshal(text, &villages); err != nil || len(villages.Items) == 0 {
		t.Fatalf("%s", text)
	}
	newcomer := map[string]any{"name": "赵新民", "id_number": one.number, "phone": one.phone, "address": one.address, "village_id": villages.Items[0].ID}
	if status, text := r.send("lead001", http.MethodPost, "/api/v1/residents", newcomer, "Idempotency-Key", "newcomer"); status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	r.send("lead001", http.MethodPost, "/api/v1/residents", newcomer, "Idempotency-Key", "newcomer") // repeated
	r.send("lead001", http.MethodPost, "/api/v1/residents", newcomer)                                // once too often
	head := "姓名,身份证号,联系电话,现住址,村居\n"
	row := strings.Join([]string{"钱新民", two.number, two.phone, two.address, villages.Items[0].Name}, ",") + "\n"
	bad := strings.Join([]string{"孙新民", two.number[:17] + "?", two.phone + "9", two.address, villages.Items[0].Name}, ",") + "\n"
	r.importFile("inst01", head+row+bad)
	for _, secret := range []string{one.number, one.phone, one.address, revealed[0], revealed[len(revealed)-1]} {
		for _, as := range []string{"", "lead001", "district", "auditor", "admin", "demo-elder"} {
			r.misuse(as, secret)
		}
	}
	r.walk()
	if r.answers[200] < 300 || r.answers[422] < 50 || r.answers[404] < 50 || r.answers[401] < 20 {
		t.Errorf("the run is not full: %v", r.answers)
	}
	_, metrics := r.send("", http.MethodGet, "/metrics", nil)
	r.stop()

	places := map[string][]byte{"the log": r.log.bytes(), "the metrics": metrics, "a refusal": r.refused.Bytes()}
	err := filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "state.json" { // what the stand-in for WeChat knows: no server has it
			return err
		}
		content, err := os.ReadFile(path)
		places[strings.TrimPrefix(path, r.dir)] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(places["/jiayi.db"]) < 1<<20 || !bytes.Contains(places["the log"], []byte(`"msg":"request"`)) || !bytes.Contains(metrics, []byte("jiayi_http_requests_total")) || r.refused.Len() < 10_000 {
		t.Error("something was not captured, so the test proves nothing")
	}
	if !bytes.Contains(places["/jiayi.db"], []byte("赵新民")) {
		t.Error("the newcomer's name is not found in the database, though names are kept in clear: the search does not work")
	}
	for place, content := range places {
		for secret, field := range secrets {
			if bytes.Contains(content, []byte(secret)) || bytes.Contains(content, []byte(url.QueryEscape(secret))) || hasBase64(content, secret) {
				t.Errorf("%s holds the %s %.4s… in clear", place, field, secret)
			}
		}
	}
}

// hasBase64 finds a text that was encoded with others around it, wherever it began.
func hasBase64(content []byte, secret string) bool {
	for lead := range 3 {
		code := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", lead) + secret))
		whole := code[(lead*8+5)/6 : (lead+len(secret))*8/6]
		if bytes.Contains(content, []byte(whole)) {
			return true
		}
	}
	return false
}

func TestHasBase64(t *testing.T) {
	for lead := range 7 {
		for tail := range 4 {
			content := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("a", lead) + "19955501234" + strings.Repeat("b", tail)))
			if !hasBase64([]byte(content), "19955501234") || hasBase64([]byte(content), "19955509876") {
				t.Errorf("%d before and %d behind", lead, tail)
			}
		}
	}
}
