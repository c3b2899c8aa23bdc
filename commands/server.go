package commands

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/jobs"
	"jiayi/internal/password"
	"jiayi/internal/seal"
	"jiayi/internal/token"
	"jiayi/internal/wechat"
	"jiayi/middleware"
	"jiayi/miniprogram"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/web"
)

// bounds of one connection, so that a slow or greedy client holds nothing for long.
type bounds struct {
	header, read, write, idle time.Duration
	headerBytes               int
}

// usualBounds: writing takes the longest, as a spreadsheet goes out over a village's line;
// an import comes in over the same.
var usualBounds = bounds{header: headerTimeout, read: 5 * time.Minute, write: 10 * time.Minute, idle: 2 * time.Minute, headerBytes: 32 << 10}

const headerTimeout = 10 * time.Second

// server answers with the handler within the bounds.
func (b bounds) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: b.header, ReadTimeout: b.read, WriteTimeout: b.write, IdleTimeout: b.idle, MaxHeaderBytes: b.headerBytes,
		ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
}

// Bounds of a graceful stop: requests that are still running, then jobs.
const (
	drainTimeout = 20 * time.Second
	jobsTimeout  = 20 * time.Second
)

// parts are what a server is put together from.
type parts struct {
	*opened
	signer *token.Signer
	wechat *wechat.Client // nil for none
	sender store.Sender
	// templateIDs are the platform's message templates by family of notices.
	templateIDs map[models.Subscription]string
	limits      *middleware.Limits // nil for none
	quiet       bool               // no line per request
	// checkInURL is the page for checking in to an event, up to its scene.
	checkInURL string
	// verifyURL is the page that verifies an agreement.
	verifyURL string
	client    handlers.ClientSettings
	pocket    http.Handler // the phone of the WeChat stand-in, nil for none
	// proxies are the load balancers whose word on a client's address is believed.
	proxies []network
}

// issuerOf names the installation in its tokens, so that two districts that share a key
// by mistake stay apart.
func issuerOf(r region) string { return "jiayi-" + string(r) }

// otpIssuer is the first line in an authenticator app.
const otpIssuer = "家医 Jiayi"

// holder names this process in its leases.
func holder() string {
	host, _ := os.Hostname() // an empty name is still unique by what follows
	if len(host) > 40 {
		host = host[:40]
	}
	_, mark := token.NewOpaque()
	return host + "/" + mark[:16]
}

// run serves on the listener and runs the jobs until ctx ends; then it stops gracefully:
// it takes no new request, finishes those under way, and stops the jobs. Closing the
// store is the caller's.
func (p parts) run(ctx context.Context, l net.Listener) error {
	m, err := newMetrics(p.opened)
	if err != nil {
		return err
	}
	srv := usualBounds.server(p.handler(m))
	runner := jobs.New(p.store, holder(), m.jobFinished)
	runner.Start(allJobs(worker{p.store, p.sender}))
	stopImports := p.loadFiles()
	slog.InfoContext(ctx, "serving", "address", l.Addr().String())
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		slog.Info("stopping")
		err = drain(srv)
		if stopped := <-served; !errors.Is(stopped, http.ErrServerClosed) {
			err = errors.Join(err, stopped)
		}
	}
	stopping, cancel := context.WithTimeout(context.Background(), jobsTimeout)
	defer cancel()
	return errors.Join(err, runner.Stop(stopping), stopImports(stopping))
}

// loadFiles loads the spreadsheets that are sent in, in the background. The function
// it returns stops that; a load under way goes on at the next start.
func (p parts) loadFiles() (stop func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		p.store.RunImports(ctx)
		close(done)
	}()
	return func(stopping context.Context) error {
		cancel()
		select {
		case <-done:
			return nil
		case <-stopping.Done():
			return stopping.Err()
		}
	}
}

// drain lets the requests under way finish, and cuts off those that take too long.
func drain(srv *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	err := srv.Shutdown(ctx)
	if err != nil {
		return errors.Join(err, srv.Close())
	}
	return nil
}

func (p parts) handler(m *metrics) http.Handler {
	h := &handlers.Handlers{Store: p.store, Tokens: p.signer, Passwords: password.NewHasher(runtime.GOMAXPROCS(0)), Issuer: otpIssuer, CheckInURL: p.checkInURL, VerifyURL: p.verifyURL, TemplateIDs: p.templateIDs, Client: p.client}
	if p.wechat != nil { // a nil *Client in the interface would not be nil
		h.Wechat = p.wechat
	}
	return api.New(api.Config{
		Version: programVersion(), Handlers: h, Identify: h.Identify, Limits: p.limits, Quiet: p.quiet, Proxies: texts(p.proxies),
		Metrics: promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}), Measure: middleware.Measure(m.registry),
		Web: web.Dist(), Phone: miniprogram.Dist(), Pocket: p.pocket,
	})
}

// secrets are those a server keeps.
type secrets struct {
	Seal seal.Settings
	JWT  string
}

func (s secrets) signer(r region) (*token.Signer, error) {
	keys, err := token.ParseKeys(envJWTKeys, s.JWT)
	if err != nil {
		return nil, usageError{err}
	}
	return token.NewSigner(keys, issuerOf(r), token.DefaultLifetimes)
}
