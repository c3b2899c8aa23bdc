package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
)

// BookingDraft asks for a seat of a slot.
type BookingDraft struct {
	SlotID     models.ID
	ResidentID models.ID
	Referral   bool // staff book for a referral, from the seats held back for it
}

// Book takes a seat of a slot for a resident (domain §6.2). It returns
//   - Invalid for a slot that is past or more than 14 days ahead;
//   - Conflict withdrawn, slot_full, or reserved while what is free is held back for others;
//   - Conflict same_time or same_doctor when the resident has another booking then;
//   - Conflict no_show_block for a resident who stayed away three times; staff still can.
//
// The resident is locked first, then the period: bookings of a period queue for a moment, and
// the unique seat holds even if they did not.
func (v View) Book(ctx context.Context, d BookingDraft) (AppointmentLine, error) {
	return once(ctx, v, func(tx *Tx) (AppointmentLine, error) {
		if d.ResidentID == 0 && !tx.actor.IsStaff() {
			d.ResidentID = tx.actor.ResidentID
		}
		r, err := tx.lockResident(d.ResidentID)
		if err != nil {
			return AppointmentLine{}, residentField(err)
		}
		if err := tx.living(r); err != nil {
			return AppointmentLine{}, err
		}
		if d.Referral && !tx.actor.IsStaff() {
			return AppointmentLine{}, models.InvalidField("referral", "staff_only", "转诊预约由家庭医生团队办理")
		}
		seen, err := get[models.ScheduleSlot](tx.db, d.SlotID)
		if models.IsKind(err, models.NotFound) {
			return AppointmentLine{}, models.InvalidField("slot_id", "unknown", "号源不存在")
		} else if err != nil {
			return AppointmentLine{}, err
		}
		s, slot, err := tx.lockSlot(seen.ScheduleID, seen.ID)
		if err != nil {
			return AppointmentLine{}, err
		}
		a, err := tx.newAppointment(r, s, slot, d)
		if err != nil {
			return AppointmentLine{}, err
		}
		return tx.sit(a, r, &s, &slot)
	})
}

// lockSlot locks a period and one of its slots, in this order.
func (tx *Tx) lockSlot(schedule, slot models.ID) (models.Schedule, models.ScheduleSlot, error) {
	s, err := lock[models.Schedule](tx, schedule)
	if err != nil {
		return s, models.ScheduleSlot{}, err
	}
	at, err := lock[models.ScheduleSlot](tx, slot)
	return s, at, err
}

// newAppointment is the booking by the rules, without a seat yet.
func (tx *Tx) newAppointment(r models.Resident, s models.Schedule, slot models.ScheduleSlot, d BookingDraft) (models.Appointment, error) {
	a := models.Appointment{ScheduleID: s.ID, SlotID: slot.ID, ResidentID: r.ID, InstitutionID: s.InstitutionID, TeamID: s.TeamID, DoctorID: s.DoctorID, On: s.On,
		StartsAt: s.At(slot.Begins).UTC(), Minutes: s.SlotLength, Kind: s.Kind, Class: models.OtherClass, BookedBy: tx.actor.Name(), Version: 1, CreatedAt: tx.now, UpdatedAt: tx.now}
	switch {
	case d.Referral:
		a.Class = models.ReferralClass
	case r.Standing.Signed:
		a.Class = models.SignedClass
	}
	if err := s.CheckBookable(slot, tx.now); err != nil {
		return a, err
	}
	blocked, err := tx.noShowBlock(r.ID)
	if err != nil {
		return a, err
	}
	if !blocked.IsZero() {
		if !tx.actor.IsStaff() {
			return a, models.ErrNoShowBlock(blocked)
		}
		a.PastBlock = true
	}
	if err := tx.freeThen(a); err != nil {
		return a, err
	}
	return a, s.CheckSeat(slot, a.Class, tx.now)
}

// noShowBlock is until when the resident may not book.
func (tx *Tx) noShowBlock(resident models.ID) (models.Date, error) {
	var days []models.Date
	from := tx.today.AddDays(-models.NoShowWindow - models.NoShowBlockDays)
	err := tx.db.Model(&models.Appointment{}).Where("resident_id = ? AND starts_at >= ? AND status = ?", resident, from.Start().UTC(), models.NoShow).Pluck("held_on", &days).Error
	return models.NoShowBlock(days, tx.today), err
}

