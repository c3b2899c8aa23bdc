package store

import (
	"context"
	"math"
	"slices"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/clinical"
)

// VitalFilter chooses readings of one resident; zero fields choose all.
type VitalFilter struct {
	ResidentID models.ID
	Kind       models.VitalKind
	From, To   models.Date // days in Shanghai, both included
}

// Vitals lists the readings of one resident that count, newest first.
func (v View) Vitals(ctx context.Context, f VitalFilter, p Page) (List[models.Vital], error) {
	if _, ok := f.Kind.Spec(); !ok && f.Kind != "" {
		return List[models.Vital]{}, models.InvalidField("kind", "enum", "没有这一类指标")
	}
	if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
		return List[models.Vital]{}, err
	}
	db := series(v.query(ctx), f.ResidentID, f.Kind)
	if !f.From.IsZero() {
		db = db.Where("measured_at >= ?", f.From.Start().UTC())
	}
	if !f.To.IsZero() {
		db = db.Where("measured_at < ?", f.To.AddDays(1).Start().UTC())
	}
	page, err := paginate(db, p, order{columns: []string{"measured_at", "id"}, desc: true},
		func(x models.Vital) []any { return []any{x.MeasuredAt.UTC(), int64(x.ID)} })
	if err != nil {
		return page, err
	}
	return page, v.witnessed(ctx, "vital.list", "vital", 0, f.ResidentID, string(f.Kind))
}

// series is the readings of a resident that count, of one kind or all.
func series(db *gorm.DB, resident models.ID, kind models.VitalKind) *gorm.DB {
	db = db.Where("resident_id = ? AND voided = ?", resident, false)
	if kind != "" {
		db = db.Where("`kind` = ?", kind)
	}
	return db
}

// VitalSeries is what the readings of one kind come to.
type VitalSeries struct {
	Spec   models.VitalSpec
	Latest *models.Vital               // nil when there is none
	Recent []models.Vital              // the latest ones, oldest first
	Stats  map[string]models.VitalStat // of the last VitalStatDays days, by the key of the field
	Count  int                         // readings in the statistics
	Trend  models.Trend
	Limits map[string]float64 // control limits of the person today, by the key of the field
}

// VitalSummary sums up every kind of reading of one resident; recent is how many of the
// latest readings it shows of each, 0 for the usual number. Every query walks an index of
// this one resident.
func (v View) VitalSummary(ctx context.Context, resident models.ID, recent int) ([]VitalSeries, error) {
	if recent <= 0 || recent > models.MaxVitalRecent {
		recent = models.VitalRecent
	}
	db := v.query(ctx)
	r, err := v.resident(db, resident)
	if err != nil {
		return nil, err
	}
	today := v.Today()
	subject, err := subjectOn(db, r, today)
	if err != nil {
		return nil, err
	}
	limits := clinical.PackOn(today).Limits(subject, today)
	stats, err := vitalStats(db, r.ID, today.AddDays(1-models.VitalStatDays).Start().UTC())
	if err != nil {
		return nil, err
	}
	out := make([]VitalSeries, len(models.VitalSpecs))
	for i, spec := range models.VitalSpecs {
		var rows []models.Vital
		if err := series(db, r.ID, spec.Kind).Order("measured_at DESC, id DESC").Limit(max(recent, models.TrendReadings)).Find(&rows).Error; err != nil {
			return nil, err
		}
		slices.Reverse(rows)
		s := VitalSeries{Spec: spec, Trend: spec.Trend(rows), Recent: rows[max(0, len(rows)-recent):], Stats: map[string]models.VitalStat{}, Limits: map[string]float64{}}
		if len(rows) > 0 {
			s.Latest = &rows[len(rows)-1]
		}
		sums := stats[spec.Kind]
		s.Count = sums.Count
		for j, f := range spec.Fields {
			if stat := sums.slots()[j]; stat.Min != nil {
				s.Stats[f.Key] = models.VitalStat{Min: *stat.Min, Max: *stat.Max, Mean: roundTo(*stat.Mean, f.Places+1)}
			}
			if limit, ok := limits[f.Key]; ok {
				s.Limits[f.Key] = limit
			}
		}
		out[i] = s
	}
	return out, v.witnessed(ctx, "vital.summary", "vital", 0, r.ID)
}

func roundTo(n float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(n*scale) / scale
}

type statSlot struct{ Min, Max, Mean *float64 }

// vitalSums is one row of the statistics: a kind with its values.
type vitalSums struct {
	Kind                                                                       models.VitalKind
	Count                                                                      int
	Min1, Max1, Mean1, Min2, Max2, Mean2, Min3, Max3, Mean3, Min4, Max4, Mean4 *float64
}

func (s vitalSums) slots() [models.VitalValues]statSlot {
	return [models.VitalValues]statSlot{{s.Min1, s.Max1, s.Mean1}, {s.Min2, s.Max2, s.Mean2}, {s.Min3, s.Max3, s.Mean3}, {s.Min4, s.Max4, s.Mean4}}
}

func vitalStats(db *gorm.DB, resident models.ID, since time.Time) (map[models.VitalKind]vitalSums, error) {
	var rows []vitalSums
	err := series(db.Model(&models.Vital{}), resident, "").Where("measured_at >= ?", since).Group("`kind`").
		Select("`kind`, COUNT(*) AS count, " +
			"MIN(value1) AS min1, MAX(value1) AS max1, AVG(value1) AS mean1, MIN(value2) AS min2, MAX(value2) AS max2, AVG(value2) AS mean2, " +
			"MIN(value3) AS min3, MAX(value3) AS max3, AVG(value3) AS mean3, MIN(value4) AS min4, MAX(value4) AS max4, AVG(value4) AS mean4").
		Scan(&rows).Error
	out := make(map[models.VitalKind]vitalSums, len(rows))
	for _, row := range rows {
		out[row.Kind] = row
	}
	return out, err
}

// vitalEntries are the readings that the resident reported, for the timeline: those of
// visits are there with the visit.
func vitalEntries(before time.Time) func(*gorm.DB, models.Resident) ([]TimelineEntry, error) {
	return func(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
		var rows []models.Vital
		err := series(db, r.ID, "").Where("source IN ? AND measured_at < ?", []models.VitalSource{models.BySelf, models.ByDevice}, before.UTC()).
			Order("measured_at DESC, id DESC").Limit(timelineLimit).Find(&rows).Error
		out := make([]TimelineEntry, len(rows))
		for i, x := range rows {
			spec, _ := x.Kind.Spec()
			out[i] = TimelineEntry{x.MeasuredAt, "vital", models.VitalSourceLabels[x.Source] + spec.Label, x.ID}
		}
		return out, err
	}
}
