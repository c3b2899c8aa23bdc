package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// Contract is one agreement period of a resident with a team.
type Contract struct {
	ID            models.ID         `json:"id"`
	No            string            `json:"no" doc:"协议编号"`
	Status        string            `json:"status"`
	StatusLabel   string            `json:"status_label"`
	Resident      ContractParty     `json:"resident"`
	Team          Named             `json:"team"`
	InstitutionID models.ID         `json:"institution_id"`
	Source        string            `json:"source" doc:"签约来源:1 工作台 2 居民小程序 3 医生手机 4 签约进社区 5 批量导入"`
	TermYears     int               `json:"term_years"`
	BeginDate     models.Date       `json:"begin_date,omitzero"`
	EndDate       models.Date       `json:"end_date,omitzero"`
	SignedOn      models.Date       `json:"signed_on,omitzero"`
	StoppedOn     models.Date       `json:"stopped_on,omitzero" doc:"提前终止:不再有效的第一天"`
	StopReason    string            `json:"stop_reason,omitempty"`
	StopLabel     string            `json:"stop_reason_label,omitempty"`
	Note          string            `json:"note,omitempty"`
	DueOn         models.Date       `json:"due_on,omitzero" doc:"待审核或待确认的截止日期"`
	PreviousID    models.ID         `json:"previous_id,omitzero" doc:"续约或改签的上一份合同"`
	SigningID     models.ID         `json:"household_signing_id,omitzero"`
	EventID       models.ID         `json:"event_id,omitzero" doc:"现场签约的社区活动"`
	Disputed      bool              `json:"disputed" doc:"居民提出异议,尚未处理"`
	Packages      []ContractPackage `json:"packages" nullable:"false"`
	Version       int               `json:"version"`
}

// ContractParty is the resident's side, masked.
type ContractParty struct {
	ID       models.ID `json:"id"`
	Name     string    `json:"name"`
	IDNumber string    `json:"id_number"`
	Phone    string    `json:"phone"`
}

// ContractPackage is a package as it was signed.
type ContractPackage struct {
	PackageID  models.ID `json:"package_id"`
	Name       string    `json:"name"`
	PriceCents int64     `json:"price_cents"`
	OwnCents   int64     `json:"own_cents"`
}

func contract(l store.ContractLine) Contract {
	c, r := l.Contract, l.Resident
	out := Contract{
		ID: c.ID, No: c.No, Status: string(c.Status), StatusLabel: models.ContractStatusLabels[c.Status],
		Resident: ContractParty{r.ID, r.Name, codes.MaskDocument(r.DocumentNo), codes.MaskPhone(r.Phone)}, Team: Named{c.TeamID, l.TeamName}, InstitutionID: c.InstitutionID,
		Source: string(c.Source), TermYears: c.TermYears, BeginDate: c.BeginDate, EndDate: c.EndDate, SignedOn: c.SignedOn, StoppedOn: c.StoppedOn,
		Note: c.Note, DueOn: c.DueOn, PreviousID: c.PreviousID, SigningID: c.SigningID, EventID: c.EventID, Disputed: c.Disputed, Packages: []ContractPackage{}, Version: c.Version,
	}
	if c.StopReason != "" {
		out.StopReason, out.StopLabel = string(c.StopReason), models.StopReasonLabels[c.StopReason]
	}
	for _, p := range c.Packages {
		out.Packages = append(out.Packages, ContractPackage{p.PackageID, p.Name, p.PriceCents, p.PriceCents - p.PayerCents})
	}
	return out
}

// contractAnswer shows a contract after a change.
func (h *Handlers) contractAnswer(ctx context.Context, c models.Contract, err error) (*Output[Contract], error) {
	if err != nil {
		return nil, err
	}
	line, err := h.Store.ContractLine(ctx, c)
	if err != nil {
		return nil, err
	}
	return &Output[Contract]{etag(c.Version), contract(line)}, nil
}

