package models

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiayi/models/clinical"
)

// ReferralDirection is where a referral leads (domain §6.1).
type ReferralDirection int

// The directions.
const (
	ReferUp     ReferralDirection = 1
	ReferDown   ReferralDirection = 2
	ReferAcross ReferralDirection = 3
)

// ReferralDirectionLabels are the Chinese names of the directions.
var ReferralDirectionLabels = map[ReferralDirection]string{ReferUp: "上转", ReferDown: "下转", ReferAcross: "平转"}

// Urgency is how soon a referral or a consult must be answered.
type Urgency int

// The urgencies.
const (
	OrdinaryCare Urgency = 1
	UrgentCare   Urgency = 2
)

// UrgencyLabels are the Chinese names of the urgencies.
var UrgencyLabels = map[Urgency]string{OrdinaryCare: "普通", UrgentCare: "紧急"}

// Deadlines of a referral (domain §6.1).
const (
	UrgentAnswer     = 30 * time.Minute // an urgent referral is answered
	OrdinaryAnswer   = 24 * time.Hour   // any other
	NoShowDays       = 3                // after the expected date nobody is waited for
	DownWorkingDays  = 3                // the team takes over who is sent down
	ReferralWeeks    = 14               // days within which the result is learnt (domain §3.1)
	FollowRemindDays = 3                // before that deadline the team is reminded
)

// ReferralStatus is the state of a referral.
type ReferralStatus string

// The states (domain §6.1).
const (
	ReferralDrafted       ReferralStatus = "draft"
	ReferralSubmitted     ReferralStatus = "submitted"
	ReferralAccepted      ReferralStatus = "accepted"
	ReferralRejected      ReferralStatus = "rejected"
	ReferralCancelled     ReferralStatus = "cancelled"
	ReferralArrived       ReferralStatus = "arrived"
	ReferralInTreatment   ReferralStatus = "in_treatment"
	ReferralCompleted     ReferralStatus = "completed"
	ReferralNoShow        ReferralStatus = "no_show"
	ReferralTransferredOn ReferralStatus = "transferred_on"
	ReferralDownSubmitted ReferralStatus = "down_submitted"
	ReferralDownAccepted  ReferralStatus = "down_accepted"
	ReferralClosed        ReferralStatus = "closed"
	ReferralFollowedUp    ReferralStatus = "followed_up"
)

// ReferralStatusLabels are the Chinese names of the states.
var ReferralStatusLabels = map[ReferralStatus]string{
	ReferralDrafted: "草稿", ReferralSubmitted: "待审核", ReferralAccepted: "已接收", ReferralRejected: "已拒绝", ReferralCancelled: "已撤销",
	ReferralArrived: "已到诊", ReferralInTreatment: "治疗中", ReferralCompleted: "治疗结束", ReferralNoShow: "未到诊", ReferralTransferredOn: "已转往他院",
	ReferralDownSubmitted: "待下转接收", ReferralDownAccepted: "下转已接收", ReferralClosed: "已结束", ReferralFollowedUp: "结果已随访",
}

// ReferralWithHospital are the states in which the receiving institution has to do with the
// resident, and may read the referral (domain §5.2: only through an active relation).
var ReferralWithHospital = []ReferralStatus{ReferralSubmitted, ReferralAccepted, ReferralArrived, ReferralInTreatment, ReferralCompleted, ReferralDownSubmitted}

// ReferralOpen are the states of a referral that is not over: it moves with the resident to
// another team.
var ReferralOpen = append([]ReferralStatus{ReferralDrafted, ReferralDownAccepted}, ReferralWithHospital...)

// ReferralBeforeArrival are the states in which a referral is cancelled when it can no
// longer happen.
var ReferralBeforeArrival = []ReferralStatus{ReferralDrafted, ReferralSubmitted, ReferralAccepted}

// ReferralOutcome is what the team learnt of a referral: 转诊结果 (domain §3.0).
type ReferralOutcome int

// The outcomes; 0 is not known yet.
const (
	ReferralReached ReferralOutcome = 1
	ReferralMissed  ReferralOutcome = 2
)

// ReferralOutcomeLabels are the Chinese names of the outcomes.
var ReferralOutcomeLabels = map[ReferralOutcome]string{ReferralReached: "到位", ReferralMissed: "不到位"}

// ConsentBy is how a resident consented.
type ConsentBy string

// The ways of consenting.
const (
	ConsentSelf     ConsentBy = "self"     // the resident, on the phone
	ConsentGuardian ConsentBy = "guardian" // a guardian, on the phone
	ConsentOnSite   ConsentBy = "on_site"  // before the staff, who note it
)

