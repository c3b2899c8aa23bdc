package store_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func mustDate(s string) models.Date { return calendar.MustDate(s) }

// rows are the rows of a noun as they are stored.
func rows[T any](t *testing.T, s *store.Store, where ...any) []T {
	t.Helper()
	var out []T
	if err := s.Rows(t.Context(), &out, where...); err != nil {
		t.Fatal(err)
	}
	return out
}

func asError(err error, e **models.Error) bool { return errors.As(err, e) }

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	var e *models.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			if f.Field == field && f.Code == code {
				return
			}
		}
	}
	t.Errorf("got %v, want %s:%s", err, field, code)
}

// TestNeverControlled follows 张秀英 over a moving clock: uncontrolled, again, referred,
// back to routine, and the cycle starts over (domain §3.1).
func TestNeverControlled(t *testing.T) {
	s, clock := storetest.District(t)
	day := storetest.Today
	for i, want := range []struct {
		step int
		kind models.TaskKind
		days int
	}{
		{clinical.StepRecheck, models.Recheck, 14}, {clinical.StepReferral, models.ReferralResult, 14},
		{clinical.StepRoutine, models.Routine, 90}, {clinical.StepRecheck, models.Recheck, 14},
	} {
		clock.Set(day)
		v := log(t, s, htn(day, pressure(165, 95, map[string]any{"referral_org_dept": "区人民医院心内科"})))
		if got := v.Followups[0]; got.Class != clinical.ClassUncontrolled || got.Step != want.step {
			t.Fatalf("visit %d: class %d step %d", i+1, got.Class, got.Step)
		}
		task := openTask(t, s, "hypertension")
		if task.Kind != want.kind || task.DueOn.Sub(day) != want.days || task.TwoWeeks() && task.OpenedBy != v.Followups[0].ID {
			t.Fatalf("visit %d: %+v", i+1, task)
		}
		day = task.DueOn
	}
}

func TestPhoneVisit(t *testing.T) {
	s, clock := storetest.District(t)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	routine := openTask(t, s, "hypertension")
	phone := htn(storetest.Today.AddDays(80), pressure(132, 82))
	phone.VisitWay = int(clinical.WayPhone)
	clock.Set(phone.VisitedOn)
	log(t, s, phone)
	if got := openTask(t, s, "hypertension"); got.ID != routine.ID || got.DueOn != routine.DueOn || got.State != models.Due {
		t.Errorf("a phone visit leaves the routine task as it is: %+v", got)
	}
}

func TestLateEntryDoesNotDisturbTheNewerTask(t *testing.T) {
	s, _ := storetest.District(t)
	log(t, s, htn(storetest.Today, pressure(165, 95)))
	task := openTask(t, s, "hypertension")
	late := log(t, s, htn(storetest.Today.AddDays(-10), pressure(165, 95)))
	if late.Followups[0].Step != clinical.StepRecheck {
		t.Errorf("judged by what came before its own day: step %d", late.Followups[0].Step)
	}
	if got := openTask(t, s, "hypertension"); got.ID != task.ID || got.DueOn != task.DueOn || got.Kind != models.Recheck || got.Version != task.Version {
		t.Errorf("%+v became %+v", task.Task, got.Task)
	}
}

