package api_test

import (
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/models"
)

// coveted are fields that the server alone writes.
var coveted = []string{"id", "version", "status", "role", "account_id", "actor", "created_at", "created_by", "approved_by", "permissions", "area_team_id", "slot", "deleted_at", "password_hash", "__proto__"}

// whoMay is somebody who holds the permission.
func whoMay(p models.Permission) string {
	for _, name := range slices.Sorted(maps.Keys(actors)) {
		if actors[name].Can(p) {
			return name
		}
	}
	return ""
}

// A body that brings a field it may not have is refused whole, and the field is named.
func TestMassAssignment(t *testing.T) {
	s := newSite(t)
	tried := 0
	for _, r := range api.Routes(&handlers.Handlers{}) {
		var body map[string]any
		if r.Method == http.MethodGet || json.Unmarshal([]byte(samples[r.ID].body), &body) != nil {
			continue
		}
		known := bodyFields(t, r)
		for _, field := range coveted {
			if _, there := known[field]; there {
				continue
			}
			more := maps.Clone(body)
			more[field] = "1"
			text, err := json.Marshal(more)
			if err != nil {
				t.Fatal(err)
			}
			status, _, answer := s.call(whoMay(r.Permission), r.Method, api.Prefix+samples[r.ID].path, string(text), "If-Match", `"1"`)
			if status != http.StatusUnprocessableEntity || !strings.Contains(answer, `{"field":"`+field+`","code":"unknown_field"`) {
				t.Errorf("%s takes %s: %d %s", r.ID, field, status, answer)
			}
			tried++
		}
	}
	if tried < 1000 {
		t.Errorf("only %d fields were tried", tried)
	}
}

// described is the description of the API, made once.
var described = sync.OnceValue(func() *huma.OpenAPI { return api.Spec("test") })

// bodyFields are the fields that the body of the route has, and whether they take any text.
func bodyFields(t *testing.T, r api.Route) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for name, p := range bodySchema(t, r).Properties {
		out[name] = p.Type == huma.TypeString && len(p.Enum) == 0 && p.Pattern == "" && p.Format == ""
	}
	return out
}

// A parameter that no route has is refused, so that a misspelled filter never widens a list.
func TestUnknownParameters(t *testing.T) {
	s := newSite(t)
	for _, r := range api.Routes(&handlers.Handlers{}) {
		if r.Method != http.MethodGet {
			continue
		}
		path := samples[r.ID].path
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		status, _, body := s.call(whoMay(r.Permission), r.Method, api.Prefix+path+join+"no_such_parameter=1", "")
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, `"unknown_parameter"`) {
			t.Errorf("%s: %d %s", r.ID, status, body)
		}
	}
}

// addressLike are names of fields that a server may be made to fetch.
var addressLike = regexp.MustCompile(`(?i)ur[il]|link$|href|webhook|callback|endpoint|host$|avatar|image$|picture|photo|signature|logo`)

// notFetched are the fields of requests with such names, and what they hold instead.
var notFetched = map[string]string{
	"signature": "a data: URL that is decoded in place", "photo": "the number of a picture",
}

// No field of a request holds an address that the server would fetch: only WeChat and the
// object store are called, at addresses from the settings.
func TestNoFieldIsFetched(t *testing.T) {
	dialled := make(chan string, 10)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				close(dialled)
				return
			}
			dialled <- conn.RemoteAddr().String()
			_ = conn.Close()
		}
	}()
	bait := "http://" + l.Addr().String() + "/bait"
	s := newSite(t)
	text, err := json.Marshal(described())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), `"format":"uri"`) {
		t.Error("a field is described as an address: hold it against this test")
	}
	for _, r := range api.Routes(&handlers.Handlers{}) {
		var body map[string]any
		if r.Method == http.MethodGet || json.Unmarshal([]byte(samples[r.ID].body), &body) != nil {
			continue
		}
		for field, anyText := range bodyFields(t, r) {
			if addressLike.MatchString(field) && notFetched[field] == "" {
				t.Errorf("%s takes %s: is it fetched?", r.ID, field)
			}
			if !anyText {
				continue
			}
			with := maps.Clone(body)
			with[field] = bait
			changed, err := json.Marshal(with)
			if err != nil {
				t.Fatal(err)
			}
			if status, _, answer := s.call(whoMay(r.Permission), r.Method, api.Prefix+samples[r.ID].path, string(changed), "If-Match", `"1"`, "Origin", bait, "Referer", bait, "X-Forwarded-Host", l.Addr().String()); status >= 500 && status != http.StatusServiceUnavailable { // WeChat is not configured here
				t.Errorf("%s with an address in %s: %d %s", r.ID, field, status, answer)
			}
		}
	}
	for name, file := range map[string]string{"a.csv": "姓名,身份证号,村居\n" + bait + ",,东村\n", "a.xlsx": fetchingWorkbook(t, bait)} {
		if status, answer := s.upload("manager", name, file); status >= 500 {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	if _, err := s.store.ResumeImports(t.Context()); err != nil {
		t.Error(err)
	}
	_ = l.Close()
	for from := range dialled {
		t.Errorf("the server called the bait, from %s", from)
	}
}
