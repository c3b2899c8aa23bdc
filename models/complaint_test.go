package models_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// complaintParts are actors who play one part in a complaint of resident 7 that institution
// 2 and its team 3 have to answer, or none.
var complaintParts = map[string]models.Actor{
	"resident":  {Role: models.ResidentRole, ResidentID: 7},
	"guardian":  {Role: models.ResidentRole, ResidentID: 8, WardIDs: []models.ID{7}},
	"stranger":  {Role: models.ResidentRole, ResidentID: 9},
	"officer":   {Role: models.ComplaintOfficer, AccountID: 1},
	"district":  {Role: models.DistrictManager, AccountID: 2},
	"manager":   {Role: models.InstitutionManager, AccountID: 3, InstitutionID: 2},
	"elsewhere": {Role: models.InstitutionManager, AccountID: 4, InstitutionID: 5},
	"doctor":    {Role: models.Doctor, AccountID: 5, InstitutionID: 2, TeamIDs: []models.ID{3}},
	"colleague": {Role: models.Doctor, AccountID: 6, InstitutionID: 2, TeamIDs: []models.ID{4}},
	"centre":    {Role: models.ReferralCentre, AccountID: 7},
	"auditor":   {Role: models.Auditor, AccountID: 8},
	"nobody":    {},
}

// TestComplaintMoves holds every move from every state by every part against the table:
// what it does not name is refused, and leaves the complaint as it was.
func TestComplaintMoves(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start().Add(9 * time.Hour)
	desk, handlers := []string{"officer", "district"}, []string{"manager", "doctor"}
	allowed := map[models.ComplaintMove]struct {
		from []models.ComplaintStatus
		by   []string
	}{
		models.MoveAssign:   {[]models.ComplaintStatus{models.ComplaintReceived}, desk},
		models.MoveReassign: {[]models.ComplaintStatus{models.ComplaintAssigned, models.ComplaintProcessing, models.ComplaintReplied, models.ComplaintReopened}, desk},
		models.MoveTake:     {[]models.ComplaintStatus{models.ComplaintAssigned}, handlers},
		models.MoveReturn:   {[]models.ComplaintStatus{models.ComplaintAssigned, models.ComplaintProcessing}, handlers},
		models.MoveReply:    {[]models.ComplaintStatus{models.ComplaintProcessing}, handlers},
		models.MoveVisit:    {[]models.ComplaintStatus{models.ComplaintReplied}, desk},
		models.MoveClose:    {[]models.ComplaintStatus{models.ComplaintVisited}, desk},
		models.MoveReopen:   {[]models.ComplaintStatus{models.ComplaintVisited, models.ComplaintClosed}, desk},
	}
	for m, want := range allowed {
		for from := range models.ComplaintStatusLabels {
			for name, actor := range complaintParts {
				c := models.Complaint{Status: from, ResidentID: 7, HandlerInstID: 2, HandlerTeamID: 3, ReceivedAt: now, DueAt: now.AddDate(0, 0, 7)}
				before := c
				_, err := c.Move(models.ComplaintStep{Move: m, Reason: "说明", InstitutionID: 2, TeamID: 3, Result: "答复", Satisfaction: models.VerySatisfied, Resolved: "yes"}, actor, now)
				mine, state := slices.Contains(want.by, name), slices.Contains(want.from, from)
				switch {
				case !mine && !models.IsKind(err, models.Forbidden):
					t.Errorf("%s may %s from %s: %v", name, m, from, err)
				case mine && !state && !models.IsCode(err, "wrong_state"):
					t.Errorf("%s may %s from %s: %v", name, m, from, err)
				case mine && state && err != nil:
					t.Errorf("%s may not %s from %s: %v", name, m, from, err)
				case (!mine || !state) && c != before:
					t.Errorf("a refused %s by %s changed the complaint", m, name)
				}
				button := slices.Contains(models.ComplaintProcess.Allowed(from, actor, before.Parties(actor)), m)
				if button != (mine && state) {
					t.Errorf("%s from %s: the button of %s is %v", name, from, m, button)
				}
			}
		}
	}
	for name, actor := range complaintParts {
		c := models.Complaint{ResidentID: 7, ReceivedAt: now}
		_, err := c.Move(models.ComplaintStep{Move: models.MoveFile}, actor, now)
		if may := slices.Contains([]string{"resident", "guardian", "officer"}, name); may != (err == nil) {
			t.Errorf("%s files: %v", name, err)
		}
	}
}

