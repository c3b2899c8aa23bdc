package clinical

import "jiayi/internal/calendar"

// Level is what one reading says, held against the limits of the person.
type Level string

// The levels. High is at or above the control limit, low below what is usual; an
// emergency (危急, domain §3.1, §3.2) needs a doctor now.
const (
	LevelNormal    Level = "normal"
	LevelHigh      Level = "high"
	LevelLow       Level = "low"
	LevelEmergency Level = "emergency"
)

// LevelLabels are the Chinese names of the levels.
var LevelLabels = map[Level]string{LevelNormal: "正常", LevelHigh: "偏高", LevelLow: "偏低", LevelEmergency: "危急"}

// Verdict is what a reading says, in words for whoever measured it. It names limits,
// never the value.
type Verdict struct {
	Level   Level
	Message string
	Advice  []string
}

// Limits are the control limits that hold for the person on the day, by the key of the
// field: controlled means below. Pregnancy and lactation have their own; the limit of LDL
// cholesterol is that of high risk where the person is known to be, else of low risk.
func (p Pack) Limits(s Subject, on calendar.Date) map[string]float64 {
	pressure, fpg, pbg, risk := p.Profile.limit(s, Visit{On: on}), p.Profile.FPG, postMealTarget, RiskLow
	if s.expecting() {
		pressure, fpg, pbg = expectingPressure, expectingFPG, expectingPBG
	}
	if s.HighRisk {
		risk = RiskHigh
	}
	return map[string]float64{
		"sbp": float64(pressure.SBP), "dbp": float64(pressure.DBP), "fpg": fpg, "pbg": pbg,
		"hba1c": hba1cTarget, "ldl": risk.ldl(), "tg": highTG,
	}
}

// What to do in an emergency, for the person at home.
var (
	pressureEmergency = []string{
		"立即停止活动,静坐休息,5–10 分钟后复测,不要自行加服降压药",
		"如有胸痛、剧烈头痛、呼吸困难、肢体无力、视物模糊或意识改变,立即拨打120",
	}
	sugarTooHigh = []string{
		"立即停止活动,静坐休息,少量多次饮用白开水,不要自行加用降糖药或胰岛素",
		"如有恶心呕吐、腹痛、呼吸深快、嗜睡或意识改变,立即拨打120",
	}
	sugarTooLow = []string{
		"立即停止活动,静坐休息,马上吃约 15 克糖(如半杯含糖饮料或 3–4 块糖果),15 分钟后复测",
		"如有意识不清、抽搐或不能吞咽,不要喂食,立即拨打120",
	}
	expectingEmergency = []string{
		"立即停止活动,静坐休息,当天到医院产科就诊",
		"如有剧烈头痛、视物模糊、抽搐、腹痛或胎动异常,立即拨打120",
	}
)

// JudgeReading says what the values of one reading mean for the person on the day; the
// gravest of several counts. Values without a limit, such as a weight, are normal.
func (p Pack) JudgeReading(s Subject, on calendar.Date, values map[string]float64) Verdict {
	r := reading{values, s, p.Limits(s, on)}
	for _, judge := range []func() (Verdict, bool){r.emergency, r.high, r.low} {
		if v, ok := judge(); ok {
			v.Advice = append(append([]string{}, v.Advice...), r.fastHeart()...)
			return v
		}
	}
	return Verdict{LevelNormal, r.normal(), r.fastHeart()}
}

// reading is one reading being judged.
type reading struct {
	values  map[string]float64
	subject Subject
	limits  map[string]float64
}

// reaches tells whether a value was taken and is at or above the bound.
func (r reading) reaches(key string, bound float64) bool {
	n, ok := r.values[key]
	return ok && n >= bound
}

func (r reading) anyReaches(keys ...string) bool {
	for _, key := range keys {
		if r.reaches(key, r.limits[key]) {
			return true
		}
	}
	return false
}

// emergency holds a reading to the bounds of domain §3.1 and §3.2 危急.
func (r reading) emergency() (Verdict, bool) {
	is := func(message string, advice []string) (Verdict, bool) {
		return Verdict{LevelEmergency, message, advice}, true
	}
	switch {
	case r.reaches("sbp", float64(emergencyPressure.SBP)), r.reaches("dbp", float64(emergencyPressure.DBP)):
		return is("血压达到危急水平(≥180/110 mmHg),请立即处理", pressureEmergency)
	case r.reaches("fpg", glucoseTooHigh), r.reaches("pbg", glucoseTooHigh):
		return is("血糖达到危急水平(≥16.7 mmol/L),请立即处理", sugarTooHigh)
	case r.tooLow("fpg"), r.tooLow("pbg"):
		return is("血糖过低(≤3.9 mmol/L),请立即处理", sugarTooLow)
	case !r.subject.expecting():
	case r.reaches("sbp", float64(expectingPressure.SBP)), r.reaches("dbp", float64(expectingPressure.DBP)):
		return is("孕产期血压高于正常(≥140/90 mmHg),请立即处理", expectingEmergency)
	case r.reaches("fpg", expectingFPG), r.reaches("pbg", expectingRBG): // a meal may excuse less than that
		return is("孕产期血糖高于正常,请立即处理", expectingEmergency)
	}
	return Verdict{}, false
}

func (r reading) tooLow(key string) bool {
	n, ok := r.values[key]
	return ok && n <= glucoseTooLow
}

// high holds a reading to the control limits of the person.
func (r reading) high() (Verdict, bool) {
	is := func(message string, advice ...string) (Verdict, bool) {
		return Verdict{LevelHigh, message, advice}, true
	}
	switch {
	case r.anyReaches("sbp", "dbp"):
		limit := Pressure{int(r.limits["sbp"]), int(r.limits["dbp"])}
		return is("血压高于控制目标(应低于 "+limit.String()+" mmHg)", "安静休息 5 分钟后复测,近几天每天早晚各测一次并记录", "按医嘱规律服药,清淡少盐,多次偏高请联系家庭医生")
	case r.anyReaches("fpg", "pbg"):
		return is("血糖高于控制目标", "按医嘱用药,控制主食,近几天复测并记录", "多次偏高请联系家庭医生")
	case r.anyReaches("hba1c"):
		return is("糖化血红蛋白高于控制目标(应低于 7.0 %)", "近三个月血糖控制不够理想,请联系家庭医生调整方案")
	case r.anyReaches("ldl", "tg"):
		return is("血脂高于控制目标", "少油少糖,规律运动,请联系家庭医生评估是否需要用药")
	}
	return Verdict{}, false
}

// low notes a blood pressure below what is usual.
func (r reading) low() (Verdict, bool) {
	sbp, okS := r.values["sbp"]
	dbp, okD := r.values["dbp"]
	if okS && sbp < float64(lowPressure.SBP) || okD && dbp < float64(lowPressure.DBP) {
		return Verdict{LevelLow, "血压偏低(低于 90/60 mmHg)", []string{"起身要慢,防止跌倒,适量饮水后复测", "如有头晕、乏力或正在服用降压药,请联系家庭医生"}}, true
	}
	return Verdict{}, false
}

func (r reading) normal() string {
	for key := range r.values {
		if _, limited := r.limits[key]; limited {
			return "在控制目标之内,请继续保持"
		}
	}
	return "已记录"
}

// fastHeart is advice on tachycardia, which alone is no level (domain §3.2: persistent).
func (r reading) fastHeart() []string {
	if n, ok := r.values["heart_rate"]; ok && n > float64(fastHeartRate) {
		return []string{"心率超过 100 次/分,请静坐休息 5 分钟后复测;持续偏快或心慌请联系家庭医生"}
	}
	return []string{}
}
