package seed

import (
	"maps"
	"slices"

	"jiayi/models"
	"jiayi/models/clinical"
)

// Shares of the managed (domain §9.4: 67 % standard management, 62 % controlled).
const (
	standardPercent   = 67
	controlledPercent = 64
	dropoutPercent    = 10 // whose next visit is overdue
)

// care writes the visits of everyone under a programme, and the tasks that follow from
// them: one open task for each programme of the person. Visits are written where
// fillers knows the form and the district is small enough.
func (w *scribe) care(r models.Resident, memberships []models.Membership, contracts []models.Contract) error {
	enrolled := models.Enrolments(memberships)
	if len(enrolled) == 0 {
		return nil
	}
	c := course{r: r, memberships: memberships, contracts: contracts, enrolled: enrolled, visits: map[string][]models.Followup{}}
	first := w.today
	if !w.full {
		first = w.today.AddDays(-280 - w.rng.IntN(88))
		if err := w.visits(&c, first); err != nil {
			return err
		}
	}
	for _, program := range slices.Sorted(maps.Keys(enrolled)) {
		from := w.lastSeen()
		if len(c.visits[program]) > 0 {
			from = first.AddDays(-60)
		}
		m := enrolled[program]
		for _, t := range models.Course(r, models.FirstTask(r, program, m, later(m.Begin, from)), c.visits[program]) {
			w.task(t)
		}
	}
	return nil
}

// lastSeen is the day of a last visit that is not written down.
func (w *scribe) lastSeen() models.Date {
	if w.rng.IntN(100) < dropoutPercent {
		return w.today.AddDays(-92 - w.rng.IntN(60))
	}
	return w.today.AddDays(-w.rng.IntN(88))
}

func (w *scribe) task(t models.Task) {
	t.ID, t.Version, t.CreatedAt = next(&w.id.task), 1, w.clock(t.WindowFrom.AddDays(-1), t.ResidentID)
	if t.CreatedAt.After(w.today.Start()) {
		t.CreatedAt = w.today.Start()
	}
	t.UpdatedAt = t.CreatedAt
	w.out.tasks = append(w.out.tasks, t)
}

// course is one person under programmes, and the visits so far.
type course struct {
	r           models.Resident
	memberships []models.Membership
	contracts   []models.Contract
	enrolled    map[string]models.Membership
	visits      map[string][]models.Followup
	body        body
}

// visits lets a person be seen from a day on as the rules ask: a routine visit every
// three months, a recheck after two weeks. One encounter carries the forms of all
// programmes (domain §2.3). Some are seen half as often, and some stop coming.
func (w *scribe) visits(c *course, first models.Date) error {
	c.body = w.body()
	until := w.today.AddDays(-1)
	if w.rng.IntN(100) < dropoutPercent {
		until = w.today.AddDays(-95 - w.rng.IntN(60))
	}
	standard := w.rng.IntN(100) < standardPercent
	for day := first; !day.After(until); {
		step, err := w.visit(c, day)
		if err != nil {
			return err
		}
		switch {
		case step > clinical.StepRoutine:
			day = day.AddDays(10 + w.rng.IntN(4))
		case standard:
			day = day.AddDays(78 + w.rng.IntN(12))
		default:
			day = day.AddDays(80 + w.rng.IntN(90))
		}
	}
	return nil
}

// visit writes one encounter and returns the gravest step of its forms, 0 when the
// person was in no programme yet.
func (w *scribe) visit(c *course, day models.Date) (int, error) {
	d := models.EncounterDraft{ResidentID: c.r.ID, VisitedOn: day, VisitWay: int(clinical.WayClinic), Forms: map[string]map[string]any{}}
	if w.rng.IntN(4) == 0 {
		d.VisitWay = int(clinical.WayHome)
	}
	for _, f := range fillers {
		if m, ok := c.enrolled[f.program]; ok && !day.Before(m.Begin) {
			d.Forms[f.program] = f.fill(w, c.body)
		}
	}
	if len(d.Forms) == 0 {
		return 0, nil
	}
	team := w.teams[c.r.CareTeamID()-1]
	e := models.Encounter{ID: next(&w.id.encounter), ResidentID: c.r.ID, VisitedOn: day, VisitWay: d.VisitWay, TeamID: team.ID, InstitutionID: team.InstitutionID,
		DoctorID: team.LeaderID, AccountID: w.accountOf[team.LeaderID], Version: 1, CreatedAt: w.clock(day, c.r.ID)}
	e.UpdatedAt = e.CreatedAt
	for _, held := range c.contracts {
		if held.InForceOn(day) {
			e.ContractID = held.ID
		}
	}
	w.out.encounters = append(w.out.encounters, e)
	gravest := 0
	subject := models.SubjectOn(c.r, c.memberships, day)
	for _, program := range d.Programs() {
		var before []clinical.Previous
		if past := c.visits[program]; len(past) > 0 {
			before = append(before, past[len(past)-1].Previous())
		}
		var p models.Problems
		f, ok := d.Judge(&p, program, subject, before)
		if !ok {
			return 0, p.Err()
		}
		f.ID, f.EncounterID, f.CreatedAt = next(&w.id.followup), e.ID, e.CreatedAt
		w.out.followups = append(w.out.followups, f.Followup)
		c.visits[program] = append(c.visits[program], f.Followup)
		gravest = max(gravest, f.Step)
	}
	return gravest, nil
}
