package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
)

// DischargeItem is a discharge notice in a list.
type DischargeItem struct {
	ID              models.ID    `json:"id"`
	No              string       `json:"no" doc:"出院通知编号"`
	Status          string       `json:"status" enum:"planned,notified,handed_over,closed,cancelled"`
	StatusLabel     string       `json:"status_label"`
	Patient         PatientBrief `json:"patient"`
	HospitalID      models.ID    `json:"hospital_id"`
	HospitalName    string       `json:"hospital_name"`
	TeamID          models.ID    `json:"team_id" doc:"接续管理的团队"`
	TeamName        string       `json:"team_name"`
	InstitutionName string       `json:"institution_name"`
	ReferralID      models.ID    `json:"referral_id,omitzero" doc:"由此转诊入院"`
	AdmittedOn      models.Date  `json:"admitted_on"`
	DischargedOn    models.Date  `json:"discharged_on" doc:"待出院时为计划日期"`
	Complained      bool         `json:"complained" doc:"患者有投诉,三级随访必访"`
	TakeOverBy      *time.Time   `json:"take_over_by,omitempty" doc:"团队应在此前接收"`
	Late            bool         `json:"late" doc:"团队逾期未接收"`
	EscalatedAt     *time.Time   `json:"escalated_at,omitempty" doc:"逾期后已提醒的时间"`
	TakenAt         *time.Time   `json:"taken_at,omitempty" doc:"团队接收的时间"`
	Version         int          `json:"version"`
}

// DischargeText is what the hospital writes.
type DischargeText struct {
	HospitalNo string `json:"hospital_no" maxLength:"32" doc:"住院号"`
	Attending  string `json:"attending" maxLength:"32" doc:"主治医生"`
	Diagnosis  string `json:"diagnosis" maxLength:"500" doc:"出院诊断"`
	Operation  string `json:"operation,omitempty" maxLength:"500" doc:"手术"`
	Medication string `json:"medication,omitempty" maxLength:"500" doc:"出院用药"`
	Advice     string `json:"advice,omitempty" maxLength:"500" doc:"出院医嘱"`
}

// DischargeDetail is a notice with its levels.
type DischargeDetail struct {
	DischargeItem
	DischargeText
	RevisitOn models.Date     `json:"revisit_on,omitzero" doc:"复诊日期"`
	Calls     []DischargeCall `json:"calls" nullable:"false" doc:"应随访的级别;二、三级为抽样"`
	Actions   []Action        `json:"actions" nullable:"false"`
	History   []ProcessEvent  `json:"history" nullable:"false"`
}

// DischargeCall is one level of asking.
type DischargeCall struct {
	Level       int          `json:"level" doc:"0 预出院回访,1 一级,2 二级,3 三级"`
	LevelLabel  string       `json:"level_label"`
	DueFrom     models.Date  `json:"due_from"`
	DueOn       models.Date  `json:"due_on" doc:"最迟在这一天"`
	Status      string       `json:"status" enum:"open,done,failed,missed,dropped"`
	StatusLabel string       `json:"status_label"`
	OnTime      bool         `json:"on_time" doc:"按时完成"`
	StaffName   string       `json:"staff_name,omitempty"`
	Answers     *CallAnswers `json:"answers,omitempty"`
}

// CallAnswers are what was asked and answered.
type CallAnswers struct {
	On                models.Date `json:"on"`
	Method            int         `json:"method" doc:"随访方式,同随访"`
	MethodLabel       string      `json:"method_label"`
	Failure           string      `json:"failure,omitempty" enum:"refused,wrong_number,dead"`
	FailureLabel      string      `json:"failure_label,omitempty"`
	Recovery          int         `json:"recovery,omitempty" doc:"1 好,2 一般,3 差"`
	RecoveryLabel     string      `json:"recovery_label,omitempty"`
	Wound             int         `json:"wound" doc:"0 无伤口,1 愈合良好,2 红肿或渗出,3 感染"`
	WoundLabel        string      `json:"wound_label,omitempty"`
	Adherence         int         `json:"adherence,omitempty" doc:"1 规律,2 间断,3 不服药"`
	AdherenceLabel    string      `json:"adherence_label,omitempty"`
	RevisitOn         models.Date `json:"revisit_on,omitzero"`
	Satisfaction      int         `json:"satisfaction,omitempty" doc:"5 很满意 … 1 很不满意"`
	SatisfactionLabel string      `json:"satisfaction_label,omitempty"`
	Complained        bool        `json:"complained"`
	Advice            string      `json:"advice,omitempty"`
	Problems          string      `json:"problems,omitempty"`
}

func (h *Handlers) dischargeItem(d store.DischargeLine) DischargeItem {
	return DischargeItem{
		ID: d.ID, No: d.No, Status: string(d.Status), StatusLabel: models.DischargeStatusLabels[d.Status], Patient: h.patient(d.Patient),
		HospitalID: d.HospitalID, HospitalName: d.HospitalName, TeamID: d.TeamID, TeamName: d.TeamName, InstitutionName: d.InstitutionName, ReferralID: d.ReferralID,
		AdmittedOn: d.AdmittedOn, DischargedOn: d.DischargedOn, Complained: d.Complained, TakeOverBy: d.TakeOverBy, Late: d.Late(h.Store.Now()), EscalatedAt: d.EscalatedAt,
		TakenAt: d.TakenAt, Version: d.Version,
	}
}

