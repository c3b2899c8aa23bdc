package handlers

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
	"jiayi/models/store"
)

// Purpose is what may be agreed to.
type Purpose struct {
	Code        string `json:"code"`
	Label       string `json:"label"`
	Version     int    `json:"version"`
	Separate    bool   `json:"separate" doc:"敏感个人信息,须单独同意"`
	Text        string `json:"text" doc:"告知内容"`
	TextHash    string `json:"text_hash" doc:"告知内容的 SM3 摘要"`
	Consequence string `json:"consequence" doc:"撤回同意的后果,撤回前须展示"`
}

// ListPurposes answers GET /consent-purposes.
func (h *Handlers) ListPurposes(_ context.Context, _ *None) (*ListOutput[Purpose], error) {
	return listOf(store.List[models.PurposeSpec]{Items: models.Purposes}, func(p models.PurposeSpec) Purpose {
		return Purpose{string(p.Code), p.Label, p.Version, p.Separate, p.Text, store.TextHash(p), p.Consequence}
	}), nil
}

// Consent is a yes that was given, and maybe taken back.
type Consent struct {
	ID           models.ID  `json:"id"`
	ResidentID   models.ID  `json:"resident_id"`
	Purpose      string     `json:"purpose"`
	PurposeLabel string     `json:"purpose_label"`
	Version      int        `json:"version"`
	TextHash     string     `json:"text_hash"`
	Channel      string     `json:"channel"`
	GuardianID   models.ID  `json:"guardian_id,omitzero" doc:"代为同意的监护人"`
	GivenAt      time.Time  `json:"given_at"`
	WithdrawnAt  *time.Time `json:"withdrawn_at,omitempty"`
	Live         bool       `json:"live"`
	Current      bool       `json:"current" doc:"同意的是现行版本"`
	Consequence  string     `json:"consequence" doc:"撤回同意的后果,撤回前须展示"`
}

func consent(c models.Consent) Consent {
	spec, _ := c.Purpose.Spec()
	return Consent{c.ID, c.ResidentID, string(c.Purpose), spec.Label, c.Version, c.TextHash, c.Channel, c.GuardianID, c.GivenAt, c.WithdrawnAt, c.Live != nil, c.Version == spec.Version, spec.Consequence}
}

// OwnInput names oneself or a ward.
type OwnInput struct {
	ResidentID models.ID `query:"resident_id" doc:"默认本人"`
}

// MyConsents answers GET /me/consents.
func (h *Handlers) MyConsents(ctx context.Context, in *OwnInput) (*ListOutput[Consent], error) {
	rows, err := h.as(ctx).Consents(ctx, in.ResidentID)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Consent]{Items: rows}, consent), nil
}

// GiveConsentInput is a yes.
type GiveConsentInput struct {
	Body struct {
		ResidentID models.ID             `json:"resident_id,omitzero" doc:"为谁同意;默认本人"`
		Purpose    models.ConsentPurpose `json:"purpose" enum:"service,messages,location"`
		Version    int                   `json:"version" minimum:"1" doc:"所阅读的告知内容版本"`
	}
}

// GiveConsent answers POST /me/consents.
func (h *Handlers) GiveConsent(ctx context.Context, in *GiveConsentInput) (*Output[Consent], error) {
	return consentOutput(h.as(ctx).GiveConsent(ctx, in.Body.ResidentID, in.Body.Purpose, in.Body.Version))
}

// WithdrawConsent answers POST /me/consents/{id}/withdraw.
func (h *Handlers) WithdrawConsent(ctx context.Context, in *IDInput) (*Output[Consent], error) {
	return consentOutput(h.as(ctx).WithdrawConsent(ctx, in.ID))
}

func consentOutput(c models.Consent, err error) (*Output[Consent], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Consent]{Body: consent(c)}, nil
}

// ExportData answers GET /me/data-export: a stream of one JSON object, a list a section.
// What breaks half-way leaves JSON that cannot be read, never a part that looks whole.
func (h *Handlers) ExportData(ctx context.Context, in *OwnInput) (*huma.StreamResponse, error) {
	e, err := h.as(ctx).OpenExport(ctx, in.ResidentID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/json")
		hc.SetHeader("Content-Disposition", `attachment; filename="my-data.json"`)
		hc.SetStatus(http.StatusOK)
		w := bufio.NewWriter(hc.BodyWriter())
		open, first := false, true
		_, _ = w.WriteString("{")
		err := e.Each(hc.Context(), func(name string) error {
			if open {
				_, _ = w.WriteString("],")
			}
			open, first = true, true
			_, err := w.WriteString(`"` + name + `":[`)
			return err
		}, func(item any) error {
			if !first {
				_, _ = w.WriteString(",")
			}
			first = false
			text, err := json.Marshal(item)
			if err == nil {
				_, err = w.Write(text)
			}
			return err
		})
		if err != nil {
			slog.ErrorContext(hc.Context(), "export broke off", "error", err, "request_id", models.ActorFrom(hc.Context()).RequestID)
			return
		}
		_, _ = w.WriteString("]}")
		_ = w.Flush() // whoever hung up is told nothing
	}}, nil
}

