package store

import (
	"slices"

	"gorm.io/gorm"

	"jiayi/models"
)

// facts are what a resident is under and signed, read once for all that follows from them.
// They stand for as long as the resident's row is locked and the use case changes neither.
type facts struct {
	memberships []models.Membership // past ones too
	contracts   []models.Contract   // those that were ever in force
}

// facts reads those of a resident.
func (tx *Tx) facts(resident models.ID) (facts, error) {
	memberships, err := tx.memberships(resident)
	if err != nil {
		return facts{}, err
	}
	contracts := make([]models.Contract, 0, fewRows)
	err = begun(tx.db).Order("id").Find(&contracts, "resident_id = ?", resident).Error
	return facts{memberships, contracts}, err
}

// memberships are all of a resident's, past ones too.
func (tx *Tx) memberships(resident models.ID) ([]models.Membership, error) {
	rows := make([]models.Membership, 0, fewRows)
	err := tx.db.Order("id").Find(&rows, "resident_id = ?", resident).Error
	return rows, err
}

// begun narrows contracts to those that were ever in force.
func begun(db *gorm.DB) *gorm.DB {
	return db.Where("status IN ?", []models.ContractStatus{models.Active, models.Expired, models.Renewed, models.Transferred, models.Terminated})
}

// inForceOn is the contract in force on the day, zero when there is none.
func (f facts) inForceOn(day models.Date) models.Contract {
	for _, c := range slices.Backward(f.contracts) {
		if c.InForceOn(day) {
			return c
		}
	}
	return models.Contract{}
}

// active are the contracts that run or are about to.
func (f facts) active() []models.Contract {
	return slices.DeleteFunc(slices.Clone(f.contracts), func(c models.Contract) bool { return c.Status != models.Active })
}

// mother tells whether the resident was ever under maternal care: nobody else has a
// pregnancy on record.
func (f facts) mother() bool {
	return slices.ContainsFunc(f.memberships, func(m models.Membership) bool { return m.Code == models.Maternal })
}

// read is what a use case knows of residents before their care is planned and counted.
type read struct {
	newcomers map[models.ID]bool  // entered in this transaction: nobody has seen them yet
	facts     map[models.ID]facts // of those for whom they were read
}

// unread are those whose facts are not known.
func (k read) unread(ids []models.ID) []models.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id models.ID) bool { _, ok := k.facts[id]; return ok })
}
