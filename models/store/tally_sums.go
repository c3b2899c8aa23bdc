package store

import "jiayi/models"

type tallyKey struct {
	day        models.Date
	kind       models.ScopeKind
	scope      models.ID
	population models.Population
}

// tallySums collects tallies in memory.
type tallySums map[tallyKey]models.Figures

func (t tallySums) add(k tallyKey, f models.Figures, n int) {
	if n != 0 && f != (models.Figures{}) {
		t[k] = t[k].Plus(f, n)
	}
}

// place is where people are counted: the scopes of their area, and the panel.
type place struct{ village, team, institution, panel models.ID }

// spread adds figures to the scopes of a place: n people of the area, and so many of the
// panel.
func (t tallySums) spread(day models.Date, at place, p models.Population, f models.Figures, n, panel int) {
	t.add(tallyKey{day, models.ScopeVillage, at.village, p}, f, n)
	t.add(tallyKey{day, models.ScopeTeam, at.team, p}, f, n)
	t.add(tallyKey{day, models.ScopeInstitution, at.institution, p}, f, n)
	t.add(tallyKey{day, models.ScopeDistrict, districtScope, p}, f, n)
	t.add(tallyKey{day, models.ScopePanel, at.panel, p}, f, panel)
}

func (t tallySums) addEntry(day models.Date, e models.TallyEntry) {
	at := place{e.VillageID, e.TeamID, e.InstitutionID, e.PanelTeamID}
	for _, p := range e.Mask.Populations() {
		t.spread(day, at, p, models.Figures{Residents: e.Residents, Signed: e.Signed}, 1, 0)
		t.spread(day, at, p, models.Figures{Residents: e.Panel, Signed: e.Panel}, 0, 1)
	}
}

// addCare adds what stands beside the contract rate to each population, and the
// indicators.
func (t tallySums) addCare(day models.Date, e models.CareEntry) {
	at := place{e.VillageID, e.TeamID, e.InstitutionID, e.PanelTeamID}
	if beside := e.Beside(); beside != (models.Figures{}) {
		for _, p := range e.Mask.Populations() {
			t.spread(day, at, p, beside, e.Residents, e.Panel)
		}
	}
	for _, i := range (e.Of | e.Met).List() {
		if spec, _ := i.Spec(); spec.Beside {
			continue
		}
		f := models.Figures{}
		if e.Of.Has(i) {
			f.Residents = 1
		}
		if e.Met.Has(i) {
			f.Signed = 1
		}
		t.spread(day, at, models.Population(i), f, e.Residents, e.Panel)
	}
}

func (t tallySums) rows() []models.Tally {
	rows := make([]models.Tally, 0, len(t))
	for k, f := range t {
		rows = append(rows, models.Tally{Day: k.day, Kind: k.kind, ScopeID: k.scope, Population: k.population, Figures: f})
	}
	return rows
}
