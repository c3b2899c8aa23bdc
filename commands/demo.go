package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/limit"
	"jiayi/internal/seal"
	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
	"jiayi/middleware"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/seed"
)

// What exists only in a demonstration: the test region, the password of every account,
// and the mini-program of the WeChat stand-in.
const (
	demoRegion   = "370499"
	demoPassword = "Liuyuan-2026" // #nosec G101 -- known to everyone, in a demonstration only
	demoAppID    = "wx0000000000000000"
	demoSecret   = "demo-app-secret" // #nosec G101 -- of the stand-in
)

// demoPool is the most connections to a database that is not SQLite.
const demoPool = 32

// demo is a synthetic district to look around in.
type demo struct {
	Addr     listenAddress `default:"127.0.0.1:8080" help:"Address to serve on."`
	Dir      string        `default:"demo-data" type:"path" help:"Folder of the database, the keys and demo.json."`
	Scale    float64       `default:"0.02" help:"Share of the 514,130 residents: 1 is the full district. Teams, members and partners are always whole."`
	Seed     uint64        `default:"1" help:"Another number makes other people."`
	DSN      string        `name:"dsn" placeholder:"ADDRESS" help:"Another database than the SQLite of the folder, empty at the first run: mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME."`
	SeedOnly bool          `help:"Make the data and stop."`
	Fresh    bool          `help:"Throw away what an earlier run made."`
	logging
}

// Help is the long help text.
func (demo) Help() string {
	return "Everything stays in one folder and on this machine; WeChat is a stand-in. A second run reuses the data. The logins are printed, and written to DIR/demo.json."
}

// Run makes or reuses the data, and serves it.
func (c demo) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	if !(c.Scale > 0 && c.Scale <= 1) {
		return usageError{errors.New("--scale must be above 0 and at most 1")}
	}
	if c.Fresh {
		if err := removeDemo(c.Dir); err != nil {
			return err
		}
	}
	state, err := loadDemo(c.Dir)
	if err != nil {
		return err
	}
	if state.Scale != 0 && state.Scale != c.Scale {
		_, _ = fmt.Fprintf(std.Err, "the data in %s were made at scale %g; --fresh makes new ones\n", c.Dir, state.Scale)
	}
	o, err := c.open(ctx, state.keys())
	if err != nil {
		return err
	}
	err = c.prepare(ctx, std, o.store, state)
	if err == nil && !c.SeedOnly {
		err = c.serve(ctx, std, o, state)
	}
	return errors.Join(err, o.Close())
}

// open opens the demonstration's database, which is migrated first.
func (c demo) open(ctx context.Context, keys seal.Settings) (*opened, error) {
	s := demoStore(c.Dir)
	if c.DSN != "" {
		s.DSN, s.Pool = c.DSN, demoPool
	}
	db, err := s.connect()
	if err != nil {
		return nil, err
	}
	_, err = store.Migrate(ctx, db)
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return s.openWith(ctx, keys, nil)
}

// prepare seeds the district unless an earlier run did.
func (c demo) prepare(ctx context.Context, std IO, s *store.Store, state *demoState) error {
	if state.Seeded {
		return state.write("http://" + string(c.Addr))
	}
	p := newProgress(std.Err)
	began := time.Now()
	result, err := seedDistrict(ctx, s, c.Scale, c.Seed, demoPassword, state.totp, p)
	if errors.Is(err, seed.ErrNotEmpty) {
		return fmt.Errorf("the seeding of %s was interrupted: run again with --fresh", c.Dir)
	}
	if err != nil {
		return err
	}
	state.Seeded, state.Scale, state.Result = true, c.Scale, result
	_, _ = fmt.Fprintf(std.Err, "%d residents, %d of them signed, in %.1f s\n", result.Residents, result.Signed, time.Since(began).Seconds())
	return state.write("http://" + string(c.Addr))
}

