package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// leaving is 张秀英's discharge of today.
func leaving(t *testing.T, s *store.Store) store.DischargeOpening {
	t.Helper()
	return store.DischargeOpening{Patient: &store.Patient{Name: "张秀英", IDNumber: rows[models.Resident](t, s, "id = ?", storetest.ZhangXiuying)[0].DocumentNo},
		Discharge: models.Discharge{AdmittedOn: storetest.Today.AddDays(-6), DischargedOn: s.Today(),
			DischargeTexts: models.DischargeTexts{HospitalNo: "ZY0002", Attending: "蒋主任", Diagnosis: "桡骨骨折", Operation: "切开复位内固定", Medication: "塞来昔布", Advice: "患肢制动"}}}
}

func discharge(t *testing.T, s *store.Store, o store.DischargeOpening) store.DischargeFile {
	t.Helper()
	f, err := s.As(storetest.AtHospital).NotifyDischarge(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var well = models.CallAnswers{Way: 3, Recovery: 1, Wound: 1, Adherence: 1, Satisfaction: 5}

func levels(f store.DischargeFile) string {
	var out []string
	for _, c := range f.Calls {
		out = append(out, fmt.Sprintf("%d %s", c.Level, c.Status))
	}
	return strings.Join(out, ", ")
}

func TestDischargeFromPlanToEnd(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	o := leaving(t, s)
	o.Planned, o.DischargedOn = true, storetest.Today.AddDays(2)
	f := discharge(t, s, o)
	if f.Status != models.DischargePlanned || f.No != "CY37049920261123000001" || f.TeamName != "东村团队" || levels(f) != "0 open" || notices(t, s, store.DischargeNotice) != 0 {
		t.Fatalf("%+v %s", f.Discharge, levels(f))
	}
	v := s.As(storetest.AtHospital)
	if f, err := v.RecordCall(t.Context(), f.ID, 0, models.CallBefore, well); err != nil || levels(f) != "0 done" || !f.Calls[0].InTime() {
		t.Fatalf("%s %v", levels(f), err)
	}
	clock.Set(storetest.Today.AddDays(2))
	f, err := v.MoveDischarge(t.Context(), f.ID, 0, store.DischargeStep{Move: models.DischargeLeave})
	if err != nil || !strings.HasPrefix(levels(f), "0 done, 1 open") || notices(t, s, store.DischargeNotice) != 1 {
		t.Fatalf("%s %v", levels(f), err)
	}
	// A complaint brings in the last level, whether the sample holds it or not.
	clock.Set(storetest.Today.AddDays(5))
	unhappy := well
	unhappy.Complained, unhappy.Problems = true, "收费疑问"
	if f, err = v.RecordCall(t.Context(), f.ID, 0, models.CallWard, unhappy); err != nil || !strings.HasSuffix(levels(f), "3 open") || !f.Complained {
		t.Fatalf("%s %v", levels(f), err)
	}
	_, err = v.RecordCall(t.Context(), f.ID, 0, models.CallWard, well)
	wantCode(t, err, "call_closed")
	_, err = v.RecordCall(t.Context(), f.ID, 0, models.CallCentre, well)
	wantCode(t, err, "same_person")
	if f, err = s.As(storetest.CentreOne).RecordCall(t.Context(), f.ID, 0, models.CallCentre, well); err != nil || !strings.HasSuffix(levels(f), "3 done") {
		t.Fatalf("%s %v", levels(f), err)
	}
	_, err = s.As(storetest.EastLead).RecordCall(t.Context(), f.ID, 0, models.CallWard, well)
	wantCode(t, err, "forbidden")
	if f, err = s.As(storetest.EastNurseOne).MoveDischarge(t.Context(), f.ID, 0, store.DischargeStep{Move: models.DischargeTake, Reason: "明日上门换药"}); err != nil || f.Status != models.DischargeTaken {
		t.Fatal(err)
	}
	clock.Set(storetest.Today.AddDays(2 + models.CallCentreDays))
	watchDischarges(t, s, openCalls(t, s)) // the level 2 of a sample, if there is one
	clock.Set(storetest.Today.AddDays(2 + models.CallCentreDays + 1))
	watchDischarges(t, s, 1)
	if got, err := s.As(storetest.EastLead).Discharge(t.Context(), f.ID); err != nil || got.Status != models.DischargeClosed || strings.Contains(levels(got), "open") {
		t.Errorf("%s %s %v", got.Status, levels(got), err)
	}
	_, err = v.Discharge(t.Context(), f.ID)
	wantCode(t, err, "not_found") // the relation is over
}

func openCalls(t *testing.T, s *store.Store) int {
	return len(rows[models.DischargeCall](t, s, "status = ?", models.CallOpen))
}

func watchDischarges(t *testing.T, s *store.Store, want int) {
	t.Helper()
	if n, err := s.WatchDischarges(t.Context()); err != nil || n != want {
		t.Errorf("the watch touched %d, want %d, %v", n, want, err)
	}
	if n, err := s.WatchDischarges(t.Context()); err != nil || n != 0 {
		t.Errorf("a second watch touched %d, %v", n, err)
	}
}

func TestDischargeIsSeenByItsEndsOnly(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := discharge(t, s, leaving(t, s))
	for name, c := range map[string]struct {
		actor models.Actor
		sees  bool
	}{"manager": {storetest.Manager, true}, "boss": {storetest.LiuyuanBoss, true}, "nurse": {storetest.EastNurseOne, true}, "hospital": {storetest.AtHospital, true}, "centre": {storetest.CentreOne, true},
		"west": {storetest.WestLead, false}, "shiliu": {storetest.ShiliuLead, false}, "mei": {storetest.Mei, false}, "auditor": {storetest.AuditorOne, false}, "nobody": {models.Actor{}, false}} {
		_, err := s.As(c.actor).Discharge(t.Context(), f.ID)
		list, errList := s.As(c.actor).Discharges(t.Context(), store.DischargeFilter{}, store.Page{})
		if (err == nil) != c.sees || errList != nil || (len(list.Items) == 1) != c.sees {
			t.Errorf("%s: %v, %d in the list, %v", name, err, len(list.Items), errList)
		}
	}
	_, err := s.As(storetest.AtHospital).Resident(t.Context(), storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
	o := leaving(t, s)
	o.Patient, o.ResidentID = nil, storetest.ZhangXiuying
	for _, by := range []models.Actor{storetest.AtHospital, storetest.CentreOne} { // by a number that is not on the card
		_, err = s.As(by).NotifyDischarge(t.Context(), o)
		wantCode(t, err, "not_found")
	}
	_, err = s.As(storetest.EastLead).NotifyDischarge(t.Context(), o)
	wantCode(t, err, "forbidden")
	_, err = s.As(storetest.Manager).NotifyDischarge(t.Context(), o)
	wantCode(t, err, "invalid")
}

func TestDischargeIsLateAndLevelsAreReminded(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	f := discharge(t, s, leaving(t, s)) // on Monday
	clock.Set(storetest.Today.AddDays(3))
	watchDischarges(t, s, 0)
	clock.Set(storetest.Today.AddDays(4))
	watchDischarges(t, s, 1)
	if n := notices(t, s, store.DischargeLateNotice); n != 2 {
		t.Errorf("%d told that it is late", n)
	}
	late, err := s.As(storetest.EastLead).Discharges(t.Context(), store.DischargeFilter{Box: store.BoxIn, Late: true}, store.Page{})
	if err != nil || len(late.Items) != 1 || late.Items[0].EscalatedAt == nil {
		t.Errorf("%+v %v", late.Items, err)
	}
	clock.Set(storetest.Today.AddDays(5))
	watchDischarges(t, s, 0)
	clock.Set(storetest.Today.AddDays(6)) // level 1 is due tomorrow
	watchDischarges(t, s, 1)
	if n := notices(t, s, store.DischargeCallNotice); n != 1 {
		t.Errorf("%d told that a level is due", n)
	}
	due, err := s.As(storetest.AtHospital).Discharges(t.Context(), store.DischargeFilter{Box: store.BoxOut, CallDue: true}, store.Page{})
	if err != nil || len(due.Items) != 1 {
		t.Errorf("%+v %v", due.Items, err)
	}
	dead := models.CallAnswers{Way: 3, Failure: models.FailedDead}
	if f, err = s.As(storetest.AtHospital).RecordCall(t.Context(), f.ID, 0, models.CallWard, dead); err != nil || !strings.HasPrefix(levels(f), "1 failed") || strings.Contains(levels(f), "open") {
		t.Errorf("%s %v", levels(f), err)
	}
}

func TestDischargeAfterAReferral(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := refer(t, s, referring())
	for _, m := range []models.ReferralMove{"accept", "arrive", "admit", "complete"} {
		f = step(t, s, storetest.AtHospital, f.ID, store.ReferralStep{Move: m, Summary: &discharged})
	}
	list := rows[models.Discharge](t, s)
	if len(list) != 1 || list[0].ReferralID != f.ID || list[0].Status != models.DischargeNotified || list[0].Diagnosis != discharged.Diagnosis || list[0].HospitalID != storetest.LeadHospital {
		t.Errorf("%+v", list)
	}
	o := referring()
	o.ResidentID = storetest.ZhangQiang
	f = refer(t, s, o)
	for _, m := range []models.ReferralMove{"accept", "arrive", "complete"} { // an outpatient is not discharged
		f = step(t, s, storetest.AtHospital, f.ID, store.ReferralStep{Move: m, Summary: &discharged})
	}
	if list = rows[models.Discharge](t, s); len(list) != 1 {
		t.Errorf("%d notices", len(list))
	}
}

// Two of the hospital record the same level at once: one does.
func TestDischargeLevelIsRecordedOnce(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	f := discharge(t, s, leaving(t, s))
	clock.Set(storetest.Today.AddDays(1))
	var wg sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		by := []models.Actor{storetest.AtHospital, storetest.HospitalHead}[i%2]
		wg.Go(func() { _, results[i] = s.As(by).RecordCall(t.Context(), f.ID, 0, models.CallWard, well) })
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !models.IsCode(err, "call_closed") {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d recorded it", won)
	}
}

func TestDischargeFollowsThePerson(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := discharge(t, s, leaving(t, s))
	sign(t, s, storetest.LiuyuanBoss, storetest.ZhangXiuying, storetest.WestTeam)
	if got, err := s.As(storetest.WestLead).Discharge(t.Context(), f.ID); err != nil || got.TeamID != storetest.WestTeam || got.SenderID != storetest.EastTeam {
		t.Errorf("%+v %v", got.Discharge, err)
	}
	if _, err := s.As(storetest.EastLead).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.As(storetest.Manager).Discharge(t.Context(), f.ID); err != nil || got.Status != models.DischargeClosed || !strings.HasPrefix(levels(got), "1 dropped") {
		t.Errorf("%s %s %v", got.Status, levels(got), err)
	}
}

func TestDischargeStats(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	v := s.As(storetest.AtHospital)
	var files []store.DischargeFile
	for range 4 {
		files = append(files, discharge(t, s, leaving(t, s)))
	}
	clock.Set(storetest.Today.AddDays(1))
	record := func(i int, a models.CallAnswers) {
		t.Helper()
		if _, err := v.RecordCall(t.Context(), files[i].ID, 0, models.CallWard, a); err != nil {
			t.Fatal(err)
		}
	}
	record(0, well)
	record(1, models.CallAnswers{Way: 3, Failure: models.FailedRefused})
	record(3, models.CallAnswers{Way: 3, Failure: models.FailedDead}) // is not due
	if _, err := s.As(storetest.EastLead).MoveDischarge(t.Context(), files[0].ID, 0, store.DischargeStep{Move: models.DischargeTake, Reason: "已联系"}); err != nil {
		t.Fatal(err)
	}
	show := func(by models.Actor, q store.PeriodQuery, hospital models.ID) string {
		t.Helper()
		_, list, err := s.As(by).DischargeStats(t.Context(), q, hospital)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range list {
			l := r.Levels[models.CallWard]
			out = append(out, fmt.Sprintf("%s %d taken %d/%d ward %d/%d failed %d", r.Name, r.Notices, r.InTime, r.Due, l.OnTime, l.Due, l.Failed))
		}
		return strings.Join(out, "; ")
	}
	year := store.PeriodQuery{By: models.ScopeDistrict, To: storetest.Today.AddDays(30)}
	if got := show(storetest.Manager, year, 0); got != "榴园区卫生健康局 4 taken 1/1 ward 1/2 failed 1" {
		t.Error(got)
	}
	clock.Set(storetest.Today.AddDays(8)) // the third was not asked in 7 days, and three were not taken over in 3 working days
	if got := show(storetest.Manager, year, storetest.LeadHospital); got != "榴园区卫生健康局 4 taken 1/4 ward 1/3 failed 1" {
		t.Error(got)
	}
	record(2, well) // late
	if got := show(storetest.EastLead, store.PeriodQuery{By: models.ScopeTeam, To: storetest.Today.AddDays(30)}, 0); got != "东村团队 4 taken 1/4 ward 1/3 failed 1" {
		t.Error(got)
	}
	if got := show(storetest.Manager, year, storetest.Shiliu); got != "榴园区卫生健康局 0 taken 0/0 ward 0/0 failed 0" {
		t.Error(got)
	}
}

// TestNothingWrittenAboutPatientsIsInClear reads every column after a referral, a consult
// and a discharge.
func TestNothingWrittenAboutPatientsIsInClear(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	f := refer(t, s, referring())
	for _, m := range []models.ReferralMove{"accept", "arrive", "admit", "complete"} {
		step(t, s, storetest.AtHospital, f.ID, store.ReferralStep{Move: m, Summary: &discharged})
	}
	if _, err := s.As(storetest.EastLead).FollowUpReferral(t.Context(), f.ID, 0, models.ReferralMissed, "路途太远未去", models.Date{}); err != nil {
		t.Fatal(err)
	}
	c := ask(t, s, storetest.EastLead, ecg())
	for _, m := range []models.ConsultMove{"accept", "begin", "report", "sign"} {
		consultStep(t, s, storetest.AtHospital, c.ID, m)
	}
	d := discharge(t, s, leaving(t, s))
	clock.Set(storetest.Today.AddDays(1))
	unhappy := well
	unhappy.Complained, unhappy.Problems, unhappy.Advice = true, "收费疑问", "按时换药"
	if _, err := s.As(storetest.AtHospital).RecordCall(t.Context(), d.ID, 0, models.CallWard, unhappy); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"I10.x00", "血压控制欠佳", "近两周", "彩超未见", "原发性血压升高", "ZY0001", "低盐饮食", "两周后复查", "路途太远", "判读心电图", "胸闷一天", "窦性心律", "大致正常",
		"ZY0002", "桡骨骨折", "切开复位", "塞来昔布", "患肢制动", "收费疑问", "按时换药"}
	err := store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds %s in clear", table, column, secret)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
