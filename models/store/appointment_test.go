package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// clinic opens a period of 周医生's team, changed as told, and returns it.
func clinic(t *testing.T, s *store.Store, day models.Date, change func(d *store.ScheduleDraft)) store.ScheduleLine {
	t.Helper()
	d := store.ScheduleDraft{Schedule: models.Schedule{TeamID: storetest.EastTeam, DoctorID: storetest.EastDoctor, On: day, Opens: 510, Closes: 570, Capacity: 1, HoldHours: models.DefaultHoldHours}}
	if change != nil {
		change(&d)
	}
	list, err := s.As(storetest.Manager).AddSchedule(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	line, err := s.As(storetest.Manager).Schedule(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func book(t *testing.T, s *store.Store, by models.Actor, slot, resident models.ID) (store.AppointmentLine, error) {
	t.Helper()
	return s.As(by).Book(t.Context(), store.BookingDraft{SlotID: slot, ResidentID: resident})
}

func booked(t *testing.T, s *store.Store, by models.Actor, slot, resident models.ID) store.AppointmentLine {
	t.Helper()
	a, err := book(t, s, by, slot, resident)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func moveAppointment(t *testing.T, s *store.Store, by models.Actor, id models.ID, m models.AppointmentMove) store.AppointmentLine {
	t.Helper()
	a, err := s.As(by).MoveAppointment(t.Context(), id, 0, m, "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// countersHold compares the counters of slots and periods with their bookings.
func countersHold(t *testing.T, s *store.Store) {
	t.Helper()
	bySlot, bySchedule := map[models.ID]int{}, map[models.ID]map[models.BookingClass]int{}
	for _, a := range rows[models.Appointment](t, s) {
		if a.Status == models.Unbooked {
			continue
		}
		bySlot[a.SlotID]++
		if bySchedule[a.ScheduleID] == nil {
			bySchedule[a.ScheduleID] = map[models.BookingClass]int{}
		}
		bySchedule[a.ScheduleID][a.Class]++
	}
	for _, slot := range rows[models.ScheduleSlot](t, s) {
		if slot.Taken != bySlot[slot.ID] || slot.Taken > slot.Capacity {
			t.Errorf("slot %d: %d taken of %d, %d bookings", slot.ID, slot.Taken, slot.Capacity, bySlot[slot.ID])
		}
	}
	for _, c := range rows[models.Schedule](t, s) {
		n := bySchedule[c.ID]
		if c.SignedTaken != n[models.SignedClass] || c.ReferralTaken != n[models.ReferralClass] || c.OtherTaken != n[models.OtherClass] {
			t.Errorf("period %d: %d, %d, %d taken, bookings %v", c.ID, c.SignedTaken, c.ReferralTaken, c.OtherTaken, n)
		}
	}
}

// crowd adds residents of 东村 who were never seen, and returns their ids.
func crowd(t *testing.T, s *store.Store, n int) []models.ID {
	t.Helper()
	var people []models.Resident
	var ids []models.ID
	born := storetest.Today.AddYears(-40)
	for i := range n {
		id := models.ID(1000 + i)
		people = append(people, models.Resident{ID: id, RecordNo: fmt.Sprintf("370499001101%05d", 500+i), Name: "东村人", Sex: "1", BirthDate: born, DocumentType: "01",
			DocumentNo: storetest.IDNumber(born, 101+2*i), Nationality: "01", Permanent: true, VillageID: storetest.EastVillage, HouseholdID: 1, HouseRelation: "99",
			AreaTeamID: storetest.EastTeam, AreaInstID: storetest.Liuyuan, Status: models.Living, Version: 1})
		ids = append(ids, id)
	}
	err := s.Load(t.Context(), func(l *store.Loader) error {
		for i := range people {
			l.Index(&people[i])
		}
		return l.Insert(people)
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestNoTwoGetOneSeat is the promise that 64 people at once take ten seats and no more, each
// one of their own.
func TestNoTwoGetOneSeat(t *testing.T) {
	s, _ := storetest.District(t)
	people := crowd(t, s, 64)
	c := clinic(t, s, storetest.Today.AddDays(1), func(d *store.ScheduleDraft) { d.Closes, d.Capacity = 530, 5 })
	errs := make([]error, len(people))
	var wg sync.WaitGroup
	for i, id := range people {
		wg.Go(func() { _, errs[i] = book(t, s, storetest.EastLead, c.Slots[i%2].ID, id) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "slot_full")
		}
	}
	seats := map[string]bool{}
	for _, a := range rows[models.Appointment](t, s) {
		seats[fmt.Sprint(a.SlotID, *a.Seat)] = true
		if *a.Seat < 1 || *a.Seat > 5 {
			t.Errorf("seat %d", *a.Seat)
		}
	}
	if won != 10 || len(seats) != 10 {
		t.Errorf("%d won, %d seats", won, len(seats))
	}
	countersHold(t, s)
}

// TestOnePersonManyTimes: one person who tries everywhere at once gets one place.
func TestOnePersonManyTimes(t *testing.T) {
	s, _ := storetest.District(t)
	day := storetest.Today.AddDays(1)
	east := clinic(t, s, day, nil)
	nurse := clinic(t, s, day, func(d *store.ScheduleDraft) { d.DoctorID = storetest.EastNurse })
	errs := make([]error, 16)
	var wg sync.WaitGroup
	for i := range errs {
		slot := east.Slots[i%6].ID // of one doctor
		if i%2 == 1 {
			slot = nurse.Slots[0].ID
		}
		wg.Go(func() { _, errs[i] = book(t, s, storetest.Qiang, slot, storetest.ZhangQiang) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && !models.IsCode(err, "same_doctor") && !models.IsCode(err, "same_time") && !models.IsCode(err, "slot_full") {
			t.Error(err)
		}
	}
	doctors := map[models.ID]int{}
	for _, a := range rows[models.Appointment](t, s) {
		doctors[a.DoctorID]++
	}
	if doctors[storetest.EastDoctor] > 1 || doctors[storetest.EastNurse] > 1 || len(doctors) == 0 {
		t.Errorf("%v", doctors)
	}
	countersHold(t, s)
}

func TestBookingRules(t *testing.T) {
	s, clock := storetest.District(t)
	day := storetest.Today.AddDays(1)
	c := clinic(t, s, day, nil)
	a := booked(t, s, storetest.Qiang, c.Slots[0].ID, storetest.ZhangXiuying)
	if a.Status != models.Booked || *a.Seat != 1 || a.BookedBy != "resident:2" || a.Class != models.OtherClass || !a.StartsAt.Equal(day.Start().Add(510*time.Minute)) {
		t.Errorf("%+v", a.Appointment)
	}
	_, err := book(t, s, storetest.Qiang, c.Slots[0].ID, 0) // for himself
	wantCode(t, err, "slot_full")
	_, err = book(t, s, storetest.Qiang, c.Slots[1].ID, storetest.ZhangXiuying)
	wantCode(t, err, "same_doctor")
	nurse := clinic(t, s, day, func(d *store.ScheduleDraft) { d.DoctorID, d.SlotLength = storetest.EastNurse, 5 })
	_, err = book(t, s, storetest.Qiang, nurse.Slots[1].ID, storetest.ZhangXiuying) // 8:35, within her ten minutes
	wantCode(t, err, "same_time")
	booked(t, s, storetest.Qiang, nurse.Slots[2].ID, storetest.ZhangXiuying)
	_, err = book(t, s, storetest.Mei, c.Slots[1].ID, storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
	_, err = book(t, s, storetest.WestLead, c.Slots[1].ID, storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
	booked(t, s, storetest.Mei, c.Slots[1].ID, 0) // anyone may see any doctor
	_, err = book(t, s, storetest.Qiang, 9999, 0)
	wantField(t, err, "slot_id", "unknown")
	_, err = s.As(storetest.Qiang).Book(t.Context(), store.BookingDraft{SlotID: c.Slots[2].ID, Referral: true})
	wantField(t, err, "referral", "staff_only")
	far := clinic(t, s, storetest.Today.AddDays(15), nil)
	_, err = book(t, s, storetest.Qiang, far.Slots[0].ID, 0)
	wantField(t, err, "slot_id", "too_far")

	// A seat given back is there again, and so are the person's time and doctor.
	moveAppointment(t, s, storetest.Qiang, a.ID, models.AppointmentCancel)
	again := booked(t, s, storetest.Qiang, c.Slots[0].ID, storetest.ZhangXiuying)
	if *again.Seat != 1 {
		t.Errorf("seat %d", *again.Seat)
	}
	countersHold(t, s)
	clock.Set(day)
	_, err = book(t, s, storetest.Qiang, c.Slots[2].ID, 0) // ten to nine
	wantField(t, err, "slot_id", "past")
}

func TestSeatsForSignedResidents(t *testing.T) {
	s, clock := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	day := storetest.Today.AddDays(4)
	c := clinic(t, s, day, func(d *store.ScheduleDraft) { d.Kind, d.SignedQuota, d.ReferralQuota = models.ExpertPeriod, 4, 1 })
	booked(t, s, storetest.Mei, c.Slots[0].ID, 0)
	_, err := book(t, s, storetest.Dashan, c.Slots[1].ID, 0)
	wantCode(t, err, "reserved")
	if a := booked(t, s, storetest.Qiang, c.Slots[1].ID, storetest.ZhangXiuying); a.Class != models.SignedClass {
		t.Errorf("%s", a.Class)
	}
	if a, err := s.As(storetest.WestLead).Book(t.Context(), store.BookingDraft{SlotID: c.Slots[2].ID, ResidentID: storetest.LiDashan, Referral: true}); err != nil || a.Class != models.ReferralClass {
		t.Errorf("%s %v", a.Class, err)
	}
	clock.Set(day.AddDays(-1))
	booked(t, s, storetest.WestLead, c.Slots[3].ID, storetest.LiJianguo) // released
	countersHold(t, s)

	rates, q, err := s.As(storetest.Manager).AppointmentRates(t.Context(), store.PeriodQuery{By: models.ScopeTeam, To: day})
	if err != nil || len(rates) != 3 || q.From.String() != "2026-01-01" {
		t.Fatalf("%+v %v", rates, err)
	}
	if r := rates[0]; r.Name != "东村团队" || r.BySigned != (store.Share{Numerator: 1, Denominator: 4}) || r.NoShow != (store.Share{}) ||
		r.Released != (store.Share{Numerator: 5, Denominator: 6}) || r.ReleasedUsed != (store.Share{Numerator: 2, Denominator: 5}) {
		t.Errorf("%+v", r)
	}
	if rates[1].BySigned.Denominator != 0 {
		t.Errorf("%+v", rates[1])
	}
	clock.Set(day.AddDays(1))
	if _, err := s.CloseAppointments(t.Context()); err != nil {
		t.Fatal(err)
	}
	rates, _, err = s.As(storetest.LiuyuanBoss).AppointmentRates(t.Context(), store.PeriodQuery{By: models.ScopeInstitution})
	if err != nil || len(rates) != 1 || rates[0].NoShow != (store.Share{Numerator: 4, Denominator: 4}) {
		t.Errorf("%+v %v", rates, err)
	}
	whole, _, err := s.As(storetest.EastLead).AppointmentRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict})
	if err != nil || len(whole) != 1 || whole[0].NoShow != (store.Share{Numerator: 4, Denominator: 4}) || whole[0].Released.Denominator != 6 {
		t.Errorf("%+v %v", whole, err)
	}
	if _, _, err := s.As(storetest.Qiang).AppointmentRates(t.Context(), store.PeriodQuery{By: models.ScopeTeam}); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("%v", err)
	}
}

func TestThreeNoShows(t *testing.T) {
	s, clock := storetest.District(t)
	for n := range 3 {
		day := storetest.Today.AddDays(n + 1)
		booked(t, s, storetest.Mei, clinic(t, s, day, nil).Slots[0].ID, 0)
	}
	clock.Set(storetest.Today.AddDays(4))
	if n, err := s.CloseAppointments(t.Context()); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	if n, err := s.CloseAppointments(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	next := clinic(t, s, storetest.Today.AddDays(5), nil)
	_, err := book(t, s, storetest.Mei, next.Slots[0].ID, 0)
	wantCode(t, err, "no_show_block")
	var e *models.Error
	if asError(err, &e) && e.Details["blocked_until"] != storetest.Today.AddDays(33).String() {
		t.Errorf("%v", e.Details)
	}
	a := booked(t, s, storetest.ShiliuLead, next.Slots[0].ID, storetest.WangMei)
	file, err := s.As(storetest.ShiliuLead).Appointment(t.Context(), a.ID)
	if err != nil || !file.PastBlock || len(file.History) != 1 || file.History[0].Reason == "" {
		t.Errorf("%+v %v", file, err)
	}
	clock.Set(storetest.Today.AddDays(34))
	booked(t, s, storetest.Mei, clinic(t, s, storetest.Today.AddDays(35), nil).Slots[0].ID, 0)
}

func TestRevisits(t *testing.T) {
	s, clock := storetest.District(t)
	visit := func(n int) bool {
		day := storetest.Today.AddDays(n)
		clock.Set(day.AddDays(-1))
		a := booked(t, s, storetest.Qiang, clinic(t, s, day, nil).Slots[0].ID, 0)
		clock.Set(day)
		a = moveAppointment(t, s, storetest.EastNurseOne, a.ID, models.AppointmentCheckIn)
		moveAppointment(t, s, storetest.EastNurseOne, a.ID, models.AppointmentComplete)
		return a.Revisit
	}
	for _, c := range []struct {
		day  int
		want bool
	}{{1, false}, {4, true}, {5, false}, {9, false}, {12, true}} { // on the fifth the first fee is over, though he was seen on the fourth
		if got := visit(c.day); got != c.want {
			t.Errorf("day %d: revisit %v", c.day, got)
		}
	}
}

func TestWithdrawnPeriod(t *testing.T) {
	s, _ := storetest.District(t)
	day := storetest.Today.AddDays(1)
	c := clinic(t, s, day, nil)
	a := booked(t, s, storetest.Mei, c.Slots[0].ID, 0)
	b := booked(t, s, storetest.Qiang, c.Slots[1].ID, 0)
	for _, other := range []models.Actor{storetest.WestLead, storetest.ShiliuLead, {}} {
		if _, err := s.As(other).WithdrawSchedule(t.Context(), c.ID, 0, "培训"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: %v", other.Role, err)
		}
	}
	_, err := s.As(storetest.EastLead).WithdrawSchedule(t.Context(), c.ID, 0, "")
	wantField(t, err, "reason", "required")
	_, err = s.As(storetest.EastLead).WithdrawSchedule(t.Context(), c.ID, 7, "培训")
	wantCode(t, err, "stale")
	if _, err := s.As(storetest.EastLead).WithdrawSchedule(t.Context(), c.ID, 1, "培训"); err != nil {
		t.Fatal(err)
	}
	for _, id := range []models.ID{a.ID, b.ID} {
		line, err := s.As(storetest.Manager).Appointment(t.Context(), id)
		if err != nil || line.Status != models.Unbooked || line.History[1].Reason != "培训" {
			t.Errorf("%+v %v", line, err)
		}
	}
	if told := rows[models.Message](t, s, "template = ?", store.AppointmentWithdrawnNotice); len(told) != 2 || told[0].ResidentID != storetest.WangMei {
		t.Errorf("%+v", told)
	}
	if list, err := s.As(storetest.Mei).Schedules(t.Context(), store.ScheduleFilter{TeamID: storetest.EastTeam}, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	_, err = book(t, s, storetest.Mei, c.Slots[0].ID, 0)
	wantCode(t, err, "withdrawn")
	clinic(t, s, day, nil) // the doctor's time is free again
	countersHold(t, s)
}

func TestSchedulesRepeat(t *testing.T) {
	s, _ := storetest.District(t)
	d := store.ScheduleDraft{Schedule: models.Schedule{TeamID: storetest.EastTeam, DoctorID: storetest.EastDoctor, On: storetest.Today.AddDays(1), Opens: 510, Closes: 570},
		Weekdays: []int{1, 3, 7}, Until: storetest.Today.AddDays(14)}
	list, err := s.As(storetest.EastLead).AddSchedule(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	days := ""
	for _, x := range list {
		days += x.On.String()[5:] + " "
	}
	if days != "11-25 11-29 11-30 12-02 12-06 12-07 " {
		t.Error(days)
	}
	_, err = s.As(storetest.EastLead).AddSchedule(t.Context(), d)
	wantCode(t, err, "overlap")
	d.Opens, d.Closes = 570, 600
	if list, err = s.As(storetest.EastLead).AddSchedule(t.Context(), d); err != nil || len(list) != 6 {
		t.Errorf("beside it: %d %v", len(list), err)
	}
	for _, c := range []struct {
		field, code string
		change      func(d *store.ScheduleDraft)
	}{
		{"until", "required", func(d *store.ScheduleDraft) { d.Until = models.Date{} }},
		{"until", "too_long", func(d *store.ScheduleDraft) { d.Until = d.On.AddDays(57) }},
		{"weekdays", "out_of_range", func(d *store.ScheduleDraft) { d.Weekdays = []int{0} }},
		{"weekdays", "none", func(d *store.ScheduleDraft) { d.Weekdays, d.Until = []int{5}, d.On }},
		{"doctor_id", "unknown", func(d *store.ScheduleDraft) { d.DoctorID = 99 }},
		{"doctor_id", "elsewhere", func(d *store.ScheduleDraft) { d.DoctorID = storetest.ShiliuDoctor }},
		{"team_id", "unknown", func(d *store.ScheduleDraft) { d.TeamID = 99 }},
		{"institution_id", "unknown", func(d *store.ScheduleDraft) { d.TeamID = 0 }},
	} {
		bad := d
		c.change(&bad)
		_, err := s.As(storetest.EastLead).AddSchedule(t.Context(), bad)
		var e *models.Error
		if !asError(err, &e) || len(e.Fields) == 0 || e.Fields[0].Field != c.field || e.Fields[0].Code != c.code {
			t.Errorf("%s %s: %v", c.field, c.code, err)
		}
	}
	for _, other := range []models.Actor{storetest.WestLead, storetest.ShiliuLead} {
		if _, err := s.As(other).AddSchedule(t.Context(), d); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: %v", other.Role, err)
		}
	}
}

func TestReminderOfTomorrow(t *testing.T) {
	s, clock := storetest.District(t)
	c := clinic(t, s, storetest.Today.AddDays(2), nil)
	a := booked(t, s, storetest.Mei, c.Slots[0].ID, 0)
	gone := booked(t, s, storetest.Qiang, c.Slots[1].ID, 0)
	moveAppointment(t, s, storetest.Qiang, gone.ID, models.AppointmentCancel)
	remind := func(want int) {
		t.Helper()
		if n, err := s.RemindAppointments(t.Context()); n != want || err != nil {
			t.Errorf("%d reminders, want %d, %v", n, want, err)
		}
	}
	remind(0)
	clock.Set(storetest.Today.AddDays(1))
	remind(1)
	remind(0)
	if told := rows[models.Message](t, s, "template = ?", store.AppointmentSoonNotice); len(told) != 1 || told[0].Data != fmt.Sprintf(`{"appointment_id":"%d"}`, a.ID) {
		t.Errorf("%+v", told)
	}
}

func TestBookingsOfThoseWhoLeave(t *testing.T) {
	s, _ := storetest.District(t)
	c := clinic(t, s, storetest.Today.AddDays(1), nil)
	a := booked(t, s, storetest.WestLead, c.Slots[0].ID, storetest.LiDashan)
	b := booked(t, s, storetest.WestLead, c.Slots[1].ID, storetest.LiJianguo)
	if _, err := s.As(storetest.Manager).Leave(t.Context(), storetest.LiDashan, 0, store.Leaving{Status: models.MovedOut, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Manager).Merge(t.Context(), storetest.ZhangQiang, storetest.LiJianguo, 0); err != nil {
		t.Fatal(err)
	}
	for _, x := range rows[models.Appointment](t, s) {
		if x.Status != models.Unbooked || x.Seat != nil || x.ID == b.ID && x.ResidentID != storetest.ZhangQiang || x.ID == a.ID && x.ResidentID != storetest.LiDashan {
			t.Errorf("%+v", x)
		}
	}
	_, err := book(t, s, storetest.Manager, c.Slots[2].ID, storetest.LiDashan)
	wantCode(t, err, "not_living")
	countersHold(t, s)
}

func TestWhoSeesBookings(t *testing.T) {
	s, _ := storetest.District(t)
	c := clinic(t, s, storetest.Today.AddDays(1), nil)
	a := booked(t, s, storetest.Mei, c.Slots[0].ID, 0) // 石榴社区's, at 东村's team
	for name, x := range map[string]struct {
		by   models.Actor
		sees bool
	}{"manager": {storetest.Manager, true}, "where it takes place": {storetest.EastNurseOne, true}, "her own team": {storetest.ShiliuLead, true}, "herself": {storetest.Mei, true},
		"another team there": {storetest.WestLead, false}, "a stranger": {storetest.Qiang, false}, "an auditor": {storetest.AuditorOne, false}, "nobody": {models.Actor{}, false}} {
		if _, err := s.As(x.by).Appointment(t.Context(), a.ID); x.sees != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
		list, err := s.As(x.by).Appointments(t.Context(), store.AppointmentFilter{On: storetest.Today.AddDays(1)}, store.Page{})
		if want := x.sees && name != "her own team"; err != nil || want != (len(list.Items) == 1) {
			t.Errorf("%s lists %d, %v", name, len(list.Items), err)
		}
	}
	_, err := s.As(storetest.ShiliuLead).MoveAppointment(t.Context(), a.ID, 0, models.AppointmentCheckIn, "")
	wantCode(t, err, "forbidden") // the desk is 东村's
}
