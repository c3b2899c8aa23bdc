package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sort"
	"time"
)

// backupScript takes and restores backups; the drill uses what operators use.
const backupScript = "scripts/backup.sh"

// backupRestored backs the database up while people write, lets them write on, and
// restores it elsewhere to a moment between two loads: all of the first, nothing of the
// second.
func backupRestored(ctx context.Context, t *theatre) (string, error) {
	dir := t.path("backup")
	if err := freshDir(dir); err != nil {
		return "", err
	}
	kept, err := startLoad(ctx, t.logins, t.server.base())
	if err != nil {
		return "", err
	}
	err = kept.during(ctx, func() error { _, err := run(nil, "bash", backupScript, "take", t.db.socket(), dir); return err })
	kept.end()
	if err != nil {
		return "", err
	}
	// The log counts whole seconds: the moment has one of its own.
	if err := wait(ctx, 1500*time.Millisecond); err != nil {
		return "", err
	}
	moment := time.Now().UTC().Format(time.DateTime)
	if err := wait(ctx, 1500*time.Millisecond); err != nil {
		return "", err
	}
	lost, err := startLoad(ctx, t.logins, t.server.base())
	if err != nil {
		return "", err
	}
	err = until(ctx, time.Minute, "the second load", func() (bool, error) { n, _ := lost.counts(); return n >= before, lost.wrong() })
	lost.end()
	if err != nil {
		return "", err
	}
	began := time.Now()
	again, err := t.restore(ctx, dir, moment)
	if again != nil {
		defer again.stop()
	}
	if err != nil {
		return "", err
	}
	took := time.Since(began)
	v, err := t.examineOn(ctx, again, kept.stories)
	if err != nil {
		return "", err
	}
	if !v.clean() {
		return "", fmt.Errorf("the restored database: %+v", v)
	}
	db, err := again.open(dbName)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	n, err := later(ctx, db, lost.stories)
	if err == nil && n > 0 {
		err = fmt.Errorf("%d residents entered after the moment are in the restored database", n)
	}
	return fmt.Sprintf("taken under load, restored to the second in %.0f s: all %d acknowledged before it, none of %d after it, no drift, chain whole", took.Seconds(), v.answered, len(lost.stories)), err
}

// restore makes a new server of a backup and of the logs of the old one.
func (t *theatre) restore(ctx context.Context, dir, moment string) (*mariadb, error) {
	ports, err := freePorts(1)
	if err != nil {
		return nil, err
	}
	m := &mariadb{dir: t.path("restored"), port: ports[0], password: t.db.password}
	if err := freshDir(m.dir); err != nil {
		return nil, err
	}
	if _, err := run(nil, "bash", backupScript, "restore", dir, m.data()); err != nil {
		return nil, err
	}
	if err := m.writeInit(); err != nil {
		return nil, err
	}
	if err := m.own(); err != nil {
		return nil, err
	}
	if err := m.start(ctx); err != nil {
		return nil, err
	}
	logs, err := filepath.Glob(filepath.Join(t.db.data(), "bin.[0-9]*"))
	if err != nil {
		return m, err
	}
	sort.Strings(logs)
	_, err = run(nil, "bash", append([]string{backupScript, "replay", dir, m.socket(), moment}, logs...)...)
	return m, err
}

// later counts the residents of a load that are there.
func later(ctx context.Context, db *sql.DB, stories []*story) (int, error) {
	all, err := read(ctx, db)
	n := 0
	for _, s := range stories {
		if all[s.name] != nil {
			n++
		}
	}
	return n, err
}
