package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func systolic(sbp float64) map[string]float64 { return map[string]float64{"sbp": sbp, "dbp": 80} }

// measure records a blood pressure of 张秀英.
func measure(t *testing.T, s *store.Store, actor models.Actor, sbp float64, at time.Time) store.Reading {
	t.Helper()
	r, err := s.As(actor).RecordVital(t.Context(), models.VitalDraft{ResidentID: storetest.ZhangXiuying, Kind: models.BloodPressure, Values: systolic(sbp), MeasuredAt: at})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readings lists the values of 张秀英's readings, newest first, page by page.
func readings(t *testing.T, s *store.Store, kind models.VitalKind, limit int) []string {
	t.Helper()
	var out []string
	page := store.Page{Limit: limit}
	for {
		list, err := s.As(storetest.EastLead).Vitals(t.Context(), store.VitalFilter{ResidentID: storetest.ZhangXiuying, Kind: kind}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list.Items {
			out = append(out, fmt.Sprint(v.Kind, v.Values()))
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			return out
		}
		if len(out) > 100 {
			t.Fatal("the pages never end")
		}
	}
}

func TestVitalsOfVisits(t *testing.T) {
	s, _ := storetest.District(t)
	d := htn(storetest.Today, pressure(150, 86))
	d.Forms["diabetes"] = glucose(8.1)
	e := log(t, s, d)
	// The diabetes form, which comes first, holds another pressure: one of each kind counts.
	if got := fmt.Sprint(readings(t, s, "", 2)); got != "[weightmap[weight:62.5] fpgmap[fpg:8.1] bpmap[dbp:80 heart_rate:72 sbp:130]]" {
		t.Errorf("%s", got)
	}
	for _, v := range rows[models.Vital](t, s) {
		if v.EncounterID != e.ID || v.EnteredBy != "staff:103" || v.Source != models.ByDoctor || v.Kind == models.FastingGlucose && v.Level != clinical.LevelHigh {
			t.Errorf("%+v", v)
		}
	}
	if n := len(rows[models.VitalAlert](t, s)); n != 0 {
		t.Errorf("%d alerts: a visit has its own urgent task", n)
	}
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), e.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	if got := readings(t, s, "", 2); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if n := len(rows[models.Vital](t, s)); n != 3 {
		t.Errorf("%d rows are kept", n)
	}
}

func TestVitalsPageByInstant(t *testing.T) {
	s, _ := storetest.District(t)
	at := s.Now().Add(-time.Hour)
	for i, ms := range []int{0, 500, 510, 1000, 0} { // the last at the same instant as the first
		measure(t, s, storetest.Qiang, float64(131+i), at.Add(time.Duration(ms)*time.Millisecond))
	}
	want := "[bpmap[dbp:80 sbp:134] bpmap[dbp:80 sbp:133] bpmap[dbp:80 sbp:132] bpmap[dbp:80 sbp:135] bpmap[dbp:80 sbp:131]]"
	for _, limit := range []int{1, 2, 10} {
		if got := fmt.Sprint(readings(t, s, models.BloodPressure, limit)); got != want {
			t.Errorf("by %d: %s", limit, got)
		}
	}
	for _, day := range []struct {
		from, to models.Date
		want     int
	}{{storetest.Today, storetest.Today, 5}, {storetest.Today.AddDays(1), models.Date{}, 0}, {models.Date{}, storetest.Today.AddDays(-1), 0}} {
		list, err := s.As(storetest.Qiang).Vitals(t.Context(), store.VitalFilter{ResidentID: storetest.ZhangXiuying, From: day.from, To: day.to}, store.Page{})
		if err != nil || len(list.Items) != day.want {
			t.Errorf("%v: %d, %v", day, len(list.Items), err)
		}
	}
}

func TestVitalRefusals(t *testing.T) {
	s, _ := storetest.District(t)
	record := func(actor models.Actor, resident models.ID, at time.Time) error {
		_, err := s.As(actor).RecordVital(t.Context(), models.VitalDraft{ResidentID: resident, Kind: models.BloodPressure, Values: systolic(190), MeasuredAt: at})
		return err
	}
	for name, actor := range map[string]models.Actor{"another team": storetest.WestLead, "auditor": storetest.AuditorOne, "stranger": storetest.Mei, "nobody": {}} {
		wantCode(t, record(actor, storetest.ZhangXiuying, time.Time{}), "not_found")
		_, err := s.As(actor).VitalSummary(t.Context(), storetest.ZhangXiuying, 0)
		wantCode(t, err, "not_found")
		_, err = s.As(actor).Vitals(t.Context(), store.VitalFilter{ResidentID: storetest.ZhangXiuying}, store.Page{})
		wantCode(t, err, "not_found")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	leave := func(id models.ID, status models.LifeStatus) {
		if _, err := s.As(storetest.Manager).Leave(t.Context(), id, 0, store.Leaving{Status: status, On: storetest.Today.AddDays(-3)}); err != nil {
			t.Fatal(err)
		}
	}
	leave(storetest.ZhangXiuying, models.Dead)
	leave(storetest.LiJianguo, models.MovedOut)
	wantField(t, record(storetest.EastLead, storetest.ZhangXiuying, time.Time{}), "measured_at", "after_death")
	if err := record(storetest.EastLead, storetest.ZhangXiuying, s.Now().AddDate(0, 0, -3)); err != nil {
		t.Errorf("what was measured before may be entered: %v", err)
	}
	wantCode(t, record(storetest.WestLead, storetest.LiJianguo, time.Time{}), "not_living")
	if n := len(rows[models.VitalAlert](t, s)); n != 0 {
		t.Errorf("%d alerts about the dead", n)
	}
}

func TestVitalPregnancy(t *testing.T) {
	s, _ := storetest.District(t)
	record := func(sbp float64) clinical.Level {
		r, err := s.As(storetest.Mei).RecordVital(t.Context(), models.VitalDraft{ResidentID: storetest.WangMei, Kind: models.BloodPressure, Values: systolic(sbp)})
		if err != nil {
			t.Fatal(err)
		}
		return r.Level
	}
	if got := record(140); got != clinical.LevelHigh {
		t.Errorf("before: %s", got)
	}
	if _, err := s.As(storetest.Manager).Enrol(t.Context(), storetest.WangMei, store.Enrolment{Code: models.Maternal, Begin: storetest.Today, Evidence: "孕册", Source: models.FromManual}); err != nil {
		t.Fatal(err)
	}
	if low, high := record(139), record(140); low != clinical.LevelNormal || high != clinical.LevelEmergency {
		t.Errorf("pregnant: %s, %s", low, high)
	}
}

func TestVitalEmergencyAlertsTheTeam(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	r := measure(t, s, storetest.Qiang, 180, time.Time{})
	if r.Level != clinical.LevelEmergency || r.AlertID == 0 || r.TeamPhone == "" {
		t.Fatalf("%+v", r)
	}
	notices := rows[models.Message](t, s)
	if len(notices) != 2 || notices[0].Template != store.VitalEmergencyNotice || notices[0].AccountID != storetest.EastLead.AccountID ||
		notices[1].Template != store.VitalAdviceNotice || notices[1].ResidentID != storetest.ZhangXiuying {
		t.Fatalf("%+v", notices)
	}
	for _, m := range notices {
		if want := fmt.Sprintf(`{"vital_id":"%d"}`, r.ID); m.Data != want {
			t.Errorf("a notice holds %s", m.Data)
		}
	}
	list := func(actor models.Actor) []store.AlertLine {
		l, err := s.As(actor).Alerts(t.Context(), store.AlertFilter{}, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return l.Items
	}
	for name, actor := range map[string]models.Actor{"west": storetest.WestLead, "shiliu": storetest.ShiliuLead, "son": storetest.Qiang, "nobody": {}} {
		if got := list(actor); len(got) != 0 {
			t.Errorf("%s sees %+v", name, got)
		}
	}
	// It follows the resident to a new team, and does not vanish by itself.
	if _, err := s.As(storetest.Manager).MoveResident(t.Context(), storetest.ZhangXiuying, 0, storetest.WestVillage, "西村1号"); err != nil {
		t.Fatal(err)
	}
	if got := list(storetest.EastLead); len(got) != 0 {
		t.Errorf("the old team keeps %+v", got)
	}
	got := list(storetest.WestLead)
	if len(got) != 1 || got[0].Lane != models.AlertOpen || got[0].Vital.Values()["sbp"] != 180 || got[0].TeamID != storetest.WestTeam {
		t.Fatalf("the new team has %+v", got)
	}
	_, err := s.As(storetest.EastLead).HandleAlert(t.Context(), r.AlertID, 0, "已电话指导")
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.Qiang).HandleAlert(t.Context(), r.AlertID, 0, "已电话指导")
	wantCode(t, err, "not_found")
	done, err := s.As(storetest.WestLead).HandleAlert(t.Context(), r.AlertID, 1, "已电话指导")
	if err != nil || done.Lane != models.AlertHandled || done.Outcome != "已电话指导" || done.HandlerName != "west" {
		t.Fatalf("%+v %v", done, err)
	}
	second, err := s.As(storetest.WestLead).RecordVital(t.Context(), models.VitalDraft{ResidentID: storetest.LiDashan, Kind: models.FastingGlucose, Values: map[string]float64{"fpg": 3.9}})
	if err != nil {
		t.Fatal(err)
	}
	var order []models.ID
	page := store.Page{Limit: 1}
	for {
		l, err := s.As(storetest.WestLead).Alerts(t.Context(), store.AlertFilter{}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range l.Items {
			order = append(order, a.ID)
		}
		if page.Cursor = l.Next; page.Cursor == "" {
			break
		}
	}
	if fmt.Sprint(order) != fmt.Sprint([]models.ID{second.AlertID, r.AlertID}) {
		t.Errorf("open ones first: %v", order)
	}
}

func TestVitalAlertHasOneHandler(t *testing.T) {
	s, _ := storetest.District(t)
	r := measure(t, s, storetest.Qiang, 190, time.Time{})
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = s.As([]models.Actor{storetest.EastLead, storetest.EastNurseOne}[i%2]).HandleAlert(t.Context(), r.AlertID, 0, "已电话指导")
		})
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		wantCode(t, err, "already_handled")
	}
	if done != 1 {
		t.Errorf("%d handled it", done)
	}
}

