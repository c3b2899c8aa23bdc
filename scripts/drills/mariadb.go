package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	_ "github.com/go-sql-driver/mysql" // the driver the server uses
)

// mariadb is a database server in a folder of its own, with a binary log to restore from.
type mariadb struct {
	dir      string
	port     int
	password string
	extra    []string // options beside the usual ones
	*process
}

// The account of the drills, and their database.
const (
	dbUser = "jiayi_drill"
	dbName = "jiayi"
)

// newMariaDB makes the files of a server; start starts it.
func newMariaDB(dir string, port int, extra ...string) (*mariadb, error) {
	m := &mariadb{dir: dir, port: port, password: rand.Text(), extra: extra}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	if err := m.own(); err != nil {
		return nil, err
	}
	if _, err := run(nil, "mariadb-install-db", "--no-defaults", "--user="+m.runAs(), "--datadir="+m.data(), "--skip-test-db", "--auth-root-authentication-method=socket"); err != nil {
		return nil, err
	}
	err := m.writeInit()
	return m, err
}

// writeInit writes what the server runs at its start: the database and its account.
func (m *mariadb) writeInit() error {
	text := fmt.Sprintf("CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4;\nCREATE OR REPLACE USER '%s'@'127.0.0.1' IDENTIFIED BY '%s';\nGRANT ALL PRIVILEGES ON *.* TO '%s'@'127.0.0.1';\n", dbName, dbUser, m.password, dbUser)
	return os.WriteFile(m.init(), []byte(text), 0o644) // #nosec G306 -- read by the server's user; a password of this run
}

func (m *mariadb) data() string   { return filepath.Join(m.dir, "data") }
func (m *mariadb) socket() string { return filepath.Join(m.dir, "sock") }
func (m *mariadb) init() string   { return filepath.Join(m.dir, "init.sql") }
func (m *mariadb) log() string    { return filepath.Join(m.dir, "error.log") }

// runAs is the user the server runs as: root may not.
func (m *mariadb) runAs() string {
	if os.Geteuid() == 0 {
		return "mysql"
	}
	u, err := user.Current()
	if err != nil {
		return "mysql"
	}
	return u.Username
}

// own gives the folder to the server's user.
func (m *mariadb) own() error {
	if os.Geteuid() != 0 {
		return nil
	}
	_, err := run(nil, "chown", "-R", m.runAs(), m.dir)
	return err
}

// start starts the server, after a crash with the recovery of its log, and waits for it.
func (m *mariadb) start(ctx context.Context, once ...string) error {
	args := append([]string{"--no-defaults", "--user=" + m.runAs(), "--port=" + strconv.Itoa(m.port), "--bind-address=127.0.0.1", "--skip-name-resolve",
		"--datadir=" + m.data(), "--socket=" + m.socket(), "--pid-file=" + filepath.Join(m.dir, "pid"), "--init-file=" + m.init(), "--tmpdir=" + m.dir,
		"--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--default-time-zone=+00:00", "--innodb-flush-log-at-trx-commit=1",
		"--innodb-buffer-pool-size=256M", "--innodb-log-file-size=96M", "--max-connections=300",
		"--log-bin=" + filepath.Join(m.data(), "bin"), "--binlog-format=ROW", "--sync-binlog=1", "--server-id=" + strconv.Itoa(m.port), "--log-bin-trust-function-creators=1"}, m.extra...)
	p, err := launch(m.log(), nil, "mariadbd", append(args, once...)...)
	if err != nil {
		return err
	}
	m.process = p
	db, err := m.open("")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return until(ctx, time.Minute, "the database to answer", func() (bool, error) {
		if !p.running() {
			return false, fmt.Errorf("the database ended: see %s", m.log())
		}
		return db.PingContext(ctx) == nil, nil
	})
}

// dsn is the address of a database at a port, which may be a proxy's before the server.
func (m *mariadb) dsn(port int, database string) string {
	return fmt.Sprintf("%s:%s@tcp(127.0.0.1:%d)/%s", dbUser, m.password, port, database)
}

// open is a way in past the store and its rules.
func (m *mariadb) open(database string) (*sql.DB, error) {
	return sql.Open("mysql", m.dsn(m.port, database)+"?parseTime=true&timeout=2s")
}

// until asks again and again until something is so, for a limited time.
func until(ctx context.Context, limit time.Duration, what string, so func() (bool, error)) error {
	over := time.NewTimer(limit)
	defer over.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if ok, err := so(); ok || err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-over.C:
			return fmt.Errorf("waited %s for %s", limit, what)
		}
	}
}
