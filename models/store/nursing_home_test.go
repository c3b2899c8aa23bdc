package store_test

import (
	"fmt"
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

var aHome = models.NursingHome{Name: "榴园颐养中心", USCC: "12370499MB0000019X", Contact: "孙大圣", Phone: "13900000001", Beds: 2}

func addHome(t *testing.T, s *store.Store) models.NursingHome {
	t.Helper()
	h, err := s.As(storetest.LiuyuanBoss).AddNursingHome(t.Context(), aHome)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func agreementWith(home models.ID) models.HomeAgreement {
	return models.HomeAgreement{HomeID: home, Model: "network", Services: "rounds,referral", BeginOn: storetest.Today, EndOn: models.TermEnd(storetest.Today, 1)}
}

// agreed is an agreement of the home with 榴园镇卫生院 that is kept.
func agreed(t *testing.T, s *store.Store, home models.ID) store.HomeAgreementFile {
	t.Helper()
	v := s.As(storetest.LiuyuanBoss)
	a, err := v.DraftHomeAgreement(t.Context(), agreementWith(home))
	if err != nil {
		t.Fatal(err)
	}
	if a, err = v.MoveHomeAgreement(t.Context(), a.ID, 0, models.HomeAgreementStep{Move: models.MoveActivateHome}); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestHomeAgreementIsKept(t *testing.T) {
	s, clock := storetest.District(t)
	a := agreed(t, s, addHome(t, s).ID)
	if a.InstitutionID != storetest.Liuyuan || a.Status != models.HomeActive || a.PerWeek != 1 || a.Version != 2 || len(a.History) != 2 || len(a.Actions) != 3 {
		t.Fatalf("%+v", a)
	}
	boss, lead := s.As(storetest.LiuyuanBoss), s.As(storetest.EastLead)
	round := func(on models.Date) error {
		_, err := lead.LogRound(t.Context(), a.ID, models.HomeRound{On: on, People: 2, Notes: "测血压"})
		return err
	}
	if err := round(storetest.Today); err != nil {
		t.Fatal(err)
	}
	wantCode(t, round(storetest.Today), "already_logged")
	wantField(t, round(storetest.Today.AddDays(1)), "on", "future")
	_, err := lead.LogRound(t.Context(), a.ID, models.HomeRound{On: storetest.Today, People: 3})
	wantField(t, err, "people", "out_of_range")
	_, err = lead.LogRound(t.Context(), a.ID, models.HomeRound{On: storetest.Today, StaffID: storetest.ShiliuDoctor})
	wantField(t, err, "staff_id", "other_institution")
	for name, actor := range map[string]models.Actor{"another institution": storetest.ShiliuLead, "resident": storetest.Qiang, "auditor": storetest.AuditorOne, "nobody": {}} {
		_, err := s.As(actor).LogRound(t.Context(), a.ID, models.HomeRound{On: storetest.Today})
		if !models.IsKind(err, models.NotFound) {
			t.Errorf("%s logs a round: %v", name, err)
		}
		if _, err := s.As(actor).HomeAgreement(t.Context(), a.ID); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s reads it: %v", name, err)
		}
	}
	clock.Set(storetest.Today.AddDays(8))
	if _, err := boss.MoveHomeAgreement(t.Context(), a.ID, 0, models.HomeAgreementStep{Move: models.MoveSuspendHome, Reason: "养老机构装修"}); err != nil {
		t.Fatal(err)
	}
	wantCode(t, round(storetest.Today.AddDays(8)), "wrong_state")
	clock.Set(storetest.Today.AddDays(20))
	if _, err := boss.MoveHomeAgreement(t.Context(), a.ID, 0, models.HomeAgreementStep{Move: models.MoveResumeHome}); err != nil {
		t.Fatal(err)
	}
	clock.Set(storetest.Today.AddDays(28))
	// Four weeks have passed: one kept, two suspended, one without a round.
	a, err = boss.HomeAgreement(t.Context(), a.ID)
	if err != nil || a.Done != 1 || a.Expected != 2 || len(a.Rounds) != 1 || a.Staff[storetest.EastDoctor] != "周医生" || a.Rounds[0].Notes != "测血压" {
		t.Errorf("%+v %v", a, err)
	}
	rates, err := s.As(storetest.Manager).HomeRates(t.Context(), models.ScopeInstitution)
	if err != nil || rates[0] != (store.HomeRow{Kind: models.ScopeInstitution, ScopeID: storetest.Liuyuan, Name: "榴园镇卫生院", Homes: 1, Beds: 2, Done: 1, Expected: 2}) || rates[1].Homes != 0 {
		t.Errorf("%+v %v", rates, err)
	}
}

func TestHomeAgreementRefusals(t *testing.T) {
	s, _ := storetest.District(t)
	h := addHome(t, s)
	boss := s.As(storetest.LiuyuanBoss)
	_, err := boss.AddNursingHome(t.Context(), aHome)
	wantCode(t, err, "already_entered")
	_, err = s.As(storetest.EastLead).AddNursingHome(t.Context(), aHome)
	wantCode(t, err, "forbidden")
	changed := aHome
	changed.Beds = 3
	_, err = boss.ChangeNursingHome(t.Context(), h.ID, 7, changed)
	wantCode(t, err, "stale")
	if got, err := boss.ChangeNursingHome(t.Context(), h.ID, 1, changed); err != nil || got.Beds != 3 || got.Version != 2 {
		t.Errorf("%+v %v", got, err)
	}
	other := agreementWith(h.ID)
	other.InstitutionID = storetest.Shiliu
	_, err = boss.DraftHomeAgreement(t.Context(), other)
	wantCode(t, err, "forbidden")
	_, err = s.As(storetest.EastLead).DraftHomeAgreement(t.Context(), agreementWith(h.ID))
	if err == nil {
		t.Error("a team lead drafts")
	}
	_, err = boss.DraftHomeAgreement(t.Context(), agreementWith(99))
	wantField(t, err, "home_id", "unknown")
	a := agreed(t, s, h.ID)
	_, err = boss.DraftHomeAgreement(t.Context(), agreementWith(h.ID))
	wantCode(t, err, "already_agreed")
	_, err = boss.MoveHomeAgreement(t.Context(), a.ID, 1, models.HomeAgreementStep{Move: models.MoveSuspendHome, Reason: "停"})
	wantCode(t, err, "stale")
	_, err = s.As(storetest.EastLead).MoveHomeAgreement(t.Context(), a.ID, 0, models.HomeAgreementStep{Move: models.MoveSuspendHome, Reason: "停"})
	wantCode(t, err, "forbidden")
	if _, err = boss.MoveHomeAgreement(t.Context(), a.ID, 0, models.HomeAgreementStep{Move: models.MoveTerminateHome, Reason: "停办"}); err != nil {
		t.Fatal(err)
	}
	if _, err = boss.DraftHomeAgreement(t.Context(), agreementWith(h.ID)); err != nil {
		t.Errorf("after the end: %v", err)
	}
	if l, err := boss.HomeAgreements(t.Context(), store.HomeAgreementFilter{Status: models.HomeTerminated, HomeID: h.ID, InstitutionID: 2}, store.Page{}); err != nil || len(l.Items) != 1 {
		t.Errorf("%+v %v", l, err)
	}
	if l, err := s.As(storetest.ShiliuLead).HomeAgreements(t.Context(), store.HomeAgreementFilter{}, store.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("another institution lists %+v %v", l, err)
	}
	if l, err := s.As(storetest.Qiang).NursingHomes(t.Context(), store.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("a resident lists %+v %v", l, err)
	}
}

func TestHomeAgreementRace(t *testing.T) {
	s, _ := storetest.District(t)
	h := addHome(t, s)
	won := 0
	for _, err := range race(8, func() error {
		_, err := s.As(storetest.LiuyuanBoss).DraftHomeAgreement(t.Context(), agreementWith(h.ID))
		return err
	}) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "already_agreed")
		}
	}
	if n := len(rows[models.HomeAgreement](t, s)); won != 1 || n != 1 {
		t.Errorf("%d won, %d drafted", won, n)
	}
}

