package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// communityEvents are the events the actor may see: staff those of the own institution and
// teams, residents what is planned or open anywhere.
func (v View) communityEvents(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch {
	case !a.Role.Has(models.EventRead):
		return db.Where("1 = 0")
	case a.Reach() == models.DistrictReach:
		return db
	case a.Reach() == models.OwnReach:
		return db.Where("community_events.status IN ?", []models.EventStatus{models.EventPlanned, models.EventOpen})
	}
	return db.Where("(community_events.institution_id = ? OR community_events.id IN (SELECT event_id FROM event_teams WHERE team_id IN ?))", some(a.InstitutionID), anyOf(a.TeamIDs))
}

// EventLine is an event with its teams, and what came of it: the last are zero for residents.
type EventLine struct {
	models.CommunityEvent
	InstitutionName   string
	TeamNames         map[models.ID]string
	CheckedIn, Signed int // people who checked in; contracts that were signed there
}

// EventFilter chooses events; zero fields choose all.
type EventFilter struct {
	Kind     models.EventKind
	Status   models.EventStatus
	TeamID   models.ID
	From, To models.Date
}

// CommunityEvents lists the events of the scope, the latest first.
func (v View) CommunityEvents(ctx context.Context, f EventFilter, p Page) (List[EventLine], error) {
	db := v.communityEvents(v.query(ctx))
	if f.Kind != "" {
		db = db.Where("community_events.`kind` = ?", f.Kind)
	}
	if f.Status != "" {
		db = db.Where("community_events.status = ?", f.Status)
	}
	if f.TeamID != 0 {
		db = db.Where("community_events.id IN (SELECT event_id FROM event_teams WHERE team_id = ?)", f.TeamID)
	}
	if !f.From.IsZero() {
		db = db.Where("community_events.held_on >= ?", f.From)
	}
	if !f.To.IsZero() {
		db = db.Where("community_events.held_on <= ?", f.To)
	}
	page, err := paginate(db, p, order{columns: []string{"community_events.held_on", "community_events.id"}, desc: true},
		func(e models.CommunityEvent) []any { return []any{e.On, int64(e.ID)} })
	if err != nil {
		return List[EventLine]{}, err
	}
	lines, err := v.eventLines(v.query(ctx), page.Items)
	return List[EventLine]{Items: lines, Next: page.Next}, err
}

func (v View) eventLines(db *gorm.DB, list []models.CommunityEvent) ([]EventLine, error) {
	var ids, institutions, teams []models.ID
	events := make([]*models.CommunityEvent, len(list))
	for i := range list {
		events[i] = &list[i]
		ids, institutions = append(ids, list[i].ID), append(institutions, list[i].InstitutionID)
	}
	if err := withTeams(db, events...); err != nil {
		return nil, err
	}
	for _, e := range list {
		teams = append(teams, e.Teams...)
	}
	instNames, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	came, signed := map[models.ID]int{}, map[models.ID]int{}
	if v.actor.IsStaff() {
		if came, err = countsBy(db.Model(&models.EventCheckIn{}), ids); err != nil {
			return nil, err
		}
		if signed, err = countsBy(db.Model(&models.Contract{}), ids); err != nil {
			return nil, err
		}
	}
	out := make([]EventLine, len(list))
	for i, e := range list {
		if !v.actor.IsStaff() {
			e.Heads, e.Consultations, e.Materials = 0, 0, 0
		}
		out[i] = EventLine{e, instNames[e.InstitutionID], teamNames, came[e.ID], signed[e.ID]}
	}
	return out, nil
}

// countsBy counts the rows of a noun by event.
func countsBy(db *gorm.DB, events []models.ID) (map[models.ID]int, error) {
	var rows []struct {
		EventID models.ID
		N       int
	}
	err := db.Select("event_id, COUNT(*) AS n").Where("event_id IN ?", anyOf(events)).Group("event_id").Scan(&rows).Error
	out := make(map[models.ID]int, len(rows))
	for _, r := range rows {
		out[r.EventID] = r.N
	}
	return out, err
}

