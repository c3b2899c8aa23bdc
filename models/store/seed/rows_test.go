package seed

import (
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// made is a district made but not loaded.
type made struct {
	*district
	rows
	w *scribe
}

func makeDistrict(t testing.TB, s *store.Store, opt Options) made {
	t.Helper()
	opt.Today, opt.TOTPSecret = storetest.Today, func(string) string { return "secret" }
	d := newDistrict(rand.New(rand.NewPCG(opt.Seed, 0)), opt)
	w := newScribe(d, s, opt)
	m := made{district: d, w: w}
	err := w.each(d.populate(newPlan(opt.Scale), opt.Seed), func(r *rows) error {
		m.households = append(m.households, r.households...)
		m.residents = append(m.residents, r.residents...)
		m.memberships = append(m.memberships, r.memberships...)
		m.contracts = append(m.contracts, r.contracts...)
		m.rows.packages = append(m.rows.packages, r.packages...)
		m.events = append(m.events, r.events...)
		m.agreements = append(m.agreements, r.agreements...)
		m.encounters = append(m.encounters, r.encounters...)
		m.followups = append(m.followups, r.followups...)
		m.tasks = append(m.tasks, r.tasks...)
		m.pregnancies = append(m.pregnancies, r.pregnancies...)
		m.standings = append(m.standings, r.standings...)
		m.referrals = append(m.referrals, r.referrals...)
		m.consults = append(m.consults, r.consults...)
		m.discharges = append(m.discharges, r.discharges...)
		m.calls = append(m.calls, r.calls...)
		m.processEvents = append(m.processEvents, r.processEvents...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var hundredth made

// oneToAHundred is made once for all tests, which only read it.
func oneToAHundred(t testing.TB) made {
	t.Helper()
	if hundredth.w == nil {
		s, _ := storetest.Open(t)
		hundredth = makeDistrict(t, s, Options{Scale: 0.01, Seed: 1})
	}
	return hundredth
}

// hash is one over every row, sealed fields in the clear.
func (m made) hash(t *testing.T) [32]byte {
	t.Helper()
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, list := range []any{m.institutions, m.alliances, m.allies, m.villages, m.teams, m.staff, m.members, m.partners, m.links, m.district.packages, m.items, m.accounts,
		m.households, m.residents, m.memberships, m.contracts, m.rows.packages, m.events, m.agreements, m.encounters, m.followups, m.tasks, m.pregnancies, m.standings, m.referrals, m.consults, m.discharges, m.calls, m.processEvents, m.w.demo.users(), m.w.demo.guardians(storetest.Today)} {
		if err := e.Encode(list); err != nil {
			t.Fatal(err)
		}
	}
	return [32]byte(h.Sum(nil))
}

func TestSameSeedSameDistrict(t *testing.T) {
	s, _ := storetest.Open(t)
	first := makeDistrict(t, s, Options{Scale: 0.002, Seed: 3})
	if again := makeDistrict(t, s, Options{Scale: 0.002, Seed: 3}); first.hash(t) != again.hash(t) {
		t.Error("two runs of one seed differ")
	}
	if other := makeDistrict(t, s, Options{Scale: 0.002, Seed: 4}); first.hash(t) == other.hash(t) {
		t.Error("another seed makes the same district")
	}
}

func TestPeopleAreWhoTheirNumbersSay(t *testing.T) {
	m := oneToAHundred(t)
	rules := codes.IDRules{Today: storetest.Today, AllowTestRegion: true}
	numbers, records, heads := map[string]bool{}, map[string]bool{}, map[models.ID]int{}
	men := 0
	for _, r := range m.residents {
		id, err := rules.ParseIDNumber(r.DocumentNo)
		if err != nil || id.Born != r.BirthDate || id.Sex != r.Sex || numbers[r.DocumentNo] {
			t.Fatalf("resident %d: number refused (%v), of someone else or used twice", r.ID, err)
		}
		numbers[r.DocumentNo] = true
		no, err := codes.ParseRecordNo(r.RecordNo)
		if err != nil || no.Prefix() != m.villages[r.VillageID-1].EHRCode || records[r.RecordNo] {
			t.Fatalf("resident %d: record number %v", r.ID, err)
		}
		records[r.RecordNo] = true
		var p models.Problems
		draft := models.DraftOf(r)
		draft.Check(&p, rules)
		if err := p.Err(); err != nil {
			t.Fatalf("resident %d would be refused: %+v", r.ID, err)
		}
		if r.HouseRelation == relHead {
			heads[r.HouseholdID]++
		}
		if r.Sex == codes.SexMale {
			men++
		}
	}
	for _, h := range m.households {
		if heads[h.ID] != 1 || m.residents[h.HeadID-1].HouseholdID != h.ID {
			t.Fatalf("household %d has %d heads", h.ID, heads[h.ID])
		}
	}
	expect(t, "households", len(m.households), 1779)
	if share := 1000 * men / len(m.residents); share < 508 || share > 518 {
		t.Errorf("male share %d‰, want about 513", share)
	}
}

func TestKeyPopulationIsASet(t *testing.T) {
	m := oneToAHundred(t)
	byResident := map[models.ID][]models.Membership{}
	for _, x := range m.memberships {
		byResident[x.ResidentID] = append(byResident[x.ResidentID], x)
		spec, _ := x.Code.Spec()
		if r := m.residents[x.ResidentID-1]; r.BirthDate.AgeOn(x.Begin) < spec.MinAge || x.Begin.After(storetest.Today) || x.Begin.Before(r.BirthDate) {
			t.Fatalf("resident %d entered %s at %d", r.ID, x.Code, r.BirthDate.AgeOn(x.Begin))
		}
	}
	key, signed, tags := 0, 0, 0
	for _, r := range m.residents {
		mask := models.PopulationsOn(r.BirthDate, byResident[r.ID], storetest.Today)
		if mask != r.Standing.Mask {
			t.Fatalf("resident %d stands for other populations than the memberships say", r.ID)
		}
		if !mask.Has(models.Key) {
			continue
		}
		key++
		if r.Standing.Signed {
			signed++
		}
		for _, p := range mask.Populations() {
			if spec, ok := p.Spec(); ok && spec.InKey {
				tags++
			}
		}
	}
	expect(t, "key", key, 1673)
	expect(t, "key signed", signed, 1264)
	if tags <= key {
		t.Errorf("%d tags on %d people: nobody is in two populations", tags, key)
	}
}
