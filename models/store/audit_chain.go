package store

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// The chain. Audit rows are inserted without contention by the transactions they belong
// to, and a trigger lists each in audit_unsealed within that same transaction. One
// sealer takes listed rows, gives each the next link, and strikes it off the list. A row
// whose transaction commits late, with an id below sealed ones, is listed when it
// commits and so is never missed: the order of the chain is the order of sealing.

// sealBatch is the most rows sealed in one transaction.
const sealBatch = 1000

// macSize is the length of a link's code in bytes.
const macSize = 32

// sealLock keeps two sealers apart even when a lease was lost unnoticed.
const sealLock = "audit_seal"

// SealAudit links every row that waits into the chain. It returns the number of rows.
func (s *Store) SealAudit(ctx context.Context) (int, error) {
	total := 0
	for {
		n := 0
		err := s.As(models.System("seal-audit")).transact(ctx, func(tx *Tx) error {
			var err error
			n, err = tx.sealRows()
			return err
		})
		total += n
		if err != nil || n < sealBatch {
			return total, err
		}
	}
}

func (tx *Tx) sealRows() (int, error) {
	if err := tx.lockName(sealLock); err != nil {
		return 0, err
	}
	var rows []models.AuditRow
	err := tx.db.Joins("JOIN audit_unsealed u ON u.row_id = audit_rows.id").Order("audit_rows.id").Limit(sealBatch).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	last, err := chainHead(tx.db)
	if err != nil {
		return 0, err
	}
	prev, err := last.code()
	if err != nil {
		return 0, err
	}
	seals, ids := make([]models.AuditSeal, len(rows)), make([]models.ID, len(rows))
	for i, r := range rows {
		seq := last.Seq + int64(i) + 1
		prev = tx.s.keys.MAC(linkData(prev, seq, r))
		seals[i], ids[i] = models.AuditSeal{Seq: seq, RowID: r.ID, MAC: hex.EncodeToString(prev)}, r.ID
	}
	if err := tx.db.Create(&seals).Error; err != nil {
		return 0, err
	}
	return len(rows), tx.db.Delete(&models.AuditUnsealed{}, "row_id IN ?", ids).Error
}

// linkData is what the code of a link covers: the code before, its place and its row.
func linkData(prev []byte, seq int64, r models.AuditRow) []byte {
	data := append(make([]byte, 0, len(prev)+256), prev...)
	data = binary.BigEndian.AppendUint64(data, uint64(seq)) // #nosec G115 -- counts from 1
	return append(data, r.Canonical()...)
}

// link is a seal as it is read back.
type link models.AuditSeal

var errCode = errors.New("store: a code of the audit chain is not one")

// code is the code of the link; that of no link is all zero.
func (l link) code() ([]byte, error) {
	if l.Seq == 0 {
		return make([]byte, macSize), nil
	}
	b, err := hex.DecodeString(l.MAC)
	if err != nil || len(b) != macSize {
		return nil, errCode
	}
	return b, nil
}

// chainHead is the last link, the zero link of an empty chain.
func chainHead(db *gorm.DB) (link, error) {
	var last models.AuditSeal
	err := db.Order("seq DESC").Limit(1).Find(&last).Error
	return link(last), err
}

// lockName holds the named lock until the transaction ends, on every replica.
func (tx *Tx) lockName(name string) error {
	row := models.Sequence{Name: name}
	if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return err
	}
	return tx.forUpdate(tx.db).Take(&row, "name = ?", name).Error
}
