package clinical

import "slices"

// The groups of examinations of the free yearly check (domain §2.3). The codes are
// those of exams_not_done.
const (
	checkBlood    = 1  // 血常规
	checkUrine    = 2  // 尿常规
	checkLiver    = 3  // 肝功能
	checkKidney   = 4  // 肾功能
	checkGlucose  = 5  // 空腹血糖
	checkLipids   = 6  // 血脂
	checkECG      = 7  // 心电图
	checkAbdomen  = 8  // 腹部B超
	checkChestDR  = 9  // 胸部DR正位片, from 2025
	checkHbA1c    = 10 // 糖化血红蛋白, from 2025
	checksUntil24 = 8  // how many of them the check held before 2025
)

var checkLabels = []string{"血常规", "尿常规", "肝功能", "肾功能", "空腹血糖", "血脂", "心电图", "腹部B超", "胸部DR正位片", "糖化血红蛋白"}

// elderlyFields2017 and elderlyFields2025 are the yearly check before and after the
// chest film and HbA1c were added to it.
func elderlyFields2017() []Field { return elderlyFields(checkLabels[:checksUntil24]) }
func elderlyFields2025() []Field { return elderlyFields(checkLabels) }

// elderlyFields is the yearly check of a person of 65 and over (domain §2.3, §3.3).
func elderlyFields(checks []string) []Field {
	symptoms := symptomFields("无症状", "头痛", "头晕", "心悸", "胸闷", "胸痛", "慢性咳嗽", "咳痰", "呼吸困难", "多饮", "多尿", "体重下降",
		"乏力", "关节肿痛", "视力模糊", "手脚麻木", "尿急", "尿痛", "便秘", "腹泻", "恶心呕吐", "眼花", "耳鸣", "乳房胀痛", "其他")
	screens := []Field{
		codeField("health_self_rating", "健康状态自我评估", numbered("满意", "基本满意", "说不清楚", "不太满意", "不满意")...).must(),
		codeField("cognition_screen", "认知功能粗筛", abnormal(numbered("粗筛阴性", "粗筛阳性"), 2)...).must(),
		intField("mmse_score", "简易智力状态检查总分", "分", 0, 30).requiredWhen("cognition_screen", 2),
		codeField("emotion_screen", "情感状态粗筛", abnormal(numbered("粗筛阴性", "粗筛阳性"), 2)...).must(),
		intField("gds_score", "老年人抑郁评分总分", "分", 0, 30).requiredWhen("emotion_screen", 2),
	}
	habits := append(habitFields(),
		codesField("diet", "饮食习惯", numbered("荤素均衡", "荤食为主", "素食为主", "嗜盐", "嗜油", "嗜糖")...))
	guidance := slices.Concat(
		withOther(codesField("risk_control", "危险因素控制", numbered("戒烟", "健康饮酒", "饮食", "锻炼", "减体重", "建议接种疫苗", "其他")...)),
		[]Field{codesField("guidance", "健康指导", numbered("纳入慢性病患者健康管理", "建议复查", "建议转诊")...)})
	return slices.Concat(
		section(sectionSymptoms, "domain §2.3", symptoms...),
		section("自我评估与粗筛", "domain §3.3", screens...),
		section("生活自理能力评估", "domain §3.3", selfCareFields()...),
		section(sectionLifestyle, "domain §2.3", habits...),
		section(sectionSigns, "domain §2.3", elderlySigns()...),
		section(sectionExam, "domain §2.3", elderlyChecks(checks)...),
		section("健康指导", "domain §2.3", guidance...),
		section(sectionDrugs, "domain §2.3", drugsField()),
		section(sectionOutcome, "domain §3.0", plainOutcomeFields(numbered("体检无异常", "体检有异常")...)...),
		section(sectionReferral, "domain §3.0", abnormalReferral()...),
	)
}

