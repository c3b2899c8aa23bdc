package seed_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// The district comes with exports in each state, and every export has as many rows as the
// figure it is of: for each institution, population and indicator.
func (d loaded) hasExports(t *testing.T) {
	manager := d.store.As(storetest.Manager)
	list, err := manager.Exports(t.Context(), store.ExportFilter{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	have := map[models.ExportStatus]int{}
	for _, e := range list.Items {
		have[e.Status]++
		f, err := e.Filter()
		if err != nil {
			t.Fatal(err)
		}
		lead := storetest.EastLead // the first team's, of the first institution
		lead.InstitutionID = e.InstitutionID
		again, err := d.store.As(lead).AskExport(t.Context(), models.ExportDraft{Kind: e.Kind, Filter: f, Reason: "核对"})
		if err != nil || again.Rows != e.Rows || e.Rows == 0 || e.Applicant == "" {
			t.Errorf("%s: seeded with %d rows, counted %d, %v", e.No, e.Rows, again.Rows, err)
		}
	}
	for status := range models.ExportStatusLabels {
		if have[status] != 1 {
			t.Errorf("%d exports are %s", have[status], status)
		}
	}
	rates, err := manager.ContractRates(t.Context(), store.RateQuery{By: models.ScopeInstitution, Populations: models.Counted})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rates.Rows {
		boss := models.Actor{Role: models.InstitutionManager, AccountID: 900, InstitutionID: r.ScopeID}
		for signed, want := range map[*bool]int{nil: r.Residents, new(true): r.Signed, new(false): r.Residents - r.Signed} {
			draft := models.ExportDraft{Kind: models.ExportRate, Filter: models.ExportFilter{By: models.ScopeInstitution, ID: r.ScopeID, Population: r.Population, Signed: signed}}
			if e, err := d.store.As(boss).AskExport(t.Context(), draft); err != nil || e.Rows != want {
				t.Errorf("%s %s: %d rows, the figure is %d, %v", r.Name, r.Population, e.Rows, want, err)
			}
		}
	}
	indicators, err := manager.Indicators(t.Context(), store.IndicatorQuery{By: models.ScopeInstitution, Codes: []models.Indicator{models.PressureControl, models.ElderlyChecked, models.MentalStandard}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range indicators.Rows {
		boss := models.Actor{Role: models.InstitutionManager, AccountID: 900, InstitutionID: r.ScopeID}
		for met, want := range map[*bool]int{nil: r.Denominator, new(true): r.Numerator} {
			draft := models.ExportDraft{Kind: models.ExportIndicator, Filter: models.ExportFilter{By: models.ScopeInstitution, ID: r.ScopeID, Code: r.Spec.Code, Met: met}}
			if e, err := d.store.As(boss).AskExport(t.Context(), draft); err != nil || e.Rows != want {
				t.Errorf("%s %s: %d rows, the figure is %d, %v", r.Name, r.Spec.Code, e.Rows, want, err)
			}
		}
	}
}

// Every month but the first has one before it, and the last that is over one a year ago.
func (d loaded) hasAYearOfMonths(t *testing.T) {
	r, err := d.store.As(storetest.Manager).MonthReport(t.Context(), store.MonthQuery{By: models.ScopeInstitution, Month: storetest.Today.AddMonths(-1), Populations: []models.Population{models.All}})
	if err != nil || !r.Frozen || len(r.Rows) != 10 {
		t.Fatalf("%+v %v", r, err)
	}
	for _, row := range r.Rows {
		if row.Before.Reason != "" || row.LastYear.Reason != "" || row.Rank == 0 || row.Peers != 10 {
			t.Errorf("%+v", row)
		}
	}
	points, err := d.store.As(storetest.Manager).Trend(t.Context(), store.TrendQuery{By: models.ScopeDistrict, Population: models.Key, Months: 12})
	if err != nil || len(points) != 13 {
		t.Fatal(len(points), err)
	}
	for i, p := range points {
		if p.Reason != "" || p.Frozen != (i < 12) || p.Residents == 0 || p.Signed == 0 {
			t.Errorf("%+v", p)
		}
	}
}
