package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// ReferralItem is a referral in a list.
type ReferralItem struct {
	ID             models.ID      `json:"id"`
	No             string         `json:"no" doc:"转诊单号"`
	Direction      int            `json:"direction" doc:"1 上转,2 下转,3 平转"`
	DirectionLabel string         `json:"direction_label"`
	Urgency        int            `json:"urgency" doc:"1 普通,2 紧急"`
	UrgencyLabel   string         `json:"urgency_label"`
	ThreeHigh      bool           `json:"three_high" doc:"沿三高之家、基地、中心的转诊"`
	Status         string         `json:"status" enum:"draft,submitted,accepted,rejected,cancelled,arrived,in_treatment,completed,no_show,transferred_on,down_submitted,down_accepted,closed,followed_up"`
	StatusLabel    string         `json:"status_label"`
	Patient        PatientBrief   `json:"patient"`
	Team           ReferralTeam   `json:"team" doc:"家庭医生团队一方:上转时转出,下转时转入"`
	Hospital       ReferralPlace  `json:"hospital" doc:"接收机构一方:上转时转入,下转时转出"`
	Reasons        []ReasonedCode `json:"reasons" nullable:"false"`
	ExpectedOn     models.Date    `json:"expected_on" doc:"预计转诊日期"`
	DueAt          *time.Time     `json:"due_at" doc:"当前状态的办理时限"`
	Overdue        bool           `json:"overdue" doc:"已超过时限"`
	EscalatedAt    *time.Time     `json:"escalated_at,omitempty" doc:"超时后已提醒接收方和转诊服务中心的时间"`
	FollowDueOn    models.Date    `json:"follow_due_on,omitzero" doc:"最迟在这一天随访转诊结果"`
	Result         int            `json:"result" doc:"转诊结果:1 到位,2 不到位,0 尚未随访"`
	ResultLabel    string         `json:"result_label,omitempty"`
	CreatedAt      time.Time      `json:"created_at"`
	Version        int            `json:"version"`
}

// ReferralTeam is the family doctors' end of a referral.
type ReferralTeam struct {
	TeamID          models.ID `json:"team_id"`
	TeamName        string    `json:"team_name"`
	InstitutionID   models.ID `json:"institution_id"`
	InstitutionName string    `json:"institution_name"`
	DoctorName      string    `json:"doctor_name" doc:"填写转诊单的医生"`
}

// ReferralPlace is the other end.
type ReferralPlace struct {
	InstitutionID   models.ID `json:"institution_id"`
	InstitutionName string    `json:"institution_name"`
	Department      string    `json:"department" doc:"科室"`
	ReserveNo       string    `json:"reserve_no,omitempty" doc:"预约号"`
	Receiver        string    `json:"receiver,omitempty" doc:"接诊医生"`
}

// ReferralDetail is a referral with all that was written, and what can be done.
type ReferralDetail struct {
	ReferralItem
	ReferralText
	FollowupID  models.ID        `json:"followup_id,omitzero"`
	Followup    *FollowupDetail  `json:"followup,omitempty" doc:"提出转诊的随访"`
	Consent     *ReferralConsent `json:"consent,omitempty" doc:"居民同意;没有则尚未同意"`
	SubmittedAt *time.Time       `json:"submitted_at,omitempty"`
	AnsweredAt  *time.Time       `json:"answered_at,omitempty"`
	ArrivedAt   *time.Time       `json:"arrived_at,omitempty"`
	CompletedAt *time.Time       `json:"completed_at,omitempty"`
	DownOn      models.Date      `json:"down_on,omitzero" doc:"下转日期"`
	Summary     *DischargeNote   `json:"summary,omitempty" doc:"治疗结束时医院填写"`
	FollowedOn  models.Date      `json:"followed_on,omitzero"`
	FollowNote  string           `json:"follow_note,omitempty"`
	Actions     []Action         `json:"actions" nullable:"false"`
	History     []ProcessEvent   `json:"history" nullable:"false"`
}

// ReferralConsent is who consented, and when.
type ReferralConsent struct {
	By         string     `json:"by" enum:"self,guardian,on_site"`
	ByLabel    string     `json:"by_label"`
	ResidentID models.ID  `json:"resident_id" doc:"同意的人:本人或监护人"`
	At         *time.Time `json:"at"`
}

