package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

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
