package store_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// TestTalliesNeverDrift drives random histories of signings, moves, deaths, memberships,
// transfers, renewals and passing days, and recounts all along: the tallies must agree
// with the facts at every moment, and the rates must equal a direct count.
func TestTalliesNeverDrift(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s, clock := storetest.District(t)
			w := world{t: t, s: s, clock: clock, r: rand.New(rand.NewPCG(seed, 7)), people: 9}
			for i := range 150 {
				w.step()
				if i%10 == 9 {
					verify(t, s)
				}
			}
			verify(t, s)
			if w.done < 40 {
				t.Errorf("only %d of 150 steps were allowed: the history is too dull to prove anything", w.done)
			}
		})
	}
}

type world struct {
	t      *testing.T
	s      *store.Store
	clock  *storetest.Clock
	r      *rand.Rand
	people int64
	done   int
}

func (w *world) person() models.ID  { return models.ID(1 + w.r.Int64N(w.people)) }
func (w *world) village() models.ID { return models.ID(1 + w.r.Int64N(3)) }

// step tries one random thing; refusals are part of life, other errors are not.
func (w *world) step() {
	ctx, v, id := w.t.Context(), w.s.As(storetest.Manager), w.person()
	var err error
	switch w.r.IntN(18) {
	case 0, 1, 2:
		_, err = v.Sign(ctx, onSite(id, w.village()))
	case 3:
		err = w.onContract(id, func(c models.Contract) error {
			_, err := v.Terminate(ctx, c.ID, 0, models.StopByResident, "")
			return err
		})
	case 4:
		err = w.onContract(id, func(c models.Contract) error {
			in := onSite(id, w.village())
			_, err := v.Transfer(ctx, c.ID, 0, in)
			return err
		})
	case 5:
		err = w.onContract(id, func(c models.Contract) error {
			_, err := v.Renew(ctx, c.ID, 0, onSite(id, 0))
			return err
		})
	case 6:
		_, err = v.MoveResident(ctx, id, 0, w.village(), "新址")
	case 7:
		code := []models.Population{models.Hypertension, models.Disabled, models.Poverty, models.COPD}[w.r.IntN(4)]
		_, err = v.Enrol(ctx, id, store.Enrolment{Code: code, Begin: w.s.Today(), Evidence: "名单", Source: models.FromManual})
	case 8:
		err = w.closeMembership(id)
	case 9:
		born := w.s.Today().AddYears(-w.r.IntN(90)).AddDays(-w.r.IntN(365))
		_, err = v.CreateResident(ctx, models.ResidentDraft{Name: "新居民", DocumentNo: storetest.IDNumber(born, w.r.IntN(999)), VillageID: w.village(), Permanent: w.r.IntN(5) > 0})
		if err == nil {
			w.people++
		}
	case 10:
		if w.r.IntN(4) == 0 {
			_, err = v.Leave(ctx, id, 0, store.Leaving{Status: []models.LifeStatus{models.Dead, models.MovedOut}[w.r.IntN(2)], On: w.s.Today()})
		} else {
			_, err = w.s.Fold(ctx)
		}
	case 12, 13, 14:
		err = w.visit(id)
	case 15:
		err = w.onVisit(id, func(e store.Visit) error {
			_, err := v.VoidEncounter(ctx, e.ID, 0, "录错")
			return err
		})
	case 16:
		err = w.onVisit(id, func(e store.Visit) error {
			self := w.s.As(models.Actor{Role: models.ResidentRole, WechatID: 9, ResidentID: id})
			if w.r.IntN(3) == 0 {
				_, err := self.DenyVisit(ctx, e.ID, 0, "没有来过")
				return err
			}
			_, err := self.ConfirmVisit(ctx, e.ID, 0)
			return err
		})
	case 17:
		if w.r.IntN(6) == 0 {
			_, err = v.Merge(ctx, id, w.person(), 0)
		}
	case 11:
		w.clock.Set(w.s.Today().AddDays(1 + w.r.IntN(200)))
		_, err = w.s.RollDay(ctx)
	}
	if err == nil {
		w.done++
		return
	}
	var refused *models.Error
	if !asModelError(err, &refused) {
		w.t.Fatalf("step failed: %v", err)
	}
}

