package models

import "slices"

// Indicator is the code of a figure of care (domain §1.10, §3.10): a share of people.
type Indicator string

// The indicators that are kept for every person. Their order is that of their bits in
// stored standings, so that a new one is added at the end.
const (
	HypertensionStandard Indicator = "H01"   // 高血压患者基层规范管理服务率
	HypertensionBasic    Indicator = "H01B"  // the same by number of visits alone
	PressureControl      Indicator = "H02"   // 管理人群血压控制率
	DiabetesStandard     Indicator = "D01"   //
	DiabetesBasic        Indicator = "D01B"  //
	GlucoseControl       Indicator = "D02"   //
	ElderlyChecked       Indicator = "O00"   // 老年人规范健康管理服务率
	ElderlyTCM           Indicator = "O02"   // 老年人中医药健康管理率
	EarlyBooking         Indicator = "MCH01" // 早孕建册率
	PostpartumVisited    Indicator = "MCH02" // 产后访视率
	NewbornVisited       Indicator = "MCH03" // 新生儿访视率
	ChildManaged         Indicator = "MCH04" // 儿童健康管理率
	MentalStandard       Indicator = "M03"   // 严重精神障碍规范管理率
	TBManaged            Indicator = "P01"   // 肺结核患者管理率
	TBRegular            Indicator = "P02"   // 规则服药率
	RecordUsed           Indicator = "S03"   // 档案使用(动态)率
	ThreeHighManaged     Indicator = "T00"   // 三高共管率
	PersonFulfilled      Indicator = "SN10B" // 履约率, person level
	CohortRenewed        Indicator = "SN07"  // 续约率, annual cohort
	ExpiryRenewed        Indicator = "SN07B" // 续签率, expiry cohort
)

// The indicators that follow from other figures.
const (
	HypertensionManaged Indicator = "H00" // 高血压患者健康管理率, of an estimate
	DiabetesManaged     Indicator = "D00"
	RecordMade          Indicator = "S01" // 建档率
)

// IndicatorSpec is one row of the table of indicators.
type IndicatorSpec struct {
	Code        Indicator
	Label       string // Chinese
	Numerator   string // Chinese, who is counted
	Denominator string // Chinese, of whom
	Clause      string
	// Sensitive says that the people behind the figure are of a sensitive population.
	Sensitive bool
	// Beside says that the figure is kept for each population and shown beside the
	// contract rate, not in the table of management indicators.
	Beside bool
	// Of is the population whose residents are the denominator where no person alone
	// tells it; Percent is the share of them that is the estimate, by default.
	Of       Population
	Estimate float64
	From     Indicator // whose denominator is the numerator of an estimate
}

// The shares of adults that have the disease, in percent: national surveys, from memory
// (domain §3.10 "config"). A district sets its own as a target row of the code below.
const (
	hypertensionPrevalence = 27.5
	diabetesPrevalence     = 11.9
)