func TestHomeAgreementsRoll(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	a := agreed(t, s, addHome(t, s).ID)
	for _, step := range []struct {
		day     models.Date
		changed int
		status  models.HomeAgreementStatus
	}{
		{a.EndOn.AddDays(-models.HomeRemindBefore - 1), 0, models.HomeActive}, {a.EndOn.AddDays(-models.HomeRemindBefore), 1, models.HomeActive},
		{a.EndOn, 0, models.HomeActive}, {a.EndOn.AddDays(1), 1, models.HomeExpired}, {a.EndOn.AddDays(2), 0, models.HomeExpired},
	} {
		clock.Set(step.day)
		for run, want := range []int{step.changed, 0} {
			if n, err := s.RollHomeAgreements(t.Context()); err != nil || n != want {
				t.Errorf("%s, run %d: %d, want %d, %v", step.day, run, n, want, err)
			}
		}
		if got := rows[models.HomeAgreement](t, s)[0]; got.Status != step.status {
			t.Errorf("%s: %s", step.day, got.Status)
		}
	}
	var told []string
	for _, m := range rows[models.Message](t, s) {
		told = append(told, fmt.Sprint(m.Template, " ", m.AccountID))
	}
	if fmt.Sprint(told) != "[home_agreement_ending 102 home_agreement_expired 102]" {
		t.Errorf("%v", told)
	}
	step := models.HomeAgreementStep{Move: models.MoveRenewHome, Until: a.EndOn.AddYears(1)}
	if got, err := s.As(storetest.LiuyuanBoss).MoveHomeAgreement(t.Context(), a.ID, 0, step); err != nil || got.Status != models.HomeActive || got.EndOn != step.Until {
		t.Errorf("%+v %v", got, err)
	}
}