// freeThen refuses a booking while the resident holds another at that time or with that
// doctor on that day. The resident's row is locked, so that two cannot cross.
func (tx *Tx) freeThen(a models.Appointment) error {
	var held []models.Appointment
	if err := tx.db.Find(&held, "resident_id = ? AND starts_at >= ? AND starts_at < ? AND live = ?", a.ResidentID, a.On.Start().UTC(), a.On.AddDays(1).Start().UTC(), true).Error; err != nil {
		return err
	}
	for _, h := range held {
		if h.DoctorID == a.DoctorID {
			return errSameDoctor
		}
		if h.StartsAt.Before(a.EndsAt()) && h.EndsAt().After(a.StartsAt) {
			return errSameTime
		}
	}
	return nil
}

var (
	errSameDoctor = models.Errorf(models.Conflict, "same_doctor", "当天已预约该医生,不能重复预约")
	errSameTime   = models.Errorf(models.Conflict, "same_time", "该时间已有其他预约")
)

// sit gives the booking the first free seat of the slot and writes it down.
func (tx *Tx) sit(a models.Appointment, r models.Resident, s *models.Schedule, slot *models.ScheduleSlot) (AppointmentLine, error) {
	var taken []int
	if err := tx.db.Model(&models.Appointment{}).Where("slot_id = ? AND seat IS NOT NULL", slot.ID).Pluck("seat", &taken).Error; err != nil {
		return AppointmentLine{}, err
	}
	a.Seat = new(firstFree(taken))
	reason := ""
	if a.PastBlock {
		reason = "居民因多次爽约暂停自行预约,由工作人员代约"
	}
	event, err := a.Move(models.AppointmentMake, tx.actor, a.Parties(tx.actor, r), reason, tx.now)
	if err != nil {
		return AppointmentLine{}, err
	}
	if err := tx.db.Create(&a).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		return AppointmentLine{}, models.Errorf(models.Conflict, "slot_full", "该时间刚被约满,请选择其他时间")
	} else if err != nil {
		return AppointmentLine{}, err
	}
	slot.Taken++
	s.Take(a.Class, 1)
	if err := tx.saveSeats(s, slot); err != nil {
		return AppointmentLine{}, err
	}
	if err := tx.happened(event, a.ID, r.ID); err != nil {
		return AppointmentLine{}, err
	}
	if err := tx.tell(r.ID, AppointmentBookedNotice, a.ID); err != nil {
		return AppointmentLine{}, err
	}
	return tx.view().appointmentLine(tx.db, a)
}

// firstFree is the smallest number from 1 that is not among the taken.
func firstFree(taken []int) int {
	held := map[int]bool{}
	for _, n := range taken {
		held[n] = true
	}
	n := 1
	for held[n] {
		n++
	}
	return n
}

// saveSeats writes the counters of a period and a slot, which are locked. They are no edit of
// the period: its version stays.
func (tx *Tx) saveSeats(s *models.Schedule, slot *models.ScheduleSlot) error {
	if err := tx.db.Model(s).Select("signed_taken", "referral_taken", "other_taken").Updates(s).Error; err != nil {
		return err
	}
	return tx.db.Model(slot).Select("taken").Updates(slot).Error
}

// freeSeat counts a seat of a locked period that was given back.
func (tx *Tx) freeSeat(s *models.Schedule, a *models.Appointment) error {
	slot, err := lock[models.ScheduleSlot](tx, a.SlotID)
	if err != nil {
		return err
	}
	slot.Taken--
	s.Take(a.Class, -1)
	return tx.saveSeats(s, &slot)
}

func (tx *Tx) saveAppointment(a *models.Appointment, e models.Event) error {
	a.Version++
	if err := tx.db.Omit("created_at").Save(a).Error; err != nil {
		return err
	}
	return tx.happened(e, a.ID, a.ResidentID)
}

