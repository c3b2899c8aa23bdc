package store

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"
	"gorm.io/gorm"

	"jiayi/models"
)

// Dashboard are the figures of many scopes and all populations at once: Figures[i][j] are
// those of Scopes[i] and Populations[j].
type Dashboard struct {
	AsOf        models.Date
	RuleVersion string
	Frozen      bool
	By          models.ScopeKind
	Populations []models.Population
	Scopes      []DashboardScope
	Figures     [][]models.Figures
	Targets     map[string]float64 // of the year, by code
}

// DashboardScope is one scope of a dashboard.
type DashboardScope struct {
	ID       models.ID
	Name     string
	Disputed int
}

// Dashboard returns the figures of ContractRates for every population, written by show, and a
// mark of the state they stand for. What was written for a state is kept and given again
// while the figures of the district are the same: looking costs less than counting, and the
// answer is exact at every moment. kind tells what show writes.
func (v View) Dashboard(ctx context.Context, q RateQuery, kind string, show func(Dashboard) ([]byte, error)) (body []byte, mark string, err error) {
	q.Populations = dashboardPopulations
	if q.On.IsZero() {
		q.On = v.Today()
	}
	a := v.actor
	if a.Reach() < models.TeamReach {
		return nil, "", models.ErrForbidden
	}
	// Whoever sees the same scopes sees the same figures.
	place := fmt.Sprint(a.Reach())
	switch a.Reach() {
	case models.InstitutionReach:
		place += fmt.Sprint(":", a.InstitutionID)
	case models.TeamReach:
		place += fmt.Sprint(":", a.InstitutionID, a.TeamIDs)
	}
	what := fmt.Sprint(kind, " ", place, " ", q.By, " ", q.On, " ", q.Within, " ", q.TeamID)
	state, err := v.figureState(v.query(ctx))
	if err != nil {
		return nil, "", err
	}
	if kept, ok := v.boards.get(what); ok && kept.state == state {
		return kept.body, kept.mark(), nil
	}
	fresh, err, _ := v.boards.making.Do(what+" "+state, func() (any, error) { return v.board(context.WithoutCancel(ctx), q, what, show) })
	if err != nil {
		return nil, "", err
	}
	b := fresh.(board)
	return b.body, b.mark(), nil
}

// dashboardPopulations are those a rate is published of.
var dashboardPopulations = func() []models.Population {
	var out []models.Population
	for _, p := range models.Counted {
		if p != models.Adults {
			out = append(out, p)
		}
	}
	return out
}()

// board is what was written for a state of the figures.
type board struct {
	what, state string
	body        []byte
}

func (b board) mark() string { return b.what + " " + b.state }

// boardsKept bounds how many are kept: a district has about as many kinds of readers.
const boardsKept = 64

// boards are what was written last, by what it is.
type boards struct {
	mu     sync.Mutex
	kept   map[string]board
	making singleflight.Group
}

func (b *boards) get(what string) (board, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept, ok := b.kept[what]
	return kept, ok
}

func (b *boards) put(fresh board) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.kept) >= boardsKept || b.kept == nil {
		b.kept = map[string]board{}
	}
	b.kept[fresh.what] = fresh
}

// board counts and writes one anew. State and figures are of one snapshot.
func (v View) board(ctx context.Context, q RateQuery, what string, show func(Dashboard) ([]byte, error)) (board, error) {
	out := board{what: what}
	d := Dashboard{By: q.By, Populations: q.Populations}
	err := v.snapshot(ctx, func(db *gorm.DB) (err error) {
		if out.state, err = v.figureState(db); err != nil {
			return err
		}
		r, err := v.ratesIn(db, q)
		if err != nil {
			return err
		}
		d.AsOf, d.RuleVersion, d.Frozen, d.Targets = r.AsOf, r.RuleVersion, r.Frozen, r.Targets
		for i := 0; i < len(r.Rows); i += len(q.Populations) {
			rows := r.Rows[i : i+len(q.Populations)]
			figures := make([]models.Figures, len(rows))
			for k, row := range rows {
				figures[k] = row.Figures
			}
			d.Scopes, d.Figures = append(d.Scopes, DashboardScope{rows[0].ScopeID, rows[0].Name, rows[0].Disputed}), append(d.Figures, figures)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	if out.body, err = show(d); err == nil {
		v.boards.put(out)
	}
	return out, err
}

// figureState is different whenever a published figure, or a name or target beside it, is. It
// tells how often entries were folded and how many wait: between two foldings they only grow
// in number. Its cost is that of the entries that wait, not of the district.
func (v View) figureState(db *gorm.DB) (string, error) {
	var s struct {
		Folds, Rates, Care, Frozen, Disputes, DisputeSum, Targets, Teams, Institutions, Villages int64
		Day, Opened                                                                              string
	}
	err := db.Raw(`SELECT
		(SELECT COALESCE(SUM(last), 0) FROM sequences WHERE name = ?) AS folds, (SELECT COUNT(*) FROM tally_entries) AS rates, (SELECT COUNT(*) FROM care_entries) AS care,
		(SELECT COUNT(*) FROM tally_days WHERE frozen = ?) AS frozen, (SELECT MAX(day) FROM tally_days) AS day, (SELECT MAX(created_at) FROM tally_days) AS opened,
		(SELECT COUNT(*) FROM contract_disputes WHERE outcome = '') AS disputes, (SELECT COALESCE(SUM(id), 0) FROM contract_disputes WHERE outcome = '') AS dispute_sum,
		(SELECT COALESCE(SUM(version), 0) FROM targets) AS targets, (SELECT COALESCE(SUM(version), 0) FROM teams) AS teams,
		(SELECT COALESCE(SUM(version), 0) FROM institutions) AS institutions, (SELECT COALESCE(SUM(version), 0) FROM villages) AS villages`, foldSequence, true).Scan(&s).Error
	return fmt.Sprint(s), err
}
