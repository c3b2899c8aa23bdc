package models

import (
	"fmt"
	"time"
)

// ScheduleKind is what a period is for (domain §6.2).
type ScheduleKind string

// The kinds.
const (
	NormalPeriod ScheduleKind = "normal"
	ExpertPeriod ScheduleKind = "expert"
	TidalPeriod  ScheduleKind = "tidal" // 潮汐式: before or after working hours
)

// ScheduleKindLabels are the Chinese names of the kinds.
var ScheduleKindLabels = map[ScheduleKind]string{NormalPeriod: "普通", ExpertPeriod: "专家", TidalPeriod: "潮汐(早晚)"}

// ScheduleStatus is the state of a period.
type ScheduleStatus string

// The states.
const (
	ScheduleOpen      ScheduleStatus = "open"
	ScheduleWithdrawn ScheduleStatus = "withdrawn"
)

// ScheduleStatusLabels are the Chinese names of the states.
var ScheduleStatusLabels = map[ScheduleStatus]string{ScheduleOpen: "开放", ScheduleWithdrawn: "停诊"}

// Limits of a period (domain §0.8, §6.2).
const (
	SlotMinutes      = 10  // a slot is never longer
	DefaultHoldHours = 48  // for how long before its beginning seats are no longer held back
	MaxHoldHours     = 336 // the same 14 days for which one can book
	MaxSeats         = 20  // of one slot
	MaxPeriod        = 12 * 60
	MaxRepeatWeeks   = 8
	MaxScheduleAhead = 90 // days
	MaxScheduleDays  = 31 // of one list
)

