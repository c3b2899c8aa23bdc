package store

import (
	"context"
	"fmt"
	"sync"

	"jiayi/models"
)

// numberBlock is how many agreement numbers a process takes at once, so that signers
// neither wait for the day's sequence nor pay a commit for it. Numbers of a block that
// are not used by the end of the day stay unused.
const numberBlock = 32

// contractNumbers hands out agreement numbers of the day from a block.
type contractNumbers struct {
	mu         sync.Mutex
	day        models.Date
	next, last int64
}

// contractNumber allocates an agreement number: QY + region + date + 6 digits (domain §1.5).
func (v View) contractNumber(ctx context.Context) (string, error) {
	n := &v.numbers
	n.mu.Lock()
	defer n.mu.Unlock()
	today := v.Today()
	if n.day != today || n.next > n.last {
		err := v.transact(ctx, func(tx *Tx) error {
			last, err := tx.advance("contract:"+compact(today), numberBlock)
			n.day, n.next, n.last = today, last-numberBlock+1, last
			return err
		})
		if err != nil {
			n.day = models.Date{}
			return "", err
		}
	}
	n.next++
	return v.contractNo(today, n.next-1), nil
}

func (s *Store) contractNo(day models.Date, n int64) string {
	return fmt.Sprintf("QY%s%s%06d", s.opt.Region, compact(day), n)
}

func compact(d models.Date) string {
	return fmt.Sprintf("%04d%02d%02d", d.Year(), d.Month(), d.Day())
}