// serve serves the demonstration with its WeChat stand-in until ctx ends.
func (c demo) serve(ctx context.Context, std IO, o *opened, state *demoState) error {
	fake := newFakeWechat(state)
	fakeURL, stopFake, err := startFakeWechat(ctx, fake)
	if err != nil {
		return err
	}
	defer stopFake()
	p := parts{opened: o, limits: demoLimits(), quiet: c.LogLevel != "debug", client: demoClient, pocket: fake.Pocket(wechatLabels(state))}
	if p.wechat, err = wechat.New(wechat.Config{AppID: demoAppID, AppSecret: demoSecret, BaseURL: fakeURL}); err != nil {
		return err
	}
	templates := demoTemplates()
	p.sender, p.templateIDs = wechatSender{p.wechat, templates}, templates.ids()
	sec := secrets{JWT: state.JWTKeys}
	if p.signer, err = sec.signer(demoRegion); err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", string(c.Addr))
	if err != nil {
		return fmt.Errorf("%w; choose another address with --addr", err)
	}
	state.baseURL = "http://" + l.Addr().String()
	p.checkInURL = state.baseURL + "/m/#/resident/check-in/check-in?scene="
	p.verifyURL = state.baseURL + "/verify"
	if err := errors.Join(state.write(state.baseURL), state.print(std.Out, time.Now())); err != nil {
		return errors.Join(err, l.Close())
	}
	return p.run(ctx, l)
}

// demoLimits stop a runaway loop and nobody else.
func demoLimits() *middleware.Limits {
	r := limit.Rate{PerSecond: 2000, Burst: 10000}
	return &middleware.Limits{All: limit.NewLocal(r, nil), SignIn: limit.NewLocal(r, nil)}
}

// demoClient is what phones are told: how to get a code where there is no WeChat.
var demoClient = handlers.ClientSettings{Demo: true, WechatLoginURL: api.PocketPath, ServicePhone: "0632-4400000", IDCardCamera: true}

// wechatLabels says who each user of the stand-in is.
func wechatLabels(state *demoState) map[string]string {
	labels := map[string]string{}
	for _, u := range state.Result.Users {
		labels[u.OpenID] = wechatLabel[u.Kind]
	}
	return labels
}

// newFakeWechat is the stand-in with the users of the demonstration.
func newFakeWechat(state *demoState) *fakewechat.Server {
	fake := fakewechat.New(fakewechat.Options{AppID: demoAppID, AppSecret: demoSecret})
	for _, t := range demoTemplates() {
		fake.AddTemplate(t.id, t.text, t.number)
		for _, u := range state.Result.Users { // how many may be sent is for the server to know
			fake.Subscribe(u.OpenID, t.id, math.MaxInt32)
		}
	}
	for _, u := range state.Result.Users {
		fake.AddUser(u.OpenID, u.OpenID, u.Phone, true)
		fake.AddPhoneCode(u.OpenID+phoneCodeSuffix, u.OpenID, true)
	}
	if c := state.Result.Card; c.IDNumber != "" {
		fake.ShowCard(fakewechat.Card{Name: c.Name, Number: c.IDNumber})
	}
	return fake
}

// startFakeWechat runs the stand-in on a free port of this machine.
func startFakeWechat(ctx context.Context, fake http.Handler) (address string, stop func(), err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{Handler: fake, ReadHeaderTimeout: headerTimeout}
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("the WeChat stand-in stopped", "error", err)
		}
	}()
	return "http://" + l.Addr().String(), func() { _ = srv.Close() }, nil
}

// demoTemplates are the message templates of the stand-in.
func demoTemplates() wechatTemplates {
	out := wechatTemplates{}
	for _, row := range models.Subscriptions {
		out[row.Code] = wechatTemplate{"demo-" + string(row.Code), "thing1", "character_string2"}
	}
	return out
}

// phoneCodeSuffix makes the phone code of a user out of the log-in code.
const phoneCodeSuffix = "-phone"

// removeDemo removes what a demonstration made, and nothing else that lies in the folder.
func removeDemo(dir string) error {
	for _, name := range []string{"jiayi.db", "jiayi.db-wal", "jiayi.db-shm", demoStateFile, demoLoginsFile, "files"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}