func dischargeCall(c store.CallLine) DischargeCall {
	out := DischargeCall{Level: c.Level, LevelLabel: models.CallLevelLabels[c.Level], DueFrom: c.DueFrom, DueOn: c.DueOn, Status: string(c.Status),
		StatusLabel: models.CallStatusLabels[c.Status], OnTime: c.InTime(), StaffName: c.StaffName}
	if c.On.IsZero() {
		return out
	}
	a := &CallAnswers{On: c.On, Method: c.Way, MethodLabel: clinical.Way(c.Way).Label(), Failure: string(c.Failure), FailureLabel: models.CallFailureLabels[c.Failure],
		RevisitOn: c.RevisitOn, Complained: c.Complained, Advice: c.Advice, Problems: c.Problems}
	if c.Failure == "" {
		a.Recovery, a.RecoveryLabel, a.Wound, a.WoundLabel = c.Recovery, models.RecoveryLabels[c.Recovery], c.Wound, models.WoundLabels[c.Wound]
		a.Adherence, a.AdherenceLabel = c.Adherence, models.AdherenceLabels[c.Adherence]
		a.Satisfaction, a.SatisfactionLabel = c.Satisfaction, models.WardSatisfactionLabels[c.Satisfaction]
	}
	out.Answers = a
	return out
}

func (h *Handlers) dischargeOutput(f store.DischargeFile, err error) (*Output[DischargeDetail], error) {
	if err != nil {
		return nil, err
	}
	out := DischargeDetail{DischargeItem: h.dischargeItem(f.DischargeLine), DischargeText: DischargeText(f.DischargeTexts), RevisitOn: f.RevisitOn, Calls: []DischargeCall{},
		Actions: actions(models.DischargeProcess, f.Moves), History: processEvents(models.DischargeProcess, f.History)}
	for _, c := range f.Calls {
		out.Calls = append(out.Calls, dischargeCall(c))
	}
	return &Output[DischargeDetail]{etag(f.Version), out}, nil
}

// NotifyDischargeInput is a notice of the actor's hospital.
type NotifyDischargeInput struct {
	Body struct {
		ResidentID   models.ID    `json:"resident_id,omitzero" doc:"居民;不在管辖范围内的用 patient"`
		Patient      *PatientCard `json:"patient,omitempty" doc:"凭身份证的病人"`
		Planned      bool         `json:"planned,omitempty" doc:"计划出院,尚未出院"`
		AdmittedOn   models.Date  `json:"admitted_on"`
		DischargedOn models.Date  `json:"discharged_on"`
		DischargeText
		RevisitOn  models.Date `json:"revisit_on,omitzero" doc:"复诊日期"`
		Complained bool        `json:"complained,omitempty" doc:"住院期间有投诉"`
	}
}

// NotifyDischarge answers POST /discharges.
func (h *Handlers) NotifyDischarge(ctx context.Context, in *NotifyDischargeInput) (*Output[DischargeDetail], error) {
	b := in.Body
	o := store.DischargeOpening{Planned: b.Planned, Discharge: models.Discharge{ResidentID: b.ResidentID, AdmittedOn: b.AdmittedOn, DischargedOn: b.DischargedOn,
		DischargeTexts: models.DischargeTexts(b.DischargeText), RevisitOn: b.RevisitOn, Complained: b.Complained}}
	if b.Patient != nil {
		o.Patient = new(store.Patient(*b.Patient))
	}
	return h.dischargeOutput(h.as(ctx).NotifyDischarge(ctx, o))
}

// ListDischargesInput chooses notices.
type ListDischargesInput struct {
	PageInput
	Box        string                 `query:"box" enum:"in,out" doc:"in 本团队的居民,out 本医院发出的"`
	State      models.DischargeStatus `query:"state" enum:"planned,notified,handed_over,closed,cancelled" doc:"状态"`
	ResidentID models.ID              `query:"resident_id" doc:"居民"`
	CallDue    bool                   `query:"call_due" doc:"只看今天有待随访级别的"`
	Late       bool                   `query:"late" doc:"只看团队逾期未接收的"`
}

// ListDischarges answers GET /discharges.
func (h *Handlers) ListDischarges(ctx context.Context, in *ListDischargesInput) (*ListOutput[DischargeItem], error) {
	list, err := h.as(ctx).Discharges(ctx, store.DischargeFilter{Box: in.Box, Status: in.State, ResidentID: in.ResidentID, CallDue: in.CallDue, Late: in.Late}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.dischargeItem), nil
}

// GetDischarge answers GET /discharges/{id}.
func (h *Handlers) GetDischarge(ctx context.Context, in *IDInput) (*Output[DischargeDetail], error) {
	return h.dischargeOutput(h.as(ctx).Discharge(ctx, in.ID))
}

