package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// past are n visits of the east doctor as they would stand after being logged, changed by
// each in turn.
func past(t *testing.T, s *store.Store, n int, each func(i int, e *models.Encounter)) []models.Encounter {
	t.Helper()
	list := make([]models.Encounter, n)
	for i := range list {
		list[i] = models.Encounter{ResidentID: storetest.ZhangXiuying, VisitedOn: storetest.Today, VisitWay: 1, TeamID: storetest.EastTeam, InstitutionID: storetest.Liuyuan,
			DoctorID: storetest.EastDoctor, AccountID: storetest.EastNurseOne.AccountID, Version: 1, CreatedAt: s.Now(), UpdatedAt: s.Now()}
		if each != nil {
			each(i, &list[i])
		}
	}
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&list) }); err != nil {
		t.Fatal(err)
	}
	return list
}

// flags lists the kinds of the flags of a visit, or of all with 0.
func flags(t *testing.T, s *store.Store, encounter models.ID) string {
	t.Helper()
	var out []models.FlagKind
	for _, f := range rows[models.Flag](t, s) {
		if encounter == 0 || f.EncounterID == encounter {
			out = append(out, f.Kind)
		}
	}
	return fmt.Sprint(out)
}

func checkVisits(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.CheckVisits(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFlagBusyDay(t *testing.T) {
	s, _ := storetest.District(t)
	first := past(t, s, 59, nil)
	past(t, s, 1, func(_ int, e *models.Encounter) { e.Voided = true }) // counts no more
	past(t, s, 1, func(_ int, e *models.Encounter) { e.VisitedOn = storetest.Today.AddDays(-1) })
	sixtieth := log(t, s, htn(storetest.Today, pressure(150, 92)))
	if got := flags(t, s, 0); got != "[]" {
		t.Errorf("60 visits: %s", got)
	}
	d := htn(storetest.Today, nil)
	d.Forms = map[string]map[string]any{"diabetes": glucose(6.5)}
	e := log(t, s, d)
	if got := flags(t, s, e.ID); got != "[busy_day]" {
		t.Errorf("61 visits: %s", got)
	}
	if f := rows[models.Flag](t, s)[0]; f.DoctorID != storetest.EastDoctor || f.TeamID != storetest.EastTeam || f.Status != models.FlagOpen || f.RaisedOn != storetest.Today {
		t.Errorf("%+v", f)
	}
	if n := checkVisits(t, s); n != 0 {
		t.Errorf("the night raised %d that were there already", n)
	}
	// An earlier one that is voided makes room: nobody else is flagged, and what was stays.
	if _, err := s.As(storetest.Manager).VoidEncounter(t.Context(), sixtieth.ID, 0, "录错"); err != nil {
		t.Fatal(err)
	}
	if n := checkVisits(t, s); n != 0 || flags(t, s, first[0].ID) != "[]" {
		t.Errorf("%d", n)
	}
}

func TestFlagsOfTheNight(t *testing.T) {
	s, clock := storetest.District(t)
	busy := past(t, s, 62, func(i int, e *models.Encounter) { e.VisitedOn = storetest.Today.AddDays(-1) })
	places := past(t, s, 34, func(i int, e *models.Encounter) {
		e.VisitedOn, e.VisitWay, e.Place, e.DoctorID = storetest.Today.AddDays(-2), int(clinical.WayHome), "117.2661,34.7951", storetest.EastNurse
		if i < 2 {
			e.Place = "117.3001,34.7951"
		}
	})
	late := past(t, s, 21, func(_ int, e *models.Encounter) {
		e.VisitedOn, e.AccountID, e.DoctorID, e.TeamID = storetest.Today.AddDays(-5), storetest.WestLead.AccountID, storetest.WestDoctor, storetest.WestTeam
	})
	old := past(t, s, 70, func(_ int, e *models.Encounter) { // beyond the days looked at
		e.VisitedOn, e.CreatedAt = storetest.Today.AddDays(-40), s.Now().AddDate(0, 0, -40)
	})
	storetest.Logins(t, s)
	clock.Set(storetest.Today.AddDays(1))
	raised := checkVisits(t, s)
	if got := flags(t, s, busy[60].ID) + flags(t, s, busy[61].ID) + flags(t, s, busy[59].ID); got != "[busy_day late_in_bulk][busy_day late_in_bulk][late_in_bulk]" {
		t.Errorf("61st, 62nd and 60th: %s", got)
	}
	// Two were elsewhere: the 31st and 32nd at one place are the last two.
	if got := flags(t, s, places[33].ID) + flags(t, s, places[32].ID) + flags(t, s, places[31].ID); got != "[same_place late_in_bulk][same_place late_in_bulk][late_in_bulk]" {
		t.Errorf("32nd, 31st and 30th at one place: %s", got)
	}
	if got := flags(t, s, late[20].ID) + flags(t, s, late[19].ID); got != "[late_in_bulk][]" {
		t.Errorf("21st and 20th entered late: %s", got)
	}
	if got := flags(t, s, old[69].ID); got != "[]" {
		t.Errorf("the 70th of long ago: %s", got)
	}
	if n := len(rows[models.Flag](t, s)); raised != n {
		t.Errorf("%d raised, %d there", raised, n)
	}
	if n := checkVisits(t, s); n != 0 {
		t.Errorf("a second run raised %d", n)
	}
	clock.Set(storetest.Today.AddDays(2))
	if n := checkVisits(t, s); n != 0 {
		t.Errorf("the next night raised %d", n)
	}
}

func TestFlagSamePlace(t *testing.T) {
	s, _ := storetest.District(t)
	past(t, s, 29, func(_ int, e *models.Encounter) { e.VisitWay, e.Place = int(clinical.WayHome), "117.2661,34.7951" })
	at := func(program string, way clinical.Way, place string) store.Visit {
		d := htn(storetest.Today, pressure(150, 92))
		if program == "diabetes" {
			d.Forms = map[string]map[string]any{"diabetes": glucose(6.5)}
		}
		d.VisitWay, d.Place = int(way), place
		return log(t, s, d)
	}
	const near = "117.2664,34.7954"
	for _, step := range []struct {
		on, program string
		way         clinical.Way
		place, want string
	}{
		{"30 at a place", "hypertension", clinical.WayHome, near, "[]"},
		{"elsewhere", "diabetes", clinical.WayHome, "117.3001,34.7951", "[]"},
		{"31 at a place", "diabetes", clinical.WayHome, near, "[same_place]"},
		{"in the clinic there", "diabetes", clinical.WayClinic, near, "[]"},
	} {
		if step.way == clinical.WayClinic {
			past(t, s, 5, func(_ int, e *models.Encounter) { e.VisitWay, e.Place = int(clinical.WayHome), near })
		}
		e := at(step.program, step.way, step.place)
		if got := flags(t, s, e.ID); got != step.want {
			t.Errorf("%s: %s", step.on, got)
		}
		if step.program == "diabetes" { // make room for the next one of the day
			if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), e.ID, 0, "录错"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFlagIdenticalValues(t *testing.T) {
	s, _ := storetest.District(t)
	visit := func(days int, sbp float64) string {
		return flags(t, s, log(t, s, htn(storetest.Today.AddDays(-days), pressure(sbp, 92))).ID)
	}
	for _, step := range []struct {
		days int
		sbp  float64
		want string
	}{{10, 150, "[]"}, {8, 150, "[]"}, {7, 151, "[]"}, {6, 150, "[]"}, {9, 150, "[identical_values]"}, {5, 150, "[]"}, {4, 150, "[identical_values]"}} {
		if got := visit(step.days, step.sbp); got != step.want {
			t.Errorf("%d days ago %v: %s", step.days, step.sbp, got)
		}
	}
	for _, f := range rows[models.Flag](t, s) {
		if f.Reason != "该居民连续3次随访的测量值完全相同" {
			t.Errorf("%s", f.Reason)
		}
	}
}

func TestFlagLateInBulk(t *testing.T) {
	s, clock := storetest.District(t)
	past(t, s, 19, func(_ int, e *models.Encounter) {
		e.VisitedOn, e.AccountID = storetest.Today.AddDays(-1), storetest.EastLead.AccountID
	})
	past(t, s, 5, func(_ int, e *models.Encounter) { // of today, and entered the day before
		e.AccountID = storetest.EastLead.AccountID
	})
	past(t, s, 5, func(_ int, e *models.Encounter) {
		e.VisitedOn, e.AccountID, e.CreatedAt = storetest.Today.AddDays(-5), storetest.EastLead.AccountID, s.Now().AddDate(0, 0, -1)
	})
	if e := log(t, s, htn(storetest.Today.AddDays(-3), pressure(150, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("20 late: %s", flags(t, s, e.ID))
	}
	if e := log(t, s, htn(storetest.Today, pressure(151, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("one of today: %s", flags(t, s, e.ID))
	}
	if e := log(t, s, htn(storetest.Today.AddDays(-2), pressure(152, 92))); flags(t, s, e.ID) != "[late_in_bulk]" {
		t.Errorf("21 late: %s", flags(t, s, e.ID))
	}
	clock.Set(storetest.Today.AddDays(1))
	if e := log(t, s, htn(storetest.Today.AddDays(-1), pressure(153, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("a new day counts anew: %s", flags(t, s, e.ID))
	}
}

func TestFlagSharedPhone(t *testing.T) {
	s, clock := storetest.District(t)
	v := s.As(storetest.Manager)
	add := func(i int, household models.ID) models.ID {
		r, err := v.CreateResident(t.Context(), models.ResidentDraft{Name: "赵新", DocumentNo: storetest.IDNumber(mustDate("1970-01-01").AddDays(i), 11), Phone: "19900000001",
			VillageID: storetest.EastVillage, HouseholdID: household, Permanent: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	var strangers []models.ID
	for i := range 4 {
		strangers = append(strangers, add(i, 0))
	}
	for i := range 3 {
		add(10+i, 1) // of her own household
	}
	if e := log(t, s, htn(storetest.Today.AddDays(-3), pressure(150, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("5 households: %s", flags(t, s, e.ID))
	}
	strangers = append(strangers, add(20, 0))
	if e := log(t, s, htn(storetest.Today.AddDays(-2), pressure(151, 92))); flags(t, s, e.ID) != "[shared_phone]" {
		t.Errorf("6 households: %s", flags(t, s, e.ID))
	}
	if e := log(t, s, htn(storetest.Today.AddDays(-1), pressure(152, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("once a year: %s", flags(t, s, e.ID))
	}
	clock.Set(storetest.Today.AddDays(models.SharedEvery))
	if e := log(t, s, htn(storetest.Today.AddDays(200), pressure(153, 92))); flags(t, s, e.ID) != "[shared_phone]" {
		t.Errorf("after a year: %s", flags(t, s, e.ID))
	}
	clock.Set(storetest.Today.AddDays(2 * models.SharedEvery))
	if _, err := v.Leave(t.Context(), strangers[0], 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	if e := log(t, s, htn(storetest.Today.AddDays(500), pressure(154, 92))); flags(t, s, e.ID) != "[]" {
		t.Errorf("the dead share no telephone: %s", flags(t, s, e.ID))
	}
}

func TestFlagAfterDeath(t *testing.T) {
	for status, kind := range map[models.LifeStatus]string{models.Dead: "[after_death]", models.MovedOut: "[after_moving_out]"} {
		s, _ := storetest.District(t)
		on := storetest.Today.AddDays(-5)
		before, after := log(t, s, htn(on, pressure(150, 92))), log(t, s, htn(on.AddDays(1), pressure(151, 92)))
		void := log(t, s, htn(on.AddDays(2), pressure(152, 92)))
		if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), void.ID, 0, "录错"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.As(storetest.EastLead).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: status, On: on}); err != nil {
			t.Fatal(err)
		}
		if got := flags(t, s, before.ID) + flags(t, s, after.ID) + flags(t, s, void.ID); got != "[]"+kind+"[]" {
			t.Errorf("%s: %s", status, got)
		}
	}
}

// rounded gives the east doctor n blood pressures, zeros of whose last digits are 0.
func rounded(t *testing.T, s *store.Store, n, zeros int) []models.Encounter {
	t.Helper()
	visits := past(t, s, n, func(i int, e *models.Encounter) {
		e.AccountID = 0 // nobody entered them late
		e.VisitedOn = s.Today().AddDays(-i % 28)
	})
	vitals := make([]models.Vital, n)
	for i, e := range visits {
		sbp, dbp := 130.0, 80.0
		if 2*i >= zeros {
			sbp = 131
		}
		if 2*i+1 >= zeros {
			dbp = 82
		}
		vitals[i] = models.Vital{ResidentID: e.ResidentID, Kind: models.BloodPressure, MeasuredAt: e.VisitedOn.Start().UTC(), Value1: &sbp, Value2: &dbp, Level: clinical.LevelNormal,
			Source: models.ByDoctor, EncounterID: e.ID, CreatedAt: s.Now()}
	}
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&vitals) }); err != nil {
		t.Fatal(err)
	}
	return visits
}

func TestFlagRoundPressures(t *testing.T) {
	for _, tt := range []struct {
		n, zeros, want int
	}{{30, 36, 0}, {30, 37, 1}, {29, 58, 0}} {
		t.Run(fmt.Sprint(tt.n, tt.zeros), func(t *testing.T) {
			s, _ := storetest.District(t)
			visits := rounded(t, s, tt.n, tt.zeros)
			if got := checkVisits(t, s); got != tt.want {
				t.Errorf("%d flags", got)
			}
			if tt.want == 0 {
				return
			}
			newest := slices.MaxFunc(visits, func(a, b models.Encounter) int {
				if n := a.VisitedOn.Sub(b.VisitedOn); n != 0 {
					return n
				}
				return int(a.ID - b.ID)
			})
			if got := flags(t, s, newest.ID); got != "[round_pressures]" {
				t.Errorf("%s on the newest visit", got)
			}
		})
	}
	s, clock := storetest.District(t)
	rounded(t, s, 40, 80)
	if n := checkVisits(t, s); n != 1 {
		t.Errorf("%d flags", n)
	}
	for _, night := range []struct{ day, want int }{{0, 0}, {1, 0}, {29, 0}, {30, 1}, {31, 0}} {
		clock.Set(storetest.Today.AddDays(night.day))
		rounded(t, s, 40, 80)
		if n := checkVisits(t, s); n != night.want {
			t.Errorf("day %d: %d flags", night.day, n)
		}
	}
}

// flagged logs a visit of the east nurse that three checks doubt.
func flagged(t *testing.T, s *store.Store) (store.Visit, []models.Flag) {
	t.Helper()
	past(t, s, 60, func(_ int, e *models.Encounter) { e.DoctorID = storetest.EastNurse })
	for days := range 2 {
		log(t, s, htn(storetest.Today.AddDays(-2-days), pressure(150, 92)))
	}
	d := htn(storetest.Today, pressure(150, 92))
	d.DoctorID = storetest.EastNurse
	e := log(t, s, d)
	list := rows[models.Flag](t, s, "encounter_id = ?", e.ID)
	if len(list) != 2 {
		t.Fatalf("%+v", list)
	}
	return e, list
}

func TestFlagAccept(t *testing.T) {
	s, clock := storetest.District(t)
	e, list := flagged(t, s)
	clock.Set(storetest.Today.AddDays(4))
	lead := s.As(storetest.EastLead)
	d, err := lead.AcceptFlag(t.Context(), list[0].ID, 1, "集中义诊,已核实")
	if err != nil || d.Status != models.FlagAccepted || d.Finding != "集中义诊,已核实" || d.ReviewedBy != "staff:103" || d.Version != 2 || d.DaysOpen(storetest.Today.AddDays(9)) != 4 || d.ResidentName != "张秀英" || d.VisitedOn != storetest.Today {
		t.Fatalf("%+v %v", d, err)
	}
	_, err = lead.AcceptFlag(t.Context(), list[0].ID, 0, "再核实")
	wantCode(t, err, "already_reviewed")
	_, err = lead.AcceptFlag(t.Context(), list[1].ID, 3, "核实")
	wantCode(t, err, "stale")
	_, err = lead.AcceptFlag(t.Context(), list[1].ID, 0, " ")
	wantField(t, err, "note", "required")
	visit, err := lead.Encounter(t.Context(), e.ID)
	if err != nil || visit.Voided {
		t.Errorf("an accepted visit stands: %v", err)
	}
	open, err := lead.Flags(t.Context(), store.FlagFilter{}, store.Page{})
	if err != nil || len(open.Items) != 1 || open.Items[0].ID != list[1].ID {
		t.Errorf("%+v %v", open.Items, err)
	}
}

func TestFlagVoid(t *testing.T) {
	s, _ := storetest.District(t)
	e, list := flagged(t, s)
	lead := s.As(storetest.EastLead)
	if _, err := lead.AcceptFlag(t.Context(), list[0].ID, 0, "已核实"); err != nil {
		t.Fatal(err)
	}
	d, err := lead.VoidFlag(t.Context(), list[1].ID, 1, "未曾测量")
	if err != nil || d.Status != models.FlagVoided || d.Finding != "未曾测量" {
		t.Fatalf("%+v %v", d, err)
	}
	visit, err := lead.Encounter(t.Context(), e.ID)
	if err != nil || !visit.Voided || visit.VoidReason != "未曾测量" {
		t.Errorf("%+v %v", visit, err)
	}
	if task := openTask(t, s, "hypertension"); task.OpenedBy == e.Followups[0].ID {
		t.Errorf("the task of the voided visit is still open: %+v", task)
	}
	if got := rows[models.Flag](t, s, "id = ?", list[0].ID)[0]; got.Status != models.FlagAccepted || got.Finding != "已核实" {
		t.Errorf("a closed flag stays as it was: %+v", got)
	}
	_, err = lead.VoidFlag(t.Context(), list[1].ID, 0, "未曾测量")
	wantCode(t, err, "already_reviewed")
	var actions []string
	for _, row := range rows[models.AuditRow](t, s, "action IN ?", []string{"flag.raise", "flag.accept", "flag.void", "followup.void"}) {
		actions = append(actions, row.Action+":"+row.Detail)
	}
	if fmt.Sprint(actions) != "[flag.raise:busy_day,identical_values flag.accept: followup.void: flag.void:]" {
		t.Errorf("%v", actions)
	}
}

func TestFlagsCloseWithTheVisit(t *testing.T) {
	s, _ := storetest.District(t)
	e, _ := flagged(t, s)
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), e.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	for _, f := range rows[models.Flag](t, s, "encounter_id = ?", e.ID) {
		if f.Status != models.FlagVoided || f.Finding != "录错人" || f.ReviewedAt == nil || f.Version != 2 {
			t.Errorf("%+v", f)
		}
	}
	if n := checkVisits(t, s); n != 0 {
		t.Errorf("a voided visit was flagged again: %d", n)
	}
}

func TestFlagOfAVoidedVisit(t *testing.T) {
	s, _ := storetest.District(t)
	e, list := flagged(t, s)
	lead := s.As(storetest.EastLead)
	if _, err := lead.VoidEncounter(t.Context(), e.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	straggler := list[0]
	straggler.ID, straggler.Kind = 0, models.FlagDenied
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&straggler) }); err != nil {
		t.Fatal(err)
	}
	if d, err := lead.VoidFlag(t.Context(), straggler.ID, 0, "已作废"); err != nil || d.Status != models.FlagVoided {
		t.Errorf("%+v %v", d, err)
	}
	if visit, err := lead.Encounter(t.Context(), e.ID); err != nil || visit.VoidReason != "录错人" {
		t.Errorf("the reason of the visit stays: %+v %v", visit, err)
	}
}

func TestFlagOwnVisit(t *testing.T) {
	s, _ := storetest.District(t)
	past(t, s, 60, nil)
	e := log(t, s, htn(storetest.Today, pressure(150, 92)))
	f := rows[models.Flag](t, s, "encounter_id = ?", e.ID)[0]
	lead := s.As(storetest.EastLead)
	_, err := lead.AcceptFlag(t.Context(), f.ID, 0, "属实")
	wantCode(t, err, "own_visit")
	_, err = lead.VoidFlag(t.Context(), f.ID, 0, "不实")
	wantCode(t, err, "own_visit")
	if got, err := lead.Encounter(t.Context(), e.ID); err != nil || got.Voided {
		t.Errorf("%+v %v", got, err)
	}
	boss := storetest.LiuyuanBoss
	boss.StaffID = storetest.EastDoctor
	if _, err := s.As(boss).AcceptFlag(t.Context(), f.ID, 0, "属实"); err != nil {
		t.Errorf("a manager may: %v", err)
	}
}

func TestFlagScope(t *testing.T) {
	s, _ := storetest.District(t)
	_, list := flagged(t, s)
	id := list[0].ID
	for name, actor := range map[string]models.Actor{"west": storetest.WestLead, "shiliu": storetest.ShiliuLead, "auditor": storetest.AuditorOne, "stranger": storetest.Mei, "nobody": {}} {
		_, err := s.As(actor).Flag(t.Context(), id)
		wantCode(t, err, "not_found")
		_, err = s.As(actor).AcceptFlag(t.Context(), id, 0, "属实")
		wantCode(t, err, "not_found")
		_, err = s.As(actor).VoidFlag(t.Context(), id, 0, "不实")
		wantCode(t, err, "not_found")
		if got, err := s.As(actor).Flags(t.Context(), store.FlagFilter{}, store.Page{}); err != nil || len(got.Items) != 0 {
			t.Errorf("%s sees %+v, %v", name, got.Items, err)
		}
	}
	// The flag stays with the team that made the visit; who left its scope has no name there.
	if _, err := s.As(storetest.Manager).MoveResident(t.Context(), storetest.ZhangXiuying, 0, storetest.ShiliuVillage, "石榴路1号"); err != nil {
		t.Fatal(err)
	}
	got, err := s.As(storetest.EastLead).Flag(t.Context(), id)
	if err != nil || got.ResidentName != "" || got.DoctorName != "吴护士" {
		t.Errorf("%+v %v", got, err)
	}
	_, err = s.As(storetest.EastLead).VoidFlag(t.Context(), id, 0, "不实")
	wantCode(t, err, "not_found")
	if _, err := s.As(storetest.Manager).VoidFlag(t.Context(), id, 0, "不实"); err != nil {
		t.Errorf("the district may: %v", err)
	}
	_, err = s.As(storetest.EastLead).Flags(t.Context(), store.FlagFilter{Kind: "gout"}, store.Page{})
	wantField(t, err, "kind", "enum")
}

// TestFlagHasOneReviewer lets two leads decide at once: one wins, and the visit and its
// flags agree with that.
func TestFlagHasOneReviewer(t *testing.T) {
	s, _ := storetest.District(t)
	for round := range 4 {
		day := storetest.Today.AddDays(-10 * round)
		e := log(t, s, htn(day, pressure(150+float64(round), 92)))
		f := models.Flag{EncounterID: e.ID, Kind: models.FlagDenied, ResidentID: e.ResidentID, TeamID: e.TeamID, InstitutionID: e.InstitutionID, DoctorID: storetest.EastNurse,
			Status: models.FlagOpen, Reason: "居民表示没有这次随访", RaisedBy: "resident:2", RaisedOn: day, Version: 1}
		if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&f) }); err != nil {
			t.Fatal(err)
		}
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				v := s.As([]models.Actor{storetest.EastLead, storetest.Manager}[i%2])
				if i%4 < 2 {
					_, errs[i] = v.AcceptFlag(t.Context(), f.ID, 0, "属实")
				} else {
					_, errs[i] = v.VoidFlag(t.Context(), f.ID, 0, "不实")
				}
			})
		}
		wg.Wait()
		winner := -1
		for i, err := range errs {
			switch {
			case err == nil && winner < 0:
				winner = i
			case err == nil:
				t.Errorf("%d and %d both decided", winner, i)
			case !models.IsCode(err, "already_reviewed"):
				t.Errorf("%v", err)
			}
		}
		if winner < 0 {
			t.Fatal("nobody decided")
		}
		got, visit := rows[models.Flag](t, s, "id = ?", f.ID)[0], rows[models.Encounter](t, s, "id = ?", e.ID)[0]
		accepted := winner%4 < 2
		if (got.Status == models.FlagAccepted) != accepted || visit.Voided == accepted || got.Version != 2 {
			t.Errorf("accepted %v: %+v, voided %v", accepted, got, visit.Voided)
		}
	}
}

func TestFlagsFollowAMerge(t *testing.T) {
	s, _ := storetest.District(t)
	v := s.As(storetest.Manager)
	_, list := flagged(t, s)
	if _, err := v.Merge(t.Context(), storetest.ZhangQiang, storetest.ZhangXiuying, 0); err != nil {
		t.Fatal(err)
	}
	d, err := s.As(storetest.EastLead).Flag(t.Context(), list[0].ID)
	if err != nil || d.ResidentID != storetest.ZhangQiang || d.ResidentName != "张强" {
		t.Errorf("%+v %v", d, err)
	}
}