// EventFile is an event with its history and buttons.
type EventFile struct {
	EventLine
	History []models.Event
	Actions []models.EventMove
}

// CommunityEvent reads one event the actor may see.
func (v View) CommunityEvent(ctx context.Context, id models.ID) (EventFile, error) {
	var e models.CommunityEvent
	if err := v.communityEvents(v.query(ctx)).Take(&e, "community_events.id = ?", id).Error; err != nil {
		return EventFile{}, notFound(err)
	}
	return v.eventFile(ctx, e)
}

func (v View) eventFile(ctx context.Context, e models.CommunityEvent) (EventFile, error) {
	lines, err := v.eventLines(v.query(ctx), []models.CommunityEvent{e})
	if err != nil {
		return EventFile{}, err
	}
	out := EventFile{EventLine: lines[0]}
	out.Actions = models.CommunityEventProcess.Allowed(e.Status, v.actor, out.Parties(v.actor))
	if v.actor.IsStaff() {
		out.History, err = history(v.query(ctx), models.CommunityEventProcess.Noun, e.ID)
	}
	return out, err
}

// EventScene is the code on the poster of an event that the actor holds.
func (v View) EventScene(ctx context.Context, id models.ID) (string, error) {
	f, err := v.CommunityEvent(ctx, id)
	if err == nil && f.Parties(v.actor) == 0 {
		err = models.ErrForbidden
	}
	return f.Scene, err
}

// EventRow are the figures of the events that were held in a period in one scope, the host's:
// attendance is Attendance of each, signed counts the contracts that carry the event.
type EventRow struct {
	Kind                                               models.ScopeKind
	ScopeID                                            models.ID
	Name                                               string
	Held, Attendance, Consultations, Materials, Signed int
}

// EventTable is an answer to EventFigures.
type EventTable struct {
	From, To models.Date
	Rows     []EventRow
}

// EventFigures counts the events closed, and open today, by district or institution over a
// period, this year by default (domain §6.10).
func (v View) EventFigures(ctx context.Context, by models.ScopeKind, kind models.EventKind, from, to models.Date) (EventTable, error) {
	if err := checkPeriod(&from, &to, v.Today()); err != nil {
		return EventTable{}, err
	}
	out := EventTable{From: from, To: to}
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, err := v.rateScopes(db, RateQuery{By: by})
		if err != nil {
			return err
		}
		held := db.Where("held_on BETWEEN ? AND ? AND status IN ?", from, to, []models.EventStatus{models.EventOpen, models.EventClosed})
		if kind != "" {
			held = held.Where("`kind` = ?", kind)
		}
		rows := map[models.ID]EventRow{}
		var batch []models.CommunityEvent
		err = held.FindInBatches(&batch, loadBatch, func(_ *gorm.DB, _ int) error {
			ids := make([]models.ID, len(batch))
			for i, e := range batch {
				ids[i] = e.ID
			}
			came, err := countsBy(db.Model(&models.EventCheckIn{}), ids)
			if err != nil {
				return err
			}
			signed, err := countsBy(db.Model(&models.Contract{}), ids)
			if err != nil {
				return err
			}
			for _, e := range batch {
				key := models.ID(0)
				if by == models.ScopeInstitution {
					key = e.InstitutionID
				}
				r := rows[key]
				r.Held, r.Attendance, r.Consultations = r.Held+1, r.Attendance+e.Attendance(came[e.ID]), r.Consultations+e.Consultations
				r.Materials, r.Signed = r.Materials+e.Materials, r.Signed+signed[e.ID]
				rows[key] = r
			}
			return nil
		}).Error
		if err != nil {
			return err
		}
		for _, s := range scopes {
			key := s.id
			if by == models.ScopeDistrict {
				key = 0
			}
			r := rows[key]
			r.Kind, r.ScopeID, r.Name = by, s.shown, s.name
			out.Rows = append(out.Rows, r)
		}
		return nil
	})
	return out, err
}
