package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func ecg() models.ConsultDraft {
	return models.ConsultDraft{ResidentID: storetest.ZhangXiuying, Kind: models.ConsultECG, Emergency: true, CentreID: storetest.LeadHospital, Purpose: "判读心电图", Material: "胸闷一天,心电图已上传"}
}

func ask(t *testing.T, s *store.Store, by models.Actor, d models.ConsultDraft) store.ConsultFile {
	t.Helper()
	f, err := s.As(by).AskConsult(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func consultStep(t *testing.T, s *store.Store, by models.Actor, id models.ID, m models.ConsultMove) store.ConsultFile {
	t.Helper()
	f, err := s.As(by).MoveConsult(t.Context(), id, 0, store.ConsultStep{Move: m, Reason: "理由", Report: &models.Report{Findings: "窦性心律", Opinion: "大致正常"}})
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	return f
}

func TestConsultIsAnswered(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	f := ask(t, s, storetest.EastNurseOne, ecg())
	if f.No != "YC37049920261123000001" || f.Status != models.ConsultRequested || f.TeamName != "东村团队" || notices(t, s, store.ConsultAskedNotice) != 1 {
		t.Fatalf("%+v", f.Consult)
	}
	for _, m := range []models.ConsultMove{"accept", "begin", "report"} {
		f = consultStep(t, s, storetest.AtHospital, f.ID, m)
	}
	if f.Opinion != "大致正常" || f.ReporterName != "蒋主任" {
		t.Errorf("%+v", f.ConsultLine)
	}
	if seen, err := s.As(storetest.EastLead).Consult(t.Context(), f.ID); err != nil || seen.Opinion != "" || seen.Status != models.ConsultReported {
		t.Errorf("the team sees a report that is not signed: %q %v", seen.Opinion, err)
	}
	consultStep(t, s, storetest.HospitalHead, f.ID, "sign")
	if notices(t, s, store.ConsultProgressNotice) != 1 {
		t.Error("the team is not told")
	}
	seen, err := s.As(storetest.EastLead).Consult(t.Context(), f.ID)
	if err != nil || seen.Findings != "窦性心律" || seen.SignerName != "沈科长" || len(seen.Moves) != 1 {
		t.Errorf("%+v %v", seen, err)
	}
	if _, err := s.As(storetest.AtHospital).Consult(t.Context(), f.ID); err != nil {
		t.Error(err)
	}
	consultStep(t, s, storetest.EastLead, f.ID, "close")
	_, err = s.As(storetest.AtHospital).Consult(t.Context(), f.ID)
	wantCode(t, err, "not_found") // the relation is over
	for _, m := range []models.ConsultMove{"", "request", "fly"} {
		_, err = s.As(storetest.EastLead).MoveConsult(t.Context(), f.ID, 0, store.ConsultStep{Move: m})
		wantCode(t, err, "invalid")
	}
}

func TestConsultIsSeenByItsEndsOnly(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := ask(t, s, storetest.EastLead, ecg())
	for name, c := range map[string]struct {
		actor models.Actor
		sees  bool
	}{"manager": {storetest.Manager, true}, "boss": {storetest.LiuyuanBoss, true}, "nurse": {storetest.EastNurseOne, true}, "hospital": {storetest.AtHospital, true}, "head": {storetest.HospitalHead, true},
		"west": {storetest.WestLead, false}, "shiliu": {storetest.ShiliuLead, false}, "mei": {storetest.Mei, false}, "auditor": {storetest.AuditorOne, false}, "nobody": {models.Actor{}, false}} {
		_, err := s.As(c.actor).Consult(t.Context(), f.ID)
		list, errList := s.As(c.actor).Consults(t.Context(), store.ConsultFilter{}, store.Page{})
		if (err == nil) != c.sees || errList != nil || (len(list.Items) == 1) != c.sees {
			t.Errorf("%s: %v, %d in the list, %v", name, err, len(list.Items), errList)
		}
	}
	_, err := s.As(storetest.WestLead).AskConsult(t.Context(), ecg())
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.AtHospital).AskConsult(t.Context(), ecg())
	wantCode(t, err, "not_found")
	_, err = s.As(storetest.AtHospital).Resident(t.Context(), storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
}

func TestConsultIsLate(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	storetest.Logins(t, s)
	ask(t, s, storetest.EastLead, ecg())
	watching := func(want int) {
		t.Helper()
		if n, err := s.WatchConsults(t.Context()); err != nil || n != want {
			t.Errorf("%d, want %d, %v", n, want, err)
		}
	}
	clock.Add(models.EmergencyReport - time.Second)
	watching(0)
	clock.Add(time.Second)
	watching(1)
	watching(0)
	if n := notices(t, s, store.ConsultOverdueNotice); n != 2 {
		t.Errorf("%d told", n)
	}
}

// Two doctors of the centre take the same consult up: one does.
func TestConsultIsTakenUpOnce(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := ask(t, s, storetest.EastLead, ecg())
	var wg sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		by := []models.Actor{storetest.AtHospital, storetest.HospitalHead}[i%2]
		wg.Go(func() {
			_, results[i] = s.As(by).MoveConsult(t.Context(), f.ID, 0, store.ConsultStep{Move: models.ConsultAccept})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !models.IsCode(err, "wrong_state") {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d took it up", won)
	}
}

func TestConsultFollowsThePerson(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Hospital(t, s)
	f := ask(t, s, storetest.EastLead, ecg())
	sign(t, s, storetest.LiuyuanBoss, storetest.ZhangXiuying, storetest.WestTeam)
	if got, err := s.As(storetest.WestLead).Consult(t.Context(), f.ID); err != nil || got.TeamID != storetest.WestTeam || got.SenderID != storetest.EastTeam {
		t.Errorf("%+v %v", got.Consult, err)
	}
	if _, err := s.As(storetest.EastLead).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	if got := rows[models.Consult](t, s)[0]; got.Status != models.ConsultCancelled {
		t.Errorf("%s", got.Status)
	}
	if got := rows[models.Event](t, s, "noun = ?", "consult"); got[1].By != "system" {
		t.Errorf("%+v", got)
	}
}

func TestConsultStats(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Hospital(t, s)
	for i, moves := range [][]models.ConsultMove{{"accept", "begin", "report"}, {"reject"}, {}} {
		d := ecg()
		if i == 2 {
			d.Kind, d.Emergency = models.ConsultImaging, false
		}
		f := ask(t, s, storetest.EastLead, d)
		for _, m := range moves {
			consultStep(t, s, storetest.AtHospital, f.ID, m)
		}
	}
	show := func(by models.Actor, q store.PeriodQuery) string {
		t.Helper()
		_, scopes, err := s.As(by).ConsultStats(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, sc := range scopes {
			text := sc.Name
			for _, r := range sc.Rows {
				text += fmt.Sprintf(" %s %d %d/%d", r.Kind, r.Total, r.OnTime, r.Due)
			}
			out = append(out, text)
		}
		return strings.Join(out, "; ")
	}
	if got := show(storetest.Manager, store.PeriodQuery{By: models.ScopeDistrict}); got != "榴园区卫生健康局 opinion 0 0/0 imaging 1 0/0 ecg 1 1/1 lab 0 0/0" {
		t.Error(got)
	}
	clock.Set(storetest.Today.AddDays(1))
	if got := show(storetest.EastLead, store.PeriodQuery{By: models.ScopeTeam}); got != "东村团队 opinion 0 0/0 imaging 1 0/1 ecg 1 1/1 lab 0 0/0" {
		t.Error(got)
	}
	if got := show(storetest.ShiliuLead, store.PeriodQuery{By: models.ScopeInstitution}); got != "石榴社区医院 opinion 0 0/0 imaging 0 0/0 ecg 0 0/0 lab 0 0/0" {
		t.Error(got)
	}
}