// ReferralText is what the doctor writes.
type ReferralText struct {
	ImpressionCode string `json:"impression_code,omitempty" maxLength:"16" doc:"初步印象的 ICD-10 编码" example:"I10.x00"`
	Impression     string `json:"impression" maxLength:"100" doc:"初步印象"`
	PresentIllness string `json:"present_illness" maxLength:"500" doc:"主要现病史"`
	PastHistory    string `json:"past_history,omitempty" maxLength:"500" doc:"主要既往史"`
	Treatment      string `json:"treatment,omitempty" maxLength:"500" doc:"治疗经过"`
	ReasonNote     string `json:"reason_note,omitempty" maxLength:"500" doc:"转诊原因说明;原因为其他时必填"`
}

// DischargeNote is what the hospital writes when treatment ends; all of it is required.
type DischargeNote struct {
	HospitalNo string `json:"hospital_no" maxLength:"32" doc:"住院号或门诊号"`
	Findings   string `json:"findings" maxLength:"500" doc:"主要检查结果"`
	Diagnosis  string `json:"diagnosis" maxLength:"500" doc:"诊断结果"`
	Outcome    string `json:"outcome" maxLength:"500" doc:"治疗结果"`
	Attending  string `json:"attending" maxLength:"32" doc:"主治医生"`
	Rehab      string `json:"rehab" maxLength:"500" doc:"康复建议"`
	Plan       string `json:"plan" maxLength:"500" doc:"下一步治疗方案"`
}

func (d *DischargeNote) note() *models.DischargeNote {
	if d == nil {
		return nil
	}
	return new(models.DischargeNote(*d))
}

func (h *Handlers) referralItem(r store.ReferralLine) ReferralItem {
	out := ReferralItem{
		ID: r.ID, No: r.No, Direction: int(r.Direction), DirectionLabel: models.ReferralDirectionLabels[r.Direction], Urgency: int(r.Urgency),
		UrgencyLabel: models.UrgencyLabels[r.Urgency], ThreeHigh: r.ThreeHigh, Status: string(r.Status), StatusLabel: models.ReferralStatusLabels[r.Status],
		Patient:  h.patient(r.Patient),
		Team:     ReferralTeam{r.TeamID, r.TeamName, r.InstitutionID, r.InstitutionName, r.DoctorName},
		Hospital: ReferralPlace{r.HospitalID, r.HospitalName, r.Department, r.ReserveNo, r.Receiver},
		Reasons:  []ReasonedCode{}, ExpectedOn: r.ExpectedOn, DueAt: r.DueAt, Overdue: r.Overdue(h.Store.Now()), EscalatedAt: r.EscalatedAt,
		FollowDueOn: r.FollowDueOn, Result: int(r.Result), ResultLabel: models.ReferralOutcomeLabels[r.Result], CreatedAt: r.CreatedAt, Version: r.Version,
	}
	for _, reason := range r.ReasonList() {
		out.Reasons = append(out.Reasons, ReasonedCode{reason.Code, reason.Label})
	}
	return out
}

func (h *Handlers) referralOutput(f store.ReferralFile, err error) (*Output[ReferralDetail], error) {
	if err != nil {
		return nil, err
	}
	out := ReferralDetail{
		ReferralItem: h.referralItem(f.ReferralLine), ReferralText: ReferralText(f.ReferralTexts), FollowupID: f.EncounterID,
		SubmittedAt: f.SubmittedAt, AnsweredAt: f.AnsweredAt, ArrivedAt: f.ArrivedAt, CompletedAt: f.CompletedAt, DownOn: f.DownOn,
		FollowedOn: f.FollowedOn, FollowNote: f.FollowNote, Actions: actions(models.ReferralProcess, f.Moves), History: processEvents(models.ReferralProcess, f.History),
	}
	if f.ConsentBy != "" {
		out.Consent = &ReferralConsent{string(f.ConsentBy), models.ConsentByLabels[f.ConsentBy], f.ConsentFrom, f.ConsentAt}
	}
	if f.Summary.HospitalNo != "" {
		out.Summary = new(DischargeNote(f.Summary))
	}
	if f.Followup != nil {
		detail, err := followupDetail(*f.Followup)
		if err != nil {
			return nil, err
		}
		out.Followup = &detail
	}
	return &Output[ReferralDetail]{etag(f.Version), out}, nil
}

// ListReferralsInput chooses referrals.
type ListReferralsInput struct {
	PageInput
	Box        string                `query:"box" enum:"in,out" doc:"in 待本方处理:转来本机构的,或下转给本团队的;out 本方转出的"`
	State      models.ReferralStatus `query:"state" enum:"draft,submitted,accepted,rejected,cancelled,arrived,in_treatment,completed,no_show,transferred_on,down_submitted,down_accepted,closed,followed_up" doc:"状态"`
	ResidentID models.ID             `query:"resident_id" doc:"居民"`
	Urgent     bool                  `query:"urgent" doc:"只看紧急转诊"`
	ThreeHigh  bool                  `query:"three_high" doc:"只看三高转诊"`
	Overdue    bool                  `query:"overdue" doc:"只看已超过办理时限的"`
}