func TestComplaintStepsNeed(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start()
	officer, doctor := complaintParts["officer"], complaintParts["doctor"]
	for name, tt := range map[string]struct {
		from  models.ComplaintStatus
		by    models.Actor
		step  models.ComplaintStep
		field string
	}{
		"nobody to answer":   {models.ComplaintReceived, officer, models.ComplaintStep{Move: models.MoveAssign}, "institution_id"},
		"again for nothing":  {models.ComplaintReplied, officer, models.ComplaintStep{Move: models.MoveReassign, TeamID: 3}, "reason"},
		"back for nothing":   {models.ComplaintAssigned, doctor, models.ComplaintStep{Move: models.MoveReturn, Reason: " "}, "reason"},
		"no answer":          {models.ComplaintProcessing, doctor, models.ComplaintStep{Move: models.MoveReply, Result: " "}, "result"},
		"too long an answer": {models.ComplaintProcessing, doctor, models.ComplaintStep{Move: models.MoveReply, Result: strings.Repeat("答", 1001)}, "result"},
		"no rating":          {models.ComplaintReplied, officer, models.ComplaintStep{Move: models.MoveVisit, Resolved: "no"}, "satisfaction"},
		"resolved or not":    {models.ComplaintReplied, officer, models.ComplaintStep{Move: models.MoveVisit, Satisfaction: models.NotRated}, "resolved"},
		"reopened why":       {models.ComplaintClosed, officer, models.ComplaintStep{Move: models.MoveReopen}, "reason"},
	} {
		c := models.Complaint{Status: tt.from, HandlerInstID: 2, HandlerTeamID: 3}
		before := c
		_, err := c.Move(tt.step, tt.by, now)
		var e *models.Error
		if errors.As(err, &e); e == nil || len(e.Fields) != 1 || e.Fields[0].Field != tt.field {
			t.Errorf("%s: %v", name, err)
		}
		if c != before {
			t.Errorf("%s: the complaint changed", name)
		}
	}
}

// TestComplaintClock walks a complaint over its deadlines: the end of a working day counts,
// a moment later does not, and an answer once late stays late.
func TestComplaintClock(t *testing.T) {
	officer, doctor := complaintParts["officer"], complaintParts["doctor"]
	friday := calendar.MustDate("2026-11-20")
	if due := models.ComplaintDue(friday, true); calendar.DateOf(due) != calendar.MustDate("2026-11-24") || due != calendar.MustDate("2026-11-24").Start().UTC() {
		t.Errorf("urgent: %v", due) // Monday is the first working day; its end is Tuesday 0:00
	}
	due := models.ComplaintDue(friday, false)
	if due != calendar.MustDate("2026-11-28").Start().UTC() {
		t.Errorf("usual: %v", due)
	}
	for _, tt := range []struct {
		after  time.Duration
		onTime bool
	}{{-time.Second, true}, {0, true}, {time.Second, false}} {
		c := models.Complaint{ReceivedAt: friday.Start().Add(9 * time.Hour)}
		at := c.ReceivedAt
		step := func(by models.Actor, s models.ComplaintStep) {
			t.Helper()
			if _, err := c.Move(s, by, at); err != nil {
				t.Fatal(err)
			}
		}
		step(officer, models.ComplaintStep{Move: models.MoveFile})
		step(officer, models.ComplaintStep{Move: models.MoveAssign, InstitutionID: 2, TeamID: 3})
		step(doctor, models.ComplaintStep{Move: models.MoveTake})
		if c.Overdue(due) || !c.Overdue(due.Add(time.Second)) || c.OnTime() {
			t.Errorf("before the answer: %+v", c)
		}
		at = due.Add(tt.after)
		step(doctor, models.ComplaintStep{Move: models.MoveReply, Result: "已办"})
		if c.OnTime() != tt.onTime || c.WaitingUntil != nil {
			t.Errorf("%v after: %v", tt.after, c.OnTime())
		}
		step(officer, models.ComplaintStep{Move: models.MoveVisit, Satisfaction: models.Unsatisfied, Resolved: "no"})
		step(officer, models.ComplaintStep{Move: models.MoveClose})
		if !c.AtOnce() {
			t.Error("closed in one go")
		}
		step(officer, models.ComplaintStep{Move: models.MoveReopen, Reason: "不满意"})
		if c.AtOnce() || c.WaitingUntil == nil || c.Satisfaction != "" || c.Resolved != "" {
			t.Errorf("reopened: %+v", c)
		}
		step(officer, models.ComplaintStep{Move: models.MoveReassign, Reason: "重办", InstitutionID: 2, TeamID: 3})
		step(doctor, models.ComplaintStep{Move: models.MoveTake})
		step(doctor, models.ComplaintStep{Move: models.MoveReply, Result: "已办好"})
		if c.OnTime() != tt.onTime || c.Dispatches != 2 || c.Reopens != 1 {
			t.Errorf("the second answer: %+v", c)
		}
	}
}

