package store_test

import (
	"maps"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// habits are what every chronic-disease form asks beside the measurements.
var habits = map[string]any{
	"symptoms": []any{1.0}, "weight": 62.5, "height": 158.0, "heart_rate": 72.0, "smoke": 0.0, "drink": 0.0, "sport_times": 5.0, "sport_minutes": 30.0,
	"psychology": 1.0, "compliance_behaviour": 1.0, "med_adherence": 1.0, "adr": 1.0,
}

func form(values ...map[string]any) map[string]any {
	out := maps.Clone(habits)
	for _, v := range values {
		maps.Copy(out, v)
	}
	return out
}

// pressure is a hypertension form with the blood pressure.
func pressure(sbp, dbp float64, more ...map[string]any) map[string]any {
	return form(append([]map[string]any{{"sbp": sbp, "dbp": dbp, "salt": 1.0}}, more...)...)
}

// glucose is a diabetes form with the fasting glucose.
func glucose(fpg float64) map[string]any {
	return form(map[string]any{"sbp": 130.0, "dbp": 80.0, "fpg": fpg, "dorsalis_pedis": 1.0, "staple": 250.0, "hypoglycaemia": 1.0})
}

func htn(on models.Date, f map[string]any) models.EncounterDraft {
	return models.EncounterDraft{ResidentID: storetest.ZhangXiuying, VisitedOn: on, VisitWay: 1, Forms: map[string]map[string]any{"hypertension": f}}
}

func log(t *testing.T, s *store.Store, d models.EncounterDraft) store.Visit {
	t.Helper()
	v, err := s.As(storetest.EastLead).LogEncounter(t.Context(), d)
	if err != nil {
		t.Fatalf("log: %v", err)
	}
	return v
}

// openTask is what 张秀英's team is to do next under the programme, beside yearly checks.
func openTask(t *testing.T, s *store.Store, program string) store.WorkItem {
	t.Helper()
	list, err := s.As(storetest.EastLead).WorkList(t.Context(), store.TaskFilter{Program: program, ResidentID: storetest.ZhangXiuying}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range list.Items {
		if item.Kind != models.YearCheck {
			return item
		}
	}
	t.Fatalf("no open task among %+v", list.Items)
	return store.WorkItem{}
}

func noTask(t *testing.T, s *store.Store) {
	t.Helper()
	for _, task := range rows[models.Task](t, s, "resident_id = ?", storetest.ZhangXiuying) {
		if task.IsOpen() || task.Status == models.TaskCancelled && task.Reason != models.ReasonDead {
			t.Fatalf("%+v", task)
		}
	}
}

func TestLogBothProgrammesAtOnce(t *testing.T) {
	s, _ := storetest.District(t)
	d := htn(storetest.Today, pressure(148, 86))
	d.Forms["diabetes"] = glucose(8.1)
	v := log(t, s, d)
	if len(v.Followups) != 2 || v.TeamID != storetest.EastTeam || v.DoctorID != storetest.EastDoctor || v.DoctorName != "周医生" || v.ResidentName != "张秀英" || v.Late {
		t.Errorf("%+v", v)
	}
	got, err := s.As(storetest.EastNurseOne).Encounter(t.Context(), v.ID)
	if err != nil || len(got.Followups) != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	dm, bp := got.Followups[0], got.Followups[1]
	if bp.Class != clinical.ClassControlled || bp.Step != clinical.StepRoutine || dm.Class != clinical.ClassUncontrolled || dm.Step != clinical.StepRecheck {
		t.Errorf("hypertension %d/%d, diabetes %d/%d", bp.Class, bp.Step, dm.Class, dm.Step)
	}
	if task := openTask(t, s, "hypertension"); task.Kind != models.Routine || task.Key != "2027Q1" || task.DueOn != bp.NextDueOn || task.State != models.Upcoming {
		t.Errorf("%+v", task)
	}
	if task := openTask(t, s, "diabetes"); task.Kind != models.Recheck || task.DueOn != storetest.Today.AddDays(14) {
		t.Errorf("%+v", task)
	}
}

func TestLogRefusals(t *testing.T) {
	s, clock := storetest.District(t)
	good := func() models.EncounterDraft { return htn(storetest.Today, pressure(130, 80)) }
	tests := []struct {
		name        string
		change      func(*models.EncounterDraft)
		field, code string
	}{
		{"tomorrow", func(d *models.EncounterDraft) { d.VisitedOn = storetest.Today.AddDays(1) }, "visited_on", "future"},
		{"before enrolment", func(d *models.EncounterDraft) { d.VisitedOn = mustDate("2024-12-31") }, "visited_on", "before_enrolment"},
		{"before birth", func(d *models.EncounterDraft) { d.VisitedOn = mustDate("1956-03-07") }, "visited_on", "before_birth"},
		{"no day", func(d *models.EncounterDraft) { d.VisitedOn = models.Date{} }, "visited_on", "required"},
		{"unknown way", func(d *models.EncounterDraft) { d.VisitWay = 7 }, "visit_way", "enum"},
		{"no form", func(d *models.EncounterDraft) { d.Forms = nil }, "forms", "required"},
		{"unknown programme", func(d *models.EncounterDraft) { d.Forms["gout"] = form() }, "forms.gout", "unknown_program"},
		{"unknown programme that may be data", func(d *models.EncounterDraft) { d.Forms["张秀英"] = form() }, "forms", "unknown_program"},
		{"not enrolled", func(d *models.EncounterDraft) { d.ResidentID = storetest.ZhangQiang }, "forms.hypertension", "not_enrolled"},
		{"field out of range", func(d *models.EncounterDraft) { d.Forms["hypertension"] = pressure(400, 80) }, "forms.hypertension.sbp", "out_of_range"},
		{"field missing", func(d *models.EncounterDraft) { delete(d.Forms["hypertension"], "salt") }, "forms.hypertension.salt", "required"},
		{"too late a date", func(d *models.EncounterDraft) {
			d.Forms["hypertension"] = pressure(170, 95, map[string]any{"next_date": storetest.Today.AddDays(15).String()})
		}, "forms.hypertension.next_date", "too_late"},
		{"doctor of another team", func(d *models.EncounterDraft) { d.DoctorID = storetest.WestDoctor }, "doctor_id", "not_in_team"},
		{"place in words", func(d *models.EncounterDraft) { d.Place = "家里" }, "place", "format"},
		{"place off the globe", func(d *models.EncounterDraft) { d.Place = "200.5,34.7" }, "place", "format"},
		{"another team's resident", func(d *models.EncounterDraft) { d.ResidentID = storetest.LiJianguo }, "resident_id", "not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := good()
			tt.change(&d)
			_, err := s.As(storetest.EastLead).LogEncounter(t.Context(), d)
			wantField(t, err, tt.field, tt.code)
		})
	}
	if n := len(rows[models.Encounter](t, s)); n != 0 {
		t.Errorf("%d refused visits were saved", n)
	}
	clock.Set(storetest.Today.AddDays(1))
	d := good()
	d.DoctorID, d.Place, d.VisitWay = storetest.EastNurse, "117.2655,34.7951", 2
	log(t, s, d)
}

func TestLogForTheDead(t *testing.T) {
	s, clock := storetest.District(t)
	d := htn(storetest.Today, pressure(170, 95))
	log(t, s, d)
	v := s.As(storetest.EastLead)
	if _, err := v.Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today, Reason: "脑卒中"}); err != nil {
		t.Fatal(err)
	}
	noTask(t, s)
	late := htn(storetest.Today.AddDays(-1), pressure(170, 95))
	log(t, s, late) // what was done before the death can still be entered
	noTask(t, s)
	clock.Set(storetest.Today.AddDays(5))
	after := htn(storetest.Today.AddDays(1), pressure(170, 95))
	_, err := v.LogEncounter(t.Context(), after)
	wantField(t, err, "visited_on", "after_death")
}

