package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// JobDone tells whether the job has finished a run for the day.
func (s *Store) JobDone(ctx context.Context, name string, day models.Date) (bool, error) {
	var n int64
	err := s.query(ctx).Model(&models.JobRun{}).Where("name = ? AND day = ?", name, day).Count(&n).Error
	return n > 0, err
}

// RecordJob notes a finished run of a job for a day; several runs of one day add up.
func (s *Store) RecordJob(ctx context.Context, name string, day models.Date, changed int) error {
	return s.As(models.System(name)).transact(ctx, func(tx *Tx) error {
		add := clause.OnConflict{
			Columns:   []clause.Column{{Name: "name"}, {Name: "day"}},
			DoUpdates: clause.Assignments(map[string]any{"changed": gorm.Expr(tx.s.ownColumn("job_runs", "changed")+" + ?", changed), "finished": tx.now}),
		}
		return tx.db.Clauses(add).Create(&models.JobRun{Name: name, Day: day, Changed: changed, Finished: tx.now}).Error
	})
}

// LastJobRuns returns the latest recorded run of every job that ever ran, by name.
func (s *Store) LastJobRuns(ctx context.Context) (map[string]models.JobRun, error) {
	var rows []models.JobRun
	err := s.query(ctx).Where("day = (SELECT MAX(j.day) FROM job_runs j WHERE j.name = job_runs.name)").Find(&rows).Error
	out := make(map[string]models.JobRun, len(rows))
	for _, r := range rows {
		out[r.Name] = r
	}
	return out, err
}

// Backlog is what waits for a job.
type Backlog struct {
	Unsealed int64 // audit rows without a seal
	Entries  int64 // tally entries that are not folded
	Waiting  int64 // messages to be sent to a phone
	Dead     int64 // messages of the last 30 days that reached no phone and were not told
	Failed   int64 // of them: those that the platform did not take, which is for the operator
}

// Backlog counts what waits. The tables counted hold only what waits, or have an index.
func (s *Store) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	db := s.query(ctx)
	dead := db.Model(&models.Message{}).Where("status = ? AND created_at > ?", models.MessageDead, s.Now().Add(-models.UndeliveredFor)).Session(&gorm.Session{})
	for _, q := range []struct {
		n  *int64
		db *gorm.DB
	}{
		{&b.Unsealed, db.Model(&models.AuditUnsealed{})},
		{&b.Entries, db.Model(&models.TallyEntry{})},
		{&b.Waiting, db.Model(&models.Message{}).Where("status = ?", models.MessageWaiting)},
		{&b.Dead, dead},
		{&b.Failed, dead.Where("last_error NOT IN ?", []string{models.NoAccount, models.NoQuota, models.RefusedPhone})},
	} {
		if err := q.db.Count(q.n).Error; err != nil {
			return Backlog{}, err
		}
	}
	return b, nil
}
