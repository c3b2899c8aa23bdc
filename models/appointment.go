package models

import (
	"fmt"
	"slices"
	"time"

	"jiayi/internal/calendar"
)

// AppointmentStatus is the state of a booking (domain §6.2).
type AppointmentStatus string

// The states.
const (
	Booked    AppointmentStatus = "booked"
	CheckedIn AppointmentStatus = "checked_in"
	Attended  AppointmentStatus = "done"
	Unbooked  AppointmentStatus = "cancelled"
	NoShow    AppointmentStatus = "no_show"
)

// AppointmentStatusLabels are the Chinese names of the states.
var AppointmentStatusLabels = map[AppointmentStatus]string{
	Booked: "已预约", CheckedIn: "已签到", Attended: "已就诊", Unbooked: "已取消", NoShow: "爽约",
}

// Rules of booking (domain §6.2).
const (
	BookAheadDays   = 14               // one can book so many days ahead
	CancelBefore    = 30 * time.Minute // and cancel until so long before
	NoShowLimit     = 3                // so many no-shows
	NoShowWindow    = 90               // within so many days
	NoShowBlockDays = 30               // stop a resident from booking for so many
	RevisitDays     = 3                // 一次挂号管三天
)

// Appointment is one seat of a slot, held by one resident.
type Appointment struct {
	ID         ID
	ScheduleID ID `gorm:"not null;index"`
	// Seat numbers the seats of a slot from 1; NULL once it was given back. No two hold one.
	SlotID        ID        `gorm:"not null;uniqueIndex:ux_appointments_seat,priority:1"`
	Seat          *int      `gorm:"uniqueIndex:ux_appointments_seat,priority:2"`
	ResidentID    ID        `gorm:"not null;uniqueIndex:ux_appointments_time,priority:1;uniqueIndex:ux_appointments_doctor,priority:1;index:ix_appointments_resident,priority:1"`
	InstitutionID ID        `gorm:"not null;index:ix_appointments_inst,priority:1"`
	TeamID        ID        `gorm:"not null;index:ix_appointments_team,priority:1"`
	DoctorID      ID        `gorm:"not null;uniqueIndex:ux_appointments_doctor,priority:2;index:ix_appointments_staff,priority:1"`
	On            Date      `gorm:"column:held_on;not null;uniqueIndex:ux_appointments_doctor,priority:3;index:ix_appointments_inst,priority:2;index:ix_appointments_team,priority:2;index:ix_appointments_staff,priority:2;index:ix_appointments_day,priority:2"`
	StartsAt      time.Time `gorm:"not null;uniqueIndex:ux_appointments_time,priority:2;index:ix_appointments_inst,priority:3;index:ix_appointments_team,priority:3;index:ix_appointments_staff,priority:3;index:ix_appointments_resident,priority:2"`
	Minutes       int       `gorm:"not null"` // length of the slot
	// Live is true while the seat is held and NULL after: one booking of a person at a time,
	// and one with a doctor on a day.
	Live        *bool             `gorm:"uniqueIndex:ux_appointments_time,priority:3;uniqueIndex:ux_appointments_doctor,priority:4"`
	Status      AppointmentStatus `gorm:"size:16;not null;index:ix_appointments_day,priority:1"`
	Kind        ScheduleKind      `gorm:"size:16;not null"`
	Class       BookingClass      `gorm:"size:16;not null"`
	BookedBy    string            `gorm:"size:32;not null"`
	PastBlock   bool              `gorm:"not null"` // staff booked for someone who may not
	Revisit     bool              `gorm:"not null"` // within three days after another visit: no fee
	CheckedInAt *time.Time
	Version     int `gorm:"not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// NoShowBlock is until which day, included, the days of a resident's no-shows stop the
// resident from booking: 30 days from the third one within 90 days on; zero for no block.
func NoShowBlock(days []Date, today Date) Date {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b Date) int { return a.Sub(b) })
	for i := len(days) - 1; i >= NoShowLimit-1; i-- {
		until := days[i].AddDays(NoShowBlockDays)
		if today.After(until) {
			break
		}
		if days[i].Sub(days[i-NoShowLimit+1]) < NoShowWindow {
			return until
		}
	}
	return Date{}
}

// CheckBookable refuses a slot that has passed, is more than 14 days ahead, or whose period
// was withdrawn.
func (s Schedule) CheckBookable(slot ScheduleSlot, now time.Time) error {
	today := calendar.DateOf(now)
	switch {
	case s.Status != ScheduleOpen:
		return Errorf(Conflict, "withdrawn", "该时段已停诊,请选择其他时段")
	case !s.At(slot.Begins).After(now):
		return InvalidField("slot_id", "past", "该时间已过,请选择其他时间")
	case s.On.Sub(today) > BookAheadDays:
		return InvalidField("slot_id", "too_far", fmt.Sprintf("最多提前%d天预约", BookAheadDays))
	}
	return nil
}

// CheckSeat refuses a slot without a free seat, and one whose free seats are held back for
// others.
func (s Schedule) CheckSeat(slot ScheduleSlot, class BookingClass, now time.Time) error {
	switch {
	case slot.Taken >= slot.Capacity:
		return Errorf(Conflict, "slot_full", "该时间已约满,请选择其他时间")
	case s.FreeFor(class, now) == 0:
		e := Errorf(Conflict, "reserved", "剩余号源为签约居民或转诊预留,开诊前%d小时起开放预约", s.HoldHours)
		e.Details = map[string]any{"released_at": s.HeldUntil().UTC().Format(time.RFC3339)}
		return e
	}
	return nil
}

// ErrNoShowBlock is the answer to a resident who may not book for now.
func ErrNoShowBlock(until Date) error {
	e := Errorf(Conflict, "no_show_block", "近90天内爽约达3次,%s前不能自行预约,如需就诊请联系家庭医生团队代约", until.AddDays(1).Chinese())
	e.Details = map[string]any{"blocked_until": until.String()}
	return e
}

// IsRevisit tells whether a visit today falls under the fee of an earlier one at the same
// institution on the day.
func IsRevisit(earlier, today Date) bool {
	return !earlier.IsZero() && !today.Before(earlier) && today.Sub(earlier) <= RevisitDays
}

// EndsAt is the end of the slot.
func (a Appointment) EndsAt() time.Time {
	return a.StartsAt.Add(time.Duration(a.Minutes) * time.Minute)
}
