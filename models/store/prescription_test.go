package store_test

import (
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func askPills(t *testing.T, s *store.Store, by models.Actor, resident models.ID) (store.PrescriptionLine, error) {
	t.Helper()
	return s.As(by).AskPrescription(t.Context(), models.Prescription{ResidentID: resident, Program: "hypertension",
		Lines: []models.PrescriptionLine{{Name: "氨氯地平片", Class: models.OrdinaryDrug, Dose: "五毫克", Frequency: "每日一次", Days: 84}}})
}

func movePills(t *testing.T, s *store.Store, by models.Actor, id models.ID, m models.PrescriptionMove) (store.PrescriptionLine, error) {
	t.Helper()
	return s.As(by).MovePrescription(t.Context(), id, 0, m, models.PrescriptionStep{Reason: "理由", Assessment: "血压平稳", Signature: signature})
}

// dispensed takes a prescription all the way.
func dispensed(t *testing.T, s *store.Store, id models.ID) store.PrescriptionLine {
	t.Helper()
	var x store.PrescriptionLine
	for _, step := range []struct {
		by models.Actor
		m  models.PrescriptionMove
	}{{storetest.EastLead, models.RxAssess}, {storetest.Qiang, models.RxSign}, {storetest.LiuyuanBoss, models.RxPass}, {storetest.EastLead, models.RxIssue}, {storetest.EastNurseOne, models.RxDispense}} {
		var err error
		if x, err = movePills(t, s, step.by, id, step.m); err != nil {
			t.Fatalf("%s: %v", step.m, err)
		}
	}
	return x
}

func TestPrescriptionIsSealedAndReminded(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	x, err := askPills(t, s, storetest.Qiang, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	x = dispensed(t, s, x.ID)
	ends := storetest.Today.AddDays(83)
	if x.SupplyEnds != ends || x.IssuedOn != storetest.Today || x.FollowupID == 0 || len(x.Lines) != 1 || x.Lines[0].Name != "氨氯地平片" {
		t.Errorf("%+v", x)
	}
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range []string{"氨氯地平", "五毫克", "血压平稳", signature[:60]} {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds %s in clear", table, column, secret)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day  models.Date
		want int
	}{{ends.AddDays(-8), 0}, {ends.AddDays(-7), 1}, {ends.AddDays(-7), 0}, {ends, 0}} {
		clock.Set(c.day)
		if n, err := s.RemindPrescriptions(t.Context()); n != c.want || err != nil {
			t.Errorf("on %v %d reminders, want %d, %v", c.day, n, c.want, err)
		}
	}
}

// TestPrescriptionTitles: the first is for an intermediate title, whoever repeats it.
func TestPrescriptionTitles(t *testing.T) {
	s, _ := storetest.District(t)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	x, err := askPills(t, s, storetest.EastLead, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	junior := storetest.EastLead
	junior.StaffID, junior.AccountID = storetest.WestDoctor, 999 // a 执业医师 who serves in the team
	_, err = movePills(t, s, junior, x.ID, models.RxAssess)
	wantCode(t, err, "title")
	dispensed(t, s, x.ID)
	again, err := s.As(storetest.Qiang).Reissue(t.Context(), x.ID)
	if err != nil || again.PreviousID != x.ID || again.Status != models.RxRequested || !again.AssessedOn.IsZero() {
		t.Fatalf("%+v %v", again, err)
	}
	if _, err = movePills(t, s, junior, again.ID, models.RxAssess); err != nil {
		t.Errorf("the second: %v", err)
	}
	_, err = movePills(t, s, storetest.EastLead, again.ID, models.RxIssue)
	wantCode(t, err, "wrong_state") // an assessment is not a review
}

func TestPrescriptionOnce(t *testing.T) {
	s, _ := storetest.District(t)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	asked := race(8, func() error { _, err := askPills(t, s, storetest.Qiang, storetest.ZhangXiuying); return err })
	won := 0
	for _, err := range asked {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "already_open")
		}
	}
	x := rows[models.Prescription](t, s)
	if won != 1 || len(x) != 1 {
		t.Fatalf("%d won, %d there", won, len(x))
	}
	for _, m := range []models.PrescriptionMove{models.RxAssess, models.RxSign} {
		if _, err := movePills(t, s, storetest.EastLead, x[0].ID, m); err != nil {
			t.Fatal(err)
		}
	}
	won = 0
	for _, err := range race(8, func() error { _, err := movePills(t, s, storetest.LiuyuanBoss, x[0].ID, models.RxPass); return err }) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "wrong_state")
		}
	}
	if won != 1 {
		t.Errorf("%d reviews", won)
	}
	for name, by := range map[string]models.Actor{"another team": storetest.WestLead, "a stranger": storetest.Mei, "nobody": {}} {
		_, err := s.As(by).Prescription(t.Context(), x[0].ID)
		wantCode(t, err, "not_found")
		_, err = askPills(t, s, by, storetest.ZhangXiuying)
		wantCode(t, err, "not_found")
		if list, err := s.As(by).Prescriptions(t.Context(), store.PrescriptionFilter{}, store.Page{}); err != nil || len(list.Items) != 0 {
			t.Errorf("%s lists %d, %v", name, len(list.Items), err)
		}
	}
	in := onSite(storetest.ZhangXiuying, storetest.WestTeam)
	if _, err := s.As(storetest.Manager).Sign(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.WestLead).Prescription(t.Context(), x[0].ID); err != nil {
		t.Errorf("the signed team has it now: %v", err)
	}
	if _, err := s.As(storetest.Manager).Merge(t.Context(), storetest.LiDashan, storetest.ZhangXiuying, 0); err != nil {
		t.Fatal(err)
	}
	if x := rows[models.Prescription](t, s)[0]; x.Status != models.RxCancelled || x.ResidentID != storetest.LiDashan {
		t.Errorf("%+v", x)
	}
}
