package models_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestHomeAgreementMoves(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	draft, active, suspended, expired := models.HomeDraft, models.HomeActive, models.HomeSuspended, models.HomeExpired
	managers, system := []string{"district", "manager", "system"}, []string{"system"}
	parts := map[string]models.Actor{"system": models.System("t")}
	for name, a := range complaintParts { // institution 2
		parts[name] = a
	}
	for m, want := range map[models.HomeAgreementMove]struct {
		from []models.HomeAgreementStatus
		by   []string
	}{
		models.MoveActivateHome:  {[]models.HomeAgreementStatus{draft}, managers},
		models.MoveSuspendHome:   {[]models.HomeAgreementStatus{active}, managers},
		models.MoveResumeHome:    {[]models.HomeAgreementStatus{suspended}, managers},
		models.MoveRenewHome:     {[]models.HomeAgreementStatus{active, expired}, managers},
		models.MoveTerminateHome: {[]models.HomeAgreementStatus{draft, active, suspended}, managers},
		models.MoveExpireHome:    {[]models.HomeAgreementStatus{active, suspended}, system},
	} {
		for from := range models.HomeAgreementStatusLabels {
			for name, actor := range parts {
				a := models.HomeAgreement{Status: from, InstitutionID: 2, BeginOn: today.AddDays(-100), EndOn: today.AddDays(100)}
				_, err := a.Move(models.HomeAgreementStep{Move: m, Reason: "说明", Until: today.AddDays(400)}, actor, today)
				mine, state := slices.Contains(want.by, name), slices.Contains(want.from, from)
				switch {
				case !mine && !models.IsKind(err, models.Forbidden), mine && !state && !models.IsCode(err, "wrong_state"), mine && state && err != nil:
					t.Errorf("%s, %s from %s: %v", name, m, from, err)
				case err != nil && (a.Status != from || a.Live != nil):
					t.Errorf("a refused %s by %s changed it", m, name)
				case err == nil && (a.Live != nil) != (a.Status == draft || a.Status == active || a.Status == suspended):
					t.Errorf("%s from %s: live %v in %s", m, from, a.Live, a.Status)
				}
			}
		}
	}
	for name, tt := range map[string]struct {
		from  models.HomeAgreementStatus
		step  models.HomeAgreementStep
		end   models.Date
		field string
	}{
		"suspended why":         {active, models.HomeAgreementStep{Move: models.MoveSuspendHome}, today, "reason"},
		"ended why":             {active, models.HomeAgreementStep{Move: models.MoveTerminateHome}, today, "reason"},
		"begun on its last day": {draft, models.HomeAgreementStep{Move: models.MoveActivateHome}, today, ""},
		"begun when over":       {draft, models.HomeAgreementStep{Move: models.MoveActivateHome}, today.AddDays(-1), "end_on"},
		"renewed for nothing":   {active, models.HomeAgreementStep{Move: models.MoveRenewHome}, today, "until"},
		"renewed by no day":     {active, models.HomeAgreementStep{Move: models.MoveRenewHome, Until: today.AddDays(9)}, today.AddDays(9), "until"},
		"renewed by a day":      {active, models.HomeAgreementStep{Move: models.MoveRenewHome, Until: today.AddDays(10)}, today.AddDays(9), ""},
		"renewed for 5 years":   {active, models.HomeAgreementStep{Move: models.MoveRenewHome, Until: models.TermEnd(today.AddDays(1), 5)}, today, ""},
		"and a day":             {active, models.HomeAgreementStep{Move: models.MoveRenewHome, Until: models.TermEnd(today.AddDays(1), 5).AddDays(1)}, today, "until"},
	} {
		a := models.HomeAgreement{Status: tt.from, InstitutionID: 2, EndOn: tt.end}
		_, err := a.Move(tt.step, parts["manager"], today)
		var e *models.Error
		errors.As(err, &e)
		if tt.field == "" && err != nil || tt.field != "" && (e == nil || len(e.Fields) != 1 || e.Fields[0].Field != tt.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRoundsKept(t *testing.T) {
	begin := calendar.MustDate("2026-01-05")
	day := begin.AddDays
	for name, tt := range map[string]struct {
		perWeek        int
		rounds         []int
		pauses         []models.Pause
		today, end     int
		done, expected int
	}{
		"not a week yet":               {1, []int{0}, nil, 6, 364, 0, 0},
		"one week":                     {1, []int{6}, nil, 7, 364, 1, 1},
		"the next has just begun":      {1, []int{6, 7}, nil, 13, 364, 1, 1},
		"two in a week are one":        {1, []int{0, 1}, nil, 14, 364, 1, 2},
		"two promised":                 {2, []int{0, 1, 7}, nil, 14, 364, 3, 4},
		"a pause does not count":       {1, []int{0, 15}, []models.Pause{{From: day(9), To: day(10)}}, 21, 364, 2, 2},
		"nor one that goes on":         {1, []int{0}, []models.Pause{{From: day(13)}}, 28, 364, 1, 1},
		"the pause's last day does":    {1, []int{0}, []models.Pause{{From: day(8), To: day(14)}}, 21, 364, 1, 1},
		"after its end nothing is due": {1, []int{0}, nil, 100, 13, 1, 2},
		"a year at most":               {1, nil, nil, 7 * 60, 7 * 100, 0, 52},
	} {
		a := models.HomeAgreement{PerWeek: tt.perWeek, BeginOn: begin, EndOn: day(tt.end)}
		var rounds []models.Date
		for _, n := range tt.rounds {
			rounds = append(rounds, day(n))
		}
		if done, expected := a.Kept(rounds, tt.pauses, day(tt.today)); done != tt.done || expected != tt.expected {
			t.Errorf("%s: %d of %d, want %d of %d", name, done, expected, tt.done, tt.expected)
		}
	}
}

func TestHomeChecks(t *testing.T) {
	home := models.NursingHome{Name: "榴园颐养中心", USCC: "12370499MB0000019X", Contact: "孙大圣", Phone: "0632-4400001", Beds: 80}
	for field, edit := range map[string]func(h *models.NursingHome){
		"": func(*models.NursingHome) {}, "name": func(h *models.NursingHome) { h.Name = " " }, "uscc": func(h *models.NursingHome) { h.USCC = "12370499MB00000199" },
		"contact": func(h *models.NursingHome) { h.Contact = "" }, "phone": func(h *models.NursingHome) { h.Phone = "1" }, "beds": func(h *models.NursingHome) { h.Beds = 0 },
		"address": func(h *models.NursingHome) { h.Address = strings.Repeat("路", 101) },
	} {
		x := home
		edit(&x)
		var p models.Problems
		x.Check(&p)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
	today := calendar.MustDate("2026-11-23")
	agreement := models.HomeAgreement{Model: "network", Services: "rounds,pharmacy", PerWeek: 7, BeginOn: today, EndOn: models.TermEnd(today, 5)}
	for field, edit := range map[string]func(a *models.HomeAgreement){
		"": func(*models.HomeAgreement) {}, "model": func(a *models.HomeAgreement) { a.Model = "x" }, "services": func(a *models.HomeAgreement) { a.Services = "rounds,x" },
		"rounds_per_week": func(a *models.HomeAgreement) { a.PerWeek = 8 }, "begin_on": func(a *models.HomeAgreement) { a.BeginOn = models.Date{} },
		"end_on": func(a *models.HomeAgreement) { a.EndOn = a.EndOn.AddDays(1) },
	} {
		x := agreement
		edit(&x)
		var p models.Problems
		x.Check(&p)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
	round := models.HomeRound{On: today, People: 80, Notes: strings.Repeat("好", 500)}
	for field, edit := range map[string]func(r *models.HomeRound){
		"": func(*models.HomeRound) {}, "on": func(r *models.HomeRound) { r.On = today.AddDays(1) }, "people": func(r *models.HomeRound) { r.People = 81 }, "notes": func(r *models.HomeRound) { r.Notes += "的" },
	} {
		x := round
		edit(&x)
		var p models.Problems
		x.Check(&p, agreement, 80, today)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
	var p models.Problems
	early := models.HomeRound{On: today.AddDays(-1)}
	if early.Check(&p, agreement, 80, today); len(p) != 1 || p[0].Code != "out_of_term" {
		t.Errorf("%v", p)
	}
}
