package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// AppointmentFigures are the rates of booking of one scope (domain §6.2).
type AppointmentFigures struct {
	Kind    models.ScopeKind
	ScopeID models.ID
	Name    string
	// NoShow: bookings nobody came to / bookings whose day is over and that were not cancelled.
	NoShow Share
	// BySigned: bookings not cancelled of signed residents / all bookings not cancelled.
	BySigned Share
	// Released: seats of expert periods held back for signed residents and referrals / all
	// seats of expert periods (专家号源下放比例).
	Released Share
	// ReleasedUsed: of the seats released, those that signed residents and referrals took.
	ReleasedUsed Share
}

// AppointmentRates counts the bookings and expert periods of a period by scope, from indexes
// on the day. A booking counts where it takes place.
func (v View) AppointmentRates(ctx context.Context, q PeriodQuery) ([]AppointmentFigures, PeriodQuery, error) {
	if err := q.check(v.Today()); err != nil {
		return nil, q, err
	}
	var out []AppointmentFigures
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, column, err := v.periodScopes(db, q, "institution_id", "team_id")
		if err != nil {
			return err
		}
		at := map[models.ID]*AppointmentFigures{}
		out = make([]AppointmentFigures, len(scopes))
		for i, s := range scopes {
			out[i] = AppointmentFigures{Kind: q.By, ScopeID: s.shown, Name: s.name}
			at[s.id] = &out[i]
		}
		if err := countBookings(db, q, column, at); err != nil {
			return err
		}
		return countExperts(db, q, column, at)
	})
	return out, q, err
}

func countBookings(db *gorm.DB, q PeriodQuery, column string, at map[models.ID]*AppointmentFigures) error {
	var rows []struct {
		Scope  models.ID
		Status models.AppointmentStatus
		Class  models.BookingClass
		N      int
	}
	err := db.Model(&models.Appointment{}).Select(column+" AS scope, status, class, COUNT(*) AS n").
		Where("held_on BETWEEN ? AND ? AND status <> ?", q.From, q.To, models.Unbooked).Group("scope, status, class").Scan(&rows).Error
	for _, row := range rows {
		f := at[row.Scope]
		if f == nil {
			continue
		}
		f.BySigned.Denominator += row.N
		if row.Class == models.SignedClass {
			f.BySigned.Numerator += row.N
		}
		if row.Status != models.Booked {
			f.NoShow.Denominator += row.N
		}
		if row.Status == models.NoShow {
			f.NoShow.Numerator += row.N
		}
	}
	return err
}

func countExperts(db *gorm.DB, q PeriodQuery, column string, at map[models.ID]*AppointmentFigures) error {
	var rows []struct {
		Scope                               models.ID
		SlotLength, Minutes, Released, Used int
	}
	// The minutes of slots of one length are divided here: SQL divides in two ways.
	const sums = "slot_length, SUM((closes - opens) * capacity) AS minutes, SUM(signed_quota + referral_quota) AS released, " +
		"SUM(CASE WHEN signed_taken < signed_quota THEN signed_taken ELSE signed_quota END + CASE WHEN referral_taken < referral_quota THEN referral_taken ELSE referral_quota END) AS used"
	err := db.Model(&models.Schedule{}).Select(column+" AS scope, "+sums).
		Where("held_on BETWEEN ? AND ? AND kind = ? AND status = ?", q.From, q.To, models.ExpertPeriod, models.ScheduleOpen).Group("scope, slot_length").Scan(&rows).Error
	for _, row := range rows {
		if f := at[row.Scope]; f != nil {
			f.Released.Numerator += row.Released
			f.Released.Denominator += row.Minutes / row.SlotLength
			f.ReleasedUsed.Numerator += row.Used
			f.ReleasedUsed.Denominator += row.Released
		}
	}
	return err
}