func TestVitalSummary(t *testing.T) {
	s, clock := storetest.District(t)
	measure(t, s, storetest.Qiang, 200, s.Now().AddDate(0, 0, -90)) // too old for the statistics
	measure(t, s, storetest.Qiang, 160, s.Now().AddDate(0, 0, -89))
	for i, sbp := range []float64{130, 130, 130, 135, 135, 136} {
		measure(t, s, storetest.Qiang, sbp, s.Now().AddDate(0, 0, i-6))
	}
	e := log(t, s, htn(storetest.Today, pressure(190, 80)))
	clock.Add(time.Minute)
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), e.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	all, err := s.As(storetest.Qiang).VitalSummary(t.Context(), storetest.ZhangXiuying, 2)
	if err != nil || len(all) != len(models.VitalSpecs) {
		t.Fatalf("%d series, %v", len(all), err)
	}
	bp := all[0]
	if bp.Spec.Kind != models.BloodPressure || bp.Latest == nil || bp.Latest.Values()["sbp"] != 136 || len(bp.Recent) != 2 || bp.Recent[0].Values()["sbp"] != 135 {
		t.Errorf("%+v", bp)
	}
	if bp.Count != 7 || bp.Stats["sbp"] != (models.VitalStat{Min: 130, Max: 160, Mean: 136.6}) || bp.Trend != models.Rising {
		t.Errorf("%d %+v %s", bp.Count, bp.Stats, bp.Trend)
	}
	if bp.Limits["sbp"] != 150 || bp.Limits["dbp"] != 90 {
		t.Errorf("limits at 70: %v", bp.Limits)
	}
	if weight := all[3]; weight.Latest != nil || len(weight.Recent) != 0 || len(weight.Limits) != 0 || weight.Trend != models.UnknownTrend {
		t.Errorf("%+v", weight)
	}
}

