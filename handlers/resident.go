package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// Resident is a resident as lists and pages show one: masked, never the sealed fields.
type Resident struct {
	ID                models.ID         `json:"id"`
	RecordNo          string            `json:"record_no" doc:"健康档案编号(遮蔽)"`
	Name              string            `json:"name"`
	Sex               string            `json:"sex" doc:"GB/T 2261.1"`
	SexLabel          string            `json:"sex_label"`
	BirthDate         models.Date       `json:"birth_date"`
	Age               int               `json:"age"`
	DocumentType      string            `json:"document_type"`
	DocumentTypeLabel string            `json:"document_type_label"`
	IDNumber          string            `json:"id_number" doc:"证件号码(遮蔽)"`
	Phone             string            `json:"phone" doc:"电话(遮蔽)"`
	Address           string            `json:"address" doc:"住址(遮蔽)"`
	Permanent         bool              `json:"permanent" doc:"常住"`
	VillageID         models.ID         `json:"village_id,omitzero"`
	HouseholdID       models.ID         `json:"household_id,omitzero"`
	HouseholdRelation string            `json:"household_relation,omitempty"`
	AreaTeamID        models.ID         `json:"area_team_id,omitzero" doc:"责任团队"`
	TeamID            models.ID         `json:"team_id,omitzero" doc:"签约团队"`
	InstitutionID     models.ID         `json:"institution_id,omitzero"`
	Signed            bool              `json:"signed"`
	Status            models.LifeStatus `json:"status"`
	StatusOn          models.Date       `json:"status_on,omitzero"`
	Populations       []Labelled        `json:"populations" nullable:"false"`
	Version           int               `json:"version"`
}

func (h *Handlers) resident(ctx context.Context) func(models.Resident) Resident {
	actor, today := models.ActorFrom(ctx), h.Store.Today()
	return func(r models.Resident) Resident {
		return Resident{
			ID: r.ID, RecordNo: codes.MaskRecordNo(r.RecordNo), Name: r.Name, Sex: r.Sex, SexLabel: codes.Sexes.Label(r.Sex), BirthDate: r.BirthDate, Age: r.Age(today),
			DocumentType: r.DocumentType, DocumentTypeLabel: codes.DocumentTypes.Label(r.DocumentType), IDNumber: codes.MaskDocument(r.DocumentNo),
			Phone: codes.MaskPhone(r.Phone), Address: codes.MaskAddress(r.Address), Permanent: r.Permanent,
			VillageID: r.VillageID, HouseholdID: r.HouseholdID, HouseholdRelation: r.HouseRelation, AreaTeamID: r.AreaTeamID, TeamID: r.SignedTeamID,
			InstitutionID: r.AreaInstID, Signed: r.Standing.PanelID != 0, Status: r.Status, StatusOn: r.StatusOn,
			Populations: populations(actor, r.Standing.Mask), Version: r.Version,
		}
	}
}

// populations lists the codes of a mask. A role without need sees a sensitive one only
// as 重点 (domain §8.4).
func populations(actor models.Actor, mask models.Mask) []Labelled {
	out := []Labelled{}
	hidden := false
	for _, p := range mask.Populations() {
		spec, ok := p.Spec()
		switch {
		case !ok:
		case spec.Sensitive && !actor.Can(models.FollowupRead):
			hidden = true
		default:
			out = append(out, Labelled{string(p), spec.Label})
		}
	}
	if hidden {
		out = append(out, Labelled{string(models.Key), "重点"})
	}
	return out
}

// ResidentListInput narrows a list of residents.
type ResidentListInput struct {
	PageInput
	Q             string            `query:"q" maxLength:"50" doc:"姓名、拼音首字母、电话、证件号码或档案编号"`
	Population    models.Population `query:"population" maxLength:"4" doc:"人群代码,all 或 key"`
	Signed        string            `query:"signed" enum:"true,false" doc:"是否签约"`
	TeamID        models.ID         `query:"team_id"`
	InstitutionID models.ID         `query:"institution_id"`
	Village       models.ID         `query:"village" doc:"村(居)委会 id"`
	HouseholdID   models.ID         `query:"household_id"`
	Status        models.LifeStatus `query:"status" enum:"living,dead,moved_out,merged" doc:"默认 living"`
	Sort          string            `query:"sort" enum:"id,name" default:"id"`
}

// ListResidents answers GET /residents.
func (h *Handlers) ListResidents(ctx context.Context, in *ResidentListInput) (*ListOutput[Resident], error) {
	f := store.ResidentFilter{
		Q: in.Q, Population: in.Population, TeamID: in.TeamID, InstitutionID: in.InstitutionID, VillageID: in.Village, HouseholdID: in.HouseholdID,
		Status: in.Status, ByName: in.Sort == "name", Signed: flag(in.Signed),
	}
	list, err := h.as(ctx).Residents(ctx, f, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.resident(ctx)), nil
}

