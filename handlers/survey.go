package handlers

import (
	"context"
	"math"

	"jiayi/models"
	"jiayi/models/store"
)

// AnswerSurveyInput is a person's answers.
type AnswerSurveyInput struct {
	Body struct {
		ResidentID models.ID           `json:"resident_id,omitzero" doc:"为谁评价;默认本人,监护人可代评"`
		FollowupID models.ID           `json:"followup_id,omitzero" doc:"对哪一次服务评价;不填为本季度评价"`
		Scores     models.SurveyScores `json:"scores"`
		Aware      bool                `json:"aware" doc:"是否知道自己的家庭医生"`
		Comment    string              `json:"comment,omitempty" maxLength:"500" doc:"意见建议;团队看不到"`
	}
}

// SurveyReceipt says that an answer was taken.
type SurveyReceipt struct {
	ResidentID models.ID `json:"resident_id"`
	Quarter    string    `json:"quarter"`
	Message    string    `json:"message"`
}

// AnswerSurvey answers POST /surveys.
func (h *Handlers) AnswerSurvey(ctx context.Context, in *AnswerSurveyInput) (*Output[SurveyReceipt], error) {
	b := in.Body
	a, err := h.as(ctx).AnswerSurvey(ctx, models.SurveyDraft{ResidentID: b.ResidentID, EncounterID: b.FollowupID, Scores: b.Scores, Aware: b.Aware, Comment: b.Comment})
	return &Output[SurveyReceipt]{Body: SurveyReceipt{a.ResidentID, a.Quarter, "感谢您的评价。评价不记名,只用于统计。"}}, err
}

// SurveyTurn tells whether a person has answered this quarter.
type SurveyTurn struct {
	ResidentID models.ID `json:"resident_id"`
	Name       string    `json:"name"`
	Quarter    string    `json:"quarter"`
	Answered   bool      `json:"answered"`
}

// MySurveys answers GET /me/surveys.
func (h *Handlers) MySurveys(ctx context.Context, _ *None) (*ListOutput[SurveyTurn], error) {
	turns, err := h.as(ctx).MySurveys(ctx)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.SurveyTurn]{Items: turns}, func(t store.SurveyTurn) SurveyTurn { return SurveyTurn(t) }), nil
}

// SurveyStatsInput asks for the figures of a quarter.
type SurveyStatsInput struct {
	By      models.ScopeKind `query:"by" enum:"district,institution,team" default:"district" doc:"按什么范围"`
	Quarter string           `query:"quarter" maxLength:"6" example:"2026Q3" doc:"已结束的季度,默认上一季度;本季度在结束后公布"`
	Within  models.ID        `query:"within" doc:"只看该机构之内的团队"`
}

// SurveyMean is the mean score of a question.
type SurveyMean struct {
	Question string  `json:"question"`
	Label    string  `json:"label"`
	Mean     float64 `json:"mean"`
}

// SurveyRow are the figures of one scope, or nothing where too few answered.
type SurveyRow struct {
	Scope      Scope        `json:"scope"`
	Suppressed bool         `json:"suppressed" doc:"人数过少,或可由其他范围相减得出,不予显示"`
	N          *int         `json:"n" doc:"有效问卷"`
	Mean       *float64     `json:"mean" doc:"总体评价平均分,两位小数"`
	Means      []SurveyMean `json:"means,omitempty" doc:"各题平均分"`
	Satisfied  *Ratio       `json:"satisfied" doc:"SN11 满意度:很满意、满意的/有效问卷"`
	Aware      *Ratio       `json:"aware" doc:"SN12 知晓率:知道自己家庭医生的/受访者"`
}

// SurveyStatsOutput answers GET /stats/surveys.
type SurveyStatsOutput struct {
	Body struct {
		Quarter string      `json:"quarter"`
		Rows    []SurveyRow `json:"rows" nullable:"false"`
	}
}

// SurveyStats answers GET /stats/surveys.
func (h *Handlers) SurveyStats(ctx context.Context, in *SurveyStatsInput) (*SurveyStatsOutput, error) {
	quarter, rows, err := h.as(ctx).SurveyRates(ctx, store.SurveyQuery{By: in.By, Quarter: in.Quarter, Within: in.Within})
	if err != nil {
		return nil, err
	}
	out := &SurveyStatsOutput{}
	out.Body.Quarter, out.Body.Rows = quarter, make([]SurveyRow, len(rows))
	for i, r := range rows {
		out.Body.Rows[i] = surveyRow(r)
	}
	return out, nil
}

// TeamSurvey are the figures of one team in a quarter.
type TeamSurvey struct {
	Quarter string `json:"quarter"`
	SurveyRow
}

// GetTeamSurvey answers GET /teams/{id}/survey.
func (h *Handlers) GetTeamSurvey(ctx context.Context, in *IDInput) (*Output[TeamSurvey], error) {
	quarter, row, err := h.as(ctx).TeamSurvey(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[TeamSurvey]{Body: TeamSurvey{quarter, surveyRow(row)}}, nil
}

func surveyRow(r store.SurveyRow) SurveyRow {
	out := SurveyRow{Scope: Scope{r.Kind, r.ScopeID, r.Name}, Suppressed: r.Suppressed}
	if r.Suppressed {
		return out
	}
	out.N, out.Satisfied, out.Aware = &r.N, new(ratio(r.Satisfied, r.N)), new(ratio(r.Aware, r.N))
	if r.N == 0 {
		return out
	}
	for i, sum := range r.Sums() {
		q := models.SurveyQuestions[i]
		out.Means = append(out.Means, SurveyMean{q[0], q[1], math.Round(100*float64(sum)/float64(r.N)) / 100})
	}
	out.Mean = &out.Means[len(out.Means)-1].Mean
	return out
}

// SurveyTextsInput asks for what people wrote in a quarter.
type SurveyTextsInput struct {
	PageInput
	Quarter string `query:"quarter" maxLength:"6" example:"2026Q3" doc:"已结束的季度,默认上一季度"`
}

// SurveyText is what somebody wrote.
type SurveyText struct {
	Text string `json:"text"`
}

// SurveyTexts answers GET /surveys/comments.
func (h *Handlers) SurveyTexts(ctx context.Context, in *SurveyTextsInput) (*ListOutput[SurveyText], error) {
	_, list, err := h.as(ctx).SurveyTexts(ctx, in.Quarter, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, func(s string) SurveyText { return SurveyText{s} }), nil
}
