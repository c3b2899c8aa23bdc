package clinical

import (
	"strconv"

	"jiayi/internal/calendar"
)

const clauseScreening = "domain §2.3"

// The screening of residents of 35 and over (domain §2.3).
const (
	ScreeningAge       = 35 // from here on a blood pressure is taken once a year
	screeningRiskAge   = 55 // from here on age alone is a high risk
	screeningMonths    = 12
	screeningHighMonth = 6   // months to the next, at high risk of hypertension
	riskSBP            = 130 // mmHg, 130–139 is a high risk
	riskDBP            = 85  // mmHg, 85–89 is a high risk
	riskBMI            = 24.0
	riskWaistMale      = 90 // cm
	riskWaistFemale    = 85
	riskDrink          = 2.0 // 两 of 白酒 a day, 100 mL
)

// The classes of the screening; the highest is the gravest.
const (
	ScreenedNormal       = 1 // 未见异常
	ScreenedPressureRisk = 2 // 高血压高危
	ScreenedGlucoseRisk  = 3 // 糖尿病高危
	ScreenedBothRisks    = 4 // 高血压和糖尿病高危
	ScreenedHigh         = 5 // 血压或血糖升高,待复查
)

// ScreeningRisks tells what the class of a screening says of the risk of hypertension
// and of diabetes.
func ScreeningRisks(class int) (pressure, glucose bool) {
	return class == ScreenedPressureRisk || class == ScreenedBothRisks || class == ScreenedHigh,
		class == ScreenedGlucoseRisk || class == ScreenedBothRisks || class == ScreenedHigh
}

// screeningFields is the yearly blood pressure of people of 35 and over who have no
// hypertension, with the questions that tell a high risk (domain §2.3). It is a form
// of this system, not a national one.
func screeningFields() []Field {
	pressure := pressureFields()
	for i := range pressure {
		pressure[i] = pressure[i].must().decisive()
	}
	history := codesField("family_history", "家族史", numbered("无", "高血压", "糖尿病")...).alone(1).must()
	body := bodyFields()
	habits := []Field{
		codeField("salt", "摄盐情况", numbered("轻", "中", "重")...).must(),
		decimalField("drink", "日饮酒量(白酒当量)", "两/日", 0, 50).must(),
		intField("smoke", "日吸烟量", "支/日", 0, 100),
	}
	classes := numbered("未见异常", "高血压高危", "糖尿病高危", "高血压和糖尿病高危", "血压或血糖升高,待复查")
	return joinSections(
		section(sectionSigns, clauseScreening, append(pressure, body...)...),
		section(sectionExam, clauseScreening, decimalField("fpg", "空腹血糖", "mmol/L", 1.0, 33.3)),
		section(sectionSymptoms, clauseScreening, dangerSignField("意识改变", "剧烈头痛或头晕", "胸闷或呼吸困难", "其他不能处理的疾病")),
		section("危险因素", clauseScreening, append([]Field{history}, habits...)...),
		section(sectionOutcome, "domain §3.0", plainOutcomeFields(classes...)...),
		section(sectionReferral, "domain §3.0", abnormalReferral()...),
	)
}

func joinSections(sections ...[]Field) []Field {
	var all []Field
	for _, s := range sections {
		all = append(all, s...)
	}
	return all
}

// judgeScreening applies domain §2.3: a high value is measured again within two weeks,
// a high risk of hypertension is screened every six months, everyone else once a year.
func judgeScreening(e *exam) (Assessment, []FieldError) {
	born := e.subject.BirthDate
	if born.IsZero() || born.AgeOn(e.visit.On) < ScreeningAge {
		return Assessment{}, []FieldError{{"", CodeAge, "本表用于35岁及以上的居民"}}
	}
	e.pressureAlarms(clauseHTN)
	e.glucoseAlarms("fpg", "空腹血糖", expectingFPG)
	e.dangerSigns(clauseScreening)
	pressure, glucose := e.screeningRisks()
	recheck := e.newlyHigh()
	suggested := ScreenedNormal
	switch {
	case recheck || e.emergency:
		suggested = ScreenedHigh
		e.advise("在不同的日子再测两次;确诊后纳入相应的慢性病管理")
	case pressure && glucose:
		suggested = ScreenedBothRisks
	case glucose:
		suggested = ScreenedGlucoseRisk
	case pressure:
		suggested = ScreenedPressureRisk
	}
	if pressure {
		e.advise("每半年至少测量一次血压,并接受生活方式指导")
	}
	if glucose {
		e.advise("每年至少测量一次空腹血糖")
	}
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := verdict{class: class, due: e.visit.On.AddMonths(screeningMonths), within: "1 年"}
	if high, _ := ScreeningRisks(class); high {
		v.due, v.within = e.visit.On.AddMonths(screeningHighMonth), "6 个月"
	}
	if recheck {
		v.step = StepRecheck
	}
	return e.conclude(v)
}