// PrivacyRequest is a request about the own data.
type PrivacyRequest struct {
	ID           models.ID   `json:"id"`
	ResidentID   models.ID   `json:"resident_id"`
	ResidentName string      `json:"resident_name"`
	Kind         string      `json:"kind" enum:"correction,deletion"`
	KindLabel    string      `json:"kind_label"`
	Field        string      `json:"field,omitempty"`
	FieldLabel   string      `json:"field_label,omitempty"`
	Status       string      `json:"status" enum:"submitted,processing,done,partly,refused,withdrawn"`
	StatusLabel  string      `json:"status_label"`
	DueOn        models.Date `json:"due_on" doc:"15个工作日内答复"`
	Overdue      bool        `json:"overdue"`
	Actions      []Action    `json:"actions" nullable:"false"`
	Version      int         `json:"version"`
}

func (h *Handlers) privacyItem(f store.PrivacyFile) PrivacyRequest {
	return PrivacyRequest{f.ID, f.ResidentID, f.ResidentName, string(f.Kind), models.RequestKindLabels[f.Kind], f.Field, models.CorrectionFields[f.Field], string(f.Status),
		models.RequestStatusLabels[f.Status], f.DueOn, !f.WaitingUntil.IsZero() && f.WaitingUntil.Before(h.Store.Today()), actions(models.PrivacyProcess, f.Actions), f.Version}
}

// PrivacyDetail is a request with what was asked and answered.
type PrivacyDetail struct {
	PrivacyRequest
	Wanted  string         `json:"wanted,omitempty" doc:"正确的内容,或删除的说明"`
	Answer  string         `json:"answer,omitempty"`
	History []ProcessEvent `json:"history" nullable:"false"`
}

func (h *Handlers) privacyOutput(f store.PrivacyFile, err error) (*Output[PrivacyDetail], error) {
	if err != nil {
		return nil, err
	}
	return &Output[PrivacyDetail]{etag(f.Version), PrivacyDetail{h.privacyItem(f), f.Wanted, f.Answer, processEvents(models.PrivacyProcess, f.History)}}, nil
}

// CorrectionInput asks for a correction.
type CorrectionInput struct {
	Body struct {
		ResidentID models.ID `json:"resident_id,omitzero" doc:"默认本人"`
		Field      string    `json:"field" enum:"name,phone,address,birth_date,document,record,other"`
		Wanted     string    `json:"wanted" minLength:"1" maxLength:"500" doc:"正确的内容"`
	}
}

// AskCorrection answers POST /me/corrections.
func (h *Handlers) AskCorrection(ctx context.Context, in *CorrectionInput) (*Output[PrivacyDetail], error) {
	return h.privacyOutput(h.as(ctx).AskPrivacy(ctx, models.PrivacyRequest{ResidentID: in.Body.ResidentID, Kind: models.CorrectionRequest, Field: in.Body.Field, Wanted: in.Body.Wanted}))
}

// DeletionInput asks for a deletion.
type DeletionInput struct {
	Body struct {
		ResidentID models.ID `json:"resident_id,omitzero" doc:"默认本人"`
		Reason     string    `json:"reason,omitempty" maxLength:"500"`
	}
}

// AskDeletion answers POST /me/deletion-requests.
func (h *Handlers) AskDeletion(ctx context.Context, in *DeletionInput) (*Output[PrivacyDetail], error) {
	return h.privacyOutput(h.as(ctx).AskPrivacy(ctx, models.PrivacyRequest{ResidentID: in.Body.ResidentID, Kind: models.DeletionRequest, Wanted: in.Body.Reason}))
}

// ListPrivacyInput chooses requests.
type ListPrivacyInput struct {
	PageInput
	Status  models.RequestStatus `query:"status" enum:"submitted,processing,done,partly,refused,withdrawn"`
	Overdue bool                 `query:"overdue" doc:"只看逾期未办结的,最早到期的在前"`
}

// ListPrivacyRequests answers GET /privacy-requests and GET /me/privacy-requests.
func (h *Handlers) ListPrivacyRequests(ctx context.Context, in *ListPrivacyInput) (*ListOutput[PrivacyRequest], error) {
	list, err := h.as(ctx).PrivacyRequests(ctx, store.PrivacyFilter{Status: in.Status, Overdue: in.Overdue}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.privacyItem), nil
}

// GetPrivacyRequest answers GET /privacy-requests/{id} and GET /me/privacy-requests/{id}.
func (h *Handlers) GetPrivacyRequest(ctx context.Context, in *IDInput) (*Output[PrivacyDetail], error) {
	return h.privacyOutput(h.as(ctx).PrivacyRequest(ctx, in.ID))
}

// MovePrivacyInput is a move on a request.
type MovePrivacyInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.RequestMove `json:"move" enum:"take,fulfil,erase,refuse" doc:"take 开始办理,fulfil 已更正,erase 删除联系信息(医疗记录依法保存),refuse 不予办理"`
		Answer string             `json:"answer,omitempty" maxLength:"500" doc:"更正、不予办理时必填,告知申请人"`
	}
}

// MovePrivacyRequest answers POST /privacy-requests/{id}/move.
func (h *Handlers) MovePrivacyRequest(ctx context.Context, in *MovePrivacyInput) (*Output[PrivacyDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return h.privacyOutput(h.as(ctx).MovePrivacy(ctx, in.ID, version, in.Body.Move, in.Body.Answer))
}

// WithdrawPrivacyRequest answers POST /me/privacy-requests/{id}/withdraw.
func (h *Handlers) WithdrawPrivacyRequest(ctx context.Context, in *IDInput) (*Output[PrivacyDetail], error) {
	return h.privacyOutput(h.as(ctx).MovePrivacy(ctx, in.ID, 0, models.MoveWithdrawRequest, ""))
}
