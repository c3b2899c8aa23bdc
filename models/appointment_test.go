package models_test

import (
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

var clinicDay = calendar.MustDate("2026-11-26")

// clinicPeriod is a period of 18 seats from half past eight.
func clinicPeriod() models.Schedule {
	return models.Schedule{ID: 1, InstitutionID: 2, TeamID: 1, DoctorID: 1, On: clinicDay, Opens: 510, Closes: 690, SlotLength: 10, Capacity: 1, Kind: models.NormalPeriod,
		Status: models.ScheduleOpen, HoldHours: models.DefaultHoldHours}
}

func TestAppointmentMoves(t *testing.T) {
	at := clinicDay.Start().Add(9 * time.Hour)
	walk(t, models.AppointmentProcess, func(from models.AppointmentStatus, m models.AppointmentMove, by models.Actor, parties models.Party, reason string) (models.AppointmentStatus, error) {
		a := models.Appointment{Status: from, On: clinicDay, StartsAt: at}
		now := at.Add(time.Minute)
		if m == models.AppointmentCancel {
			now = at.Add(-models.CancelBefore)
		}
		_, err := a.Move(m, by, parties, reason, now)
		return a.Status, err
	})
	walk(t, models.ScheduleProcess, func(from models.ScheduleStatus, m models.ScheduleMove, by models.Actor, parties models.Party, reason string) (models.ScheduleStatus, error) {
		to, _, err := models.ScheduleProcess.Move(from, m, by, parties, reason)
		return to, err
	})
}

func TestAppointmentTimes(t *testing.T) {
	at := clinicDay.Start().Add(9 * time.Hour)
	for _, c := range []struct {
		move    models.AppointmentMove
		parties models.Party
		now     time.Time
		code    string
	}{
		{models.AppointmentCancel, models.PartyTeam, at.Add(-30 * time.Minute), ""},
		{models.AppointmentCancel, models.PartyTeam, at.Add(-30*time.Minute + time.Second), "too_late"},
		{models.AppointmentCancel, models.PartyTeam | models.PartyReceiver, at.Add(time.Hour), ""},
		{models.AppointmentCheckIn, models.PartyReceiver, clinicDay.Start(), ""},
		{models.AppointmentCheckIn, models.PartyReceiver, clinicDay.Start().Add(-time.Second), "not_today"},
		{models.AppointmentCheckIn, models.PartyReceiver, clinicDay.AddDays(1).Start(), "not_today"},
		{models.AppointmentMiss, models.PartyReceiver, at, "not_yet"},
		{models.AppointmentMiss, models.PartyReceiver, at.Add(time.Second), ""},
	} {
		a := models.Appointment{Status: models.Booked, On: clinicDay, StartsAt: at, Live: new(true), Seat: new(1)}
		_, err := a.Move(c.move, playing[models.PartyTeam], c.parties, "", c.now)
		if c.code == "" && err != nil || c.code != "" && (!models.IsCode(err, c.code) || a.Status != models.Booked) {
			t.Errorf("%s at %v: %v", c.move, c.now, err)
		}
		if held := a.Live != nil; held != (a.Status == models.Booked || a.Status == models.CheckedIn) {
			t.Errorf("%s: held %v", c.move, held)
		}
		if seated := a.Seat != nil; seated != (a.Status != models.Unbooked) {
			t.Errorf("%s: seated %v", c.move, seated)
		}
	}
}

func TestBookableDays(t *testing.T) {
	s := clinicPeriod()
	slot := models.ScheduleSlot{Begins: 600, Capacity: 1} // ten o'clock
	at := s.At(600)
	for _, c := range []struct {
		now  time.Time
		code string
	}{
		{at.Add(-time.Second), ""}, {at, "invalid"}, {at.Add(time.Minute), "invalid"},
		{clinicDay.AddDays(-14).Start(), ""}, {clinicDay.AddDays(-14).Start().Add(-time.Second), "invalid"},
	} {
		if err := s.CheckBookable(slot, c.now); c.code == "" && err != nil || c.code != "" && !models.IsCode(err, c.code) {
			t.Errorf("at %v: %v", c.now, err)
		}
	}
	s.Status = models.ScheduleWithdrawn
	if err := s.CheckBookable(slot, at.Add(-time.Hour)); !models.IsCode(err, "withdrawn") {
		t.Error(err)
	}
}

func TestSeatsHeldBack(t *testing.T) {
	held, free := clinicDay.AddDays(-2).Start(), clinicDay.AddDays(-2).Start().Add(510*time.Minute)
	for _, c := range []struct {
		name                           string
		signed, referral               int // quota
		takenBySigned, byRefer, byRest int
		now                            time.Time
		other, forSigned, forReferral  int
	}{
		{"nothing held", 0, 0, 0, 0, 0, held, 18, 18, 18},
		{"ten and four", 10, 4, 0, 0, 0, held, 4, 14, 8},
		{"four others came", 10, 4, 0, 0, 4, held, 0, 10, 4},
		{"signed took more than theirs", 10, 4, 12, 0, 0, held, 2, 2, 6},
		{"the last moment", 10, 4, 0, 0, 4, free.Add(-time.Nanosecond), 0, 10, 4},
		{"released", 10, 4, 0, 0, 4, free, 14, 14, 14},
		{"full", 10, 4, 10, 4, 4, held, 0, 0, 0},
	} {
		s := clinicPeriod()
		s.SignedQuota, s.ReferralQuota, s.SignedTaken, s.ReferralTaken, s.OtherTaken = c.signed, c.referral, c.takenBySigned, c.byRefer, c.byRest
		for class, want := range map[models.BookingClass]int{models.OtherClass: c.other, models.SignedClass: c.forSigned, models.ReferralClass: c.forReferral} {
			if got := s.FreeFor(class, c.now); got != want {
				t.Errorf("%s: %d for %s, want %d", c.name, got, class, want)
			}
			err := s.CheckSeat(models.ScheduleSlot{Capacity: 1}, class, c.now)
			if want > 0 && err != nil || want == 0 && !models.IsCode(err, "reserved") {
				t.Errorf("%s: %v for %s", c.name, err, class)
			}
		}
	}
	if err := clinicPeriod().CheckSeat(models.ScheduleSlot{Capacity: 2, Taken: 2}, models.SignedClass, held); !models.IsCode(err, "slot_full") {
		t.Error(err)
	}
}

func TestNoShowBlock(t *testing.T) {
	day := clinicDay.AddDays
	for _, c := range []struct {
		name  string
		days  []int
		today int
		until int // 0 for none
	}{
		{"two", []int{-1, -2}, 0, 0},
		{"three", []int{-3, -1, -2}, 0, 29},
		{"the last day", []int{-30, -31, -32}, 0, 0 + 0},
		{"over", []int{-31, -32, -33}, 0, 0},
		{"within 90 days", []int{-89, -40, 0}, 0, 30},
		{"in 91 days", []int{-90, -40, 0}, 0, 0},
		{"a fourth in time", []int{-80, -79, -78, -2}, 0, 28},
		{"a fourth much later", []int{-100, -99, -98, -2}, 0, 0},
	} {
		var days []models.Date
		for _, n := range c.days {
			days = append(days, day(n))
		}
		got := models.NoShowBlock(days, day(c.today))
		want := models.Date{}
		if c.until != 0 || c.name == "the last day" {
			want = day(c.until)
		}
		if got != want {
			t.Errorf("%s: until %v, want %v", c.name, got, want)
		}
	}
}

func TestRevisitWithinThreeDays(t *testing.T) {
	for n, want := range map[int]bool{0: true, 3: true, 4: false, -1: false} {
		if got := models.IsRevisit(clinicDay, clinicDay.AddDays(n)); got != want {
			t.Errorf("%d days later: %v", n, got)
		}
	}
	if models.IsRevisit(models.Date{}, clinicDay) {
		t.Error("without an earlier visit")
	}
}

func TestScheduleCheck(t *testing.T) {
	today := clinicDay.AddDays(-1)
	for _, c := range []struct {
		field  string // "" for a good one
		change func(s *models.Schedule)
	}{
		{"", func(s *models.Schedule) {}},
		{"", func(s *models.Schedule) { s.On, s.Opens, s.Closes = today, 541, 551 }},
		{"from", func(s *models.Schedule) { s.On, s.Opens, s.Closes = today, 540, 550 }},
		{"on", func(s *models.Schedule) { s.On = today.AddDays(-1) }},
		{"", func(s *models.Schedule) { s.On = today.AddDays(90) }},
		{"on", func(s *models.Schedule) { s.On = today.AddDays(91) }},
		{"on", func(s *models.Schedule) { s.On = models.Date{} }},
		{"to", func(s *models.Schedule) { s.Closes = s.Opens }},
		{"", func(s *models.Schedule) { s.Opens, s.Closes = 0, 720 }},
		{"to", func(s *models.Schedule) { s.Opens, s.Closes = 0, 730 }},
		{"to", func(s *models.Schedule) { s.Closes = 695 }},
		{"to", func(s *models.Schedule) { s.Opens, s.Closes = 1430, 1450 }},
		{"", func(s *models.Schedule) { s.SlotLength = 5 }},
		{"slot_minutes", func(s *models.Schedule) { s.SlotLength = 15 }},
		{"", func(s *models.Schedule) { s.Capacity = 20 }},
		{"capacity", func(s *models.Schedule) { s.Capacity = 21 }},
		{"", func(s *models.Schedule) { s.SignedQuota, s.ReferralQuota = 14, 4 }},
		{"signed_quota", func(s *models.Schedule) { s.SignedQuota, s.ReferralQuota = 14, 5 }},
		{"hold_hours", func(s *models.Schedule) { s.HoldHours = 337 }},
		{"kind", func(s *models.Schedule) { s.Kind = "vip" }},
	} {
		s := clinicPeriod()
		c.change(&s)
		var p models.Problems
		s.Check(&p, today.Start().Add(9*time.Hour), today)
		if c.field == "" && len(p) > 0 || c.field != "" && (len(p) != 1 || p[0].Field != c.field) {
			t.Errorf("%s: %+v", c.field, p)
		}
	}
	if n := len(clinicPeriod().Slots()); n != 18 || clinicPeriod().Seats() != 18 {
		t.Errorf("%d slots", n)
	}
	for text, want := range map[string]int{"08:30": 510, "00:00": 0, "24:00": 1440, "23:59": 1439, "24:01": -1, "8:30": -1, "ab:cd": -1} {
		if got, ok := models.ParseClock(text); ok != (want >= 0) || ok && got != want {
			t.Errorf("%s: %d %v", text, got, ok)
		}
	}
}
