package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// caughtUp is the way into a Galera cluster. A new connection may lead to another node
// than the last: it waits there until everything acknowledged elsewhere has arrived, so
// that after a failover nobody misses what he has just written. From then on the
// connection writes to that node alone and need not wait.
type caughtUp struct{ driver.Connector }

// Connect opens a connection and waits on it.
func (c caughtUp) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := catchUp(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func catchUp(ctx context.Context, conn driver.Conn) error {
	run, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil
	}
	// With wsrep_sync_wait the begin of a transaction waits until the node's queue is applied.
	for _, statement := range []string{"SET SESSION wsrep_sync_wait = 1", "START TRANSACTION", "COMMIT", "SET SESSION wsrep_sync_wait = 0"} {
		if _, err := run.ExecContext(ctx, statement, nil); err != nil {
			return err
		}
	}
	return nil
}
