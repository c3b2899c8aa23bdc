package models_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestPointsFor(t *testing.T) {
	for _, c := range []struct {
		n, d           int
		mode           models.ScoringMode
		target, weight int64
		want           int64
		ok             bool
	}{
		{75, 100, models.ScoreProportion, 7500, 1000, 1000, true}, // met exactly
		{7499, 10000, models.ScoreProportion, 7500, 1000, 1000, true},
		{7450, 10000, models.ScoreProportion, 7500, 1000, 993, true},
		{74, 100, models.ScoreFull, 7500, 1000, 0, true},
		{75, 100, models.ScoreFull, 7500, 1000, 1000, true},
		{0, 100, models.ScoreProportion, 7500, 1000, 0, true},
		{1, 3, models.ScoreProportion, 10000, 1000, 333, true},
		{1, 2, models.ScoreProportion, 10000, 25, 13, true}, // 12.5 rounds up
		{0, 0, models.ScoreProportion, 7500, 1000, 0, false},
	} {
		if got, ok := models.PointsFor(models.Share{Numerator: c.n, Denominator: c.d}, c.mode, c.target, c.weight); got != c.want || ok != c.ok {
			t.Errorf("%d/%d %s against %d of %d: %d %v, want %d %v", c.n, c.d, c.mode, c.target, c.weight, got, ok, c.want, c.ok)
		}
	}
}

func full(code models.AssessCode, s models.AssessmentScheme) map[models.AssessCode]models.Share {
	out := map[models.AssessCode]models.Share{}
	for _, i := range s.Items {
		if i.Code != code {
			out[i.Code] = models.Share{Numerator: 100, Denominator: 100}
		}
	}
	return out
}

func TestScoreOf(t *testing.T) {
	s := models.DefaultScheme()
	all, lines := models.ScoreOf(s, full("", s), nil, 0, 0)
	if all.Score != models.FullMarks || all.Weight != models.FullMarks || len(lines) != len(s.Items) {
		t.Errorf("%+v", all)
	}
	// A team nobody was referred by is not the worse for it.
	if got, _ := models.ScoreOf(s, full(models.AssessReferral, s), nil, 0, 0); got.Score != models.FullMarks || got.Weight != models.FullMarks-250 {
		t.Errorf("%+v", got)
	}
	half := full("", s)
	half[models.AssessFulfilment] = models.Share{Numerator: 45, Denominator: 100} // half the target, of 15 points
	if got, _ := models.ScoreOf(s, half, nil, 0, 0); got.Score != 9250 {
		t.Errorf("%+v", got)
	}
	// The district's target of the year counts where the scheme sets none.
	low := full("", s)
	low[models.AssessRateKey] = models.Share{Numerator: 40, Denominator: 100}
	if got, _ := models.ScoreOf(s, low, map[string]int64{"rate.key": 8000}, 0, 0); got.Score != 9500 {
		t.Errorf("%+v", got)
	}
	for cases, want := range map[[2]int]int64{{1, 0}: 9500, {1, 1}: 9000, {2, 1}: 0, {0, 30}: 0} {
		if got, _ := models.ScoreOf(s, full("", s), nil, cases[0], cases[1]); got.Score != want || got.Vetoed != (want == 0) {
			t.Errorf("%v: %+v", cases, got)
		}
	}
	if got, _ := models.ScoreOf(s, nil, nil, 1, 0); got.Score != 0 || got.Vetoed {
		t.Errorf("nothing to measure: %+v", got)
	}
}

// Whatever the values: points stay within weights, the score within 0 and 100, and without a
// deduction it is the points scaled to what could be had.
func TestScoreIsWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := models.DefaultScheme()
		values := map[models.AssessCode]models.Share{}
		for i := range s.Items {
			d := rapid.IntRange(0, 600000).Draw(t, "of")
			values[s.Items[i].Code] = models.Share{Numerator: rapid.IntRange(0, max(d, 1)).Draw(t, "met"), Denominator: d}
			if rapid.Bool().Draw(t, "full") {
				s.Items[i].Mode = models.ScoreFull
			}
		}
		score, lines := models.ScoreOf(s, values, nil, 0, rapid.IntRange(0, 2).Draw(t, "cases"))
		var points, weight int64
		for _, l := range lines {
			if l.Points < 0 || l.Points > l.Weight {
				t.Fatalf("%+v", l)
			}
			points += l.Points
			if l.Denominator > 0 {
				weight += l.Weight
			}
		}
		if points != score.Points || weight != score.Weight || score.Score < 0 || score.Score > models.FullMarks {
			t.Fatalf("%+v", score)
		}
		if weight == models.FullMarks && score.Score != max(0, points-score.Deducted) {
			t.Fatalf("%+v", score)
		}
	})
}

func TestAssessmentWalk(t *testing.T) {
	walk(t, models.AssessmentProcess, func(from models.AssessmentStatus, m models.AssessmentMove, by models.Actor, parties models.Party, reason string) (models.AssessmentStatus, error) {
		a := models.Assessment{Status: from}
		_, err := a.Move(m, by, parties, reason)
		return a.Status, err
	})
	walk(t, models.SettlementProcess, func(from models.SettlementStatus, m models.SettlementMove, by models.Actor, parties models.Party, reason string) (models.SettlementStatus, error) {
		s := models.Settlement{Status: from}
		_, err := s.Move(m, by, parties, reason)
		return s.Status, err
	})
}

func TestRankScores(t *testing.T) {
	list := []models.AssessmentScore{{Kind: models.ScopeTeam, Score: 9000}, {Kind: models.ScopeTeam, Score: 9500}, {Kind: models.ScopeTeam, Score: 9000}, {Kind: models.ScopeInstitution, Score: 100}, {Kind: models.ScopeTeam, Score: 1}}
	models.RankScores(list)
	for i, want := range []int{2, 1, 2, 1, 4} {
		if list[i].Rank != want {
			t.Errorf("%d: %d, want %d", i, list[i].Rank, want)
		}
	}
}

func TestSchemeCheck(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	for field, change := range map[string]func(*models.AssessmentScheme){
		"":          func(*models.AssessmentScheme) {},
		"begins_on": func(s *models.AssessmentScheme) { s.BeginsOn = today.AddDays(-1) },
		"deduction": func(s *models.AssessmentScheme) { s.Deduction = -1 },
		"veto":      func(s *models.AssessmentScheme) { s.Veto = -1 },
		"items":     func(s *models.AssessmentScheme) { s.Items[0].Weight++ },
	} {
		s := models.DefaultScheme()
		s.BeginsOn = today
		change(&s)
		var p models.Problems
		s.Check(&p, today)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
}
