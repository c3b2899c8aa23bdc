package clinical

import "slices"

// The kinds of visit of domain §3.8, the codes of visit_kind.
const (
	TBFirst   = 1 // 第一次入户随访
	TBRegular = 2 // 随访
)

// The reasons 停止治疗 (domain §3.8, §2.2 code 07).
const (
	stopCompleted = 1 // 完成疗程
	stopTransfer  = 4 // 转入耐多药治疗
)

// Codes of domain §3.8 that the rule reads.
const (
	drugResistant = 1
	notMastered   = 2
	noOwnRoom     = 2
	poorAir       = 3
)

var tbVisits = variants{codeField("visit_kind", "随访类型", numbered("第一次入户随访", "随访")...).must().decisive()}

// tbTeaching are the nine subjects of 健康教育及培训.
var tbTeaching = []struct{ key, label string }{
	{"teach_record", "服药记录卡的填写"}, {"teach_storage", "服药方法及药品存放"}, {"teach_course", "肺结核治疗疗程"},
	{"teach_irregular", "不规律服药的危害"}, {"teach_adverse", "服药后不良反应及处理"}, {"teach_recheck", "治疗期间复诊查痰"},
	{"teach_travel", "外出期间如何坚持服药"}, {"teach_habits", "生活习惯及注意事项"}, {"teach_contacts", "密切接触者检查"},
}

// tuberculosisFields are the first home visit, the regular visit and its closing in
// one. The two kinds of visit number the symptoms differently (domain §3.8): the code
// sets stay apart.
func tuberculosisFields() []Field {
	const c = "domain §3.8"
	first, regular := []int{TBFirst}, []int{TBRegular}
	firstSymptoms := codesField("symptoms_first", "症状及体征", Option{Code: 0, Label: "没有症状"}, Option{Code: 1, Label: "咳嗽咳痰"}, Option{Code: 2, Label: "低热盗汗"},
		Option{Code: 3, Label: "咯血或血痰"}, Option{Code: 4, Label: "胸痛消瘦"}, Option{Code: 5, Label: "恶心纳差"}, Option{Code: 6, Label: "头痛失眠"},
		Option{Code: 7, Label: "视物模糊"}, Option{Code: 8, Label: "皮肤瘙痒、皮疹"}, Option{Code: 9, Label: "耳鸣、听力下降"}, Option{Code: 10, Label: "其他"}).alone(0).must()
	symptoms := codesField("symptoms", "症状及体征", Option{Code: 0, Label: "没有症状"}, Option{Code: 1, Label: "咳嗽咳痰"}, Option{Code: 2, Label: "低热盗汗"},
		Option{Code: 3, Label: "咯血或血痰"}, Option{Code: 4, Label: "胸痛消瘦"}, Option{Code: 5, Label: "恶心纳差"}, Option{Code: 6, Label: "关节疼痛"}, Option{Code: 7, Label: "头痛失眠"},
		Option{Code: 8, Label: "视物模糊"}, Option{Code: 9, Label: "皮肤瘙痒、皮疹"}, Option{Code: 10, Label: "耳鸣、听力下降"}, Option{Code: 11, Label: "其他"}).alone(0).must()
	return slices.Concat(
		section("随访类型", c, slices.Concat([]Field{tbVisits.selector},
			tbVisits.only(regular, intField("treatment_month", "治疗月序", "月", 1, 36).must().decisive()))...),
		section("患者情况", c, tbVisits.only(first,
			codeField("patient_type", "患者类型", numbered("初治", "复治")...).must(),
			codeField("sputum", "痰菌情况", numbered("阳性", "阴性", "未查痰")...).must(),
			codeField("drug_resistance", "耐药情况", numbered("耐药", "非耐药", "未检测")...).must())...),
		section(sectionSymptoms, c, slices.Concat(
			tbVisits.only(first, withOther(firstSymptoms)...), tbVisits.only(regular, withOther(symptoms)...),
			[]Field{dangerSignField("大咯血", "静息时呼吸困难", "意识改变", "严重药物过敏反应", "其他不能处理的疾病")})...),
		section(sectionDrugs, c, tbDrugFields()...),
		section("居住环境", c, tbVisits.only(first,
			codeField("own_room", "单独的居室", numbered("有", "无")...).must(),
			codeField("air", "通风情况", numbered("良好", "一般", "差")...).must())...),
		section(sectionLifestyle, c, consumptionFields()...),
		section("健康教育及培训", c, tbVisits.only(first, tbTeachingFields()...)...),
		section("停止治疗", c, tbVisits.only(regular, tbClosingFields()...)...),
		section(sectionOutcome, c, append([]Field{textField("opinion", "处理意见", longText)},
			plainOutcomeFields(numbered("治疗规律", "漏服药", "药物不良反应", "并发症或合并症")...)...)...),
		section(sectionReferral, c, plainReferralFields(Option{Code: ReasonMissedDoses, Label: "漏服药一周及以上"},
			Option{Code: ReasonAdverseHard, Label: "药物不良反应"}, Option{Code: ReasonNewComplication, Label: "并发症或合并症"})...),
	)
}

// tbDrugFields are the treatment of both kinds of visit, and what went wrong with it.
func tbDrugFields() []Field {
	return slices.Concat(
		[]Field{
			textField("regimen", "化疗方案", shortText).must(),
			codeField("usage", "用法", numbered("每日", "间歇")...).must(),
			codesField("dosage_form", "药品剂型", numbered("固定剂量复合制剂", "散装药", "板式组合药", "注射剂")...).must(),
		},
		withOther(codeField("supervisor", "督导人员", numbered("医生", "家属", "自服药", "其他")...).must()),
		tbVisits.only([]int{TBFirst}, textField("pickup_place", "取药地点", shortText),
			Field{Key: "pickup_on", Label: "取药时间", Type: TypeDate}),
		tbVisits.only([]int{TBRegular},
			intField("missed_doses", "漏服药次数", "次", 0, 400).must(),
			codeField("adr", "药物不良反应", numbered("无", "有")...).must(),
			textField("adr_text", "药物不良反应说明", longText).requiredWhen("adr", adrPresent),
			codeField("tb_complication", "并发症或合并症", numbered("无", "有")...).must(),
			textField("tb_complication_text", "并发症或合并症说明", longText).requiredWhen("tb_complication", adrPresent)))
}

func tbTeachingFields() []Field {
	var fields []Field
	for _, x := range tbTeaching {
		fields = append(fields, codeField(x.key, x.label, numbered("掌握", "未掌握")...).must())
	}
	return fields
}

// tbClosingFields are 全程管理情况; the adherence is computed.
func tbClosingFields() []Field {
	rate := decimalField("adherence", "服药率", "%", 0, 100).serverOnly("percent", "doses_taken", "doses_due")
	return []Field{
		pastDateField("stopped_on", "停止治疗时间").requiredWhen("stop_reason"),
		codeField("stop_reason", "停止治疗原因", numbered("完成疗程", "死亡", "丢失", "转入耐多药治疗")...).requiredWhen("stopped_on"),
		intField("visits_due", "应访视患者次数", "次", 0, 999).requiredWhen("stop_reason"),
		intField("visits_made", "实际访视次数", "次", 0, 999).requiredWhen("stop_reason"),
		intField("doses_due", "应服药次数", "次", 1, 2000).requiredWhen("stop_reason"),
		intField("doses_taken", "实际服药次数", "次", 0, 2000).requiredWhen("stop_reason"),
		rate,
		textField("assessor", "评估医生", shortText),
	}
}
