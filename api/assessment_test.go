package api_test

import (
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
)

const aScheme = `{"begins_on":"2027-01-01","deduction":5,"veto":3,"items":[{"code":"rate_key","weight":60,"mode":"proportion","target":75},{"code":"fulfilment","weight":40,"mode":"full","target":90}]}`

// published makes a month-end whose figures are frozen.
func (s *site) published(day string) {
	s.t.Helper()
	row := models.TallyDay{Day: calendar.MustDate(day), RuleVersion: models.CountingRules, Frozen: true, CreatedAt: s.clock.Now()}
	if err := s.store.Load(s.t.Context(), func(l *store.Loader) error { return l.Insert(&row) }); err != nil {
		s.t.Fatal(err)
	}
}

// TestAssessmentScenarios: the district sets the weights, scores a month-end, publishes; a lead
// sees how the own team's score came about.
func TestAssessmentScenarios(t *testing.T) {
	s := newSite(t)
	s.published("2026-10-31")
	s.run(t, []scenario{
		{name: "weights that are no hundred", as: "manager", method: post, url: "/assessment-schemes", body: `{"begins_on":"2027-01-01","deduction":5,"veto":3,"items":[{"code":"rate_key","weight":60,"mode":"full"}]}`, status: 422, want: []string{`"items"`, "之和应为100"}},
		{name: "an item nobody knows", as: "manager", method: post, url: "/assessment-schemes", body: `{"begins_on":"2027-01-01","deduction":5,"veto":3,"items":[{"code":"luck","weight":100,"mode":"full"}]}`, status: 422, want: []string{"没有这一考核项目"}},
		{name: "a lead sets no weights", as: "east", method: post, url: "/assessment-schemes", body: aScheme, status: 403},
		{name: "the next scheme", as: "manager", method: post, url: "/assessment-schemes", body: aScheme, status: 201, want: []string{`"version":2`, "重点人群签约率"}},
		{name: "everyone reads what counts", as: "east", url: "/assessment-schemes", status: 200, want: []string{"履约率(项目)", `"weight":15`}},
		{name: "a day that is not published", as: "manager", method: post, url: "/assessments", body: `{"on":"2026-11-20"}`, status: 422, want: []string{`"on"`, "已发布的月末"}},
		{name: "a draft", as: "manager", method: post, url: "/assessments", body: `{"on":"2026-10-31"}`, status: 201, want: []string{`"status":"draft"`}},
		{name: "by the scheme of the day", as: "manager", url: "/assessments/1", status: 200, want: []string{`"version":1`, `"move":"close"`}},
		{name: "is not yet the lead's", as: "east", url: "/assessments/1", status: 404},
		{name: "published", as: "manager", method: post, url: "/assessments/1/close", status: 200, want: []string{`"status":"closed"`}},
		{name: "told to the leads", as: "east", url: "/notices", status: 200, want: []string{"考核结果"}},
		{name: "a lead's own score", as: "east", url: "/assessments/1/scores", status: 200, want: []string{"东村团队", `"rank"`}, not: []string{"西村团队"}},
		{name: "and how it came about", as: "east", url: "/assessments/1/worksheet?scope_id=1", status: 200, want: []string{`"code":"rate_all"`, "达到目标得满分"}},
		{name: "not another's", as: "east", url: "/assessments/1/worksheet?scope_id=2", status: 404},
		{name: "published twice", as: "manager", method: post, url: "/assessments/1/close", status: 409},
		{name: "nor thrown away", as: "manager", method: post, url: "/assessments/1/discard", body: `{"reason":"算错"}`, status: 409},
	})
}
