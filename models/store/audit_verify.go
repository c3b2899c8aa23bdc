package store

import (
	"context"
	"errors"
	"strconv"

	"gorm.io/gorm"

	"jiayi/models"
)

// BreakKind says how the audit chain is broken.
type BreakKind string

// The kinds of break. Altered covers rows that changed places as well: the code of a
// link covers the row, its place and everything before.
const (
	BreakAltered     BreakKind = "altered"      // row or link does not fit its code
	BreakRowMissing  BreakKind = "row_missing"  // the sealed row is gone
	BreakLinkMissing BreakKind = "link_missing" // a link is gone from the chain
	BreakBackdated   BreakKind = "backdated"    // the row says it is older than it can be
	BreakUnlisted    BreakKind = "unlisted"     // the row neither has a seal nor waits for one
)

// BreakLabels are the Chinese names of the kinds.
var BreakLabels = map[BreakKind]string{
	BreakAltered: "记录被改动或调换位置", BreakRowMissing: "记录被删除", BreakLinkMissing: "链条环节被删除",
	BreakBackdated: "记录时间早于应有时间,疑似事后插入", BreakUnlisted: "记录未进入链条,疑似绕过系统插入或链条环节被删除",
}

// ChainBreak is the first place at which the audit chain does not hold.
type ChainBreak struct {
	Kind  BreakKind
	Seq   int64     // place in the chain, 0 for a row outside it
	RowID models.ID // 0 when the row is not known
}

// Anchor is one link as somebody noted it outside the database: the only proof that the
// end of the chain was not cut off together with its rows.
type Anchor struct {
	Seq int64
	MAC string
}

// String writes SEQ:CODE, "" for no link.
func (a Anchor) String() string {
	if a.Seq == 0 {
		return ""
	}
	return strconv.FormatInt(a.Seq, 10) + ":" + a.MAC
}

// AuditCheck is the result of a verification.
type AuditCheck struct {
	Checked  int64       // links that hold
	Head     Anchor      // the last of them, to note elsewhere
	Unsealed int64       // rows that still wait for their seal
	Broken   *ChainBreak // nil: everything holds
}

// verifyBatch is how many links a verification reads at a time.
const verifyBatch = 2000

// ErrAnchor is returned when the chain does not hold the link that was noted.
var ErrAnchor = models.Errorf(models.Conflict, "anchor_missing", "审计链中找不到所给的锚点,链条末尾可能已被截断或替换")

// sealedRow is one link with its row; ID is 0 when the row is gone.
type sealedRow struct {
	Seq   int64
	RowID models.ID
	MAC   string          `gorm:"column:mac"`
	Row   models.AuditRow `gorm:"embedded"`
}

// VerifyAudit computes the whole chain anew, in one snapshot and without holding it in
// memory, and names the first place that does not hold. progress, if not nil, is told
// how many of all links are done.
func (s *Store) VerifyAudit(ctx context.Context, progress func(done, total int64)) (AuditCheck, error) {
	var out AuditCheck
	err := s.snapshot(ctx, func(db *gorm.DB) error {
		end, err := chainHead(db)
		if err != nil {
			return err
		}
		out = AuditCheck{}
		w := chainWalk{s: s, out: &out, prev: make([]byte, macSize)}
		for out.Broken == nil && out.Checked < end.Seq {
			batch, err := linksAfter(db, out.Checked)
			if err != nil {
				return err
			}
			w.follow(batch)
			if progress != nil {
				progress(out.Checked, end.Seq)
			}
		}
		return out.tail(db)
	})
	return out, err
}

// VerifyAudit is the verification for whoever may read the audit.
func (v View) VerifyAudit(ctx context.Context) (AuditCheck, error) {
	if !v.actor.Can(models.AuditRead) {
		return AuditCheck{}, models.ErrForbidden
	}
	out, err := v.Store.VerifyAudit(ctx, nil)
	if err != nil {
		return AuditCheck{}, err
	}
	return out, v.witnessed(ctx, "audit.verify", "audit", 0, 0)
}

// CheckAnchor tells whether the chain still holds a link noted earlier; ErrAnchor if not.
func (s *Store) CheckAnchor(ctx context.Context, a Anchor) error {
	var have models.AuditSeal
	err := s.query(ctx).Take(&have, "seq = ?", a.Seq).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return ErrAnchor
	case err != nil:
		return err
	case have.MAC != a.MAC:
		return ErrAnchor
	}
	return nil
}

func linksAfter(db *gorm.DB, seq int64) ([]sealedRow, error) {
	var batch []sealedRow
	err := db.Table("audit_seals s").Select("s.seq, s.row_id, s.mac, r.*").Joins("LEFT JOIN audit_rows r ON r.id = s.row_id").
		Where("s.seq > ?", seq).Order("s.seq").Limit(verifyBatch).Find(&batch).Error
	return batch, err
}

// chainWalk follows the chain link by link.
type chainWalk struct {
	s    *Store
	out  *AuditCheck
	prev []byte
	last *models.AuditRow
}

// follow checks links until one does not hold; none where one must be is a break too.
func (w *chainWalk) follow(batch []sealedRow) {
	if len(batch) == 0 {
		w.out.Broken = &ChainBreak{BreakLinkMissing, w.out.Checked + 1, 0}
		return
	}
	for i := range batch {
		if kind := w.check(&batch[i]); kind != "" {
			w.out.Broken = &ChainBreak{kind, w.out.Checked + 1, batch[i].RowID}
			if kind == BreakLinkMissing {
				w.out.Broken.RowID = 0
			}
			return
		}
		w.last = &batch[i].Row
		w.out.Checked = batch[i].Seq
		w.out.Head = Anchor{batch[i].Seq, batch[i].MAC}
	}
}

func (w *chainWalk) check(l *sealedRow) BreakKind {
	code, err := link{Seq: l.Seq, MAC: l.MAC}.code()
	switch {
	case l.Seq != w.out.Checked+1:
		return BreakLinkMissing
	case l.Row.ID == 0:
		return BreakRowMissing
	case err != nil || !w.s.keys.CheckMAC(linkData(w.prev, l.Seq, l.Row), code):
		return BreakAltered
	case w.last != nil && w.last.At.Sub(l.Row.At) > models.BackdatedBy:
		return BreakBackdated
	}
	w.prev = code
	return ""
}

// tail counts the rows without a seal and looks for one among them that does not wait
// for it: the trigger lists every row that comes in by the front door.
func (c *AuditCheck) tail(db *gorm.DB) error {
	unsealed := db.Model(&models.AuditRow{}).Joins("LEFT JOIN audit_seals s ON s.row_id = audit_rows.id").Where("s.seq IS NULL")
	if err := unsealed.Session(&gorm.Session{}).Count(&c.Unsealed).Error; err != nil || c.Unsealed == 0 || c.Broken != nil {
		return err
	}
	var ids []models.ID
	err := unsealed.Session(&gorm.Session{}).Joins("LEFT JOIN audit_unsealed u ON u.row_id = audit_rows.id").Where("u.row_id IS NULL").
		Order("audit_rows.id").Limit(1).Pluck("audit_rows.id", &ids).Error
	if err == nil && len(ids) > 0 {
		c.Broken = &ChainBreak{BreakUnlisted, 0, ids[0]}
	}
	return err
}