func TestVoidReopens(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.EastLead)
	log(t, s, htn(storetest.Today, pressure(165, 95)))
	before := openTask(t, s, "hypertension")
	clock.Set(storetest.Today.AddDays(9))
	wrong := log(t, s, htn(storetest.Today.AddDays(9), pressure(130, 80)))
	clock.Set(storetest.Today.AddDays(20))
	_, err := v.VoidEncounter(t.Context(), wrong.ID, 0, "  ")
	wantField(t, err, "reason", "required")
	_, err = v.VoidEncounter(t.Context(), wrong.ID, 9, "录错人")
	wantCode(t, err, "stale")
	void, err := v.VoidEncounter(t.Context(), wrong.ID, wrong.Version, "录错人")
	if err != nil || !void.Voided || void.VoidReason != "录错人" {
		t.Fatalf("%+v %v", void, err)
	}
	after := openTask(t, s, "hypertension")
	if after.ID != before.ID || after.Kind != models.Recheck || after.DueOn != before.DueOn || after.State != models.Overdue || after.DaysOverdue != 6 {
		t.Errorf("%+v", after)
	}
	_, err = v.VoidEncounter(t.Context(), wrong.ID, 0, "录错人")
	wantCode(t, err, "already_voided")
	kept, err := v.Encounter(t.Context(), wrong.ID)
	if err != nil || !kept.Voided || kept.Followups[0].Form == "" {
		t.Errorf("a voided visit can still be read: %+v %v", kept, err)
	}
	// It counts no more: the next uncontrolled visit is the second in a row.
	if again := log(t, s, htn(storetest.Today.AddDays(20), pressure(165, 95))); again.Followups[0].Step != clinical.StepReferral {
		t.Errorf("step %d", again.Followups[0].Step)
	}
}

func TestVoidTheOnlyVisit(t *testing.T) {
	s, clock := storetest.District(t)
	visit := log(t, s, htn(storetest.Today, pressure(165, 95)))
	clock.Set(storetest.Today.AddDays(30)) // the enrolment keeps the date it was given
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), visit.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	if got := openTask(t, s, "hypertension"); got.OpenedBy != 0 || got.Kind != models.Routine || got.Key != "2026Q4" || got.DueOn != mustDate("2026-12-31") {
		t.Errorf("%+v", got)
	}
}

func TestEnrolmentOpensAndCloses(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.WestLead)
	m, err := v.Enrol(t.Context(), storetest.LiJianguo, store.Enrolment{Code: models.Hypertension, Begin: storetest.Today.AddDays(-5), Evidence: "门诊诊断", Source: models.FromManual})
	if err != nil {
		t.Fatal(err)
	}
	mine := store.TaskFilter{Program: "hypertension", ResidentID: storetest.LiJianguo}
	list, err := v.WorkList(t.Context(), mine, store.Page{})
	if err != nil || len(list.Items) != 3 {
		t.Fatalf("%+v %v", list.Items, err)
	}
	task := list.Items[0]
	if task.Kind != models.Routine || task.Key != "2026Q4" || task.DueOn != mustDate("2026-12-31") || task.TeamID != storetest.WestTeam || task.VillageName != "西村" {
		t.Errorf("%+v", task)
	}
	clock.Set(storetest.Today.AddDays(30))
	if _, err := v.CloseMembership(t.Context(), storetest.LiJianguo, m.ID, storetest.Today.AddDays(30), "误诊"); err != nil {
		t.Fatal(err)
	}
	if list, err = v.WorkList(t.Context(), mine, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list.Items, err)
	}
	if got := rows[models.Task](t, s, "id = ?", task.ID)[0]; got.Status != models.TaskCancelled || got.Reason != models.MembershipClosed {
		t.Errorf("%+v", got)
	}
}

func TestTasksFollowTheTeam(t *testing.T) {
	s, _ := storetest.District(t)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	if _, err := s.As(storetest.Manager).MoveResident(t.Context(), storetest.ZhangXiuying, 0, storetest.WestVillage, "西村1号"); err != nil {
		t.Fatal(err)
	}
	east, west := s.As(storetest.EastLead), s.As(storetest.WestLead)
	hers := store.TaskFilter{ResidentID: storetest.ZhangXiuying, Program: "hypertension"}
	if list, err := east.WorkList(t.Context(), hers, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("the old team keeps %+v, %v", list.Items, err)
	}
	if list, err := west.WorkList(t.Context(), hers, store.Page{}); err != nil || len(list.Items) == 0 || list.Items[0].TeamID != storetest.WestTeam {
		t.Errorf("the new team has %+v, %v", list.Items, err)
	}
	if list, err := east.Encounters(t.Context(), store.EncounterFilter{}, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("the old team still reads %+v, %v", list.Items, err)
	}
	if list, err := west.Encounters(t.Context(), store.EncounterFilter{ResidentID: storetest.ZhangXiuying}, store.Page{}); err != nil || len(list.Items) != 1 {
		t.Errorf("the new team reads %+v, %v", list.Items, err)
	}
}