func TestLogOnAClosedProgramme(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.EastLead)
	if _, err := v.CloseMembership(t.Context(), storetest.ZhangXiuying, 1, storetest.Today, "误诊"); err != nil {
		t.Fatal(err)
	}
	log(t, s, htn(storetest.Today, pressure(130, 80))) // its last day
	clock.Set(storetest.Today.AddDays(3))
	_, err := v.LogEncounter(t.Context(), htn(storetest.Today.AddDays(1), pressure(130, 80)))
	wantField(t, err, "forms.hypertension", "closed_program")
}

func TestServicesWithoutAForm(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.EastNurseOne)
	d := models.EncounterDraft{ResidentID: storetest.ZhangQiang, VisitedOn: storetest.Today, VisitWay: int(clinical.WayPhone), Services: []clinical.Service{"consult", "education"}}
	e, err := v.LogEncounter(t.Context(), d)
	if err != nil || e.Services != "consult education" {
		t.Fatalf("%+v %v", e, err)
	}
	d.Services = []clinical.Service{"rehab"}
	_, err = v.LogEncounter(t.Context(), d)
	wantField(t, err, "services[0]", "face_to_face")
	d.Services = []clinical.Service{"hypertension"}
	_, err = v.LogEncounter(t.Context(), d)
	wantField(t, err, "services[0]", "enum")
}