// flag reads an optional "true" or "false".
func flag(text string) *bool {
	if text == "" {
		return nil
	}
	return new(text == "true")
}

// ResidentPage is one resident with what a doctor needs at a glance.
type ResidentPage struct {
	Resident
	Village     Named        `json:"village"`
	CareTeam    Named        `json:"care_team" doc:"负责团队:签约团队,未签约则为责任团队"`
	Memberships []Membership `json:"memberships" nullable:"false"`
}

// Named is a reference with its name.
type Named struct {
	ID   models.ID `json:"id"`
	Name string    `json:"name"`
}

// GetResident answers GET /residents/{id}.
func (h *Handlers) GetResident(ctx context.Context, in *IDInput) (*Output[ResidentPage], error) {
	p, err := h.as(ctx).Resident(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	actor := models.ActorFrom(ctx)
	page := ResidentPage{Resident: h.resident(ctx)(p.Resident), Village: Named{p.Village.ID, p.Village.Name}, CareTeam: Named{p.Team.ID, p.Team.Name}, Memberships: []Membership{}}
	page.Populations = populations(actor, p.Populations)
	for _, m := range p.Memberships {
		if spec, _ := m.Code.Spec(); !spec.Sensitive || actor.Can(models.FollowupRead) {
			page.Memberships = append(page.Memberships, membership(m))
		}
	}
	return &Output[ResidentPage]{etag(p.Resident.Version), page}, nil
}

// CreateResidentInput is the body of POST /residents.
type CreateResidentInput struct {
	Body struct {
		Name              string      `json:"name" maxLength:"50"`
		Sex               string      `json:"sex,omitempty" enum:"0,1,2,9" doc:"有身份证号时可省略"`
		BirthDate         models.Date `json:"birth_date,omitzero" doc:"有身份证号时可省略"`
		DocumentType      string      `json:"document_type,omitempty" maxLength:"2" doc:"证件类型代码,默认 01 居民身份证"`
		IDNumber          string      `json:"id_number,omitempty" maxLength:"40"`
		Phone             string      `json:"phone,omitempty" maxLength:"30"`
		Address           string      `json:"address,omitempty" maxLength:"100"`
		AddressKind       string      `json:"address_kind,omitempty" enum:"home,nursing_home"`
		Nationality       string      `json:"nationality,omitempty" maxLength:"2" doc:"GB/T 3304,默认 01 汉"`
		Permanent         *bool       `json:"permanent,omitempty" doc:"常住,默认 true"`
		VillageID         models.ID   `json:"village_id"`
		HouseholdID       models.ID   `json:"household_id,omitzero"`
		HouseholdRelation string      `json:"household_relation,omitempty" maxLength:"2" doc:"GB/T 4761"`
	}
}

// CreateResident answers POST /residents.
func (h *Handlers) CreateResident(ctx context.Context, in *CreateResidentInput) (*Output[Resident], error) {
	b := in.Body
	r, err := h.as(ctx).CreateResident(ctx, models.ResidentDraft{
		Name: b.Name, Sex: b.Sex, BirthDate: b.BirthDate, DocumentType: b.DocumentType, DocumentNo: b.IDNumber, Phone: b.Phone, Address: b.Address, AddressKind: b.AddressKind,
		Nationality: b.Nationality, Permanent: b.Permanent == nil || *b.Permanent, VillageID: b.VillageID, HouseholdID: b.HouseholdID, HouseRelation: b.HouseholdRelation,
	})
	return h.oneResident(ctx, r, err)
}

func (h *Handlers) oneResident(ctx context.Context, r models.Resident, err error) (*Output[Resident], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Resident]{etag(r.Version), h.resident(ctx)(r)}, nil
}

// UpdateResidentInput is a correction; absent fields stay.
type UpdateResidentInput struct {
	IDInput
	MatchInput
	Body struct {
		Name              *string      `json:"name,omitempty" maxLength:"50"`
		Sex               *string      `json:"sex,omitempty" enum:"0,1,2,9"`
		BirthDate         *models.Date `json:"birth_date,omitempty"`
		DocumentType      *string      `json:"document_type,omitempty" maxLength:"2"`
		IDNumber          *string      `json:"id_number,omitempty" maxLength:"40"`
		Phone             *string      `json:"phone,omitempty" maxLength:"30"`
		Address           *string      `json:"address,omitempty" maxLength:"100"`
		AddressKind       *string      `json:"address_kind,omitempty" enum:"home,nursing_home"`
		Nationality       *string      `json:"nationality,omitempty" maxLength:"2"`
		Permanent         *bool        `json:"permanent,omitempty"`
		HouseholdID       *models.ID   `json:"household_id,omitempty"`
		HouseholdRelation *string      `json:"household_relation,omitempty" maxLength:"2"`
	}
}

