package clinical

// The sections of a form, in the order of the paper.
const (
	sectionSymptoms  = "症状"
	sectionSigns     = "体征"
	sectionLifestyle = "生活方式指导"
	sectionExam      = "辅助检查"
	sectionDrugs     = "用药"
	sectionOutcome   = "随访结论"
	sectionReferral  = "转诊"
)

// The lengths of text fields, in characters.
const (
	shortText = 64 // domain §3.1 item 4
	longText  = 500
)

// Codes of the shared fields that the rules read.
const (
	adrAbsent  = 1 // 无
	adrPresent = 2 // 有

	regularMeds = 1 // 规律
	noMeds      = 3 // 不服药

	complicationNew   = 2 // 出现新的并发症
	complicationWorse = 3 // 原有并发症加重

	poorAdjustment = 3 // 差, of psychology and compliance_behaviour
	heavySalt      = 3 // 重
)

// section puts fields into a section and gives those without a clause the clause.
func section(name, clause string, fields ...Field) []Field {
	for i := range fields {
		fields[i].Section = name
		if fields[i].Clause == "" {
			fields[i].Clause = clause
		}
	}
	return fields
}

// withTarget is a 现/目标 pair.
func withTarget(f Field) []Field { return []Field{f, f.target()} }

func clause(f Field, clause string) Field { f.Clause = clause; return f }

func symptomFields(labels ...string) []Field {
	other := len(labels)
	return []Field{
		codesField("symptoms", "症状", numbered(labels...)...).alone(1).must(),
		textField("symptom_other", "其他症状", shortText).requiredWhen("symptoms", other),
	}
}

func dangerSignField(labels ...string) Field {
	return codesField("danger_signs", "危急体征", numbered(labels...)...)
}

// pressureFields are 收缩压 and 舒张压; one without the other is no measurement.
func pressureFields() []Field {
	return []Field{
		clause(intField("sbp", "收缩压", "mmHg", 60, 300).starred().requiredWhen("dbp"), "domain §3.1 item 5"),
		clause(intField("dbp", "舒张压", "mmHg", 30, 200).starred().requiredWhen("sbp"), "domain §3.1 item 6"),
	}
}

// bodyFields are weight, height, the body-mass index they give, and waist.
func bodyFields() []Field {
	height := decimalField("height", "身高", "cm", 80, 230)
	height.Carried = true
	bmi := decimalField("bmi", "体质指数", "kg/m²", 10, 60)
	bmi.Computed = &Computed{Formula: "bmi", From: []string{"weight", "height"}}
	bmiTarget := bmi.target()
	bmiTarget.Computed = &Computed{Formula: "bmi", From: []string{"weight_target", "height"}}
	fields := withTarget(decimalField("weight", "体重", "kg", 20, 300).starred())
	return append(fields, height, bmi, bmiTarget, decimalField("waist", "腰围", "cm", 40, 200))
}

func habitFields() []Field { return append(consumptionFields(), sportFields()...) }

// consumptionFields are smoking and drinking.
func consumptionFields() []Field {
	fields := withTarget(intField("smoke", "日吸烟量", "支/日", 0, 100).must())
	return append(fields, withTarget(decimalField("drink", "日饮酒量(白酒当量)", "两/日", 0, 50).must())...)
}

func sportFields() []Field {
	fields := withTarget(intField("sport_times", "运动次数", "次/周", 0, 21).must())
	return append(fields, withTarget(intField("sport_minutes", "运动时长", "分钟/次", 0, 600).must())...)
}

// attitudeFields are 心理调整 and 遵医行为.
func attitudeFields() []Field {
	return []Field{
		codeField("psychology", "心理调整", numbered("良好", "一般", "差")...).must(),
		codeField("compliance_behaviour", "遵医行为", numbered("良好", "一般", "差")...).must(),
	}
}

// adherenceFields are 服药依从性 and 药物不良反应. The local code 4 is stored as
// the national 3 (domain §3.1 item 20).
func adherenceFields() []Field {
	adherence := numbered("规律", "间断", "不服药", "拒绝服药")
	adherence[3].StoredAs = noMeds
	return []Field{
		codeField("med_adherence", "服药依从性", adherence...).must(),
		codeField("adr", "药物不良反应", numbered("无", "有")...).must(),
		textField("adr_text", "药物不良反应说明", longText).requiredWhen("adr", adrPresent),
		Field{Key: "adr_hard_to_control", Label: "不良反应难以控制", Type: TypeBool}.conflictsWith("adr", adrAbsent),
	}
}

// drugsField is 用药情况, the three drugs and "other" of the paper (domain §3.1 item 23).
func drugsField() Field { return drugRows("meds", "用药情况", 4) }

func drugRows(key, label string, most int) Field {
	dose := decimalField("dose", "每次用量", "", 0, 9999)
	dose.Places = 3
	return Field{
		Key: key, Label: label, Type: TypeRows, MaxRows: most,
		Columns: []Field{
			textField("name", "药物名称", shortText).must(),
			intField("times_per_day", "每日次数", "次/日", 1, 24),
			dose,
			codeField("unit", "用量单位", numbered("mg", "剂", "片", "丸", "粒", "袋", "支")...),
		},
	}
}

// outcomeFields are the conclusion; what is left empty is computed by the rule.
func outcomeFields() []Field {
	next := Field{Key: "next_date", Label: "下次随访日期", Type: TypeDate, DateRule: AfterVisit}
	return []Field{
		codeField("complication", "并发症", numbered("无", "出现新的并发症", "原有并发症加重")...),
		codeField("classification", "此次随访分类", numbered("控制满意", "控制不满意", "不良反应", "并发症")...),
		textField("classification_reason", "分类调整理由", longText),
		codeField("next_step", "下一步管理措施",
			numbered("常规随访", "第1次控制不满意2周随访", "两次控制不满意转诊随访", "紧急转诊")...),
		next,
		textField("remark", "备注", longText),
	}
}

// referralFields are 转诊; twice names the first reason, which differs by programme.
func referralFields(twice string) []Field {
	return referralDetails(append(numbered(twice, "不良反应难以控制", "新的并发症", "原有并发症加重", "危急情况"),
		Option{Code: ReasonOther, Label: "其他"})...)
}

// referralDetails are the reason, place and result of a referral.
func referralDetails(reasons ...Option) []Field {
	return []Field{
		codesField("referral_reason", "转诊原因", reasons...),
		textField("referral_reason_other", "其他转诊原因", shortText).requiredWhen("referral_reason", ReasonOther),
		textField("referral_org_dept", "转诊机构及科别", shortText).requiredWhen("referral_reason"),
		textField("referral_contact", "转诊联系人", shortText),
		textField("referral_phone", "转诊联系电话", 20),
		codeField("referral_result", "转诊结果", numbered("到位", "不到位")...),
	}
}
