// Package seed makes the reference district 榴园区 of domain §9 and loads it: the whole
// organisation with its 246 teams, and a population of any scale whose figures are the
// published ones, exactly so at scale 1. The same seed and day give the same district.
package seed

import (
	"context"
	"errors"
	"math/rand/v2"

	"jiayi/models"
	"jiayi/models/store"
)

// Scales of the district.
const (
	FullScale = 1.0  // 514,130 residents
	DemoScale = 0.02 // 10,283 residents, ready in some seconds
	// FullTextScale is the greatest scale at which current contracts have the whole
	// agreement text frozen and the managed have their visits of the past year. A whole
	// agreement takes 9 KB sealed, 3 GB for a full district, so above this scale
	// contracts are entered as imported paper agreements: a short text, its hash, no
	// signature. Contracts of earlier terms are so at every scale.
	FullTextScale = 0.1
)

// Options are what a district is made from.
type Options struct {
	Scale        float64     // share of the residents, above 0 and up to 1; teams, partners and packages stay whole
	Seed         uint64      // same seed, same people
	Today        models.Date // the store's today when zero; must be the store's today for its tallies to answer
	PasswordHash string      // of every staff account, hashed once by the caller
	TOTPSecret   func(username string) string
	// Progress is told how far a stage is; done reaches total. It may be nil.
	Progress func(stage string, done, total int)
}

// Result is what a demonstration needs to know about the district.
type Result struct {
	Logins    []Login      `json:"logins"`
	Users     []WechatUser `json:"wechat_users"`
	Card      Card         `json:"id_card,omitzero"`
	Residents int          `json:"residents"`
	Signed    int          `json:"signed"`
	Contracts int          `json:"contracts"`
}

// ErrNotEmpty is returned for a database that holds a district already.
var ErrNotEmpty = errors.New("seed: the database is not empty")

// ErrScale is returned for a scale outside its range.
var ErrScale = errors.New("seed: the scale must be above 0 and at most 1")

// chunkResidents is about how many residents go into one transaction.
const chunkResidents = 2000

// Run fills an empty, migrated database with the district and its tallies. It returns
// ErrNotEmpty when there is an institution already, ErrScale for a bad scale, and the
// database's errors; a run that failed half-way leaves its rows, so begin anew with an
// empty database.
func Run(ctx context.Context, s *store.Store, opt Options) (Result, error) {
	if !(opt.Scale > 0 && opt.Scale <= 1) {
		return Result{}, ErrScale
	}
	if opt.Today.IsZero() {
		opt.Today = s.Today()
	}
	if opt.Progress == nil {
		opt.Progress = func(string, int, int) {}
	}
	if opt.TOTPSecret == nil {
		opt.TOTPSecret = func(string) string { return "" }
	}
	d := newDistrict(rand.New(rand.NewPCG(opt.Seed, 0)), opt) // #nosec G404 -- a reproducible district, not a secret
	opt.Progress("population", 0, 1)
	towns := d.populate(newPlan(opt.Scale), opt.Seed)
	opt.Progress("population", 1, 1)
	if err := d.load(ctx, s); err != nil {
		return Result{}, err
	}
	w := newScribe(d, s, opt)
	if err := w.writeAll(ctx, towns, opt.Progress); err != nil {
		return Result{}, err
	}
	if err := w.voices.write(ctx, s, &w.id.processEvent); err != nil {
		return Result{}, err
	}
	if err := w.finish(ctx, opt.Progress); err != nil {
		return Result{}, err
	}
	if err := w.exports(ctx, s); err != nil {
		return Result{}, err
	}
	if err := w.assess(ctx); err != nil {
		return Result{}, err
	}
	out := Result{Logins: d.demoLogins(), Users: w.demo.users(), Card: w.demo.card(), Residents: int(w.id.resident), Contracts: int(w.id.contract)}
	for _, t := range d.teams {
		out.Signed += t.Load
	}
	return out, nil
}