// elderlySigns are the usual measured values and the physical examination.
func elderlySigns() []Field {
	fields := slices.Concat([]Field{
		decimalField("temperature", "体温", "℃", 34, 43).must(),
		intField("pulse", "脉率", "次/分", 30, 220).must(),
		intField("respiration", "呼吸频率", "次/分", 5, 60).must(),
	}, pressureFields(), bodyFields(), []Field{
		decimalField("vision_left", "左眼视力", "", 0, 5.3),
		decimalField("vision_right", "右眼视力", "", 0, 5.3),
		codeField("hearing", "听力", abnormal(numbered("听见", "听不清或无法听见"), 2)...),
		codeField("movement", "运动功能", abnormal(numbered("可顺利完成", "无法独立完成任何一个动作"), 2)...),
	})
	for _, organ := range []struct{ key, label string }{
		{"skin", "皮肤"}, {"sclera", "巩膜"}, {"lymph", "淋巴结"}, {"lungs", "肺部"}, {"heart", "心脏"}, {"abdomen", "腹部"}, {"feet", "下肢及足背动脉"},
	} {
		fields = append(fields, examinedFields(organ.key, organ.label)...)
	}
	return fields
}

// elderlyChecks are the examinations. Each is required unless it is named in
// exams_not_done, with a reason: the check is then saved, but not complete.
func elderlyChecks(checks []string) []Field {
	urine := func(key, label string) Field {
		return codeField(key, label, abnormal(numbered("-", "±", "+", "++", "+++", "++++"), 3, 4, 5, 6)...)
	}
	groups := map[int][]Field{
		checkBlood: {
			intField("hb", "血红蛋白", "g/L", 20, 250),
			decimalField("wbc", "白细胞", "×10⁹/L", 0.1, 500),
			intField("plt", "血小板", "×10⁹/L", 1, 2000),
		},
		checkUrine: {urine("urine_protein", "尿蛋白"), urine("urine_glucose", "尿糖"), urine("urine_ketone", "尿酮体"), urine("urine_blood", "尿潜血")},
		checkLiver: {
			decimalField("alt", "血清谷丙转氨酶", "U/L", 0, 5000),
			decimalField("ast", "血清谷草转氨酶", "U/L", 0, 5000),
			decimalField("tbil", "总胆红素", "μmol/L", 0, 1000),
		},
		checkKidney:  {decimalField("creatinine", "血清肌酐", "μmol/L", 10, 3000), decimalField("bun", "血尿素氮", "mmol/L", 0.1, 100)},
		checkGlucose: {decimalField("fpg", "空腹血糖", "mmol/L", 1.0, 33.3)},
		checkLipids:  lipidFields(),
		checkECG:     examinedFields("ecg", "心电图"),
		checkAbdomen: examinedFields("abdominal_us", "腹部B超"),
		checkChestDR: examinedFields("chest_dr", "胸部DR正位片"),
		checkHbA1c:   {decimalField("hba1c", "糖化血红蛋白", "%", 3.0, 20.0)},
	}
	notDone := codesField("exams_not_done", "未做的检查项目", numbered(checks...)...)
	fields := []Field{notDone, textField("exams_not_done_reason", "未做检查的原因", shortText).requiredWhen(notDone.Key)}
	for i := range checks {
		for _, f := range groups[i+1] {
			f = f.conflictsWith(notDone.Key, i+1)
			if f.Type != TypeText {
				f.Required, f.RequiredUnless = true, []Condition{{notDone.Key, []int{i + 1}}}
			}
			fields = append(fields, f)
		}
	}
	return fields
}

// lipidFields are 血脂 in mmol/L; above the bounds is high by common guidance.
func lipidFields() []Field {
	return []Field{
		decimalField("tc", "总胆固醇", "mmol/L", 0.5, 30).places(2),
		decimalField("tg", "甘油三酯", "mmol/L", 0.1, 60).places(2),
		decimalField("ldl", "低密度脂蛋白胆固醇", "mmol/L", 0.1, 25).places(2),
		decimalField("hdl", "高密度脂蛋白胆固醇", "mmol/L", 0.1, 10).places(2),
	}
}
