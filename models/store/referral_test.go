package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// referring is 张秀英's way to the hospital, with her consent and submitted.
func referring() store.ReferralOpening {
	return store.ReferralOpening{Consent: true, Submit: true, ReferralDraft: models.ReferralDraft{
		ResidentID: storetest.ZhangXiuying, Direction: models.ReferUp, Urgency: models.OrdinaryCare, HospitalID: storetest.LeadHospital, Department: "心内科",
		Reasons: []int{1}, ExpectedOn: storetest.Today.AddDays(1),
		ReferralTexts: models.ReferralTexts{ImpressionCode: "I10.x00", Impression: "血压控制欠佳", PresentIllness: "近两周血压升高,伴头晕"}}}
}

var discharged = models.DischargeNote{HospitalNo: "ZY0001", Findings: "心脏彩超未见异常", Diagnosis: "原发性血压升高", Outcome: "好转", Attending: "蒋主任", Rehab: "低盐饮食", Plan: "两周后复查"}

func refer(t *testing.T, s *store.Store, o store.ReferralOpening) store.ReferralFile {
	t.Helper()
	f, err := s.As(storetest.EastLead).Refer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// step makes a move as the actor.
func step(t *testing.T, s *store.Store, by models.Actor, id models.ID, st store.ReferralStep) store.ReferralFile {
	t.Helper()
	f, err := s.As(by).MoveReferral(t.Context(), id, 0, st)
	if err != nil {
		t.Fatalf("%s: %v", st.Move, err)
	}
	return f
}

func notices(t *testing.T, s *store.Store, template string) int {
	t.Helper()
	return len(rows[models.Message](t, s, "template = ?", template))
}

func watchReferrals(t *testing.T, s *store.Store, want int) {
	t.Helper()
	if n, err := s.WatchReferrals(t.Context()); err != nil || n != want {
		t.Errorf("the watch touched %d, want %d, %v", n, want, err)
	}
	if n, err := s.WatchReferrals(t.Context()); err != nil || n != 0 {
		t.Errorf("a second watch touched %d, %v", n, err)
	}
}

func TestReferralThereAndBack(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	f := refer(t, s, referring())
	if f.Status != models.ReferralSubmitted || f.No != "ZZ37049920261123000001" || f.ConsentBy != models.ConsentOnSite || f.ConsentFrom != storetest.ZhangXiuying || f.TeamName != "东村团队" {
		t.Fatalf("%+v", f.Referral)
	}
	if n := notices(t, s, store.ReferralAskedNotice); n != 1 {
		t.Errorf("%d told that it was sent", n)
	}
	id, at := f.ID, storetest.AtHospital
	step(t, s, at, id, store.ReferralStep{Move: models.ReferAccept, ReserveNo: "12床", Receiver: "蒋主任", ExpectedOn: storetest.Today.AddDays(2)})
	clock.Set(storetest.Today.AddDays(2))
	step(t, s, at, id, store.ReferralStep{Move: models.ReferArrive})
	step(t, s, at, id, store.ReferralStep{Move: models.ReferAdmit})
	_, err := s.As(at).MoveReferral(t.Context(), id, 0, store.ReferralStep{Move: models.ReferComplete})
	wantCode(t, err, "invalid")
	step(t, s, at, id, store.ReferralStep{Move: models.ReferComplete, Summary: &discharged})
	f = step(t, s, at, id, store.ReferralStep{Move: models.ReferSendDown})
	if f.Status != models.ReferralDownAccepted || f.DownOn != storetest.Today.AddDays(2) { // signed: taken over by itself
		t.Fatalf("%s", f.Status)
	}
	if n := notices(t, s, store.ReferralDownNotice); n != 1 {
		t.Errorf("%d told to take over", n)
	}
	_, err = s.As(at).Referral(t.Context(), id)
	wantCode(t, err, "not_found") // the relation is over
	in, err := s.As(storetest.EastLead).Referrals(t.Context(), store.ReferralFilter{Box: store.BoxIn, Status: models.ReferralDownAccepted}, store.Page{})
	if err != nil || len(in.Items) != 1 || in.Items[0].Patient.Name != "张秀英" {
		t.Fatalf("%+v %v", in, err)
	}
	if _, err := s.As(storetest.EastLead).FollowUpReferral(t.Context(), id, 0, models.ReferralReached, "", models.Date{}); err != nil {
		t.Fatal(err)
	}
	f = step(t, s, storetest.EastLead, id, store.ReferralStep{Move: models.ReferTakeOver, Reason: "已上门查看"})
	if f.Status != models.ReferralFollowedUp || f.Summary.Rehab != "低盐饮食" {
		t.Errorf("%s", f.Status)
	}
	var moves []string
	for _, e := range f.History {
		moves = append(moves, e.Move)
	}
	if got := strings.Join(moves, " "); got != "draft consent submit accept arrive admit complete send_down accept_down follow_up take_over finish" {
		t.Error(got)
	}
	if got := len(rows[models.AuditRow](t, s, "action LIKE ?", "referral.%")); got < 12 {
		t.Errorf("%d traces", got)
	}
}

func TestReferralDownWithoutContractWaitsForTheTeam(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := refer(t, s, referring())
	for _, st := range []store.ReferralStep{{Move: models.ReferAccept}, {Move: models.ReferArrive}, {Move: models.ReferComplete, Summary: &discharged}, {Move: models.ReferSendDown}} {
		f = step(t, s, storetest.HospitalHead, f.ID, st)
	}
	if f.Status != models.ReferralDownSubmitted {
		t.Fatalf("%s", f.Status)
	}
	if f = step(t, s, storetest.EastNurseOne, f.ID, store.ReferralStep{Move: models.ReferAcceptDown}); f.Status != models.ReferralDownAccepted {
		t.Errorf("%s", f.Status)
	}
}

func TestReferralIsSeenByItsEndsOnly(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	o := referring()
	o.Submit, o.Consent = false, false
	draft := refer(t, s, o)
	sees := func(want string) {
		t.Helper()
		for name, a := range map[string]models.Actor{"manager": storetest.Manager, "boss": storetest.LiuyuanBoss, "east": storetest.EastLead, "nurse": storetest.EastNurseOne, "west": storetest.WestLead,
			"shiliu": storetest.ShiliuLead, "hospital": storetest.AtHospital, "head": storetest.HospitalHead, "centre": storetest.CentreOne, "qiang": storetest.Qiang, "mei": storetest.Mei,
			"auditor": storetest.AuditorOne, "admin": storetest.AdminOne, "nobody": {}} {
			_, err := s.As(a).Referral(t.Context(), draft.ID)
			list, errList := s.As(a).Referrals(t.Context(), store.ReferralFilter{}, store.Page{})
			if seen := slices.Contains(strings.Fields(want), name); (err == nil) != seen || errList != nil || (len(list.Items) == 1) != seen {
				t.Errorf("%s: %v, %d in the list, %v", name, err, len(list.Items), errList)
			}
		}
	}
	sees("manager boss east nurse qiang")
	step(t, s, storetest.EastLead, draft.ID, store.ReferralStep{Move: models.ReferConsent})
	step(t, s, storetest.EastLead, draft.ID, store.ReferralStep{Move: models.ReferSubmit})
	sees("manager boss east nurse qiang hospital head centre")
	// Of the resident the hospital sees the referral, and nothing else.
	_, err := s.As(storetest.AtHospital).Resident(t.Context(), storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.AtHospital).Timeline(t.Context(), storetest.ZhangXiuying, time.Time{}, 10)
	wantCode(t, err, "not_found")
	// Nor can the other team have a hand in it.
	_, err = s.As(storetest.WestLead).MoveReferral(t.Context(), draft.ID, 0, store.ReferralStep{Move: models.ReferCancel, Reason: "试试"})
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.AtHospital).Refer(t.Context(), referring())
	wantCode(t, err, "not_found")
	step(t, s, storetest.CentreOne, draft.ID, store.ReferralStep{Move: models.ReferReassign, HospitalID: storetest.Shiliu, Reason: "床位已满"})
	sees("manager boss east nurse qiang shiliu centre")
	step(t, s, storetest.ShiliuLead, draft.ID, store.ReferralStep{Move: models.ReferReject, Reason: "无此专科"})
	sees("manager boss east nurse qiang centre")
	if f, err := s.As(storetest.EastLead).Referral(t.Context(), draft.ID); err != nil || f.Assigned != 1 || f.History[4].Reason != "无此专科" {
		t.Errorf("%+v %v", f.History, err)
	}
}

