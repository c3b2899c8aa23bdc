package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// CloseAppointments ends the bookings of past days: who never checked in did not come, who
// did was seen. It returns the number ended.
func (s *Store) CloseAppointments(ctx context.Context) (int, error) {
	v, total := s.As(models.System("close-appointments")), 0
	for _, end := range []struct {
		from models.AppointmentStatus
		move models.AppointmentMove
	}{{models.Booked, models.AppointmentMiss}, {models.CheckedIn, models.AppointmentComplete}} {
		for {
			var n int
			err := v.transact(ctx, func(tx *Tx) error {
				var past []models.Appointment
				err := tx.forUpdate(tx.db).Order("held_on, id").Limit(rollBatch).Find(&past, "status = ? AND held_on < ?", end.from, tx.today).Error
				n = len(past)
				for i := range past {
					event, failed := past[i].Move(end.move, tx.actor, models.PartySystem, "", tx.now)
					if failed != nil {
						return failed
					}
					if failed := tx.saveAppointment(&past[i], event); failed != nil {
						return failed
					}
				}
				return err
			})
			total += n
			if err != nil || n == 0 {
				return total, err
			}
		}
	}
	return total, nil
}

// RemindAppointments leaves one message for everyone who is booked for tomorrow, once for each
// booking. It returns the number of messages.
func (s *Store) RemindAppointments(ctx context.Context) (int, error) {
	return remindAll(ctx, s.As(models.System("appointment-reminders")), func(a models.Appointment) models.ID { return a.ID },
		func(tx *Tx) *gorm.DB {
			return tx.db.Where("status = ? AND held_on = ?", models.Booked, tx.today.AddDays(1))
		},
		func(_ *Tx, booked []models.Appointment) ([]notice, error) {
			notices := make([]notice, len(booked))
			for i, a := range booked {
				notices[i] = notice{fmt.Sprintf("%s/%d", AppointmentSoonNotice, a.ID), AppointmentSoonNotice, a.ResidentID, 0, a.ID}
			}
			return notices, nil
		})
}
