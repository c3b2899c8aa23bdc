package models_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestCommunityEventMoves(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	planned, open := models.EventPlanned, models.EventOpen
	holders, system := []string{"district", "manager", "doctor", "system", "nurse"}, []string{"system"}
	parts := map[string]models.Actor{"system": models.System("t"), "nurse": {Role: models.Nurse, AccountID: 20, InstitutionID: 2, TeamIDs: []models.ID{3}}}
	for name, a := range complaintParts { // institution 2, team 3
		parts[name] = a
	}
	for m, want := range map[models.EventMove]struct {
		to map[models.EventStatus]models.EventStatus
		by []string
	}{
		models.MoveOpenEvent:   {map[models.EventStatus]models.EventStatus{planned: open}, holders},
		models.MoveCloseEvent:  {map[models.EventStatus]models.EventStatus{open: models.EventClosed}, holders},
		models.MoveCancelEvent: {map[models.EventStatus]models.EventStatus{planned: models.EventCancelled, open: models.EventCancelled}, holders},
		models.MoveLapseEvent:  {map[models.EventStatus]models.EventStatus{planned: models.EventCancelled, open: models.EventClosed}, system},
	} {
		for from := range models.EventStatusLabels {
			for name, actor := range parts {
				e := models.CommunityEvent{Status: from, InstitutionID: 2, Teams: []models.ID{3, 8}, On: today}
				_, err := e.Move(m, actor, "说明", today)
				mine := slices.Contains(want.by, name)
				to, state := want.to[from]
				switch {
				case !mine && !models.IsKind(err, models.Forbidden), mine && !state && !models.IsCode(err, "wrong_state"), mine && state && (err != nil || e.Status != to):
					t.Errorf("%s, %s from %s: %v, %s", name, m, from, err, e.Status)
				case err != nil && e.Status != from:
					t.Errorf("a refused %s by %s changed it", m, name)
				}
			}
		}
	}
	for days, want := range map[int]string{-1: "not_today", 0: "", 1: "not_today"} {
		e := models.CommunityEvent{Status: planned, Teams: []models.ID{3}, On: today.AddDays(days)}
		if _, err := e.Move(models.MoveOpenEvent, parts["doctor"], "", today); want == "" && err != nil || want != "" && !models.IsCode(err, want) {
			t.Errorf("opened %d days off: %v", days, err)
		}
	}
	e := models.CommunityEvent{Status: planned, Teams: []models.ID{3}}
	if _, err := e.Move(models.MoveCancelEvent, parts["doctor"], " ", today); !models.IsKind(err, models.Invalid) {
		t.Errorf("cancelled for nothing: %v", err)
	}
}

func TestCommunityEventChecks(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	plan := models.CommunityEvent{Kind: "signing", Title: "签约进东村", Place: "东村文化广场", On: today, Teams: []models.ID{1}, Services: "signing,talk"}
	for field, edit := range map[string]func(e *models.CommunityEvent){
		"": func(*models.CommunityEvent) {}, "kind": func(e *models.CommunityEvent) { e.Kind = "party" }, "title": func(e *models.CommunityEvent) { e.Title = " " },
		"place": func(e *models.CommunityEvent) { e.Place = strings.Repeat("场", 61) }, "on": func(e *models.CommunityEvent) { e.On = today.AddDays(-1) },
		"team_ids": func(e *models.CommunityEvent) { e.Teams = nil }, "services": func(e *models.CommunityEvent) { e.Services = "signing,dancing" },
	} {
		x := plan
		edit(&x)
		var p models.Problems
		x.Check(&p, today)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
	far := plan
	far.On = today.AddDays(models.MaxEventAhead + 1)
	var p models.Problems
	if far.Check(&p, today); len(p) != 1 || p[0].Code != "too_far" {
		t.Errorf("%v", p)
	}
	plan.Status = models.EventOpen
	for name, tt := range map[string]struct {
		edit func(e *models.CommunityEvent)
		team models.ID
		code string
	}{
		"good": {nil, 1, ""}, "another team": {nil, 2, "other_team"}, "planned": {func(e *models.CommunityEvent) { e.Status = models.EventPlanned }, 1, "not_today"},
		"closed":    {func(e *models.CommunityEvent) { e.Status = models.EventClosed }, 1, "not_today"},
		"yesterday": {func(e *models.CommunityEvent) { e.On = today.AddDays(-1) }, 1, "not_today"},
		"tomorrow":  {func(e *models.CommunityEvent) { e.On = today.AddDays(1) }, 1, "not_today"},
	} {
		x := plan
		if tt.edit != nil {
			tt.edit(&x)
		}
		err := x.SignsFor(tt.team, today)
		if tt.code == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var e *models.Error
		if errors.As(err, &e); tt.code != "" && (e == nil || e.Fields[0].Field != "event_id" || e.Fields[0].Code != tt.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for counts, bad := range map[models.EventCounts]int{{}: 0, {Heads: 100000}: 0, {Heads: -1}: 1, {Consultations: 100001, Materials: -1}: 2} {
		var p models.Problems
		if counts.Check(&p); len(p) != bad {
			t.Errorf("%+v: %v", counts, p)
		}
	}
}
