package models_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

var morning = calendar.MustDate("2026-11-23").Start().Add(9 * time.Hour).UTC()

func TestVitalDraftCheck(t *testing.T) {
	grown := models.Resident{ID: 1, BirthDate: calendar.MustDate("1956-03-08"), Status: models.Living}
	child := models.Resident{ID: 2, BirthDate: calendar.MustDate("2024-09-09"), Status: models.Living}
	dead := grown
	dead.Status, dead.StatusOn = models.Dead, calendar.MustDate("2026-11-20")
	bp := func(sbp, dbp float64) map[string]float64 { return map[string]float64{"sbp": sbp, "dbp": dbp} }
	one := func(key string, n float64) map[string]float64 { return map[string]float64{key: n} }
	on := func(day string) time.Time { return calendar.MustDate(day).Start() }
	for _, tt := range []struct {
		name   string
		r      models.Resident
		d      models.VitalDraft
		staff  bool
		want   string // field:code of every problem
		source models.VitalSource
	}{
		{"a pressure", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80)}, false, "[]", models.BySelf},
		{"by staff", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80)}, true, "[]", models.ByDoctor},
		{"by a device", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80), Source: "device"}, false, "[]", models.ByDevice},
		{"a resident as doctor", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80), Source: "doctor"}, false, "[by:resident]", ""},
		{"staff as resident", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80), Source: "self"}, true, "[by:staff]", ""},
		{"no such kind", grown, models.VitalDraft{Kind: "iq", Values: one("iq", 1)}, false, "[kind:enum]", ""},
		{"least pressure", grown, models.VitalDraft{Kind: "bp", Values: bp(60, 30)}, false, "[]", ""},
		{"below it", grown, models.VitalDraft{Kind: "bp", Values: bp(59, 29)}, false, "[values.sbp:out_of_range values.dbp:out_of_range]", ""},
		{"most pressure", grown, models.VitalDraft{Kind: "bp", Values: bp(300, 200)}, false, "[]", ""},
		{"above it", grown, models.VitalDraft{Kind: "bp", Values: bp(301, 201)}, false, "[values.sbp:out_of_range values.dbp:out_of_range]", ""},
		{"half a pressure", grown, models.VitalDraft{Kind: "bp", Values: one("sbp", 130)}, false, "[values.dbp:required]", ""},
		{"equal", grown, models.VitalDraft{Kind: "bp", Values: bp(120, 120)}, false, "[values.sbp:inconsistent]", ""},
		{"a fraction of a mmHg", grown, models.VitalDraft{Kind: "bp", Values: bp(120.5, 80)}, false, "[values.sbp:too_many_decimals]", ""},
		{"glucose 1.0", grown, models.VitalDraft{Kind: "fpg", Values: one("fpg", 1)}, false, "[]", ""},
		{"glucose 0.9", grown, models.VitalDraft{Kind: "fpg", Values: one("fpg", 0.9)}, false, "[values.fpg:out_of_range]", ""},
		{"glucose 33.3", grown, models.VitalDraft{Kind: "pbg", Values: one("pbg", 33.3)}, false, "[]", ""},
		{"glucose 33.4", grown, models.VitalDraft{Kind: "pbg", Values: one("pbg", 33.4)}, false, "[values.pbg:out_of_range]", ""},
		{"two decimals of glucose", grown, models.VitalDraft{Kind: "fpg", Values: one("fpg", 6.25)}, false, "[values.fpg:too_many_decimals]", ""},
		{"of another kind", grown, models.VitalDraft{Kind: "fpg", Values: map[string]float64{"fpg": 6, "sbp": 130}}, false, "[values.sbp:unexpected]", ""},
		{"a grown person of 19.9 kg", grown, models.VitalDraft{Kind: "weight", Values: one("weight", 19.9)}, false, "[values.weight:out_of_range]", ""},
		{"a child of 19.9 kg", child, models.VitalDraft{Kind: "weight", Values: one("weight", 19.9)}, false, "[]", ""},
		{"a child of 0.4 kg", child, models.VitalDraft{Kind: "weight", Values: one("weight", 0.4)}, false, "[values.weight:out_of_range]", ""},
		{"no lipid at all", grown, models.VitalDraft{Kind: "lipids"}, false, "[values:required]", ""},
		{"one lipid", grown, models.VitalDraft{Kind: "lipids", Values: one("ldl", 2.55)}, false, "[]", ""},
		{"hba1c 2.9", grown, models.VitalDraft{Kind: "hba1c", Values: one("hba1c", 2.9)}, false, "[values.hba1c:out_of_range]", ""},
		{"a clock five minutes ahead", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80), MeasuredAt: morning.Add(5 * time.Minute)}, false, "[]", ""},
		{"the future", grown, models.VitalDraft{Kind: "bp", Values: bp(130, 80), MeasuredAt: morning.Add(5*time.Minute + time.Second)}, false, "[measured_at:future]", ""},
		{"the day of birth", child, models.VitalDraft{Kind: "weight", Values: one("weight", 3), MeasuredAt: on("2024-09-09")}, false, "[]", ""},
		{"the day before", child, models.VitalDraft{Kind: "weight", Values: one("weight", 3), MeasuredAt: on("2024-09-08")}, false, "[measured_at:before_birth]", ""},
		{"the day of death", dead, models.VitalDraft{Kind: "bp", Values: bp(130, 80), MeasuredAt: on("2026-11-20")}, true, "[]", ""},
		{"the day after", dead, models.VitalDraft{Kind: "bp", Values: bp(130, 80), MeasuredAt: on("2026-11-21")}, true, "[measured_at:after_death]", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p models.Problems
			tt.d.Check(&p, tt.r, tt.staff, morning)
			got := []string{}
			for _, f := range p {
				got = append(got, f.Field+":"+f.Code)
			}
			if fmt.Sprint(got) != tt.want || tt.source != "" && tt.d.Source != tt.source || tt.d.MeasuredAt.After(morning) && len(p) == 0 {
				t.Errorf("%v, %+v", got, tt.d)
			}
		})
	}
}