// Indicators is the table of indicators in the order they are shown.
var Indicators = []IndicatorSpec{
	{Code: HypertensionManaged, Label: "高血压患者健康管理率", Numerator: "已管理的高血压患者", Denominator: "估算的高血压患者(18岁及以上居民×患病率)", Clause: "domain §3.10 H00", Of: Adults, Estimate: hypertensionPrevalence, From: HypertensionStandard},
	{Code: HypertensionStandard, Label: "高血压患者基层规范管理服务率", Numerator: "按规范要求管理的患者", Denominator: "已管理的高血压患者", Clause: "domain §3.10 H01"},
	{Code: HypertensionBasic, Label: "高血压患者规范管理率(按次数)", Numerator: "面对面随访次数达到要求的患者", Denominator: "已管理的高血压患者", Clause: "domain §3.10 H01, basic variant"},
	{Code: PressureControl, Label: "管理人群血压控制率", Numerator: "年内最近一次随访血压达标的患者", Denominator: "已管理的高血压患者", Clause: "domain §3.10 H02"},
	{Code: DiabetesManaged, Label: "2型糖尿病患者健康管理率", Numerator: "已管理的糖尿病患者", Denominator: "估算的糖尿病患者(18岁及以上居民×患病率)", Clause: "domain §3.10 D00", Of: Adults, Estimate: diabetesPrevalence, From: DiabetesStandard},
	{Code: DiabetesStandard, Label: "2型糖尿病患者基层规范管理服务率", Numerator: "按规范要求管理的患者", Denominator: "已管理的糖尿病患者", Clause: "domain §3.10 D01"},
	{Code: DiabetesBasic, Label: "2型糖尿病患者规范管理率(按次数)", Numerator: "面对面随访次数达到要求的患者", Denominator: "已管理的糖尿病患者", Clause: "domain §3.10 D01, basic variant"},
	{Code: GlucoseControl, Label: "管理人群血糖控制率", Numerator: "年内最近一次随访空腹血糖达标的患者", Denominator: "已管理的糖尿病患者", Clause: "domain §3.10 D02"},
	{Code: ElderlyChecked, Label: "老年人规范健康管理服务率", Numerator: "年内接受健康管理的65岁及以上居民", Denominator: "65岁及以上常住居民", Clause: "domain §3.10 O00"},
	{Code: ElderlyTCM, Label: "老年人中医药健康管理率", Numerator: "年内接受中医药健康管理的65岁及以上居民", Denominator: "65岁及以上常住居民", Clause: "domain §3.10 O02"},
	{Code: EarlyBooking, Label: "早孕建册率", Numerator: "孕13周前接受首次产前检查的产妇", Denominator: "年内活产的产妇", Clause: "domain §3.10 MCH01"},
	{Code: PostpartumVisited, Label: "产后访视率", Numerator: "出院后28天内接受产后访视的产妇", Denominator: "年内活产的产妇", Clause: "domain §3.10 MCH02"},
	{Code: NewbornVisited, Label: "新生儿访视率", Numerator: "接受新生儿家庭访视的新生儿", Denominator: "年内出生的新生儿", Clause: "domain §3.10 MCH03"},
	{Code: ChildManaged, Label: "0–6岁儿童健康管理率", Numerator: "年内接受1次及以上随访的儿童", Denominator: "0–6岁儿童", Clause: "domain §3.10 MCH04"},
	{Code: MentalStandard, Label: "严重精神障碍患者规范管理率", Numerator: "按规范要求管理的患者", Denominator: "登记在册的患者", Clause: "domain §3.10 M03", Sensitive: true},
	{Code: TBManaged, Label: "肺结核患者管理率", Numerator: "已入户随访的患者", Denominator: "年内通知管理的患者", Clause: "domain §3.10 P01", Sensitive: true},
	{Code: TBRegular, Label: "肺结核患者规则服药率", Numerator: "规则服药的患者", Denominator: "年内完成治疗的患者", Clause: "domain §3.10 P02", Sensitive: true},
	{Code: ThreeHighManaged, Label: "三高共管随访率", Numerator: "年内随访过的三高患者", Denominator: "高血压、糖尿病、高血脂患者(去重)", Clause: "domain §2.4"},
	{Code: RecordMade, Label: "建档率", Numerator: "建有健康档案的常住居民", Denominator: "常住居民", Clause: "domain §3.10 S01", Of: All},
	{Code: RecordUsed, Label: "健康档案使用(动态)率", Numerator: "年内有服务记录的居民", Denominator: "常住居民", Clause: "domain §3.10 S03", Of: All},
	{Code: PersonFulfilled, Label: "履约率(人)", Numerator: "基础包到期项目全部完成的签约居民", Denominator: "基础包有到期项目的签约居民", Clause: "domain §1.10 SN10b", Beside: true},
	{Code: CohortRenewed, Label: "续约率(年度)", Numerator: "仍在签约的居民", Denominator: "上年末签约的居民", Clause: "domain §1.10 SN07", Beside: true},
	{Code: ExpiryRenewed, Label: "续签率(到期)", Numerator: "到期后30天内续签的居民", Denominator: "年内到期的居民", Clause: "domain §1.10 SN07b", Beside: true},
}