// MoveDischargeInput is a move with what it needs.
type MoveDischargeInput struct {
	IDInput
	MatchInput
	Body struct {
		Move         string      `json:"move" maxLength:"24" doc:"见 actions:leave 已出院,cancel 撤销,hand_over 团队接收"`
		Reason       string      `json:"reason,omitempty" maxLength:"500" doc:"cancel 的原因、hand_over 的接续安排,必填"`
		DischargedOn models.Date `json:"discharged_on,omitzero" doc:"leave:实际出院日期,默认今天"`
	}
}

// MoveDischarge answers POST /discharges/{id}/move.
func (h *Handlers) MoveDischarge(ctx context.Context, in *MoveDischargeInput) (*Output[DischargeDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return h.dischargeOutput(h.as(ctx).MoveDischarge(ctx, in.ID, version, store.DischargeStep{Move: models.DischargeMove(in.Body.Move), Reason: in.Body.Reason, DischargedOn: in.Body.DischargedOn}))
}

// RecordCallInput are the answers at one level.
type RecordCallInput struct {
	IDInput
	MatchInput
	Body struct {
		Level        int         `json:"level" minimum:"0" maximum:"3" doc:"0 预出院回访,1 病区,2 护士长或科主任抽查,3 随访中心抽查"`
		On           models.Date `json:"on,omitzero" doc:"随访日期,默认今天"`
		Method       int         `json:"method" doc:"随访方式:1 门诊 2 家庭 3 电话 4 短信 5 网络 9 其他" example:"3"`
		Failure      string      `json:"failure,omitempty" enum:"refused,wrong_number,dead" doc:"未能随访的原因:refused 拒绝,wrong_number 号码错误,dead 死亡;填写后其余不填"`
		Recovery     int         `json:"recovery,omitempty" doc:"恢复情况:1 好,2 一般,3 差"`
		Wound        int         `json:"wound,omitempty" doc:"伤口:0 无伤口,1 愈合良好,2 红肿或渗出,3 感染"`
		Adherence    int         `json:"adherence,omitempty" doc:"服药依从性:1 规律,2 间断,3 不服药"`
		RevisitOn    models.Date `json:"revisit_on,omitzero" doc:"复诊日期"`
		Satisfaction int         `json:"satisfaction,omitempty" doc:"满意度:5 很满意,4 满意,3 一般,2 不满意,1 很不满意"`
		Complained   bool        `json:"complained,omitempty" doc:"患者有投诉"`
		Advice       string      `json:"advice,omitempty" maxLength:"500" doc:"指导意见"`
		Problems     string      `json:"problems,omitempty" maxLength:"500" doc:"问题清单;有投诉时必填"`
	}
}

// RecordCall answers POST /discharges/{id}/calls.
func (h *Handlers) RecordCall(ctx context.Context, in *RecordCallInput) (*Output[DischargeDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	return h.dischargeOutput(h.as(ctx).RecordCall(ctx, in.ID, version, b.Level, models.CallAnswers{
		On: b.On, Way: b.Method, Failure: models.CallFailure(b.Failure), Recovery: b.Recovery, Wound: b.Wound, Adherence: b.Adherence, RevisitOn: b.RevisitOn,
		Satisfaction: b.Satisfaction, Complained: b.Complained, Advice: b.Advice, Problems: b.Problems,
	}))
}

// DischargeStatsInput asks for discharge figures.
type DischargeStatsInput struct {
	PeriodInput
	HospitalID models.ID `query:"hospital_id" doc:"只看该医院的出院病人"`
}

// DischargeFigures are the discharges of one scope in a period.
type DischargeFigures struct {
	Scope    Scope         `json:"scope"`
	Notices  int           `json:"notices" doc:"出院人次"`
	HandOver Ratio         `json:"hand_over" doc:"接收及时率:3 个工作日内接收 / 已接收或时限已过"`
	Levels   []LevelFigure `json:"levels" nullable:"false"`
}

// LevelFigure is the rate of one level.
type LevelFigure struct {
	Level  int    `json:"level"`
	Label  string `json:"label"`
	OnTime Ratio  `json:"on_time" doc:"随访及时率:按时完成 / 应随访"`
	Failed int    `json:"failed" doc:"拒绝、号码错误"`
}

// DischargeStats answers GET /stats/discharges.
func (h *Handlers) DischargeStats(ctx context.Context, in *DischargeStatsInput) (*PeriodOutput[DischargeFigures], error) {
	q, rows, err := h.as(ctx).DischargeStats(ctx, in.query(), in.HospitalID)
	if err != nil {
		return nil, err
	}
	return periodOf(q.From, q.To, rows, func(r store.DischargeRow) DischargeFigures {
		f := DischargeFigures{Scope: Scope{r.By, r.ScopeID, r.Name}, Notices: r.Notices, HandOver: ratio(r.InTime, r.Due), Levels: []LevelFigure{}}
		for level, l := range r.Levels {
			f.Levels = append(f.Levels, LevelFigure{level, models.CallLevelLabels[level], ratio(l.OnTime, l.Due), l.Failed})
		}
		return f
	}), nil
}
