package store_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// signWith signs 张秀英 with the hypertension package beside the base package.
func signWith(t *testing.T, s *store.Store, years int) models.Contract {
	t.Helper()
	in := onSite(storetest.ZhangXiuying, storetest.EastTeam)
	in.PackageIDs, in.TermYears = []models.ID{storetest.HTNPackage}, years
	c, err := s.As(storetest.EastLead).Sign(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func entitled(t *testing.T, s *store.Store, by models.Actor, contract models.ID, year int) store.EntitlementFile {
	t.Helper()
	f, err := s.As(by).Entitlements(t.Context(), storetest.ZhangXiuying, contract, year)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// promiseOf is the entitlement of the service.
func promiseOf(t *testing.T, f store.EntitlementFile, service clinical.Service) models.Entitlement {
	t.Helper()
	for _, p := range f.Packages {
		for _, e := range p.Items {
			if e.Item.Service == service {
				return e
			}
		}
	}
	t.Fatalf("no item for %s in %+v", service, f)
	return models.Entitlement{}
}

func TestEntitlementsFollowFromVisits(t *testing.T) {
	s, clock := storetest.District(t)
	if f := entitled(t, s, storetest.Qiang, 0, 0); f.Why != models.NoContract || len(f.Packages) != 0 || f.Contract.ID != 0 {
		t.Fatalf("%+v", f)
	}
	c := signWith(t, s, 1)
	f := entitled(t, s, storetest.Qiang, 0, 0)
	if f.Why != "" || f.Contract.ID != c.ID || len(f.Packages) != 2 || !f.Packages[0].Base || f.Packages[1].Base || f.Packages[1].Package.Name != "高血压服务包" ||
		f.Year.From != storetest.Today || f.Year.Until != c.EndDate || f.Total.ItemsDue != 0 || f.Total.NextChange != storetest.Today.AddDays(91) {
		t.Fatalf("%+v", f)
	}
	d := htn(storetest.Today, pressure(130, 80))
	d.Services = []clinical.Service{"record"}
	first := log(t, s, d)
	second := log(t, s, ticked(storetest.Today, clinical.WayPhone, "consult"))
	clock.Set(storetest.Today.AddDays(91)) // the first quarter of the year ends
	f = entitled(t, s, storetest.EastNurseOne, 0, 0)
	if e := promiseOf(t, f, "hypertension"); e.Promised != 4 || e.Delivered != 1 || e.Due != 1 || e.State(f.AsOf) != models.EntitlementPending || e.NextDueOn != storetest.Today.AddDays(182) {
		t.Errorf("%+v", e)
	}
	if e := promiseOf(t, f, "consult"); e.Delivered != 1 { // advice may be given by phone
		t.Errorf("%+v", e)
	}
	if f.Total.ItemsDue != 2 || f.Total.ItemsDone != 2 || f.Total.BaseDue != 1 || f.Total.ItemsConfirmed != 0 {
		t.Errorf("%+v", f.Total)
	}
	clock.Set(storetest.Today.AddDays(20))
	if _, err := s.As(storetest.Qiang).ConfirmVisit(t.Context(), first.ID, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Qiang).DenyVisit(t.Context(), second.ID, 0, "没有接到电话"); err != nil {
		t.Fatal(err)
	}
	clock.Set(storetest.Today.AddDays(91))
	f = entitled(t, s, storetest.Qiang, 0, 0)
	if e := promiseOf(t, f, "consult"); e.Delivered != 0 || e.Denied != 1 || e.State(f.AsOf) != models.EntitlementOverdue {
		t.Errorf("%+v", e)
	}
	if e := promiseOf(t, f, "record"); e.Confirmed != 1 || e.State(f.AsOf) != models.EntitlementDone {
		t.Errorf("%+v", e)
	}
	if f.Total.ItemsDue != 2 || f.Total.ItemsDone != 1 || f.Total.ItemsConfirmed != 1 || f.Total.BaseDone != 0 {
		t.Errorf("%+v", f.Total)
	}
	if _, err := s.As(storetest.EastLead).VoidEncounter(t.Context(), first.ID, 0, "录错人"); err != nil {
		t.Fatal(err)
	}
	f = entitled(t, s, storetest.EastLead, 0, 0)
	if e := promiseOf(t, f, "hypertension"); e.Delivered != 0 || e.Confirmed != 0 || f.Total.ItemsDone != 0 {
		t.Errorf("a voided visit counts nowhere, confirmed or not: %+v", e)
	}
	if trail := auditRowsOf(t, s, "entitlement.read"); len(trail) != 5 || trail[4].ResidentID != storetest.ZhangXiuying {
		t.Errorf("%d reads in the audit", len(trail))
	}
}

func TestEntitlementsOfEarlierContractsAndYears(t *testing.T) {
	s, clock := storetest.District(t)
	c := signWith(t, s, 2)
	log(t, s, htn(storetest.Today, pressure(130, 80)))
	clock.Set(storetest.Today.AddYears(1))
	if f := entitled(t, s, storetest.EastLead, 0, 0); f.Year.Number != 2 || promiseOf(t, f, "hypertension").Delivered != 0 || f.Total.ItemsDue != 0 {
		t.Errorf("a new year begins anew: %+v", f)
	}
	if f := entitled(t, s, storetest.EastLead, 0, 1); f.Year.Number != 1 || promiseOf(t, f, "hypertension").Delivered != 1 || f.Total.ItemsDue != 9 || f.Total.ItemsDone != 2 { // the visit kept the health record too
		t.Errorf("the year before: %+v", f)
	}
	_, err := s.As(storetest.EastLead).Entitlements(t.Context(), storetest.ZhangXiuying, 0, 3)
	wantField(t, err, "year", "out_of_range")
	clock.Set(storetest.Today.AddDays(100))
	_, err = s.As(storetest.EastLead).Entitlements(t.Context(), storetest.ZhangXiuying, 0, 2)
	wantField(t, err, "year", "future")
	// She moves to another team: the new contract owes from its own beginning.
	in := onSite(storetest.ZhangXiuying, storetest.WestTeam)
	moved, err := s.As(storetest.LiuyuanBoss).Transfer(t.Context(), c.ID, 0, in)
	if err != nil {
		t.Fatal(err)
	}
	if f := entitled(t, s, storetest.WestLead, 0, 0); f.Contract.ID != moved.ID || len(f.Packages) != 1 || promiseOf(t, f, "record").Delivered != 0 {
		t.Errorf("%+v", f)
	}
	f := entitled(t, s, storetest.WestLead, c.ID, 0)
	if f.Contract.ID != c.ID || f.Year.Until != storetest.Today.AddDays(99) || promiseOf(t, f, "hypertension").State(f.AsOf) != models.EntitlementEnded || f.Total.ItemsDue != 2 {
		t.Errorf("%+v", f)
	}
	other := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	for name, id := range map[string]models.ID{"somebody else's": other.ID, "none": 999} {
		if _, err := s.As(storetest.Manager).Entitlements(t.Context(), storetest.ZhangXiuying, id, 0); !models.IsCode(err, "not_found") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, actor := range map[string]models.Actor{"another institution": storetest.ShiliuLead, "auditor": storetest.AuditorOne, "stranger": storetest.Mei, "nobody": {}} {
		if _, err := s.As(actor).Entitlements(t.Context(), storetest.ZhangXiuying, 0, 0); !models.IsCode(err, "not_found") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEntitlementsOfWhatIsNotInForce(t *testing.T) {
	s, clock := storetest.District(t)
	c := signWith(t, s, 1)
	clock.Set(c.EndDate.AddDays(-10))
	renewed, err := s.As(storetest.EastLead).Renew(t.Context(), c.ID, 0, onSite(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if f := entitled(t, s, storetest.Qiang, 0, 0); f.Contract.ID != c.ID || f.Why != "" {
		t.Errorf("%+v", f)
	}
	if f := entitled(t, s, storetest.Qiang, renewed.ID, 0); f.Why != models.NotBegun || len(f.Packages) != 0 || f.Contract.ID != renewed.ID {
		t.Errorf("%+v", f)
	}
	clock.Set(renewed.BeginDate)
	if f := entitled(t, s, storetest.Qiang, 0, 0); f.Contract.ID != renewed.ID || len(f.Packages) != 2 {
		t.Errorf("on its first day: %+v", f)
	}
	applied, err := s.As(storetest.Mei).Sign(t.Context(), store.Signing{ResidentID: storetest.WangMei, TeamID: storetest.ShiliuTeam, TermYears: 1, Source: models.FromMiniProgram})
	if err != nil {
		t.Fatal(err)
	}
	if f, err := s.As(storetest.Mei).Entitlements(t.Context(), storetest.WangMei, applied.ID, 0); err != nil || f.Why != models.NeverBegan || len(f.Packages) != 0 {
		t.Errorf("%+v %v", f, err)
	}
}
