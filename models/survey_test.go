package models_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestSuppress(t *testing.T) {
	for name, tt := range map[string]struct {
		counts []int
		hidden []bool
	}{
		"nobody":                  {[]int{0, 0}, []bool{false, false}},
		"enough":                  {[]int{5, 6}, []bool{false, false}},
		"one short":               {[]int{4, 9, 7}, []bool{true, false, true}},
		"two short, enough":       {[]int{4, 3, 7}, []bool{true, true, false}},
		"two short, too few":      {[]int{1, 1, 9, 7}, []bool{true, true, false, true}},
		"four together":           {[]int{2, 2, 9}, []bool{true, true, true}},
		"an empty one hides none": {[]int{0, 4, 9}, []bool{false, true, true}},
		"alone":                   {[]int{3}, []bool{true}},
	} {
		if got := models.Suppress(tt.counts); !slices.Equal(got, tt.hidden) {
			t.Errorf("%s: %v, want %v", name, got, tt.hidden)
		}
	}
}

// What the shown parts leave of the whole is nobody, or at least two parts and LeastShown
// people, unless nothing is shown at all.
func TestSuppressedIsNotFoundByDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 8).Draw(t, "counts")
		hidden, people, shown := 0, 0, 0
		for i, h := range models.Suppress(counts) {
			switch {
			case h:
				hidden, people = hidden+1, people+counts[i]
			case counts[i] > 0:
				shown++
				if counts[i] < models.LeastShown {
					t.Fatalf("%d of %v is shown", counts[i], counts)
				}
			}
		}
		if shown > 0 && hidden > 0 && (hidden < 2 || people < models.LeastShown) {
			t.Fatalf("%v: %d hidden of %d people beside %d shown", counts, hidden, people, shown)
		}
	})
}

func TestQuarters(t *testing.T) {
	for day, want := range map[string]string{"2026-01-01": "2026Q1", "2026-03-31": "2026Q1", "2026-04-01": "2026Q2", "2026-09-30": "2026Q3", "2026-12-31": "2026Q4"} {
		if got := models.QuarterOf(calendar.MustDate(day)); got != want {
			t.Errorf("%s: %s", day, got)
		}
	}
	for name, want := range map[string]string{"2026Q1": "2026-03-31", "2026Q4": "2026-12-31", "2026Q5": "", "2026Q0": "", "20x6Q1": "", "2026q1": "", "": "", "2026Q11": "", "1999Q1": ""} {
		got, err := models.ParseQuarter(name)
		if want == "" && err == nil || want != "" && got.String() != want {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
}

func TestSurveyDraft(t *testing.T) {
	good := models.SurveyDraft{Scores: models.SurveyScores{Attitude: 5, Skill: 4, Contact: 3, Fulfilment: 2, Referral: 1, Overall: 5}, Comment: strings.Repeat("好", 500)}
	for field, edit := range map[string]func(d *models.SurveyDraft){
		"":                  func(*models.SurveyDraft) {},
		"scores.attitude":   func(d *models.SurveyDraft) { d.Scores.Attitude = 0 },
		"scores.skill":      func(d *models.SurveyDraft) { d.Scores.Skill = 6 },
		"scores.contact":    func(d *models.SurveyDraft) { d.Scores.Contact = -1 },
		"scores.fulfilment": func(d *models.SurveyDraft) { d.Scores.Fulfilment = 0 },
		"scores.referral":   func(d *models.SurveyDraft) { d.Scores.Referral = 0 },
		"scores.overall":    func(d *models.SurveyDraft) { d.Scores.Overall = 6 },
		"comment":           func(d *models.SurveyDraft) { d.Comment += "的" },
	} {
		d := good
		edit(&d)
		var p models.Problems
		d.Check(&p)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
}
