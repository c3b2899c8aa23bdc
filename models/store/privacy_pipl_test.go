package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func TestConsents(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	qiang := s.As(storetest.Qiang)
	c, err := qiang.GiveConsent(t.Context(), 0, models.ForMessages, 1)
	if err != nil || c.ResidentID != storetest.ZhangQiang || c.GuardianID != 0 || len(c.TextHash) != 64 {
		t.Fatalf("%+v %v", c, err)
	}
	_, err = qiang.GiveConsent(t.Context(), 0, models.ForMessages, 1)
	wantCode(t, err, "already_given")
	_, err = qiang.GiveConsent(t.Context(), 0, models.ForService, 2)
	wantField(t, err, "version", "not_current")
	_, err = qiang.GiveConsent(t.Context(), 0, "face", 1)
	wantField(t, err, "purpose", "enum")
	_, err = qiang.GiveConsent(t.Context(), storetest.WangMei, models.ForService, 1)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).GiveConsent(t.Context(), storetest.ZhangQiang, models.ForService, 1)
	wantCode(t, err, "not_found")
	child, err := qiang.GiveConsent(t.Context(), storetest.ZhangXiaobao, models.ForService, 1)
	if err != nil || child.GuardianID != storetest.ZhangQiang {
		t.Errorf("%+v %v", child, err)
	}
	_, err = s.As(models.Actor{Role: models.ResidentRole, ResidentID: storetest.ZhangXiaoyu}).GiveConsent(t.Context(), 0, models.ForService, 1)
	wantField(t, err, "resident_id", "guardian") // she is twelve
	_, err = s.As(storetest.Mei).WithdrawConsent(t.Context(), c.ID)
	wantCode(t, err, "not_found")
	if c, err = qiang.WithdrawConsent(t.Context(), c.ID); err != nil || c.Live != nil || c.WithdrawnAt == nil || c.WithdrawnBy != "resident:2" {
		t.Errorf("%+v %v", c, err)
	}
	_, err = qiang.WithdrawConsent(t.Context(), c.ID)
	wantCode(t, err, "already_withdrawn")
	if again, err := qiang.GiveConsent(t.Context(), 0, models.ForMessages, 1); err != nil || again.ID == c.ID {
		t.Errorf("%+v %v", again, err)
	}
	if list, err := qiang.Consents(t.Context(), 0); err != nil || len(list) != 2 {
		t.Errorf("%+v %v", list, err)
	}
	if _, err := qiang.Consents(t.Context(), storetest.WangMei); !models.IsKind(err, models.NotFound) {
		t.Errorf("%v", err)
	}
	if got := rows[models.Message](t, s, "template = 'consent_withdrawn'"); len(got) != 1 || got[0].AccountID != storetest.EastLead.AccountID || got[0].Data != `{"consent_id":"`+c.ID.String()+`"}` {
		t.Errorf("%+v", got)
	}
}

func TestConsentRace(t *testing.T) {
	s, _ := storetest.District(t)
	won := 0
	for _, err := range race(8, func() error {
		_, err := s.As(storetest.Qiang).GiveConsent(t.Context(), 0, models.ForService, 1)
		return err
	}) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "already_given")
		}
	}
	if n := len(rows[models.Consent](t, s)); won != 1 || n != 1 {
		t.Errorf("%d won, %d rows", won, n)
	}
}

// counting is a phone that takes everything.
type counting struct{ sent int }

func (c *counting) Templates() []models.Subscription {
	return []models.Subscription{models.ForContract}
}
func (c *counting) Send(context.Context, store.Delivery) error {
	c.sent++
	return nil
}

