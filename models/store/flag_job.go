package store

import (
	"context"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// checkBatch is how many doctors or accounts are looked up at a time.
const checkBatch = 200

// CheckVisits runs the counting checks of visits over the last CheckDays days, doctor by
// doctor and account by account, each in a transaction of its own. A flag is raised once for
// a visit and kind, so that it may run again, or from the start after it was stopped. It
// returns the number of flags raised.
func (s *Store) CheckVisits(ctx context.Context) (int, error) {
	v := s.As(models.System("check-visits"))
	doctors, err := v.checkEach(ctx, &models.Staff{}, (*Tx).checkDoctor)
	if err != nil {
		return doctors, err
	}
	accounts, err := v.checkEach(ctx, &models.Account{}, (*Tx).checkEntries)
	return doctors + accounts, err
}

// checkEach runs a check for every row of a noun and adds up the flags.
func (v View) checkEach(ctx context.Context, noun any, check func(*Tx, models.ID) (int, error)) (int, error) {
	total, last := 0, models.ID(0)
	for {
		var ids []models.ID
		if err := v.query(ctx).Model(noun).Where("id > ?", last).Order("id").Limit(checkBatch).Pluck("id", &ids).Error; err != nil || len(ids) == 0 {
			return total, err
		}
		for _, id := range ids {
			raised := 0
			err := v.transact(ctx, func(tx *Tx) (err error) { raised, err = check(tx, id); return err })
			if err != nil {
				return total, err
			}
			total += raised
			last = id
		}
	}
}

// raiseNew raises the same flag for visits that have none of its kind, and tells how many.
func (tx *Tx) raiseNew(visits []models.Encounter, flags []models.Flag) (int, error) {
	if len(visits) == 0 || len(flags) == 0 {
		return 0, nil
	}
	ids := make([]models.ID, len(visits))
	for i, e := range visits {
		ids[i] = e.ID
	}
	var have []models.ID
	if err := tx.db.Model(&models.Flag{}).Where("encounter_id IN ? AND `kind` = ?", ids, flags[0].Kind).Pluck("encounter_id", &have).Error; err != nil {
		return 0, err
	}
	known := make(map[models.ID]bool, len(have))
	for _, id := range have {
		known[id] = true
	}
	raised := 0
	for _, e := range visits {
		if known[e.ID] {
			continue
		}
		if err := tx.suspect(e, []models.Flag{flags[0]}); err != nil {
			return raised, err
		}
		raised++
	}
	return raised, nil
}

// checkDoctor looks at the crowded days of a doctor, and at the digits.
func (tx *Tx) checkDoctor(doctor models.ID) (int, error) {
	var days []models.Date
	err := tx.standing().Where("doctor_id = ? AND visited_on > ?", doctor, tx.today.AddDays(-models.CheckDays)).Group("visited_on").
		Having("COUNT(*) > ? OR SUM(CASE WHEN visit_way = ? THEN 1 ELSE 0 END) > ?", models.MaxVisitsADay, int(clinical.WayHome), models.MaxVisitsAtPlace).
		Order("visited_on").Pluck("visited_on", &days).Error
	if err != nil {
		return 0, err
	}
	total := 0
	for _, day := range days {
		for _, check := range []func(models.ID, models.Date) (int, error){tx.checkBusyDay, tx.checkPlaces} {
			n, err := check(doctor, day)
			total += n
			if err != nil {
				return total, err
			}
		}
	}
	n, err := tx.checkDigits(doctor)
	return total + n, err
}

// checkBusyDay flags the visits of the day beyond the limit, in the order entered.
func (tx *Tx) checkBusyDay(doctor models.ID, day models.Date) (int, error) {
	var visits []models.Encounter
	err := tx.standing().Select("id", "resident_id", "team_id", "institution_id", "doctor_id").
		Where("doctor_id = ? AND visited_on = ?", doctor, day).Order("id").Find(&visits).Error
	if err != nil || len(visits) <= models.MaxVisitsADay {
		return 0, err
	}
	return tx.raiseNew(visits[models.MaxVisitsADay:], models.BusyDay(len(visits)))
}

// checkPlaces flags the home visits of the day beyond the limit at each place.
func (tx *Tx) checkPlaces(doctor models.ID, day models.Date) (int, error) {
	visits, err := tx.homeVisits(doctor, day)
	if err != nil {
		return 0, err
	}
	at := map[string][]models.Encounter{}
	for _, e := range visits {
		if cell := models.PlaceCell(e.Place); cell != "" {
			at[cell] = append(at[cell], e)
		}
	}
	total := 0
	for _, there := range at {
		if len(there) <= models.MaxVisitsAtPlace {
			continue
		}
		n, err := tx.raiseNew(there[models.MaxVisitsAtPlace:], models.SamePlace(len(there)))
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// checkDigits flags the newest visit of a doctor whose blood pressures are too round, unless
// the doctor was flagged for that in the last RoundDays days.
func (tx *Tx) checkDigits(doctor models.ID) (int, error) {
	since := tx.today.AddDays(-models.RoundDays)
	pressures := tx.standing().Joins("JOIN vitals v ON v.encounter_id = encounters.id AND v.`kind` = ? AND v.voided = ?", models.BloodPressure, false).
		Where("encounters.doctor_id = ? AND encounters.visited_on > ?", doctor, since)
	var sum struct{ Readings, Zeros int }
	err := pressures.Select("COUNT(*) AS readings, COALESCE(SUM(CASE WHEN v.value1 % 10 = 0 THEN 1 ELSE 0 END + CASE WHEN v.value2 % 10 = 0 THEN 1 ELSE 0 END), 0) AS zeros").
		Scan(&sum).Error
	flags := models.RoundPressures(sum.Readings, sum.Zeros)
	if err != nil || len(flags) == 0 {
		return 0, err
	}
	var n int64
	err = tx.db.Model(&models.Flag{}).Where("doctor_id = ? AND `kind` = ? AND raised_on > ?", doctor, models.FlagRoundPressures, since).Count(&n).Error
	if err != nil || n > 0 {
		return 0, err
	}
	var newest []models.Encounter
	err = tx.standing().Where("doctor_id = ? AND visited_on > ?", doctor, since).
		Where("EXISTS (SELECT 1 FROM vitals v WHERE v.encounter_id = encounters.id AND v.`kind` = ? AND v.voided = ?)", models.BloodPressure, false).
		Order("visited_on DESC, id DESC").Limit(1).Find(&newest).Error
	if err != nil {
		return 0, err
	}
	return tx.raiseNew(newest, flags)
}

// checkEntries flags what an account entered late beyond the limit, day of entry by day of
// entry, in the order entered.
func (tx *Tx) checkEntries(account models.ID) (int, error) {
	var visits []models.Encounter
	err := tx.standing().Select("id", "resident_id", "team_id", "institution_id", "doctor_id", "visited_on", "created_at").
		Where("account_id = ? AND created_at >= ?", account, tx.today.AddDays(-models.LateCheckDays).Start().UTC()).Order("id").Find(&visits).Error
	if err != nil {
		return 0, err
	}
	late := map[models.Date][]models.Encounter{}
	for _, e := range visits {
		if entered := calendar.DateOf(e.CreatedAt); e.VisitedOn.Before(entered) {
			late[entered] = append(late[entered], e)
		}
	}
	total := 0
	for _, entries := range late {
		if len(entries) <= models.MaxLateEntries {
			continue
		}
		n, err := tx.raiseNew(entries[models.MaxLateEntries:], models.LateInBulk(len(entries)))
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}