// load inserts the organisation.
func (d *district) load(ctx context.Context, s *store.Store) error {
	return s.Load(ctx, func(l *store.Loader) error {
		if empty, err := l.Empty(); err != nil || !empty {
			return errors.Join(err, ErrNotEmpty)
		}
		return putAll(ctx, s, l, d.institutions, d.alliances, d.allies, d.villages, d.teams, d.staff, d.members, d.partners, d.links,
			d.packages, d.items, []models.Template{d.template}, d.accounts)
	})
}

func putAll(ctx context.Context, s *store.Store, l *store.Loader, lists ...any) error {
	for _, list := range lists {
		b, err := s.Ready(ctx, list)
		if err != nil {
			return err
		}
		if err := l.Put(b); err != nil {
			return err
		}
	}
	return nil
}

// writeAll writes everyone down. While one chunk goes into the database the next is
// made and sealed.
func (w *scribe) writeAll(ctx context.Context, towns []town, progress func(string, int, int)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	total := 0
	for _, t := range towns {
		total += len(t.people)
	}
	type chunk struct {
		batches []store.Batch
		upTo    int
	}
	chunks, failed := make(chan chunk, 1), make(chan error, 1)
	go func() {
		defer close(chunks)
		failed <- w.each(towns, func(r *rows) error {
			b, err := r.ready(ctx, w.s)
			if err != nil {
				return err
			}
			select {
			case chunks <- chunk{b, int(w.id.resident)}:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for c := range chunks {
		if err := w.s.Load(ctx, func(l *store.Loader) error { return l.Put(c.batches...) }); err != nil {
			stop()
			for range chunks { // let the maker see that it is to stop
			}
			return err
		}
		progress("residents", c.upTo, total)
	}
	return <-failed
}

// each makes the chunks one by one.
func (w *scribe) each(towns []town, emit func(*rows) error) error {
	w.quotas = newQuotas(towns, w.today)
	for _, t := range towns {
		for _, h := range t.homes {
			if err := w.family(t.people, h); err != nil {
				return err
			}
			if len(w.out.residents) < chunkResidents {
				continue
			}
			if err := emit(w.out); err != nil {
				return err
			}
			w.out = &rows{}
		}
	}
	return emit(w.out)
}

// finish writes what follows from all people: the demonstration's WeChat users, the
// sequences to go on from, and the figures of today and of the past month-ends.
func (w *scribe) finish(ctx context.Context, progress func(string, int, int)) error {
	err := w.s.Load(ctx, func(l *store.Loader) error {
		var accounts []models.WechatAccount
		for i, u := range w.demo.users() {
			a := models.WechatAccount{ID: models.ID(i + 1), OpenIDIndex: l.OpenIDIndex(u.OpenID), OpenID: u.OpenID, ResidentID: u.ResidentID, CreatedAt: w.today.Start(), UpdatedAt: w.today.Start()}
			if u.ResidentID != 0 { // who is new has yet to give the phone number
				a.Phone = u.Phone
			}
			accounts = append(accounts, a)
		}
		var sequences []models.Sequence
		for prefix, n := range w.records {
			sequences = append(sequences, models.Sequence{Name: "record:" + prefix, Last: int64(n)})
		}
		if n := w.signed[w.today]; n > 0 {
			sequences = append(sequences, models.Sequence{Name: "contract:" + compact(w.today), Last: int64(n)})
		}
		c := w.clinics()
		homes := c.homeServices()
		prescriptions, drugs := c.prescriptions()
		talks, messages := c.conversations()
		notices, quotas := c.notices(talks, accounts)
		return putAll(ctx, w.s, l, accounts, w.demo.guardians(w.today), sequences, c.schedules, c.slots, c.appointments, homes, prescriptions, drugs, talks, messages, notices, quotas, c.events)
	})
	if err != nil {
		return err
	}
	for i, day := range w.tallies.days {
		past := day != w.today && day == day.MonthEnd()
		if err := w.s.Load(ctx, func(l *store.Loader) error {
			return l.Tally(day, past, w.tallies.entries(i, w.district), w.tallies.careEntries(i, w.district))
		}); err != nil {
			return err
		}
		progress("tallies", i+1, len(w.tallies.days))
	}
	return nil
}
