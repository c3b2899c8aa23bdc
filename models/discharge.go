package models

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"jiayi/models/clinical"
)

// The levels of asking a discharged patient (domain §6.8, §0.14).
const (
	CallBefore = 0 // 预出院回访: 1 to 2 days before a planned discharge
	CallWard   = 1 // ward doctor or responsible nurse
	CallHead   = 2 // head nurse or director, a sample
	CallCentre = 3 // the hospital's follow-up centre, a sample and all who complained
)

// CallLevelLabels are the Chinese names of the levels.
var CallLevelLabels = map[int]string{CallBefore: "预出院回访", CallWard: "一级随访", CallHead: "二级随访", CallCentre: "三级随访"}

// Days after the discharge within which a level asks, and the share that is asked. The
// domain wants at least 20 and 5 %; a hash hits its share on average only, so that the
// shares drawn lie above.
const (
	CallWardDays      = 7
	CallHeadDays      = 14
	CallCentreDays    = 30
	CallHeadPercent   = 25
	CallCentrePercent = 8
)

// HandOverWorkingDays is within how many working days of the notice the team takes over.
const HandOverWorkingDays = 3

// DischargeStatus is the state of a discharge notice.
type DischargeStatus string

// The states.
const (
	DischargePlanned   DischargeStatus = "planned"
	DischargeNotified  DischargeStatus = "notified"
	DischargeTaken     DischargeStatus = "handed_over"
	DischargeClosed    DischargeStatus = "closed"
	DischargeCancelled DischargeStatus = "cancelled"
)

// DischargeStatusLabels are the Chinese names of the states.
var DischargeStatusLabels = map[DischargeStatus]string{
	DischargePlanned: "待出院", DischargeNotified: "待团队接收", DischargeTaken: "团队已接收", DischargeClosed: "已结束", DischargeCancelled: "已撤销",
}

// DischargeOpen are the states in which the hospital has to do with the resident.
var DischargeOpen = []DischargeStatus{DischargePlanned, DischargeNotified, DischargeTaken}

