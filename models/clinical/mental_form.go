package clinical

import "slices"

// Codes of domain §3.7 that the rule reads.
const (
	insightPartial = 2 // 自知力不全
	insightNone    = 3 // 自知力缺失
	functionPoor   = 3 // 社会功能较差
	notApplicable  = 9 // 此项不适用
	dangerLevel    = 3 // 危险性评估 from here on is an emergency
	causePhysical  = 1 // 死亡原因: 躯体疾病
	lockedNow      = 2 // 关锁
	adverseMental  = 2 // 药物不良反应: 有
)

// The laboratory question is 1有 2无 in the interface the domain was read from, and
// 1无 2有 on the national form (domain §3.7, §11.10): before an exchange, align here.
var mentalLabOptions = numbered("有", "无")

var mentalFunctions = []struct{ key, label string }{
	{"function_selfcare", "个人生活料理"}, {"function_housework", "家务劳动"}, {"function_work", "生产劳动及工作"},
	{"function_study", "学习能力"}, {"function_social", "社会人际交往"},
}

var mentalBehaviours = []struct{ key, label string }{
	{"minor_disturbances", "轻度滋事"}, {"disturbances", "肇事"}, {"serious_incidents", "肇祸"},
	{"other_harm", "其他危害行为"}, {"self_harm", "自伤"}, {"suicide_attempts", "自杀未遂"},
}

// mentalFields is 严重精神障碍患者随访服务记录表 (domain §3.7). Nothing is asked of
// a patient who was not reached or has died but why.
func mentalFields() []Field {
	const c = "domain §3.7"
	met := func(fields ...Field) []Field {
		list := make([]Field, len(fields))
		for i, f := range fields {
			if f.Required {
				f = f.requiredUnless("lost_reason", "death_date")
			}
			list[i] = f.conflictsWith("lost_reason").conflictsWith("death_date")
		}
		return list
	}
	return slices.Concat(
		section("失访或死亡", c, mentalGoneFields()...),
		section("危险性", c, met(
			codeField("danger_level", "危险性评估", mentalDangerLevels()...).must().decisive())...),
		section(sectionSymptoms, c, met(mentalStateFields()...)...),
		section("社会功能", c, met(mentalFunctionFields()...)...),
		section("危险行为", c, met(mentalBehaviourFields()...)...),
		section(sectionDrugs, c, met(mentalDrugFields()...)...),
		section("康复措施", c, met(withOther(codesField("rehabilitation", "康复措施",
			numbered("生活劳动能力", "职业训练", "学习能力", "社会交往", "其他")...))...)...),
		section(sectionOutcome, c, plainOutcomeFields(numbered("不稳定", "基本稳定", "稳定")...)...),
		section(sectionReferral, c, met(plainReferralFields(
			Option{Code: ReasonUnstable, Label: "病情不稳定"}, Option{Code: ReasonAdverseHard, Label: "严重药物不良反应"},
			Option{Code: ReasonPhysical, Label: "严重躯体疾病"})...)...),
	)
}

func mentalGoneFields() []Field {
	return slices.Concat(
		withOther(codeField("lost_reason", "失访原因", numbered("外出打工", "迁居他处", "走失", "连续3次未到访", "其他")...)),
		[]Field{pastDateField("death_date", "死亡日期").requiredWhen("death_cause").conflictsWith("lost_reason")},
		withOther(codeField("death_cause", "死亡原因",
			numbered("躯体疾病", "自杀", "他杀", "意外", "精神疾病相关并发症", "其他")...).requiredWhen("death_date")),
		[]Field{codeField("death_disease", "致死躯体疾病",
			numbered("传染病和寄生虫病", "肿瘤", "心脏病", "脑血管病", "呼吸系统疾病", "消化系统疾病", "其他疾病", "不详")...).
			requiredWhen("death_cause", causePhysical)},
	)
}

// mentalDangerLevels are the grades 0 to 5 of domain §3.7.
func mentalDangerLevels() []Option {
	return []Option{
		{Code: 0, Label: "0级:无以下1–5级中的任何行为"},
		{Code: 1, Label: "1级:口头威胁,喊叫,但没有打砸行为"},
		{Code: 2, Label: "2级:打砸行为,局限在家里,针对财物,能被劝说制止"},
		{Code: 3, Label: "3级:明显打砸行为,不分场合,针对财物,不能接受劝说而停止"},
		{Code: 4, Label: "4级:持续的打砸行为,不分场合,针对财物或人,不能接受劝说而停止(包括自伤、自杀)"},
		{Code: 5, Label: "5级:持械针对人的任何暴力行为,或者纵火、爆炸等行为"},
	}
}

func mentalStateFields() []Field {
	rating := func(key, label string) Field {
		return codeField(key, label, numbered("良好", "一般", "较差")...).must()
	}
	fields := withOther(codesField("symptoms", "目前症状", numbered("幻觉", "交流困难", "猜疑", "喜怒无常", "行为怪异", "兴奋话多", "伤人毁物",
		"悲观厌世", "无故外走", "自语自笑", "孤僻懒散", "其他")...))
	return append(fields,
		boolField("symptoms_severe", "精神症状明显"),
		codeField("insight", "自知力", numbered("自知力完全", "自知力不全", "自知力缺失")...).must(),
		rating("sleep", "睡眠情况"), rating("diet", "饮食情况"),
		boolField("physical_severe", "有严重躯体疾病"),
		codeField("lab_exam", "实验室检查", mentalLabOptions...),
		textField("lab_exam_text", "实验室检查结果", longText))
}

func mentalFunctionFields() []Field {
	var fields []Field
	for _, x := range mentalFunctions {
		options := numbered("良好", "一般", "较差")
		if x.key == "function_work" {
			options = append(options, Option{Code: notApplicable, Label: "此项不适用"})
		}
		fields = append(fields, codeField(x.key, x.label, options...).must())
	}
	return fields
}

func mentalBehaviourFields() []Field {
	var fields []Field
	for _, x := range mentalBehaviours {
		fields = append(fields, intField(x.key, x.label, "次", 0, 99))
	}
	return append(fields,
		codeField("locked", "关锁情况", numbered("无关锁", "关锁", "关锁已解除")...).must(),
		codeField("hospital", "住院情况", Option{Code: 0, Label: "未住院"}, Option{Code: 1, Label: "目前正在住院"}, Option{Code: 2, Label: "曾住院,现未住院"}).must(),
		pastDateField("discharged_on", "末次出院时间").requiredWhen("hospital", 2))
}

func mentalDrugFields() []Field {
	return []Field{
		codeField("med_adherence", "服药依从性", numbered("按医嘱规律用药", "间断用药", "不用药", "医嘱勿需用药")...).must(),
		codeField("adr", "药物不良反应", Option{Code: 1, Label: "无"}, Option{Code: adverseMental, Label: "有"}, Option{Code: notApplicable, Label: "此项不适用"}).must(),
		textField("adr_text", "药物不良反应说明", longText).requiredWhen("adr", adverseMental),
		boolField("adr_severe", "有严重药物不良反应").conflictsWith("adr", 1, notApplicable),
		codeField("effect", "治疗效果", append(numbered("痊愈", "好转", "无变化", "加重"), Option{Code: notApplicable, Label: "此项不适用"})...).must(),
		drugRows("meds", "用药情况", 3),
		drugRows("meds_guided", "用药指导", 3),
	}
}
