package clinical

import "slices"

// The populations a home visit is for, the codes of visited_as.
const (
	VisitedDisabled = 1 // 残疾人
	VisitedFamily   = 2 // 计划生育特殊家庭, 计生特别扶助人员
	VisitedPoverty  = 3 // 脱贫人口/防止返贫监测对象
)

var homeVisits = variants{codesField("visited_as", "访视对象类别",
	numbered("残疾人", "计划生育特殊家庭(特别扶助人员)", "脱贫人口或防止返贫监测对象")...)}

// homeVisitFields is the visit of people whom no form of their own serves: disabled
// people, 计生特殊家庭 and 脱贫/监测 people (domain §2.3). It is a form of this
// system, not a national one.
func homeVisitFields() []Field {
	const c = "domain §2.3"
	rating := func(key, label string, labels ...string) Field {
		return codeField(key, label, abnormal(numbered(labels...), 3)...)
	}
	state := slices.Concat(
		symptomFields("无症状", "疼痛", "头晕头痛", "胸闷心悸", "呼吸困难", "乏力", "睡眠差", "其他"),
		[]Field{
			dangerSignField("意识改变", "胸痛或呼吸困难", "口角歪斜或一侧肢体无力", "有自伤自杀言行", "其他不能处理的疾病"),
			rating("general_state", "一般状况", "良好", "一般", "较差").must(),
			rating("mood", "心理状况", "良好", "一般", "较差").must(),
			codeField("selfcare_grade", "生活自理能力", abnormal(numbered("可自理", "轻度依赖", "中度依赖", "不能自理"), 3, 4)...).must(),
		},
		pressureAtWill(),
		[]Field{
			decimalField("fpg", "空腹血糖", "mmol/L", 1.0, 33.3),
			intField("heart_rate", "心率", "次/分", 30, 220),
			textField("sign_other", "其他体征", longText),
		})
	of := homeVisits.of
	needs := slices.Concat(
		of(VisitedDisabled, slices.Concat(
			withOther(codesField("rehabilitation", "康复指导", numbered("肢体功能训练", "日常生活能力训练", "言语或认知训练", "辅助器具适配", "心理支持", "其他")...)),
			[]Field{codeField("rehabilitation_need", "康复服务需求", numbered("无", "有,已落实", "有,未落实")...)})...),
		of(VisitedFamily,
			codeField("two_contacts", "双岗联系人", numbered("已落实", "未落实")...),
			codeField("green_channel", "就医绿色通道", numbered("已知晓并可使用", "未知晓")...)),
		of(VisitedPoverty, withOther(codesField("chronic_diseases", "重点疾病",
			numbered("无", "高血压", "糖尿病", "肺结核", "严重精神障碍", "其他")...).alone(1))...),
		withOther(codesField("difficulties", "存在的困难", numbered("无", "就医", "用药", "照护", "经济", "其他")...).alone(1)),
		withOther(codesField("services", "本次服务", numbered("健康评估", "健康教育", "用药指导", "代办服务", "心理慰藉", "其他")...).must()))
	return slices.Concat(
		section("访视对象", c, homeVisits.selector.must().decisive()),
		section("健康状况", c, state...),
		section("需求与服务", c, needs...),
		section(sectionDrugs, c, drugsField()),
		section(sectionOutcome, c, plainOutcomeFields(numbered("未见异常", "异常")...)...),
		section(sectionReferral, c, abnormalReferral()...),
	)
}

// of makes fields belong to one of several populations a person may be in: required
// for it if they are required, and never contradictory, since a list may name others.
func (v variants) of(code int, fields ...Field) []Field {
	list := make([]Field, len(fields))
	for i, f := range fields {
		if f.Required {
			f.Required = false
			f = f.requiredWhen(v.selector.Key, code)
		}
		list[i] = f
	}
	return list
}

// pressureAtWill is a blood pressure that nobody must measure.
func pressureAtWill() []Field {
	fields := pressureFields()
	for i := range fields {
		fields[i].Required, fields[i].RequiredUnless = false, nil
	}
	return fields
}