// indicatorBits is the order of the bits.
var indicatorBits = []Indicator{
	HypertensionStandard, HypertensionBasic, PressureControl, DiabetesStandard, DiabetesBasic, GlucoseControl, ElderlyChecked, ElderlyTCM,
	EarlyBooking, PostpartumVisited, NewbornVisited, ChildManaged, MentalStandard, TBManaged, TBRegular, RecordUsed, ThreeHighManaged,
	PersonFulfilled, CohortRenewed, ExpiryRenewed,
}

// Spec returns the row of the code; ok is false for an unknown one.
func (i Indicator) Spec() (spec IndicatorSpec, ok bool) {
	at := slices.IndexFunc(Indicators, func(s IndicatorSpec) bool { return s.Code == i })
	if at < 0 {
		return IndicatorSpec{}, false
	}
	return Indicators[at], true
}

// IndicatorSet is a set of indicators, one bit each.
type IndicatorSet int64

// Bit is the set with the one indicator; empty for one that is not kept for a person.
func (i Indicator) Bit() IndicatorSet {
	at := slices.Index(indicatorBits, i)
	if at < 0 {
		return 0
	}
	return 1 << at
}

// Has tells whether the set holds the indicator.
func (s IndicatorSet) Has(i Indicator) bool { return i.Bit() != 0 && s&i.Bit() != 0 }

// List lists the set in the order of the bits.
func (s IndicatorSet) List() []Indicator {
	var out []Indicator
	for at, i := range indicatorBits {
		if s&(1<<at) != 0 {
			out = append(out, i)
		}
	}
	return out
}

// Count is the numerator and the denominator of the indicator, from the figures of one
// scope by population or indicator, and the targets of the year, among which a district
// puts its own prevalence (Prevalence).
func (s IndicatorSpec) Count(of func(Population) Figures, targets map[string]float64) (numerator, denominator int) {
	own := of(Population(s.Code))
	switch {
	case s.From != "":
		share := s.Estimate
		if set, ok := targets[s.Prevalence()]; ok {
			share = set
		}
		return of(Population(s.From)).Residents, int(float64(of(s.Of).Residents)*share/100 + 0.5)
	case s.Code == RecordMade: // nobody is in the system without a record
		n := of(s.Of).Residents
		return n, n
	case s.Of != "":
		return own.Signed, of(s.Of).Residents
	}
	return own.Signed, own.Residents
}

// Prevalence is the code under which a district sets the share of an estimate, in percent
// of adults.
func (s IndicatorSpec) Prevalence() string { return string(s.Code) + ".prevalence" }

// Target is what the district wants of a figure in a year, in percent: an indicator by its
// code, the contract rate of a population as "rate.03"; or a share that an estimate uses.
type Target struct {
	Year    int     `gorm:"primaryKey;autoIncrement:false"`
	Code    string  `gorm:"primaryKey;size:32"`
	Percent float64 `gorm:"not null"`
	Version int     `gorm:"not null"`
}

// TargetCode is the code of the target of a contract rate.
func (p Population) TargetCode() string { return "rate." + string(p) }

// TargetCodes are the codes of everything that can have a target: contract rates first.
func TargetCodes() []string {
	var out []string
	for _, c := range Counted {
		out = append(out, c.TargetCode())
	}
	for _, s := range Indicators {
		out = append(out, string(s.Code))
		if s.From != "" {
			out = append(out, s.Prevalence())
		}
	}
	return out
}

// Check notes what is wrong with a target.
func (t Target) Check(p *Problems, today Date) {
	if t.Year < 2020 || t.Year > today.Year()+5 {
		p.Add("year", "out_of_range", "年度应在2020年至五年之后之间")
	}
	if t.Percent < 0 || t.Percent > 100 {
		p.Add("percent", "out_of_range", "目标值应在0至100之间")
	}
	if !slices.Contains(TargetCodes(), t.Code) {
		p.Add("code", "enum", "没有这一指标")
	}
}

// Label is the Chinese name of what the target is of.
func (t Target) Label() string {
	for _, s := range Indicators {
		switch t.Code {
		case string(s.Code):
			return s.Label
		case s.Prevalence():
			return s.Label + "所用的估算患病率"
		}
	}
	for _, p := range Counted {
		if t.Code == p.TargetCode() {
			return p.Label() + "签约率"
		}
	}
	return ""
}
