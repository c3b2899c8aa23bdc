package commands

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/store"
)

// startServer serves an empty district on a free port. stop asks it to end; ended gets
// its error.
func startServer(t *testing.T) (base string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	s := storeSettings{databaseSettings{DSN: "sqlite:" + filepath.Join(t.TempDir(), "jiayi.db"), Pool: 1}, districtSettings{Region: demoRegion, Files: t.TempDir()}}
	db, err := s.connect()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sec := newSecrets()
	o, err := s.openWith(t.Context(), sec.Seal, nil)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := sec.signer(demoRegion)
	if err != nil {
		t.Fatal(err)
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended = make(chan error, 1)
	go func() {
		err := parts{opened: o, signer: signer, sender: wechatSender{}}.run(ctx, l)
		if closed := o.Close(); err == nil {
			err = closed
		}
		ended <- err
	}()
	t.Cleanup(cancel)
	return "http://" + l.Addr().String(), cancel, ended
}

func request(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// A request under way when the server is told to stop is answered; the next is refused.
func TestStopsGracefully(t *testing.T) {
	base, stop, ended := startServer(t)
	reading := make(chan struct{})
	body, more := io.Pipe()
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: func() { close(reading) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/api/v1/auth/staff", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Expect", "100-continue")
	answered := make(chan int, 1)
	go func() {
		client := http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
		res, err := client.Do(req)
		if err != nil {
			answered <- 0
			return
		}
		_ = res.Body.Close()
		answered <- res.StatusCode
	}()
	<-reading
	stop()
	for refused := false; !refused; { // the listener closes a moment after
		conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		if refused = err != nil; !refused {
			_ = conn.Close()
		}
	}
	select {
	case err := <-ended:
		t.Fatalf("ended before the request was answered: %v", err)
	default:
	}
	_, _ = io.WriteString(more, `{"username":"nobody","password":"Nothing-1234"}`)
	_ = more.Close()
	if code := <-answered; code != http.StatusUnauthorized {
		t.Errorf("the request under way got %d", code)
	}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestProbesAndMetrics(t *testing.T) {
	base, stop, ended := startServer(t)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready"} {
		if code, text := request(t, http.MethodGet, base+path, ""); code != http.StatusOK || text != want {
			t.Errorf("%s: %d %q", path, code, text)
		}
	}
	if err := (healthcheck{Listen: listenAddress(strings.TrimPrefix(base, "http://"))}).Run(t.Context()); err != nil {
		t.Error(err)
	}
	request(t, http.MethodGet, base+"/api/v1/residents/370403195503120017?q=13812341234", "")
	request(t, "SECRET-VERB", base+"/nowhere/13812341234", "")
	_, text := request(t, http.MethodGet, base+"/metrics", "")
	for _, want := range []string{
		`jiayi_http_requests_total{method="GET",route="/readyz",status="200"}`, `jiayi_http_requests_total{method="GET",route="/api/v1/residents/:id",status="401"} 1`,
		`route="none",status="404"`, `jiayi_waiting{what="audit_unsealed"}`, `jiayi_waiting{what="tally_entries"}`, `go_sql_open_connections{db_name="write"}`, "jiayi_http_request_seconds_bucket",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
	for _, personal := range []string{"370403195503120017", "13812341234", "SECRET-VERB"} {
		if strings.Contains(text, personal) {
			t.Errorf("%s is a label", personal)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := (healthcheck{Listen: listenAddress(strings.TrimPrefix(base, "http://"))}).Run(t.Context()); err == nil {
		t.Error("healthy after the end")
	}
}

func TestClockOn(t *testing.T) {
	now := time.Date(2026, 11, 23, 15, 59, 30, 0, time.UTC) // 23:59:30 in Shanghai
	for _, c := range []struct {
		on        string
		ahead, ok bool
	}{{"2026-11-23", false, true}, {"2026-11-22", false, true}, {"2026-11-24", false, false}, {"2026-11-24", true, true}} {
		day := calendar.MustDate(c.on)
		clock, err := clockOn(day, c.ahead, now)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.on, err)
		}
		if want := c.ok && c.on != "2026-11-23"; (clock != nil) != want {
			t.Errorf("%s: clock %v", c.on, clock != nil)
		}
	}
	real := time.Now()
	clock, err := clockOn(calendar.DateOf(real).AddDays(-400), false, real)
	if err != nil || calendar.DateOf(clock()) != calendar.DateOf(time.Now()).AddDays(-400) {
		t.Errorf("%v", err)
	}
}

// --fresh throws away what a demonstration made, and nothing else in its folder.
func TestRemoveDemo(t *testing.T) {
	dir := t.TempDir()
	first, err := loadDemo(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := loadDemo(dir)
	if err != nil || again.FieldKeys != first.FieldKeys || again.JWTKeys != first.JWTKeys {
		t.Errorf("the keys did not stay: %v", err)
	}
	mine := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(mine, []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := removeDemo(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error("removed what was not its own")
	}
	fresh, err := loadDemo(dir)
	if err != nil || fresh.FieldKeys == first.FieldKeys || fresh.Seeded {
		t.Errorf("the old keys are still there: %v", err)
	}
}

func TestProgressInPlainLines(t *testing.T) {
	var w strings.Builder
	p := newProgress(&w)
	for done := range 11 {
		p.tell("residents", done, 10)
	}
	p.tell("contracts", 3, 3)
	p.end()
	if got := w.String(); got != "residents: 10 of 10\ncontracts: 3 of 3\n" {
		t.Errorf("%q", got)
	}
}
