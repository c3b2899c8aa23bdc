// Package prepared keeps the statements of a MySQL connection prepared. database/sql keeps
// them too, but a statement first seen in a transaction ends with it and is prepared anew
// in every later one: two round trips for each statement instead of one.
package prepared

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/go-sql-driver/mysql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// PerConnection is how many statements a connection keeps, those used last. A server allows
// 16,382 of all connections together (max_prepared_stmt_count).
const PerConnection = 200

// ErrDriver is returned by connections of another driver than go-sql-driver/mysql.
var ErrDriver = errors.New("prepared: not a connection of go-sql-driver/mysql")

// What the server answers to a statement it no longer knows; nothing was done then.
const (
	unknownStatement = 1243
	needsReprepare   = 1615
)

// Keep gives the connections of a connector a memory of their statements.
func Keep(c driver.Connector) driver.Connector { return connector{c} }

type connector struct{ driver.Connector }

// Connect opens a connection that has prepared nothing yet.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := opened.(mysqlConn)
	if !ok {
		return nil, errors.Join(ErrDriver, opened.Close())
	}
	kept, err := simplelru.NewLRU(PerConnection, func(_ string, s statement) {
		_ = s.Close() // the server forgets it with the connection at the latest
	})
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return &conn{whole, kept}, nil
}

// mysqlConn is what a connection of the driver can do.
type mysqlConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

// statement is what a prepared statement of the driver can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is used by one goroutine at a time, as database/sql promises.
type conn struct {
	mysqlConn
	kept *simplelru.LRU[string, statement]
}

// ExecContext runs a statement, prepared once; one without arguments goes as plain text.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.mysqlConn.ExecContext(ctx, query, args)
	}
	return run(ctx, c, query, func(s statement) (driver.Result, error) { return s.ExecContext(ctx, args) })
}

// QueryContext asks a statement, prepared once; one without arguments goes as plain text.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.mysqlConn.QueryContext(ctx, query, args)
	}
	return run(ctx, c, query, func(s statement) (driver.Rows, error) { return s.QueryContext(ctx, args) })
}

func run[T any](ctx context.Context, c *conn, query string, do func(statement) (T, error)) (T, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		var none T
		return none, err
	}
	out, err := do(s)
	if !forgotten(err) {
		return out, err
	}
	c.kept.Remove(query)
	if s, err = c.statement(ctx, query); err != nil {
		return out, err
	}
	return do(s)
}

// statement finds the statement of a query or prepares it.
func (c *conn) statement(ctx context.Context, query string) (statement, error) {
	if s, ok := c.kept.Get(query); ok {
		return s, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := made.(statement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%w: a statement is %T", ErrDriver, made), made.Close())
	}
	c.kept.Add(query, s)
	return s, nil
}

func forgotten(err error) bool {
	var answer *mysql.MySQLError
	return errors.As(err, &answer) && (answer.Number == unknownStatement || answer.Number == needsReprepare)
}