func TestReferralShowsTheFollowupToTheHospital(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	e := log(t, s, htn(storetest.Today, pressure(150, 92)))
	o := referring()
	o.EncounterID = e.ID
	f := refer(t, s, o)
	seen, err := s.As(storetest.AtHospital).Referral(t.Context(), f.ID)
	if err != nil || seen.Followup == nil || len(seen.Followup.Followups) != 1 {
		t.Fatalf("%+v %v", seen.Followup, err)
	}
	_, err = s.As(storetest.AtHospital).Encounter(t.Context(), e.ID)
	wantCode(t, err, "not_found")
	o.EncounterID = 99
	_, err = s.As(storetest.EastLead).Refer(t.Context(), o)
	wantCode(t, err, "invalid")
}

func TestReferralConsent(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	o := referring()
	o.Consent = false
	_, err := s.As(storetest.EastLead).Refer(t.Context(), o)
	wantCode(t, err, "invalid") // not submitted without consent
	if n := len(rows[models.Referral](t, s)); n != 0 {
		t.Errorf("%d were left behind", n)
	}
	// A child's parent consents on the phone, with a recorded relation.
	o = referring()
	o.ResidentID, o.Submit = storetest.ZhangXiaobao, false
	_, err = s.As(storetest.EastLead).Refer(t.Context(), o)
	wantCode(t, err, "invalid")
	if _, err := s.As(storetest.EastLead).AddGuardian(t.Context(), storetest.ZhangXiaobao, store.Guardianship{GuardianID: storetest.ZhangQiang, Relation: "51", Consent: store.ConsentMinor, Evidence: "户口簿"}); err != nil {
		t.Fatal(err)
	}
	o.Consent = false
	f := refer(t, s, o)
	f = step(t, s, storetest.Qiang, f.ID, store.ReferralStep{Move: models.ReferConsent})
	if f.ConsentBy != models.ConsentGuardian || f.ConsentFrom != storetest.ZhangQiang || f.ConsentAt == nil {
		t.Errorf("%+v", f.Referral)
	}
	// What is rewritten was not consented to.
	d := o.ReferralDraft
	d.Department = "儿科"
	if f, err = s.As(storetest.EastLead).AmendReferral(t.Context(), f.ID, f.Version, d); err != nil || f.ConsentBy != "" || f.Department != "儿科" {
		t.Errorf("%+v %v", f.Referral, err)
	}
	_, err = s.As(storetest.EastLead).AmendReferral(t.Context(), f.ID, 1, d)
	wantCode(t, err, "stale")
	_, err = s.As(storetest.EastLead).MoveReferral(t.Context(), f.ID, 0, store.ReferralStep{Move: models.ReferSubmit})
	wantCode(t, err, "invalid")
	step(t, s, storetest.Qiang, f.ID, store.ReferralStep{Move: models.ReferConsent})
	step(t, s, storetest.EastLead, f.ID, store.ReferralStep{Move: models.ReferSubmit})
	if f = step(t, s, storetest.Qiang, f.ID, store.ReferralStep{Move: models.ReferWithdraw}); f.Status != models.ReferralCancelled {
		t.Errorf("%s", f.Status)
	}
	for _, m := range []models.ReferralMove{"", "draft", "no_show", "finish", "amend", "follow_up", "begin_down", "fly"} {
		_, err = s.As(storetest.Manager).MoveReferral(t.Context(), f.ID, 0, store.ReferralStep{Move: m})
		wantCode(t, err, "invalid")
	}
}