// visit logs a visit of some way and day with whatever the person may be under: the forms
// that are refused are part of life too.
func (w *world) visit(id models.ID) error {
	d := htn(w.s.Today().AddDays(-w.r.IntN(40)), pressure([]float64{125, 165, 185}[w.r.IntN(3)], 80, map[string]any{"referral_org_dept": "区人民医院"}))
	d.ResidentID, d.VisitWay, d.DoctorID = id, []int{1, 1, 2, 3}[w.r.IntN(4)], 0
	switch w.r.IntN(3) {
	case 0:
		d.Forms, d.Services = nil, []clinical.Service{"record", "consult", "education"}
	case 1:
		d.Services = []clinical.Service{"education"}
	}
	_, err := w.s.As(storetest.Manager).LogEncounter(w.t.Context(), d)
	return err
}

func (w *world) onVisit(id models.ID, fn func(store.Visit) error) error {
	l, err := w.s.As(storetest.Manager).Encounters(w.t.Context(), store.EncounterFilter{ResidentID: id}, store.Page{})
	if err != nil || len(l.Items) == 0 {
		return err
	}
	return fn(l.Items[w.r.IntN(len(l.Items))])
}

func (w *world) onContract(id models.ID, fn func(models.Contract) error) error {
	l, err := w.s.As(storetest.Manager).Contracts(w.t.Context(), store.ContractFilter{ResidentID: id, Status: models.Active}, store.Page{})
	if err != nil || len(l.Items) == 0 {
		return err
	}
	return fn(l.Items[len(l.Items)-1].Contract)
}

func (w *world) closeMembership(id models.ID) error {
	p, err := w.s.As(storetest.Manager).Resident(w.t.Context(), id)
	if err != nil {
		return err
	}
	for _, m := range p.Memberships {
		if m.Open != nil {
			_, err := w.s.As(storetest.Manager).CloseMembership(w.t.Context(), id, m.ID, w.s.Today(), "核实")
			return err
		}
	}
	return nil
}

// TestTalliesUnderConcurrentChange lets many people change at once while the tallies
// are folded and read, and recounts at the end.
func TestTalliesUnderConcurrentChange(t *testing.T) {
	s, _ := storetest.District(t)
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			w := world{t: t, s: s, r: rand.New(rand.NewPCG(uint64(worker), 3)), people: 9}
			for range 20 {
				w.concurrentStep()
			}
		})
	}
	wg.Go(func() {
		for range 20 {
			if _, err := s.Fold(t.Context()); err != nil {
				t.Error(err)
			}
			rate(t, s.As(storetest.Manager), models.Key)
		}
	})
	wg.Wait()
	verify(t, s)
}

func (w *world) concurrentStep() {
	ctx, v, id := w.t.Context(), w.s.As(storetest.Manager), w.person()
	var err error
	switch w.r.IntN(7) {
	case 5, 6:
		err = w.visit(id)
	case 0, 1:
		_, err = v.Sign(ctx, onSite(id, w.village()))
	case 2:
		err = w.onContract(id, func(c models.Contract) error {
			_, err := v.Terminate(ctx, c.ID, 0, models.StopByResident, "")
			return err
		})
	case 3:
		_, err = v.MoveResident(ctx, id, 0, w.village(), "新址")
	case 4:
		err = w.onContract(id, func(c models.Contract) error {
			_, err := v.Transfer(ctx, c.ID, 0, onSite(id, w.village()))
			return err
		})
	}
	var refused *models.Error
	if err != nil && !asModelError(err, &refused) {
		w.t.Errorf("step failed: %v", err)
	}
}
