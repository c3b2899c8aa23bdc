package handlers

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/url"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
)

//go:embed agreement.html
var agreementPage string

// safeImage lets a checked signature image, or a code drawn here, through the template's URL filter.
var agreementTemplate = template.Must(template.New("agreement").Funcs(template.FuncMap{
	"safeImage": func(s string) template.URL { return template.URL(s) }, // #nosec G203 -- checked by models.CheckSignature when it was stored
	"deref":     func(t *time.Time) time.Time { return *t },
	"shanghai":  func(t time.Time) string { return t.In(calendar.Shanghai).Format("2006-01-02 15:04:05") },
}).Parse(agreementPage))

// PageOutput is an HTML page.
type PageOutput struct {
	ContentType string `header:"Content-Type"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// GetAgreement answers GET /contracts/{id}/agreement with the printable page.
func (h *Handlers) GetAgreement(ctx context.Context, in *IDInput) (*PageOutput, error) {
	a, err := h.as(ctx).Agreement(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	code, err := h.verifyCode(a)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = agreementTemplate.Execute(&b, struct {
		store.SignedAgreement
		Code                          string
		Status, Way, Signer, Identity string
	}{a, code, models.ContractStatusLabels[a.Contract.Status], models.SignatureWayLabels[a.Doc.Way], models.SignerKindLabels[a.Doc.SignerKind], models.IdentityCheckLabels[a.Doc.Identity]})
	if err != nil {
		return nil, err
	}
	return &PageOutput{"text/html; charset=utf-8", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'", b.Bytes()}, nil
}

// verifyCode is the QR code that verifies an agreement, as a data URL.
func (h *Handlers) verifyCode(a store.SignedAgreement) (string, error) {
	if h.VerifyURL == "" {
		return "", nil
	}
	code, err := codeOf(h.VerifyURL + "?" + url.Values{"no": {a.Contract.No}, "hash": {a.Doc.Hash}}.Encode())
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(code), err
}

// VerifyAgreementInput is what stands on a printed agreement.
type VerifyAgreementInput struct {
	No   string `path:"no" maxLength:"32"`
	Hash string `query:"hash" required:"true" minLength:"64" maxLength:"64" pattern:"^[0-9a-fA-F]{64}$" doc:"协议上印的 SM3 摘要"`
}

// VerifiedAgreement tells whether a printed agreement is the one that was signed.
type VerifiedAgreement struct {
	Genuine     bool        `json:"genuine" doc:"编号存在、摘要一致且正文未被改动"`
	Status      string      `json:"status,omitempty"`
	StatusLabel string      `json:"status_label,omitempty"`
	SignedOn    models.Date `json:"signed_on,omitzero"`
	Name        string      `json:"name,omitempty" doc:"签约居民(遮蔽)"`
	Team        string      `json:"team,omitempty"`
}

// VerifyAgreement answers GET /agreements/{no}/verify, for anyone who holds the paper.
func (h *Handlers) VerifyAgreement(ctx context.Context, in *VerifyAgreementInput) (*Output[VerifiedAgreement], error) {
	v, err := h.Store.VerifyAgreement(ctx, in.No, in.Hash)
	if err != nil {
		return nil, err
	}
	out := &Output[VerifiedAgreement]{Body: VerifiedAgreement{Genuine: v.Genuine, SignedOn: v.SignedOn, Name: v.Name, Team: v.Team}}
	if v.Genuine {
		out.Body.Status, out.Body.StatusLabel = string(v.Status), models.ContractStatusLabels[v.Status]
	}
	return out, nil
}