func TestReferralDownByTheHospital(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	o := store.ReferralOpening{Consent: true, Summary: &discharged, Patient: &store.Patient{Name: "李建国", IDNumber: rows[models.Resident](t, s, "id = ?", storetest.LiJianguo)[0].DocumentNo},
		ReferralDraft: models.ReferralDraft{Direction: models.ReferDown, Urgency: models.OrdinaryCare, Department: "骨科", Reasons: []int{12}, ExpectedOn: storetest.Today,
			ReferralTexts: models.ReferralTexts{Impression: "术后恢复", PresentIllness: "术后一周"}}}
	f, err := s.As(storetest.AtHospital).Refer(t.Context(), o)
	if err != nil || f.Status != models.ReferralDownSubmitted || f.TeamID != storetest.WestTeam || f.HospitalID != storetest.LeadHospital {
		t.Fatalf("%+v %v", f.Referral, err)
	}
	wrong := o
	wrong.Patient = &store.Patient{Name: "李大山", IDNumber: o.Patient.IDNumber}
	_, err = s.As(storetest.AtHospital).Refer(t.Context(), wrong)
	wantCode(t, err, "invalid")
	if n := len(rows[models.AuditRow](t, s, "action = ?", "resident.identify")); n != 2 {
		t.Errorf("%d attempts are written down", n)
	}
	unsigned := o
	unsigned.Consent = false
	_, err = s.As(storetest.AtHospital).Refer(t.Context(), unsigned)
	wantCode(t, err, "invalid")
	_, err = s.As(storetest.CentreOne).Refer(t.Context(), o)
	wantCode(t, err, "forbidden")
	f = step(t, s, storetest.WestLead, f.ID, store.ReferralStep{Move: models.ReferAcceptDown})
	_, err = s.As(storetest.WestLead).FollowUpReferral(t.Context(), f.ID, 0, models.ReferralReached, "", models.Date{})
	wantCode(t, err, "not_to_follow")
	if f = step(t, s, storetest.WestLead, f.ID, store.ReferralStep{Move: models.ReferTakeOver, Reason: "已电话联系"}); f.Status != models.ReferralClosed {
		t.Errorf("%s", f.Status)
	}
}

