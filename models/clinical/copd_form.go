package clinical

import "slices"

// copdFields is 慢阻肺病随访 (domain §3.9; code sets it leaves open with "…" are
// completed here and can be extended at their end, domain §11.2).
func copdFields() []Field {
	const c = "domain §3.9"
	signs := slices.Concat([]Field{
		codeField("cyanosis", "口唇紫绀", numbered("无", "有")...).starred(),
		codeField("oedema", "外周水肿", numbered("无", "有")...).starred(),
		intField("respiration", "呼吸频率", "次/分", 5, 60).starred(),
		intField("heart_rate", "心率", "次/分", 30, 220).starred(),
		intField("spo2", "血氧饱和度", "%", 50, 100).starred().decisive(),
	}, bodyFields(), []Field{textField("sign_other", "其他体征", longText)})
	ratio := decimalField("fev1_fvc", "FEV1/FVC", "%", 10, 100)
	ratio.Computed = &Computed{Formula: "percent", From: []string{"fev1", "fvc"}}
	exams := []Field{
		decimalField("fev1", "第一秒用力呼气容积(FEV1)", "L", 0.1, 8).places(2),
		decimalField("fvc", "用力肺活量(FVC)", "L", 0.1, 10).places(2),
		ratio,
		textField("aux_exam", "其他辅助检查", longText),
	}
	comorbidity := withOther(codesField("comorbidity", "合并症",
		numbered("无", "感染", "肺癌", "心血管疾病", "骨质疏松", "焦虑或抑郁", "胃食管反流", "其他")...).alone(1).must())
	vaccines := append([]Field{codeField("vaccination", "疫苗免疫史", numbered("无", "有")...).must()},
		withOther(codesField("vaccines", "接种的疫苗", numbered("流感疫苗", "新冠病毒疫苗", "肺炎球菌疫苗", "其他")...).
			requiredWhen("vaccination", 2).conflictsWith("vaccination", 1))...)
	return slices.Concat(
		section(sectionSymptoms, c, append(
			symptomFields("无症状", "呼吸困难", "发热", "咳嗽", "咳痰", "喘息", "胸闷", "其他"),
			dangerSignField("静息时突然出现的呼吸困难", "意识改变", "新出现或加重的紫绀", "新出现的外周水肿", "吸氧后血氧饱和度仍低", "新出现的心律失常", "其他不能处理的疾病"))...),
		section(sectionSigns, c, signs...),
		section("合并症与免疫", c, slices.Concat(comorbidity, vaccines)...),
		section(sectionLifestyle, c, slices.Concat(withTarget(intField("smoke", "日吸烟量", "支/日", 0, 100).must()), sportFields(), attitudeFields())...),
		section(sectionExam, c, exams...),
		section(sectionDrugs, c, slices.Concat(adherenceFields(), []Field{drugRows("meds", "用药情况", 3), drugRows("meds_adjusted", "用药调整意见", 3)})...),
		section("家庭治疗", c, slices.Concat(
			homeTherapyFields("home_oxygen", "家庭氧疗"), homeTherapyFields("nippv", "无创呼吸机使用"))...),
		section(sectionOutcome, c, outcomeFields()...),
		section(sectionReferral, c, referralFields("连续两次随访控制不满意")...),
	)
}

// homeTherapyFields are a treatment at home: whether, how long, and its reactions.
func homeTherapyFields(key, label string) []Field {
	return []Field{
		codeField(key, label, numbered("无", "有")...).must(),
		decimalField(key+"_hours", label+"时长", "小时/日", 0.1, 24).requiredWhen(key, 2).conflictsWith(key, 1),
		codeField(key+"_adr", label+"不良反应", numbered("无", "有")...).requiredWhen(key, 2).conflictsWith(key, 1),
		textField(key+"_adr_text", label+"不良反应说明", longText).requiredWhen(key+"_adr", adrPresent),
	}
}
