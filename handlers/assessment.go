package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Scheme is one version of how teams are assessed; points and percents have two decimals.
type Scheme struct {
	ID        models.ID    `json:"id"`
	Version   int          `json:"version"`
	BeginsOn  models.Date  `json:"begins_on"`
	Deduction float64      `json:"deduction" doc:"每例虚假签约、虚假记录扣分"`
	Veto      int          `json:"veto" doc:"一票否决的例数,0为不设"`
	Items     []SchemeItem `json:"items" nullable:"false"`
}

// SchemeItem is one item of a scheme.
type SchemeItem struct {
	Code        models.AssessCode  `json:"code"`
	Label       string             `json:"label"`
	Numerator   string             `json:"numerator" doc:"分子"`
	Denominator string             `json:"denominator" doc:"分母"`
	Weight      float64            `json:"weight" doc:"分值"`
	Mode        models.ScoringMode `json:"mode" enum:"full,proportion"`
	ModeLabel   string             `json:"mode_label"`
	Target      *float64           `json:"target" doc:"目标值,%;null 为采用本年度目标"`
}

func places(hundredths int64) float64 { return float64(hundredths) / 100 }

func schemeOf(s models.AssessmentScheme) Scheme {
	out := Scheme{s.ID, s.Version, s.BeginsOn, places(s.Deduction), s.Veto, make([]SchemeItem, len(s.Items))}
	for i, x := range s.Items {
		spec, _ := x.Code.Spec()
		out.Items[i] = SchemeItem{x.Code, spec.Label, spec.Numerator, spec.Denominator, places(x.Weight), x.Mode, models.ScoringModeLabels[x.Mode], nil}
		if x.Target != 0 {
			out.Items[i].Target = new(places(x.Target))
		}
	}
	return out
}

// ListSchemes answers GET /assessment-schemes.
func (h *Handlers) ListSchemes(ctx context.Context, _ *struct{}) (*ListOutput[Scheme], error) {
	rows, err := h.as(ctx).Schemes(ctx)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.AssessmentScheme]{Items: rows}, schemeOf), nil
}

// AddSchemeInput is a new version of how teams are assessed.
type AddSchemeInput struct {
	Body struct {
		BeginsOn  models.Date `json:"begins_on" doc:"启用日期"`
		Deduction float64     `json:"deduction" doc:"每例虚假签约、虚假记录扣分" example:"5"`
		Veto      int         `json:"veto" doc:"一票否决的例数,0为不设" example:"3"`
		Items     []struct {
			Code   models.AssessCode  `json:"code" maxLength:"24"`
			Weight float64            `json:"weight" doc:"分值,各项之和为100"`
			Mode   models.ScoringMode `json:"mode" enum:"full,proportion" doc:"full 达标得满分,proportion 按比例得分"`
			Target float64            `json:"target,omitempty" doc:"目标值,%;不填为采用本年度目标"`
		} `json:"items" minItems:"1" maxItems:"50"`
	}
}

// AddScheme answers POST /assessment-schemes.
func (h *Handlers) AddScheme(ctx context.Context, in *AddSchemeInput) (*Output[Scheme], error) {
	b := in.Body
	s := models.AssessmentScheme{BeginsOn: b.BeginsOn, Deduction: hundredths(b.Deduction), Veto: b.Veto}
	for _, i := range b.Items {
		s.Items = append(s.Items, models.SchemeItem{Code: i.Code, Weight: hundredths(i.Weight), Mode: i.Mode, Target: hundredths(i.Target)})
	}
	s, err := h.as(ctx).AddScheme(ctx, s)
	if err != nil {
		return nil, err
	}
	return &Output[Scheme]{etag(s.Version), schemeOf(s)}, nil
}

// TeamAssessment is one assessment of all teams and institutions.
type TeamAssessment struct {
	ID          models.ID   `json:"id"`
	On          models.Date `json:"on" doc:"考核日期(已发布的月末);期间性数字从当年1月1日计起"`
	Status      string      `json:"status" enum:"draft,closed,discarded"`
	StatusLabel string      `json:"status_label"`
	CorrectsID  models.ID   `json:"corrects_id,omitzero" doc:"所更正的考核"`
	Reason      string      `json:"reason,omitempty"`
	Version     int         `json:"version"`
}

func assessment(a models.Assessment) TeamAssessment {
	return TeamAssessment{a.ID, a.On, string(a.Status), models.AssessmentProcess.States[a.Status], a.CorrectsID, a.Reason, a.Version}
}

// AssessmentDetail is an assessment with its scheme.
type AssessmentDetail struct {
	TeamAssessment
	Scheme  Scheme         `json:"scheme"`
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history,omitempty"`
}

// ListAssessments answers GET /assessments.
func (h *Handlers) ListAssessments(ctx context.Context, in *PageInput) (*ListOutput[TeamAssessment], error) {
	list, err := h.as(ctx).Assessments(ctx, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, assessment), nil
}

// GetAssessment answers GET /assessments/{id}.
func (h *Handlers) GetAssessment(ctx context.Context, in *IDInput) (*Output[AssessmentDetail], error) {
	f, err := h.as(ctx).Assessment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[AssessmentDetail]{etag(f.Version), AssessmentDetail{assessment(f.Assessment), schemeOf(f.Scheme),
		actions(models.AssessmentProcess, f.Actions), processEvents(models.AssessmentProcess, f.History)}}, nil
}