// screeningRisks notes what makes a high risk of hypertension, and of type 2 diabetes.
// The specification lists the former; of the latter it names none, and overweight, a
// wide waist, family history and an impaired fasting glucose are common guidance.
func (e *exam) screeningRisks() (pressure, glucose bool) {
	sbp, _ := e.Int("sbp")
	dbp, _ := e.Int("dbp")
	bmi, _ := e.Decimal("bmi")
	waist, _ := e.Decimal("waist")
	drink, _ := e.Decimal("drink")
	fpg, _ := e.Decimal("fpg")
	bound := float64(riskWaistFemale)
	if e.subject.Sex == Male {
		bound = riskWaistMale
	}
	for _, x := range []struct {
		found             bool
		pressure, glucose bool
		code, field, text string
	}{
		{sbp >= riskSBP || dbp >= riskDBP, true, false, "bp_high_normal", "sbp", "血压达到 130/85 mmHg,属正常高值"},
		{bmi >= riskBMI, true, true, "overweight", "bmi", "体质指数达到或超过 24 kg/m²"},
		{waist >= bound, true, true, "waist_wide", "waist", "腰围达到腹型肥胖标准(男≥90 cm,女≥85 cm)"},
		{e.holds(Condition{"family_history", []int{2}}, e.visit), true, false, "family_hypertension", "family_history", "有高血压家族史"},
		{e.holds(Condition{"family_history", []int{3}}, e.visit), false, true, "family_diabetes", "family_history", "有糖尿病家族史"},
		{e.is("salt", heavySalt), true, false, "salt_heavy", "salt", "长期高盐饮食"},
		{drink >= riskDrink, true, false, "drink_heavy", "drink", "每日饮白酒达到 100 mL"},
		{e.subject.BirthDate.AgeOn(e.visit.On) >= screeningRiskAge, true, false, "age_risk", "", "年龄达到 55 岁"},
		{fpg >= impairedFPG, false, true, "fpg_risk", "fpg", "空腹血糖达到或超过 6.1 mmol/L"},
	} {
		if !x.found {
			continue
		}
		pressure, glucose = pressure || x.pressure, glucose || x.glucose
		e.note(x.code, x.field, clauseScreening, x.text)
	}
	return pressure, glucose
}

// screeningDuties are a blood pressure once a year, every half-year at high risk, and a
// fasting glucose once a year at high risk of diabetes (domain §2.3). Any form that
// takes the value satisfies them.
func screeningDuties(f Facts, from, to calendar.Date) []Due {
	if f.BirthDate.IsZero() {
		return nil
	}
	months := screeningMonths
	if f.PressureRisk {
		months = screeningHighMonth
	}
	dues := periods(f, from, to, months, func(year, n, months int) Due {
		d := Due{Key: "bp" + strconv.Itoa(year), Label: "年度血压测量", Service: ServicePressure}
		if months == screeningHighMonth {
			d.Key, d.Label = d.Key+"H"+strconv.Itoa(n), []string{"上半年", "下半年"}[n-1]+"血压测量(高危)"
		}
		return d
	})
	if f.GlucoseRisk {
		dues = append(dues, periods(f, from, to, screeningMonths, func(year, _, _ int) Due {
			return Due{Key: "fpg" + strconv.Itoa(year), Label: "年度空腹血糖检测(高危)", Service: ServiceGlucose}
		})...)
	}
	of := f.BirthDate.AddYears(ScreeningAge)
	out := dues[:0]
	for _, d := range dues {
		if d.Until.Before(of) {
			continue
		}
		d.From = calendar.Later(d.From, of)
		d.Kind, d.FaceToFace, d.Clause = DueScreening, true, clauseScreening
		out = append(out, d)
	}
	return out
}
