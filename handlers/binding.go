package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// BindInput is who the holder of a WeChat account says to be.
type BindInput struct {
	Body struct {
		Name     string `json:"name" minLength:"1" maxLength:"50"`
		IDNumber string `json:"id_number" minLength:"15" maxLength:"32" doc:"居民身份证号码"`
	}
}

// BoundBody tells whether a WeChat account is bound.
type BoundBody struct {
	Bound bool `json:"bound"`
}

// BoundOutput answers a binding.
type BoundOutput struct{ Body BoundBody }

// Bind binds the signed-in WeChat account to a resident.
func (h *Handlers) Bind(ctx context.Context, in *BindInput) (*BoundOutput, error) {
	if err := h.as(ctx).Bind(ctx, in.Body.Name, in.Body.IDNumber); err != nil {
		return nil, err
	}
	return &BoundOutput{BoundBody{true}}, nil
}

// BindingBody is a request that waits for the team.
type BindingBody struct {
	ID          models.ID `json:"id"`
	ResidentID  models.ID `json:"resident_id"`
	Name        string    `json:"name,omitempty"`
	IDNumber    string    `json:"id_number,omitempty" doc:"脱敏显示"`
	Phone       string    `json:"phone,omitempty" doc:"微信验证的手机号,脱敏显示"`
	Status      string    `json:"status"`
	StatusLabel string    `json:"status_label"`
	ProofLabel  string    `json:"proof_label"`
	Proof       string    `json:"proof" doc:"绑定依据,或待核实的原因"`
	CreatedAt   time.Time `json:"created_at"`
}

// BindingOutput answers with one binding.
type BindingOutput struct{ Body BindingBody }

func showBinding(b models.Binding) BindingBody {
	return BindingBody{
		ID: b.ID, ResidentID: b.ResidentID, CreatedAt: b.CreatedAt.UTC(),
		Status: string(b.Status), StatusLabel: models.BindingStatusLabels[b.Status],
		Proof: string(b.Proof), ProofLabel: models.BindingProofLabels[b.Proof],
	}
}

func showBindingEntry(e store.BindingEntry) BindingBody {
	out := showBinding(e.Binding)
	out.Name, out.IDNumber, out.Phone = e.Name, codes.MaskDocument(e.DocumentNo), codes.MaskPhone(e.Phone)
	return out
}

// PendingBindings lists the requests that wait for the actor's teams.
func (h *Handlers) PendingBindings(ctx context.Context, in *PageInput) (*ListOutput[BindingBody], error) {
	list, err := h.as(ctx).PendingBindings(ctx, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, showBindingEntry), nil
}

// ConfirmBinding binds after the team has seen the person and the ID card.
func (h *Handlers) ConfirmBinding(ctx context.Context, in *IDInput) (*BindingOutput, error) {
	return h.settleBinding(ctx, in.ID, true)
}

// RefuseBinding refuses a request.
func (h *Handlers) RefuseBinding(ctx context.Context, in *IDInput) (*BindingOutput, error) {
	return h.settleBinding(ctx, in.ID, false)
}

func (h *Handlers) settleBinding(ctx context.Context, id models.ID, confirm bool) (*BindingOutput, error) {
	b, err := h.as(ctx).SettleBinding(ctx, id, confirm)
	if err != nil {
		return nil, err
	}
	return &BindingOutput{showBinding(b)}, nil
}
