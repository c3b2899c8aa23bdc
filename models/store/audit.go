package store

import (
	"context"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

func (s *Store) auditRow(actor models.Actor, action, object string, id, resident models.ID) models.AuditRow {
	name := actor.Name()
	if name == "" {
		name = "public"
	}
	return models.AuditRow{
		At: s.opt.AuditClock().UTC().Truncate(time.Millisecond), Actor: name, Role: actor.Role, Action: action, Object: object, ObjectID: id, ResidentID: resident,
		RequestID: actor.RequestID, IP: actor.IP,
	}
}

// record notes one write of the transaction. Detail names fields and codes, never values.
func (tx *Tx) record(action, object string, id, resident models.ID, detail ...string) *models.AuditRow {
	row := tx.s.auditRow(tx.actor, action, object, id, resident)
	row.Detail = strings.Join(detail, ",")
	tx.audit = append(tx.audit, row)
	return &tx.audit[len(tx.audit)-1]
}

// readBatch is how long a read waits for others on a busy server, so that many share one
// commit. On a quiet one nobody waits.
const readBatch = time.Millisecond

// auditBatch writes the audit rows of reads in groups; the reader's answer waits
// until its row is committed.
type auditBatch struct {
	s     *Store
	queue chan auditWait
	done  sync.WaitGroup
}

type auditWait struct {
	row  models.AuditRow
	done chan error
}

func newAuditBatch(s *Store) *auditBatch {
	b := &auditBatch{s: s, queue: make(chan auditWait, 256)}
	b.done.Add(1)
	go b.run()
	return b
}

func (b *auditBatch) stop() {
	close(b.queue)
	b.done.Wait()
}

func (b *auditBatch) run() {
	defer b.done.Done()
	busy := false
	for first := range b.queue {
		group := []auditWait{first}
		wait := readBatch
		if !busy {
			wait = 0
		}
		timer := time.NewTimer(wait)
	collect:
		for len(group) < cap(b.queue) {
			select {
			case w, open := <-b.queue:
				if !open {
					break collect
				}
				group = append(group, w)
			case <-timer.C:
				break collect
			}
		}
		timer.Stop()
		busy = len(group) > 1
		rows := make([]models.AuditRow, len(group))
		for i, w := range group {
			rows[i] = w.row
		}
		ctx, cancel := context.WithTimeout(context.Background(), b.s.opt.QueryTimeout)
		// In a transaction: the statement is prepared on a connection already held. Prepared
		// while waiting for one, it would keep waiting the writer that has SQLite's only one.
		err := b.s.retry(ctx, func() error {
			return b.s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error { return db.Create(&rows).Error })
		})
		cancel()
		for _, w := range group {
			w.done <- err
		}
	}
}

// witnessedList is witnessed for a list about people: it names everyone who is on it. The
// resident is whose list was asked for, 0 for anybody's.
func witnessedList[T any](ctx context.Context, v View, noun string, resident models.ID, list List[T], of func(T) models.ID) (List[T], error) {
	people := make([]models.ID, len(list.Items))
	for i, row := range list.Items {
		people[i] = of(row)
	}
	return list, v.witnessed(ctx, noun+".list", noun, 0, resident, idTexts(people)...)
}

// witnessed records that the actor read a person's data, and waits until that record
// is safe; without it the answer is not given.
func (v View) witnessed(ctx context.Context, action, object string, id, resident models.ID, detail ...string) error {
	row := v.auditRow(v.actor, action, object, id, resident)
	row.Detail = strings.Join(detail, ",")
	w := auditWait{row, make(chan error, 1)}
	select {
	case v.reads.queue <- w:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
