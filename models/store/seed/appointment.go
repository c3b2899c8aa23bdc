package seed

import (
	"math/rand/v2"
	"strings"
	"time"

	"jiayi/models"
)

// What is open for booking: the mornings of so many teams of every primary institution and one
// afternoon of an expert a week, over these days around today. The numbers are ours; domain §0.8
// and §6.2 give the ten minutes and the quota only.
const (
	clinicTeams    = 2
	clinicPast     = 28 // days
	clinicVisitors = 120
)

// visitors are the people who book with the teams that receive: some of those near each.
type visitors struct {
	of    map[models.ID][]models.Resident // by team
	frail []models.Resident               // of great age, with any team
	well  []treatment                     // whose blood pressure is under control
	rng   *rand.Rand
}

func newVisitors(d *district, seed uint64) *visitors {
	v := &visitors{of: map[models.ID][]models.Resident{}, rng: rand.New(rand.NewPCG(seed, 2000))} // #nosec G404 -- a reproducible district, not a secret
	for _, inst := range d.byInst {
		for _, t := range inst.teams[:clinicTeams] {
			v.of[d.teams[t].ID] = nil
		}
	}
	return v
}

// see remembers a resident who may book, or be served at home.
func (v *visitors) see(r models.Resident, today models.Date) {
	if len(v.frail) < homeServices && r.Standing.Signed && r.Age(today) >= frailAge {
		v.frail = append(v.frail, r)
	}
	if list, receives := v.of[r.CareTeamID()]; receives && len(list) < clinicVisitors {
		v.of[r.CareTeamID()] = append(list, models.Resident{ID: r.ID, Standing: r.Standing})
	}
}

// clinics are the periods with their bookings.
type clinics struct {
	*scribe
	schedules    []models.Schedule
	slots        []models.ScheduleSlot
	appointments []models.Appointment
	events       []models.Event
	paid         map[[2]models.ID]models.Date // last visit for a fee by resident and institution
	booked       map[seenBy]bool
}

type seenBy struct {
	resident, doctor models.ID
	on               models.Date
}

// clinics writes the periods of four weeks and those one can book now.
func (w *scribe) clinics() *clinics {
	c := &clinics{scribe: w, paid: map[[2]models.ID]models.Date{}, booked: map[seenBy]bool{}}
	for day := w.today.AddDays(-clinicPast); !day.After(w.today.AddDays(models.BookAheadDays)); day = day.AddDays(1) {
		if !day.Works() {
			continue
		}
		for _, inst := range w.byInst {
			for _, t := range inst.teams[:clinicTeams] {
				team := w.teams[t]
				c.open(models.Schedule{InstitutionID: inst.id, TeamID: team.ID, DoctorID: team.LeaderID, On: day, Opens: 510, Closes: 690, Kind: models.NormalPeriod, SignedQuota: 4}, team.ID)
			}
			if day.Weekday() == time.Wednesday {
				c.open(models.Schedule{InstitutionID: inst.id, DoctorID: w.expert(inst.teams), On: day, Opens: 840, Closes: 960, Kind: models.ExpertPeriod, SignedQuota: 6, ReferralQuota: 2},
					w.teams[inst.teams[0]].ID)
			}
		}
	}
	return c
}

// expert is the first leader of the teams who is a chief or deputy chief physician.
func (w *scribe) expert(teams []int) models.ID {
	for _, t := range teams {
		if leader := w.staff[w.teams[t].LeaderID-1]; strings.Contains(leader.Title, "主任") {
			return leader.ID
		}
	}
	return w.teams[teams[0]].LeaderID
}