// MoveAppointment makes a move of the state table: the desk checks in, completes or notes that
// nobody came; the resident, the team or the desk cancels. It refuses what Appointment.Move
// does; an appointment outside the scope is not found.
func (v View) MoveAppointment(ctx context.Context, id models.ID, version int, m models.AppointmentMove, reason string) (AppointmentLine, error) {
	return once(ctx, v, func(tx *Tx) (AppointmentLine, error) {
		if err := checkReason("reason", reason); err != nil {
			return AppointmentLine{}, err
		}
		a, r, s, err := tx.lockAppointment(id)
		if err != nil {
			return AppointmentLine{}, err
		}
		if err := checkVersion(a.Version, version); err != nil {
			return AppointmentLine{}, err
		}
		event, err := a.Move(m, tx.actor, a.Parties(tx.actor, r), reason, tx.now)
		if err != nil {
			return AppointmentLine{}, err
		}
		switch m {
		case models.AppointmentCheckIn:
			if a.Revisit, err = tx.revisits(a); err != nil {
				return AppointmentLine{}, err
			}
		case models.AppointmentCancel:
			if err := tx.freeSeat(&s, &a); err != nil {
				return AppointmentLine{}, err
			}
			if err := tx.tell(r.ID, AppointmentCancelledNotice, a.ID); err != nil {
				return AppointmentLine{}, err
			}
		}
		if err := tx.saveAppointment(&a, event); err != nil {
			return AppointmentLine{}, err
		}
		return tx.view().appointmentLine(tx.db, a)
	})
}

// lockAppointment locks what a booking hangs on in the order of Book: the resident, the
// period, the booking.
func (tx *Tx) lockAppointment(id models.ID) (a models.Appointment, r models.Resident, s models.Schedule, err error) {
	if a, err = tx.view().appointment(tx.db, id); err != nil {
		return a, r, s, err
	}
	if r, err = lock[models.Resident](tx, a.ResidentID); err != nil {
		return a, r, s, err
	}
	if s, err = lock[models.Schedule](tx, a.ScheduleID); err != nil {
		return a, r, s, err
	}
	a, err = lock[models.Appointment](tx, id)
	return a, r, s, err
}

// revisits tells whether the resident was seen at the institution within the last three days
// for a fee: 一次挂号管三天 does not go on and on.
func (tx *Tx) revisits(a models.Appointment) (bool, error) {
	var days []models.Date
	err := tx.db.Model(&models.Appointment{}).Where("resident_id = ? AND starts_at >= ? AND institution_id = ? AND status = ? AND revisit = ? AND id <> ?",
		a.ResidentID, tx.today.AddDays(-models.RevisitDays).Start().UTC(), a.InstitutionID, models.Attended, false, a.ID).Order("starts_at DESC").Limit(1).Pluck("held_on", &days).Error
	return len(days) > 0 && models.IsRevisit(days[0], tx.today), err
}

// cancelAppointments cancels the coming bookings of a resident who died or left, whose row is
// locked.
func (tx *Tx) cancelAppointments(r models.Resident, reason string) error {
	var booked []models.Appointment
	if err := tx.db.Order("schedule_id, id").Find(&booked, "resident_id = ? AND live = ? AND status = ?", r.ID, true, models.Booked).Error; err != nil {
		return err
	}
	for _, seen := range booked {
		s, err := lock[models.Schedule](tx, seen.ScheduleID)
		if err != nil {
			return err
		}
		a, err := lock[models.Appointment](tx, seen.ID)
		if err != nil {
			return err
		}
		event, err := a.Move(models.AppointmentWithdraw, models.System("resident"), models.PartySystem, reason, tx.now)
		if err != nil {
			return err
		}
		if err := tx.freeSeat(&s, &a); err != nil {
			return err
		}
		if err := tx.saveAppointment(&a, event); err != nil {
			return err
		}
	}
	return nil
}

// mergeAppointments gives the survivor of a merge the duplicate's past bookings; coming ones
// were cancelled with the duplicate. Where both were seen at one time the duplicate's row no
// longer counts.
func (tx *Tx) mergeAppointments(survivor, duplicate models.ID) error {
	return tx.db.Model(&models.Appointment{}).Where("resident_id = ?", duplicate).Updates(map[string]any{"resident_id": survivor, "live": nil}).Error
}
