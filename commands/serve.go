package commands

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime/debug"

	"github.com/redis/go-redis/v9"

	"jiayi/handlers"
	"jiayi/internal/limit"
	"jiayi/middleware"
)

// serve is the server of a district.
type serve struct {
	Listen     listenAddress `env:"JIAYI_LISTEN" default:"127.0.0.1:8080" help:"Address to serve on." group:"Server:"`
	Proxies    []network     `env:"JIAYI_TRUSTED_PROXIES" placeholder:"CIDR,…" help:"Addresses of the load balancers whose X-Forwarded-For is believed." group:"Server:"`
	CheckInURL webAddress    `name:"check-in-url" env:"JIAYI_CHECK_IN_URL" placeholder:"URL" help:"Page of the mini-program or H5 for checking in to an event; \"?scene=\" and the code are added." group:"Server:"`
	VerifyURL  webAddress    `name:"verify-url" env:"JIAYI_VERIFY_URL" placeholder:"URL" help:"Page that verifies a printed agreement, usually the workbench's /verify; \"?no=\" and the hash are added. The QR code on the paper leads there." group:"Server:"`
	Phone      string        `name:"service-phone" env:"JIAYI_SERVICE_PHONE" placeholder:"NUMBER" help:"Telephone of the contracting desk, which every page of the mini-program offers to call." group:"Server:"`
	limitSettings
	storeSettings
	wechatSettings
	logging
}

// Help is the long help text.
func (serve) Help() string {
	return `Needs a migrated database and its own secrets, from the environment: JIAYI_JWT_KEYS, JIAYI_FIELD_KEYS, JIAYI_INDEX_KEY, JIAYI_AUDIT_KEYS ("jiayi keys" makes new ones), and JIAYI_WECHAT_SECRET beside JIAYI_WECHAT_APPID.

SIGTERM stops it gracefully: requests under way are finished, jobs stop, and the audit is written out.`
}

// servingGCPercent lets the heap grow to three and a half times what is alive between
// collections: with the usual 100 a tenth of a busy server's time goes to them, and with more
// than this it takes over 150 MB.
const servingGCPercent = 250

// Run serves until it is told to stop.
func (c serve) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(servingGCPercent))
	}
	var m missing
	sec := secrets{Seal: c.need(&m), JWT: m.secret(envJWTKeys)}
	if err := m.err("serve"); err != nil {
		return err
	}
	p := parts{proxies: c.Proxies, templateIDs: c.WechatTemplates.ids(), client: handlers.ClientSettings{ServicePhone: c.Phone, IDCardCamera: c.WechatIDCard && c.WechatAppid != ""}}
	if c.CheckInURL != "" {
		p.checkInURL = string(c.CheckInURL) + "?scene="
	}
	p.verifyURL = string(c.VerifyURL)
	var err error
	if p.signer, err = sec.signer(c.Region); err != nil {
		return err
	}
	if p.wechat, p.sender, err = c.client(); err != nil {
		return err
	}
	var closeLimits func() error
	if p.limits, closeLimits, err = c.limits(); err != nil {
		return err
	}
	if p.opened, err = c.openWith(ctx, sec.Seal, nil); err != nil {
		return errors.Join(err, closeLimits())
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", string(c.Listen))
	if err == nil {
		err = p.run(ctx, l)
	}
	return errors.Join(err, p.Close(), closeLimits())
}

// limitSettings are how often one client address may ask.
type limitSettings struct {
	Redis       string `env:"JIAYI_REDIS" placeholder:"URL" help:"Redis that replicas share their rate limits in: redis://[:PASSWORD@]HOST:PORT/DB." group:"Server:"`
	RateLimit   count  `env:"JIAYI_RATE_LIMIT" default:"200" help:"Requests a second from one client address, in the long run." group:"Server:"`
	SignInLimit count  `env:"JIAYI_SIGN_IN_LIMIT" default:"10" help:"Sign-ins a second from one client address, in the long run." group:"Server:"`
}

// burst is how many seconds' worth of requests may come at once.
const burst = 5

func (c limitSettings) limits() (*middleware.Limits, func() error, error) {
	all := limit.Rate{PerSecond: float64(c.RateLimit), Burst: int(c.RateLimit) * burst}
	signIn := limit.Rate{PerSecond: float64(c.SignInLimit), Burst: int(c.SignInLimit) * burst}
	if c.Redis == "" {
		return &middleware.Limits{All: limit.NewLocal(all, nil), SignIn: limit.NewLocal(signIn, nil)}, func() error { return nil }, nil
	}
	opt, err := redis.ParseURL(c.Redis)
	if err != nil { // its text may quote the password
		return nil, nil, usageError{errors.New("JIAYI_REDIS (--redis): not a redis:// address")}
	}
	client := redis.NewClient(opt)
	return &middleware.Limits{All: limit.NewRedis(client, "jiayi:all", all, nil), SignIn: limit.NewRedis(client, "jiayi:sign-in", signIn, nil)}, client.Close, nil
}
