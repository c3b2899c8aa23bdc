package models

import (
	"time"

	"jiayi/internal/calendar"
)

// AppointmentMove is an event of a booking's life.
type AppointmentMove string

// The moves.
const (
	AppointmentMake     AppointmentMove = "book"
	AppointmentCheckIn  AppointmentMove = "check_in"
	AppointmentComplete AppointmentMove = "complete"
	AppointmentCancel   AppointmentMove = "cancel"
	AppointmentMiss     AppointmentMove = "no_show"
	AppointmentWithdraw AppointmentMove = "withdraw" // the period was withdrawn, or the person has left
)

// AppointmentMoveLabels are the Chinese names of the moves.
var AppointmentMoveLabels = map[AppointmentMove]string{
	AppointmentMake: "预约", AppointmentCheckIn: "签到", AppointmentComplete: "就诊完成", AppointmentCancel: "取消预约",
	AppointmentMiss: "记为爽约", AppointmentWithdraw: "停诊取消",
}

// AppointmentProcess is the state table of a booking (domain §6.2). The receiver is the desk
// where the visit takes place; the team is who cares for the resident and may book for them.
var AppointmentProcess = Process[AppointmentStatus, AppointmentMove]{
	Noun: "appointment", Title: "预约", States: AppointmentStatusLabels, Moves: AppointmentMoveLabels,
	Steps: []Step[AppointmentStatus, AppointmentMove]{
		{AppointmentMake, nil, Booked, PartyResident | PartyTeam, AppointmentBook, false},
		{AppointmentCheckIn, []AppointmentStatus{Booked}, CheckedIn, PartyReceiver, AppointmentDesk, false},
		{AppointmentComplete, []AppointmentStatus{CheckedIn}, Attended, PartyReceiver | PartySystem, AppointmentDesk, false},
		{AppointmentCancel, []AppointmentStatus{Booked}, Unbooked, PartyResident | PartyTeam | PartyReceiver, AppointmentBook, false},
		{AppointmentMiss, []AppointmentStatus{Booked}, NoShow, PartyReceiver | PartySystem, AppointmentDesk, false},
		{AppointmentWithdraw, []AppointmentStatus{Booked}, Unbooked, PartySystem, "", true},
	},
}

// Parties are the parts the actor plays in the booking of the resident.
func (a Appointment) Parties(by Actor, r Resident) Party {
	p := by.PartyOf(r)
	if by.AtPlace(a.TeamID, a.InstitutionID) {
		p |= PartyReceiver
	}
	return p
}

// Move applies a move to the booking at the instant; it is the only writer of its status, and
// gives the seat back when it is cancelled. Beside what the table refuses it
// returns Conflict not_today for a check-in on another day, too_late for a cancellation by the
// resident's side within 30 minutes of the visit, and not_yet for a no-show before its time.
func (a *Appointment) Move(m AppointmentMove, by Actor, parties Party, reason string, now time.Time) (Event, error) {
	to, e, err := AppointmentProcess.Move(a.Status, m, by, parties, reason)
	if err != nil {
		return e, err
	}
	switch {
	case m == AppointmentCheckIn && calendar.DateOf(now) != a.On:
		return e, Errorf(Conflict, "not_today", "只能在预约当天签到")
	case m == AppointmentCancel && parties&PartyReceiver == 0 && now.Add(CancelBefore).After(a.StartsAt):
		return e, Errorf(Conflict, "too_late", "距就诊不足30分钟,不能取消,请直接联系就诊机构")
	case m == AppointmentMiss && !now.After(a.StartsAt):
		return e, Errorf(Conflict, "not_yet", "就诊时间未到,不能记为爽约")
	}
	a.Status = to
	switch to {
	case Booked:
		a.Live = new(true)
	case CheckedIn:
		a.CheckedInAt = &now
	case Unbooked:
		a.Live, a.Seat = nil, nil
	case NoShow:
		a.Live = nil
	}
	return e, nil
}