func TestLateEntry(t *testing.T) {
	s, _ := storetest.District(t)
	for days, late := range map[int]bool{3: false, 4: true} {
		if v := log(t, s, htn(storetest.Today.AddDays(-days), pressure(130, 80))); v.Late != late {
			t.Errorf("entered after %d days: late %v", days, v.Late)
		}
	}
}

func TestOneVisitADay(t *testing.T) {
	s, _ := storetest.District(t)
	first := log(t, s, htn(storetest.Today, pressure(130, 80)))
	_, err := s.As(storetest.EastNurseOne).LogEncounter(t.Context(), htn(storetest.Today, pressure(128, 80)))
	wantCode(t, err, "already_logged")
	var e *models.Error
	if asError(err, &e); e == nil || e.Details["encounter_id"] != first.ID {
		t.Errorf("the answer names the visit that counts: %+v", e)
	}
	dm := htn(storetest.Today, nil)
	dm.Forms = map[string]map[string]any{"diabetes": glucose(6.5)}
	log(t, s, dm) // another programme on the same day is another form
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), first.ID, 0, "血压录错"); err != nil {
		t.Fatal(err)
	}
	log(t, s, htn(storetest.Today, pressure(150, 80)))
}

func TestSixteenLogTheSameVisit(t *testing.T) {
	s, _ := storetest.District(t)
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for i := range errs {
		wg.Go(func() {
			actor := []models.Actor{storetest.EastLead, storetest.EastNurseOne}[i%2]
			_, errs[i] = s.As(actor).LogEncounter(t.Context(), htn(storetest.Today, pressure(170, 95)))
		})
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		wantCode(t, err, "already_logged")
	}
	list, err := s.As(storetest.EastLead).Encounters(t.Context(), store.EncounterFilter{ResidentID: storetest.ZhangXiuying}, store.Page{})
	if done != 1 || err != nil || len(list.Items) != 1 {
		t.Errorf("%d succeeded, %d visits, %v", done, len(list.Items), err)
	}
	openTask(t, s, "hypertension")
}

func TestOneKeyOneEncounter(t *testing.T) {
	s, _ := storetest.District(t)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "log-followup", Hash: "h"})
	var wg sync.WaitGroup
	got := make([]store.Visit, 16)
	for i := range got {
		wg.Go(func() {
			var err error
			if got[i], err = s.As(storetest.EastLead).LogEncounter(ctx, htn(storetest.Today, pressure(170, 95))); err != nil {
				t.Errorf("retry: %v", err)
			}
		})
	}
	wg.Wait()
	for _, v := range got {
		if v.ID != got[0].ID || len(v.Followups) != 1 || v.Followups[0].Assessment != got[0].Followups[0].Assessment || v.VisitedOn != storetest.Today {
			t.Errorf("another answer: %+v", v)
		}
	}
}

