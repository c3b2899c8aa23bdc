package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jiayi/models"
)

// Times of the runner: how long a lease outlives a runner that died, and how often it
// looks for loads nobody told it of.
const (
	importLease = time.Minute
	importPoll  = 15 * time.Second
)

// errImportTaken ends a run whose load is run by somebody else, or is over.
var errImportTaken = &models.Error{Kind: models.Conflict, Code: "import_taken", Message: "该文件正在由其他进程导入,或已经结束"}

// RunImports loads files in the background until the context ends: those that are
// queued, and those a stopped server left half-way. A run that the end of the context
// interrupts can be resumed by any replica.
func (s *Store) RunImports(ctx context.Context) {
	for {
		if _, err := s.ResumeImports(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "file load interrupted, will be resumed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.queued:
		case <-time.After(importPoll):
		}
	}
}

// ResumeImports runs every load that is queued or was interrupted, oldest first, and
// that nobody else runs. It returns the number of loads run to their end.
func (s *Store) ResumeImports(ctx context.Context) (int, error) {
	var ids []models.ID
	db := s.query(ctx).Model(&models.Import{})
	if err := db.Where("status IN ? OR path <> ''", []models.ImportStatus{models.ImportQueued, models.ImportRunning}).Order("id").Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	n := 0
	var errs []error
	for _, id := range ids {
		_, err := s.RunImport(ctx, id, nil)
		switch {
		case err == nil:
			n++
		case !errors.Is(err, errImportTaken):
			errs = append(errs, fmt.Errorf("import %d: %w", id, err))
		}
	}
	return n, errors.Join(errs...)
}

// RunImport loads a stored file, or resumes its loading where it stopped, and returns it
// as it ended. Each batch of rows is one transaction, which also moves the place the
// load has come to: a load that is killed has lost and doubled nothing. watch, if any,
// is told after every batch. It returns Conflict import_taken while somebody else runs
// the load.
func (s *Store) RunImport(ctx context.Context, id models.ID, watch func(models.Import)) (imp models.Import, err error) {
	var holder [12]byte
	_, _ = rand.Read(holder[:]) // never fails
	run := &importRun{Store: s, lease: fmt.Sprintf("import:%d", id), holder: hex.EncodeToString(holder[:]), watch: watch}
	held, err := s.AcquireLease(ctx, run.lease, run.holder, importLease)
	if err != nil || !held {
		return imp, errors.Join(err, unless(held, errImportTaken))
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("import %d: panic: %v", id, fault)
		}
		// The next runner need not wait, even when this one was told to stop.
		err = errors.Join(err, s.ReleaseLease(context.WithoutCancel(ctx), run.lease, run.holder))
	}()
	if err := run.begin(ctx, id); err != nil {
		return run.imp, err
	}
	if run.imp.Open() {
		if err := run.load(ctx); err != nil {
			return run.imp, err
		}
	}
	return run.imp, run.tidy(ctx)
}