// ListReferrals answers GET /referrals.
func (h *Handlers) ListReferrals(ctx context.Context, in *ListReferralsInput) (*ListOutput[ReferralItem], error) {
	list, err := h.as(ctx).Referrals(ctx, store.ReferralFilter{Box: in.Box, Status: in.State, ResidentID: in.ResidentID, Urgent: in.Urgent, ThreeHigh: in.ThreeHigh, Overdue: in.Overdue}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.referralItem), nil
}

// ReferralBody is a referral as entered.
type ReferralBody struct {
	Direction  int         `json:"direction" minimum:"1" maximum:"3" doc:"1 上转,3 平转;2 下转由医院对未经上转的病人使用"`
	Urgency    int         `json:"urgency" minimum:"1" maximum:"2" default:"1" doc:"1 普通,24 小时内应答;2 紧急,30 分钟内应答"`
	HospitalID models.ID   `json:"hospital_id,omitzero" doc:"转入机构;下转时为本机构,不填"`
	Department string      `json:"department" maxLength:"32" doc:"转入科室;下转时为转出科室"`
	Reasons    []int       `json:"reasons" minItems:"1" maxItems:"8" doc:"转诊原因,见 GET /referrals/reasons"`
	ExpectedOn models.Date `json:"expected_on" doc:"预计转诊日期"`
	FollowupID models.ID   `json:"followup_id,omitzero" doc:"提出转诊的随访"`
	ReferralText
}

func (b ReferralBody) draft(resident models.ID) models.ReferralDraft {
	return models.ReferralDraft{ResidentID: resident, Direction: models.ReferralDirection(b.Direction), Urgency: models.Urgency(b.Urgency), HospitalID: b.HospitalID,
		Department: b.Department, EncounterID: b.FollowupID, Reasons: b.Reasons, ReferralTexts: models.ReferralTexts(b.ReferralText), ExpectedOn: b.ExpectedOn}
}

// ReferInput opens a referral.
type ReferInput struct {
	Body struct {
		ResidentID models.ID    `json:"resident_id,omitzero" doc:"居民;下转时也可用 patient"`
		Patient    *PatientCard `json:"patient,omitempty" doc:"下转时,不在管辖范围内的病人凭身份证"`
		ReferralBody
		Consent  bool           `json:"consent,omitempty" doc:"居民(或监护人)已现场同意转诊并共享转诊单"`
		SignerID models.ID      `json:"signer_id,omitzero" doc:"代为同意的监护人"`
		Submit   bool           `json:"submit,omitempty" doc:"立即提交;须已同意"`
		Summary  *DischargeNote `json:"summary,omitempty" doc:"下转时必填"`
	}
}

// Refer answers POST /referrals.
func (h *Handlers) Refer(ctx context.Context, in *ReferInput) (*Output[ReferralDetail], error) {
	b := in.Body
	o := store.ReferralOpening{ReferralDraft: b.draft(b.ResidentID), Consent: b.Consent, SignerID: b.SignerID, Submit: b.Submit, Summary: b.Summary.note()}
	if b.Patient != nil {
		o.Patient = new(store.Patient(*b.Patient))
	}
	return h.referralOutput(h.as(ctx).Refer(ctx, o))
}

// GetReferral answers GET /referrals/{id}.
func (h *Handlers) GetReferral(ctx context.Context, in *IDInput) (*Output[ReferralDetail], error) {
	return h.referralOutput(h.as(ctx).Referral(ctx, in.ID))
}

// AmendReferralInput rewrites a draft.
type AmendReferralInput struct {
	IDInput
	MatchInput
	Body ReferralBody
}

// AmendReferral answers PATCH /referrals/{id}.
func (h *Handlers) AmendReferral(ctx context.Context, in *AmendReferralInput) (*Output[ReferralDetail], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	return h.referralOutput(h.as(ctx).AmendReferral(ctx, in.ID, version, in.Body.draft(0)))
}

