package prepared_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"testing"

	"github.com/go-sql-driver/mysql"

	"jiayi/internal/prepared"
)

// server counts what reaches a database, and forgets statements when it is told to.
type server struct {
	prepared, closed, ran int
	forget                uint16 // error of the next execution
}

func (s *server) Connect(context.Context) (driver.Conn, error) { return &connection{s}, nil }
func (s *server) Driver() driver.Driver                        { return nil }

type connection struct{ *server }

func (c *connection) Prepare(string) (driver.Stmt, error) {
	c.prepared++
	return &statement{c.server}, nil
}
func (c *connection) PrepareContext(_ context.Context, q string) (driver.Stmt, error) {
	return c.Prepare(q)
}
func (c *connection) Close() error                                                 { return nil }
func (c *connection) Begin() (driver.Tx, error)                                    { return c, nil }
func (c *connection) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) { return c, nil }
func (c *connection) Commit() error                                                { return nil }
func (c *connection) Rollback() error                                              { return nil }
func (c *connection) Ping(context.Context) error                                   { return nil }
func (c *connection) ResetSession(context.Context) error                           { return nil }
func (c *connection) IsValid() bool                                                { return true }
func (c *connection) CheckNamedValue(*driver.NamedValue) error                     { return nil }
func (c *connection) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.ResultNoRows, nil
}
func (c *connection) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return nil, driver.ErrSkip
}

type statement struct{ *server }

func (s *statement) Close() error  { s.closed++; return nil }
func (s *statement) NumInput() int { return -1 }
func (s *statement) Exec([]driver.Value) (driver.Result, error) {
	return nil, driver.ErrSkip
}
func (s *statement) Query([]driver.Value) (driver.Rows, error) { return nil, driver.ErrSkip }
func (s *statement) QueryContext(context.Context, []driver.NamedValue) (driver.Rows, error) {
	return nil, driver.ErrSkip
}
func (s *statement) ExecContext(context.Context, []driver.NamedValue) (driver.Result, error) {
	if n := s.forget; n != 0 {
		s.forget = 0
		return nil, &mysql.MySQLError{Number: n}
	}
	s.ran++
	return driver.ResultNoRows, nil
}

func open(t *testing.T) (*server, *sql.DB) {
	t.Helper()
	s := &server{}
	db := sql.OpenDB(prepared.Keep(s))
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return s, db
}

// inTransaction runs a statement in a transaction of its own.
func inTransaction(t *testing.T, db *sql.DB, query string) error {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	_, err = tx.Exec(query, 1)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return err
}

func TestAStatementIsPreparedOnceAConnection(t *testing.T) {
	s, db := open(t)
	for range 3 {
		if err := inTransaction(t, db, "UPDATE a SET b = ?"); err != nil {
			t.Fatal(err)
		}
	}
	if s.prepared != 1 || s.ran != 3 || s.closed != 0 {
		t.Errorf("prepared %d, ran %d, closed %d: want 1, 3, 0", s.prepared, s.ran, s.closed)
	}
}

func TestWhatWasNotUsedForLongestIsClosed(t *testing.T) {
	s, db := open(t)
	for i := range prepared.PerConnection + 5 {
		if err := inTransaction(t, db, fmt.Sprintf("UPDATE a%d SET b = ?", i)); err != nil {
			t.Fatal(err)
		}
	}
	if s.closed != 5 {
		t.Errorf("%d statements closed, want 5", s.closed)
	}
}

func TestAStatementTheServerForgotIsPreparedAnew(t *testing.T) {
	for _, number := range []uint16{1243, 1615} {
		s, db := open(t)
		if err := inTransaction(t, db, "UPDATE a SET b = ?"); err != nil {
			t.Fatal(err)
		}
		s.forget = number
		if err := inTransaction(t, db, "UPDATE a SET b = ?"); err != nil {
			t.Errorf("error %d: %v", number, err)
		}
		if s.prepared != 2 || s.ran != 2 {
			t.Errorf("error %d: prepared %d, ran %d: want 2, 2", number, s.prepared, s.ran)
		}
	}
}

func TestOtherErrorsAreHandedOn(t *testing.T) {
	s, db := open(t)
	if err := inTransaction(t, db, "UPDATE a SET b = ?"); err != nil {
		t.Fatal(err)
	}
	s.forget = 1062
	if err := inTransaction(t, db, "UPDATE a SET b = ?"); err == nil || s.prepared != 1 {
		t.Errorf("error %v after %d prepares: want the duplicate, once prepared", err, s.prepared)
	}
}