// ContractListInput narrows a list of contracts.
type ContractListInput struct {
	PageInput
	ResidentID    models.ID             `query:"resident_id"`
	TeamID        models.ID             `query:"team_id"`
	InstitutionID models.ID             `query:"institution_id"`
	Status        models.ContractStatus `query:"status" enum:"applied,offered,active,rejected,cancelled,expired,renewed,transferred,terminated"`
	Disputed      string                `query:"disputed" enum:"true,false"`
	EndingBy      models.Date           `query:"ending_by" doc:"在该日或之前到期的有效合同"`
}

// ListContracts answers GET /contracts.
func (h *Handlers) ListContracts(ctx context.Context, in *ContractListInput) (*ListOutput[Contract], error) {
	l, err := h.as(ctx).Contracts(ctx, store.ContractFilter{
		ResidentID: in.ResidentID, TeamID: in.TeamID, InstitutionID: in.InstitutionID, Status: in.Status, Disputed: flag(in.Disputed), EndingBy: in.EndingBy,
	}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(l, contract), nil
}

// ContractPage is one contract with its history.
type ContractPage struct {
	Contract
	AgreementHash string               `json:"agreement_hash" doc:"协议正文的 SM3 摘要"`
	WayLabel      string               `json:"signature_way_label,omitempty" doc:"签署方式"`
	Identity      models.IdentityCheck `json:"identity_check,omitempty" enum:"card,other" doc:"现场核对的证件"`
	IdentityLabel string               `json:"identity_check_label,omitempty"`
	Events        []ContractEvent      `json:"events" nullable:"false"`
	Actions       []Action             `json:"actions" nullable:"false" doc:"现在可以办理的步骤"`
}

// ContractEvent is one line of a contract's history.
type ContractEvent struct {
	At     time.Time           `json:"at"`
	Move   models.ContractMove `json:"move"`
	Label  string              `json:"label"`
	By     string              `json:"by"`
	ByName string              `json:"by_name" doc:"办理人:工作人员姓名、居民或系统"`
	Reason string              `json:"reason,omitempty"`
}

// GetContract answers GET /contracts/{id}.
func (h *Handlers) GetContract(ctx context.Context, in *IDInput) (*Output[ContractPage], error) {
	f, err := h.as(ctx).Contract(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page := ContractPage{Contract: contract(f.ContractLine), AgreementHash: f.Agreement.Hash, WayLabel: models.SignatureWayLabels[f.Agreement.Way],
		Identity: f.Agreement.Identity, IdentityLabel: models.IdentityCheckLabels[f.Agreement.Identity], Events: []ContractEvent{}, Actions: actions(models.ContractProcess, f.Actions)}
	for _, e := range f.Events {
		page.Events = append(page.Events, ContractEvent{e.At, e.Move, models.ContractMoveLabels[e.Move], e.By, e.ByName, e.Reason})
	}
	return &Output[ContractPage]{etag(f.Contract.Version), page}, nil
}

// Terms are what is agreed when a contract is opened, renewed or transferred.
type Terms struct {
	TermYears  int                  `json:"term_years,omitempty" minimum:"1" maximum:"3" default:"1" doc:"签约周期,年"`
	PackageIDs []models.ID          `json:"package_ids,omitempty" maxItems:"20" doc:"基础包以外的服务包"`
	Signature  string               `json:"signature,omitempty" maxLength:"280000" doc:"现场手写签名图片,data URL(PNG 或 JPEG)"`
	SignerID   models.ID            `json:"signer_id,omitzero" doc:"代签的监护人;本人签约时省略"`
	Identity   models.IdentityCheck `json:"identity_check,omitempty" enum:"card,other" doc:"现场核对的证件:card 居民身份证 other 其他证件原件;随协议留存为实名凭据"`
	EventID    models.ID            `json:"event_id,omitzero" doc:"现场签约所在的社区活动,须为今天签约团队参加的活动"`
	Override   string               `json:"override_reason,omitempty" maxLength:"100" doc:"超出团队上限签约的理由(仅区级管理员)"`
}

func (t Terms) signing(ctx context.Context) store.Signing {
	s := store.Signing{TermYears: t.TermYears, PackageIDs: t.PackageIDs, Signature: t.Signature, SignerID: t.SignerID, Identity: t.Identity, EventID: t.EventID, Override: t.Override, Source: models.FromMiniProgram}
	if models.ActorFrom(ctx).IsStaff() {
		s.Source = models.FromWorkbench
	} else {
		s.Signature = "" // a resident's signature is the real-name session itself
	}
	return s
}

// SignInput opens a contract.
type SignInput struct {
	Body struct {
		Terms
		ResidentID models.ID   `json:"resident_id,omitzero" doc:"居民为自己申请时可省略"`
		TeamID     models.ID   `json:"team_id"`
		BeginDate  models.Date `json:"begin_date,omitzero" doc:"现场签约的开始日期,默认今天,最多提前30天"`
	}
}

// SignContract answers POST /contracts: a resident applies, staff sign on site.
func (h *Handlers) SignContract(ctx context.Context, in *SignInput) (*Output[Contract], error) {
	s := in.Body.signing(ctx)
	s.ResidentID, s.TeamID = in.Body.ResidentID, in.Body.TeamID
	actor := models.ActorFrom(ctx)
	if actor.IsStaff() {
		s.BeginDate = in.Body.BeginDate
	}
	if s.ResidentID == 0 {
		s.ResidentID = actor.ResidentID
	}
	if s.ResidentID == 0 {
		return nil, models.InvalidField("resident_id", "required", "请选择居民")
	}
	c, err := h.as(ctx).Sign(ctx, s)
	return h.contractAnswer(ctx, c, err)
}

// DraftInput is what is about to be signed.
type DraftInput struct {
	Body struct {
		ResidentID models.ID   `json:"resident_id"`
		TeamID     models.ID   `json:"team_id"`
		TermYears  int         `json:"term_years,omitempty" minimum:"1" maximum:"3" default:"1" doc:"签约周期,年"`
		PackageIDs []models.ID `json:"package_ids,omitempty" maxItems:"20" doc:"基础包以外的服务包"`
		SignerID   models.ID   `json:"signer_id,omitzero" doc:"代签的监护人"`
		BeginDate  models.Date `json:"begin_date,omitzero" doc:"开始日期,默认今天"`
	}
}

// AgreementDraft is the text that would be signed.
type AgreementDraft struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// DraftAgreement answers POST /contracts/draft: the text to read before signing, and nothing kept.
func (h *Handlers) DraftAgreement(ctx context.Context, in *DraftInput) (*Output[AgreementDraft], error) {
	b := in.Body
	d, err := h.as(ctx).DraftAgreement(ctx, store.Signing{ResidentID: b.ResidentID, TeamID: b.TeamID, TermYears: b.TermYears, PackageIDs: b.PackageIDs, SignerID: b.SignerID, BeginDate: b.BeginDate})
	return &Output[AgreementDraft]{Body: AgreementDraft(d)}, err
}

// ContractInput names a contract to change.
type ContractInput struct {
	IDInput
	MatchInput
}

// ReasonInput changes a contract, with a reason.
type ReasonInput struct {
	ContractInput
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"100"`
	}
}

// contractChange is a store use case on one contract.
type contractChange func(v store.View, id models.ID, version int) (models.Contract, error)

func (h *Handlers) change(ctx context.Context, in ContractInput, do contractChange) (*Output[Contract], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	c, err := do(h.as(ctx), in.ID, version)
	return h.contractAnswer(ctx, c, err)
}

// AcceptContract answers POST /contracts/{id}/accept.
func (h *Handlers) AcceptContract(ctx context.Context, in *ContractInput) (*Output[Contract], error) {
	return h.change(ctx, *in, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Accept(ctx, id, version)
	})
}

// ConfirmContract answers POST /contracts/{id}/confirm.
func (h *Handlers) ConfirmContract(ctx context.Context, in *ContractInput) (*Output[Contract], error) {
	return h.change(ctx, *in, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Confirm(ctx, id, version)
	})
}

// RejectContract answers POST /contracts/{id}/reject.
func (h *Handlers) RejectContract(ctx context.Context, in *ReasonInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Reject(ctx, id, version, in.Body.Reason)
	})
}

// CancelContract answers POST /contracts/{id}/cancel.
func (h *Handlers) CancelContract(ctx context.Context, in *ReasonInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Cancel(ctx, id, version, in.Body.Reason)
	})
}

// DisputeContract answers POST /contracts/{id}/dispute.
func (h *Handlers) DisputeContract(ctx context.Context, in *ReasonInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Dispute(ctx, id, version, in.Body.Reason)
	})
}

// SettleInput settles a dispute.
type SettleInput struct {
	ContractInput
	Body struct {
		Outcome string `json:"outcome" enum:"upheld,dismissed" doc:"upheld 异议成立,合同作废;dismissed 签约有效"`
		Finding string `json:"finding" minLength:"2" maxLength:"100" doc:"核查情况"`
	}
}

// SettleContract answers POST /contracts/{id}/settle-dispute.
func (h *Handlers) SettleContract(ctx context.Context, in *SettleInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Settle(ctx, id, version, in.Body.Outcome, in.Body.Finding)
	})
}

// TerminateInput ends a contract early.
type TerminateInput struct {
	ContractInput
	Body struct {
		Reason models.StopReason `json:"reason" maxLength:"2" doc:"解约原因代码:01 失访 02 迁出 04 居民主动解约 06 拒绝服务 07 团队撤销 08 费用作废 99 其他"`
		Note   string            `json:"note,omitempty" maxLength:"100"`
	}
}

// TerminateContract answers POST /contracts/{id}/terminate.
func (h *Handlers) TerminateContract(ctx context.Context, in *TerminateInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Terminate(ctx, id, version, in.Body.Reason, in.Body.Note)
	})
}

// RenewInput signs the successor of a contract.
type RenewInput struct {
	ContractInput
	Body struct{ Terms }
}

// RenewContract answers POST /contracts/{id}/renew.
func (h *Handlers) RenewContract(ctx context.Context, in *RenewInput) (*Output[Contract], error) {
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Renew(ctx, id, version, in.Body.signing(ctx))
	})
}

// TransferInput moves a resident to another team.
type TransferInput struct {
	ContractInput
	Body struct {
		Terms
		TeamID models.ID `json:"team_id" doc:"新团队"`
	}
}

// TransferContract answers POST /contracts/{id}/transfer.
func (h *Handlers) TransferContract(ctx context.Context, in *TransferInput) (*Output[Contract], error) {
	s := in.Body.signing(ctx)
	s.TeamID = in.Body.TeamID
	return h.change(ctx, in.ContractInput, func(v store.View, id models.ID, version int) (models.Contract, error) {
		return v.Transfer(ctx, id, version, s)
	})
}

// PreviewTransferInput names the contract and the team it would move to.
type PreviewTransferInput struct {
	IDInput
	TeamID models.ID `query:"team_id" required:"true"`
}

// TransferPreview is what a transfer would do.
type TransferPreview struct {
	OldTeam        Named       `json:"old_team"`
	NewTeam        Named       `json:"new_team"`
	EndsOn         models.Date `json:"ends_on" doc:"原合同最后一天"`
	BeginsOn       models.Date `json:"begins_on"`
	OpenTasks      int         `json:"open_tasks" doc:"随之移交的待办任务"`
	RenewalEnds    bool        `json:"renewal_ends" doc:"已办理的续约将一并终止"`
	NewTeamFree    int         `json:"new_team_free" doc:"新团队剩余名额"`
	PublicHealthAt Named       `json:"public_health_at" doc:"基本公卫仍由居住地责任团队负责"`
}

// PreviewTransfer answers GET /contracts/{id}/transfer-preview.
func (h *Handlers) PreviewTransfer(ctx context.Context, in *PreviewTransferInput) (*Output[TransferPreview], error) {
	p, err := h.as(ctx).PreviewTransfer(ctx, in.ID, in.TeamID)
	if err != nil {
		return nil, err
	}
	return &Output[TransferPreview]{Body: TransferPreview{
		Named{p.Old.ID, p.Old.Name}, Named{p.New.ID, p.New.Name}, p.Ends, p.Begins, p.OpenTasks, p.RenewalEnds, p.NewTeamFree,
		Named{p.PublicHealthStaysAt.ID, p.PublicHealthStaysAt.Name},
	}}, nil
}
