package api_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/password"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// actors are who a scenario can act as; the token is the name.
var actors = map[string]models.Actor{
	"manager": storetest.Manager, "liuyuan": storetest.LiuyuanBoss, "east": storetest.EastLead, "nurse": storetest.EastNurseOne, "west": storetest.WestLead,
	"shiliu": storetest.ShiliuLead, "auditor": storetest.AuditorOne, "admin": storetest.AdminOne, "qiang": storetest.Qiang, "mei": storetest.Mei, "dashan": storetest.Dashan,
	"officer": storetest.Officer, "hospital": storetest.AtHospital, "centre": storetest.CentreOne,
}

func identifyByName(_ context.Context, token string) (models.Actor, error) {
	if a, ok := actors[token]; ok {
		return a, nil
	}
	return models.Actor{}, models.ErrUnauthenticated
}

// checkInURL is the page that QR codes of events lead to.
const checkInURL = "https://jiayi.example.cn/check-in?scene="

// site is the server over the small district.
type site struct {
	t        *testing.T
	handler  http.Handler
	handlers *handlers.Handlers
	db       *store.Database
	store    *store.Store
	clock    *storetest.Clock
}

// district is the small district with the accounts of its actors.
var district = storetest.Template{Build: func(t testing.TB) *store.Database {
	t.Helper()
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	storetest.Logins(t, s)
	return db
}}

func newSite(t *testing.T, edit ...func(*handlers.Handlers)) *site {
	t.Helper()
	h := &handlers.Handlers{Tokens: newSigner(t, signingKey, issuer), Passwords: password.NewHasher(2), Issuer: "家医", CheckInURL: checkInURL, VerifyURL: "https://jiayi.example.cn/verify"}
	for _, e := range edit {
		e(h)
	}
	s := &site{handler: api.New(api.Config{Version: "test", Handlers: h, Identify: identifyByName, Quiet: true}), handlers: h}
	s.use(t, district.Database(t))
	return s
}

// use puts the site on a database, until the test ends: the server stays, and keeps nothing
// of the one before.
func (s *site) use(t *testing.T, db *store.Database) {
	t.Helper()
	s.t, s.db = t, db
	s.store, s.clock = storetest.OpenOn(t, db, store.Options{})
	s.handlers.Store = s.store
}

// call sends one request and returns status, headers and body.
func (s *site) call(as, method, path, body string, headers ...string) (int, http.Header, string) {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if as != "" {
		r.Header.Set("Authorization", "Bearer "+as)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	asDescribed(s.t, r, w)
	text, _ := io.ReadAll(w.Result().Body)
	return w.Code, w.Header(), string(text)
}

// scenario is one request and what must be true of its answer.
type scenario struct {
	name    string
	as      string
	method  string // "" for GET
	url     string // below the API's prefix
	body    string
	headers []string
	status  int
	want    []string // in the body
	not     []string // not in the body
}

// run plays the scenarios in order on one site.
func (s *site) run(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, c := range scenarios {
		t.Run(c.name, func(t *testing.T) {
			method := c.method
			if method == "" {
				method = http.MethodGet
			}
			status, header, body := s.call(c.as, method, api.Prefix+c.url, c.body, c.headers...)
			if status != c.status {
				t.Fatalf("status %d, want %d: %s", status, c.status, body)
			}
			for _, w := range c.want {
				if !strings.Contains(body, w) {
					t.Errorf("%q is not in %s", w, body)
				}
			}
			for _, n := range c.not {
				if strings.Contains(body, n) {
					t.Errorf("%q is in %s", n, body)
				}
			}
			if status >= 400 && header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("a refusal is %s", header.Get("Content-Type"))
			}
		})
	}
}
