package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// indicator is one indicator of the district today.
func indicator(t *testing.T, s *store.Store, code models.Indicator) store.IndicatorRow {
	t.Helper()
	table, err := s.As(storetest.Manager).Indicators(t.Context(), store.IndicatorQuery{By: models.ScopeDistrict, Codes: []models.Indicator{code}})
	if err != nil {
		t.Fatal(err)
	}
	return table.Rows[0]
}

func wantIndicator(t *testing.T, s *store.Store, code models.Indicator, numerator, denominator int) {
	t.Helper()
	if got := indicator(t, s, code); got.Numerator != numerator || got.Denominator != denominator {
		t.Errorf("%s is %d of %d, want %d of %d", code, got.Numerator, got.Denominator, numerator, denominator)
	}
	met := true
	for _, x := range []struct {
		met  *bool
		want int
	}{{&met, numerator}, {nil, denominator}} {
		list, err := s.As(storetest.Manager).Residents(t.Context(), store.ResidentFilter{CountedIn: store.Area{Kind: models.ScopeDistrict}, Care: store.CareFilter{Indicator: code, Met: x.met}}, store.Page{})
		if err != nil || len(list.Items) != x.want {
			t.Errorf("%s: %d people behind a figure of %d, %v", code, len(list.Items), x.want, err)
		}
	}
}

// TestIndicatorsFollowVisits sees 张秀英 through a year: figures change in the transaction
// of the visit, with its voiding, and with the date alone.
func TestIndicatorsFollowVisits(t *testing.T) {
	s, clock := storetest.District(t)
	wantIndicator(t, s, models.HypertensionStandard, 0, 1) // three quarters went by without a visit
	wantIndicator(t, s, models.PressureControl, 0, 1)
	wantIndicator(t, s, models.ThreeHighManaged, 0, 1)
	wantIndicator(t, s, models.RecordUsed, 0, 8)
	v := log(t, s, htn(storetest.Today, pressure(130, 80)))
	wantIndicator(t, s, models.PressureControl, 1, 1)
	wantIndicator(t, s, models.ThreeHighManaged, 1, 1)
	wantIndicator(t, s, models.RecordUsed, 1, 8)
	verify(t, s)
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), v.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	wantIndicator(t, s, models.PressureControl, 0, 1)
	verify(t, s)
	for _, day := range []string{"2027-01-01", "2027-02-10"} { // a new year begins anew
		clock.Set(mustDate(day))
		roll(t, s)
		wantIndicator(t, s, models.HypertensionStandard, 1, 1) // no quarter is over yet
		verify(t, s)
	}
	log(t, s, htn(mustDate("2027-02-10"), pressure(165, 95))) // to be seen again by the 24th
	wantIndicator(t, s, models.HypertensionStandard, 1, 1)
	for _, on := range []struct {
		day  string
		want int
	}{{"2027-02-24", 1}, {"2027-02-25", 0}} { // in order: time goes one way
		clock.Set(mustDate(on.day))
		roll(t, s)
		wantIndicator(t, s, models.HypertensionStandard, on.want, 1)
		verify(t, s)
	}
}

