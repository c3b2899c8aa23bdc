package models

import (
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// CareStanding is everything the care of one resident adds to the figures on a day: the
// indicators the person is counted in (Of) and meets (Met), and the promised services.
// It is stored as last emitted, so that the next change retracts exactly what was added.
type CareStanding struct {
	ResidentID ID           `gorm:"primaryKey;autoIncrement:false"`
	VillageID  ID           `gorm:"not null"`
	PanelID    ID           `gorm:"not null"` // team of the contract in force
	Counted    bool         `gorm:"not null"` // a permanent resident, alive
	Mask       Mask         `gorm:"not null"` // populations
	Of         IndicatorSet `gorm:"column:of_set;not null"`
	Met        IndicatorSet `gorm:"column:met_set;not null"`
	// Units of the packages of the contract in force, since its year began: those that
	// fell due, those of them that were delivered, and that the resident confirmed.
	ItemsDue       int `gorm:"not null"`
	ItemsDone      int `gorm:"not null"`
	ItemsConfirmed int `gorm:"not null"`
	// ChangesOn is the next day on which tasks or figures change by the date alone; null
	// for never.
	ChangesOn Date `gorm:"index"`
	UpdatedAt time.Time
}

// Adds is what the standing adds to figures: itself without its bookkeeping.
func (s CareStanding) Adds() CareStanding {
	s.ChangesOn, s.UpdatedAt = Date{}, time.Time{}
	return s
}

// CareEntry is a change of the figures of care made by one event: people who share
// everything they add, in a village, on a team's panel. Entries are inserted by the
// transaction that causes them and folded into the tallies later; readers add both.
type CareEntry struct {
	ID             ID
	Day            Date         `gorm:"not null;index"`
	VillageID      ID           `gorm:"not null"`
	TeamID         ID           `gorm:"not null"` // team of responsibility of the village
	InstitutionID  ID           `gorm:"not null"`
	PanelTeamID    ID           `gorm:"not null"`
	Mask           Mask         `gorm:"not null"`
	Of             IndicatorSet `gorm:"column:of_set;not null"`
	Met            IndicatorSet `gorm:"column:met_set;not null"`
	ItemsDue       int          `gorm:"not null"`
	ItemsDone      int          `gorm:"not null"`
	ItemsConfirmed int          `gorm:"not null"`
	Residents      int          `gorm:"not null"` // people counted in the area, negative for fewer
	Panel          int          `gorm:"not null"` // people on the panel
}

// CareRecord is all that the care of a resident follows from.
type CareRecord struct {
	Resident     Resident
	History      CareHistory // memberships that are open or ended this year; visits by day
	Encounters   []Encounter // by day
	Contracts    []Contract
	InForce      *Contract
	Items        []PackageItem // of the packages of the contract in force
	BasePackages map[ID]bool   // packages by id: whether it is a base package
}

// CareOn is what the resident's care adds to the figures on the day, given the courses,
// and the next day on which that changes by itself (domain §1.10, §3.10). The resident's
// standing must be that of the day.
func (c CareRecord) CareOn(courses map[string]Course, day Date) (CareStanding, Date) {
	r := c.Resident
	s := CareStanding{ResidentID: r.ID, VillageID: r.Standing.VillageID, PanelID: r.Standing.PanelID, Counted: r.Standing.Counted, Mask: r.Standing.Mask}
	if s.VillageID == 0 {
		return CareStanding{ResidentID: r.ID}, Date{}
	}
	m := measure{CareRecord: c, courses: courses, day: day, year: yearOf(day), out: &s}
	m.changeOn(m.year.next)
	m.chronic()
	m.byAge()
	m.mother()
	m.tuberculosis()
	m.records()
	m.contracts()
	return s, m.changes
}

// span is a calendar year: its first and last day, and the first day after it.
type span struct{ first, last, next Date }

func yearOf(day Date) span {
	return span{calendar.NewDate(day.Year(), 1, 1), calendar.NewDate(day.Year(), 12, 31), calendar.NewDate(day.Year()+1, 1, 1)}
}

func (s span) holds(day Date) bool { return !day.Before(s.first) && !day.After(s.last) }

// measure counts one person in.
type measure struct {
	CareRecord
	courses map[string]Course
	day     Date
	year    span
	out     *CareStanding
	changes Date
}

func (m *measure) changeOn(day Date) {
	if day.After(m.day) && (m.changes.IsZero() || day.Before(m.changes)) {
		m.changes = day
	}
}

// count counts the person in an indicator, and whether it is met.
func (m *measure) count(i Indicator, met bool) {
	m.out.Of |= i.Bit()
	if met {
		m.out.Met |= i.Bit()
	}
}

// delivered tells whether a meeting of the year so far delivered the service.
func (m *measure) delivered(service clinical.Service) bool {
	for _, e := range m.Encounters {
		if m.year.holds(e.VisitedOn) && !e.VisitedOn.After(m.day) && e.FaceToFace() && e.Services.Has(service) {
			return true
		}
	}
	return false
}

// chronic counts hypertension, diabetes and mental disorders (H01–H02, D01–D02, M03) and
// the union of 三高 (T00).
func (m *measure) chronic() {
	for _, x := range []struct {
		program                  string
		standard, basic, control Indicator
	}{
		{clinical.Hypertension, HypertensionStandard, HypertensionBasic, PressureControl},
		{clinical.Diabetes, DiabetesStandard, DiabetesBasic, GlucoseControl},
		{clinical.Mental, MentalStandard, "", ""},
	} {
		c, ok := m.courses[x.program]
		if !ok {
			continue
		}
		strict, basic := m.standard(c)
		m.count(x.standard, strict)
		if x.basic != "" {
			m.count(x.basic, basic)
			m.count(x.control, m.controlled(x.program))
		}
	}
	seen, any := false, false
	for _, program := range []string{clinical.Hypertension, clinical.Diabetes, clinical.Dyslipidaemia} {
		if _, ok := m.courses[program]; ok {
			any = true
			seen = seen || m.delivered(clinical.Service(program))
		}
	}
	if any {
		m.count(ThreeHighManaged, seen)
	}
}

// controlled tells whether the value of the newest visit of the year that measured one is
// under its limit. Whoever was not measured is not controlled (domain §3.10 H02).
func (m *measure) controlled(program string) bool {
	controlled := false
	for _, f := range m.History.Visits {
		if f.Program == program && m.year.holds(f.VisitedOn) && !f.VisitedOn.After(m.day) && f.Control != clinical.Unmeasured {
			controlled = f.Control == clinical.Controlled
		}
	}
	return controlled
}

// byAge counts the elderly (O00, O02), newborns and children (MCH03, MCH04).
func (m *measure) byAge() {
	if m.out.Mask.Has(Elderly) {
		m.count(ElderlyChecked, m.delivered(clinical.ServiceElderlyComplete))
		m.count(ElderlyTCM, m.delivered(clinical.TCM))
	}
	newborn := m.delivered(clinical.Newborn)
	if m.out.Mask.Has(Children) {
		m.count(ChildManaged, newborn || m.delivered(clinical.Child))
	}
	if m.year.holds(m.Resident.BirthDate) {
		m.count(NewbornVisited, newborn)
	}
}

// The limits of domain §3.10 MCH01 and MCH02, in days.
const (
	earlyBookingDays = 13*7 - 1
	postpartumDays   = 28
)

// mother counts a woman who gave birth in the year (MCH01, MCH02).
func (m *measure) mother() {
	for _, g := range m.History.Pregnancies {
		if g.Outcome != LiveBirth || !m.year.holds(g.DeliveredOn) {
			continue
		}
		booked, visited := false, false
		out := g.DischargedOn
		if out.IsZero() {
			out = g.DeliveredOn
		}
		for _, e := range m.Encounters {
			on := e.VisitedOn
			if !e.FaceToFace() || on.After(m.day) {
				continue
			}
			booked = booked || e.Services.Has(clinical.MaternalService(clinical.MaternalFirst)) && !g.LMP.IsZero() && on.Sub(g.LMP) >= 0 && on.Sub(g.LMP) <= earlyBookingDays
			visited = visited || e.Services.Has(clinical.ServicePostpartum) && !on.Before(g.DeliveredOn) && on.Sub(out) <= postpartumDays
		}
		m.count(EarlyBooking, booked)
		m.count(PostpartumVisited, visited)
	}
}

// tuberculosis counts a patient notified in the year (P01), and one whose course was
// completed in it (P02).
func (m *measure) tuberculosis() {
	for _, s := range m.History.Memberships {
		if s.Code == Tuberculosis && m.year.holds(s.Begin) && !s.Begin.After(m.day) {
			m.count(TBManaged, m.delivered(clinical.ServiceTBFirst))
		}
	}
	if m.closedTB() {
		m.count(TBRegular, m.delivered(clinical.ServiceTBRegular))
	}
}

func (m *measure) closedTB() bool {
	for _, e := range m.Encounters {
		if m.year.holds(e.VisitedOn) && !e.VisitedOn.After(m.day) && e.Services.Has(clinical.ServiceTBCompleted) {
			return true
		}
	}
	return false
}

// records notes whether anything was done for the person in the year (S03); the
// denominator is everyone.
func (m *measure) records() {
	for _, e := range m.Encounters {
		if m.year.holds(e.VisitedOn) && !e.VisitedOn.After(m.day) {
			m.out.Met |= RecordUsed.Bit()
			return
		}
	}
}

// contracts counts promise and delivery of the contract in force (SN10, SN10b), and
// whether contracts were renewed (SN07, SN07b).
func (m *measure) contracts() {
	if m.InForce != nil {
		f := FulfilmentOn(*m.InForce, m.Items, m.BasePackages, m.Encounters, m.day)
		m.out.ItemsDue, m.out.ItemsDone, m.out.ItemsConfirmed = f.ItemsDue, f.ItemsDone, f.ItemsConfirmed
		if f.BaseDue > 0 {
			m.count(PersonFulfilled, f.BaseDone >= f.BaseDue)
		}
		m.changeOn(f.NextChange)
		m.changeOn(m.InForce.EndDate.AddDays(1))
	}
	renewal := RenewalOn(m.Contracts, m.day)
	if renewal.Cohort {
		m.count(CohortRenewed, renewal.Kept)
	}
	if renewal.Expired {
		m.count(ExpiryRenewed, renewal.Renewed)
	}
}
