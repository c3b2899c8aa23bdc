package commands

import (
	"context"
	"errors"
	"fmt"

	"jiayi/models/store"
)

// migrate brings the schema up to date.
type migrate struct {
	databaseSettings
	logging
}

// Help is the long help text.
func (migrate) Help() string {
	return "Runs every step the database lacks, under a lock, so that several may be started at once. A migration that was interrupted goes on where it stopped."
}

// Run migrates and prints the number of steps.
func (c migrate) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	var m missing
	m.need("JIAYI_DSN", c.DSN)
	if err := m.err("migrate"); err != nil {
		return err
	}
	db, err := c.connect()
	if err != nil {
		return err
	}
	n, err := store.Migrate(ctx, db)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%d steps done, the database is up to date\n", n)
	return err
}