func TestReferralWatch(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	o := referring()
	o.Urgency = models.UrgentCare
	f := refer(t, s, o)
	clock.Add(models.UrgentAnswer - time.Second)
	watchReferrals(t, s, 0)
	clock.Add(time.Second)
	watchReferrals(t, s, 1)
	if n := notices(t, s, store.ReferralOverdueNotice); n != 2 { // the hospital's manager and the centre
		t.Errorf("%d told that it is late", n)
	}
	late, err := s.As(storetest.CentreOne).Referrals(t.Context(), store.ReferralFilter{Box: store.BoxIn, Overdue: true}, store.Page{})
	if err != nil || len(late.Items) != 1 || late.Items[0].EscalatedAt == nil {
		t.Fatalf("%+v %v", late.Items, err)
	}
	f = step(t, s, storetest.CentreOne, f.ID, store.ReferralStep{Move: models.ReferReassign, HospitalID: storetest.Shiliu, Reason: "无人应答"})
	if f.EscalatedAt != nil || f.Overdue(s.Now()) {
		t.Error("the new receiver is late at once")
	}
	clock.Add(models.UrgentAnswer)
	watchReferrals(t, s, 1)
	if n := notices(t, s, store.ReferralOverdueNotice); n != 3 { // the other hospital has no manager: the centre once more
		t.Errorf("%d told that it is late", n)
	}
	step(t, s, storetest.ShiliuLead, f.ID, store.ReferralStep{Move: models.ReferAccept})
	clock.Set(storetest.Today.AddDays(4)) // expected on day 1, 3 days
	watchReferrals(t, s, 0)
	clock.Set(storetest.Today.AddDays(5))
	watchReferrals(t, s, 1)
	if got, err := s.As(storetest.EastLead).Referral(t.Context(), f.ID); err != nil || got.Status != models.ReferralNoShow {
		t.Fatalf("%+v %v", got.Status, err)
	}
	_, err = s.As(storetest.ShiliuLead).MoveReferral(t.Context(), f.ID, 0, store.ReferralStep{Move: models.ReferArrive})
	wantCode(t, err, "not_found")
	clock.Set(storetest.Today.AddDays(models.ReferralWeeks - models.FollowRemindDays - 1))
	watchReferrals(t, s, 0)
	clock.Set(storetest.Today.AddDays(models.ReferralWeeks - models.FollowRemindDays))
	watchReferrals(t, s, 1)
	if n := notices(t, s, store.ReferralFollowNotice); n != 1 {
		t.Errorf("%d reminded of the result", n)
	}
	got, err := s.As(storetest.EastLead).FollowUpReferral(t.Context(), f.ID, 0, models.ReferralMissed, "改去外地就诊", models.Date{})
	if err != nil || got.Status != models.ReferralFollowedUp {
		t.Errorf("%v %v", got.Status, err)
	}
}

// Two people of the receiver want to answer at once: one does.
func TestReferralIsAnsweredOnce(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := refer(t, s, referring())
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		st := store.ReferralStep{Move: models.ReferAccept}
		by := storetest.AtHospital
		if i%2 == 1 {
			st, by = store.ReferralStep{Move: models.ReferReject, Reason: "床位已满"}, storetest.CentreOne
		}
		wg.Go(func() { _, results[i] = s.As(by).MoveReferral(t.Context(), f.ID, 0, st) })
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !models.IsCode(err, "wrong_state") && !models.IsCode(err, "not_found") {
			t.Error(err)
		}
	}
	if answers := len(rows[models.Event](t, s, "noun = ? AND move IN ?", "referral", []string{"accept", "reject"})); won != 1 || answers != 1 {
		t.Errorf("%d won, %d answers", won, answers)
	}
}

