package commands

import (
	"context"
	"fmt"

	"jiayi/models/store"
)

// tally keeps the counted figures.
type tally struct {
	Verify  tallyVerify  `cmd:"" help:"Count everyone anew and print where the figures differ; nothing is changed."`
	Rebuild tallyRebuild `cmd:"" help:"Count everyone anew and replace today's figures."`
}

type tallyVerify struct {
	upkeepSettings
	logging
}

// Help is the long help text.
func (tallyVerify) Help() string {
	return "Prints the drift, which must be zero, and exits with 1 when it is not."
}

// Run prints the drift.
func (c tallyVerify) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "tally verify", func(s *store.Store) error {
		found, err := s.VerifyTallies(ctx)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(std.Out, "as of %s: residents %d, figures %d, drift %d, standings out of date %d, tasks out of date %d, team loads wrong %d\n",
			found.AsOf, found.Residents, found.Figures, len(found.Drift), found.Standings, found.Tasks, found.Loads)
		for _, d := range found.Drift {
			_, _ = fmt.Fprintf(std.Out, "  %s %s population %s: have %+v, should be %+v\n",
				d.Kind, d.ScopeID, d.Population, d.Have, d.Recount)
		}
		if !found.Rolled {
			_, _ = fmt.Fprintln(std.Out, "the roll of this day has not run: what the date itself changes shows as drift until \"jiayi job run roll-day\"")
		}
		if !found.Clean() {
			return errFound
		}
		return nil
	})
}

type tallyRebuild struct {
	upkeepSettings
	logging
}

// Help is the long help text.
func (tallyRebuild) Help() string {
	return "For a district that was loaded in bulk, or after a drift that \"tally verify\" has shown. Months that are published stay as they are."
}

// Run rebuilds today's figures.
func (c tallyRebuild) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "tally rebuild", func(s *store.Store) error {
		n, err := s.RebuildTallies(ctx)
		if err == nil {
			_, err = fmt.Fprintf(std.Out, "%d residents counted\n", n)
		}
		return err
	})
}
