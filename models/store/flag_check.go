package store

import (
	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/clinical"
)

// doubtVisit checks whether a visit that was just saved can be true, and raises a flag for
// every check that doubts it. It refuses nothing.
func (tx *Tx) doubtVisit(r models.Resident, l logged) error {
	var flags []models.Flag
	for _, check := range []func(models.Resident, logged) ([]models.Flag, error){
		tx.busyDay, tx.samePlace, identicalValues, tx.sharedPhone, tx.lateInBulk,
	} {
		found, err := check(r, l)
		if err != nil {
			return err
		}
		flags = append(flags, found...)
	}
	return tx.suspect(l.Encounter, flags)
}

// suspect raises what a check found, with its trace.
func (tx *Tx) suspect(e models.Encounter, flags []models.Flag) error {
	if len(flags) == 0 {
		return nil
	}
	kinds := make([]string, len(flags))
	for i, f := range flags {
		kinds[i] = string(f.Kind)
	}
	tx.record("flag.raise", "encounter", e.ID, e.ResidentID, kinds...)
	return tx.raiseFlags(e, flags...)
}

// standing are the visits that count.
func (tx *Tx) standing() *gorm.DB {
	return tx.db.Model(&models.Encounter{}).Where("encounters.voided = ?", false)
}

func (tx *Tx) busyDay(_ models.Resident, l logged) ([]models.Flag, error) {
	var n int64
	err := tx.standing().Where("doctor_id = ? AND visited_on = ?", l.DoctorID, l.VisitedOn).Count(&n).Error
	return models.BusyDay(int(n)), err
}

func (tx *Tx) samePlace(_ models.Resident, l logged) ([]models.Flag, error) {
	e := l.Encounter
	cell := models.PlaceCell(e.Place)
	if e.VisitWay != int(clinical.WayHome) || cell == "" {
		return nil, nil
	}
	visits, err := tx.homeVisits(e.DoctorID, e.VisitedOn)
	n := 0
	for _, other := range visits {
		if models.PlaceCell(other.Place) == cell {
			n++
		}
	}
	return models.SamePlace(n), err
}

// homeVisits are a doctor's home visits of a day with their places, in the order entered.
func (tx *Tx) homeVisits(doctor models.ID, day models.Date) ([]models.Encounter, error) {
	var visits []models.Encounter
	err := tx.standing().Where("doctor_id = ? AND visited_on = ? AND visit_way = ?", doctor, day, int(clinical.WayHome)).Order("id").Find(&visits).Error
	return visits, err
}

// identicalValues looks at the visits around each form of the visit, of the same programme.
func identicalValues(_ models.Resident, l logged) ([]models.Flag, error) {
	longest := 0
	for _, f := range l.Followups {
		near := l.around[f.Program]
		longest = max(longest, models.IdenticalRun(f, near.before, near.after[:min(len(near.after), models.IdenticalVisits-1)]))
	}
	return models.Identical(longest), nil
}

// sharedPhone reads no more households than the limit, however many share the number.
func (tx *Tx) sharedPhone(r models.Resident, _ logged) ([]models.Flag, error) {
	if r.PhoneIndex == "" {
		return nil, nil
	}
	var homes []int64
	err := tx.db.Model(&models.Resident{}).Where("phone_index = ? AND status = ?", r.PhoneIndex, models.Living).
		Distinct().Limit(models.MaxPhoneHouseholds+1).Pluck("CASE WHEN household_id = 0 THEN -id ELSE household_id END", &homes).Error
	flags := models.SharedPhone(len(homes))
	if err != nil || len(flags) == 0 {
		return nil, err
	}
	var n int64
	err = tx.db.Model(&models.Flag{}).Where("resident_id = ? AND `kind` = ? AND raised_on > ?", r.ID, models.FlagSharedPhone, tx.today.AddDays(-models.SharedEvery)).Count(&n).Error
	if err != nil || n > 0 {
		return nil, err
	}
	return flags, nil
}

func (tx *Tx) lateInBulk(_ models.Resident, l logged) ([]models.Flag, error) {
	e := l.Encounter
	if e.AccountID == 0 || !e.VisitedOn.Before(tx.today) {
		return nil, nil
	}
	var n int64
	err := tx.standing().Where("account_id = ? AND created_at >= ? AND visited_on < ?", e.AccountID, tx.today.Start().UTC(), tx.today).Count(&n).Error
	return models.LateInBulk(int(n)), err
}

// doubtAfterLeaving flags the visits dated after the death or the move out of a resident
// that is being recorded: nobody can enter one afterwards.
func (tx *Tx) doubtAfterLeaving(r models.Resident) error {
	if r.Status != models.Dead && r.Status != models.MovedOut {
		return nil
	}
	var visits []models.Encounter
	if err := tx.standing().Where("resident_id = ? AND visited_on > ?", r.ID, r.StatusOn).Order("id").Find(&visits).Error; err != nil {
		return err
	}
	for _, e := range visits {
		if err := tx.suspect(e, models.AfterLeaving(r, e.VisitedOn)); err != nil {
			return err
		}
	}
	return nil
}
