package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func askHome(s *store.Store, t *testing.T, by models.Actor, resident models.ID) (store.HomeServiceLine, error) {
	t.Helper()
	return s.As(by).AskHomeService(t.Context(), models.HomeService{ResidentID: resident, Applicant: "aged", Items: "pressure_sore vitals"})
}

// homeStep brings what every move needs, for the day.
func homeStep(day models.Date) models.HomeServiceStep {
	s := models.HomeServiceStep{Reason: "理由", VisitOn: day, Staff: []models.ID{storetest.EastDoctor, storetest.EastNurse}, Position: "117.2655,34.7951",
		Items: []string{"pressure_sore", "catheter", "vitals"}, Consumables: "敷料2片", Signature: goodSignature, Rating: 5, Text: "很周到"}
	for _, c := range models.SafetyChecks {
		s.Checks = append(s.Checks, c.Code)
	}
	return s
}

var goodSignature = "data:image/png;base64,iVBORw0KGgo" + strings.Repeat("A", 400) + "="

func moveHome(t *testing.T, s *store.Store, by models.Actor, id models.ID, m models.HomeServiceMove) store.HomeServiceLine {
	t.Helper()
	h, err := s.As(by).MoveHomeService(t.Context(), id, 0, m, homeStep(s.Today()))
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	return h
}

