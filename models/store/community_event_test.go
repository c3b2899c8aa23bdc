package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func plan(on models.Date, teams ...models.ID) models.CommunityEvent {
	return models.CommunityEvent{Kind: "signing", Title: "签约进东村", Place: "东村文化广场", On: on, Teams: teams, Services: "signing,free_clinic"}
}

// opened is an event of the east team that is open today.
func opened(t *testing.T, s *store.Store) store.EventFile {
	t.Helper()
	v := s.As(storetest.EastLead)
	e, err := v.PlanEvent(t.Context(), plan(s.Today(), storetest.EastTeam))
	if err != nil {
		t.Fatal(err)
	}
	if e, err = v.MoveEvent(t.Context(), e.ID, 1, models.MoveOpenEvent, ""); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEventIsHeld(t *testing.T) {
	s, _ := storetest.District(t)
	e := opened(t, s)
	if e.Status != models.EventOpen || len(e.Scene) != models.SceneLength || e.InstitutionID != storetest.Liuyuan || e.TeamNames[storetest.EastTeam] != "东村团队" || len(e.History) != 2 {
		t.Fatalf("%+v", e)
	}
	// Two of the family come, one of them twice.
	for _, who := range []models.ID{0, storetest.ZhangXiuying, 0} {
		if c, err := s.As(storetest.Qiang).CheckInByScene(t.Context(), " "+e.Scene+" ", who); err != nil || c.Title != "签约进东村" {
			t.Fatalf("%+v %v", c, err)
		}
	}
	in := onSite(storetest.ZhangXiuying, storetest.EastTeam)
	in.EventID = e.ID
	c, err := s.As(storetest.EastLead).Sign(t.Context(), in)
	if err != nil || c.EventID != e.ID || c.Source != models.FromEvent {
		t.Fatalf("%+v %v", c, err)
	}
	_, family, err := s.As(storetest.EastLead).SignHousehold(t.Context(), store.HouseholdSigning{HouseholdID: 1, RepresentativeID: storetest.ZhangQiang, TeamID: storetest.EastTeam, TermYears: 1,
		EventID: e.ID, Members: []store.HouseholdMember{{ResidentID: storetest.ZhangQiang, Signature: signature}, {ResidentID: storetest.LiuFang, Signature: signature}}})
	if err != nil || len(family) != 2 || family[1].EventID != e.ID {
		t.Fatalf("%+v %v", family, err)
	}
	got, err := s.As(storetest.EastNurseOne).CountEvent(t.Context(), e.ID, 2, models.EventCounts{Heads: 30, Consultations: 12, Materials: 50})
	if err != nil || got.Signed != 3 || got.CheckedIn != 2 || got.Attendance(got.CheckedIn) != 30 {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := s.As(storetest.EastLead).MoveEvent(t.Context(), e.ID, 0, models.MoveCloseEvent, ""); err != nil {
		t.Fatal(err)
	}
	for by, name := range map[models.ScopeKind]string{models.ScopeDistrict: "榴园区卫生健康局", models.ScopeInstitution: "榴园镇卫生院"} {
		table, err := s.As(storetest.Manager).EventFigures(t.Context(), by, "signing", models.Date{}, models.Date{})
		want := store.EventRow{Kind: by, ScopeID: table.Rows[0].ScopeID, Name: name, Held: 1, Attendance: 30, Consultations: 12, Materials: 50, Signed: 3}
		if err != nil || table.Rows[0] != want {
			t.Errorf("%+v %v", table.Rows, err)
		}
	}
	if table, err := s.As(storetest.Manager).EventFigures(t.Context(), models.ScopeDistrict, "education", models.Date{}, models.Date{}); err != nil || table.Rows[0].Held != 0 {
		t.Errorf("%+v %v", table, err)
	}
}

func TestSigningAtAnEvent(t *testing.T) {
	s, clock := storetest.District(t)
	e := opened(t, s)
	other, err := s.As(storetest.WestLead).PlanEvent(t.Context(), plan(s.Today(), storetest.WestTeam))
	if err != nil {
		t.Fatal(err)
	}
	lead := s.As(storetest.EastLead)
	sign := func(event models.ID, edit func(in *store.Signing)) error {
		in := onSite(storetest.ZhangXiuying, storetest.EastTeam)
		in.EventID = event
		if edit != nil {
			edit(&in)
		}
		_, err := lead.Sign(t.Context(), in)
		return err
	}
	wantField(t, sign(99, nil), "event_id", "unknown")
	wantField(t, sign(other.ID, nil), "event_id", "not_today") // only planned
	if _, err := s.As(storetest.WestLead).MoveEvent(t.Context(), other.ID, 0, models.MoveOpenEvent, ""); err != nil {
		t.Fatal(err)
	}
	wantField(t, sign(other.ID, nil), "event_id", "other_team")
	wantField(t, sign(e.ID, func(in *store.Signing) { in.Signature = "" }), "event_id", "on_site_only")
	_, err = s.As(storetest.Qiang).Sign(t.Context(), store.Signing{ResidentID: storetest.ZhangQiang, TeamID: storetest.EastTeam, TermYears: 1, EventID: e.ID})
	wantField(t, err, "event_id", "on_site_only")
	clock.Set(storetest.Today.AddDays(1))
	wantField(t, sign(e.ID, nil), "event_id", "not_today")
	if n := len(rows[models.Contract](t, s)); n != 0 {
		t.Errorf("%d contracts were signed", n)
	}
	clock.Set(storetest.Today)
	if err := sign(e.ID, nil); err != nil {
		t.Fatal(err)
	}
	verify(t, s)
	// A renewal on site carries its event too.
	c := rows[models.Contract](t, s)[0]
	clock.Set(c.EndDate.AddDays(-10))
	next := opened(t, s)
	renewal, err := lead.Renew(t.Context(), c.ID, 0, store.Signing{TermYears: 1, Signature: signature, EventID: next.ID})
	if err != nil || renewal.EventID != next.ID || renewal.Source != models.FromEvent {
		t.Errorf("%+v %v", renewal, err)
	}
}

func TestEventCheckInRefusals(t *testing.T) {
	s, clock := storetest.District(t)
	e := opened(t, s)
	qiang := s.As(storetest.Qiang)
	_, err := qiang.CheckInByScene(t.Context(), "zzzzzzzzzz", 0)
	wantCode(t, err, "not_found")
	_, err = qiang.CheckInByScene(t.Context(), e.Scene, storetest.WangMei)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).CheckInByScene(t.Context(), e.Scene, storetest.ZhangQiang)
	wantCode(t, err, "not_found")
	_, err = s.As(models.Actor{Role: models.ResidentRole, WechatID: 9}).CheckInByScene(t.Context(), e.Scene, 0)
	wantCode(t, err, "not_found")
	clock.Set(storetest.Today.AddDays(1))
	_, err = qiang.CheckInByScene(t.Context(), e.Scene, 0)
	wantCode(t, err, "not_open")
	clock.Set(storetest.Today)
	if _, err := s.As(storetest.EastLead).MoveEvent(t.Context(), e.ID, 0, models.MoveCloseEvent, ""); err != nil {
		t.Fatal(err)
	}
	_, err = qiang.CheckInByScene(t.Context(), e.Scene, 0)
	wantCode(t, err, "not_open")
	if n := len(rowsOf[models.EventCheckIn](t, s)); n != 0 {
		t.Errorf("%d checked in", n)
	}
}

// A whole village scans at once, some twice: everyone is there once.
func TestEventCheckInRace(t *testing.T) {
	s, _ := storetest.District(t)
	e := opened(t, s)
	for _, err := range race(12, func() error { _, err := s.As(storetest.Qiang).CheckInByScene(t.Context(), e.Scene, 0); return err }) {
		if err != nil {
			t.Error(err)
		}
	}
	if got, err := s.As(storetest.EastLead).CommunityEvent(t.Context(), e.ID); err != nil || got.CheckedIn != 1 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestEventScope(t *testing.T) {
	s, _ := storetest.District(t)
	e := opened(t, s)
	for name, tt := range map[string]struct {
		actor       models.Actor
		sees, holds bool
	}{
		"lead": {storetest.EastLead, true, true}, "nurse": {storetest.EastNurseOne, true, true}, "institution": {storetest.LiuyuanBoss, true, true}, "district": {storetest.Manager, true, true},
		"another team": {storetest.WestLead, true, false}, "another institution": {storetest.ShiliuLead, false, false}, "resident": {storetest.Mei, true, false},
		"auditor": {storetest.AuditorOne, false, false}, "officer": {storetest.Officer, false, false}, "nobody": {models.Actor{}, false, false},
	} {
		v := s.As(tt.actor)
		got, err := v.CommunityEvent(t.Context(), e.ID)
		list, listErr := v.CommunityEvents(t.Context(), store.EventFilter{}, store.Page{})
		if (err == nil) != tt.sees || listErr != nil || (len(list.Items) == 1) != tt.sees || len(got.Actions) > 0 != tt.holds {
			t.Errorf("%s: %v, %d listed, %v", name, err, len(list.Items), got.Actions)
		}
		_, err = v.EventScene(t.Context(), e.ID)
		if (err == nil) != tt.holds {
			t.Errorf("%s and the code: %v", name, err)
		}
		_, err = v.CountEvent(t.Context(), e.ID, 0, models.EventCounts{Heads: 1})
		if (err == nil) != tt.holds {
			t.Errorf("%s counts: %v", name, err)
		}
	}
	if got, err := s.As(storetest.Mei).CommunityEvent(t.Context(), e.ID); err != nil || got.Heads != 0 || len(got.History) != 0 {
		t.Errorf("a resident reads the report: %+v %v", got, err)
	}
	if _, err := s.As(storetest.EastLead).MoveEvent(t.Context(), e.ID, 0, models.MoveCancelEvent, "大雨"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Mei).CommunityEvent(t.Context(), e.ID); !models.IsKind(err, models.NotFound) {
		t.Errorf("a resident and a cancelled event: %v", err)
	}
}

func TestEventPlans(t *testing.T) {
	s, clock := storetest.District(t)
	lead := s.As(storetest.EastLead)
	_, err := lead.PlanEvent(t.Context(), plan(storetest.Today, storetest.WestTeam))
	wantCode(t, err, "forbidden")
	_, err = lead.PlanEvent(t.Context(), plan(storetest.Today, 99))
	wantField(t, err, "team_ids", "unknown")
	tomorrow := storetest.Today.AddDays(1)
	e, err := lead.PlanEvent(t.Context(), plan(tomorrow, storetest.EastTeam, storetest.WestTeam))
	if err != nil {
		t.Fatal(err)
	}
	_, err = lead.MoveEvent(t.Context(), e.ID, 0, models.MoveOpenEvent, "")
	wantCode(t, err, "not_today")
	_, err = lead.CountEvent(t.Context(), e.ID, 0, models.EventCounts{})
	wantCode(t, err, "wrong_state")
	_, err = lead.ChangeEvent(t.Context(), e.ID, 9, plan(tomorrow, storetest.EastTeam))
	wantCode(t, err, "stale")
	_, err = lead.ChangeEvent(t.Context(), e.ID, 1, plan(tomorrow, storetest.WestTeam))
	wantField(t, err, "team_ids", "not_yours")
	e, err = lead.ChangeEvent(t.Context(), e.ID, 1, plan(tomorrow.AddDays(1), storetest.EastTeam))
	if err != nil || e.Version != 2 || len(e.Teams) != 1 || e.On != tomorrow.AddDays(1) {
		t.Fatalf("%+v %v", e, err)
	}
	open := opened(t, s)
	_, err = lead.ChangeEvent(t.Context(), open.ID, 2, plan(tomorrow, storetest.EastTeam))
	wantCode(t, err, "wrong_state")
	for _, step := range []struct {
		day  models.Date
		want int
	}{{storetest.Today, 0}, {tomorrow, 1}, {tomorrow.AddDays(1), 0}, {tomorrow.AddDays(2), 1}, {tomorrow.AddDays(3), 0}} {
		clock.Set(step.day)
		if n, err := s.LapseEvents(t.Context()); err != nil || n != step.want {
			t.Errorf("%s: %d, %v", step.day, n, err)
		}
	}
	got := rows[models.CommunityEvent](t, s)
	if got[0].Status != models.EventCancelled || got[1].Status != models.EventClosed {
		t.Errorf("%s %s", got[0].Status, got[1].Status)
	}
}
