package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/codes"
)

// work is something long that is interrupted half-way, and must be whole after it was
// begun again. play tells what was seen.
type work struct {
	name string
	play func(ctx context.Context, t *theatre) (string, error)
}

// The order counts: the last ones run into a day that is still to come.
var workDrills = []work{
	{"migration killed", migrationKilled},
	{"import killed", importKilled},
	{"export killed", exportKilled},
	{"WeChat away", wechatGone},
	{"backup and restore", backupRestored},
	{"nightly job killed", nightlyKilled},
	{"handover killed", handoverKilled},
}

// perform plays one piece of work and then holds the whole database against itself.
func (t *theatre) perform(ctx context.Context, out *table, d work) {
	seen, err := d.play(ctx, t)
	if err != nil {
		out.failed(d.name, errors.Join(err, t.mend(ctx)))
		return
	}
	v, err := t.examine(ctx, nil)
	if err != nil {
		out.failed(d.name, err)
		return
	}
	out.told(d.name, seen, v)
}

// errNeverKilled is a drill in which nothing was interrupted: it has shown nothing.
var errNeverKilled = errors.New("the command came to its end each time before it was killed")

// interrupt starts a command and kills it after a random while, several times, early at first
// and later each time, and runs it to its end at last. It returns how often it was killed
// half-way, which is never 0 without an error.
func (t *theatre) interrupt(times int, most time.Duration, env []string, args ...string) (int, error) {
	killed := 0
	for i := range times {
		p, err := launch(t.path("interrupted.log"), env, t.jiayi, args...)
		if err != nil {
			return killed, err
		}
		select {
		case <-time.After(rand.N(most * time.Duration(i+1) / time.Duration(times))): // #nosec G404 -- a drill, not a secret
			if p.running() {
				killed++
			}
			p.kill()
		case <-p.done:
		}
	}
	_, err := run(env, t.jiayi, args...)
	if err == nil && killed == 0 {
		err = errNeverKilled
	}
	return killed, err
}

// migrationKilled migrates an empty database with interruptions and holds its tables
// against those of one that was never disturbed.
func migrationKilled(ctx context.Context, t *theatre) (string, error) {
	db, err := t.db.open("")
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, "CREATE OR REPLACE DATABASE half CHARACTER SET utf8mb4"); err != nil {
		return "", err
	}
	env := append(t.direct(), "JIAYI_DSN=mysql:"+t.db.dsn(t.db.port, "half"))
	killed, err := t.interrupt(8, 700*time.Millisecond, env, "migrate")
	if err != nil {
		return "", err
	}
	const columns = "SELECT COUNT(*) FROM information_schema.columns a LEFT JOIN information_schema.columns b ON b.table_schema = ? AND b.table_name = a.table_name AND b.column_name = a.column_name AND b.column_type = a.column_type AND b.is_nullable = a.is_nullable WHERE a.table_schema = ? AND b.column_name IS NULL"
	const indexes = "SELECT COUNT(*) FROM information_schema.statistics a LEFT JOIN information_schema.statistics b ON b.table_schema = ? AND b.table_name = a.table_name AND b.index_name = a.index_name AND b.seq_in_index = a.seq_in_index AND b.column_name = a.column_name AND b.non_unique = a.non_unique WHERE a.table_schema = ? AND b.column_name IS NULL"
	const triggers = "SELECT COUNT(*) FROM information_schema.triggers a LEFT JOIN information_schema.triggers b ON b.trigger_schema = ? AND b.trigger_name = a.trigger_name WHERE a.trigger_schema = ? AND b.trigger_name IS NULL"
	for _, q := range []string{columns, indexes, triggers} {
		for _, pair := range [][2]string{{"half", dbName}, {dbName, "half"}} {
			var n int
			if err := db.QueryRowContext(ctx, q, pair[0], pair[1]).Scan(&n); err != nil {
				return "", err
			}
			if n > 0 {
				return "", fmt.Errorf("%d parts of %s are not in %s", n, pair[1], pair[0])
			}
		}
	}
	_, err = db.ExecContext(ctx, "DROP DATABASE half")
	return fmt.Sprintf("killed %d times; columns, indexes and triggers as undisturbed", killed), err
}