// TestHomeServiceCountsAsVisit walks a service from the application to the rating: what was done
// is one visit at home that fulfils the package.
func TestHomeServiceCountsAsVisit(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	h, err := askHome(s, t, storetest.Qiang, storetest.ZhangXiuying)
	if err != nil || h.Status != models.HomeApplied || !h.First || h.DueOn != storetest.Today.AddDays(1) || h.TeamID != storetest.EastTeam {
		t.Fatalf("%+v %v", h, err)
	}
	for _, m := range []models.HomeServiceMove{models.HomeAssess, models.HomeAssign, models.HomeDepart, models.HomeArrive} {
		moveHome(t, s, storetest.EastNurseOne, h.ID, m)
	}
	if n := len(rows[models.Encounter](t, s)); n != 0 {
		t.Errorf("%d visits before it was served", n)
	}
	ctx := store.WithRequest(t.Context(), store.Request{Key: "served", Operation: "o", Hash: "h"})
	for range 3 { // sent again and again
		if h, err = s.As(storetest.EastNurseOne).MoveHomeService(ctx, h.ID, 0, models.HomeServe, homeStep(storetest.Today)); err != nil {
			t.Fatal(err)
		}
	}
	visits := rows[models.Encounter](t, s)
	if len(visits) != 1 || h.EncounterID != visits[0].ID || visits[0].VisitWay != 2 || visits[0].Services != "wound_care" || visits[0].DoctorID != storetest.EastNurse || visits[0].Place == "" {
		t.Fatalf("%+v", visits)
	}
	_, err = s.As(storetest.EastNurseOne).MoveHomeService(t.Context(), h.ID, 0, models.HomeServe, homeStep(storetest.Today))
	wantCode(t, err, "wrong_state")
	moveHome(t, s, storetest.EastNurseOne, h.ID, models.HomePay)
	_, err = s.As(storetest.EastNurseOne).MoveHomeService(t.Context(), h.ID, 0, models.HomeRate, homeStep(storetest.Today))
	wantCode(t, err, "forbidden")
	moveHome(t, s, storetest.Qiang, h.ID, models.HomeRate)
	file, err := s.As(storetest.EastLead).HomeService(t.Context(), h.ID)
	if err != nil || len(file.History) != 8 || file.Rating != 5 || fmt.Sprint(file.StaffNames) != "[周医生 吴护士]" {
		t.Errorf("%+v %v", file, err)
	}
	if again, err := askHome(s, t, storetest.Qiang, storetest.ZhangXiuying); err != nil || again.First {
		t.Errorf("%+v %v", again, err)
	}
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range []string{"117.2655", "很周到", "敷料2片", "iVBORw0KGgoAAAA"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds %s in clear", table, column, secret)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestHomeServiceAndVisitTogether: when the visit cannot be logged nothing is served.
func TestHomeServiceAndVisitTogether(t *testing.T) {
	s, _ := storetest.District(t)
	h, err := askHome(s, t, storetest.EastLead, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []models.HomeServiceMove{models.HomeAssess, models.HomeAssign, models.HomeDepart, models.HomeArrive} {
		moveHome(t, s, storetest.EastLead, h.ID, m)
	}
	errs := race(8, func() error {
		_, err := s.As(storetest.EastLead).MoveHomeService(t.Context(), h.ID, 0, models.HomeServe, homeStep(storetest.Today))
		return err
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "wrong_state")
		}
	}
	if n := len(rows[models.Encounter](t, s)); won != 1 || n != 1 {
		t.Errorf("%d served, %d visits", won, n)
	}
}

func TestOneHomeServiceAtATime(t *testing.T) {
	s, _ := storetest.District(t)
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() { _, errs[i] = askHome(s, t, storetest.Qiang, storetest.ZhangXiuying) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			wantCode(t, err, "already_open")
		}
	}
	if n := len(rows[models.HomeService](t, s)); n != 1 {
		t.Errorf("%d applications", n)
	}
	_, err := askHome(s, t, storetest.Mei, storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
	_, err = askHome(s, t, storetest.WestLead, storetest.ZhangXiuying)
	wantCode(t, err, "not_found")
}

func TestHomeServiceStaffOfTheTeam(t *testing.T) {
	s, _ := storetest.District(t)
	h, err := askHome(s, t, storetest.Qiang, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	moveHome(t, s, storetest.EastLead, h.ID, models.HomeAssess)
	step := homeStep(storetest.Today)
	step.Staff = []models.ID{storetest.EastDoctor, storetest.WestNurse}
	_, err = s.As(storetest.EastLead).MoveHomeService(t.Context(), h.ID, 0, models.HomeAssign, step)
	wantField(t, err, "staff_ids", "not_in_team")
	for name, x := range map[string]struct {
		by   models.Actor
		sees bool
	}{"manager": {storetest.Manager, true}, "institution": {storetest.LiuyuanBoss, true}, "team": {storetest.EastNurseOne, true}, "guardian": {storetest.Qiang, true},
		"another team": {storetest.WestLead, false}, "a stranger": {storetest.Mei, false}, "auditor": {storetest.AuditorOne, false}, "nobody": {models.Actor{}, false}} {
		_, err := s.As(x.by).HomeService(t.Context(), h.ID)
		list, listed := s.As(x.by).HomeServices(t.Context(), store.HomeServiceFilter{}, store.Page{})
		if x.sees != (err == nil) || !x.sees && !errors.Is(err, models.ErrNotFound) || listed != nil || x.sees != (len(list.Items) == 1) {
			t.Errorf("%s: %v, %d listed", name, err, len(list.Items))
		}
	}
}

func TestHomeServiceReminders(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	h, err := askHome(s, t, storetest.Qiang, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	remind := func(day models.Date, want int) {
		t.Helper()
		clock.Set(day)
		for _, n := range []int{want, 0} {
			if got, err := s.RemindHomeServices(t.Context()); got != n || err != nil {
				t.Errorf("on %v %d reminders, want %d, %v", day, got, n, err)
			}
		}
	}
	remind(storetest.Today.AddDays(1), 0)
	remind(storetest.Today.AddDays(2), 1) // not assessed by yesterday
	moveHome(t, s, storetest.EastLead, h.ID, models.HomeAssess)
	step := homeStep(storetest.Today.AddDays(5))
	if _, err := s.As(storetest.EastLead).MoveHomeService(t.Context(), h.ID, 0, models.HomeAssign, step); err != nil {
		t.Fatal(err)
	}
	remind(storetest.Today.AddDays(3), 0)
	remind(storetest.Today.AddDays(4), 1) // the resident, the day before
	remind(storetest.Today.AddDays(5), 0)
	remind(storetest.Today.AddDays(6), 1) // nobody went
	told := map[string]int{}
	for _, m := range rows[models.Message](t, s) {
		told[m.Template]++
	}
	if told[store.HomeServiceOverdueNotice] != 2 || told[store.HomeServiceSoonNotice] != 1 || told[store.HomeServiceAskedNotice] != 1 {
		t.Errorf("%v", told)
	}
}

func TestHomeServiceFollowsTheResident(t *testing.T) {
	s, _ := storetest.District(t)
	h, err := askHome(s, t, storetest.Qiang, storetest.ZhangXiuying)
	if err != nil {
		t.Fatal(err)
	}
	sign(t, s, storetest.WestLead, storetest.LiJianguo, storetest.WestTeam)
	in := onSite(storetest.ZhangXiuying, storetest.WestTeam)
	if _, err := s.As(storetest.Manager).Sign(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.WestLead).HomeService(t.Context(), h.ID); err != nil {
		t.Errorf("the signed team has it now: %v", err)
	}
	other, err := askHome(s, t, storetest.WestLead, storetest.LiJianguo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Manager).Merge(t.Context(), storetest.LiDashan, storetest.LiJianguo, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Manager).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	for _, x := range rows[models.HomeService](t, s) {
		if x.Status != models.HomeCancelled || x.Open || x.ID == other.ID && x.ResidentID != storetest.LiDashan {
			t.Errorf("%+v", x)
		}
	}
	verify(t, s)
}