// MoveReferralInput is a move with what it needs.
type MoveReferralInput struct {
	IDInput
	MatchInput
	Body struct {
		Move       string         `json:"move" maxLength:"24" doc:"见 actions:consent 同意,submit 提交,cancel 撤销,withdraw 撤回同意,accept 接收,reject 拒绝,reassign 改派,arrive 到诊,admit 收住,complete 治疗结束,transfer_on 转往他院,send_down 下转,close 结束,accept_down 接收下转,take_over 接续管理"`
		Reason     string         `json:"reason,omitempty" maxLength:"500" doc:"cancel、reject、reassign、transfer_on(去向)、take_over(接续情况)时必填"`
		SignerID   models.ID      `json:"signer_id,omitzero" doc:"consent:代为同意的监护人"`
		HospitalID models.ID      `json:"hospital_id,omitzero" doc:"reassign:改派的机构"`
		Department string         `json:"department,omitempty" maxLength:"32" doc:"accept、reassign:科室"`
		ExpectedOn models.Date    `json:"expected_on,omitzero" doc:"accept:安排的日期"`
		ReserveNo  string         `json:"reserve_no,omitempty" maxLength:"32" doc:"accept:预约号或床号"`
		Receiver   string         `json:"receiver,omitempty" maxLength:"32" doc:"accept:接诊医生"`
		Summary    *DischargeNote `json:"summary,omitempty" doc:"complete:必填"`
	}
}

// MoveReferral answers POST /referrals/{id}/move.
func (h *Handlers) MoveReferral(ctx context.Context, in *MoveReferralInput) (*Output[ReferralDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	return h.referralOutput(h.as(ctx).MoveReferral(ctx, in.ID, version, store.ReferralStep{
		Move: models.ReferralMove(b.Move), Reason: b.Reason, SignerID: b.SignerID, HospitalID: b.HospitalID, Department: b.Department,
		ExpectedOn: b.ExpectedOn, ReserveNo: b.ReserveNo, Receiver: b.Receiver, Summary: b.Summary.note(),
	}))
}

// FollowUpReferralInput notes the result of a referral.
type FollowUpReferralInput struct {
	IDInput
	MatchInput
	Body struct {
		Result int         `json:"result" minimum:"1" maximum:"2" doc:"1 到位,2 不到位"`
		Note   string      `json:"note,omitempty" maxLength:"500" doc:"不到位时必填原因"`
		On     models.Date `json:"on,omitzero" doc:"随访日期,默认今天"`
	}
}

// FollowUpReferral answers POST /referrals/{id}/follow-up.
func (h *Handlers) FollowUpReferral(ctx context.Context, in *FollowUpReferralInput) (*Output[ReferralDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return h.referralOutput(h.as(ctx).FollowUpReferral(ctx, in.ID, version, models.ReferralOutcome(in.Body.Result), in.Body.Note, in.Body.On))
}

// ReferralReasonItem is one reason for referring.
type ReferralReasonItem struct {
	Code      int    `json:"code"`
	Label     string `json:"label"`
	Direction int    `json:"direction" doc:"1 上转和平转,2 下转"`
	ThreeHigh bool   `json:"three_high" doc:"三高之家、基地、中心之间的转诊指征"`
}

// ListReferralReasons answers GET /referrals/reasons.
func (h *Handlers) ListReferralReasons(_ context.Context, _ *struct{}) (*ListOutput[ReferralReasonItem], error) {
	return listOf(store.List[models.ReferralReason]{Items: models.ReferralReasons}, func(r models.ReferralReason) ReferralReasonItem {
		return ReferralReasonItem{r.Code, r.Label, int(r.Direction), r.ThreeHigh}
	}), nil
}

// ReferralFigures are the referrals of one scope in a period.
type ReferralFigures struct {
	Scope      Scope `json:"scope"`
	Up         int   `json:"up" doc:"上转人次"`
	Down       int   `json:"down" doc:"下转人次"`
	Across     int   `json:"across" doc:"平转人次"`
	ThreeHigh  int   `json:"three_high" doc:"其中三高转诊"`
	Arrival    Ratio `json:"arrival" doc:"到位率:到诊 / 接收"`
	OnTime     Ratio `json:"on_time" doc:"按时应答率:时限内应答 / 已应答或时限已过"`
	FollowedUp Ratio `json:"followed_up" doc:"结果随访率:两周内随访 / 两周已过或已随访"`
}

// ReferralStats answers GET /stats/referrals.
func (h *Handlers) ReferralStats(ctx context.Context, in *PeriodInput) (*PeriodOutput[ReferralFigures], error) {
	q, rows, err := h.as(ctx).ReferralStats(ctx, in.query())
	if err != nil {
		return nil, err
	}
	return periodOf(q.From, q.To, rows, func(r store.ReferralRow) ReferralFigures {
		return ReferralFigures{Scope: Scope{r.Kind, r.ScopeID, r.Name}, Up: r.Up, Down: r.Down, Across: r.Across, ThreeHigh: r.ThreeHigh,
			Arrival: ratio(r.Arrived, r.Accepted), OnTime: ratio(r.OnTime, r.Due), FollowedUp: ratio(r.Followed, r.FollowDue)}
	}), nil
}