func assessmentOutput(a models.Assessment, err error) (*Output[TeamAssessment], error) {
	if err != nil {
		return nil, err
	}
	return &Output[TeamAssessment]{etag(a.Version), assessment(a)}, nil
}

// MakeAssessment answers POST /assessments.
func (h *Handlers) MakeAssessment(ctx context.Context, in *struct {
	Body struct {
		On         models.Date `json:"on" doc:"已发布的月末"`
		CorrectsID models.ID   `json:"corrects_id,omitempty" doc:"更正已公布的考核时填写"`
		Reason     string      `json:"reason,omitempty" maxLength:"200" doc:"更正原因"`
	}
}) (*Output[TeamAssessment], error) {
	return assessmentOutput(h.as(ctx).Assess(ctx, in.Body.On, store.Correction{ID: in.Body.CorrectsID, Reason: in.Body.Reason}))
}

// CloseAssessment answers POST /assessments/{id}/close.
func (h *Handlers) CloseAssessment(ctx context.Context, in *struct {
	IDInput
	MatchInput
}) (*Output[TeamAssessment], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return assessmentOutput(h.as(ctx).CloseAssessment(ctx, in.ID, version))
}

// DiscardAssessment answers POST /assessments/{id}/discard.
func (h *Handlers) DiscardAssessment(ctx context.Context, in *struct {
	IDInput
	MatchInput
	Body struct {
		Reason string `json:"reason" maxLength:"100" doc:"作废原因"`
	}
}) (*Output[TeamAssessment], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return assessmentOutput(h.as(ctx).DiscardAssessment(ctx, in.ID, version, in.Body.Reason))
}

// Score is what one team or institution was assessed at.
type Score struct {
	Scope    Scope   `json:"scope"`
	Rank     int     `json:"rank" doc:"名次,同分同名次"`
	Score    float64 `json:"score"`
	Points   float64 `json:"points" doc:"有数据的各项得分之和"`
	Weight   float64 `json:"weight" doc:"有数据的各项分值之和;缺项按其余项目折算为100"`
	Signings int     `json:"false_signings" doc:"异议成立的签约"`
	Records  int     `json:"false_records" doc:"核查不实而作废的服务"`
	Deducted float64 `json:"deducted" doc:"扣分"`
	Vetoed   bool    `json:"vetoed" doc:"一票否决"`
}

func scoreOf(s models.AssessmentScore) Score {
	return Score{Scope{s.Kind, s.ScopeID, s.Name}, s.Rank, places(s.Score), places(s.Points), places(s.Weight), s.Signings, s.Records, places(s.Deducted), s.Vetoed}
}

// ScoresInput chooses scores.
type ScoresInput struct {
	IDInput
	Kind          models.ScopeKind `query:"kind" enum:"team,institution" default:"team"`
	InstitutionID models.ID        `query:"institution_id"`
}

// ListScores answers GET /assessments/{id}/scores.
func (h *Handlers) ListScores(ctx context.Context, in *ScoresInput) (*ListOutput[Score], error) {
	rows, err := h.as(ctx).Scores(ctx, in.ID, store.ScoreFilter{Kind: in.Kind, InstitutionID: in.InstitutionID})
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.AssessmentScore]{Items: rows}, scoreOf), nil
}

// WorksheetInput names one score.
type WorksheetInput struct {
	IDInput
	Kind    models.ScopeKind `query:"kind" enum:"team,institution" default:"team"`
	ScopeID models.ID        `query:"scope_id" required:"true"`
}

// AssessmentSheet is how a score came about.
type AssessmentSheet struct {
	Score
	Lines []AssessmentSheetLine `json:"lines" nullable:"false"`
}

// AssessmentSheetLine is one item of a worksheet.
type AssessmentSheetLine struct {
	Code      models.AssessCode `json:"code"`
	Label     string            `json:"label"`
	Value     Ratio             `json:"value"`
	Target    float64           `json:"target" doc:"目标值,%"`
	Weight    float64           `json:"weight" doc:"分值"`
	Points    *float64          `json:"points" doc:"得分;缺项为 null"`
	ModeLabel string            `json:"mode_label"`
}

// GetWorksheet answers GET /assessments/{id}/worksheet.
func (h *Handlers) GetWorksheet(ctx context.Context, in *WorksheetInput) (*Output[AssessmentSheet], error) {
	w, err := h.as(ctx).Worksheet(ctx, in.ID, in.Kind, in.ScopeID)
	if err != nil {
		return nil, err
	}
	modes := map[models.AssessCode]string{}
	for _, i := range w.Scheme.Items {
		modes[i.Code] = models.ScoringModeLabels[i.Mode]
	}
	out := AssessmentSheet{Score: scoreOf(w.AssessmentScore), Lines: make([]AssessmentSheetLine, len(w.Lines))}
	for i, l := range w.Lines {
		spec, _ := l.Code.Spec()
		out.Lines[i] = AssessmentSheetLine{l.Code, spec.Label, ratio(int(l.Numerator), int(l.Denominator)), places(l.Target), places(l.Weight), nil, modes[l.Code]}
		if l.Denominator > 0 {
			out.Lines[i].Points = new(places(l.Points))
		}
	}
	return &Output[AssessmentSheet]{Body: out}, nil
}
