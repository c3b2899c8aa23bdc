package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// HandoverImpact is what changes hands: what a plan would do today, or nothing once it is done.
type HandoverImpact struct {
	Residents    int // people whose team of care, or doctor, changes; each of them is told
	Area         int // living residents of the villages, signed anywhere: public-health duty goes along
	Contracts    int // in force, or waiting to begin
	Applications int // waiting for an answer
	Tasks        int // open
	Overdue      int // of them
	Work         []Count
	Talks        int // open conversations with the team
	Schedules    int // coming consulting hours: they go along, or are withdrawn
	Bookings     int // in them
	LoadAfter    int // residents signed with the new team afterwards
	Capacity     int // of the new team
	Full         bool
}

// Count is how many there are of a noun.
type Count struct {
	Noun string
	N    int
}

// HandoverFile is a handover with names, what it changes and what happened to it.
type HandoverFile struct {
	models.Handover
	From, To           models.Team
	FromStaff, ToStaff string
	VillageNames       []string
	Impact             *HandoverImpact // of a plan
	Actions            []models.HandoverMove
	History            []models.Event
}

// HandoverFilter narrows a list of handovers.
type HandoverFilter struct {
	Status models.HandoverStatus
	TeamID models.ID // on either side
}

// Handovers lists the handovers of the actor's scope, the latest day first, without their impact.
func (v View) Handovers(ctx context.Context, f HandoverFilter, p Page) (List[HandoverFile], error) {
	db := v.handovers(v.query(ctx)).Preload("Villages")
	if f.Status != "" {
		db = db.Where("handovers.status = ?", f.Status)
	}
	if f.TeamID != 0 {
		db = db.Where("(handovers.from_team_id = ? OR handovers.to_team_id = ?)", f.TeamID, f.TeamID)
	}
	list, err := paginate(db, p, order{columns: []string{"effective_on", "id"}, desc: true}, func(h models.Handover) []any { return []any{h.On, int64(h.ID)} })
	if err != nil {
		return List[HandoverFile]{}, err
	}
	files, err := v.handoverFiles(v.query(ctx), list.Items)
	return List[HandoverFile]{Items: files, Next: list.Next}, err
}

// Handover reads one handover with its history and, while it is planned, what it would change
// today.
func (v View) Handover(ctx context.Context, id models.ID) (HandoverFile, error) {
	var h models.Handover
	if err := v.handovers(v.query(ctx)).Preload("Villages").Take(&h, "handovers.id = ?", id).Error; err != nil {
		return HandoverFile{}, notFound(err)
	}
	return v.handoverFile(ctx, h)
}

// PreviewHandover tells what a handover would change, without planning it. It refuses as
// PlanHandover does.
func (v View) PreviewHandover(ctx context.Context, h models.Handover) (HandoverFile, error) {
	db := v.query(ctx)
	tx := &Tx{db: db, s: v.Store, actor: v.actor, now: v.Now(), today: v.Today()}
	x, err := tx.prepare(&h)
	if err != nil {
		return HandoverFile{}, err
	}
	if h.Parties(v.actor, x.to.InstitutionID) == 0 {
		return HandoverFile{}, models.ErrForbidden
	}
	h.Status = models.HandoverPlanned
	files, err := v.handoverFiles(db, []models.Handover{h})
	if err != nil {
		return HandoverFile{}, err
	}
	out := files[0]
	out.Actions = nil
	out.Impact, err = v.impact(db, x)
	return out, err
}

func (v View) handoverFile(ctx context.Context, h models.Handover) (HandoverFile, error) {
	db := v.query(ctx)
	files, err := v.handoverFiles(db, []models.Handover{h})
	if err != nil {
		return HandoverFile{}, err
	}
	out := files[0]
	if h.Status == models.HandoverPlanned {
		if out.Impact, err = v.impact(db, hands{&h, out.From, out.To}); err != nil {
			return out, err
		}
	}
	out.History, err = history(db, models.HandoverProcess.Noun, h.ID)
	return out, err
}

func (v View) handoverFiles(db *gorm.DB, list []models.Handover) ([]HandoverFile, error) {
	var teams, staff, villages []models.ID
	for _, h := range list {
		teams, staff, villages = append(teams, h.FromTeamID, h.ToTeamID), append(staff, h.FromStaffID, h.ToStaffID), append(villages, h.VillageIDs()...)
	}
	known, err := byID(db, teams, func(t models.Team) models.ID { return t.ID })
	if err != nil {
		return nil, err
	}
	people, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	places, err := names[models.Village](db, villages)
	if err != nil {
		return nil, err
	}
	out := make([]HandoverFile, len(list))
	for i, h := range list {
		out[i] = HandoverFile{Handover: h, From: known[h.FromTeamID], To: known[h.ToTeamID], FromStaff: people[h.FromStaffID], ToStaff: people[h.ToStaffID]}
		for _, id := range h.VillageIDs() {
			out[i].VillageNames = append(out[i].VillageNames, places[id])
		}
		out[i].Actions = models.HandoverProcess.Allowed(h.Status, v.actor, h.Parties(v.actor, out[i].To.InstitutionID))
	}
	return out, nil
}