// TestAnswersReachTheFigures follows one promise: due, delivered, confirmed or denied, in
// the figures beside the contract rate.
func TestAnswersReachTheFigures(t *testing.T) {
	for _, denies := range []bool{false, true} {
		s, clock := storetest.District(t)
		signWith(t, s, 1)
		clock.Set(storetest.Today.AddDays(95)) // one consultation and one follow-up are due
		roll(t, s)
		figures := func() models.Figures { return rate(t, s.As(storetest.Manager), models.Key).Figures }
		if f := figures(); f.ItemsDue != 2 || f.ItemsDone != 0 || f.PersonsDue != 1 || f.PersonsDone != 0 {
			t.Fatalf("%+v", f)
		}
		e, err := s.As(storetest.EastLead).LogEncounter(t.Context(), models.EncounterDraft{ResidentID: storetest.ZhangXiuying, VisitedOn: s.Today(), VisitWay: 3, Services: []clinical.Service{"consult"}})
		if err != nil {
			t.Fatal(err)
		}
		if f := figures(); f.ItemsDone != 1 || f.ItemsConfirmed != 0 || f.PersonsDone != 1 {
			t.Errorf("delivered: %+v", f)
		}
		son := s.As(storetest.Qiang)
		want := models.Figures{ItemsDone: 1, ItemsConfirmed: 1, PersonsDone: 1}
		if denies {
			want = models.Figures{}
			_, err = son.DenyVisit(t.Context(), e.ID, 0, "没有接到电话")
		} else {
			_, err = son.ConfirmVisit(t.Context(), e.ID, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		if f := figures(); f.ItemsDone != want.ItemsDone || f.ItemsConfirmed != want.ItemsConfirmed || f.PersonsDone != want.PersonsDone {
			t.Errorf("denied %v: %+v", denies, f)
		}
		verify(t, s)
	}
}

// TestATargetStandsBesideTheFigure sets targets and an own prevalence.
func TestATargetStandsBesideTheFigure(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	set := func(code string, percent float64) error {
		_, err := v.SetTarget(t.Context(), models.Target{Year: 2026, Code: code, Percent: percent}, 0)
		return err
	}
	for _, code := range []string{"H01", "rate.03", "H00.prevalence"} {
		if err := set(code, 50); err != nil {
			t.Fatal(err)
		}
	}
	wantField(t, set("rate.99", 50), "code", "enum")
	wantField(t, set("H01", 101), "percent", "out_of_range")
	if got := indicator(t, s, models.HypertensionStandard); !got.Targeted || got.Target != 50 {
		t.Errorf("%+v", got)
	}
	// Five permanent adults: half of them, rounded, is the estimate.
	if got := indicator(t, s, models.HypertensionManaged); got.Numerator != 1 || got.Denominator != 3 {
		t.Errorf("%+v", got)
	}
}

// TestClosingEndsTheProgramme: 结案 at the 42-day check ends the membership; voiding the
// visit opens it again.
func TestClosingEndsTheProgramme(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.EastLead)
	m, err := v.Enrol(t.Context(), storetest.LiuFang, store.Enrolment{Code: models.Maternal, Begin: mustDate("2026-03-01"), Evidence: "母子健康手册", Source: models.FromManual})
	if err != nil {
		t.Fatal(err)
	}
	day := func(s string) *models.Date { return new(mustDate(s)) }
	_, err = v.NotePregnancy(t.Context(), storetest.LiuFang, 0, store.PregnancyDates{LMP: day("2026-01-10"), DeliveredOn: day("2026-10-15")})
	wantField(t, err, "outcome", "required")
	if _, err = v.NotePregnancy(t.Context(), storetest.LiuFang, 0, store.PregnancyDates{LMP: day("2026-01-10"), DeliveredOn: day("2026-10-15"), Outcome: new(models.LiveBirth)}); err != nil {
		t.Fatal(err)
	}
	clock.Set(mustDate("2026-11-26"))
	wantIndicator(t, s, models.PostpartumVisited, 0, 1)
	open := rows[models.Task](t, s, "resident_id = ? AND program = ? AND lane < ?", storetest.LiuFang, "maternal", models.LaneClosed)
	if len(open) != 1 || open[0].Key != "day42" {
		t.Fatalf("%+v", open)
	}
	form := map[string]any{"visit_kind": 7, "delivery_date": "2026-10-15", "sbp": 118.0, "dbp": 76.0, "breasts": 1, "lochia": 1, "uterus": 1, "wound": 1,
		"guidance_day42": []any{1.0}, "disposal": 1}
	d := models.EncounterDraft{ResidentID: storetest.LiuFang, VisitedOn: mustDate("2026-11-26"), VisitWay: 1, Forms: map[string]map[string]any{"maternal": form}}
	e, err := v.LogEncounter(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[models.Membership](t, s, "id = ?", m.ID)[0]; got.Open != nil || got.End != mustDate("2026-11-26") || got.CloseReason != "结案" {
		t.Errorf("%+v", got)
	}
	if _, err := v.VoidEncounter(t.Context(), e.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	if got := rows[models.Membership](t, s, "id = ?", m.ID)[0]; got.Open == nil || !got.End.IsZero() {
		t.Errorf("%+v", got)
	}
	roll(t, s)
	verify(t, s)
}

func TestTasksAreSharedOutAndGivenUp(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.EastLead)
	log(t, s, htn(storetest.Today, pressure(165, 95)))
	task := openTask(t, s, "hypertension")
	if n, err := v.AssignTasks(t.Context(), store.Assignment{TaskIDs: []models.ID{task.ID}, StaffID: storetest.EastNurse, VisitOn: storetest.Today.AddDays(3)}); err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	_, err := v.AssignTasks(t.Context(), store.Assignment{TaskIDs: []models.ID{task.ID}, StaffID: storetest.WestNurse})
	wantField(t, err, "staff_id", "not_in_team")
	_, err = s.As(storetest.WestLead).AssignTasks(t.Context(), store.Assignment{TaskIDs: []models.ID{task.ID}})
	wantField(t, err, "task_ids", "unknown")
	list, err := v.WorkList(t.Context(), store.TaskFilter{StaffID: storetest.EastNurse}, store.Page{})
	if err != nil || len(list.Items) != 1 || list.Items[0].StaffName != "吴护士" || list.Items[0].VisitOn != storetest.Today.AddDays(3) {
		t.Fatalf("%+v %v", list.Items, err)
	}
	stops, err := v.TaskRoute(t.Context(), store.TaskFilter{}, storetest.Today.AddDays(3))
	if err != nil || len(stops) != 1 || stops[0].ResidentName != "张秀英" || len(stops[0].Tasks) != 1 {
		t.Errorf("%+v %v", stops, err)
	}
	days, err := v.TaskCalendar(t.Context(), store.TaskFilter{Program: "hypertension"}, storetest.Today, storetest.Today.AddDays(20))
	if err != nil || len(days) != 2 || days[0].Planned != 1 || days[1].Day != task.DueOn || days[1].TwoWeeks != 1 {
		t.Errorf("%+v %v", days, err)
	}
	nurse := s.As(storetest.EastNurseOne)
	for i := range 4 { // two tries of one day count once
		clock.Set(storetest.Today.AddDays(1 + i/2))
		got, err := nurse.NoteAttempt(t.Context(), task.ID, models.Attempt{On: s.Today(), Way: 3, Outcome: models.NotReached, Note: "无人接听"})
		if err != nil || got.Attempts != 1+i/2 || got.StaffID != storetest.EastNurse {
			t.Fatalf("%+v %v", got, err)
		}
	}
	_, err = nurse.GiveUpTask(t.Context(), task.ID, 0, models.ReasonLost)
	wantCode(t, err, "too_few_attempts")
	clock.Set(storetest.Today.AddDays(5))
	_, err = nurse.NoteAttempt(t.Context(), task.ID, models.Attempt{On: s.Today().AddDays(1), Way: 3, Outcome: models.NotReached})
	wantField(t, err, "on", "future")
	if _, err := nurse.NoteAttempt(t.Context(), task.ID, models.Attempt{On: s.Today(), Way: 2, Outcome: models.Refuses}); err != nil {
		t.Fatal(err)
	}
	_, err = nurse.GiveUpTask(t.Context(), task.ID, 0, models.ReasonMoved)
	wantField(t, err, "reason", "enum")
	given, err := nurse.GiveUpTask(t.Context(), task.ID, 0, models.ReasonLost)
	if err != nil || given.Status != models.TaskMissed || given.Reason != models.ReasonLost {
		t.Fatalf("%+v %v", given, err)
	}
	roll(t, s)
	verify(t, s) // the plan leaves it as people decided
	missed, err := v.WorkList(t.Context(), store.TaskFilter{State: models.Missed, ResidentID: storetest.ZhangXiuying}, store.Page{})
	if err != nil || len(missed.Items) != 1 || missed.Items[0].ID != task.ID {
		t.Errorf("%+v %v", missed.Items, err)
	}
	log(t, s, htn(s.Today(), pressure(130, 80))) // and then she came
	if got := rows[models.Task](t, s, "id = ?", task.ID)[0]; got.Status != models.TaskDone || got.ClosedBy == 0 {
		t.Errorf("%+v", got)
	}
}
