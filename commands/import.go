package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// importCommand loads a county file.
type importCommand struct {
	File   string `arg:"" type:"existingfile" help:"The xlsx or csv file."`
	Errors string `placeholder:"FILE" help:"Where to write the rows with errors, as an xlsx file to mend and load again."`
	upkeepSettings
	logging
}

// Help is the long help text.
func (importCommand) Help() string {
	return `Good rows land, bad ones are named; loading the same file again changes nothing. A load that is interrupted goes on when the server runs. Exits with 1 when rows had errors.`
}

// loadingGCPercent lets the heap of a load, some 20 MB, grow fivefold between collections.
const loadingGCPercent = 400

// errorsShown is how many errors are printed.
const errorsShown = 20

// Run loads the file and prints what became of its rows.
func (c importCommand) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "import", func(s *store.Store) error {
		v := s.As(models.System("import"))
		// The rows are much short-lived garbage over little that stays.
		defer debug.SetGCPercent(debug.SetGCPercent(loadingGCPercent))
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		imp, err := v.StartImport(ctx, c.File, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
		if imp, err = c.follow(ctx, s, imp.ID, newProgress(std.Err)); err != nil {
			return err
		}
		return c.report(ctx, v, imp, std)
	})
}

// follow runs the load, or watches the server run it that came first.
func (c importCommand) follow(ctx context.Context, s *store.Store, id models.ID, bar *progress) (models.Import, error) {
	defer bar.end()
	tell := func(i models.Import) { bar.tell("rows", i.NextRow, i.Total) }
	imp, err := s.RunImport(ctx, id, tell)
	for models.IsCode(err, "import_taken") {
		select {
		case <-ctx.Done():
			return imp, ctx.Err()
		case <-time.After(time.Second):
		}
		if imp, err = s.As(models.System("import")).Import(ctx, id); err == nil && imp.Open() {
			tell(imp)
			imp, err = s.RunImport(ctx, id, tell)
		}
	}
	return imp, err
}

func (c importCommand) report(ctx context.Context, v store.View, imp models.Import, std IO) error {
	if imp.Status == models.ImportFailed {
		return errors.New(imp.Failure)
	}
	_, _ = fmt.Fprintf(std.Out, "%d rows: %d created, %d updated, %d unchanged, %d with errors\n", imp.Total, imp.Created, imp.Updated, imp.Unchanged, imp.Failed)
	if imp.Failed == 0 {
		return nil
	}
	list, err := v.ImportErrors(ctx, imp.ID, store.Page{Limit: errorsShown})
	if err != nil {
		return err
	}
	for _, e := range list.Items {
		_, _ = fmt.Fprintf(std.Out, "  line %d %s [%s] %s\n", e.Line, e.Column, e.Code, e.Message)
	}
	if list.Next != "" {
		_, _ = fmt.Fprintln(std.Out, "  …")
	}
	if c.Errors != "" {
		if err := c.writeErrors(ctx, v, imp.ID); err != nil {
			return err
		}
	}
	return errFound
}

func (c importCommand) writeErrors(ctx context.Context, v store.View, id models.ID) error {
	book, err := v.ImportErrorSheet(ctx, id)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(c.Errors, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return errors.Join(err, book.Close())
	}
	_, err = book.WriteTo(out)
	return errors.Join(err, out.Close(), book.Close())
}
