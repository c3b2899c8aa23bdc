package store

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// PlanEvent plans an event of teams, one of which is the actor's, or of the manager's
// institution. It returns Invalid naming the fields, and Forbidden for teams of others.
func (v View) PlanEvent(ctx context.Context, e models.CommunityEvent) (EventFile, error) {
	e, err := once(ctx, v, func(tx *Tx) (models.CommunityEvent, error) {
		e.ID, e.Status, e.Version = 0, "", 1
		if err := tx.checkEvent(&e); err != nil {
			return e, err
		}
		event, err := e.Move(models.MovePlanEvent, tx.actor, "", tx.today)
		if err != nil {
			return e, err
		}
		if e.Scene, err = newScene(); err != nil {
			return e, err
		}
		if err := tx.db.Create(&e).Error; err != nil {
			return e, err
		}
		if err := tx.eventTeams(e); err != nil {
			return e, err
		}
		return e, tx.happened(event, e.ID, 0)
	})
	if err != nil {
		return EventFile{}, err
	}
	return v.eventFile(ctx, e)
}

// newScene is a random code: it says nothing of the event, and cannot be guessed from
// another.
func newScene() (string, error) {
	b := make([]byte, models.SceneLength)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	for i := range b {
		b[i] = models.SceneAlphabet[int(b[i])%len(models.SceneAlphabet)]
	}
	return string(b), nil
}

// checkEvent checks a plan, and takes the host from the first team.
func (tx *Tx) checkEvent(e *models.CommunityEvent) error {
	e.Title, e.Place = strings.TrimSpace(e.Title), strings.TrimSpace(e.Place)
	var p models.Problems
	if e.Check(&p, tx.today); len(p) > 0 {
		return p.Err()
	}
	for i, id := range e.Teams {
		team, err := tx.signableTeam(id)
		if models.IsKind(err, models.Invalid) {
			return models.InvalidField("team_ids", "unknown", "团队不存在或已停止服务")
		} else if err != nil {
			return err
		}
		if i == 0 {
			e.InstitutionID = team.InstitutionID
		}
	}
	return nil
}

