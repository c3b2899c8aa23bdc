package models

import (
	"slices"
	"time"
)

// ScoringMode is how a value becomes points (domain §6.11, as seen in practice).
type ScoringMode string

// The modes.
const (
	ScoreFull       ScoringMode = "full"       // 是/否得满分: the target is met, or nothing
	ScoreProportion ScoringMode = "proportion" // ≥目标得满分, 不足按比例得分
)

// ScoringModeLabels are the Chinese names of the modes.
var ScoringModeLabels = map[ScoringMode]string{ScoreFull: "达到目标得满分,否则不得分", ScoreProportion: "达到目标得满分,不足按比例得分"}

// AssessCode is what an item of an assessment measures.
type AssessCode string

// The codes. What is signed, renewed and managed is counted in the area a team answers for;
// what was promised on its panel, as a promise is the signing team's; the rest by the team
// that did it, from 1 January to the day.
const (
	AssessRateAll       AssessCode = "rate_all"
	AssessRateKey       AssessCode = "rate_key"
	AssessFulfilment    AssessCode = "fulfilment"
	AssessConfirmed     AssessCode = "confirmed"
	AssessHypertension  AssessCode = "H01"
	AssessDiabetes      AssessCode = "D01"
	AssessPressure      AssessCode = "H02"
	AssessGlucose       AssessCode = "D02"
	AssessRenewal       AssessCode = "renewal"
	AssessSatisfaction  AssessCode = "satisfaction"
	AssessAwareness     AssessCode = "awareness"
	AssessReferral      AssessCode = "referral_arrival"
	AssessReferralAfter AssessCode = "referral_followed"
	AssessRecords       AssessCode = "records"
)

// AssessSpec is one row of the table of what can be assessed.
type AssessSpec struct {
	Code                          AssessCode
	Label, Numerator, Denominator string // Chinese
	// Target is the code of the district's target that counts where a scheme sets none.
	Target string
}

// AssessSpecs is the table of what can be assessed. 基层就诊占比 of §6.11 is not in it: visits
// to hospitals are not known here.
var AssessSpecs = []AssessSpec{
	{AssessRateAll, "全人群签约率", "已签约常住居民", "责任区常住居民", All.TargetCode()},
	{AssessRateKey, "重点人群签约率", "已签约重点人群", "责任区重点人群(去重)", Key.TargetCode()},
	{AssessFulfilment, "履约率(项目)", "到期项目中已完成的", "签约居民到期的服务项目", ""},
	{AssessConfirmed, "经居民确认的履约率", "到期项目中居民确认过的", "签约居民到期的服务项目", ""},
	{AssessHypertension, "高血压规范管理率", "按规范管理的患者", "责任区在管高血压患者", string(HypertensionStandard)},
	{AssessDiabetes, "糖尿病规范管理率", "按规范管理的患者", "责任区在管糖尿病患者", string(DiabetesStandard)},
	{AssessPressure, "血压控制率", "血压达标的患者", "责任区在管高血压患者", string(PressureControl)},
	{AssessGlucose, "血糖控制率", "血糖达标的患者", "责任区在管糖尿病患者", string(GlucoseControl)},
	{AssessRenewal, "续签率", "到期后30天内续签的居民", "年内到期的签约居民", string(ExpiryRenewed)},
	{AssessSatisfaction, "满意度", "很满意和满意的问卷", "已结束季度的有效问卷", ""},
	{AssessAwareness, "知晓率", "知晓家庭医生的问卷", "已结束季度的有效问卷", ""},
	{AssessReferral, "转诊到位率", "到诊的转诊", "已接收的转诊", ""},
	{AssessReferralAfter, "转诊结果两周内随访率", "两周内随访结果的转诊", "应随访结果的转诊", ""},
	{AssessRecords, "服务记录真实率", "未作废且居民未否认的服务", "期间登记的服务", ""},
}

