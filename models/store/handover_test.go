package store_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func villageHandover(from, to, village models.ID, contracts bool) models.Handover {
	return models.Handover{Kind: models.VillagesChange, FromTeamID: from, ToTeamID: to, Contracts: contracts, On: storetest.Today, Reason: "片区调整",
		Villages: []models.HandoverVillage{{VillageID: village}}}
}

// handOver plans a handover and carries it out.
func handOver(t *testing.T, v store.View, h models.Handover) store.HandoverFile {
	t.Helper()
	f, err := v.PlanHandover(t.Context(), h)
	if err == nil {
		f, err = v.MoveHandover(t.Context(), f.ID, f.Version, models.HandoverCarry, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// count counts the rows of a noun past every scope.
func count[T any](t *testing.T, s *store.Store, where ...any) int {
	t.Helper()
	var rows []T
	if err := s.Everything(t.Context(), &rows, where...); err != nil {
		t.Fatal(err)
	}
	return len(rows)
}

// TestTeamLeaves closes the east team: its village, contracts, applications and work go to the
// west team on one day, its signing stays credited to it, and everyone is told once.
func TestTeamLeaves(t *testing.T) {
	s, clock := storetest.District(t)
	manager, west := s.As(storetest.Manager), s.As(storetest.WestLead)
	c := sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	sign(t, s, storetest.Manager, storetest.LiJianguo, storetest.EastTeam) // of another village
	applied, err := s.As(storetest.Mei).Sign(t.Context(), store.Signing{ResidentID: storetest.WangMei, TeamID: storetest.EastTeam, TermYears: 1, Source: models.FromMiniProgram})
	if err != nil {
		t.Fatal(err)
	}
	log(t, s, htn(storetest.Today, pressure(165, 95)))
	before := rate(t, manager, models.All)
	plan := models.Handover{Kind: models.TeamLeaves, FromTeamID: storetest.EastTeam, ToTeamID: storetest.WestTeam, On: storetest.Today, Reason: "机构调整"}
	preview, err := manager.PreviewHandover(t.Context(), plan)
	if i := preview.Impact; err != nil || i.Contracts != 2 || i.Applications != 1 || i.Area != 5 || i.Residents != 6 || i.Tasks == 0 || i.LoadAfter != 2 || i.Full {
		t.Fatalf("%+v %v", i, err)
	}
	f := handOver(t, manager, plan)
	if f.Status != models.HandoverDone || f.Residents != preview.Impact.Residents || f.Moved != 3 || f.Work != preview.Impact.Tasks || f.From.Status != models.TeamClosed || f.To.Load != 2 || f.From.Load != 0 {
		t.Fatalf("%+v", f.Handover)
	}
	verify(t, s)
	if after := rate(t, manager, models.All); after != before {
		t.Errorf("the district's rate changed: %+v, was %+v", after, before)
	}
	moved, err := west.Contract(t.Context(), c.ID)
	if got := moved.Contract; err != nil || got.TeamID != storetest.WestTeam || got.DoctorID != storetest.WestDoctor || got.Status != models.Active || got.EndDate != c.EndDate || got.CreditTeamID != storetest.EastTeam {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := west.Accept(t.Context(), applied.ID, 0); err != nil {
		t.Errorf("the application waits with the new team: %v", err)
	}
	_, err = manager.Sign(t.Context(), onSite(storetest.LiDashan, storetest.EastTeam))
	wantField(t, err, "team_id", "closed")
	_, err = s.As(storetest.Dashan).Sign(t.Context(), store.Signing{ResidentID: storetest.LiDashan, TeamID: storetest.EastTeam, TermYears: 1, Source: models.FromMiniProgram})
	wantField(t, err, "team_id", "closed")
	if n := count[models.Task](t, s, "team_id = ? AND lane < ?", storetest.EastTeam, models.LaneClosed); n != 0 {
		t.Errorf("%d tasks stayed behind", n)
	}
	if n := count[models.Message](t, s, "template = ?", store.TeamChangedNotice); n != f.Residents {
		t.Errorf("%d were told, not %d", n, f.Residents)
	}
	// What the old team did for its money stays its own, and is not the new one's too.
	credited := func(team models.ID) int64 {
		t.Helper()
		clock.Set(storetest.Today.AddDays(1))
		d, err := manager.SettleFees(t.Context(), models.FeePeriod{TeamID: team, From: storetest.Today, To: storetest.Today, Settled: 10000, TeamShare: 7000}, store.Correction{})
		if err != nil {
			t.Fatal(err)
		}
		return d.Lines[0].Count
	}
	if old, now := credited(storetest.EastTeam), credited(storetest.WestTeam); old != 2 || now != 1 {
		t.Errorf("signings are credited %d and %d times", old, now) // the new team's own is the application it accepted
	}
}

// TestOldTeamReadsOnly lets the old team read what it handed over, for thirty days, and write
// none of it.
func TestOldTeamReadsOnly(t *testing.T) {
	s, clock := storetest.District(t)
	east, past := s.As(storetest.EastLead), storetest.EastLead
	past.TeamIDs, past.PastTeamIDs = nil, past.TeamIDs
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	f := handOver(t, s.As(storetest.LiuyuanBoss), villageHandover(storetest.EastTeam, storetest.WestTeam, storetest.EastVillage, true))
	verify(t, s)
	read := func(v store.View) error { _, err := v.Resident(t.Context(), storetest.ZhangXiuying); return err }
	for name, v := range map[string]store.View{"today's": east, "last month's": s.As(past)} {
		if err := read(v); err != nil {
			t.Errorf("%s member cannot read: %v", name, err)
		}
		if list, err := v.HandoverPeople(t.Context(), f.ID, store.Page{}); err != nil || len(list.Items) != 5 {
			t.Errorf("%d %v", len(list.Items), err)
		}
		_, err := v.LogEncounter(t.Context(), htn(storetest.Today, pressure(150, 90)))
		wantCode(t, err, "not_found")
		_, err = v.Reveal(t.Context(), storetest.ZhangXiuying, "核对")
		wantCode(t, err, "not_found")
	}
	if list, err := east.Residents(t.Context(), store.ResidentFilter{}, store.Page{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list.Items, err)
	}
	clock.Set(storetest.Today.AddDays(models.HandoverReadDays))
	wantCode(t, read(east), "not_found")
	_, err := east.HandoverPeople(t.Context(), f.ID, store.Page{})
	wantCode(t, err, "forbidden")
	if err := read(s.As(storetest.WestLead)); err != nil {
		t.Error(err)
	}
}

// TestVillageChangesAlone leaves the contracts with the old team: duty moves, the choice of a
// resident does not (domain §1.4).
func TestVillageChangesAlone(t *testing.T) {
	s, _ := storetest.District(t)
	c := sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	f := handOver(t, s.As(storetest.Manager), villageHandover(storetest.EastTeam, storetest.ShiliuTeam, storetest.EastVillage, false))
	verify(t, s)
	if f.Moved != 0 || f.Residents != 4 {
		t.Errorf("%+v", f.Handover)
	}
	if got, err := s.As(storetest.EastLead).Contract(t.Context(), c.ID); err != nil || got.Contract.TeamID != storetest.EastTeam {
		t.Errorf("%+v %v", got.Contract, err)
	}
	for _, lead := range []models.Actor{storetest.EastLead, storetest.ShiliuLead} {
		if _, err := s.As(lead).Resident(t.Context(), storetest.ZhangXiuying); err != nil {
			t.Errorf("%d: %v", lead.AccountID, err)
		}
	}
}

// TestMemberLeaves replaces the leader of the east team by a colleague of the west team.
func TestMemberLeaves(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	boss := s.As(storetest.LiuyuanBoss)
	c := sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	plan := models.Handover{Kind: models.MemberLeaves, FromTeamID: storetest.EastTeam, FromStaffID: storetest.EastDoctor, Leaves: true, On: storetest.Today, Reason: "退休"}
	_, err := boss.PlanHandover(t.Context(), plan)
	wantField(t, err, "to_staff_id", "required")
	plan.ToStaffID = storetest.EastNurse
	_, err = boss.PlanHandover(t.Context(), plan)
	wantField(t, err, "to_staff_id", "not_doctor")
	plan.ToStaffID = storetest.ShiliuDoctor
	_, err = boss.PlanHandover(t.Context(), plan)
	wantField(t, err, "to_staff_id", "unknown")
	plan.ToStaffID = storetest.WestDoctor
	f := handOver(t, boss, plan)
	if f.From.LeaderID != storetest.WestDoctor || f.From.Doctors != 1 || f.Residents != 1 || f.Moved != 1 {
		t.Errorf("%+v", f)
	}
	got, err := boss.Contract(t.Context(), c.ID)
	if err != nil || got.Contract.DoctorID != storetest.WestDoctor || got.Contract.TeamID != storetest.EastTeam || got.Contract.CreditTeamID != 0 {
		t.Errorf("%+v %v", got.Contract, err)
	}
	team, err := boss.Team(t.Context(), storetest.EastTeam)
	if err != nil || len(team.Members) != 2 || team.Members[0].StaffID != storetest.WestDoctor {
		t.Errorf("%+v %v", team.Members, err)
	}
	if n := count[models.Account](t, s, "staff_id = ? AND disabled = ?", storetest.EastDoctor, false); n != 0 {
		t.Error("who left can still sign in")
	}
	verify(t, s)
}

// TestHandoverOnItsDay is carried out by the job, not before; one that does not fit stays
// planned and its managers hear of it once a day.
func TestHandoverOnItsDay(t *testing.T) {
	s, clock := storetest.OpenOn(t, storetest.DistrictDatabase(t), store.Options{CapacityPerDoctor: 1})
	storetest.Logins(t, s)
	boss := s.As(storetest.LiuyuanBoss)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	sign(t, s, storetest.WestLead, storetest.LiJianguo, storetest.WestTeam)
	h := villageHandover(storetest.EastTeam, storetest.WestTeam, storetest.EastVillage, true)
	h.On = storetest.Today.AddDays(1)
	f, err := boss.PlanHandover(t.Context(), h)
	if err != nil || !f.Impact.Full {
		t.Fatalf("%+v %v", f.Impact, err)
	}
	_, err = boss.MoveHandover(t.Context(), f.ID, f.Version, models.HandoverCarry, "")
	wantCode(t, err, "too_early")
	carry := func(want int) {
		t.Helper()
		if n, err := s.CarryOutHandovers(t.Context()); err != nil || n != want {
			t.Errorf("%d carried out, %v", n, err)
		}
	}
	carry(0)
	clock.Set(storetest.Today.AddDays(1))
	if _, err := s.RollDay(t.Context()); err != nil {
		t.Fatal(err)
	}
	carry(0)
	carry(0)
	if n := count[models.Message](t, s, "template = ?", store.HandoverStuckNotice); n != 2 {
		t.Errorf("%d told that it is stuck", n)
	}
	c, err := s.As(storetest.WestLead).Contracts(t.Context(), store.ContractFilter{ResidentID: storetest.LiJianguo}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.WestLead).Terminate(t.Context(), c.Items[0].Contract.ID, 0, models.StopLost, ""); err != nil {
		t.Fatal(err)
	}
	carry(1)
	carry(0)
	verify(t, s)
	_, err = boss.MoveHandover(t.Context(), f.ID, 0, models.HandoverCancel, "不调整了")
	wantCode(t, err, "wrong_state")
}

// TestHandoverUnderConcurrentChange closes a team while people sign with it, leave it, move
// and are visited: nobody is counted twice or lost, and nothing stays with the closed team.
func TestHandoverUnderConcurrentChange(t *testing.T) {
	s, _ := storetest.District(t)
	manager := s.As(storetest.Manager)
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			w := world{t: t, s: s, r: rand.New(rand.NewPCG(uint64(worker), 11)), people: 9}
			for range 15 {
				w.concurrentStep()
			}
		})
	}
	for _, h := range []models.Handover{
		villageHandover(storetest.EastTeam, storetest.WestTeam, storetest.EastVillage, true),
		{Kind: models.TeamLeaves, FromTeamID: storetest.EastTeam, ToTeamID: storetest.ShiliuTeam, On: storetest.Today, Reason: "撤销"},
	} {
		wg.Go(func() {
			f, err := manager.PlanHandover(t.Context(), h)
			if err == nil {
				_, err = manager.MoveHandover(t.Context(), f.ID, 0, models.HandoverCarry, "")
			}
			var refused *models.Error
			if err != nil && !asModelError(err, &refused) {
				t.Errorf("%s: %v", h.Kind, err)
			}
		})
	}
	wg.Wait()
	for _, h := range []models.Handover{{Kind: models.TeamLeaves, FromTeamID: storetest.EastTeam, ToTeamID: storetest.ShiliuTeam, On: storetest.Today, Reason: "撤销"}} {
		if f, err := manager.Team(t.Context(), storetest.EastTeam); err != nil {
			t.Fatal(err)
		} else if f.Team.Status == models.TeamActive {
			plans, _ := manager.Handovers(t.Context(), store.HandoverFilter{Status: models.HandoverPlanned}, store.Page{})
			for _, p := range plans.Items {
				_, _ = manager.MoveHandover(t.Context(), p.ID, 0, models.HandoverCancel, "重排")
			}
			handOver(t, manager, h)
		}
	}
	verify(t, s)
	nothingLeft(t, s)
}

// TestNobodySignsWithAClosedTeam closes a team while forty residents sign or apply and forty are
// entered in its village: whoever is too late is refused, everyone else goes along.
func TestNobodySignsWithAClosedTeam(t *testing.T) {
	s, _ := storetest.District(t)
	manager := s.As(storetest.Manager)
	const people = 40
	enter := func(i int, village models.ID) (models.Resident, error) {
		return manager.CreateResident(t.Context(), models.ResidentDraft{Name: "赵新", DocumentNo: storetest.IDNumber(storetest.Today.AddYears(-40).AddDays(-i), 11+2*i), VillageID: village, Permanent: true})
	}
	var signers []models.Resident
	for i := range people {
		r, err := enter(i, storetest.WestVillage)
		if err != nil {
			t.Fatal(err)
		}
		signers = append(signers, r)
	}
	var wg sync.WaitGroup
	work := make(chan int, people)
	refusedOnly := func(err error) {
		var refused *models.Error
		if err != nil && !asModelError(err, &refused) {
			t.Error(err)
		}
	}
	for range 8 {
		wg.Go(func() {
			for i := range work {
				in := onSite(signers[i].ID, storetest.EastTeam)
				if i%4 == 0 {
					in.Signature = ""
				}
				_, err := manager.Sign(t.Context(), in)
				refusedOnly(err)
				_, err = enter(people+i, storetest.EastVillage)
				refusedOnly(err)
			}
		})
	}
	for i := range people {
		if i == people/2 {
			wg.Go(func() {
				handOver(t, manager, models.Handover{Kind: models.TeamLeaves, FromTeamID: storetest.EastTeam, ToTeamID: storetest.ShiliuTeam, On: storetest.Today, Reason: "撤销"})
			})
		}
		work <- i
	}
	close(work)
	wg.Wait()
	verify(t, s)
	nothingLeft(t, s)
}

// nothingLeft fails when anything open still lies with the east team.
func nothingLeft(t *testing.T, s *store.Store) {
	t.Helper()
	if n := count[models.Contract](t, s, "team_id = ? AND slot IS NOT NULL", storetest.EastTeam); n != 0 {
		t.Errorf("%d contracts stayed behind", n)
	}
	if n := count[models.Village](t, s, "team_id = ?", storetest.EastTeam); n != 0 {
		t.Errorf("%d villages stayed behind", n)
	}
	if n := count[models.Resident](t, s, "area_team_id = 1 OR signed_team_id = ?", storetest.EastTeam); n != 0 {
		t.Errorf("%d residents stayed behind", n)
	}
	if n := count[models.Task](t, s, "team_id = ? AND lane < ?", storetest.EastTeam, models.LaneClosed); n != 0 {
		t.Errorf("%d tasks stayed behind", n)
	}
}
