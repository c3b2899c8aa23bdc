package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// complain files 张强's complaint about the east team.
func complain(t *testing.T, s *store.Store, edit func(d *models.ComplaintDraft)) store.ComplaintFile {
	t.Helper()
	d := models.ComplaintDraft{Category: models.AboutAttitude, Content: "等了一上午没有人接待", TeamID: storetest.EastTeam}
	if edit != nil {
		edit(&d)
	}
	by := storetest.Qiang
	if d.Channel != "" {
		by = storetest.Officer
	}
	c, err := s.As(by).FileComplaint(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// settle makes moves one after the other, by whoever they are.
func settle(t *testing.T, s *store.Store, id models.ID, steps ...models.ComplaintStep) store.ComplaintFile {
	t.Helper()
	var out store.ComplaintFile
	for _, step := range steps {
		by := storetest.Officer
		switch step.Move {
		case models.MoveTake, models.MoveReply, models.MoveReturn:
			by = storetest.EastLead
		}
		c, err := s.As(by).MoveComplaint(t.Context(), id, 0, step)
		if err != nil {
			t.Fatalf("%s: %v", step.Move, err)
		}
		out = c
	}
	return out
}

// The steps of a complaint about the east team.
var (
	assigned = models.ComplaintStep{Move: models.MoveAssign, TeamID: storetest.EastTeam}
	again    = models.ComplaintStep{Move: models.MoveReassign, TeamID: storetest.EastTeam, Reason: "补充情况"}
	taken    = models.ComplaintStep{Move: models.MoveTake}
	replied  = models.ComplaintStep{Move: models.MoveReply, Result: "已向诉求人致歉"}
	visited  = models.ComplaintStep{Move: models.MoveVisit, Satisfaction: models.Mostly, Resolved: "yes"}
	closed   = models.ComplaintStep{Move: models.MoveClose}
	reopened = models.ComplaintStep{Move: models.MoveReopen, Reason: "诉求人不认可"}
)

func TestComplaintFromFilingToClosing(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	c := complain(t, s, nil)
	if c.Status != models.ComplaintReceived || c.Channel != models.ChannelMiniProgram || c.Name != "张强" || c.Phone != "19900000002" || c.InstitutionID != storetest.Liuyuan ||
		!strings.HasPrefix(c.No, "SQ20261123") || c.DueAt != mustDate("2026-12-01").Start().UTC() || c.TeamName != "东村团队" {
		t.Fatalf("%+v", c)
	}
	if _, err := s.As(storetest.EastLead).Complaint(t.Context(), c.ID); !models.IsKind(err, models.NotFound) {
		t.Errorf("before it is assigned: %v", err)
	}
	c = settle(t, s, c.ID, assigned, taken, replied, visited, closed)
	if c.Status != models.ComplaintClosed || !c.OnTime() || !c.AtOnce() || c.HandlerInstID != storetest.Liuyuan || c.Version != 6 || len(c.History) != 6 || len(c.Actions) != 1 {
		t.Fatalf("%+v", c)
	}
	var told []string
	for _, m := range rows[models.Message](t, s) {
		if m.Data != `{"complaint_id":"`+c.ID.String()+`"}` {
			t.Errorf("%s says %q", m.Template, m.Data)
		}
		told = append(told, fmt.Sprint(m.Template, m.AccountID, "/", m.ResidentID))
	}
	if got := fmt.Sprint(told); got != "[complaint_received119/ complaint_assigned103/ complaint_replied/2 complaint_replied119/]" {
		t.Errorf("%v", got)
	}
	var actions []string
	for _, a := range rows[models.AuditRow](t, s, "object = 'complaint' AND resident_id = ?", storetest.ZhangQiang) {
		actions = append(actions, a.Action)
	}
	if got := fmt.Sprint(actions); got != "[complaint.file complaint.assign complaint.take complaint.reply complaint.visit complaint.close]" {
		t.Errorf("%v", got)
	}
}

func TestComplaintScope(t *testing.T) {
	s, _ := storetest.District(t)
	c := complain(t, s, func(d *models.ComplaintDraft) { d.ResidentID = storetest.ZhangXiuying })
	settle(t, s, c.ID, assigned)
	for name, tt := range map[string]struct {
		actor models.Actor
		sees  bool
	}{
		"officer": {storetest.Officer, true}, "manager": {storetest.Manager, true}, "her son": {storetest.Qiang, true},
		"the institution": {storetest.LiuyuanBoss, true}, "the team": {storetest.EastLead, true}, "its nurse": {storetest.EastNurseOne, true},
		"another team": {storetest.WestLead, false}, "another institution": {storetest.ShiliuLead, false}, "another resident": {storetest.Mei, false},
		"auditor": {storetest.AuditorOne, false}, "administrator": {storetest.AdminOne, false}, "nobody": {models.Actor{}, false},
		"the referral centre": {models.Actor{Role: models.ReferralCentre, AccountID: 9}, false},
		"unbound":             {models.Actor{Role: models.ResidentRole, WechatID: 9}, false},
		"without a team":      {models.Actor{Role: models.Doctor, AccountID: 9, InstitutionID: storetest.Liuyuan}, false},
		"without anything":    {models.Actor{Role: models.InstitutionManager, AccountID: 9}, false},
	} {
		v := s.As(tt.actor)
		_, err := v.Complaint(t.Context(), c.ID)
		list, listErr := v.Complaints(t.Context(), store.ComplaintFilter{}, store.Page{})
		if (err == nil) != tt.sees || listErr != nil || len(list.Items) == 1 != tt.sees {
			t.Errorf("%s: %v, %d in the list, %v", name, err, len(list.Items), listErr)
		}
		_, err = v.MoveComplaint(t.Context(), c.ID, 0, models.ComplaintStep{Move: models.MoveClose})
		if models.IsKind(err, models.NotFound) == tt.sees {
			t.Errorf("%s moves it: %v", name, err)
		}
	}
	back := settle(t, s, c.ID, models.ComplaintStep{Move: models.MoveReturn, Reason: "不属于本团队"})
	if back.HandlerInstID != 0 || back.Status != models.ComplaintReceived {
		t.Errorf("%+v", back)
	}
	if _, err := s.As(storetest.EastLead).Complaint(t.Context(), c.ID); !models.IsKind(err, models.NotFound) {
		t.Errorf("given back: %v", err)
	}
	if c := settle(t, s, c.ID, assigned, taken, replied, visited, closed); c.AtOnce() || c.Dispatches != 2 {
		t.Errorf("a second dispatch is not at once: %+v", c.Complaint)
	}
}

// A team never learns who complained when the complaint asks for that: not from the list,
// the page, its history, or a reveal.
func TestAnonymousComplaint(t *testing.T) {
	s, _ := storetest.District(t)
	c := complain(t, s, func(d *models.ComplaintDraft) { d.Anonymous = true })
	settle(t, s, c.ID, assigned)
	for name, actor := range map[string]models.Actor{"lead": storetest.EastLead, "nurse": storetest.EastNurseOne, "institution": storetest.LiuyuanBoss} {
		v := s.As(actor)
		page, err := v.Complaint(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		list, err := v.Complaints(t.Context(), store.ComplaintFilter{}, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for what, text := range map[string]string{"page": fmt.Sprintf("%+v", page), "list": fmt.Sprintf("%+v", list)} {
			if strings.Contains(text, "张强") || strings.Contains(text, "19900000002") || strings.Contains(text, "resident:2") || page.ResidentID != 0 {
				t.Errorf("the %s tells the %s", what, name)
			}
		}
		_, err = v.RevealComplaint(t.Context(), c.ID, "想了解情况")
		if !models.IsKind(err, models.Forbidden) {
			t.Errorf("%s reveals: %v", name, err)
		}
	}
	who, err := s.As(storetest.Officer).RevealComplaint(t.Context(), c.ID, "电话回访")
	if err != nil || who.Name != "张强" || who.Phone != "19900000002" {
		t.Errorf("%+v %v", who, err)
	}
	if got := rows[models.AuditRow](t, s, "action = 'complaint.reveal'"); len(got) != 1 || got[0].Reason != "电话回访" {
		t.Errorf("%+v", got)
	}
}

func TestComplaintReveals(t *testing.T) {
	s, _ := storetest.District(t)
	c := complain(t, s, nil)
	settle(t, s, c.ID, assigned)
	if who, err := s.As(storetest.LiuyuanBoss).RevealComplaint(t.Context(), c.ID, "联系诉求人"); err != nil || who.Name != "张强" {
		t.Errorf("%+v %v", who, err)
	}
	_, err := s.As(storetest.EastLead).RevealComplaint(t.Context(), c.ID, "联系诉求人")
	wantCode(t, err, "forbidden")
	_, err = s.As(storetest.Officer).RevealComplaint(t.Context(), c.ID, " ")
	wantField(t, err, "reason", "required")
	_, err = s.As(storetest.WestLead).RevealComplaint(t.Context(), c.ID, "联系诉求人")
	wantCode(t, err, "not_found")
	for range store.MaxRevealsPerDay {
		if _, err = s.As(storetest.Officer).RevealComplaint(t.Context(), c.ID, "电话回访"); err != nil {
			t.Fatal(err)
		}
	}
	_, err = s.As(storetest.Officer).RevealComplaint(t.Context(), c.ID, "电话回访")
	wantCode(t, err, "reveal_limit")
}

func TestComplaintRefusals(t *testing.T) {
	s, _ := storetest.District(t)
	c := complain(t, s, func(d *models.ComplaintDraft) {
		d.Channel, d.Name, d.Phone, d.Urgent = models.ChannelHotline, "孙大圣", "+86 139 0000 0001", true
	})
	if c.Phone != "13900000001" || c.ResidentID != 0 || c.DueAt != mustDate("2026-11-25").Start().UTC() {
		t.Errorf("%+v", c)
	}
	officer := s.As(storetest.Officer)
	_, err := officer.MoveComplaint(t.Context(), c.ID, 7, assigned)
	wantCode(t, err, "stale")
	_, err = officer.MoveComplaint(t.Context(), c.ID, 0, models.ComplaintStep{Move: models.MoveAssign, TeamID: 99})
	wantField(t, err, "team_id", "unknown")
	_, err = officer.MoveComplaint(t.Context(), c.ID, 0, models.ComplaintStep{Move: models.MoveAssign, InstitutionID: 99})
	wantField(t, err, "institution_id", "unknown")
	_, err = officer.MoveComplaint(t.Context(), c.ID, 0, models.ComplaintStep{Move: models.MoveAssign, InstitutionID: storetest.Shiliu, TeamID: storetest.EastTeam})
	wantField(t, err, "team_id", "other_institution")
	_, err = officer.MoveComplaint(t.Context(), c.ID, 0, models.ComplaintStep{Move: models.MoveReassign, TeamID: 1, Reason: strings.Repeat("因", 201)})
	wantField(t, err, "reason", "too_long")
	if got := rows[models.Complaint](t, s)[0]; got.Version != 1 || got.Status != models.ComplaintReceived {
		t.Errorf("a refused move left %+v", got)
	}
	_, err = s.As(storetest.Qiang).FileComplaint(t.Context(), models.ComplaintDraft{Category: models.AboutFees, Content: "问", ResidentID: storetest.WangMei})
	wantCode(t, err, "not_found")
	_, err = s.As(models.Actor{Role: models.ResidentRole, WechatID: 9}).FileComplaint(t.Context(), models.ComplaintDraft{Category: models.AboutFees, Content: "问"})
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).FileComplaint(t.Context(), models.ComplaintDraft{Channel: models.ChannelWindow, Category: models.AboutFees, Content: "问"})
	wantCode(t, err, "forbidden")
	// An urgent complaint is the officer's to call so.
	if c := complain(t, s, func(d *models.ComplaintDraft) { d.Urgent = true }); c.Urgent {
		t.Error("a resident made it urgent")
	}
}

func TestComplaintDeadlines(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	c := complain(t, s, nil)
	settle(t, s, c.ID, assigned)
	unassigned := complain(t, s, nil)
	count := func(f store.ComplaintFilter) int {
		t.Helper()
		l, err := s.As(storetest.Officer).Complaints(t.Context(), f, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return len(l.Items)
	}
	due := c.DueAt // 1 December, 0:00; the clock stands on 23 November, 9:00
	for _, step := range []struct {
		at             time.Time
		told           int
		overdue, in24h int
	}{
		{due.Add(-models.ComplaintRemind - time.Second), 0, 0, 0},
		{due.Add(-models.ComplaintRemind), 2, 0, 2}, // the lead of one, the officer of the other
		{due, 0, 0, 2},
		{due.Add(time.Second), 3, 2, 2}, // the lead and the officer; the officer
		{due.Add(48 * time.Hour), 0, 2, 2},
	} {
		clock.Add(step.at.Sub(clock.Now()))
		n, err := s.RemindComplaints(t.Context())
		if err != nil || n != step.told {
			t.Errorf("%v: %d told, want %d, %v", step.at, n, step.told, err)
		}
		if n, err = s.RemindComplaints(t.Context()); err != nil || n != 0 {
			t.Errorf("%v: a second run told %d, %v", step.at, n, err)
		}
		if a, b := count(store.ComplaintFilter{Overdue: true}), count(store.ComplaintFilter{DueInHours: 24}); a != step.overdue || b != step.in24h {
			t.Errorf("%v: %d overdue, %d within a day", step.at, a, b)
		}
	}
	settle(t, s, c.ID, taken, replied)
	if n := count(store.ComplaintFilter{Overdue: true}); n != 1 {
		t.Errorf("%d overdue after an answer", n)
	}
	l, err := s.As(storetest.Officer).Complaints(t.Context(), store.ComplaintFilter{Overdue: true}, store.Page{Limit: 1})
	if err != nil || l.Items[0].ID != unassigned.ID || l.Next != "" {
		t.Errorf("%+v %v", l, err)
	}
}

func TestComplaintPages(t *testing.T) {
	s, clock := storetest.District(t)
	var want []models.ID
	for range 5 {
		clock.Add(time.Minute)
		want = append([]models.ID{complain(t, s, nil).ID}, want...)
	}
	walk := func(f store.ComplaintFilter) (got []models.ID) {
		p := store.Page{Limit: 2}
		for {
			l, err := s.As(storetest.Officer).Complaints(t.Context(), f, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range l.Items {
				got = append(got, c.ID)
			}
			if p.Cursor = l.Next; p.Cursor == "" {
				return got
			}
		}
	}
	if got := walk(store.ComplaintFilter{}); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := walk(store.ComplaintFilter{DueInHours: 720}); len(got) != 5 || got[0] != want[4] {
		t.Errorf("by deadline: %v", got)
	}
	for _, f := range []store.ComplaintFilter{{Status: models.ComplaintClosed}, {Channel: models.ChannelHotline}, {Category: models.AboutFees}, {InstitutionID: 2}, {TeamID: 1}} {
		if got := walk(f); len(got) != 0 {
			t.Errorf("%+v: %v", f, got)
		}
	}
}

// TestComplaintRates counts what domain §6.7 says over complaints of every kind.
func TestComplaintRates(t *testing.T) {
	s, clock := storetest.District(t)
	whole := []models.ComplaintStep{assigned, taken, replied, visited, closed}
	run := func(steps ...models.ComplaintStep) { settle(t, s, complain(t, s, nil).ID, steps...) }
	rated := func(how models.Satisfaction, resolved string) []models.ComplaintStep {
		v := visited
		v.Satisfaction, v.Resolved = how, resolved
		return []models.ComplaintStep{assigned, taken, replied, v, closed}
	}
	run(whole...)                                         // all four
	run(assigned, again, taken, replied, visited, closed) // not at once
	run(append(whole, reopened)...)                       // not closed, waits for a second answer
	run(rated(models.Unsatisfied, "no")...)               // neither satisfied nor resolved
	run(rated(models.NotRated, "yes")...)                 // no valid answer
	run(assigned, taken)                                  // not due yet
	late := complain(t, s, nil).ID
	clock.Set(storetest.Today.AddDays(20))
	settle(t, s, late, whole...) // late; the waiting two are due now
	for by, name := range map[models.ScopeKind]string{models.ScopeDistrict: "榴园区卫生健康局", models.ScopeInstitution: "榴园镇卫生院", models.ScopeTeam: "东村团队"} {
		table, err := s.As(storetest.Manager).ComplaintRates(t.Context(), store.PeriodQuery{By: by})
		if err != nil {
			t.Fatal(err)
		}
		if table.From != mustDate("2026-01-01") || table.To != s.Today() || table.Rows[0].Name != name {
			t.Errorf("%+v", table)
		}
		want := store.ComplaintFigures{Received: 7, Due: 7, OnTime: 4, Closed: 5, AtOnce: 4, Resolved: 4, Rated: 4, Satisfied: 3}
		if table.Rows[0].ComplaintFigures != want {
			t.Errorf("by %s: %+v, want %+v", by, table.Rows[0].ComplaintFigures, want)
		}
		for _, r := range table.Rows[1:] {
			if r.ComplaintFigures != (store.ComplaintFigures{}) {
				t.Errorf("%+v", r)
			}
		}
	}
	manager := s.As(storetest.Manager)
	table, err := manager.ComplaintRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict, From: storetest.Today.AddDays(1)})
	if err != nil || table.Rows[0].Received != 0 {
		t.Errorf("after the day: %+v %v", table, err)
	}
	table, err = manager.ComplaintRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict, To: storetest.Today, From: storetest.Today})
	if err != nil || table.Rows[0].Received != 7 {
		t.Errorf("of the day: %+v %v", table, err)
	}
	for field, q := range map[string]store.PeriodQuery{"from": {By: models.ScopeDistrict, From: s.Today().AddDays(-2000)}, "to": {By: models.ScopeDistrict, From: s.Today(), To: storetest.Today}} {
		_, err = manager.ComplaintRates(t.Context(), q)
		if !models.IsKind(err, models.Invalid) {
			t.Errorf("%s: %v", field, err)
		}
	}
	_, err = s.As(storetest.Qiang).ComplaintRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict})
	wantCode(t, err, "forbidden")
	table, err = s.As(storetest.WestLead).ComplaintRates(t.Context(), store.PeriodQuery{By: models.ScopeTeam})
	if err != nil || len(table.Rows) != 1 || table.Rows[0].Received != 0 {
		t.Errorf("the west lead sees %+v %v", table, err)
	}
}