// Spec returns the row of the code; ok is false for an unknown one.
func (c AssessCode) Spec() (spec AssessSpec, ok bool) {
	at := slices.IndexFunc(AssessSpecs, func(s AssessSpec) bool { return s.Code == c })
	if at < 0 {
		return AssessSpec{}, false
	}
	return AssessSpecs[at], true
}

// FullMarks is the sum of the weights of a scheme, in hundredths of a point.
const FullMarks = 10000

// AssessmentScheme is one version of how teams are assessed (考核方案). It is never edited: a
// newer one follows. Points are in hundredths.
type AssessmentScheme struct {
	ID        ID
	Version   int   `gorm:"not null;uniqueIndex"`
	BeginsOn  Date  `gorm:"not null"`
	Deduction int64 `gorm:"not null"` // for each false signing or record
	Veto      int   `gorm:"not null"` // cases from which on the score is 0 一票否决; 0 for never
	CreatedAt time.Time
	Items     []SchemeItem `gorm:"foreignKey:SchemeID"`
}

// SchemeItem is one item of a scheme.
type SchemeItem struct {
	SchemeID ID          `gorm:"primaryKey;autoIncrement:false"`
	Code     AssessCode  `gorm:"primaryKey;size:24"`
	Place    int         `gorm:"not null"` // order
	Weight   int64       `gorm:"not null"` // hundredths of a point
	Mode     ScoringMode `gorm:"size:16;not null"`
	Target   int64       `gorm:"not null"` // hundredths of a percent; 0 for the district's target of the year
}

// DefaultScheme is that of domain §6.11, with fulfilment and what residents confirm of it
// weighed apart.
func DefaultScheme() AssessmentScheme {
	s := AssessmentScheme{Deduction: 500, Veto: 3}
	for i, x := range []struct {
		code   AssessCode
		weight int64
		target int64
	}{
		{AssessRateAll, 500, 0}, {AssessRateKey, 1000, 0}, {AssessFulfilment, 1500, 9000}, {AssessConfirmed, 1000, 5000},
		{AssessHypertension, 1000, 0}, {AssessDiabetes, 1000, 0}, {AssessPressure, 500, 0}, {AssessGlucose, 500, 0}, {AssessRenewal, 500, 8000},
		{AssessSatisfaction, 1000, 8500}, {AssessAwareness, 500, 8000}, {AssessReferral, 250, 9000}, {AssessReferralAfter, 250, 9000}, {AssessRecords, 500, 9800},
	} {
		s.Items = append(s.Items, SchemeItem{Code: x.code, Place: i + 1, Weight: x.weight, Mode: ScoreProportion, Target: x.target})
	}
	return s
}

// Check notes what is wrong with a new scheme on the day.
func (s AssessmentScheme) Check(p *Problems, today Date) {
	switch {
	case s.BeginsOn.IsZero():
		p.Add("begins_on", "required", "请填写启用日期")
	case s.BeginsOn.Before(today):
		p.Add("begins_on", "past", "启用日期不能早于今天")
	}
	if s.Deduction < 0 || s.Deduction > FullMarks {
		p.Add("deduction", "range", "每例扣分应在0至100之间")
	}
	if s.Veto < 0 || s.Veto > 1000 {
		p.Add("veto", "range", "一票否决的例数应在0至1000之间")
	}
	var sum int64
	seen := map[AssessCode]bool{}
	for _, i := range s.Items {
		spec, ok := i.Code.Spec()
		switch {
		case !ok:
			p.Add("items", "enum", "没有这一考核项目")
		case seen[i.Code]:
			p.Add("items", "repeated", spec.Label+":项目重复")
		case i.Weight <= 0 || i.Weight > FullMarks:
			p.Add("items", "range", spec.Label+":分值应大于0且不超过100")
		case i.Target < 0 || i.Target > 10000:
			p.Add("items", "range", spec.Label+":目标值应在0至100%之间")
		case ScoringModeLabels[i.Mode] == "":
			p.Add("items", "enum", spec.Label+":没有这一计分方式")
		}
		seen[i.Code] = true
		sum += i.Weight
	}
	if sum != FullMarks {
		p.Add("items", "sum", "各项分值之和应为100")
	}
}
