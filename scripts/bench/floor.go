package main

import (
	"context"
	"database/sql"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/go-sql-driver/mysql" // the driver the server uses

	"jiayi/internal/sqlwatch"
)

func init() {
	for _, v := range []any{int64(0), float64(0), false, []byte(nil), "", time.Time{}, uint64(0)} {
		gob.Register(v)
	}
}

// floor sends the statements of one operation: each request's in order on a connection of
// its own, prepared once a connection, as many at once as there are users. It prints
// "requests a second, p50, p95, p99 in milliseconds".
func floor(ctx context.Context, s settings) error {
	name := strings.Join(flag.Args()[1:], " ")
	f, err := os.Open(s.file(name, "sql"))
	if err != nil {
		return err
	}
	var all [][]sqlwatch.Statement
	if err := errors.Join(gob.NewDecoder(f).Decode(&all), f.Close()); err != nil {
		return err
	}
	var op operation
	for _, o := range operations {
		if o.name == name {
			op = o
		}
	}
	if len(all) == 0 {
		return fmt.Errorf("%s: nothing was recorded: every request was refused", name)
	}
	db, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(s.users)
	db.SetMaxIdleConns(s.users)
	var next atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	var failed error
	begun := time.Now()
	var wg sync.WaitGroup
	for range s.users {
		wg.Go(func() {
			u, err := newUser(ctx, db)
			if err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
				return
			}
			defer u.close()
			var mine []time.Duration
			for {
				i := int(next.Add(1)) - 1
				if op.writes && i >= len(all) || !op.writes && time.Since(begun) > s.long {
					break
				}
				at := time.Now()
				if err := u.send(ctx, all[i%len(all)]); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					break
				}
				mine = append(mine, time.Since(at))
			}
			mu.Lock()
			took = append(took, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	seconds := time.Since(begun).Seconds()
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[min(len(took)-1, int(share*float64(len(took))))].Microseconds()) / 1000
	}
	fmt.Printf("%.1f %.2f %.2f %.2f %d\n", float64(len(took))/seconds, at(0.50), at(0.95), at(0.99), len(took))
	return nil
}

// user is one connection with its prepared statements.
type user struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
}

func newUser(ctx context.Context, db *sql.DB) (*user, error) {
	c, err := db.Conn(ctx)
	return &user{c, map[string]*sql.Stmt{}}, err
}

func (u *user) close() { _ = u.conn.Close() }

// retries is how often a deadlock is tried again, as the server does.
const retries = 6

func (u *user) send(ctx context.Context, list []sqlwatch.Statement) error {
	var err error
	for range retries {
		if err = u.try(ctx, list); err == nil || !strings.Contains(err.Error(), "1213") {
			return err
		}
	}
	return err
}

func (u *user) try(ctx context.Context, list []sqlwatch.Statement) (err error) {
	open := false
	defer func() {
		if err != nil && open {
			_, _ = u.conn.ExecContext(ctx, "ROLLBACK")
		}
	}()
	for _, s := range list {
		switch s.Kind {
		case "begin":
			open = true
			if _, err = u.conn.ExecContext(ctx, "START TRANSACTION"); err != nil {
				return err
			}
			continue
		case "commit":
			open = false
			if _, err = u.conn.ExecContext(ctx, "COMMIT"); err != nil {
				return err
			}
			continue
		}
		stmt := u.prepared[s.SQL]
		if stmt == nil {
			if stmt, err = u.conn.PrepareContext(ctx, s.SQL); err != nil {
				return err
			}
			u.prepared[s.SQL] = stmt
		}
		if s.Kind == "exec" {
			if _, err = stmt.ExecContext(ctx, s.Args...); err != nil {
				return fmt.Errorf("%.80s: %w", s.SQL, err)
			}
			continue
		}
		if err := readAll(ctx, stmt, s.Args); err != nil {
			return err
		}
	}
	return nil
}

// readAll reads every row of a query and keeps none.
func readAll(ctx context.Context, stmt *sql.Stmt, args []any) (err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	raw := make([]sql.RawBytes, len(columns))
	into := make([]any, len(columns))
	for i := range raw {
		into[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}