// rowsOfImport is how long the file is.
const rowsOfImport = 6000

// importKilled loads a county file, kills the load in the middle and lets the server go on.
func importKilled(ctx context.Context, t *theatre) (string, error) {
	db, err := t.db.open(dbName)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	var place string
	if err := db.QueryRowContext(ctx, "SELECT name FROM villages WHERE id = 1").Scan(&place); err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("姓名,身份证号,联系电话,村居,现住址\n")
	r := rand.New(rand.NewPCG(1, 2)) // #nosec G404 -- a repeatable file
	for i := range rowsOfImport {
		born := calendar.NewDate(1950, 1, 1).AddDays(i)
		_, _ = fmt.Fprintf(&b, "%s,%s,188%08d,%s,导入路%d号\n", "导"+name(r)[len("演"):], codes.ComposeIDNumber("370499", born, 998), i, place, i)
	}
	file := t.path("county.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return "", err
	}
	p, err := launch(t.path("interrupted.log"), t.direct(), t.jiayi, "import", file)
	if err != nil {
		return "", err
	}
	var at int
	err = until(ctx, time.Minute, "the load to be half-way", func() (bool, error) {
		if !p.running() {
			return false, errors.New("the load ended before it was killed")
		}
		_ = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM residents WHERE name LIKE '导___'").Scan(&at)
		return at > rowsOfImport/6, nil
	})
	p.kill()
	if err != nil {
		return "", err
	}
	began := time.Now()
	var n, distinct int
	err = until(ctx, 4*time.Minute, "the server to finish the load", func() (bool, error) {
		var open int
		err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM imports WHERE status NOT IN ('done', 'failed')").Scan(&open)
		return open == 0, err
	})
	if err != nil {
		return "", err
	}
	err = db.QueryRowContext(ctx, "SELECT COUNT(*), COUNT(DISTINCT document_index) FROM residents WHERE name LIKE '导___'").Scan(&n, &distinct)
	if err == nil && (n != rowsOfImport || distinct != n) {
		err = fmt.Errorf("%d residents of %d rows, %d different", n, rowsOfImport, distinct)
	}
	return fmt.Sprintf("killed at %d of %d rows; the server finished it %.0f s later, each once", at, rowsOfImport, time.Since(began).Seconds()), err
}

// exportKilled kills the server while a list of people is being written.
func exportKilled(ctx context.Context, t *theatre) (string, error) {
	c, err := t.logins.SignIn(ctx, t.server.base(), writer)
	if err != nil {
		return "", err
	}
	var e struct {
		ID   string `json:"id"`
		Rows int    `json:"rows"`
	}
	if err := c.Call(ctx, "POST", "/exports", map[string]any{"kind": "contracts", "filters": map[string]any{"status": "terminated"}}, &e); err != nil {
		return "", err
	}
	done := make(chan struct{})
	go func() {
		_ = c.Call(ctx, "GET", "/exports/"+e.ID+"/file.xlsx", nil, nil) // cut off, or quicker than the kill
		close(done)
	}()
	select {
	case <-time.After(rand.N(30 * time.Millisecond)): // #nosec G404 -- a drill, not a secret
	case <-done:
	}
	t.server.kill()
	if err := t.server.start(ctx); err != nil {
		return "", err
	}
	rows, err := sheetRows(ctx, c, "/exports/"+e.ID+"/file.xlsx")
	if err == nil && rows != e.Rows {
		err = fmt.Errorf("the file has %d rows, %d were promised", rows, e.Rows)
	}
	return fmt.Sprintf("server killed in the download; afterwards the file had the %d rows promised", e.Rows), err
}

// nightlyKilled kills the roll of the next day in the middle.
func nightlyKilled(_ context.Context, t *theatre) (string, error) {
	tomorrow := calendar.DateOf(time.Now()).AddDays(1)
	killed, err := t.interrupt(10, 250*time.Millisecond, t.direct(), "job", "run", "roll-day", "--on", tomorrow.String(), "--ahead")
	return fmt.Sprintf("killed %d times; the day rolled once, figures counted anew agree", killed), err
}
