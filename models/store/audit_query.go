package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// AuditQuery filters the audit; zero fields do not.
type AuditQuery struct {
	Actor      string // as it stands in the rows: "staff:12"
	ResidentID models.ID
	Action     string
	From, To   models.Date // first and last day, in Shanghai
}

// AuditEntry is one audit row and its place in the chain.
type AuditEntry struct {
	models.AuditRow
	Seq int64 // 0 while it waits for its seal
}

// Audit lists audit rows, the newest first. That somebody looked is itself recorded.
func (v View) Audit(ctx context.Context, q AuditQuery, p Page) (List[AuditEntry], error) {
	if !v.actor.Can(models.AuditRead) {
		return List[AuditEntry]{}, models.ErrForbidden
	}
	rows, err := paginate(q.on(v.query(ctx)), p, order{columns: []string{"id"}, desc: true}, func(r models.AuditRow) []any { return []any{int64(r.ID)} })
	if err != nil {
		return List[AuditEntry]{}, err
	}
	out := List[AuditEntry]{Items: make([]AuditEntry, len(rows.Items)), Next: rows.Next}
	ids := make([]models.ID, len(rows.Items))
	for i, r := range rows.Items {
		ids[i] = r.ID
	}
	var seals []models.AuditSeal
	if err := v.query(ctx).Find(&seals, "row_id IN ?", anyOf(ids)).Error; err != nil {
		return List[AuditEntry]{}, err
	}
	place := make(map[models.ID]int64, len(seals))
	for _, s := range seals {
		place[s.RowID] = s.Seq
	}
	for i, r := range rows.Items {
		out.Items[i] = AuditEntry{r, place[r.ID]}
	}
	return out, v.witnessed(ctx, "audit.list", "audit", 0, q.ResidentID)
}

func (q AuditQuery) on(db *gorm.DB) *gorm.DB {
	if q.Actor != "" {
		db = db.Where("actor = ?", q.Actor)
	}
	if q.ResidentID != 0 {
		db = db.Where("resident_id = ?", q.ResidentID)
	}
	if q.Action != "" {
		db = db.Where("action = ?", q.Action)
	}
	if !q.From.IsZero() {
		db = db.Where("at >= ?", q.From.Start())
	}
	if !q.To.IsZero() {
		db = db.Where("at < ?", q.To.AddDays(1).Start())
	}
	return db
}