func TestVitalsMerge(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	if _, err := v.Enrol(t.Context(), storetest.LiJianguo, store.Enrolment{Code: models.Hypertension, Begin: mustDate("2026-01-01"), Evidence: "门诊诊断", Source: models.FromManual}); err != nil {
		t.Fatal(err)
	}
	log(t, s, htn(storetest.Today.AddDays(-20), pressure(130, 80)))
	for days, sbp := range map[int]float64{20: 131, 3: 165} { // the first is the same visit, entered for both records
		d := htn(storetest.Today.AddDays(-days), pressure(sbp, 80))
		d.ResidentID = storetest.LiJianguo
		if _, err := v.LogEncounter(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	alert, err := v.RecordVital(t.Context(), models.VitalDraft{ResidentID: storetest.LiJianguo, Kind: models.BloodPressure, Values: systolic(181)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Merge(t.Context(), storetest.ZhangXiuying, storetest.LiJianguo, 0); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(readings(t, s, models.BloodPressure, 10)); got != "[bpmap[dbp:80 sbp:181] bpmap[dbp:80 heart_rate:72 sbp:165] bpmap[dbp:80 heart_rate:72 sbp:130]]" {
		t.Errorf("%s", got)
	}
	a := rows[models.VitalAlert](t, s, "id = ?", alert.AlertID)
	if len(a) != 1 || a[0].ResidentID != storetest.ZhangXiuying || a[0].TeamID != storetest.EastTeam {
		t.Errorf("%+v", a)
	}
}

func TestVitalOneKeyOneReading(t *testing.T) {
	s, _ := storetest.District(t)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "record-vital", Hash: "h"})
	var first store.Reading
	for i := range 2 {
		r, err := s.As(storetest.Qiang).RecordVital(ctx, models.VitalDraft{ResidentID: storetest.ZhangXiuying, Kind: models.BloodPressure, Values: systolic(180)})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = r
		}
		if r.ID != first.ID || r.AlertID != first.AlertID || fmt.Sprint(r.Values(), r.Verdict) != fmt.Sprint(first.Values(), first.Verdict) {
			t.Errorf("another answer: %+v", r)
		}
	}
	if n := len(rows[models.Vital](t, s)); n != 1 {
		t.Errorf("%d readings", n)
	}
}

func TestVitalAlertFollowsAFile(t *testing.T) {
	for _, moving := range []int{1, 3} { // alone, and with others in the batch
		s, _ := storetest.District(t)
		file := func(village string) string {
			text := header
			for i, name := range []string{"李四", "王五", "赵六"}[:moving] {
				text += name + "," + idNumber("1970-03-01", 4+i) + "," + village + ",,,,,\n"
			}
			return text
		}
		load(t, s, file("东村"))
		person := rows[models.Resident](t, s, "name = ?", "李四")[0].ID
		r, err := s.As(storetest.EastLead).RecordVital(t.Context(), models.VitalDraft{ResidentID: person, Kind: models.BloodPressure, Values: systolic(185)})
		if err != nil {
			t.Fatal(err)
		}
		load(t, s, file("西村"))
		list, err := s.As(storetest.WestLead).Alerts(t.Context(), store.AlertFilter{}, store.Page{})
		if err != nil || len(list.Items) != 1 || list.Items[0].ID != r.AlertID {
			t.Errorf("%d move: the new team has %+v, %v", moving, list.Items, err)
		}
	}
}
