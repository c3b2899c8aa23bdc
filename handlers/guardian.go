package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// Guardian lets one resident act for another.
type Guardian struct {
	ID         models.ID   `json:"id"`
	GuardianID models.ID   `json:"guardian_id"`
	WardID     models.ID   `json:"ward_id"`
	Relation   string      `json:"relation" doc:"监护人与被监护人的关系"`
	Label      string      `json:"relation_label"`
	Consent    string      `json:"consent"`
	Evidence   string      `json:"evidence"`
	Begin      models.Date `json:"begin"`
	End        models.Date `json:"end" nullable:"true"`
}

func guardian(g models.Guardian) Guardian {
	return Guardian{g.ID, g.GuardianID, g.WardID, g.Relation, codes.DetailedRelations.Label(g.Relation), g.Consent, g.Evidence, g.Begin, g.End}
}

// ListGuardians answers GET /residents/{id}/guardians.
func (h *Handlers) ListGuardians(ctx context.Context, in *IDInput) (*ListOutput[Guardian], error) {
	rows, err := h.as(ctx).Guardians(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Guardian]{Items: rows}, guardian), nil
}

// AddGuardianInput records who may act for the resident of the path.
type AddGuardianInput struct {
	IDInput
	Body struct {
		GuardianID models.ID `json:"guardian_id"`
		Relation   string    `json:"relation" maxLength:"2" doc:"GB/T 4761 两位代码"`
		Consent    string    `json:"consent" enum:"minor,incapacity,on_site" doc:"minor 未成年人;incapacity 无行为能力;on_site 本人现场同意"`
		Evidence   string    `json:"evidence" maxLength:"100"`
	}
}

// AddGuardian answers POST /residents/{id}/guardians.
func (h *Handlers) AddGuardian(ctx context.Context, in *AddGuardianInput) (*Output[Guardian], error) {
	g, err := h.as(ctx).AddGuardian(ctx, in.ID, store.Guardianship{GuardianID: in.Body.GuardianID, Relation: in.Body.Relation, Consent: in.Body.Consent, Evidence: in.Body.Evidence})
	if err != nil {
		return nil, err
	}
	return &Output[Guardian]{Body: guardian(g)}, nil
}

// EndGuardianInput names a guardianship.
type EndGuardianInput struct {
	IDInput
	GuardianID models.ID `path:"guardian_id" doc:"监护关系 id"`
}

// EndGuardian answers POST /residents/{id}/guardians/{guardian_id}/end.
func (h *Handlers) EndGuardian(ctx context.Context, in *EndGuardianInput) (*struct{}, error) {
	return nil, h.as(ctx).EndGuardian(ctx, in.ID, in.GuardianID)
}
