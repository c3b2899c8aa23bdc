package seed

import (
	"slices"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// care writes the visits of the year of everyone under a programme, and the tasks and
// figures that follow from them by the rules.
func (w *scribe) care(r models.Resident, family []models.Resident, memberships []models.Membership, contracts []models.Contract, packages []models.ContractPackage) error {
	c := course{r: r, family: family, memberships: memberships}
	c.pregnancies(w)
	for _, held := range contracts {
		if held.InForceOn(w.today) {
			c.held = &held
		}
	}
	c.days = map[models.Date]*visitDay{}
	w.chronic(&c)
	w.checks(&c)
	w.others(&c)
	if err := w.visits(&c); err != nil {
		return err
	}
	w.refer(&c)
	w.visitors.treated(c.r, c.followups, w.today)
	record := c.record(contracts, packages, w.district)
	courses := models.CoursesOn(r, record.History, w.today)
	next := r.NextAge(w.today)
	for _, program := range slices.Sorted(programsOf(courses)) {
		tasks, changes := courses[program].Plan(r, models.SeenBy(program, record.Encounters, record.History.Visits), w.today)
		next = calendar.Soonest(next, changes)
		for _, t := range tasks {
			w.task(t)
		}
	}
	standing, changes := record.CareOn(courses, w.today)
	standing.ChangesOn, standing.UpdatedAt = calendar.Soonest(next, changes), w.today.Start()
	w.out.standings = append(w.out.standings, standing)
	w.tallies.addCare(len(w.tallies.days)-1, standing)
	w.tallies.addPastCare(record, contracts)
	return nil
}

func programsOf(courses map[string]models.Course) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for program := range courses {
			if !yield(program) {
				return
			}
		}
	}
}

func (w *scribe) task(t models.Task) {
	t.ID, t.Version, t.CreatedAt = next(&w.id.task), 1, w.clock(t.WindowFrom.AddDays(-1), t.ResidentID)
	if t.CreatedAt.After(w.today.Start()) {
		t.CreatedAt = w.today.Start()
	}
	t.UpdatedAt = t.CreatedAt
	w.out.tasks = append(w.out.tasks, t)
}

// course is one person's year of care on its way onto paper.
type course struct {
	r            models.Resident
	family       []models.Resident
	memberships  []models.Membership
	pregnant     []models.Pregnancy
	held         *models.Contract
	days         map[models.Date]*visitDay
	uncontrolled int // programmes whose last value is over its limit
	encounters   []models.Encounter
	followups    []models.Followup
}

// visitDay is what happens on a day: forms by programme with what is special about them,
// and services that are ticked.
type visitDay struct {
	forms    map[string]map[string]any
	services []clinical.Service
	way      clinical.Way
}

func (c *course) on(day models.Date) *visitDay {
	if c.days[day] == nil {
		c.days[day] = &visitDay{forms: map[string]map[string]any{}}
	}
	return c.days[day]
}

// under is the open membership in a population.
func (c *course) under(code models.Population) (models.Membership, bool) {
	for _, m := range c.memberships {
		if m.Code == code && m.Open != nil {
			return m, true
		}
	}
	return models.Membership{}, false
}

// record is the person's care as the rules read it.
func (c *course) record(contracts []models.Contract, packages []models.ContractPackage, d *district) models.CareRecord {
	record := models.CareRecord{Resident: c.r, Encounters: c.encounters, Contracts: contracts, InForce: c.held, BasePackages: map[models.ID]bool{},
		History: models.CareHistory{Memberships: c.memberships, Pregnancies: c.pregnant, Visits: c.followups, Signed: c.held != nil}}
	for _, p := range packages {
		if c.held != nil && p.ContractID == c.held.ID {
			kind := d.packages[p.PackageID-1]
			year, _ := c.held.YearOn(d.today)
			record.Items = append(record.Items, models.ItemsFor(kind.Items, c.r.BirthDate, year.From)...)
			record.BasePackages[kind.ID] = kind.Base
		}
	}
	return record
}

