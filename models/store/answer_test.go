package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// ticked is a visit of 张秀英 that delivers services without a form.
func ticked(on models.Date, way clinical.Way, services ...clinical.Service) models.EncounterDraft {
	return models.EncounterDraft{ResidentID: storetest.ZhangXiuying, VisitedOn: on, VisitWay: int(way), Services: services}
}

func auditRowsOf(t *testing.T, s *store.Store, action string) []models.AuditRow {
	t.Helper()
	return rows[models.AuditRow](t, s, "action = ?", action)
}

func TestAnswerByAGuardian(t *testing.T) {
	s, _ := storetest.District(t)
	visit := log(t, s, ticked(storetest.Today, clinical.WayClinic, "consult"))
	for name, actor := range map[string]models.Actor{"another resident": storetest.Mei, "another team": storetest.WestLead, "nobody": {}} {
		_, err := s.As(actor).ConfirmVisit(t.Context(), visit.ID, 0)
		wantCode(t, err, "not_found")
		_, err = s.As(actor).DenyVisit(t.Context(), visit.ID, 0, "没来过")
		wantCode(t, err, "not_found")
		if name == "nobody" {
			continue
		}
		_, err = s.As(actor).ConfirmVisit(t.Context(), 999, 0)
		wantCode(t, err, "not_found")
	}
	_, err := s.As(storetest.EastLead).ConfirmVisit(t.Context(), visit.ID, 0)
	wantCode(t, err, "forbidden") // staff never answer for a resident
	v := s.As(storetest.Qiang)
	_, err = v.ConfirmVisit(t.Context(), visit.ID, visit.Version+1)
	wantCode(t, err, "stale")
	got, err := v.ConfirmVisit(t.Context(), visit.ID, visit.Version)
	if err != nil || got.Answer != models.Confirmed || got.AnsweredBy != "resident:2" || got.AnsweredAt == nil || got.Version != visit.Version+1 || got.ResidentName != "张秀英" {
		t.Fatalf("%+v %v", got, err)
	}
	if trail := auditRowsOf(t, s, "followup.confirm"); len(trail) != 1 || trail[0].Detail != "acting_for" || trail[0].Actor != "resident:2" || trail[0].ResidentID != storetest.ZhangXiuying || trail[0].ObjectID != visit.ID {
		t.Errorf("%+v", trail)
	}
	_, err = v.DenyVisit(t.Context(), visit.ID, 0, "记错了")
	wantCode(t, err, "already_answered")
	if n := len(rows[models.Flag](t, s)); n != 0 {
		t.Errorf("%d flags without a denial", n)
	}
}

func TestAnswerOfTheResident(t *testing.T) {
	s, _ := storetest.District(t)
	d := ticked(storetest.Today, clinical.WayClinic, "consult")
	d.ResidentID = storetest.WangMei
	visit, err := s.As(storetest.ShiliuLead).LogEncounter(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Mei).ConfirmVisit(t.Context(), visit.ID, 0); err != nil {
		t.Fatal(err)
	}
	if trail := auditRowsOf(t, s, "followup.confirm"); len(trail) != 1 || trail[0].Detail != "" || trail[0].Actor != "resident:8" {
		t.Errorf("nobody acted for her: %+v", trail)
	}
}

