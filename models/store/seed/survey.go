package seed

import (
	"jiayi/models"
	"jiayi/models/store"
)

// The published figures of the survey (domain §9.6): 3,412 of 3,560 satisfied, 95.84 %.
const (
	surveyFigure    = 3560
	satisfiedFigure = 3412
)

var opinions = []string{"随访很及时,谢谢。", "希望周末也能预约。", "医生讲得很清楚。", "希望多来村里义诊。", "取药排队时间长。", "电话有时打不通。"}

// surveys are those of the last quarter that has ended, one a person, so that the published
// share is what the API answers by default. The first team has enough to be shown at any
// scale.
func (v *voices) surveys(l *store.Loader) []models.Survey {
	quarter := models.QuarterOf(v.today.QuarterEnd().AddMonths(-3).MonthEnd())
	n, satisfied := v.scaled(surveyFigure), v.scaled(satisfiedFigure)
	asked := map[models.ID]bool{}
	var list []models.Survey
	for i := range n {
		t := v.anyTeam()
		if i < min(12, n/4) {
			t = v.teams[0]
		}
		person := models.ID(-1 - i) // somebody whom nobody remembers
		for range perTeam {
			if r, ok := v.someone(t.ID); ok && !asked[r.ID] {
				person = r.ID
				break
			}
		}
		asked[person] = true
		overall := 4 + min(1, v.rng.IntN(5))
		if spread(i, n-satisfied, n) {
			overall = 3 - min(2, v.rng.IntN(12)/9)
		}
		near := func() int { return min(5, max(1, overall+1-v.rng.IntN(3))) }
		s := models.Survey{Once: l.SurveyIndex(person, quarter), Shuffle: v.rng.Int64N(1 << 52), Quarter: quarter, InstitutionID: t.InstitutionID, TeamID: t.ID,
			SurveyScores: models.SurveyScores{Attitude: near(), Skill: near(), Contact: near(), Fulfilment: near(), Referral: near(), Overall: overall}, Aware: v.rng.IntN(100) < 91}
		if v.rng.IntN(8) == 0 {
			s.Comment = opinions[v.rng.IntN(len(opinions))]
		}
		list = append(list, s)
	}
	return list
}