// Discharge is the notice that a resident leaves a hospital: to the team, which takes over,
// and to those of the hospital who ask how it goes (domain §6.8).
type Discharge struct {
	ID             ID
	No             string `gorm:"size:32;not null;uniqueIndex"` // CY + region + date + number of the day
	HospitalID     ID     `gorm:"not null;index:ix_discharges_hospital,priority:1"`
	ResidentID     ID     `gorm:"not null;index"`
	ReferralID     ID     `gorm:"not null"` // that brought the resident there, or 0
	TeamID         ID     `gorm:"not null;index:ix_discharges_team,priority:1"`
	InstitutionID  ID     `gorm:"not null;index:ix_discharges_inst,priority:1"`
	SenderID       ID     `gorm:"not null"` // team of care when the notice came: figures stay with it
	SenderInstID   ID     `gorm:"not null"`
	AdmittedOn     Date   `gorm:"not null"`
	DischargedOn   Date   `gorm:"not null"` // planned while the state is
	DischargeTexts `gorm:"embedded"`
	RevisitOn      Date            // 复诊日期
	Complained     bool            `gorm:"not null"`
	Status         DischargeStatus `gorm:"size:24;not null;index:ix_discharges_team,priority:2;index:ix_discharges_inst,priority:2;index:ix_discharges_hospital,priority:2;index:ix_discharges_due,priority:1"`
	DueAt          *time.Time      `gorm:"index:ix_discharges_due,priority:2"` // the team takes over, or the last level is over
	EscalatedAt    *time.Time      //
	NotifiedOn     Date            `gorm:"index"`
	TakeOverBy     *time.Time      //
	TakenAt        *time.Time      //
	Version        int             `gorm:"not null"`
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// DischargeTexts are what the hospital writes.
type DischargeTexts struct {
	HospitalNo string `gorm:"serializer:sealed"` // 住院号
	Attending  string `gorm:"serializer:sealed"` // 主治医生
	Diagnosis  string `gorm:"serializer:sealed"` // 出院诊断
	Operation  string `gorm:"serializer:sealed"` // 手术
	Medication string `gorm:"serializer:sealed"` // 出院用药
	Advice     string `gorm:"serializer:sealed"` // 出院医嘱
}

// CallStatus is the state of one level of asking.
type CallStatus string

// The states.
const (
	CallOpen    CallStatus = "open"
	CallDone    CallStatus = "done"
	CallFailed  CallStatus = "failed"  // refused, wrong number, dead
	CallMissed  CallStatus = "missed"  // the notice is over
	CallDropped CallStatus = "dropped" // nobody is left to ask
)

// CallStatusLabels are the Chinese names of the states.
var CallStatusLabels = map[CallStatus]string{CallOpen: "待随访", CallDone: "已随访", CallFailed: "随访失败", CallMissed: "未随访", CallDropped: "不再随访"}

// CallFailure is why a patient could not be asked (domain §6.8).
type CallFailure string

// The failures.
const (
	FailedRefused CallFailure = "refused"
	FailedNumber  CallFailure = "wrong_number"
	FailedDead    CallFailure = "dead"
)

// CallFailureLabels are the Chinese names of the failures.
var CallFailureLabels = map[CallFailure]string{FailedRefused: "拒绝", FailedNumber: "号码错误", FailedDead: "死亡"}

// DischargeCall is one level of asking: due from the day the notice is given, with the
// answers once the patient was asked.
type DischargeCall struct {
	ID           ID
	DischargeID  ID         `gorm:"not null;uniqueIndex:ux_discharge_calls,priority:1"`
	Level        int        `gorm:"not null;uniqueIndex:ux_discharge_calls,priority:2"`
	HospitalID   ID         `gorm:"not null"`
	SenderID     ID         `gorm:"not null"`
	SenderInstID ID         `gorm:"not null"`
	DueFrom      Date       `gorm:"not null"`
	DueOn        Date       `gorm:"not null;index:ix_discharge_calls_due,priority:2;index:ix_discharge_calls_period"`
	Told         bool       `gorm:"not null"` // the hospital was reminded
	Status       CallStatus `gorm:"size:16;not null;index:ix_discharge_calls_due,priority:1"`
	CallAnswers  `gorm:"embedded"`
	StaffID      ID     `gorm:"not null"`         // who asked
	MadeBy       string `gorm:"size:32;not null"` // "staff:12"
}

// CallAnswers are what was asked and answered.
type CallAnswers struct {
	On           Date        `gorm:"column:made_on"`
	Way          int         `gorm:"not null"` // clinical.Way
	Failure      CallFailure `gorm:"size:16;not null"`
	Recovery     int         `gorm:"not null"`          // 恢复情况: 1 好 2 一般 3 差
	Wound        int         `gorm:"not null"`          // 伤口: 0 无伤口 1 愈合良好 2 红肿渗出 3 感染
	Adherence    int         `gorm:"not null"`          // 服药依从性: 1 规律 2 间断 3 不服药
	RevisitOn    Date        `gorm:"column:revisit_on"` // 复诊日期
	Satisfaction int         `gorm:"not null"`          // 5 很满意 … 1 很不满意
	Complained   bool        `gorm:"not null"`
	Advice       string      `gorm:"serializer:sealed"` // 指导意见
	Problems     string      `gorm:"serializer:sealed"` // 问题清单
}

// The labels of the answers.
var (
	RecoveryLabels         = map[int]string{1: "好", 2: "一般", 3: "差"}
	WoundLabels            = map[int]string{0: "无伤口", 1: "愈合良好", 2: "红肿或渗出", 3: "感染"}
	AdherenceLabels        = map[int]string{1: "规律", 2: "间断", 3: "不服药"}
	WardSatisfactionLabels = map[int]string{5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
)

// Check notes what is wrong with the notice on the day.
func (d Discharge) Check(p *Problems, hospital Institution, planned bool, today Date) {
	if hospital.ID == 0 || !hospital.Level.Receives() {
		p.Add("hospital_id", "not_hospital", "只有医院或基层医疗卫生机构可以发出院通知")
	}
	switch {
	case d.AdmittedOn.IsZero():
		p.Add("admitted_on", "required", "请填写入院日期")
	case d.AdmittedOn.After(today):
		p.Add("admitted_on", "future", "入院日期不能晚于今天")
	}
	d.CheckLeaving(p, planned, today)
	CheckNote(p, "hospital_no", "住院号", d.HospitalNo, 32)
	CheckNote(p, "attending", "主治医生", d.Attending, 32)
	CheckNote(p, "diagnosis", "出院诊断", d.Diagnosis, MaxReferralText)
	for _, f := range []struct{ name, label, text string }{{"operation", "手术", d.Operation}, {"medication", "出院用药", d.Medication}, {"advice", "出院医嘱", d.Advice}} {
		if utf8.RuneCountInString(f.text) > MaxReferralText {
			p.Add(f.name, "too_long", f.label+"不能超过500个字")
		}
	}
	if !d.RevisitOn.IsZero() && d.RevisitOn.Before(d.DischargedOn) {
		p.Add("revisit_on", "before_discharge", "复诊日期不能早于出院日期")
	}
}

// CheckLeaving notes what is wrong with the day of discharge.
func (d Discharge) CheckLeaving(p *Problems, planned bool, today Date) {
	switch {
	case d.DischargedOn.IsZero():
		p.Add("discharged_on", "required", "请填写出院日期")
	case d.DischargedOn.Before(d.AdmittedOn):
		p.Add("discharged_on", "before_admission", "出院日期不能早于入院日期")
	case planned && !d.DischargedOn.After(today):
		p.Add("discharged_on", "past", "计划出院日期应晚于今天")
	case planned && d.DischargedOn.After(today.AddDays(CallCentreDays)):
		p.Add("discharged_on", "too_far", "计划出院日期不能晚于30天后")
	case !planned && d.DischargedOn.After(today):
		p.Add("discharged_on", "future", "出院日期不能晚于今天;未出院请按计划出院登记")
	case !planned && d.DischargedOn.Before(today.AddDays(-CallCentreDays)):
		p.Add("discharged_on", "too_old", "出院超过30天,不再发出院通知")
	}
}

// Sampled tells whether the discharge is in the sample of the level: by a hash of the id, so
// that nobody can choose who is asked.
func Sampled(discharge ID, level int) bool {
	percent := map[int]uint64{CallHead: CallHeadPercent, CallCentre: CallCentrePercent}[level]
	sum := sha256.Sum256(fmt.Appendf(nil, "discharge/%d/%d", level, discharge))
	return level == CallWard || level == CallBefore || binary.BigEndian.Uint64(sum[:8])%100 < percent
}

// Calls are the levels at which the patient is to be asked, besides those it has already:
// before a planned discharge level 0, after it the ward and the levels of the sample, the
// last one for all who complained.
func (d Discharge) Calls(have []DischargeCall) []DischargeCall {
	known := map[int]bool{}
	for _, c := range have {
		known[c.Level] = true
	}
	var out []DischargeCall
	add := func(level, from, days int) {
		if !known[level] && (Sampled(d.ID, level) || level == CallCentre && d.Complained) {
			out = append(out, DischargeCall{DischargeID: d.ID, Level: level, HospitalID: d.HospitalID, SenderID: d.SenderID, SenderInstID: d.SenderInstID,
				DueFrom: d.DischargedOn.AddDays(from), DueOn: d.DischargedOn.AddDays(days), Status: CallOpen})
		}
	}
	switch d.Status {
	case DischargePlanned:
		add(CallBefore, -2, -1)
	case DischargeNotified, DischargeTaken:
		add(CallWard, 1, CallWardDays)
		add(CallHead, 1, CallHeadDays)
		add(CallCentre, 1, CallCentreDays)
	}
	return out
}

// Check notes what is wrong with the answers of a call on the day.
func (a CallAnswers) Check(p *Problems, c DischargeCall, today Date) {
	switch {
	case a.On.IsZero():
		p.Add("on", "required", "请填写随访日期")
	case a.On.After(today):
		p.Add("on", "future", "随访日期不能晚于今天")
	case a.On.Before(c.DueFrom):
		p.Add("on", "too_early", "随访日期早于该级随访开始的日期")
	}
	if clinical.Way(a.Way).Label() == "" {
		p.Add("method", "enum", "随访方式不在可选范围内")
	}
	if utf8.RuneCountInString(a.Advice) > MaxReferralText {
		p.Add("advice", "too_long", "指导意见不能超过500个字")
	}
	if utf8.RuneCountInString(a.Problems) > MaxReferralText {
		p.Add("problems", "too_long", "问题清单不能超过500个字")
	}
	if a.Failure != "" {
		if _, ok := CallFailureLabels[a.Failure]; !ok {
			p.Add("failure", "enum", "失败原因应为拒绝、号码错误或死亡")
		}
		return
	}
	for _, f := range []struct {
		name, label string
		code        int
		codes       map[int]string
	}{{"recovery", "恢复情况", a.Recovery, RecoveryLabels}, {"wound", "伤口情况", a.Wound, WoundLabels}, {"adherence", "服药依从性", a.Adherence, AdherenceLabels},
		{"satisfaction", "满意度", a.Satisfaction, WardSatisfactionLabels}} {
		if _, ok := f.codes[f.code]; !ok {
			p.Add(f.name, "enum", f.label+"不在可选范围内")
		}
	}
	if a.Complained && strings.TrimSpace(a.Problems) == "" {
		p.Add("problems", "required", "患者有投诉时须填写问题清单")
	}
}

// Record writes the answers into the call. It refuses with Conflict call_closed what was
// recorded, and same_person whoever asked at an earlier level: a sample is asked by others.
func (c *DischargeCall) Record(a CallAnswers, others []DischargeCall, by Actor) error {
	if c.Status != CallOpen {
		return Errorf(Conflict, "call_closed", "该级随访已登记或已结束")
	}
	for _, o := range others {
		if c.Level > CallWard && o.Level >= CallWard && o.Level < c.Level && o.MadeBy == by.Name() {
			return Errorf(Conflict, "same_person", "抽查随访须由前一级随访以外的人员进行")
		}
	}
	c.CallAnswers, c.Status, c.StaffID, c.MadeBy = a, CallDone, by.StaffID, by.Name()
	if a.Failure != "" {
		c.Status = CallFailed
	}
	return nil
}

// InTime tells whether the patient was asked by the day.
func (c DischargeCall) InTime() bool { return c.Status == CallDone && !c.On.After(c.DueOn) }