// ConsentByLabels are the Chinese names of the ways.
var ConsentByLabels = map[ConsentBy]string{ConsentSelf: "本人同意", ConsentGuardian: "监护人同意", ConsentOnSite: "现场同意"}

// Referral is one person's way to another institution and back (domain §6.1). The team is
// the family doctors' end of it, which sends up and receives down; the hospital is the other
// end: the institution that is asked, or that sends down.
type Referral struct {
	ID            ID
	No            string            `gorm:"size:32;not null;uniqueIndex"` // ZZ + region + date + number of the day
	Direction     ReferralDirection `gorm:"not null"`
	Urgency       Urgency           `gorm:"not null"`
	ThreeHigh     bool              `gorm:"not null"` // between 三高之家, 基地 and 中心, of someone with one of the three (domain §2.4)
	ResidentID    ID                `gorm:"not null;index"`
	TeamID        ID                `gorm:"not null;index:ix_referrals_team,priority:1"`
	InstitutionID ID                `gorm:"not null;index:ix_referrals_inst,priority:1"` // of the team
	SenderID      ID                `gorm:"not null"`                                    // of the team that sent it: figures stay with it
	SenderInstID  ID                `gorm:"not null"`                                    //
	DoctorID      ID                `gorm:"not null"`                                    // staff who refers
	HospitalID    ID                `gorm:"not null;index:ix_referrals_hospital,priority:1"`
	Department    string            `gorm:"size:64;not null"`
	EncounterID   ID                `gorm:"not null"`         // follow-up that asked for it, or 0
	Reasons       string            `gorm:"size:32;not null"` // codes of ReferralReasons, with commas
	ReferralTexts `gorm:"embedded"`
	ExpectedOn    Date       `gorm:"not null"`         // 转诊日期: the resident is expected
	ConsentBy     ConsentBy  `gorm:"size:16;not null"` // "" before anyone consented
	ConsentFrom   ID         `gorm:"not null"`         // the resident who consented: the patient or a guardian
	ConsentAt     *time.Time //
	// Status is written by Move alone, with the instants and deadlines that follow from it.
	Status      ReferralStatus  `gorm:"size:24;not null;index:ix_referrals_team,priority:2;index:ix_referrals_inst,priority:2;index:ix_referrals_hospital,priority:2;index:ix_referrals_due,priority:1"`
	DueAt       *time.Time      `gorm:"index:ix_referrals_due,priority:2"` // by when the state must be left
	EscalatedAt *time.Time      // the deadline went by, and receiver and centre were told
	SubmittedOn Date            `gorm:"index:ix_referrals_sent"` // day of SubmittedAt, for the figures
	SubmittedAt *time.Time      //
	AnswerBy    *time.Time      // deadline of the answer; begins anew with another receiver
	AnsweredAt  *time.Time      // accepted or rejected
	AcceptedAt  *time.Time      //
	ArrivedAt   *time.Time      // 到位
	CompletedAt *time.Time      //
	DownOn      Date            `gorm:"index:ix_referrals_down"` // day on which it was sent down
	Assigned    int             `gorm:"not null"`                // how often the centre sent it elsewhere
	ReserveNo   string          `gorm:"size:32;not null"`        // 预约号
	Receiver    string          `gorm:"size:64;not null"`        // doctor of the hospital who receives
	FollowDueOn Date            `gorm:"index:ix_referrals_follow"`
	FollowTold  bool            `gorm:"not null"` // the team was reminded
	FollowedOn  Date            //
	Result      ReferralOutcome `gorm:"not null"`
	FollowNote  string          `gorm:"serializer:sealed"`
	Summary     DischargeNote   `gorm:"embedded;embeddedPrefix:summary_"`
	Version     int             `gorm:"not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// ReferralTexts are what the doctor writes for the one who receives.
type ReferralTexts struct {
	ImpressionCode string `gorm:"serializer:sealed"` // ICD-10
	Impression     string `gorm:"serializer:sealed"` // 初步印象
	PresentIllness string `gorm:"serializer:sealed"` // 主要现病史
	PastHistory    string `gorm:"serializer:sealed"` // 主要既往史
	Treatment      string `gorm:"serializer:sealed"` // 治疗经过
	ReasonNote     string `gorm:"serializer:sealed"` // the reason in words
}

// DischargeNote is what the hospital writes when treatment ends: 下转 (domain §6.1).
type DischargeNote struct {
	HospitalNo string `gorm:"serializer:sealed"` // 住院号 or 门诊号
	Findings   string `gorm:"serializer:sealed"` // 主要检查结果
	Diagnosis  string `gorm:"serializer:sealed"` // 诊断结果
	Outcome    string `gorm:"serializer:sealed"` // 治疗结果
	Attending  string `gorm:"serializer:sealed"` // 主治医生
	Rehab      string `gorm:"serializer:sealed"` // 康复建议
	Plan       string `gorm:"serializer:sealed"` // 下一步治疗方案
}

// Longest texts of a referral, in characters.
const (
	MaxReferralText  = 500
	MaxReferralShort = 100
)

// Check notes what is missing in the note; its fields are below prefix.
func (d DischargeNote) Check(p *Problems, prefix string) {
	for _, f := range []struct {
		name, label, text string
		most              int
	}{
		{"hospital_no", "住院号", d.HospitalNo, 32}, {"findings", "主要检查结果", d.Findings, MaxReferralText}, {"diagnosis", "诊断结果", d.Diagnosis, MaxReferralText},
		{"outcome", "治疗结果", d.Outcome, MaxReferralText}, {"attending", "主治医生", d.Attending, 32}, {"rehab", "康复建议", d.Rehab, MaxReferralText},
		{"plan", "下一步治疗方案", d.Plan, MaxReferralText},
	} {
		CheckNote(p, prefix+f.name, f.label, f.text, f.most)
	}
}

// ReferralReason is one reason for referring. Those of the three highs lead along 三高之家,
// 基地 and 中心 (domain §2.4).
type ReferralReason struct {
	Code      int
	Label     string
	Direction ReferralDirection // ReferUp stands for ReferAcross too
	ThreeHigh bool
}

// ReferralReasons are the reasons, with the codes of the follow-up forms (domain §3.1 item
// 24); those from 11 on are for sending down.
var ReferralReasons = []ReferralReason{
	{clinical.ReasonTwiceUncontrolled, "连续两次控制不满意", ReferUp, true}, {clinical.ReasonAdverseHard, "不良反应难以控制", ReferUp, false},
	{clinical.ReasonNewComplication, "新的并发症", ReferUp, true}, {clinical.ReasonWorseComplication, "原有并发症加重", ReferUp, false},
	{clinical.ReasonEmergency, "危急情况", ReferUp, true}, {clinical.ReasonVeryHighRisk, "风险分层为很高危", ReferUp, true},
	{clinical.ReasonOrganAbnormal, "靶器官筛查异常", ReferUp, true}, {8, "检查发现异常", ReferUp, false}, {clinical.ReasonOther, "其他", ReferUp, false},
	{11, "连续两次以上随访病情稳定", ReferDown, true}, {12, "急性期治疗结束,转回基层康复", ReferDown, false}, {13, "诊断明确,基层可继续治疗", ReferDown, false},
	{19, "其他", ReferDown, false},
}

// reasonOf finds a reason that fits the direction.
func reasonOf(code int, d ReferralDirection) (ReferralReason, bool) {
	for _, r := range ReferralReasons {
		if r.Code == code && (r.Direction == ReferDown) == (d == ReferDown) {
			return r, true
		}
	}
	return ReferralReason{}, false
}

// ReasonList are the reasons of the referral.
func (r Referral) ReasonList() []ReferralReason {
	var out []ReferralReason
	for _, text := range strings.Split(r.Reasons, ",") {
		code, _ := strconv.Atoi(text)
		if reason, ok := reasonOf(code, r.Direction); ok {
			out = append(out, reason)
		}
	}
	return out
}

// receivingRank orders the levels of institutions by what they can do; 0 receives nobody.
var receivingRank = map[InstitutionLevel]int{
	VillageClinicLevel: 1, Station: 1, ExtensionPoint: 1, Township: 2, CommunityHospital: 2, RegionalSubcentre: 3,
	PublicHealth: 4, Specialist: 4, LeadHospital: 4,
}

// Receives tells whether an institution of the level is one to refer to.
func (l InstitutionLevel) Receives() bool { return receivingRank[l] > 1 }

var threeHighRank = map[string]int{"home": 1, "base": 2, "centre": 3}

// IsThreeHigh tells whether a referral between the places goes along 三高之家, 基地 and 中心
// for someone with one of the three highs.
func IsThreeHigh(from, to Institution, r Resident) bool {
	a, b := threeHighRank[from.ThreeHigh], threeHighRank[to.ThreeHigh]
	of := r.Standing.Mask
	return a > 0 && b > 0 && a != b && (of.Has(Hypertension) || of.Has(Diabetes) || of.Has(Dyslipidaemia))
}

// ReferralDraft is a referral as entered.
type ReferralDraft struct {
	ResidentID  ID
	Direction   ReferralDirection
	Urgency     Urgency
	HospitalID  ID
	Department  string
	EncounterID ID
	Reasons     []int
	ReferralTexts
	ExpectedOn Date
}

// icd10 is the shape of a code of ICD-10 or of its national extension: I10, E11.9, I10.x00x002.
var icd10 = regexp.MustCompile(`^[A-Z][0-9]{2}(\.[0-9x]{1,3}([0-9x]{1,5})?)?$`)

// Check notes what is wrong with the draft, from the place to the hospital.
func (d ReferralDraft) Check(p *Problems, from, to Institution, today Date) {
	if _, ok := UrgencyLabels[d.Urgency]; !ok {
		p.Add("urgency", "enum", "紧急程度应为 1 普通或 2 紧急")
	}
	d.checkWay(p, from, to)
	CheckNote(p, "department", "转入科室", d.Department, 32)
	if d.ImpressionCode != "" && !icd10.MatchString(d.ImpressionCode) {
		p.Add("impression_code", "format", "初步印象编码应为 ICD-10 编码")
	}
	CheckNote(p, "impression", "初步印象", d.Impression, MaxReferralShort)
	CheckNote(p, "present_illness", "主要现病史", d.PresentIllness, MaxReferralText)
	for _, f := range []struct{ name, label, text string }{{"past_history", "主要既往史", d.PastHistory}, {"treatment", "治疗经过", d.Treatment}, {"reason_note", "转诊原因说明", d.ReasonNote}} {
		if utf8.RuneCountInString(f.text) > MaxReferralText {
			p.Add(f.name, "too_long", fmt.Sprintf("%s不能超过%d个字", f.label, MaxReferralText))
		}
	}
	d.checkReasons(p)
	switch {
	case d.ExpectedOn.IsZero():
		p.Add("expected_on", "required", "请填写预计转诊日期")
	case d.ExpectedOn.Before(today):
		p.Add("expected_on", "past", "预计转诊日期不能早于今天")
	case d.ExpectedOn.After(today.AddDays(90)):
		p.Add("expected_on", "too_far", "预计转诊日期不能晚于90天后")
	}
}

func (d ReferralDraft) checkWay(p *Problems, from, to Institution) {
	a, b := receivingRank[from.Level], receivingRank[to.Level]
	switch {
	case d.Direction == ReferDown:
		if !to.Level.Receives() {
			p.Add("direction", "not_hospital", "只有医院或基层医疗卫生机构可以下转")
		}
		return
	case d.Direction != ReferUp && d.Direction != ReferAcross:
		p.Add("direction", "enum", "转诊方向应为 1 上转、2 下转或 3 平转")
		return
	case to.ID == 0 || !to.Active || !to.Level.Receives():
		p.Add("hospital_id", "not_receiving", "该机构不能接收转诊")
		return
	case to.ID == from.ID:
		p.Add("hospital_id", "same", "不能转诊到本机构")
		return
	}
	if d.Direction == ReferUp && a >= b || d.Direction == ReferAcross && a != b {
		p.Add("direction", "level", "转诊方向与两个机构的级别不符")
	}
}

func (d ReferralDraft) checkReasons(p *Problems) {
	if len(d.Reasons) == 0 {
		p.Add("reasons", "required", "请选择转诊原因")
	}
	for i, code := range d.Reasons {
		if _, ok := reasonOf(code, d.Direction); !ok || slices.Contains(d.Reasons[:i], code) {
			p.Add(fmt.Sprintf("reasons[%d]", i), "enum", "转诊原因不在可选范围内,或重复")
		}
		if (code == clinical.ReasonOther || code == 19) && strings.TrimSpace(d.ReasonNote) == "" {
			p.Add("reason_note", "required", "请说明转诊原因")
		}
	}
}

// Fill writes the draft into the referral. What was consented to is another thing now, so
// that consent begins anew.
func (r *Referral) Fill(d ReferralDraft) {
	codes := make([]string, len(d.Reasons))
	for i, c := range d.Reasons {
		codes[i] = strconv.Itoa(c)
	}
	r.Direction, r.Urgency, r.HospitalID, r.Department, r.EncounterID = d.Direction, d.Urgency, d.HospitalID, strings.TrimSpace(d.Department), d.EncounterID
	r.Reasons, r.ReferralTexts, r.ExpectedOn = strings.Join(codes, ","), d.ReferralTexts, d.ExpectedOn
	r.ConsentBy, r.ConsentFrom, r.ConsentAt = "", 0, nil
}

// Overdue tells whether the state should have been left by now.
func (r Referral) Overdue(now time.Time) bool { return r.DueAt != nil && !now.Before(*r.DueAt) }

// AnsweredInTime tells whether the receiver answered by the deadline.
func (r Referral) AnsweredInTime() bool {
	return r.AnsweredAt != nil && r.AnswerBy != nil && !r.AnsweredAt.After(*r.AnswerBy)
}