// visits writes the planned days down, in order, each judged by those before it.
func (w *scribe) visits(c *course) error {
	days := make([]models.Date, 0, len(c.days))
	for day := range c.days {
		days = append(days, day)
	}
	slices.SortFunc(days, func(a, b models.Date) int { return a.Sub(b) })
	for _, day := range days {
		if err := w.visit(c, day, c.days[day]); err != nil {
			return err
		}
	}
	return nil
}

func (w *scribe) visit(c *course, day models.Date, v *visitDay) error {
	if v.way == 0 {
		if v.way = clinical.WayClinic; w.rng.IntN(4) == 0 {
			v.way = clinical.WayHome
		}
	}
	visit := clinical.Visit{On: day, Way: v.way}
	d := models.EncounterDraft{ResidentID: c.r.ID, VisitedOn: day, VisitWay: int(v.way), Forms: map[string]map[string]any{}}
	for program, values := range v.forms {
		form, err := w.forms.form(program, visit, values)
		if err != nil {
			return err
		}
		d.Forms[program] = form
	}
	team := w.teams[c.r.CareTeamID()-1]
	e := models.Encounter{ID: next(&w.id.encounter), ResidentID: c.r.ID, VisitedOn: day, VisitWay: d.VisitWay, TeamID: team.ID, InstitutionID: team.InstitutionID,
		DoctorID: team.LeaderID, AccountID: w.accountOf[team.LeaderID], Version: 1, CreatedAt: w.clock(day, c.r.ID)}
	e.UpdatedAt = e.CreatedAt
	if c.held != nil && c.held.InForceOn(day) {
		e.ContractID = c.held.ID
		w.answer(c, &e)
	}
	services := v.services
	var judged []models.Judged
	subject := models.SubjectOn(c.r, c.memberships, day)
	for _, program := range d.Programs() {
		var before []clinical.Previous
		for _, f := range c.followups {
			if f.Program == program {
				before = []clinical.Previous{f.Previous()}
			}
		}
		var p models.Problems
		f, ok := d.Judge(&p, program, subject, before)
		if !ok {
			return p.Err()
		}
		f.ID, f.EncounterID, f.CreatedAt = next(&w.id.followup), e.ID, e.CreatedAt
		w.out.followups = append(w.out.followups, f.Followup)
		c.followups = append(c.followups, f.Followup)
		services = append(services, f.Delivered...)
		judged = append(judged, f)
	}
	e.Services = models.ServicesOf(services...)
	w.deny(c, &e)
	if !w.full { // four rows a visit
		for _, reading := range models.VitalReadings(e, subject, judged) {
			reading.ID, reading.EnteredBy = next(&w.id.vital), "staff:"+e.AccountID.String()
			w.out.vitals = append(w.out.vitals, reading)
		}
	}
	w.out.encounters = append(w.out.encounters, e)
	c.encounters = append(c.encounters, e)
	return nil
}

// answer lets some of those who use their phones confirm a visit.
func (w *scribe) answer(c *course, e *models.Encounter) {
	if age := c.r.Age(w.today); age < 18 || age > 80 || w.rng.IntN(100) >= 35 {
		return
	}
	at := e.CreatedAt.AddDate(0, 0, 1)
	if at.After(w.today.Start()) {
		return
	}
	e.Answer, e.AnsweredBy, e.AnsweredAt = models.Confirmed, "resident:"+c.r.ID.String(), &at
}

// deny lets one in two hundred answers be a denial, which waits for the lead.
func (w *scribe) deny(c *course, e *models.Encounter) {
	if e.Answer != models.Confirmed || w.rng.IntN(200) > 0 || len(c.days) > 1 {
		return
	}
	e.Answer = models.Denied
	w.out.flags = append(w.out.flags, models.Flag{ID: next(&w.id.flag), EncounterID: e.ID, Kind: models.FlagDenied, ResidentID: c.r.ID, TeamID: e.TeamID,
		InstitutionID: e.InstitutionID, DoctorID: e.DoctorID, Status: models.FlagOpen, Reason: models.DenialReason, Note: "那天没有来过,也没有打电话",
		RaisedBy: e.AnsweredBy, RaisedOn: calendar.DateOf(*e.AnsweredAt), Version: 1, CreatedAt: *e.AnsweredAt})
}
