package store

import "jiayi/models"

// handOver gives what is open of a resident to the team that cares for the resident now.
// Open tasks follow by themselves, from the plan.
func (tx *Tx) handOver(r models.Resident) error {
	for _, move := range []func(models.Resident) error{tx.moveOpenAlerts, tx.moveOpenReferrals, tx.moveOpenConsults, tx.moveOpenDischarges,
		tx.moveOpenHomeServices, tx.moveOpenPrescriptions} {
		if err := move(r); err != nil {
			return err
		}
	}
	return nil
}
