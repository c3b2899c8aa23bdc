package api_test

import (
	"testing"

	"jiayi/internal/calendar"
)

const aSurvey = `{"resident_id":"1","scores":{"attitude":5,"skill":5,"contact":4,"fulfilment":4,"referral":3,"overall":4},"aware":true,"comment":"随访很及时"}`

func TestSurveyScenarios(t *testing.T) {
	s := newSite(t)
	s.run(t, []scenario{
		{name: "not answered", as: "qiang", url: "/me/surveys", status: 200, want: []string{`{"resident_id":"1","name":"张秀英","quarter":"2026Q4","answered":false}`}},
		{name: "a son answers for his mother", as: "qiang", method: post, url: "/surveys", body: aSurvey, status: 201, want: []string{`"quarter":"2026Q4"`, "不记名"}, not: []string{`"id"`}},
		{name: "once", as: "qiang", method: post, url: "/surveys", body: aSurvey, status: 409, want: []string{`"already_answered"`}},
		{name: "answered", as: "qiang", url: "/me/surveys", status: 200, want: []string{`{"resident_id":"1","name":"张秀英","quarter":"2026Q4","answered":true}`}},
		{name: "a question left out", as: "qiang", method: post, url: "/surveys", body: `{"scores":{"attitude":5,"skill":5,"contact":4,"fulfilment":4,"referral":3},"aware":true}`, status: 422, want: []string{`overall`}},
		{name: "a score of nine", as: "qiang", method: post, url: "/surveys", body: `{"scores":{"attitude":9,"skill":5,"contact":4,"fulfilment":4,"referral":3,"overall":4},"aware":true}`, status: 422, want: []string{"attitude"}},
		{name: "of somebody else", as: "mei", method: post, url: "/surveys", body: aSurvey, status: 404},
		{name: "of a visit that is not there", as: "qiang", method: post, url: "/surveys", body: `{"followup_id":"9","scores":{"attitude":5,"skill":5,"contact":4,"fulfilment":4,"referral":3,"overall":4},"aware":true}`, status: 404},
		{name: "staff may not", as: "east", method: post, url: "/surveys", body: aSurvey, status: 403},
		{name: "the running quarter is not shown", as: "east", url: "/stats/surveys?by=team&quarter=2026Q4", status: 422, want: []string{`"quarter"`, "季度结束后公布"}},
		{name: "nor a quarter that is none", as: "east", url: "/stats/surveys?quarter=2026-1", status: 422, want: []string{`"quarter"`}},
		{name: "of a team that is none", as: "mei", url: "/teams/999/survey", status: 404},
		{name: "the last had none", as: "east", url: "/stats/surveys?by=team", status: 200, want: []string{`"quarter":"2026Q3"`, `"suppressed":false`, `"n":0`, `"mean":null`, `"rate":null`}},
	})
	s.clock.Set(calendar.MustDate("2027-01-04"))
	s.run(t, []scenario{
		{name: "one answer is not shown", as: "east", url: "/stats/surveys?by=team", status: 200,
			want: []string{`"quarter":"2026Q4"`, `"suppressed":true,"n":null,"mean":null,"satisfied":null,"aware":null`}, not: []string{`"numerator"`}},
		{name: "nor to who chooses a team", as: "mei", url: "/teams/1/survey", status: 200, want: []string{`"quarter":"2026Q4"`, `"suppressed":true,"n":null`}, not: []string{`"numerator"`}},
		{name: "not even to the district", as: "manager", url: "/stats/surveys", status: 200, want: []string{`"suppressed":true`}},
		{name: "nor its text", as: "manager", url: "/surveys/comments", status: 200, want: []string{`"items":[]`}},
	})
	for _, who := range []string{"2", "5"} {
		s.call("qiang", post, "/api/v1/surveys", `{"resident_id":"`+who+`",`+aSurvey[19:])
	}
	s.call("mei", post, "/api/v1/surveys", `{`+aSurvey[19:])
	s.call("dashan", post, "/api/v1/surveys", `{`+aSurvey[19:])
	s.call("qiang", post, "/api/v1/surveys", aSurvey)
	s.clock.Set(calendar.MustDate("2027-04-01"))
	s.run(t, []scenario{
		{name: "five answers are", as: "manager", url: "/stats/surveys", status: 200, want: []string{`"n":5`, `"mean":4`, `{"question":"attitude","label":"服务态度","mean":5}`,
			`"satisfied":{"numerator":5,"denominator":5,"rate":100}`, `"aware":{"numerator":5,"denominator":5,"rate":100}`}},
		{name: "their parts are not", as: "manager", url: "/stats/surveys?by=institution", status: 200, want: []string{`"suppressed":true`}, not: []string{`"suppressed":false`}},
		{name: "their texts are, for the district manager", as: "manager", url: "/surveys/comments", status: 200, want: []string{`{"text":"随访很及时"}`}, not: []string{"resident", "team"}},
		{name: "and nobody else", as: "liuyuan", url: "/surveys/comments", status: 403},
		{name: "not the officer", as: "officer", url: "/surveys/comments", status: 403},
	})
}
