package models_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestFrequencies(t *testing.T) {
	for text, want := range map[string]int{"每月1次": 12, "每月2次": 24, "每周1次": 52, "每季度3次": 12, "每年6次": 6, "每年12次": 12, "每天1次": -1, "每月0次": -1, "每月次": -1, "": -1, "每月2次 ": -1} {
		if n, ok := models.PerYear(text); ok != (want >= 0) || ok && n != want {
			t.Errorf("%q: %d %v", text, n, ok)
		}
	}
}

func TestExpectedSessions(t *testing.T) {
	day := calendar.MustDate
	for name, tt := range map[string]struct {
		begin, end, from, to string
		want                 int
	}{
		"a year": {"2024-01-01", "", "2026-01-01", "2026-12-31", 24}, "half a month": {"2024-01-01", "", "2026-01-01", "2026-01-16", 1}, "a day less": {"2024-01-01", "", "2026-01-01", "2026-01-15", 0},
		"begun within": {"2026-07-02", "", "2026-01-01", "2026-12-31", 12}, "ended within": {"2024-01-01", "2026-07-02", "2026-01-01", "2026-12-31", 12},
		"not yet": {"2027-01-01", "", "2026-01-01", "2026-12-31", 0}, "over": {"2024-01-01", "2025-12-31", "2026-01-01", "2026-12-31", 0},
	} {
		l := models.TeamPartner{Frequency: "每月2次", Begin: day(tt.begin)}
		if tt.end != "" {
			l.End = day(tt.end)
		}
		if got := l.Expected(day(tt.from), day(tt.to)); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	if n := (models.TeamPartner{Frequency: "不定期"}).Expected(day("2026-01-01"), day("2026-12-31")); n != 0 {
		t.Errorf("no frequency promises %d", n)
	}
}

func TestPartnerLinkMoves(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	for name, actor := range complaintParts { // institution 2
		mine := slices.Contains([]string{"district", "manager"}, name)
		for status, l := range map[models.LinkStatus]models.TeamPartner{
			"": {Begin: today}, models.LinkActive: {ID: 1, Begin: today.AddDays(-50)}, models.LinkEnded: {ID: 1, Begin: today.AddDays(-50), End: today.AddDays(-9)},
		} {
			for m, from := range map[models.LinkMove]models.LinkStatus{models.MoveBeginLink: "", models.MoveEndLink: models.LinkActive, models.MoveResumeLink: models.LinkEnded} {
				x := l
				_, err := x.Move(m, today, actor, 2, "说明", today)
				switch {
				case !mine && !models.IsKind(err, models.Forbidden), mine && status != from && !models.IsCode(err, "wrong_state"), mine && status == from && err != nil:
					t.Errorf("%s, %s from %q: %v", name, m, status, err)
				case err != nil && x != l:
					t.Errorf("a refused %s by %s changed it", m, name)
				}
			}
		}
	}
	for name, tt := range map[string]struct {
		l      models.TeamPartner
		m      models.LinkMove
		on     models.Date
		reason string
		field  string
	}{
		"no day":           {models.TeamPartner{ID: 1, Begin: today}, models.MoveEndLink, models.Date{}, "x", "on"},
		"tomorrow":         {models.TeamPartner{ID: 1, Begin: today}, models.MoveEndLink, today.AddDays(1), "x", "on"},
		"before it began":  {models.TeamPartner{ID: 1, Begin: today}, models.MoveEndLink, today.AddDays(-1), "x", "on"},
		"for nothing":      {models.TeamPartner{ID: 1, Begin: today}, models.MoveEndLink, today, " ", "reason"},
		"on its first day": {models.TeamPartner{ID: 1, Begin: today}, models.MoveEndLink, today, "x", ""},
		"on its last day":  {models.TeamPartner{ID: 1, Begin: today.AddDays(-9), End: today}, models.MoveResumeLink, today, "", "on"},
		"on the day after": {models.TeamPartner{ID: 1, Begin: today.AddDays(-9), End: today.AddDays(-1)}, models.MoveResumeLink, today, "", ""},
	} {
		_, err := tt.l.Move(tt.m, tt.on, complaintParts["manager"], 2, tt.reason, today)
		var e *models.Error
		errors.As(err, &e)
		if tt.field == "" && err != nil || tt.field != "" && (e == nil || len(e.Fields) != 1 || e.Fields[0].Field != tt.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPartnerSessionChecks(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	link := models.TeamPartner{ID: 1, Begin: today.AddDays(-30)}
	good := models.PartnerSession{Kind: "clinic", On: today, Expert: "李专家", HalfHours: 24, People: 1000, Notes: strings.Repeat("好", 500)}
	for field, edit := range map[string]func(s *models.PartnerSession){
		"": func(*models.PartnerSession) {}, "kind": func(s *models.PartnerSession) { s.Kind = "x" }, "on": func(s *models.PartnerSession) { s.On = today.AddDays(1) },
		"expert": func(s *models.PartnerSession) { s.Expert = " " }, "hours": func(s *models.PartnerSession) { s.HalfHours = 25 }, "people": func(s *models.PartnerSession) { s.People = -1 },
		"notes": func(s *models.PartnerSession) { s.Notes += "的" },
	} {
		x := good
		edit(&x)
		var p models.Problems
		x.Check(&p, link, today)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
	for days, code := range map[int]string{-30: "", -31: "out_of_term", -367: "too_old"} {
		x := good
		x.On = today.AddDays(days)
		var p models.Problems
		if x.Check(&p, link, today); code == "" && len(p) > 0 || code != "" && (len(p) != 1 || p[0].Code != code) {
			t.Errorf("%d days: %v", days, p)
		}
	}
}
