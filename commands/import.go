package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jiayi/models"
	"jiayi/models/store"
)

// importFile loads a county spreadsheet.
type importFile struct {
	File   string `arg:"" type:"existingfile" help:"The spreadsheet: xlsx, or csv in UTF-8 or GB18030."`
	Errors string `type:"path" placeholder:"FILE.xlsx" help:"Where to write the bad rows, to mend and load again."`
	storeSettings
	logging
}

// Help is the long help text.
func (importFile) Help() string {
	return "The same as POST /imports. Good rows land, bad ones are counted and can be written out. A load that was interrupted goes on where it stopped when a server starts, or when the same file is loaded again: rows that are known already change nothing. Exits with 1 when rows were bad."
}

// Run loads the file.
func (c importFile) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "import", func(s *store.Store) error {
		v := s.As(models.System("import"))
		imp, err := c.load(ctx, std, v)
		if err != nil {
			return err
		}
		if imp.Status == models.ImportFailed {
			return errors.New(imp.Failure)
		}
		_, _ = fmt.Fprintf(std.Out, "%d rows: %d created, %d updated, %d unchanged, %d bad\n", imp.Total, imp.Created, imp.Updated, imp.Unchanged, imp.Failed)
		if imp.Failed == 0 {
			return nil
		}
		if c.Errors != "" {
			if err := writeBadRows(ctx, v, imp, c.Errors); err != nil {
				return err
			}
			_, _ = fmt.Fprintf(std.Out, "the bad rows are in %s\n", c.Errors)
		}
		return errFound
	})
}

func (c importFile) load(ctx context.Context, std IO, v store.View) (models.Import, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return models.Import{}, err
	}
	imp, err := v.StartImport(ctx, filepath.Base(c.File), f)
	if err := errors.Join(err, f.Close()); err != nil {
		return imp, err
	}
	p := newProgress(std.Err)
	defer p.end()
	return v.RunImport(ctx, imp.ID, func(now models.Import) { p.tell("rows", now.Created+now.Updated+now.Unchanged+now.Failed, now.Total) })
}

// writeBadRows writes the rows that did not land, with line and reason.
func writeBadRows(ctx context.Context, v store.View, imp models.Import, path string) error {
	sheet, err := v.ImportErrorSheet(ctx, imp.ID)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) // #nosec G304 -- the operator names the file; its rows are people
	if err != nil {
		return errors.Join(err, sheet.Close())
	}
	_, err = sheet.WriteTo(f)
	return errors.Join(err, f.Close(), sheet.Close())
}