func TestHomeStays(t *testing.T) {
	s, _ := storetest.District(t)
	h := addHome(t, s)
	lead := s.As(storetest.EastLead)
	stay, err := lead.Admit(t.Context(), h.ID, storetest.ZhangXiuying, storetest.Today.AddDays(-3))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := lead.Resident(t.Context(), storetest.ZhangXiuying); err != nil || r.Resident.AddressKind != "nursing_home" {
		t.Errorf("%+v %v", r.Resident.AddressKind, err)
	}
	_, err = lead.Admit(t.Context(), h.ID, storetest.ZhangXiuying, storetest.Today)
	wantCode(t, err, "in_a_home")
	_, err = lead.Admit(t.Context(), h.ID, storetest.LiJianguo, storetest.Today)
	wantCode(t, err, "not_found")
	_, err = lead.Admit(t.Context(), h.ID, storetest.ZhangQiang, storetest.Today.AddDays(1))
	wantField(t, err, "begin", "future")
	_, err = lead.Admit(t.Context(), 99, storetest.ZhangQiang, storetest.Today)
	wantCode(t, err, "not_found")
	if _, err = s.As(storetest.WestLead).Admit(t.Context(), h.ID, storetest.LiJianguo, storetest.Today); err != nil {
		t.Fatal(err)
	}
	_, err = lead.Admit(t.Context(), h.ID, storetest.ZhangQiang, storetest.Today)
	wantCode(t, err, "home_full")
	for name, tt := range map[string]struct {
		actor models.Actor
		sees  string
	}{"lead": {storetest.EastLead, "张秀英"}, "west": {storetest.WestLead, "李建国"}, "institution": {storetest.LiuyuanBoss, "张秀英李建国"}, "elsewhere": {storetest.ShiliuLead, ""}} {
		l, err := s.As(tt.actor).HomeResidents(t.Context(), h.ID, store.Page{})
		got := ""
		for _, x := range l.Items {
			got += x.Resident.Name
		}
		if err != nil || got != tt.sees {
			t.Errorf("%s sees %q, %v", name, got, err)
		}
	}
	if got := rows[models.AuditRow](t, s, "action = 'home_stay.list' AND detail LIKE '%1%'"); len(got) < 2 {
		t.Errorf("%d reads witnessed", len(got))
	}
	_, err = s.As(storetest.WestLead).EndStay(t.Context(), stay.ID, storetest.Today)
	wantCode(t, err, "not_found")
	_, err = lead.EndStay(t.Context(), stay.ID, storetest.Today.AddDays(-4))
	wantField(t, err, "end", "out_of_range")
	if _, err = lead.EndStay(t.Context(), stay.ID, storetest.Today); err != nil {
		t.Fatal(err)
	}
	_, err = lead.EndStay(t.Context(), stay.ID, storetest.Today)
	wantCode(t, err, "already_ended")
	if r, err := lead.Resident(t.Context(), storetest.ZhangXiuying); err != nil || r.Resident.AddressKind != "home" {
		t.Errorf("%+v %v", r.Resident.AddressKind, err)
	}
	if _, err := s.As(storetest.WestLead).Leave(t.Context(), storetest.LiJianguo, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	for _, x := range rows[models.HomeStay](t, s) {
		if x.Open != nil || x.End != storetest.Today {
			t.Errorf("a stay goes on: %+v", x)
		}
	}
	verify(t, s)
}

// The last bed is given once.
func TestHomeStayRace(t *testing.T) {
	s, _ := storetest.District(t)
	h := addHome(t, s)
	people := []models.ID{storetest.ZhangXiuying, storetest.ZhangQiang, storetest.LiuFang, storetest.LiJianguo, storetest.LiDashan}
	next := make(chan models.ID, len(people))
	for _, p := range people {
		next <- p
	}
	for _, err := range race(len(people), func() error {
		_, err := s.As(storetest.LiuyuanBoss).Admit(t.Context(), h.ID, <-next, storetest.Today)
		return err
	}) {
		if err != nil {
			wantCode(t, err, "home_full")
		}
	}
	if n := len(rows[models.HomeStay](t, s)); n != h.Beds {
		t.Errorf("%d live in %d beds", n, h.Beds)
	}
}

func TestHomeContactIsSealed(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	a := agreed(t, s, addHome(t, s).ID)
	if _, err := s.As(storetest.EastLead).LogRound(t.Context(), a.ID, models.HomeRound{On: storetest.Today, Notes: "秘密的记录"}); err != nil {
		t.Fatal(err)
	}
	err := store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range []string{"孙大圣", "13900000001", "秘密"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds it in clear", table, column)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