func TestVisitsLeaveAnAudit(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.EastLead)
	e := log(t, s, htn(storetest.Today, pressure(165, 95)))
	if _, err := v.Encounter(t.Context(), e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Encounters(t.Context(), store.EncounterFilter{}, store.Page{}); err != nil {
		t.Fatal(err)
	}
	openTask(t, s, "hypertension")
	if _, err := v.VoidEncounter(t.Context(), e.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[models.AuditRow](t, s) {
		got = append(got, row.Action+":"+row.Detail)
	}
	if want := fmt.Sprintf("[followup.create:hypertension followup.read: followup.list:%v task.list:1,1,1 followup.void:]", e.ID); fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestMergeJoinsVisits(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	if _, err := v.Enrol(t.Context(), storetest.LiJianguo, store.Enrolment{Code: models.Hypertension, Begin: mustDate("2026-01-01"), Evidence: "门诊诊断", Source: models.FromManual}); err != nil {
		t.Fatal(err)
	}
	other := func(on models.Date, f map[string]any) {
		d := htn(on, f)
		d.ResidentID = storetest.LiJianguo
		if _, err := v.LogEncounter(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	log(t, s, htn(storetest.Today.AddDays(-20), pressure(130, 80)))
	other(storetest.Today.AddDays(-20), pressure(131, 80)) // the same visit, entered for both records
	other(storetest.Today.AddDays(-3), pressure(165, 95))
	if _, err := v.Merge(t.Context(), storetest.ZhangXiuying, storetest.LiJianguo, 0); err != nil {
		t.Fatal(err)
	}
	task := openTask(t, s, "hypertension")
	if task.Kind != models.Recheck || task.DueOn != storetest.Today.AddDays(11) || task.TeamID != storetest.EastTeam {
		t.Errorf("the newest visit of both records opened the task: %+v", task)
	}
	list, err := v.Encounters(t.Context(), store.EncounterFilter{ResidentID: storetest.ZhangXiuying}, store.Page{})
	if err != nil || len(list.Items) != 3 {
		t.Errorf("%d visits, %v", len(list.Items), err)
	}
}

func TestWorkListStatesAndOrder(t *testing.T) {
	s, clock := storetest.District(t)
	d := htn(storetest.Today, pressure(165, 95))
	d.Forms["diabetes"] = glucose(6.0)
	log(t, s, d)
	count := func(day int, state models.TaskState) int {
		clock.Set(storetest.Today.AddDays(day))
		list, err := s.As(storetest.EastLead).WorkList(t.Context(), store.TaskFilter{State: state, TeamID: storetest.EastTeam, VillageID: storetest.EastVillage, ResidentID: storetest.ZhangXiuying, Kind: "followup"}, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			if item.State != state {
				t.Errorf("day %d: %s in the list of %s", day, item.State, state)
			}
		}
		return len(list.Items)
	}
	// The recheck is due on days 1–14, the next follow-up of diabetes on days 76–90, that of
	// hypertension, which had not been controlled, likewise.
	for day, want := range map[int][3]int{0: {3, 0, 0}, 1: {2, 1, 0}, 14: {2, 1, 0}, 15: {2, 0, 1}, 75: {2, 0, 1}, 76: {0, 2, 1}, 90: {0, 2, 1}, 91: {0, 0, 3}} {
		if got := [3]int{count(day, models.Upcoming), count(day, models.Due), count(day, models.Overdue)}; got != want {
			t.Errorf("day %d: upcoming, due, overdue %v, want %v", day, got, want)
		}
	}
	var order []string
	page := store.Page{Limit: 1}
	for {
		list, err := s.As(storetest.Manager).WorkList(t.Context(), store.TaskFilter{ResidentID: storetest.ZhangXiuying, Kind: "followup"}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			order = append(order, item.Program+":"+string(item.Kind))
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	if fmt.Sprint(order) != "[hypertension:recheck diabetes:routine hypertension:routine]" {
		t.Errorf("rechecks come before routine visits: %v", order)
	}
}

// TestPlanLaws logs and voids visits at random and holds the open task against the
// visits that remain (domain §10.4–10.6).
func TestPlanLaws(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.EastLead)
	ctx := t.Context()
	people := []models.ID{}
	rapid.Check(t, func(rt *rapid.T) {
		person, err := v.CreateResident(ctx, models.ResidentDraft{Name: "赵新", DocumentNo: storetest.IDNumber(mustDate("1960-01-01").AddDays(len(people)), 11), VillageID: storetest.EastVillage, Permanent: true})
		if err != nil {
			rt.Fatal(err)
		}
		people = append(people, person.ID)
		clock.Set(storetest.Today)
		begin := storetest.Today.AddDays(-400)
		if _, err := v.Enrol(ctx, person.ID, store.Enrolment{Code: models.Hypertension, Begin: begin, Evidence: "门诊诊断", Source: models.FromManual}); err != nil {
			rt.Fatal(err)
		}
		visits := map[models.ID]models.Followup{}
		for range rapid.IntRange(1, 5).Draw(rt, "events") {
			if len(visits) > 0 && rapid.IntRange(0, 3).Draw(rt, "void") == 0 {
				var ids []models.ID
				for id := range visits {
					ids = append(ids, id)
				}
				id := ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "which")]
				if _, err := v.VoidEncounter(ctx, id, 0, "录错"); err != nil {
					rt.Fatal(err)
				}
				delete(visits, id)
			} else {
				sbp := rapid.SampledFrom([]float64{125, 165, 185}).Draw(rt, "sbp")
				d := htn(begin.AddDays(rapid.IntRange(0, 400).Draw(rt, "day")), pressure(sbp, 80, map[string]any{"referral_org_dept": "区人民医院"}))
				d.ResidentID, d.VisitWay = person.ID, rapid.SampledFrom([]int{1, 2, 3, 5}).Draw(rt, "way")
				e, err := v.LogEncounter(ctx, d)
				if models.IsCode(err, "already_logged") {
					continue
				}
				if err != nil {
					rt.Fatal(err)
				}
				visits[e.ID] = e.Followups[0]
				if days := e.Followups[0].NextDueOn.Sub(d.VisitedOn); days <= 0 || e.Followups[0].Step >= 2 && days > 14 {
					rt.Fatalf("due after %d days at step %d", days, e.Followups[0].Step)
				}
			}
			var newest models.Followup
			for _, f := range visits {
				if f.VisitedOn.After(newest.VisitedOn) {
					newest = f
				}
			}
			var waiting []models.Task
			for _, task := range rows[models.Task](t, s, "resident_id = ? AND lane < ?", person.ID, models.LaneClosed) {
				if task.TwoWeeks() {
					waiting = append(waiting, task)
				}
			}
			switch {
			case newest.Step >= 2 && (len(waiting) != 1 || waiting[0].OpenedBy != newest.ID || waiting[0].DueOn != newest.NextDueOn || waiting[0].Urgent != newest.Emergency):
				rt.Fatalf("after %+v open is %+v", newest, waiting)
			case newest.Step <= 1 && len(waiting) != 0:
				rt.Fatalf("after %+v open is %+v", newest, waiting)
			}
			for _, task := range rows[models.Task](t, s, "resident_id = ?", person.ID) {
				by, stands := models.Followup{}, false
				if f, ok := visits[task.ClosedBy]; ok {
					by, stands = f, true
				}
				if task.Status == models.TaskDone && (!stands || task.Kind == models.Routine && !by.FaceToFace()) {
					rt.Fatalf("done by a visit that is void, or remote: %+v", task)
				}
			}
		}
	})
}

// rowsOf are the rows of a noun without an id of its own.
func rowsOf[T any](t *testing.T, s *store.Store) []T {
	t.Helper()
	var out []T
	if err := s.Everything(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
