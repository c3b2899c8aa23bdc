// Package sqlwatch notes the statements on their way to a MySQL server: benchmarks send
// them again without the program, tests ask for their plans.
package sqlwatch

import (
	"context"
	"database/sql/driver"
	"strings"
	"sync"
)

// Statement is one step on its way to the database.
type Statement struct {
	Kind string // begin, commit, exec, query
	SQL  string
	Args []any
}

// Recorder notes every statement while Take runs. Transactions are rolled back where they
// would be committed: what is written is sent for real, and leaves no trace, so that the
// same statements can be sent again.
type Recorder struct {
	mu    sync.Mutex
	on    bool
	notes []Statement
}

// Take runs fn and returns the statements it sent.
func (r *Recorder) Take(fn func()) []Statement {
	r.mu.Lock()
	r.on, r.notes = true, nil
	r.mu.Unlock()
	fn()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return r.notes
}

func (r *Recorder) note(kind, sql string, args []driver.NamedValue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on {
		return
	}
	s := Statement{Kind: kind, SQL: sql}
	for _, a := range args {
		s.Args = append(s.Args, a.Value)
	}
	r.notes = append(r.notes, s)
}

func (r *Recorder) recording() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.on
}

// Watch puts the recorder between the pool and the server: for store.OpenWatched.
func (r *Recorder) Watch(c driver.Connector) driver.Connector { return watched{c, r} }

type watched struct {
	driver.Connector
	r *Recorder
}

// Connect passes on what the driver has, and notes it where it is a statement.
func (w watched) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := w.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, r: w.r}, nil
}

// conn is a connection whose statements are noted. The MySQL driver has every optional
// interface that is used here.
type conn struct {
	driver.Conn
	r *Recorder
	// kept says that the running transaction takes a block of numbers, which the store
	// hands out afterwards: it must stand.
	kept bool
}

func (c *conn) note(kind, sql string, args []driver.NamedValue) {
	c.kept = c.kept || strings.Contains(sql, "`sequences`")
	c.r.note(kind, sql, args)
}

// Prepare passes on what the driver has, and notes it where it is a statement.
func (c *conn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

// PrepareContext passes on what the driver has, and notes it where it is a statement.
func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &stmt{s, query, c}, nil
}

// BeginTx passes on what the driver has, and notes it where it is a statement.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	t, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.kept = false
	c.r.note("begin", "", nil)
	return &transaction{t, c}, nil
}

// ExecContext passes on what the driver has, and notes it where it is a statement.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.note("exec", query, args)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

// QueryContext passes on what the driver has, and notes it where it is a statement.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.note("query", query, args)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

// Ping passes on what the driver has, and notes it where it is a statement.
func (c *conn) Ping(ctx context.Context) error { return c.Conn.(driver.Pinger).Ping(ctx) }

// ResetSession passes on what the driver has, and notes it where it is a statement.
func (c *conn) ResetSession(ctx context.Context) error {
	return c.Conn.(driver.SessionResetter).ResetSession(ctx)
}

// IsValid passes on what the driver has, and notes it where it is a statement.
func (c *conn) IsValid() bool { return c.Conn.(driver.Validator).IsValid() }

// CheckNamedValue passes on what the driver has, and notes it where it is a statement.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	return c.Conn.(driver.NamedValueChecker).CheckNamedValue(v)
}

type transaction struct {
	driver.Tx
	c *conn
}

// Commit passes on what the driver has, and notes it where it is a statement.
func (t *transaction) Commit() error {
	t.c.r.note("commit", "", nil)
	if t.c.r.recording() && !t.c.kept {
		return t.Rollback()
	}
	return t.Tx.Commit()
}

type stmt struct {
	driver.Stmt
	query string
	c     *conn
}

// ExecContext passes on what the driver has, and notes it where it is a statement.
func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.c.note("exec", s.query, args)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext passes on what the driver has, and notes it where it is a statement.
func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.c.note("query", s.query, args)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

// CheckNamedValue passes on what the driver has, and notes it where it is a statement.
func (s *stmt) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := s.Stmt.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return driver.ErrSkip
}
