package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
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

func unless(ok bool, err error) error {
	if ok {
		return nil
	}
	return err
}

// importRun is one run of a load, by one process.
type importRun struct {
	*Store
	imp           models.Import
	view          View // as whoever sent the file in
	file          *importSheet
	guide         models.ImportGuide
	firstLoaded   models.Date // day this very file was loaded for the first time, if it was before
	lease, holder string
	watch         func(models.Import)
}

// begin notes that the load runs.
func (run *importRun) begin(ctx context.Context, id models.ID) error {
	return run.system("import").transact(ctx, func(tx *Tx) error {
		imp, err := lock[models.Import](tx, id)
		if err != nil {
			return err
		}
		run.imp = imp
		if !imp.Open() {
			return nil
		}
		if !run.imp.Begin(tx.now) {
			tx.record("import.fail", "import", id, 0)
		}
		return tx.db.Save(&run.imp).Error
	})
}

func (s *Store) system(name string) View { return s.As(models.System(name)) }

// load reads the file and lands its rows. An error of the file ends the load as failed;
// any other leaves it to be resumed.
func (run *importRun) load(ctx context.Context) error {
	err := run.rows(ctx)
	var told *models.Error
	switch {
	case errors.Is(err, errImportTaken):
		return err
	case errors.As(err, &told):
		return run.end(ctx, "import.fail", func(imp *models.Import, now time.Time) { imp.Fail(told.Message, now) })
	case err != nil:
		return err
	}
	return run.end(ctx, "import.done", (*models.Import).Finish)
}

func (run *importRun) rows(ctx context.Context) error {
	actor, err := run.importer(ctx)
	if err != nil {
		return err
	}
	run.view = run.As(actor)
	if run.imp.Total == 0 {
		if err := run.count(ctx); err != nil {
			return err
		}
	}
	file, err := run.open()
	if err != nil {
		return err
	}
	run.file = file
	ctx, stop := context.WithCancel(ctx)
	ready := make(chan importBatch, 1)
	defer func() {
		stop()
		for range ready { // wait until nobody reads the file
		}
		_ = file.Close()
	}()
	if err := run.prepare(ctx); err != nil {
		close(ready)
		return err
	}
	go run.batches(ctx, run.imp.NextRow, ready)
	for batch := range ready {
		if len(batch.rows) > 0 {
			if err := run.land(ctx, batch); err != nil {
				return err
			}
		}
		if batch.err != nil {
			return batch.err
		}
	}
	return ctx.Err()
}

func (run *importRun) open() (*importSheet, error) {
	file, err := openImport(run.filePath(run.imp.Path))
	if errors.Is(err, os.ErrNotExist) {
		err = models.Errorf(models.Conflict, "file_missing", "上传的文件已丢失,请重新上传")
	}
	return file, err
}

// importer is who the load acts as: the account that sent the file in, if it still may.
func (run *importRun) importer(ctx context.Context) (models.Actor, error) {
	if run.imp.AccountID == 0 {
		return models.System("import"), nil
	}
	actor, err := run.staffActor(run.query(ctx), run.imp.AccountID, run.Now())
	gone := models.IsKind(err, models.Unauthenticated)
	if err != nil && !gone {
		return actor, err
	}
	actor.Owes, actor.RequestID = "", "import" // what the account owes since then does not stop a load it could begin
	if gone || !actor.Can(models.ImportFile) {
		return actor, models.Errorf(models.Forbidden, "account_gone", "上传文件的账号已停用或不再有导入权限")
	}
	return actor, nil
}

// count counts the rows before the first one lands.
func (run *importRun) count(ctx context.Context) error {
	file, err := run.open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	n, err := file.count(func() error { return run.extend(ctx) })
	if err != nil {
		return err
	}
	run.imp.Total = n
	return run.write.WithContext(ctx).Model(&run.imp).Update("total", n).Error
}

// extend keeps the lease.
func (run *importRun) extend(ctx context.Context) error {
	held, err := run.AcquireLease(ctx, run.lease, run.holder, importLease)
	return errors.Join(err, ctx.Err(), unless(held || err != nil, errImportTaken))
}

// prepare loads what the reading of rows depends on: the villages and teams of the
// importer's scope, the day, and when this file was loaded before.
func (run *importRun) prepare(ctx context.Context) error {
	db := run.query(ctx)
	var villages []models.Village
	if err := db.Order("id").Find(&villages).Error; err != nil {
		return err
	}
	var teams []models.Team
	if err := db.Order("id").Find(&teams).Error; err != nil {
		return err
	}
	mine := villages[:0]
	for _, v := range villages {
		if run.view.seesVillage(v) {
			mine = append(mine, v)
		}
	}
	ours, actor := teams[:0], run.view.actor
	for _, t := range teams {
		if actor.Party(0, t.ID, t.InstitutionID)&models.PartyTeam != 0 {
			ours = append(ours, t)
		}
	}
	run.guide = models.ImportGuide{Rules: run.idRules(), Villages: models.NewVillageDirectory(mine), Teams: models.NewTeamDirectory(ours), Date: run.file.dateReader()}
	var first models.Import
	if err := db.Order("id").Limit(1).Find(&first, "file_hash = ? AND id < ?", run.imp.FileHash, run.imp.ID).Error; err != nil {
		return err
	}
	if first.ID != 0 {
		run.firstLoaded = calendar.DateOf(first.CreatedAt)
	}
	return nil
}

// land brings one batch into the district. What another load or a doctor enters at the
// same moment is seen by the next try.
func (run *importRun) land(ctx context.Context, batch importBatch) error {
	for try := 1; ; try++ {
		var imp models.Import
		err := run.view.transact(ctx, func(tx *Tx) (err error) {
			imp, err = tx.landBatch(run, batch)
			return err
		})
		switch {
		case err == nil:
			run.imp = imp
			if run.watch != nil {
				run.watch(imp)
			}
			return nil
		case try == maxTries, !errors.Is(err, gorm.ErrDuplicatedKey) && !errors.Is(err, errSeatsTaken):
			return err
		}
	}
}

// end closes the load, as done or as failed.
func (run *importRun) end(ctx context.Context, action string, change func(*models.Import, time.Time)) error {
	return run.system("import").transact(ctx, func(tx *Tx) error {
		imp, err := lock[models.Import](tx, run.imp.ID)
		if err != nil {
			return err
		}
		if !imp.Open() {
			return errImportTaken
		}
		change(&imp, tx.now)
		run.imp = imp
		tx.record(action, "import", imp.ID, 0, counts(imp.Created, imp.Updated, imp.Unchanged, imp.Failed))
		return tx.db.Save(&imp).Error
	})
}

func counts(created, updated, unchanged, failed int) string {
	return fmt.Sprintf("created=%d,updated=%d,unchanged=%d,failed=%d", created, updated, unchanged, failed)
}

// tidy removes what an ended load needs no more: its file and its marks.
func (run *importRun) tidy(ctx context.Context) error {
	const parts = 16 // one statement over a whole district would hold its locks for too long
	for i := range int64(parts) {
		from := i << (models.MarkBits - 4)
		err := run.write.WithContext(ctx).Delete(&models.ImportMark{}, "import_id = ? AND mark BETWEEN ? AND ?", run.imp.ID, from, from+1<<(models.MarkBits-4)-1).Error
		if err != nil {
			return err
		}
	}
	if run.imp.Path == "" {
		return nil
	}
	if err := os.Remove(run.filePath(run.imp.Path)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	run.imp.Path = ""
	return run.write.WithContext(ctx).Model(&run.imp).Update("path", "").Error
}