func TestComplaintAnonymity(t *testing.T) {
	c := models.Complaint{ResidentID: 7, HandlerInstID: 2, HandlerTeamID: 3, Anonymous: true}
	for name, actor := range complaintParts {
		if want := slices.Contains([]string{"resident", "guardian", "officer", "district"}, name); c.ShowsWho(actor) != want {
			t.Errorf("%s learns who complained: %v", name, !want)
		}
	}
}

func TestComplaintDraft(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start()
	good := models.ComplaintDraft{Channel: models.ChannelHotline, Category: models.AboutFees, Content: "说明"}
	for name, tt := range map[string]struct {
		edit  func(d *models.ComplaintDraft)
		by    models.Role
		field string
	}{
		"good":               {nil, models.ComplaintOfficer, ""},
		"resident's channel": {nil, models.ResidentRole, "channel"},
		"officer's channel":  {func(d *models.ComplaintDraft) { d.Channel = models.ChannelMiniProgram }, models.ComplaintOfficer, "channel"},
		"no channel":         {func(d *models.ComplaintDraft) { d.Channel = "letter" }, models.ComplaintOfficer, "channel"},
		"category":           {func(d *models.ComplaintDraft) { d.Category = "" }, models.ComplaintOfficer, "category"},
		"content":            {func(d *models.ComplaintDraft) { d.Content = " " }, models.ComplaintOfficer, "content"},
		"1000":               {func(d *models.ComplaintDraft) { d.Content = strings.Repeat("诉", 1000) }, models.ComplaintOfficer, ""},
		"1001":               {func(d *models.ComplaintDraft) { d.Content = strings.Repeat("诉", 1001) }, models.ComplaintOfficer, "content"},
		"name":               {func(d *models.ComplaintDraft) { d.Name = "<b>" }, models.ComplaintOfficer, "name"},
		"phone":              {func(d *models.ComplaintDraft) { d.Phone = "12" }, models.ComplaintOfficer, "phone"},
		"now":                {func(d *models.ComplaintDraft) { d.ReceivedAt = now }, models.ComplaintOfficer, ""},
		"tomorrow":           {func(d *models.ComplaintDraft) { d.ReceivedAt = now.Add(time.Second) }, models.ComplaintOfficer, "received_at"},
	} {
		d := good
		if tt.edit != nil {
			tt.edit(&d)
		}
		var p models.Problems
		d.Check(&p, models.Actor{Role: tt.by}, now)
		if tt.field == "" && len(p) > 0 || tt.field != "" && (len(p) != 1 || p[0].Field != tt.field) {
			t.Errorf("%s: %v", name, p)
		}
	}
}