// impact counts what changes hands through the conditions that carryOut acts on.
func (v View) impact(db *gorm.DB, x hands) (*HandoverImpact, error) {
	out := &HandoverImpact{Capacity: x.to.Capacity(v.opt.CapacityPerDoctor)}
	today := v.Today()
	people := func() *gorm.DB { return x.people(db.Model(&models.Resident{})).Select("residents.id") }
	contracts := func() *gorm.DB { return x.contracts(db.Model(&models.Contract{})) }
	open := db.Model(&models.Task{}).Where("lane < ?", models.LaneClosed)
	talks := db.Model(&models.Conversation{}).Where("team_id = ? AND is_current = ?", x.FromTeamID, true)
	if x.Kind == models.MemberLeaves {
		open = open.Where("team_id = ? AND staff_id = ?", x.FromTeamID, x.FromStaffID)
		talks = talks.Where("staff_id = ?", x.FromStaffID)
	} else {
		open = open.Where("resident_id IN (?)", people())
		talks = talks.Where("resident_id IN (?)", people())
	}
	schedules := func(noun any, status any) *gorm.DB {
		q := db.Model(noun).Where("team_id = ? AND held_on >= ? AND status = ?", x.FromTeamID, x.On, status)
		switch x.Kind {
		case models.MemberLeaves:
			return q.Where("doctor_id = ?", x.FromStaffID)
		case models.VillagesChange:
			return q.Where("1 = 0")
		}
		return q
	}
	var current int
	type figure struct {
		into  *int
		query *gorm.DB
	}
	figures := []figure{
		{&out.Residents, people()},
		{&out.Area, x.area(db.Model(&models.Resident{}), "village_id").Where("status = ?", models.Living)},
		{&out.Contracts, contracts().Where("contracts.status = ?", models.Active)},
		{&out.Applications, contracts().Where("contracts.status <> ?", models.Active)},
		{&current, contracts().Where("contracts.slot = ?", models.CurrentSlot)},
		{&out.Tasks, open.Session(&gorm.Session{})},
		{&out.Overdue, open.Session(&gorm.Session{}).Where("due_on < ?", today)},
		{&out.Talks, talks},
		{&out.Schedules, schedules(&models.Schedule{}, models.ScheduleOpen)},
		{&out.Bookings, schedules(&models.Appointment{}, models.Booked)},
	}
	if x.Kind != models.MemberLeaves {
		out.Work = make([]Count, len(withTeam))
		for i, n := range withTeam {
			out.Work[i].Noun = n.name
			figures = append(figures, figure{&out.Work[i].N, db.Model(n.noun()).Where("resident_id IN (?)", people()).Where(n.open, n.args...)})
		}
	}
	for _, f := range figures {
		var n int64
		if err := f.query.Count(&n).Error; err != nil {
			return nil, err
		}
		*f.into = int(n)
	}
	out.LoadAfter = x.to.Load
	if x.Kind != models.MemberLeaves {
		out.LoadAfter += current
	}
	out.Full = out.LoadAfter > out.Capacity
	return out, nil
}

// HandedResident is one resident a handover is about.
type HandedResident struct {
	models.Resident
	VillageName string
}

// HandoverPeople lists whom a handover is about, by id: who would change hands today, while
// it is planned, and who did, once it is done.
func (v View) HandoverPeople(ctx context.Context, id models.ID, p Page) (List[HandedResident], error) {
	db := v.query(ctx)
	var h models.Handover
	if err := v.handovers(db).Preload("Villages").Take(&h, "handovers.id = ?", id).Error; err != nil {
		return List[HandedResident]{}, notFound(err)
	}
	// The scope of the handover is the scope of its people: it is read by either side.
	q := v.query(ctx).Where("residents.id IN (?)", db.Model(&models.HandoverResident{}).Select("resident_id").Where("handover_id = ?", h.ID))
	switch {
	case h.Status == models.HandoverPlanned:
		x := hands{Handover: &h}
		q = x.people(v.query(ctx))
		if !v.ofOldTeam(h) { // who would take over does not see them before it does
			return List[HandedResident]{}, models.ErrForbidden
		}
	case v.ofOldTeam(h) && v.actor.Reach() == models.TeamReach && v.Today().After(h.On.AddDays(models.HandoverReadDays-1)):
		return List[HandedResident]{}, models.ErrForbidden
	}
	list, err := paginate(q, p, order{columns: []string{"residents.id"}}, func(r models.Resident) []any { return []any{int64(r.ID)} })
	if err != nil {
		return List[HandedResident]{}, err
	}
	villages := make([]models.ID, len(list.Items))
	for i, r := range list.Items {
		villages[i] = r.VillageID
	}
	places, err := names[models.Village](db, villages)
	if err != nil {
		return List[HandedResident]{}, err
	}
	out := List[HandedResident]{Items: make([]HandedResident, len(list.Items)), Next: list.Next}
	for i, r := range list.Items {
		out.Items[i] = HandedResident{r, places[r.VillageID]}
	}
	return out, v.witnessed(ctx, "handover.people", "handover", h.ID, 0)
}

// ofOldTeam tells whether the actor is of the side that hands over, or above both.
func (v View) ofOldTeam(h models.Handover) bool {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		return true
	case models.InstitutionReach:
		return a.InstitutionID == h.InstitutionID
	}
	for _, id := range append(append([]models.ID{}, a.TeamIDs...), a.PastTeamIDs...) {
		if id == h.FromTeamID {
			return true
		}
	}
	return false
}