func TestEmergencyTellsTheTeamLead(t *testing.T) {
	s, _ := storetest.District(t)
	lead := models.Account{ID: storetest.EastLead.AccountID, Username: "d0001", Role: models.TeamLead, StaffID: storetest.EastDoctor, PasswordAt: storetest.Today.Start(), Version: 1}
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&lead) }); err != nil {
		t.Fatal(err)
	}
	log(t, s, htn(storetest.Today, pressure(182, 90)))
	if task := openTask(t, s, "hypertension"); !task.Urgent || task.Lane != models.LaneUrgent || task.Kind != models.ReferralResult || task.DueOn != storetest.Today.AddDays(14) {
		t.Errorf("%+v", task)
	}
	notices := rows[models.Message](t, s)
	if len(notices) != 1 || notices[0].Template != store.EmergencyNotice || notices[0].AccountID != storetest.EastLead.AccountID || notices[0].ResidentID != 0 {
		t.Fatalf("%+v", notices)
	}
	log(t, s, htn(storetest.Today.AddDays(-30), pressure(185, 90))) // known late, with a newer visit since
	if n := len(rows[models.Message](t, s)); n != 1 {
		t.Errorf("%d notices", n)
	}
}

func TestScopeOfVisits(t *testing.T) {
	s, _ := storetest.District(t)
	v := log(t, s, htn(storetest.Today, pressure(130, 80)))
	for name, actor := range map[string]models.Actor{"another team": storetest.WestLead, "auditor": storetest.AuditorOne, "stranger": storetest.Mei, "nobody": {}} {
		_, err := s.As(actor).Encounter(t.Context(), v.ID)
		wantCode(t, err, "not_found")
		_, err = s.As(actor).VoidEncounter(t.Context(), v.ID, 0, "不是我的")
		wantCode(t, err, "not_found")
		list, err := s.As(actor).Encounters(t.Context(), store.EncounterFilter{}, store.Page{})
		if err != nil || len(list.Items) != 0 {
			t.Errorf("%s sees %d visits, %v", name, len(list.Items), err)
		}
		_, err = s.As(actor).Encounters(t.Context(), store.EncounterFilter{ResidentID: storetest.ZhangXiuying}, store.Page{})
		wantCode(t, err, "not_found")
		tasks, err := s.As(actor).WorkList(t.Context(), store.TaskFilter{VillageID: storetest.EastVillage}, store.Page{})
		if err != nil || len(tasks.Items) != 0 {
			t.Errorf("%s sees %d tasks, %v", name, len(tasks.Items), err)
		}
	}
	for name, actor := range map[string]models.Actor{"district": storetest.Manager, "institution": storetest.LiuyuanBoss, "nurse": storetest.EastNurseOne, "her son": storetest.Qiang} {
		list, err := s.As(actor).Encounters(t.Context(), store.EncounterFilter{Program: "hypertension", From: storetest.Today, To: storetest.Today}, store.Page{})
		if err != nil || len(list.Items) != 1 || list.Items[0].Followups[0].Form != "" || list.Items[0].ResidentName != "张秀英" {
			t.Errorf("%s: %+v, %v", name, list.Items, err)
		}
	}
}

func TestVisitsNewestFirst(t *testing.T) {
	s, _ := storetest.District(t)
	for _, days := range []int{40, 0, 20} {
		log(t, s, htn(storetest.Today.AddDays(-days), pressure(130, 80)))
	}
	var days []int
	page := store.Page{Limit: 1}
	for {
		list, err := s.As(storetest.EastLead).Encounters(t.Context(), store.EncounterFilter{ResidentID: storetest.ZhangXiuying}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list.Items {
			days = append(days, storetest.Today.Sub(v.VisitedOn))
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	if len(days) != 3 || days[0] != 0 || days[1] != 20 || days[2] != 40 {
		t.Errorf("%v", days)
	}
	_, err := s.As(storetest.EastLead).Encounters(t.Context(), store.EncounterFilter{Program: "gout"}, store.Page{})
	wantField(t, err, "program", "enum")
}
