package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// AuditInput filters the audit.
type AuditInput struct {
	PageInput
	Actor      string      `query:"actor" maxLength:"32" doc:"操作人,如 staff:12、resident:34、system"`
	ResidentID models.ID   `query:"resident_id" doc:"被访问的居民"`
	Action     string      `query:"action" maxLength:"48" doc:"操作,如 resident.read"`
	From       models.Date `query:"from" doc:"起始日期(含)"`
	To         models.Date `query:"to" doc:"截止日期(含)"`
}

// AuditBody is one audit row. It names fields and codes, never values.
type AuditBody struct {
	ID         models.ID `json:"id"`
	At         time.Time `json:"at"`
	Actor      string    `json:"actor" example:"staff:12"`
	Role       string    `json:"role"`
	RoleLabel  string    `json:"role_label"`
	Action     string    `json:"action" example:"resident.read"`
	Label      string    `json:"action_label" example:"居民档案:查看"`
	Object     string    `json:"object" example:"resident"`
	ObjectID   models.ID `json:"object_id,omitzero"`
	ResidentID models.ID `json:"resident_id,omitzero"`
	Detail     string    `json:"detail,omitempty" doc:"涉及的字段名、代码或编号,不含内容"`
	Reason     string    `json:"reason,omitempty" doc:"操作人填写的理由"`
	RequestID  string    `json:"request_id,omitempty"`
	IP         string    `json:"ip,omitempty"`
	Seq        int64     `json:"seq,omitempty" doc:"在审计链中的序号;没有则尚未封链"`
}

func showAudit(e store.AuditEntry) AuditBody {
	spec, _ := e.Role.Spec()
	label, _ := models.AuditActionLabel(e.Action)
	return AuditBody{
		ID: e.ID, At: e.At.UTC(), Actor: e.Actor, Role: string(e.Role), RoleLabel: spec.Label, Action: e.Action, Label: label, Object: e.Object, ObjectID: e.ObjectID,
		ResidentID: e.ResidentID, Detail: e.Detail, Reason: e.Reason, RequestID: e.RequestID, IP: e.IP, Seq: e.Seq,
	}
}

// Audit lists audit rows, the newest first.
func (h *Handlers) Audit(ctx context.Context, in *AuditInput) (*ListOutput[AuditBody], error) {
	list, err := h.as(ctx).Audit(ctx, store.AuditQuery{Actor: in.Actor, ResidentID: in.ResidentID, Action: in.Action, From: in.From, To: in.To}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, showAudit), nil
}

// AuditCheckBody is the result of a verification.
type AuditCheckBody struct {
	Intact   bool       `json:"intact" doc:"审计链是否完整"`
	Checked  int64      `json:"checked" doc:"核对无误的环节数"`
	Unsealed int64      `json:"unsealed" doc:"尚未封链的记录数"`
	Head     string     `json:"head,omitempty" doc:"链头(序号:校验码),请抄存于本系统之外,以便日后核对末尾未被截断"`
	Broken   *BreakBody `json:"broken,omitempty" doc:"第一处断裂"`
}

// BreakBody is the first place at which the chain does not hold.
type BreakBody struct {
	Kind  string    `json:"kind"`
	Label string    `json:"kind_label"`
	Seq   int64     `json:"seq,omitempty" doc:"链中的序号"`
	RowID models.ID `json:"row_id,omitzero" doc:"审计记录编号"`
}

// VerifyAudit computes the audit chain anew.
func (h *Handlers) VerifyAudit(ctx context.Context, _ *struct{}) (*Output[AuditCheckBody], error) {
	found, err := h.as(ctx).VerifyAudit(ctx)
	if err != nil {
		return nil, err
	}
	out := &Output[AuditCheckBody]{Body: AuditCheckBody{Intact: found.Broken == nil, Checked: found.Checked, Unsealed: found.Unsealed, Head: found.Head.String()}}
	if b := found.Broken; b != nil {
		out.Body.Broken = &BreakBody{string(b.Kind), store.BreakLabels[b.Kind], b.Seq, b.RowID}
	}
	return out, nil
}