// UpdateResident answers PATCH /residents/{id}.
func (h *Handlers) UpdateResident(ctx context.Context, in *UpdateResidentInput) (*Output[Resident], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	b := in.Body
	r, err := h.as(ctx).UpdateResident(ctx, in.ID, version, store.ResidentPatch{
		Name: b.Name, Sex: b.Sex, DocumentType: b.DocumentType, DocumentNo: b.IDNumber, Phone: b.Phone, Address: b.Address, AddressKind: b.AddressKind,
		Nationality: b.Nationality, HouseRelation: b.HouseholdRelation, BirthDate: b.BirthDate, Permanent: b.Permanent, HouseholdID: b.HouseholdID,
	})
	return h.oneResident(ctx, r, err)
}

// RevealInput asks to see sealed fields in clear.
type RevealInput struct {
	IDInput
	Body struct {
		Reason string `json:"reason" minLength:"2" maxLength:"100" doc:"查看原因,将记入审计"`
	}
}

// RevealOutput shows the sealed fields in clear.
type RevealOutput struct {
	Body struct {
		IDNumber string `json:"id_number"`
		Phone    string `json:"phone"`
		Address  string `json:"address"`
	}
}

// RevealResident answers POST /residents/{id}/reveal.
func (h *Handlers) RevealResident(ctx context.Context, in *RevealInput) (*RevealOutput, error) {
	r, err := h.as(ctx).Reveal(ctx, in.ID, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	out := &RevealOutput{}
	out.Body.IDNumber, out.Body.Phone, out.Body.Address = r.DocumentNo, r.Phone, r.Address
	return out, nil
}

// MoveResidentInput moves a resident within the district.
type MoveResidentInput struct {
	IDInput
	MatchInput
	Body struct {
		VillageID models.ID `json:"village_id"`
		Address   string    `json:"address" maxLength:"100"`
	}
}

// MoveResident answers POST /residents/{id}/move.
func (h *Handlers) MoveResident(ctx context.Context, in *MoveResidentInput) (*Output[Resident], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, err := h.as(ctx).MoveResident(ctx, in.ID, version, in.Body.VillageID, in.Body.Address)
	return h.oneResident(ctx, r, err)
}

// LeaveInput records a death or a move out of the district.
type LeaveInput struct {
	IDInput
	MatchInput
	Body struct {
		On     models.Date `json:"on" doc:"死亡或迁出日期"`
		Reason string      `json:"reason,omitempty" maxLength:"100" doc:"死因或迁往地"`
	}
}

// RecordDeath answers POST /residents/{id}/death.
func (h *Handlers) RecordDeath(ctx context.Context, in *LeaveInput) (*Output[Resident], error) {
	return h.leave(ctx, in, models.Dead)
}

// RecordMoveOut answers POST /residents/{id}/move-out.
func (h *Handlers) RecordMoveOut(ctx context.Context, in *LeaveInput) (*Output[Resident], error) {
	return h.leave(ctx, in, models.MovedOut)
}

func (h *Handlers) leave(ctx context.Context, in *LeaveInput, status models.LifeStatus) (*Output[Resident], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, err := h.as(ctx).Leave(ctx, in.ID, version, store.Leaving{Status: status, On: in.Body.On, Reason: in.Body.Reason})
	return h.oneResident(ctx, r, err)
}

// MergeInput names the duplicate that the resident of the path absorbs.
type MergeInput struct {
	IDInput
	MatchInput
	Body struct {
		DuplicateID models.ID `json:"duplicate_id"`
	}
}

// MergeResident answers POST /residents/{id}/merge.
func (h *Handlers) MergeResident(ctx context.Context, in *MergeInput) (*Output[Resident], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, err := h.as(ctx).Merge(ctx, in.ID, in.Body.DuplicateID, version)
	return h.oneResident(ctx, r, err)
}

// TimelineInput asks for one page of a timeline.
type TimelineInput struct {
	IDInput
	Limit  int       `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Before time.Time `query:"before" doc:"只看此刻之前的事件(翻页)"`
}

// TimelineEntry is one thing that happened to a person.
type TimelineEntry struct {
	At    time.Time `json:"at"`
	Kind  string    `json:"kind" enum:"life,membership,contract,followup,vital,referral,consult,discharge"`
	Title string    `json:"title"`
	RefID models.ID `json:"ref_id"`
}

// Timeline answers GET /residents/{id}/timeline.
func (h *Handlers) Timeline(ctx context.Context, in *TimelineInput) (*ListOutput[TimelineEntry], error) {
	rows, err := h.as(ctx).Timeline(ctx, in.ID, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.TimelineEntry]{Items: rows}, func(e store.TimelineEntry) TimelineEntry { return TimelineEntry(e) }), nil
}
