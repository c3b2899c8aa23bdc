package commands_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiayi/commands"
	"jiayi/internal/calendar"
	"jiayi/models/store/storetest"
)

// run runs the program and returns its exit code and what it wrote.
func run(t *testing.T, args ...string) (code int, out, complaints string) {
	t.Helper()
	var o, e bytes.Buffer
	code = commands.Main(t.Context(), args, commands.IO{Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// clean removes the settings of whoever runs the tests.
func clean(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, value, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "JIAYI_") && !strings.HasPrefix(name, "JIAYI_TEST_") {
			t.Setenv(name, value) // restored at the end
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// configure sets the settings of a new installation, and returns its database.
func configure(t *testing.T) {
	t.Helper()
	clean(t)
	code, out, complaints := run(t, "keys")
	if code != 0 {
		t.Fatal(complaints)
	}
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		t.Setenv(name, value)
	}
	t.Setenv("JIAYI_DSN", storetest.Address(t))
	t.Setenv("JIAYI_REGION", "370499")
	t.Setenv("JIAYI_FILES", t.TempDir())
}

func TestHelpOfEveryCommand(t *testing.T) {
	clean(t)
	for _, command := range []string{
		"", "demo", "serve", "migrate", "seed", "import", "tally", "tally verify", "tally rebuild", "audit", "audit verify",
		"job", "job run", "job list", "user", "user add", "user list", "user reset", "user disable", "keys", "openapi", "healthcheck", "version",
	} {
		code, out, complaints := run(t, append(strings.Fields(command), "--help")...)
		if code != 0 || !strings.Contains(out, "Usage: jiayi") || complaints != "" {
			t.Errorf("%s --help: exit %d, %q", command, code, complaints)
		}
	}
}

func TestUsageErrorsNameTheCulprit(t *testing.T) {
	for _, c := range []struct {
		name  string
		env   map[string]string
		args  string
		names []string // what the complaint must name
		not   string   // and what it must not show
	}{
		{"unknown command", nil, "srve", []string{"srve"}, ""},
		{"unknown flag", nil, "demo --sclae 1", []string{"--sclae"}, ""},
		{"bad number", nil, "demo --scale many", []string{"--scale"}, ""},
		{"scale out of range", nil, "demo --scale 2", []string{"--scale"}, ""},
		{"scale zero", nil, "seed --scale 0 --dsn sqlite:x", []string{"--scale"}, ""},
		{"bad address", nil, "demo --addr here", []string{"--addr", "HOST:PORT"}, ""},
		{"bad date", nil, "job run roll-day --on 2026-02-30", []string{"--on"}, ""},
		{"no such job", nil, "job run sweep", []string{"job list"}, ""},
		{"a day to come", nil, "job run roll-day --on 2999-01-01", []string{"--on", "--ahead"}, ""},
		{"a day out of reach", nil, "job run roll-day --ahead --on 2999-01-01", []string{"--on"}, ""},
		{"bad role", nil, "user add zhou --name Zhou --role boss", []string{"--role"}, ""},
		{"bad anchor", nil, "audit verify --anchor head", []string{"--anchor"}, ""},
		{"unknown setting", map[string]string{"JIAYI_LISTNE": ":1", "JIAYI_REGIN": "1"}, "version", []string{"JIAYI_LISTNE", "JIAYI_REGIN"}, ""},
		{"bad pool", map[string]string{"JIAYI_POOL": "-3"}, "migrate", []string{"JIAYI_POOL"}, ""},
		{"bad region", map[string]string{"JIAYI_REGION": "xuecheng"}, "serve", []string{"JIAYI_REGION"}, ""},
		{"bad level", map[string]string{"JIAYI_LOG_LEVEL": "loud"}, "migrate", []string{"--log-level"}, ""},
		{"bad listen", map[string]string{"JIAYI_LISTEN": "8080"}, "serve", []string{"JIAYI_LISTEN"}, ""},
		{"bad template", map[string]string{"JIAYI_WECHAT_TEMPLATES": "birthday=x:y:z"}, "serve", []string{"JIAYI_WECHAT_TEMPLATES", "appointment"}, ""},
		{"bad database", map[string]string{"JIAYI_DSN": "postgres://me:hidden@db"}, "migrate", []string{"JIAYI_DSN"}, "hidden"},
		{"half a mini-program", map[string]string{"JIAYI_WECHAT_APPID": "wx1"}, "serve", []string{"JIAYI_WECHAT_SECRET"}, ""},
		{"half an object store", map[string]string{"JIAYI_S3_URL": "https://s3.example.cn", "JIAYI_S3_SECRET": "hidden"}, "tally verify", []string{"JIAYI_S3_BUCKET", "JIAYI_S3_KEY"}, "hidden"},
		{"bad redis", map[string]string{"JIAYI_REDIS": "http://:hidden@x"}, "serve", []string{"JIAYI_REDIS"}, "hidden"},
		{"bad key", map[string]string{"JIAYI_FIELD_KEYS": "k1:hidden"}, "serve", []string{"JIAYI_FIELD_KEYS"}, "hidden"},
		{"bad token key", map[string]string{"JIAYI_JWT_KEYS": "k1:hidden"}, "serve", []string{"JIAYI_JWT_KEYS"}, "hidden"},
	} {
		t.Run(c.name, func(t *testing.T) {
			configure(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			code, out, complaints := run(t, strings.Fields(c.args)...)
			if code != 2 {
				t.Errorf("exit %d, %s", code, complaints)
			}
			last := complaints[strings.LastIndex(strings.TrimSpace(complaints), "\n")+1:]
			for _, name := range c.names {
				if !strings.Contains(last, name) {
					t.Errorf("%q does not name %s", last, name)
				}
			}
			if c.not != "" && strings.Contains(out+complaints, c.not) {
				t.Errorf("shows the secret: %q", complaints)
			}
		})
	}
}

func TestServeNamesEverythingMissing(t *testing.T) {
	clean(t)
	code, _, complaints := run(t, "serve")
	if code != 2 {
		t.Errorf("exit %d", code)
	}
	for _, name := range []string{"JIAYI_DSN", "JIAYI_REGION", "JIAYI_JWT_KEYS", "JIAYI_FIELD_KEYS", "JIAYI_INDEX_KEY", "JIAYI_AUDIT_KEYS"} {
		if !strings.Contains(complaints, name) {
			t.Errorf("%q does not name %s", complaints, name)
		}
	}
}

func TestSchemaIsChecked(t *testing.T) {
	configure(t)
	for _, command := range []string{"serve", "tally verify", "audit verify", "job list", "user list"} {
		if code, _, complaints := run(t, strings.Fields(command)...); code != 1 || !strings.Contains(complaints, "jiayi migrate") {
			t.Errorf("%s on an empty database: exit %d, %s", command, code, complaints)
		}
	}
	for _, want := range []string{"steps done", "0 steps done"} {
		if code, out, complaints := run(t, "migrate"); code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d, %s%s", code, out, complaints)
		}
	}
}

// One small district for everything that needs one: it takes seconds to make.
func TestDistrict(t *testing.T) {
	configure(t)
	must := func(args ...string) string {
		t.Helper()
		code, out, complaints := run(t, args...)
		if code != 0 {
			t.Fatalf("%s: exit %d\n%s%s", strings.Join(args, " "), code, out, complaints)
		}
		return out
	}
	must("migrate")
	file := filepath.Join(t.TempDir(), "logins.json")
	must("seed", "--scale", "0.001", "--logins", file)
	logins := readLogins(t, file)
	if logins.Logins[0].Password == "" || logins.Logins[0].OTPSecret == "" {
		t.Errorf("%+v", logins.Logins[0])
	}
	if code, _, complaints := run(t, "seed", "--scale", "0.001", "--logins", file); code != 1 || !strings.Contains(complaints, "not empty") {
		t.Errorf("seeding twice: exit %d, %s", code, complaints)
	}

	if out := must("tally", "verify"); !strings.Contains(out, "drift 0, standings out of date 0") {
		t.Error(out)
	}
	must("job", "run", "roll-day")
	tomorrow := calendar.DateOf(time.Now()).AddDays(1).String()
	must("job", "run", "roll-day", "--on", tomorrow, "--ahead")
	must("job", "run", "seal-audit")
	must("job", "run", "check-visits")
	if out := must("job", "list"); strings.Count(out, "\n") != 22 || !strings.Contains(out, tomorrow) {
		t.Error(out)
	}
	out := must("audit", "verify")
	head := strings.TrimSpace(out[strings.Index(out, "head: ")+len("head: "):])
	must("audit", "verify", "--anchor", head)
	if code, _, complaints := run(t, "audit", "verify", "--anchor", "1:00"); code != 1 || !strings.Contains(complaints, "anchor_missing") {
		t.Errorf("exit %d, %s", code, complaints)
	}

	if out := must("user", "add", "zhao", "--name", "赵工", "--role", "system_admin"); !strings.Contains(out, "one-time password") {
		t.Error(out)
	}
	must("user", "disable", "zhao")
	if out := must("user", "list"); !strings.Contains(out, "zhao") || !strings.Contains(out, "disabled") {
		t.Error(out)
	}
	must("user", "disable", "zhao", "--undo")
	must("user", "reset", "zhao", "--totp")
	if code, _, _ := run(t, "user", "reset", "nobody"); code != 1 {
		t.Errorf("a reset of nobody: exit %d", code)
	}

	csv := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(csv, []byte("姓名,身份证号,村居\n甲,123,无此村\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.xlsx")
	if code, out, complaints := run(t, "import", csv, "--errors", bad); code != 1 || !strings.Contains(out, "1 rows: 0 created, 0 updated, 0 unchanged, 1 with errors") {
		t.Errorf("exit %d, %s%s", code, out, complaints)
	}
	if info, err := os.Stat(bad); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

type loginFile struct {
	BaseURL    string `json:"base_url"`
	DistrictID string `json:"district_id"`
	Logins     []struct {
		Role, Username, Password, Name string
		OTPSecret                      string `json:"otp_secret"`
	}
	Wechat []struct {
		Code, Note string
		ResidentID *string `json:"resident_id"`
	}
}

func readLogins(t *testing.T, path string) loginFile {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("%s may be read by others: %v", path, info.Mode())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f loginFile
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDemoSeedsOnceAndReuses(t *testing.T) {
	clean(t)
	dir := filepath.Join(t.TempDir(), "demo")
	args := []string{"demo", "--dir", dir, "--scale", "0.001", "--seed-only"}
	if storetest.OnMySQL() { // else the folder's own SQLite
		args = append(args, "--dsn", storetest.Address(t))
	}
	code, _, complaints := run(t, args...)
	if code != 0 {
		t.Fatal(complaints)
	}
	first := readLogins(t, filepath.Join(dir, "demo.json"))
	roles := map[string]bool{}
	for _, l := range first.Logins {
		roles[l.Role] = true
	}
	for _, role := range []string{"district_manager", "institution_manager", "team_lead", "doctor", "auditor", "system_admin"} {
		if !roles[role] {
			t.Errorf("no login of a %s", role)
		}
	}
	bound, newcomers := 0, 0
	for _, w := range first.Wechat {
		if w.ResidentID != nil {
			bound++
		} else {
			newcomers++
		}
	}
	if bound < 2 || newcomers < 1 || first.BaseURL == "" || first.DistrictID == "" {
		t.Errorf("%+v", first)
	}
	keys, _ := os.ReadFile(filepath.Join(dir, "state.json"))

	code, _, complaints = run(t, args...)
	if code != 0 || strings.Contains(complaints, "residents:") {
		t.Errorf("the second run made data again: exit %d, %s", code, complaints)
	}
	if again, _ := os.ReadFile(filepath.Join(dir, "state.json")); !bytes.Equal(keys, again) {
		t.Error("the second run changed the keys")
	}
}