func judged(t *testing.T, program string, form map[string]any) models.Judged {
	t.Helper()
	on := calendar.MustDate("2026-11-23")
	pack := clinical.PackOn(on)
	f, _ := pack.Form(program)
	values, problems := f.Check(clinical.Visit{On: on, Way: clinical.WayClinic}, form, clinical.Draft)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return models.Judged{Followup: models.Followup{Program: program}, Values: values}
}

func TestVitalReadings(t *testing.T) {
	e := models.Encounter{ID: 7, ResidentID: 1, VisitedOn: calendar.MustDate("2026-11-23"), CreatedAt: morning}
	got := models.VitalReadings(e, clinical.Subject{}, []models.Judged{
		judged(t, "diabetes", map[string]any{"sbp": 150.0, "dbp": 80.0, "fpg": 8.1, "rbg": 12.0, "weight": 62.5, "hba1c": 7.2, "hba1c_date": "2026-11-02"}),
		judged(t, "hypertension", map[string]any{"sbp": 148.0, "dbp": 86.0, "heart_rate": 72.0, "weight": 62.5}),
	})
	text := []string{}
	for _, v := range got {
		if v.EncounterID != 7 || v.Source != models.ByDoctor {
			t.Errorf("%+v", v)
		}
		text = append(text, fmt.Sprint(v.Kind, v.Values(), v.MeasuredAt.Format(" 01-02 15:04")))
	}
	want := []string{
		"bpmap[dbp:80 sbp:150] 11-23 01:00", "fpgmap[fpg:8.1] 11-23 01:00", "pbgmap[pbg:12] 11-23 01:00",
		"weightmap[weight:62.5] 11-23 01:00", "hba1cmap[hba1c:7.2] 11-02 04:00",
	}
	if !slices.Equal(text, want) {
		t.Errorf("%q", text)
	}
	if got := models.VitalReadings(e, clinical.Subject{}, []models.Judged{{}}); len(got) != 0 {
		t.Errorf("an empty form holds %+v", got)
	}
}

func TestTrend(t *testing.T) {
	bp, _ := models.BloodPressure.Spec()
	ldl, _ := models.BloodLipids.Spec()
	fpg, _ := models.FastingGlucose.Spec()
	series := func(spec models.VitalSpec, lead ...float64) (out []models.Vital) {
		for _, n := range lead {
			d := models.VitalDraft{Kind: spec.Kind, Values: map[string]float64{spec.Lead: n}}
			if n == 0 {
				d.Values = map[string]float64{}
			}
			v, _ := d.Judge(clinical.Subject{})
			out = append(out, v)
		}
		return out
	}
	for _, tt := range []struct {
		name string
		spec models.VitalSpec
		of   []models.Vital
		want models.Trend
	}{
		{"five are too few", bp, series(bp, 120, 120, 120, 150, 150), models.UnknownTrend},
		{"up by 5", bp, series(bp, 130, 130, 130, 135, 135, 135), models.Rising},
		{"up by less", bp, series(bp, 130, 130, 130, 135, 135, 134), models.Steady},
		{"down by 5", bp, series(bp, 135, 135, 135, 130, 130, 130), models.Falling},
		{"down by less", bp, series(bp, 135, 135, 135, 130, 130, 131), models.Steady},
		{"only the last six", bp, series(bp, 200, 130, 130, 130, 130, 130, 130), models.Steady},
		{"up by 0.5 in decimals", fpg, series(fpg, 6.1, 6.1, 6.1, 6.6, 6.6, 6.6), models.Rising},
		{"without the leading value", ldl, series(ldl, 2, 2, 2, 0, 0, 3), models.UnknownTrend},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.spec.Trend(tt.of); got != tt.want {
				t.Errorf("%s", got)
			}
		})
	}
}