// What happens to a person takes open referrals along, or ends them.
func TestReferralFollowsThePerson(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	f := refer(t, s, referring())
	if _, err := s.As(storetest.WestLead).Sign(t.Context(), store.Signing{ResidentID: storetest.ZhangXiuying, TeamID: storetest.WestTeam, TermYears: 1}); err == nil {
		t.Fatal("another team signs whom it does not see")
	}
	sign(t, s, storetest.LiuyuanBoss, storetest.ZhangXiuying, storetest.WestTeam)
	got, err := s.As(storetest.WestLead).Referral(t.Context(), f.ID)
	if err != nil || got.TeamID != storetest.WestTeam || got.SenderID != storetest.EastTeam {
		t.Errorf("%+v %v", got.Referral, err)
	}
	if _, err := s.As(storetest.EastLead).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	// The contract ended first, and with it the file came back to the team of the village.
	if got, err = s.As(storetest.EastLead).Referral(t.Context(), f.ID); err != nil || got.Status != models.ReferralCancelled {
		t.Errorf("%v %v", got.Status, err)
	}
}

func TestReferralStats(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	open := func(resident models.ID, by models.Actor, to models.ID, moves ...models.ReferralMove) models.ID {
		o := referring()
		o.ResidentID, o.HospitalID, o.ExpectedOn = resident, to, s.Today().AddDays(1)
		f, err := s.As(by).Refer(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves {
			step(t, s, storetest.Manager, f.ID, store.ReferralStep{Move: m, Reason: "理由", Summary: &discharged})
		}
		return f.ID
	}
	open(storetest.ZhangXiuying, storetest.EastLead, storetest.LeadHospital, "accept", "arrive", "complete", "send_down")
	open(storetest.ZhangQiang, storetest.EastLead, storetest.LeadHospital, "accept")
	open(storetest.LiuFang, storetest.EastLead, storetest.LeadHospital, "reject")
	open(storetest.LiJianguo, storetest.WestLead, storetest.LeadHospital)
	clock.Set(storetest.Today.AddDays(1)) // nine in the morning: 24 hours
	show := func(v store.View, q store.PeriodQuery) string {
		t.Helper()
		_, list, err := v.ReferralStats(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range list {
			out = append(out, fmt.Sprintf("%s up %d down %d three %d arrived %d/%d on time %d/%d", r.Name, r.Up, r.Down, r.ThreeHigh, r.Arrived, r.Accepted, r.OnTime, r.Due))
		}
		return strings.Join(out, "; ")
	}
	for _, c := range []struct {
		by   models.Actor
		q    store.PeriodQuery
		want string
	}{
		{storetest.Manager, store.PeriodQuery{By: models.ScopeDistrict}, "榴园区卫生健康局 up 4 down 1 three 0 arrived 1/2 on time 3/4"},
		{storetest.Manager, store.PeriodQuery{By: models.ScopeInstitution}, "榴园镇卫生院 up 4 down 1 three 0 arrived 1/2 on time 3/4; 石榴社区医院 up 0 down 0 three 0 arrived 0/0 on time 0/0"},
		{storetest.EastLead, store.PeriodQuery{By: models.ScopeTeam}, "东村团队 up 3 down 1 three 0 arrived 1/2 on time 3/3"},
		{storetest.Manager, store.PeriodQuery{By: models.ScopeDistrict, From: storetest.Today.AddDays(1)}, "榴园区卫生健康局 up 0 down 0 three 0 arrived 0/0 on time 0/0"},
		{storetest.Manager, store.PeriodQuery{By: models.ScopeDistrict, To: storetest.Today.AddDays(-1)}, "榴园区卫生健康局 up 0 down 0 three 0 arrived 0/0 on time 0/0"},
	} {
		if got := show(s.As(c.by), c.q); got != c.want {
			t.Errorf("%s", got)
		}
	}
	_, _, err := s.As(storetest.Manager).ReferralStats(t.Context(), store.PeriodQuery{By: models.ScopeDistrict, From: storetest.Today, To: storetest.Today.AddDays(-1)})
	wantCode(t, err, "invalid")
	_, _, err = s.As(storetest.Qiang).ReferralStats(t.Context(), store.PeriodQuery{By: models.ScopeDistrict})
	wantCode(t, err, "forbidden")
}