// TestAnswerDenied follows a denial: the flag for the lead with the resident's words, which
// lie nowhere in clear, and a notice that names the visit alone.
func TestAnswerDenied(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	storetest.Logins(t, s)
	visit := log(t, s, ticked(storetest.Today, clinical.WayHome, "consult"))
	v := s.As(storetest.Qiang)
	for reason, code := range map[string]string{"": "required", " \n ": "required", strings.Repeat("长", 201): "too_long"} {
		_, err := v.DenyVisit(t.Context(), visit.ID, 0, reason)
		wantField(t, err, "reason", code)
	}
	const words = "那天我们都在外地,没有人来过"
	got, err := v.DenyVisit(t.Context(), visit.ID, 0, " "+words+" ")
	if err != nil || got.Answer != models.Denied {
		t.Fatalf("%+v %v", got, err)
	}
	flags := rows[models.Flag](t, s)
	if len(flags) != 1 || flags[0].Kind != models.FlagDenied || flags[0].Status != models.FlagOpen || flags[0].Note != words || flags[0].Reason != models.DenialReason ||
		flags[0].RaisedBy != "resident:2" || flags[0].RaisedOn != storetest.Today || flags[0].TeamID != storetest.EastTeam || flags[0].EncounterID != visit.ID {
		t.Fatalf("%+v", flags)
	}
	notices := rows[models.Message](t, s, "template = ?", store.DenialNotice)
	if len(notices) != 1 || notices[0].AccountID != storetest.EastLead.AccountID || notices[0].ResidentID != 0 || notices[0].Data != `{"encounter_id":"`+visit.ID.String()+`"}` {
		t.Errorf("%+v", notices)
	}
	if trail := auditRowsOf(t, s, "followup.deny"); len(trail) != 1 || trail[0].Detail != "acting_for" {
		t.Errorf("%+v", trail)
	}
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		if strings.Contains(text, "外地") {
			t.Errorf("%s.%s holds the resident's words in clear", table, column)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	// Voided later on, the answer stays recorded and can no longer be given.
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), visit.ID, 0, "居民反映属实"); err != nil {
		t.Fatal(err)
	}
	kept, err := v.Encounter(t.Context(), visit.ID)
	if err != nil || !kept.Voided || kept.Answer != models.Denied {
		t.Errorf("%+v %v", kept, err)
	}
	clock.Set(storetest.Today.AddDays(1))
	_, err = v.ConfirmVisit(t.Context(), visit.ID, 0)
	wantCode(t, err, "voided")
}

func TestAnswerWindow(t *testing.T) {
	s, clock := storetest.District(t)
	first := log(t, s, ticked(storetest.Today.AddDays(-40), clinical.WayClinic, "consult")) // entered late: the window opens with the entry
	second := log(t, s, ticked(storetest.Today, clinical.WayClinic, "consult"))
	voided := log(t, s, ticked(storetest.Today, clinical.WayClinic, "record"))
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), voided.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	waiting := func(by models.Actor, resident models.ID) int {
		t.Helper()
		n, page := 0, store.Page{Limit: 1}
		for {
			list, err := s.As(by).Encounters(t.Context(), store.EncounterFilter{Waiting: true, ResidentID: resident}, page)
			if err != nil {
				t.Fatal(err)
			}
			n += len(list.Items)
			if page.Cursor = list.Next; page.Cursor == "" {
				return n
			}
		}
	}
	clock.Set(storetest.Today.AddDays(models.AnswerDays))
	clock.Add(14 * time.Hour) // eleven at night
	for name, n := range map[string]int{"her son": waiting(storetest.Qiang, 0), "her son, for her": waiting(storetest.Qiang, storetest.ZhangXiuying),
		"the team": waiting(storetest.EastLead, 0), "the institution": waiting(storetest.LiuyuanBoss, 0), "the district": waiting(storetest.Manager, 0)} {
		if n != 2 {
			t.Errorf("%s: %d visits wait on the last day", name, n)
		}
	}
	if n := waiting(storetest.WestLead, 0) + waiting(storetest.Mei, 0); n != 0 {
		t.Errorf("strangers see %d", n)
	}
	if _, err := s.As(storetest.Qiang).ConfirmVisit(t.Context(), first.ID, 0); err != nil {
		t.Fatalf("late on the last day: %v", err)
	}
	if n := waiting(storetest.Qiang, 0); n != 1 {
		t.Errorf("%d wait after one was answered", n)
	}
	clock.Add(2 * time.Hour) // one in the morning of day 31
	if n := waiting(storetest.Qiang, 0); n != 0 {
		t.Errorf("%d wait after the window", n)
	}
	_, err := s.As(storetest.Qiang).DenyVisit(t.Context(), second.ID, 0, "没来过")
	wantCode(t, err, "too_late")
	var e *models.Error
	if asError(err, &e); e == nil || e.Details["last_day"] != "2026-12-23" || !strings.Contains(e.Message, "2026年12月23日") {
		t.Errorf("the answer names the last day: %+v", e)
	}
	if n := len(rows[models.Flag](t, s)); n != 0 {
		t.Errorf("%d flags of a denial that came too late", n)
	}
}