// open writes one period, booked by people of the team: well in the past, less to come.
func (c *clinics) open(s models.Schedule, from models.ID) {
	rng, people := c.visitors.rng, c.visitors.of[from]
	s.ID, s.SlotLength, s.Capacity, s.Status, s.HoldHours, s.Version = models.ID(len(c.schedules)+1), models.SlotMinutes, 1, models.ScheduleOpen, models.DefaultHoldHours, 1
	s.CreatedAt = s.On.AddDays(-models.BookAheadDays).Start().Add(8 * time.Hour)
	s.UpdatedAt = s.CreatedAt
	share := 55
	if s.On.After(c.today) {
		share = 25
	}
	next := rng.IntN(max(1, len(people)))
	left := len(people) / 2
	for _, slot := range s.Slots() {
		slot.ID = models.ID(len(c.slots) + 1)
		if left > 0 && rng.IntN(100) < share {
			who := people[next%len(people)]
			next, left = next+1, left-1
			if once := (seenBy{who.ID, s.DoctorID, s.On}); !c.booked[once] { // nobody comes twice to one doctor on a day
				c.booked[once] = true
				c.book(&s, &slot, who)
			}
		}
		c.slots = append(c.slots, slot)
	}
	c.schedules = append(c.schedules, s)
	c.event("schedule", s.ID, s.CreatedAt, string(models.ScheduleAdd), "", string(s.Status), s.DoctorID)
}

func (c *clinics) book(s *models.Schedule, slot *models.ScheduleSlot, who models.Resident) {
	rng := c.visitors.rng
	a := models.Appointment{ID: models.ID(len(c.appointments) + 1), ScheduleID: s.ID, SlotID: slot.ID, Seat: new(1), ResidentID: who.ID, InstitutionID: s.InstitutionID, TeamID: s.TeamID,
		DoctorID: s.DoctorID, On: s.On, StartsAt: s.At(slot.Begins).UTC(), Minutes: s.SlotLength, Live: new(true), Status: models.Booked, Kind: s.Kind, Class: models.OtherClass,
		BookedBy: "resident:" + who.ID.String(), Version: 1, CreatedAt: s.At(slot.Begins).AddDate(0, 0, -1-rng.IntN(3)).UTC()}
	if latest := c.today.Start().Add(-time.Hour); a.CreatedAt.After(latest) { // nobody has booked in the future
		a.CreatedAt = latest
	}
	switch {
	case s.Kind == models.ExpertPeriod && rng.IntN(8) == 0:
		a.Class = models.ReferralClass
	case who.Standing.Signed:
		a.Class = models.SignedClass
	}
	c.events = append(c.events, models.Event{ID: next(&c.id.processEvent), Noun: "appointment", NounID: a.ID, At: a.CreatedAt, Move: string(models.AppointmentMake),
		To: string(models.Booked), By: a.BookedBy})
	if s.On.Before(c.today) {
		c.attend(&a)
	}
	a.UpdatedAt = a.CreatedAt
	if a.Status != models.Unbooked {
		slot.Taken++
		s.Take(a.Class, 1)
	}
	c.appointments = append(c.appointments, a)
}

// attend is what became of a booking of the past.
func (c *clinics) attend(a *models.Appointment) {
	at, end := a.StartsAt, a.StartsAt.Add(10*time.Minute)
	move := func(m models.AppointmentMove, to models.AppointmentStatus, at time.Time) {
		c.event("appointment", a.ID, at, string(m), string(a.Status), string(to), a.DoctorID)
		a.Status, a.Version = to, a.Version+1
	}
	switch n := c.visitors.rng.IntN(100); {
	case n < 7:
		move(models.AppointmentCancel, models.Unbooked, a.CreatedAt.Add(time.Hour))
		a.Seat, a.Live = nil, nil
	case n < 12:
		move(models.AppointmentMiss, models.NoShow, a.On.AddDays(1).Start())
		a.Live = nil
	default:
		move(models.AppointmentCheckIn, models.CheckedIn, at)
		move(models.AppointmentComplete, models.Attended, end)
		a.CheckedInAt = &at
		key := [2]models.ID{a.ResidentID, a.InstitutionID}
		if a.Revisit = models.IsRevisit(c.paid[key], a.On); !a.Revisit {
			c.paid[key] = a.On
		}
	}
}

func (c *clinics) event(noun string, id models.ID, at time.Time, move, from, to string, staff models.ID) {
	by := "system"
	if account := c.accountOf[staff]; account != 0 {
		by = "staff:" + account.String()
	}
	c.events = append(c.events, models.Event{ID: next(&c.id.processEvent), Noun: noun, NounID: id, At: at.UTC(), Move: move, From: from, To: to, By: by})
}
