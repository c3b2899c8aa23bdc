package handlers

import (
	"context"
	"math"

	"jiayi/models"
	"jiayi/models/store"
)

// Settlement is one division of money; amounts are in cents.
type Settlement struct {
	ID          models.ID   `json:"id"`
	Kind        string      `json:"kind" enum:"fee,surplus"`
	KindLabel   string      `json:"kind_label"`
	TeamID      models.ID   `json:"team_id,omitzero" doc:"签约服务费所属团队"`
	From        models.Date `json:"from"`
	To          models.Date `json:"to"`
	Cents       int64       `json:"cents" doc:"分配总额,分"`
	Status      string      `json:"status" enum:"draft,closed,discarded"`
	StatusLabel string      `json:"status_label"`
	CorrectsID  models.ID   `json:"corrects_id,omitzero" doc:"所更正的分配"`
	Reason      string      `json:"reason,omitempty" doc:"更正原因"`
	Version     int         `json:"version"`
}

// SettlementDetail is a settlement with its worksheet.
type SettlementDetail struct {
	Settlement
	Lines []SettlementLine `json:"lines"`
}

// SettlementLine is one line of the worksheet.
type SettlementLine struct {
	Step   int    `json:"step" doc:"第几步"`
	Label  string `json:"label"`
	Kind   string `json:"kind" enum:"sum,pool,team,institution,staff,tier"`
	Count  int64  `json:"count" doc:"合同数、随访次数或百倍的考核得分"`
	Weight int64  `json:"weight" doc:"分配所依据的权重"`
	Cents  int64  `json:"cents"`
}

func settlementBody(s models.Settlement) Settlement {
	return Settlement{
		s.ID, string(s.Kind), models.SettlementKindLabels[s.Kind], s.TeamID, s.From, s.To, s.Cents,
		string(s.Status), models.SettlementProcess.States[s.Status], s.CorrectsID, s.Reason, s.Version,
	}
}

func settlementOutput(s models.Settlement, err error) (*Output[SettlementDetail], error) {
	if err != nil {
		return nil, err
	}
	out := SettlementDetail{Settlement: settlementBody(s), Lines: make([]SettlementLine, len(s.Lines))}
	for i, l := range s.Lines {
		out.Lines[i] = SettlementLine{l.Step, l.Label, l.Kind, l.Count, l.Weight, l.Cents}
	}
	return &Output[SettlementDetail]{etag(s.Version), out}, nil
}

// SettlementPeriod is what every settlement begins with.
type SettlementPeriod struct {
	From       models.Date `json:"from"`
	To         models.Date `json:"to" doc:"期间须已结束,不超过一年"`
	CorrectsID models.ID   `json:"corrects_id,omitempty" doc:"更正已结算的分配时填写"`
	Reason     string      `json:"reason,omitempty" maxLength:"200" doc:"更正原因"`
}

func (p SettlementPeriod) correction() store.Correction {
	return store.Correction{ID: p.CorrectsID, Reason: p.Reason}
}

// SettleFeesInput divides the signing fees of a team.
type SettleFeesInput struct {
	Body struct {
		SettlementPeriod
		TeamID         models.ID       `json:"team_id"`
		SettledPercent float64         `json:"settled_percent" doc:"结算比例,%" example:"95"`
		TeamPercent    float64         `json:"team_percent" doc:"分配给团队的比例,%,不低于70" example:"70"`
		Quality        []MemberQuality `json:"quality,omitempty" maxItems:"50" doc:"成员的质量得分;未列出的为100"`
	}
}

// MemberQuality is the quality score of a member.
type MemberQuality struct {
	StaffID models.ID `json:"staff_id"`
	Score   int64     `json:"score" doc:"0至100"`
}

// SettleFees answers POST /settlements/fees.
func (h *Handlers) SettleFees(ctx context.Context, in *SettleFeesInput) (*Output[SettlementDetail], error) {
	b := in.Body
	f := models.FeePeriod{TeamID: b.TeamID, From: b.From, To: b.To, Settled: hundredths(b.SettledPercent), TeamShare: hundredths(b.TeamPercent), Quality: map[models.ID]int64{}}
	for _, q := range b.Quality {
		f.Quality[q.StaffID] = q.Score
	}
	return settlementOutput(h.as(ctx).SettleFees(ctx, f, b.correction()))
}

// hundredths is a number with at most two places as an integer; what is out of every range stays so.
func hundredths(v float64) int64 { return int64(math.Round(max(-1, min(v, 1e6)) * 100)) }

// SettleSurplusInput divides the surplus of the medical insurance.
type SettleSurplusInput struct {
	Body struct {
		SettlementPeriod
		Cents        int64              `json:"cents" doc:"结余金额,分"`
		AssessmentID models.ID          `json:"assessment_id,omitzero" doc:"已公布的考核:其中的机构按考核得分参与分配,其余机构另行填写"`
		Institutions []InstitutionScore `json:"institutions,omitempty" maxItems:"500"`
	}
}

// InstitutionScore is what an institution was assessed at.
type InstitutionScore struct {
	InstitutionID models.ID `json:"institution_id"`
	Score         float64   `json:"score" doc:"考核得分,0至100"`
	Weight        int64     `json:"weight,omitempty" default:"1" minimum:"1" doc:"层级内的权重"`
}

// SettleSurplus answers POST /settlements/surplus.
func (h *Handlers) SettleSurplus(ctx context.Context, in *SettleSurplusInput) (*Output[SettlementDetail], error) {
	b := in.Body
	shares := make([]models.SurplusShare, len(b.Institutions))
	for i, s := range b.Institutions {
		shares[i] = models.SurplusShare{Institution: models.Institution{ID: s.InstitutionID}, Score: hundredths(s.Score), Weight: s.Weight}
	}
	return settlementOutput(h.as(ctx).SettleSurplus(ctx, store.Surplus{From: b.From, To: b.To, Cents: b.Cents, AssessmentID: b.AssessmentID, Shares: shares}, b.correction()))
}

// ListSettlements answers GET /settlements.
func (h *Handlers) ListSettlements(ctx context.Context, in *PageInput) (*ListOutput[Settlement], error) {
	list, err := h.as(ctx).Settlements(ctx, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, settlementBody), nil
}

// GetSettlement answers GET /settlements/{id}.
func (h *Handlers) GetSettlement(ctx context.Context, in *IDInput) (*Output[SettlementDetail], error) {
	return settlementOutput(h.as(ctx).Settlement(ctx, in.ID))
}

// CloseSettlementInput closes a draft.
type CloseSettlementInput struct {
	IDInput
	MatchInput
}

// CloseSettlement answers POST /settlements/{id}/close.
func (h *Handlers) CloseSettlement(ctx context.Context, in *CloseSettlementInput) (*Output[SettlementDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return settlementOutput(h.as(ctx).CloseSettlement(ctx, in.ID, version))
}

// DiscardSettlementInput discards a draft.
type DiscardSettlementInput struct {
	CloseSettlementInput
	Body struct {
		Reason string `json:"reason" maxLength:"200" doc:"作废原因"`
	}
}

// DiscardSettlement answers POST /settlements/{id}/discard.
func (h *Handlers) DiscardSettlement(ctx context.Context, in *DiscardSettlementInput) (*Output[SettlementDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return settlementOutput(h.as(ctx).DiscardSettlement(ctx, in.ID, version, in.Body.Reason))
}