// Schedule is a period in which a doctor receives people, cut into slots of ten minutes.
type Schedule struct {
	ID            ID
	InstitutionID ID   `gorm:"not null;index:ix_schedules_inst,priority:1"`
	TeamID        ID   `gorm:"not null;index:ix_schedules_team,priority:1"`   // 0 for one of the institution's own
	DoctorID      ID   `gorm:"not null;index:ix_schedules_doctor,priority:1"` // staff
	On            Date `gorm:"column:held_on;not null;index:ix_schedules_inst,priority:2;index:ix_schedules_team,priority:2;index:ix_schedules_doctor,priority:2;index:ix_schedules_day"`
	// Opens and Closes are minutes since midnight in Shanghai; a slot is SlotLength minutes.
	Opens      int            `gorm:"not null;index:ix_schedules_inst,priority:3;index:ix_schedules_team,priority:3;index:ix_schedules_doctor,priority:3"`
	Closes     int            `gorm:"not null"`
	SlotLength int            `gorm:"not null"`
	Capacity   int            `gorm:"not null"` // seats of each slot
	Kind       ScheduleKind   `gorm:"size:16;not null"`
	Status     ScheduleStatus `gorm:"size:16;not null"`
	// Of the seats of the period so many are held back for signed residents and for
	// referrals until HoldHours before it begins (domain §6.2 priority quota).
	SignedQuota   int `gorm:"not null"`
	ReferralQuota int `gorm:"not null"`
	HoldHours     int `gorm:"not null"`
	// What is taken, by who holds it. The sum of the slots' Taken is their sum.
	SignedTaken   int `gorm:"not null"`
	ReferralTaken int `gorm:"not null"`
	OtherTaken    int `gorm:"not null"`
	Version       int `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// ScheduleSlot is ten minutes of a period.
type ScheduleSlot struct {
	ID         ID
	ScheduleID ID  `gorm:"not null;uniqueIndex:ux_schedule_slots,priority:1"`
	Begins     int `gorm:"not null;uniqueIndex:ux_schedule_slots,priority:2"` // minutes since midnight
	Capacity   int `gorm:"not null"`
	Taken      int `gorm:"not null"`
}

// Clock writes minutes since midnight as 15:04.
func Clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// ParseClock reads 15:04, up to 24:00; ok is false for anything else.
func ParseClock(text string) (minutes int, ok bool) {
	if text == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != 5 {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// At is the instant so many minutes into the day of the period.
func (s Schedule) At(minutes int) time.Time {
	return s.On.Start().Add(time.Duration(minutes) * time.Minute)
}

// Seats is the number of seats of the period.
func (s Schedule) Seats() int { return (s.Closes - s.Opens) / s.SlotLength * s.Capacity }

// Free is the number of seats nobody holds.
func (s Schedule) Free() int { return s.Seats() - s.SignedTaken - s.ReferralTaken - s.OtherTaken }

// HeldUntil is the instant from which on anyone may book the seats that were held back.
func (s Schedule) HeldUntil() time.Time {
	return s.At(s.Opens).Add(-time.Duration(s.HoldHours) * time.Hour)
}

// Slots are the slots of the period, all free.
func (s Schedule) Slots() []ScheduleSlot {
	var out []ScheduleSlot
	for at := s.Opens; at < s.Closes; at += s.SlotLength {
		out = append(out, ScheduleSlot{ScheduleID: s.ID, Begins: at, Capacity: s.Capacity})
	}
	return out
}

// Check completes the period and notes what is wrong with it, as entered on the day.
func (s *Schedule) Check(p *Problems, now time.Time, today Date) {
	if s.Kind == "" {
		s.Kind = NormalPeriod
	}
	if s.SlotLength == 0 {
		s.SlotLength = SlotMinutes
	}
	if s.Capacity == 0 {
		s.Capacity = 1
	}
	if _, ok := ScheduleKindLabels[s.Kind]; !ok {
		p.Add("kind", "enum", "号别不在可选范围内")
	}
	switch {
	case s.On.IsZero():
		p.Add("on", "required", "请填写出诊日期")
	case s.On.Before(today):
		p.Add("on", "past", "出诊日期不能早于今天")
	case s.On.Sub(today) > MaxScheduleAhead:
		p.Add("on", "too_far", fmt.Sprintf("最多提前%d天排班", MaxScheduleAhead))
	}
	switch length := s.Closes - s.Opens; {
	case s.Opens < 0 || s.Closes > 24*60 || length <= 0:
		p.Add("to", "before_from", "结束时间应晚于开始时间")
		return
	case length > MaxPeriod:
		p.Add("to", "too_long", "一个时段不能超过12小时")
		return
	case s.SlotLength < 1 || s.SlotLength > SlotMinutes:
		p.Add("slot_minutes", "out_of_range", "号源间隔应为1至10分钟")
		return
	case length%s.SlotLength != 0:
		p.Add("to", "uneven", "时段长度应为号源间隔的整数倍")
	case s.On == today && !s.At(s.Opens).After(now):
		p.Add("from", "past", "开始时间已过")
	}
	if s.Capacity < 1 || s.Capacity > MaxSeats {
		p.Add("capacity", "out_of_range", fmt.Sprintf("每个号源的人数应为1至%d", MaxSeats))
		return
	}
	if s.SignedQuota < 0 || s.ReferralQuota < 0 || s.SignedQuota+s.ReferralQuota > s.Seats() {
		p.Add("signed_quota", "out_of_range", "预留号源不能超过该时段的号源总数")
	}
	if s.HoldHours < 0 || s.HoldHours > MaxHoldHours {
		p.Add("hold_hours", "out_of_range", "预留保留时间应为开诊前0至336小时")
	}
}

// BookingClass is who a seat was taken as.
type BookingClass string

// The classes.
const (
	OtherClass    BookingClass = "other"
	SignedClass   BookingClass = "signed"
	ReferralClass BookingClass = "referral"
)

// BookingClassLabels are the Chinese names of the classes.
var BookingClassLabels = map[BookingClass]string{OtherClass: "普通", SignedClass: "签约居民", ReferralClass: "转诊"}

func (s *Schedule) taken(c BookingClass) *int {
	switch c {
	case SignedClass:
		return &s.SignedTaken
	case ReferralClass:
		return &s.ReferralTaken
	}
	return &s.OtherTaken
}

// HeldFor is how many seats are held back for the class at the instant.
func (s Schedule) HeldFor(c BookingClass, now time.Time) int {
	quota := map[BookingClass]int{SignedClass: s.SignedQuota, ReferralClass: s.ReferralQuota}[c]
	if !now.Before(s.HeldUntil()) {
		return 0
	}
	return max(0, quota-*s.taken(c))
}

// FreeFor is how many seats someone of the class may still take at the instant: those that
// are free and not held back for others (domain §6.2).
func (s Schedule) FreeFor(c BookingClass, now time.Time) int {
	free := s.Free()
	for _, other := range []BookingClass{SignedClass, ReferralClass} {
		if other != c {
			free -= s.HeldFor(other, now)
		}
	}
	return max(0, free)
}

// Take counts one more seat of the class, or one less with -1.
func (s *Schedule) Take(c BookingClass, n int) { *s.taken(c) += n }