// eventTeams writes down who holds the event.
func (tx *Tx) eventTeams(e models.CommunityEvent) error {
	rows := make([]models.EventTeam, len(e.Teams))
	for i, team := range e.Teams {
		rows[i] = models.EventTeam{EventID: e.ID, TeamID: team}
	}
	if err := tx.db.Delete(&models.EventTeam{}, "event_id = ?", e.ID).Error; err != nil {
		return err
	}
	return tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

// ChangeEvent replaces the plan of an event that has not begun. It refuses what PlanEvent
// does, Conflict wrong_state, and PreconditionFailed against an old version.
func (v View) ChangeEvent(ctx context.Context, id models.ID, version int, plan models.CommunityEvent) (EventFile, error) {
	e, err := once(ctx, v, func(tx *Tx) (models.CommunityEvent, error) {
		e, err := tx.lockEvent(id)
		if err != nil {
			return e, err
		}
		if err := checkVersion(e.Version, version); err != nil {
			return e, err
		}
		if e.Status != models.EventPlanned {
			return e, models.Errorf(models.Conflict, "wrong_state", "活动当前状态为“%s”,不能修改", models.EventStatusLabels[e.Status])
		}
		e.Kind, e.Title, e.Place, e.On, e.Services, e.Teams = plan.Kind, plan.Title, plan.Place, plan.On, plan.Services, plan.Teams
		if err := tx.checkEvent(&e); err != nil {
			return e, err
		}
		if e.Parties(tx.actor) == 0 { // nobody plans away from oneself
			return e, models.InvalidField("team_ids", "not_yours", "须包含本人所在团队")
		}
		if err := tx.eventTeams(e); err != nil {
			return e, err
		}
		tx.record("community_event.update", "community_event", e.ID, 0)
		return after(&e, tx.saveEvent(&e))
	})
	if err != nil {
		return EventFile{}, err
	}
	return v.eventFile(ctx, e)
}

// MoveEvent makes a move on an event of the actor's. It returns Forbidden for a move that is
// not the actor's, Conflict wrong_state or not_today, and PreconditionFailed against an old
// version.
func (v View) MoveEvent(ctx context.Context, id models.ID, version int, m models.EventMove, reason string) (EventFile, error) {
	e, err := once(ctx, v, func(tx *Tx) (models.CommunityEvent, error) {
		e, err := tx.lockEvent(id)
		if err != nil {
			return e, err
		}
		if reason = strings.TrimSpace(reason); len([]rune(reason)) > models.MaxMoveReason {
			return e, models.InvalidField("reason", "too_long", "原因不能超过200个字")
		}
		event, err := e.Move(m, tx.actor, reason, tx.today)
		if err := unlessStale(err, e.Version, version); err != nil {
			return e, err
		}
		if err := tx.saveEvent(&e); err != nil {
			return e, err
		}
		return e, tx.happened(event, e.ID, 0)
	})
	if err != nil {
		return EventFile{}, err
	}
	return v.eventFile(ctx, e)
}

// CountEvent notes what the staff counted at an event that is open or closed.
func (v View) CountEvent(ctx context.Context, id models.ID, version int, c models.EventCounts) (EventFile, error) {
	e, err := once(ctx, v, func(tx *Tx) (models.CommunityEvent, error) {
		e, err := tx.lockEvent(id)
		if err != nil {
			return e, err
		}
		if e.Parties(tx.actor) == 0 || !tx.actor.Can(models.EventWrite) {
			return e, models.ErrForbidden
		}
		if err := checkVersion(e.Version, version); err != nil {
			return e, err
		}
		if e.Status != models.EventOpen && e.Status != models.EventClosed {
			return e, models.Errorf(models.Conflict, "wrong_state", "活动当前状态为“%s”,不能登记人数", models.EventStatusLabels[e.Status])
		}
		var p models.Problems
		if c.Check(&p); len(p) > 0 {
			return e, p.Err()
		}
		e.Heads, e.Consultations, e.Materials = c.Heads, c.Consultations, c.Materials
		tx.record("community_event.count", "community_event", e.ID, 0)
		return after(&e, tx.saveEvent(&e))
	})
	if err != nil {
		return EventFile{}, err
	}
	return v.eventFile(ctx, e)
}

func (tx *Tx) saveEvent(e *models.CommunityEvent) error {
	e.Version++
	return tx.db.Omit("created_at").Save(e).Error
}

// lockEvent loads one event the actor may see, with its teams.
func (tx *Tx) lockEvent(id models.ID) (models.CommunityEvent, error) {
	var e models.CommunityEvent
	if err := tx.view().communityEvents(tx.forUpdate(tx.db)).Take(&e, "community_events.id = ?", id).Error; err != nil {
		return e, notFound(err)
	}
	return after(&e, withTeams(tx.db, &e))
}

// withTeams loads the teams that hold the events.
func withTeams(db *gorm.DB, events ...*models.CommunityEvent) error {
	ids := make([]models.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	var rows []models.EventTeam
	if err := db.Order("event_id, team_id").Find(&rows, "event_id IN ?", anyOf(ids)).Error; err != nil {
		return err
	}
	for _, e := range events {
		e.Teams = nil
		for _, r := range rows {
			if r.EventID == e.ID {
				e.Teams = append(e.Teams, r.TeamID)
			}
		}
	}
	return nil
}

// CheckIn is who came to which event.
type CheckIn struct {
	Title, Place string
	ResidentID   models.ID
	At           time.Time
}

// CheckInByScene notes that a resident, or a ward of the actor, came to the event whose code
// was scanned. Twice is once. It returns NotFound for an unknown code, and Conflict not_open
// unless the event is open today.
func (v View) CheckInByScene(ctx context.Context, scene string, resident models.ID) (CheckIn, error) {
	return once(ctx, v, func(tx *Tx) (CheckIn, error) {
		if resident == 0 {
			resident = tx.actor.ResidentID
		}
		if !tx.actor.ActsFor(resident) {
			return CheckIn{}, models.ErrNotFound
		}
		var e models.CommunityEvent
		if err := tx.db.Take(&e, "scene = ?", strings.ToLower(strings.TrimSpace(scene))).Error; err != nil {
			return CheckIn{}, notFound(err)
		}
		if e.Status != models.EventOpen || e.On != tx.today {
			return CheckIn{}, models.Errorf(models.Conflict, "not_open", "活动尚未开始或已结束")
		}
		row := models.EventCheckIn{EventID: e.ID, ResidentID: resident, At: tx.now}
		if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return CheckIn{}, err
		}
		if err := tx.db.Take(&row, "event_id = ? AND resident_id = ?", e.ID, resident).Error; err != nil {
			return CheckIn{}, err
		}
		tx.record("community_event.check_in", "community_event", e.ID, resident)
		return CheckIn{e.Title, e.Place, resident, row.At}, nil
	})
}

// atEvent gives a contract that is signed on site the event it is signed at. It returns
// Invalid event_id unless that is one of the team's, open today.
func (tx *Tx) atEvent(c *models.Contract, s Signing) error {
	if s.EventID == 0 {
		return nil
	}
	if !tx.actor.IsStaff() || s.Signature == "" {
		return models.InvalidField("event_id", "on_site_only", "只有现场签约可以登记活动")
	}
	e, err := get[models.CommunityEvent](tx.db, s.EventID)
	if errors.Is(err, models.ErrNotFound) {
		return models.InvalidField("event_id", "unknown", "活动不存在")
	} else if err != nil {
		return err
	}
	if err := withTeams(tx.db, &e); err != nil {
		return err
	}
	if err := e.SignsFor(c.TeamID, tx.today); err != nil {
		return err
	}
	c.EventID, c.Source = e.ID, models.FromEvent
	return nil
}

// LapseEvents ends what is still planned or open when its day is over: an open event is
// closed, one that was never opened is cancelled. It returns their number.
func (s *Store) LapseEvents(ctx context.Context) (int, error) {
	total := 0
	for {
		n := 0
		err := s.As(models.System("community-events")).transact(ctx, func(tx *Tx) error {
			n = 0
			var over []models.CommunityEvent
			err := tx.forUpdate(tx.db).Where("held_on < ? AND status IN ?", tx.today, []models.EventStatus{models.EventPlanned, models.EventOpen}).Order("id").Limit(rollBatch).Find(&over).Error
			for i := range over {
				event, moved := over[i].Move(models.MoveLapseEvent, tx.actor, "", tx.today)
				if err = errors.Join(err, moved, tx.saveEvent(&over[i])); err != nil {
					return err
				}
				if err = tx.happened(event, over[i].ID, 0); err != nil {
					return err
				}
				n++
			}
			return err
		})
		total += n
		if err != nil || n < rollBatch {
			return total, err
		}
	}
}