// TestAnswerRace lets sixteen answer at once: one wins, and what the others wanted leaves
// no trace.
func TestAnswerRace(t *testing.T) {
	s, _ := storetest.District(t)
	visit := log(t, s, ticked(storetest.Today, clinical.WayClinic, "consult"))
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for i := range errs {
		wg.Go(func() {
			v := s.As(storetest.Qiang)
			if i%2 == 0 {
				_, errs[i] = v.ConfirmVisit(t.Context(), visit.ID, 0)
			} else {
				_, errs[i] = v.DenyVisit(t.Context(), visit.ID, 0, "没来过")
			}
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err != nil:
			wantCode(t, err, "already_answered")
		case winner >= 0:
			t.Errorf("%d and %d both won", winner, i)
		default:
			winner = i
		}
	}
	got, err := s.As(storetest.Qiang).Encounter(t.Context(), visit.ID)
	want, flags := models.Confirmed, 0
	if winner%2 == 1 {
		want, flags = models.Denied, 1
	}
	if err != nil || winner < 0 || got.Answer != want || got.Version != 2 || len(rows[models.Flag](t, s)) != flags {
		t.Errorf("winner %d: %+v, %d flags, %v", winner, got.Encounter, len(rows[models.Flag](t, s)), err)
	}
	if n := len(auditRowsOf(t, s, "followup.confirm")) + len(auditRowsOf(t, s, "followup.deny")); n != 1 {
		t.Errorf("%d answers in the audit", n)
	}
}

// TestAnswerRetried sends one denial eight times under one key: every answer is the first,
// and so is the one that comes later.
func TestAnswerRetried(t *testing.T) {
	s, _ := storetest.District(t)
	visit := log(t, s, ticked(storetest.Today, clinical.WayClinic, "consult"))
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "deny-followup", Hash: "h"})
	got := make([]store.Visit, 9)
	deny := func(i int) {
		var err error
		if got[i], err = s.As(storetest.Qiang).DenyVisit(ctx, visit.ID, visit.Version, "没来过"); err != nil {
			t.Errorf("retry: %v", err)
		}
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { deny(i) })
	}
	wg.Wait()
	deny(8)
	for _, v := range got {
		if v.Answer != models.Denied || v.Version != 2 || v.AnsweredAt == nil || !v.AnsweredAt.Equal(*got[0].AnsweredAt) {
			t.Errorf("another answer: %+v", v.Encounter)
		}
	}
	if f, a := len(rows[models.Flag](t, s)), len(auditRowsOf(t, s, "followup.deny")); f != 1 || a != 1 {
		t.Errorf("%d flags, %d denials in the audit", f, a)
	}
}

// TestAnswerIsAskedFor tells who is asked: the resident, when the resident or a guardian uses
// the mini-program, else nobody; and once for each visit.
func TestAnswerIsAskedFor(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	asked := func() []models.Message {
		t.Helper()
		return rows[models.Message](t, s, "template = ?", store.ConfirmNotice)
	}
	log(t, s, ticked(storetest.Today, clinical.WayClinic, "consult"))
	if n := len(asked()); n != 0 {
		t.Fatalf("张秀英 has no mini-program and no guardian: %d messages", n)
	}
	if _, err := s.As(storetest.EastLead).AddGuardian(t.Context(), storetest.ZhangXiuying, store.Guardianship{GuardianID: storetest.ZhangQiang, Relation: "20", Consent: store.ConsentOnSite, Evidence: "本人同意"}); err != nil {
		t.Fatal(err)
	}
	visit := log(t, s, ticked(storetest.Today, clinical.WayClinic, "record"))
	if m := asked(); len(m) != 1 || m[0].ResidentID != storetest.ZhangXiuying || m[0].Data != `{"encounter_id":"`+visit.ID.String()+`"}` {
		t.Fatalf("%+v", m)
	}
	own := ticked(storetest.Today, clinical.WayClinic, "consult")
	own.ResidentID = storetest.ZhangQiang
	visit = log(t, s, own)
	if m := asked(); len(m) != 2 || m[1].ResidentID != storetest.ZhangQiang || m[1].Data != `{"encounter_id":"`+visit.ID.String()+`"}` {
		t.Fatalf("%+v", m)
	}
	clock.Set(storetest.Today.AddYears(1).AddDays(1)) // the guardianship has ended
	log(t, s, ticked(storetest.Today.AddYears(1), clinical.WayClinic, "consult"))
	if n := len(asked()); n != 2 {
		t.Errorf("%d messages", n)
	}
}
