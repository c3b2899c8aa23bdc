package seed

import (
	"context"
	"fmt"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// exportSample is one export of the demonstration: what is asked for, days before today,
// and how far it goes.
type exportSample struct {
	kind           models.ExportKind
	filter         models.ExportFilter
	unmasked       bool
	reason, answer string
	days           int
	until          models.ExportStatus
}

// exportSamples are exports of the first team in each state.
func exportSamples() []exportSample {
	team := models.ExportFilter{By: models.ScopeTeam, ID: 1}
	of := func(p models.Population) models.ExportFilter { f := team; f.Population = p; return f }
	unsigned := models.ExportFilter{TeamID: 1}
	return []exportSample{
		{models.ExportRate, of(models.Elderly), true, "老年人体检入户核对", "", 20, models.ExportExpired},
		{models.ExportRate, of(models.All), true, "发送节日祝福", "用途与签约服务无关", 6, models.ExportRefused},
		{models.ExportRate, of(models.Key), false, "", "", 3, models.ExportCancelled},
		{models.ExportRate, of(models.Elderly), false, "", "", 1, models.ExportReady},
		{models.ExportGap, unsigned, true, "上门动员签约", "", 1, models.ExportRequested},
	}
}

// exports writes the samples down, by the rules themselves. Their rows are the figures of
// the tallies, which must be there.
func (w *scribe) exports(ctx context.Context, s *store.Store) error {
	lead, boss := w.voices.account("lead001"), w.voices.account("inst01")
	lead.TeamIDs = []models.ID{1}
	h := history{last: &w.id.processEvent}
	var list []models.Export
	for i, sample := range exportSamples() {
		rows, err := exportRows(ctx, s.As(lead), sample)
		if err != nil {
			return err
		}
		id, at := models.ID(i+1), w.voices.at(w.today.AddDays(-sample.days), 9)
		e := models.Export{ID: id, No: fmt.Sprintf("DC%s%04d", compact(w.today.AddDays(-sample.days)), i+1), Kind: sample.kind, Filters: sample.filter.JSON(), Unmasked: sample.unmasked,
			Reason: sample.reason, Rows: rows, ApplicantID: lead.AccountID, InstitutionID: lead.InstitutionID, Version: 1, CreatedAt: at, UpdatedAt: at}
		first := models.MoveIssueExport
		if e.Sensitive() {
			first = models.MoveAskExport
		}
		step := func(m models.ExportMove, by models.Actor, reason string, at time.Time) {
			if err != nil {
				return
			}
			var event models.Event
			if event, err = e.Move(m, by, reason, at); err != nil {
				return
			}
			h.add(event, id, at)
			if e.UpdatedAt = at; len(event.From) > 0 {
				e.Version++
			}
		}
		step(first, lead, sample.reason, at)
		switch sample.until {
		case models.ExportReady, models.ExportExpired:
			if e.Status == models.ExportRequested {
				step(models.MoveApproveExport, boss, "", at.Add(2*time.Hour))
			}
		case models.ExportRefused:
			step(models.MoveRefuseExport, boss, sample.answer, at.Add(3*time.Hour))
		case models.ExportCancelled:
			step(models.MoveCancelExport, lead, "", at.Add(time.Hour))
		}
		if sample.until == models.ExportExpired {
			step(models.MoveExpireExport, models.System("export-expiry"), "", e.ExpiresAt)
		}
		if err != nil {
			return fmt.Errorf("seed: export: %w", err)
		}
		list = append(list, e)
	}
	return s.Load(ctx, func(l *store.Loader) error {
		if err := l.Insert(list); err != nil {
			return fmt.Errorf("seed: %w", err)
		}
		return l.Insert(h.rows)
	})
}

// exportRows is the figure of the first team that an export of it holds.
func exportRows(ctx context.Context, v store.View, sample exportSample) (int, error) {
	p := sample.filter.Population
	if p == "" {
		p = models.Key
	}
	rates, err := v.ContractRates(ctx, store.RateQuery{By: models.ScopeTeam, Populations: []models.Population{p}, Only: 1})
	if err != nil || len(rates.Rows) == 0 {
		return 0, err
	}
	figures := rates.Rows[0].Figures
	if sample.kind == models.ExportGap {
		return figures.Residents - figures.Signed, nil
	}
	return figures.Residents, nil
}
