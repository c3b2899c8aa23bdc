package store_test

import (
	"encoding/base64"
	"strings"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// signature is a small but real PNG head with padding.
var signature = "data:image/png;base64," + base64.StdEncoding.EncodeToString(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 300)...))

func onSite(resident, team models.ID) store.Signing {
	return store.Signing{ResidentID: resident, TeamID: team, TermYears: 1, Signature: signature, Source: models.FromWorkbench}
}

// sign signs a resident on site and fails the test when that is refused.
func sign(t *testing.T, s *store.Store, by models.Actor, resident, team models.ID) models.Contract {
	t.Helper()
	c, err := s.As(by).Sign(t.Context(), onSite(resident, team))
	if err != nil {
		t.Fatalf("sign: %v", err)
	}
	return c
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if !models.IsCode(err, code) {
		t.Errorf("got error %v, want %s", err, code)
	}
}

func TestSignOnSite(t *testing.T) {
	s, _ := storetest.District(t)
	in := onSite(storetest.ZhangXiuying, storetest.EastTeam)
	in.PackageIDs, in.Identity = []models.ID{storetest.HTNPackage}, models.IdentityByCard
	c, err := s.As(storetest.EastLead).Sign(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if c.Status != models.Active || c.BeginDate != storetest.Today || c.EndDate != storetest.Today.AddYears(1).AddDays(-1) || !strings.HasPrefix(c.No, "QY37049920261123") || len(c.Packages) != 2 {
		t.Errorf("%+v", c)
	}
	if got := rate(t, s.As(storetest.Manager), models.Hypertension); got.Signed != 1 || got.Percent != 100 {
		t.Errorf("%+v", got)
	}
	verify(t, s)
	_, err = s.As(storetest.EastLead).Sign(t.Context(), in)
	wantCode(t, err, "already_signed")

	a, err := s.As(storetest.EastLead).Agreement(t.Context(), c.ID)
	if err != nil || !a.Intact || !strings.Contains(a.Doc.Text, "张秀英") || a.Doc.WitnessID != storetest.EastDoctor || a.Doc.Identity != models.IdentityByCard || a.Witness == "" {
		t.Fatalf("%+v %v", a, err)
	}
	good, err := s.VerifyAgreement(t.Context(), c.No, a.Doc.Hash)
	if err != nil || !good.Genuine || good.Name != "张*英" {
		t.Errorf("%+v %v", good, err)
	}
	if bad, err := s.VerifyAgreement(t.Context(), c.No, strings.Repeat("0", 64)); err != nil || bad.Genuine || bad.Name != "" {
		t.Errorf("a wrong hash must learn nothing: %+v %v", bad, err)
	}
}

func TestApplyAndAccept(t *testing.T) {
	s, _ := storetest.District(t)
	c, err := s.As(storetest.Mei).Sign(t.Context(), store.Signing{ResidentID: storetest.WangMei, TeamID: storetest.EastTeam, TermYears: 2, Identity: models.IdentityByCard, Source: models.FromMiniProgram})
	if a, err := s.As(storetest.Mei).Agreement(t.Context(), c.ID); err != nil || a.Doc.Identity != "" || a.Witness != "" {
		t.Errorf("no staff checked a card: %+v %v", a, err)
	}
	if err != nil || c.Status != models.Applied || c.DueOn.String() != "2026-11-26" {
		t.Fatalf("%+v %v", c, err)
	}
	_, err = s.As(storetest.WestLead).Accept(t.Context(), c.ID, 0)
	wantCode(t, err, "not_found") // another team does not know of it
	_, err = s.As(storetest.ShiliuLead).Accept(t.Context(), c.ID, 0)
	wantCode(t, err, "forbidden") // the team of responsibility sees it, but it is not theirs to accept
	_, err = s.As(storetest.Mei).Accept(t.Context(), c.ID, 0)
	wantCode(t, err, "forbidden")
	c, err = s.As(storetest.EastLead).Accept(t.Context(), c.ID, c.Version)
	if err != nil || c.Status != models.Active || c.EndDate != models.TermEnd(storetest.Today, 2) {
		t.Fatalf("%+v %v", c, err)
	}
	_, err = s.As(storetest.EastLead).Accept(t.Context(), c.ID, 0)
	wantCode(t, err, "wrong_state")
	verify(t, s)
	// Now a resident of the team, wherever she lives.
	if _, err := s.As(storetest.EastLead).Resident(t.Context(), storetest.WangMei); err != nil {
		t.Error(err)
	}
}

func TestGuardiansSignForMinors(t *testing.T) {
	s, _ := storetest.District(t)
	_, err := s.As(storetest.EastLead).Sign(t.Context(), onSite(storetest.ZhangXiaoyu, storetest.EastTeam))
	wantCode(t, err, "invalid")
	in := onSite(storetest.ZhangXiaoyu, storetest.EastTeam)
	in.SignerID = storetest.LiuFang
	_, err = s.As(storetest.EastLead).Sign(t.Context(), in)
	wantCode(t, err, "invalid")
	if _, err := s.As(storetest.EastLead).AddGuardian(t.Context(), storetest.ZhangXiaoyu, store.Guardianship{GuardianID: storetest.LiuFang, Relation: "52", Consent: store.ConsentMinor, Evidence: "户口簿"}); err != nil {
		t.Fatal(err)
	}
	c, err := s.As(storetest.EastLead).Sign(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.As(storetest.EastLead).Agreement(t.Context(), c.ID)
	if err != nil || a.Doc.SignerKind != models.GuardianSigned || a.Doc.SignerID != storetest.LiuFang {
		t.Errorf("%+v %v", a.Doc, err)
	}
}

func TestRenewalContinuesWithoutAGap(t *testing.T) {
	s, clock := storetest.District(t)
	first := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	_, err := s.As(storetest.EastLead).Renew(t.Context(), first.ID, 0, onSite(0, 0))
	wantCode(t, err, "renewal_not_open")

	clock.Set(first.EndDate.AddDays(-models.RenewalWindow))
	roll(t, s)
	unsigned := onSite(0, 0)
	unsigned.Signature = ""
	_, err = s.As(storetest.EastLead).Renew(t.Context(), first.ID, 0, unsigned)
	wantCode(t, err, "invalid") // staff cannot renew without the resident
	second, err := s.As(storetest.Qiang).Renew(t.Context(), first.ID, 0, store.Signing{TermYears: 1, Source: models.FromMiniProgram})
	if err != nil || second.Status != models.Active || *second.Slot != models.NextSlot || second.BeginDate != first.EndDate.AddDays(1) {
		t.Fatalf("%+v %v", second, err)
	}
	_, err = s.As(storetest.EastLead).Renew(t.Context(), first.ID, 0, onSite(0, 0))
	wantCode(t, err, "already_renewed")
	verify(t, s)
	for day := first.EndDate.AddDays(-1); !day.After(first.EndDate.AddDays(2)); day = day.AddDays(1) {
		clock.Set(day)
		roll(t, s)
		verify(t, s)
		if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 1 {
			t.Errorf("%v: %d signed, want 1 without a gap", day, got.Signed)
		}
	}
	f, err := s.As(storetest.EastLead).Contract(t.Context(), first.ID)
	if err != nil || f.Contract.Status != models.Renewed {
		t.Errorf("%+v %v", f.Contract, err)
	}
}

func TestExpiryAndLateRenewal(t *testing.T) {
	s, clock := storetest.District(t)
	c := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	clock.Set(c.EndDate)
	roll(t, s)
	if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 1 {
		t.Errorf("on the last day the contract is in force: %+v", got)
	}
	clock.Set(c.EndDate.AddDays(1))
	roll(t, s)
	if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 0 {
		t.Errorf("the day after, it is not: %+v", got)
	}
	verify(t, s)
	clock.Set(c.EndDate.AddDays(models.LateRenewalDays))
	roll(t, s)
	late, err := s.As(storetest.EastLead).Renew(t.Context(), c.ID, 0, onSite(0, 0))
	if err != nil || late.BeginDate != s.Today() || late.PreviousID != c.ID {
		t.Errorf("%+v %v", late, err)
	}
	verify(t, s)
}

func TestTransferByResident(t *testing.T) {
	s, _ := storetest.District(t)
	old := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	p, err := s.As(storetest.Qiang).PreviewTransfer(t.Context(), old.ID, storetest.WestTeam)
	if err != nil || p.New.ID != storetest.WestTeam || p.NewTeamFree != models.CapacityPerDoctor {
		t.Fatalf("%+v %v", p, err)
	}
	app, err := s.As(storetest.Qiang).Transfer(t.Context(), old.ID, 0, store.Signing{TeamID: storetest.WestTeam, TermYears: 1, Source: models.FromMiniProgram})
	if err != nil || app.Status != models.Applied {
		t.Fatalf("%+v %v", app, err)
	}
	c, err := s.As(storetest.WestLead).Accept(t.Context(), app.ID, 0)
	if err != nil || c.Status != models.Active {
		t.Fatalf("%+v %v", c, err)
	}
	f, err := s.As(storetest.Manager).Contract(t.Context(), old.ID)
	if err != nil || f.Contract.Status != models.Transferred || f.Contract.StopReason != models.StopTransfer {
		t.Errorf("%+v %v", f.Contract, err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 1 {
		t.Errorf("a transfer changes no total: %+v", got)
	}
	verify(t, s)
}

func TestTerminateDeathAndMoves(t *testing.T) {
	s, _ := storetest.District(t)
	a := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	_, err := s.As(storetest.Qiang).Terminate(t.Context(), a.ID, 0, models.StopLost, "")
	wantCode(t, err, "invalid")
	if _, err := s.As(storetest.Qiang).Terminate(t.Context(), a.ID, 0, models.StopByResident, "搬家"); err != nil {
		t.Fatal(err)
	}
	verify(t, s)
	sign(t, s, storetest.EastLead, storetest.ZhangXiuying, storetest.EastTeam)
	if _, err := s.As(storetest.EastLead).Leave(t.Context(), storetest.ZhangXiuying, 0, store.Leaving{Status: models.Dead, On: storetest.Today, Reason: "疾病"}); err != nil {
		t.Fatal(err)
	}
	if got := rate(t, s.As(storetest.Manager), models.Elderly); got.Residents != 0 || got.Valued {
		t.Errorf("%+v", got)
	}
	verify(t, s)
	sign(t, s, storetest.EastLead, storetest.LiuFang, storetest.EastTeam)
	if _, err := s.As(storetest.EastLead).MoveResident(t.Context(), storetest.LiuFang, 0, storetest.ShiliuVillage, "石榴路2号"); err != nil {
		t.Fatal(err)
	}
	verify(t, s)
	rates, err := s.As(storetest.Manager).ContractRates(t.Context(), store.RateQuery{By: models.ScopeVillage, Populations: []models.Population{models.All}})
	if err != nil || rates.Rows[2].Residents != 2 || rates.Rows[2].Signed != 1 {
		t.Errorf("%+v %v", rates, err)
	}
}

func TestDisputeFlagsTheRateUntilSettled(t *testing.T) {
	s, _ := storetest.District(t)
	c := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	if _, err := s.As(storetest.Qiang).Dispute(t.Context(), c.ID, 0, "我没有签过"); err != nil {
		t.Fatal(err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Disputed != 1 || got.Signed != 1 {
		t.Errorf("%+v", got)
	}
	_, err := s.As(storetest.EastLead).Settle(t.Context(), c.ID, 0, store.Upheld, "核实无签名")
	wantCode(t, err, "forbidden") // the team does not judge its own case
	if _, err := s.As(storetest.LiuyuanBoss).Settle(t.Context(), c.ID, 0, store.Upheld, "核实无签名"); err != nil {
		t.Fatal(err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Disputed != 0 || got.Signed != 0 {
		t.Errorf("%+v", got)
	}
	verify(t, s)
}

func TestHouseholdSignsTogetherOrNotAtAll(t *testing.T) {
	s, _ := storetest.District(t)
	family := store.HouseholdSigning{HouseholdID: 1, RepresentativeID: storetest.ZhangQiang, TeamID: storetest.EastTeam, TermYears: 1, Source: models.FromWorkbench,
		Members: []store.HouseholdMember{{ResidentID: storetest.ZhangQiang, Signature: signature}, {ResidentID: storetest.ZhangXiaobao, Signature: signature}}}
	_, _, err := s.As(storetest.EastLead).SignHousehold(t.Context(), family)
	if !models.IsCode(err, "invalid") {
		t.Fatalf("the child has no guardian on record: %v", err)
	}
	if got := rate(t, s.As(storetest.Manager), models.All); got.Signed != 0 {
		t.Errorf("nobody may be signed when one member fails: %+v", got)
	}
	family.Members = []store.HouseholdMember{{ResidentID: storetest.ZhangQiang, Signature: signature}, {ResidentID: storetest.LiuFang, Signature: signature, Identity: models.IdentityByOther}}
	_, contracts, err := s.As(storetest.EastLead).SignHousehold(t.Context(), family)
	if err != nil || len(contracts) != 2 || contracts[0].SigningID == 0 {
		t.Fatalf("%+v %v", contracts, err)
	}
	for i, want := range []models.IdentityCheck{"", models.IdentityByOther} {
		if f, err := s.As(storetest.EastLead).Contract(t.Context(), contracts[i].ID); err != nil || f.Agreement.Identity != want {
			t.Errorf("member %d: %+v %v", i, f.Agreement, err)
		}
	}
	verify(t, s)
}

// TestOnlyOneOfManySigners is the promise "one resident, one team" under concurrency.
func TestOnlyOneOfManySigners(t *testing.T) {
	s, _ := storetest.District(t)
	const attempts = 32
	errs := make([]error, attempts)
	var wg sync.WaitGroup
	for i := range attempts {
		wg.Go(func() {
			actor, in := storetest.EastLead, onSite(storetest.ZhangQiang, storetest.EastTeam)
			switch i % 3 {
			case 1:
				actor, in = storetest.Manager, onSite(storetest.ZhangQiang, storetest.WestTeam)
			case 2:
				actor, in = storetest.Qiang, store.Signing{ResidentID: storetest.ZhangQiang, TeamID: storetest.ShiliuTeam, TermYears: 1, Source: models.FromMiniProgram}
			}
			_, errs[i] = s.As(actor).Sign(t.Context(), in)
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !models.IsCode(err, "already_signed") && !models.IsCode(err, "already_applied") {
			t.Errorf("a loser got %v", err)
		}
	}
	list, err := s.As(storetest.Manager).Contracts(t.Context(), store.ContractFilter{ResidentID: storetest.ZhangQiang}, store.Page{})
	if err != nil || won != 1 || len(list.Items) != 1 {
		t.Errorf("%d won, %d contracts, %v", won, len(list.Items), err)
	}
	verify(t, s)
}

func TestTeamFull(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{CapacityPerDoctor: 2})
	people := []models.ID{storetest.ZhangQiang, storetest.LiuFang, storetest.ZhangXiuying, storetest.LiDashan, storetest.LiJianguo, storetest.WangMei}
	errs := make([]error, len(people))
	var wg sync.WaitGroup
	for i, id := range people {
		wg.Go(func() { _, errs[i] = s.As(storetest.Manager).Sign(t.Context(), onSite(id, storetest.EastTeam)) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "team_full")
		}
	}
	if won != 2 {
		t.Errorf("%d signed with a team of capacity 2", won)
	}
	in := onSite(storetest.ChenJing, storetest.EastTeam)
	in.Override = "山区唯一团队"
	if _, err := s.As(storetest.Manager).Sign(t.Context(), in); err != nil {
		t.Errorf("a district manager may override with a reason: %v", err)
	}
	verify(t, s)
}

func TestIdempotentSigning(t *testing.T) {
	s, _ := storetest.District(t)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k-1", Operation: "POST /contracts", Hash: "h"})
	const tries = 8
	got := make([]models.Contract, tries)
	var wg sync.WaitGroup
	for i := range tries {
		wg.Go(func() {
			var err error
			if got[i], err = s.As(storetest.EastLead).Sign(ctx, onSite(storetest.ZhangQiang, storetest.EastTeam)); err != nil {
				t.Errorf("try %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	for _, c := range got {
		if c.ID != got[0].ID || c.No != got[0].No || c.EndDate != got[0].EndDate || len(c.Packages) != 1 {
			t.Errorf("a retry got another answer: %+v", c)
		}
	}
	other := store.WithRequest(t.Context(), store.Request{Key: "k-1", Operation: "POST /contracts", Hash: "other"})
	_, err := s.As(storetest.EastLead).Sign(other, onSite(storetest.LiuFang, storetest.EastTeam))
	wantCode(t, err, "idempotency_mismatch")
}