// Two officers at once: one dispatch is made, the other is refused.
func TestComplaintAssignedOnce(t *testing.T) {
	s, _ := storetest.District(t)
	c := complain(t, s, nil)
	won := 0
	for _, err := range race(8, func() error {
		_, err := s.As(storetest.Officer).MoveComplaint(t.Context(), c.ID, 1, assigned)
		return err
	}) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "stale")
		}
	}
	if got := rows[models.Complaint](t, s)[0]; won != 1 || got.Dispatches != 1 || len(rows[models.Event](t, s)) != 2 {
		t.Errorf("%d won, %+v", won, got)
	}
}

func TestComplaintOnceByKey(t *testing.T) {
	s, _ := storetest.District(t)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "file", Hash: "h"})
	d := models.ComplaintDraft{Category: models.AboutFees, Content: "问收费"}
	a, err1 := s.As(storetest.Qiang).FileComplaint(ctx, d)
	b, err2 := s.As(storetest.Qiang).FileComplaint(ctx, d)
	if err1 != nil || err2 != nil || a.ID != b.ID || len(rows[models.Complaint](t, s)) != 1 {
		t.Errorf("%v %v %v %v", a.ID, b.ID, err1, err2)
	}
}

// Nothing of a complaint lies in the database in clear.
func TestComplaintIsSealed(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "file", Hash: "h"})
	c, err := s.As(storetest.Officer).FileComplaint(ctx, models.ComplaintDraft{Channel: models.ChannelHotline, Category: models.AboutFees, Content: "秘密的内容", Name: "孙大圣", Phone: "13912345678"})
	if err != nil {
		t.Fatal(err)
	}
	said := replied
	said.Result = "秘密的答复"
	back := again
	back.Reason = "秘密的原因"
	settle(t, s, c.ID, assigned, back, taken, said)
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range []string{"秘密", "孙大圣", "13912345678"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds it in clear", table, column)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
