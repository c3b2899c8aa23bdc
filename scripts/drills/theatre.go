package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"jiayi/internal/wechat/fakewechat"
	"jiayi/models/store"
	"jiayi/scripts/client"
)

// theatre is where the drills play: a database, a proxy before it, Redis, a WeChat
// stand-in, and a server of a seeded district.
type theatre struct {
	settings
	env      []string // settings and secrets of the server
	db       *mariadb
	line     *proxy
	linePort int
	redis    *redis
	wechat   *fakewechat.Server
	server   *replica
	logins   client.Logins
	disk     string // the database's own, "" where none could be had
	closers  []func()
}

// redis is a Redis server.
type redis struct {
	port int
	dir  string
	*process
}

func (r *redis) start(ctx context.Context) error {
	p, err := launch(r.dir+"/redis.log", nil, "redis-server", "--port", fmt.Sprint(r.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", r.dir)
	if err != nil {
		return err
	}
	r.process = p
	return until(ctx, 10*time.Second, "Redis", func() (bool, error) { return listening(r.port), nil })
}

// listening tells whether somebody listens on a local port.
func listening(port int) bool {
	c, err := (&net.Dialer{Timeout: time.Second}).Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

// freePorts are local ports nobody listens on now.
func freePorts(n int) ([]int, error) {
	if n == 0 {
		return nil, nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer func() { _ = l.Close() }() // held until all are found, so that none comes twice
	rest, err := freePorts(n - 1)
	return append(rest, l.Addr().(*net.TCPAddr).Port), err
}

// What the WeChat stand-in knows.
const (
	appID, appSecret = "wxdrill", "drill-secret"
	template         = "drill-template"
)

// secrets are new keys, as `jiayi keys` prints them.
func secrets(jiayi string) ([]string, error) {
	out, err := run(nil, jiayi, "keys")
	if err != nil {
		return nil, err
	}
	var env []string
	for line := range strings.Lines(out) {
		if k, v, ok := strings.Cut(strings.TrimSpace(line), "="); ok && strings.HasPrefix(k, "JIAYI_") {
			env = append(env, k+"="+strings.Trim(v, `"`))
		}
	}
	return env, nil
}

// serverSettings are those of every server of a drill.
func serverSettings(dsn string, keys []string, more ...string) []string {
	env := append([]string{"JIAYI_DSN=mysql:" + dsn, "JIAYI_REGION=370499", "JIAYI_ALLOW_TEST_REGION=true", "JIAYI_RATE_LIMIT=100000", "JIAYI_SIGN_IN_LIMIT=1000", "JIAYI_CAPACITY=200000"}, keys...)
	return append(env, more...)
}

// build starts everything and seeds the district.
func build(ctx context.Context, s settings) (*theatre, error) {
	ports, err := freePorts(5)
	if err != nil {
		return nil, err
	}
	keys, err := secrets(s.jiayi)
	if err != nil {
		return nil, err
	}
	t := &theatre{settings: s, linePort: ports[1]}
	if err := t.ownDisk(s.path("mariadb")); err != nil {
		return t, err
	}
	if t.db, err = newMariaDB(s.path("mariadb"), ports[0]); err != nil {
		return t, err
	}
	if err := t.db.start(ctx); err != nil {
		return t, err
	}
	t.later(func() { t.db.stop() })
	if t.line, err = startProxy(ctx, s.toxiproxy, s.dir, ports[2], t.linePort, t.db.port); err != nil {
		return t, err
	}
	t.later(func() { t.line.stop() })
	t.redis = &redis{port: ports[3], dir: s.dir}
	if err := t.redis.start(ctx); err != nil {
		return t, err
	}
	t.later(func() { t.redis.stop() })
	gateway, err := t.startWechat(ctx)
	if err != nil {
		return t, err
	}
	t.env = serverSettings(t.db.dsn(t.linePort, dbName), keys, fmt.Sprintf("JIAYI_REDIS=redis://127.0.0.1:%d/0", t.redis.port), "JIAYI_FILES="+s.path("files"),
		"JIAYI_WECHAT_URL="+gateway, "JIAYI_WECHAT_ALLOW_HTTP=true", "JIAYI_WECHAT_APPID="+appID, "JIAYI_WECHAT_SECRET="+appSecret, "JIAYI_QUIET_HOURS=0-0",
		"JIAYI_WECHAT_TEMPLATES=followup="+template+":thing1:character_string2")
	if err := t.seed(); err != nil {
		return t, err
	}
	t.server = &replica{binary: s.jiayi, dir: s.dir, port: ports[4], env: t.env}
	if err := t.server.start(ctx); err != nil {
		return t, err
	}
	t.later(func() { t.server.stop() })
	return t, nil
}

// later runs when the theatre closes, the last first.
func (t *theatre) later(fn func()) { t.closers = append(t.closers, fn) }

func (t *theatre) close() {
	for i := len(t.closers) - 1; i >= 0; i-- {
		t.closers[i]()
	}
}

// seed migrates the database and makes the district.
func (t *theatre) seed() error {
	if _, err := t.command("migrate"); err != nil {
		return err
	}
	if _, err := t.command("seed", "--scale", t.scale, "--logins", t.path("logins.json"), "--log-level", "error"); err != nil {
		return err
	}
	var err error
	t.logins, err = client.ReadLogins(t.path("logins.json"))
	return err
}

// startWechat serves the stand-in.
func (t *theatre) startWechat(ctx context.Context) (string, error) {
	t.wechat = fakewechat.New(fakewechat.Options{AppID: appID, AppSecret: appSecret})
	t.wechat.AddTemplate(template, "thing1", "character_string2")
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	srv := &http.Server{Handler: t.wechat, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(l) }() // ends when it is closed
	t.later(func() { _ = srv.Close() })
	return "http://" + l.Addr().String(), nil
}

// direct are the settings of a command that goes past the proxy.
func (t *theatre) direct() []string {
	return append(append([]string{}, t.env...), "JIAYI_DSN=mysql:"+t.db.dsn(t.db.port, dbName))
}

// command runs one command of the server's binary against the database.
func (t *theatre) command(args ...string) (string, error) { return run(t.direct(), t.jiayi, args...) }

// examine checks what the stories of a ledger have come to.
func (t *theatre) examine(ctx context.Context, stories []*story) (verdict, error) {
	return t.examineOn(ctx, t.db, stories)
}

func (t *theatre) examineOn(ctx context.Context, m *mariadb, stories []*story) (verdict, error) {
	db, err := m.open(dbName)
	if err != nil {
		return verdict{}, err
	}
	defer func() { _ = db.Close() }()
	st, done, err := openStore(m.dsn(m.port, dbName), t.env, store.Options{})
	if err != nil {
		return verdict{}, err
	}
	defer done()
	return check(ctx, db, st, stories)
}

// freshDir makes an empty folder.
func freshDir(path string) error { return errors.Join(os.RemoveAll(path), os.MkdirAll(path, 0o750)) }
