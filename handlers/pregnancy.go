package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Pregnancy holds the dates that the care of a pregnancy is planned by.
type Pregnancy struct {
	ResidentID   models.ID   `json:"resident_id"`
	LMP          models.Date `json:"lmp" nullable:"true" doc:"末次月经"`
	EDD          models.Date `json:"edd,omitzero" doc:"预产期,按末次月经推算"`
	DeliveredOn  models.Date `json:"delivered_on" nullable:"true" doc:"分娩(终止)日期"`
	DischargedOn models.Date `json:"discharged_on" nullable:"true" doc:"出院日期"`
	Outcome      string      `json:"outcome" enum:",live_birth,stillbirth,loss"`
	OutcomeLabel string      `json:"outcome_label"`
	Version      int         `json:"version"`
}

// GetPregnancy answers GET /residents/{id}/pregnancy.
func (h *Handlers) GetPregnancy(ctx context.Context, in *IDInput) (*Output[Pregnancy], error) {
	g, err := h.as(ctx).Pregnancy(ctx, in.ID)
	return pregnancyOutput(g, err)
}

// NotePregnancyInput changes the dates of a pregnancy; what is left out stays.
type NotePregnancyInput struct {
	IDInput
	MatchInput
	Body struct {
		LMP          *models.Date `json:"lmp,omitempty" doc:"末次月经"`
		DeliveredOn  *models.Date `json:"delivered_on,omitempty" doc:"分娩(终止)日期"`
		DischargedOn *models.Date `json:"discharged_on,omitempty" doc:"出院日期"`
		Outcome      *string      `json:"outcome,omitempty" enum:",live_birth,stillbirth,loss" doc:"妊娠结局:live_birth 活产,stillbirth 死胎死产,loss 流产或终止妊娠(不再按孕产妇管理)"`
	}
}

// NotePregnancy answers PATCH /residents/{id}/pregnancy.
func (h *Handlers) NotePregnancy(ctx context.Context, in *NotePregnancyInput) (*Output[Pregnancy], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	d := store.PregnancyDates{LMP: in.Body.LMP, DeliveredOn: in.Body.DeliveredOn, DischargedOn: in.Body.DischargedOn}
	if in.Body.Outcome != nil {
		d.Outcome = new(models.PregnancyOutcome(*in.Body.Outcome))
	}
	g, err := h.as(ctx).NotePregnancy(ctx, in.ID, version, d)
	return pregnancyOutput(g, err)
}

func pregnancyOutput(g models.Pregnancy, err error) (*Output[Pregnancy], error) {
	if err != nil {
		return nil, err
	}
	tag := "" // nothing is noted yet
	if g.Version > 0 {
		tag = etag(g.Version)
	}
	return &Output[Pregnancy]{ETag: tag, Body: Pregnancy{
		ResidentID: g.ResidentID, LMP: g.LMP, EDD: g.EDD(), DeliveredOn: g.DeliveredOn, DischargedOn: g.DischargedOn,
		Outcome: string(g.Outcome), OutcomeLabel: models.PregnancyOutcomeLabels[g.Outcome], Version: g.Version,
	}}, nil
}