// What a withdrawal is said to bring comes: no message goes to the phone, and no place is
// noted of a visit, until the consent is given again.
func TestWithdrawalsAreKept(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	subscribed(t, s, storetest.Qiang.WechatID, models.ForContract, 10)
	qiang, phone := s.As(storetest.Qiang), &counting{}
	sent := func(want int) {
		t.Helper()
		m := models.Message{Template: "contract_offered", ResidentID: storetest.ZhangQiang, Data: "1", Status: models.MessageWaiting, NotBefore: s.Now(), CreatedAt: s.Now()}
		if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&m) }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.DeliverOutbox(t.Context(), phone); err != nil || phone.sent != want {
			t.Errorf("%d sent, want %d, %v", phone.sent, want, err)
		}
	}
	sent(1) // nobody was asked
	c, err := qiang.GiveConsent(t.Context(), 0, models.ForMessages, 1)
	if err != nil {
		t.Fatal(err)
	}
	sent(2)
	if _, err := qiang.WithdrawConsent(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	sent(2)
	if _, err := qiang.GiveConsent(t.Context(), 0, models.ForMessages, 1); err != nil {
		t.Fatal(err)
	}
	sent(4) // with the one that waited

	place := func() string {
		t.Helper()
		clock.Set(s.Today().AddDays(1))
		d := htn(s.Today(), pressure(150, 92))
		d.VisitWay, d.Place = int(clinical.WayHome), "117.2661,34.7951"
		return rows[models.Encounter](t, s, "id = ?", log(t, s, d).ID)[0].Place
	}
	if got := place(); got == "" {
		t.Error("who was never asked")
	}
	if c, err = qiang.GiveConsent(t.Context(), storetest.ZhangXiuying, models.ForLocation, 1); err != nil {
		t.Fatal(err)
	}
	if got := place(); got == "" {
		t.Error("who said yes")
	}
	if _, err := qiang.WithdrawConsent(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if got := place(); got != "" {
		t.Errorf("who took it back: %q", got)
	}
}

func askPrivacy(t *testing.T, s *store.Store, q models.PrivacyRequest) store.PrivacyFile {
	t.Helper()
	f, err := s.As(storetest.Qiang).AskPrivacy(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPrivacyRequests(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	correction := models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "phone", Wanted: "19900000099"}
	f := askPrivacy(t, s, correction)
	if f.DueOn != mustDate("2026-12-14") || f.InstitutionID != storetest.Liuyuan || f.ResidentName != "张强" || len(f.Actions) != 1 {
		t.Fatalf("%+v", f)
	}
	_, err := s.As(storetest.Qiang).AskPrivacy(t.Context(), correction)
	wantCode(t, err, "already_asked")
	correction.ResidentID = storetest.WangMei
	_, err = s.As(storetest.Qiang).AskPrivacy(t.Context(), correction)
	wantCode(t, err, "not_found")
	boss := s.As(storetest.LiuyuanBoss)
	for name, tt := range map[string]struct {
		actor models.Actor
		sees  bool
	}{
		"institution": {storetest.LiuyuanBoss, true}, "district": {storetest.Manager, true}, "himself": {storetest.Qiang, true}, "lead": {storetest.EastLead, false},
		"another resident": {storetest.Mei, false}, "another institution": {models.Actor{Role: models.InstitutionManager, AccountID: 9, InstitutionID: storetest.Shiliu}, false},
		"officer": {storetest.Officer, false}, "auditor": {storetest.AuditorOne, false}, "nobody": {models.Actor{}, false},
	} {
		_, err := s.As(tt.actor).PrivacyRequest(t.Context(), f.ID)
		list, listErr := s.As(tt.actor).PrivacyRequests(t.Context(), store.PrivacyFilter{Status: models.RequestSubmitted}, store.Page{})
		if (err == nil) != tt.sees || listErr != nil || (len(list.Items) == 1) != tt.sees {
			t.Errorf("%s: %v, %d", name, err, len(list.Items))
		}
	}
	if _, err := boss.MovePrivacy(t.Context(), f.ID, 1, models.MoveTakeRequest, ""); err != nil {
		t.Fatal(err)
	}
	_, err = boss.MovePrivacy(t.Context(), f.ID, 1, models.MoveFulfilRequest, "已更正")
	wantCode(t, err, "stale")
	_, err = boss.MovePrivacy(t.Context(), f.ID, 0, models.MoveEraseRequest, "")
	wantCode(t, err, "wrong_kind")
	if f, err = boss.MovePrivacy(t.Context(), f.ID, 2, models.MoveFulfilRequest, "已更正"); err != nil || f.Status != models.RequestDone || f.Answer != "已更正" || !f.WaitingUntil.IsZero() || len(f.History) != 3 {
		t.Errorf("%+v %v", f, err)
	}
	if got := rows[models.Message](t, s, "template = ?", store.PrivacyAnswerNotice); len(got) != 1 || got[0].ResidentID != storetest.ZhangQiang {
		t.Errorf("%+v", got)
	}
}

func TestErasure(t *testing.T) {
	s, _ := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	f := askPrivacy(t, s, models.PrivacyRequest{Kind: models.DeletionRequest})
	boss := s.As(storetest.LiuyuanBoss)
	if _, err := boss.MovePrivacy(t.Context(), f.ID, 0, models.MoveTakeRequest, ""); err != nil {
		t.Fatal(err)
	}
	_, err := boss.MovePrivacy(t.Context(), f.ID, 0, models.MoveEraseRequest, "")
	wantCode(t, err, "has_contract")
	if got := rows[models.Resident](t, s, "id = ?", storetest.ZhangQiang)[0]; got.Phone == "" {
		t.Error("a refused erasure erased")
	}
	c := rows[models.Contract](t, s)[0]
	if _, err := s.As(storetest.Qiang).Terminate(t.Context(), c.ID, 0, models.StopByResident, ""); err != nil {
		t.Fatal(err)
	}
	if f, err = boss.MovePrivacy(t.Context(), f.ID, 0, models.MoveEraseRequest, ""); err != nil || f.Status != models.RequestPartly || f.Answer != models.RetentionReason {
		t.Fatalf("%+v %v", f, err)
	}
	got := rows[models.Resident](t, s, "id = ?", storetest.ZhangQiang)[0]
	if got.Phone != "" || got.PhoneIndex != "" || got.Address != "" || got.Name != "张强" || got.DocumentNo == "" {
		t.Errorf("%+v", got)
	}
	if n := len(rows[models.Contract](t, s)); n != 1 {
		t.Errorf("%d contracts are left", n)
	}
	verify(t, s)
}

func TestPrivacyDeadlines(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	f := askPrivacy(t, s, models.PrivacyRequest{Kind: models.DeletionRequest})
	for _, step := range []struct {
		day           models.Date
		told, overdue int
	}{
		{f.DueOn.AddDays(-models.RequestRemindDays - 1), 0, 0}, {f.DueOn.AddDays(-models.RequestRemindDays), 1, 0}, {f.DueOn, 0, 0}, {f.DueOn.AddDays(1), 1, 1}, {f.DueOn.AddDays(2), 0, 1},
	} {
		clock.Set(step.day)
		for run, want := range []int{step.told, 0} {
			if n, err := s.RemindPrivacy(t.Context()); err != nil || n != want {
				t.Errorf("%s, run %d: %d, want %d, %v", step.day, run, n, want, err)
			}
		}
		if l, err := s.As(storetest.LiuyuanBoss).PrivacyRequests(t.Context(), store.PrivacyFilter{Overdue: true}, store.Page{}); err != nil || len(l.Items) != step.overdue {
			t.Errorf("%s: %d overdue, %v", step.day, len(l.Items), err)
		}
	}
	if _, err := s.As(storetest.Qiang).MovePrivacy(t.Context(), f.ID, 0, models.MoveWithdrawRequest, ""); err != nil {
		t.Fatal(err)
	}
	if l, err := s.As(storetest.LiuyuanBoss).PrivacyRequests(t.Context(), store.PrivacyFilter{Overdue: true}, store.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("withdrawn: %d overdue, %v", len(l.Items), err)
	}
}

// exported is an export as JSON text by section.
func exported(t *testing.T, v store.View, resident models.ID) (map[string]string, error) {
	t.Helper()
	e, err := v.OpenExport(t.Context(), resident)
	if err != nil {
		return nil, err
	}
	out, name := map[string]string{}, ""
	err = e.Each(t.Context(), func(n string) error { name = n; out[n] = ""; return nil }, func(item any) error {
		text, err := json.Marshal(item)
		out[name] += string(text)
		return err
	})
	return out, err
}

func TestExport(t *testing.T) {
	s, clock := storetest.District(t)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	log(t, s, htn(storetest.Today, pressure(151, 92)))
	complain(t, s, nil)
	askPrivacy(t, s, models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "phone", Wanted: "19900000099"})
	qiang := s.As(storetest.Qiang)
	if _, err := qiang.GiveConsent(t.Context(), 0, models.ForService, 1); err != nil {
		t.Fatal(err)
	}
	own, err := exported(t, qiang, 0)
	if err != nil {
		t.Fatal(err)
	}
	for section, want := range map[string]string{"profile": `"phone":"19900000002"`, "complaints": "没有人接待", "consents": `"purpose":"service"`, "requests": "19900000099"} {
		if !strings.Contains(own[section], want) {
			t.Errorf("%s: %s", section, own[section])
		}
	}
	ward, err := exported(t, qiang, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	for section, want := range map[string]string{"profile": `"phone":"199****0001"`, "contracts": `"status":"active"`, "visits": `"visit_way":1`, "followups": `"sbp":151`, "readings": `"kind":"bp"`, "populations": "高血压"} {
		if !strings.Contains(ward[section], want) {
			t.Errorf("%s: %s", section, ward[section])
		}
	}
	if strings.Contains(fmt.Sprint(ward), "19900000001") || strings.Contains(fmt.Sprint(ward), "没有人接待") {
		t.Error("a ward's export holds what is not to be there")
	}
	_, err = qiang.OpenExport(t.Context(), storetest.WangMei)
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.EastLead).OpenExport(t.Context(), storetest.ZhangQiang)
	wantCode(t, err, "not_found")
	if _, err = exported(t, qiang, 0); err != nil {
		t.Fatal(err)
	}
	_, err = qiang.OpenExport(t.Context(), 0)
	wantCode(t, err, "export_limit")
	if n := len(rows[models.AuditRow](t, s, "action = 'privacy.export'")); n != models.MaxExportsPerDay {
		t.Errorf("%d exports recorded", n)
	}
	clock.Set(storetest.Today.AddDays(1))
	if _, err = exported(t, qiang, 0); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// Many phones at once get no more exports than one.
func TestExportRace(t *testing.T) {
	s, _ := storetest.District(t)
	won := 0
	for _, err := range race(8, func() error { _, err := s.As(storetest.Qiang).OpenExport(t.Context(), 0); return err }) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "export_limit")
		}
	}
	if won != models.MaxExportsPerDay {
		t.Errorf("%d exports", won)
	}
}

func TestPrivacyRequestIsSealed(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	f := askPrivacy(t, s, models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "other", Wanted: "秘密的内容"})
	if _, err := s.As(storetest.LiuyuanBoss).MovePrivacy(t.Context(), f.ID, 0, models.MoveRefuseRequest, "秘密的答复"); err != nil {
		t.Fatal(err)
	}
	err := store.EachCell(t.Context(), db, func(table, column, text string) {
		if strings.Contains(text, "秘密") {
			t.Errorf("%s.%s holds it in clear", table, column)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
