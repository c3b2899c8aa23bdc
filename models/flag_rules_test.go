package models_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestFlagRules(t *testing.T) {
	died := calendar.MustDate("2026-11-10")
	dead := models.Resident{Status: models.Dead, StatusOn: died}
	gone := models.Resident{Status: models.MovedOut, StatusOn: died}
	merged := models.Resident{Status: models.Merged, StatusOn: died}
	for _, tt := range []struct {
		name   string
		got    []models.Flag
		kind   models.FlagKind
		counts []string
	}{
		{"60 visits", models.BusyDay(60), "", nil},
		{"61 visits", models.BusyDay(61), models.FlagBusyDay, []string{"61", "60"}},
		{"30 at a place", models.SamePlace(30), "", nil},
		{"31 at a place", models.SamePlace(31), models.FlagSamePlace, []string{"31", "30"}},
		{"2 alike", models.Identical(2), "", nil},
		{"3 alike", models.Identical(3), models.FlagIdentical, []string{"3"}},
		{"4 alike", models.Identical(4), models.FlagIdentical, []string{"4"}},
		{"5 households", models.SharedPhone(5), "", nil},
		{"6 households", models.SharedPhone(6), models.FlagSharedPhone, []string{"5"}},
		{"20 late", models.LateInBulk(20), "", nil},
		{"21 late", models.LateInBulk(21), models.FlagLateInBulk, []string{"21", "20"}},
		{"too small a sample", models.RoundPressures(29, 58), "", nil},
		{"60 percent", models.RoundPressures(30, 36), "", nil},
		{"above it", models.RoundPressures(30, 37), models.FlagRoundPressures, []string{"30", "61%", "60%"}},
		{"the day of death", models.AfterLeaving(dead, died), "", nil},
		{"the day after", models.AfterLeaving(dead, died.AddDays(1)), models.FlagAfterDeath, nil},
		{"the day of leaving", models.AfterLeaving(gone, died), "", nil},
		{"the day after that", models.AfterLeaving(gone, died.AddDays(1)), models.FlagAfterMovingOut, nil},
		{"the living", models.AfterLeaving(models.Resident{Status: models.Living}, died), "", nil},
		{"a duplicate", models.AfterLeaving(merged, died.AddDays(1)), "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.kind == "" {
				if len(tt.got) != 0 {
					t.Errorf("%+v", tt.got)
				}
				return
			}
			if len(tt.got) != 1 || tt.got[0].Kind != tt.kind || tt.got[0].RaisedBy != models.ByCheck || models.FlagKindLabels[tt.kind] == "" {
				t.Fatalf("%+v", tt.got)
			}
			reason := tt.got[0].Reason
			if !regexp.MustCompile(`\p{Han}`).MatchString(reason) || utf8.RuneCountInString(reason) > 255 {
				t.Errorf("%q", reason)
			}
			for _, n := range tt.counts {
				if !strings.Contains(reason, n) {
					t.Errorf("%q does not name %s", reason, n)
				}
			}
		})
	}
}

func TestPlaceCell(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"117.2655,34.7951", "117.2655,34.7951", true},
		{"117.2661,34.7951", "117.2664,34.7954", true},
		{"117.2664,34.7951", "117.2666,34.7951", false},
		{"117.2655,34.7951", "117.2655,34.7981", false},
	} {
		if got := models.PlaceCell(tt.a) == models.PlaceCell(tt.b); got != tt.same {
			t.Errorf("%s and %s: %v", tt.a, tt.b, got)
		}
	}
	if models.PlaceCell("") != "" || models.PlaceCell("家里") != "" {
		t.Error("no place is no cell")
	}
}

func TestIdenticalRun(t *testing.T) {
	f := func(form string) models.Followup { return models.Followup{Form: form} }
	list := func(forms ...string) (out []models.Followup) {
		for _, x := range forms {
			out = append(out, f(x))
		}
		return out
	}
	const a, heavier, b = `{"sbp":150,"dbp":92,"weight":62.5}`, `{"sbp":150,"dbp":92,"weight":70}`, `{"sbp":151,"dbp":92,"weight":62.5}`
	for _, tt := range []struct {
		name          string
		visit         string
		before, after []models.Followup
		want          int
	}{
		{"alone", a, nil, nil, 1},
		{"two before", a, list(a, a), nil, 3},
		{"one on each side", a, list(a), list(a), 3},
		{"two after", a, nil, list(a, a), 3},
		{"broken", a, list(b, a), list(b, a), 1},
		{"a weight may change or stay", a, list(heavier, a), nil, 3},
		{"another value beside them", a, list(`{"sbp":150,"dbp":92,"fpg":6.1}`), nil, 1},
		{"no value at all", `{"weight":62.5}`, list(`{"weight":62.5}`, `{"weight":62.5}`), nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := models.IdenticalRun(f(tt.visit), tt.before, tt.after); got != tt.want {
				t.Errorf("%d", got)
			}
		})
	}
}

func TestReviewableBy(t *testing.T) {
	f := models.Flag{DoctorID: 7}
	for role, ok := range map[models.Role]bool{models.TeamLead: false, models.Doctor: false, models.InstitutionManager: true, models.DistrictManager: true} {
		if err := f.ReviewableBy(models.Actor{Role: role, StaffID: 7}); (err == nil) != ok || err != nil && !models.IsCode(err, "own_visit") {
			t.Errorf("%s: %v", role, err)
		}
		if err := f.ReviewableBy(models.Actor{Role: role, StaffID: 8}); err != nil {
			t.Errorf("%s of another's visit: %v", role, err)
		}
	}
}
