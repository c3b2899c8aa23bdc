package clinical

import "slices"

// The visits of a pregnancy (domain §2.3, §3.5), the codes of visit_kind.
const (
	MaternalFirst      = 1 // 第1次产前, before 13 weeks
	MaternalSecond     = 2 // 16–20 weeks
	MaternalThird      = 3 // 21–24
	MaternalFourth     = 4 // 28–36
	MaternalFifth      = 5 // 37–40
	MaternalPostpartum = 6 // 产后访视
	MaternalDay42      = 7 // 产后42天健康检查
)

// Codes of 处理 at the 42-day check.
const disposalClose = 1 // 结案

var maternalKind = codeField("visit_kind", "随访类型",
	numbered("第1次产前检查", "第2次产前随访", "第3次产前随访", "第4次产前随访", "第5次产前随访", "产后访视", "产后42天健康检查")...).must().decisive()

var maternalVisits = variants{maternalKind}

var (
	antenatal = []int{MaternalFirst, MaternalSecond, MaternalThird, MaternalFourth, MaternalFifth}
	laterOnes = []int{MaternalSecond, MaternalThird, MaternalFourth, MaternalFifth}
	postnatal = []int{MaternalPostpartum, MaternalDay42}
)

// The normal ranges of domain §3.5; where it gives none, common guidance.
const (
	foetalHeartLow   = 110  // 次/分
	foetalHeartHigh  = 160  // 次/分
	lowHbPregnant    = 110  // g/L, by common guidance
	feverPostpartum  = 38.0 // ℃, above 37.9 points to an infection, by common guidance
	expectingFPGHigh = 5.0  // mmol/L, 5.1 and above is above normal (expectingFPG)
)

// maternalFields are the five antenatal forms, the postpartum visit and the 42-day
// check in one (domain §3.5).
func maternalFields() []Field {
	const c = "domain §3.5"
	v := maternalVisits
	pregnancy := slices.Concat([]Field{v.selector},
		v.only(antenatal,
			intField("gest_weeks", "孕周", "周", 4, 43).must().decisive(),
			intField("gest_days", "孕周(不足一周的天数)", "天", 0, 6)),
		v.only(antenatal, pastDateField("lmp", "末次月经")),
		v.only(antenatal, Field{Key: "edd", Label: "预产期", Type: TypeDate}),
		v.only(postnatal, pastDateField("delivery_date", "分娩日期").must(), pastDateField("discharge_date", "出院日期")),
		v.only(laterOnes, textField("complaint", "主诉", longText)))
	return slices.Concat(
		section("基本情况", c, pregnancy...),
		section("第1次产前检查", c, v.only([]int{MaternalFirst}, maternalHistoryFields()...)...),
		section(sectionSymptoms, "domain §3.5", dangerSignField("阴道流血", "胎膜早破", "胎动异常", "抽搐", "剧烈头痛或视物模糊", "剧烈腹痛", "呼吸困难不能平卧", "其他危急情况")),
		section(sectionSigns, c, maternalSigns()...),
		section(sectionExam, c, v.only([]int{MaternalFirst}, maternalLabFields()...)...),
		section("妊娠风险", c, maternalRiskFields()...),
		section("指导", c, maternalGuidance()...),
		section(sectionOutcome, c, append(plainOutcomeFields(numbered("未见异常(产后42天:已恢复)", "异常(产后42天:未恢复)")...),
			v.only([]int{MaternalDay42}, codeField("disposal", "处理", numbered("结案", "转诊")...).must().decisive())...)...),
		section(sectionReferral, c, abnormalReferral()...),
	)
}

// maternalHistoryFields are the person, the history and the physical examination of
// the first visit.
func maternalHistoryFields() []Field {
	fields := []Field{
		intField("age", "孕妇年龄", "岁", 10, 60).must(),
		textField("husband_name", "丈夫姓名", shortText),
		intField("husband_age", "丈夫年龄", "岁", 15, 99),
		textField("husband_phone", "丈夫电话", 20),
		intField("gravidity", "孕次", "次", 1, 30).must(),
		intField("vaginal_births", "阴道分娩", "次", 0, 20).must(),
		intField("caesareans", "剖宫产", "次", 0, 20).must(),
	}
	fields = append(fields, withOther(codesField("past_history", "既往史",
		abnormal(numbered("无", "心脏病", "肾脏疾病", "肝脏疾病", "高血压", "贫血", "糖尿病", "其他"), 2, 3, 4, 5, 6, 7)...).alone(1).must())...)
	fields = append(fields, withOther(codesField("family_history", "家族史", numbered("无", "遗传性疾病史", "精神疾病史", "其他")...).alone(1).must())...)
	fields = append(fields, withOther(codesField("personal_history", "个人史",
		numbered("无特殊", "吸烟", "饮酒", "服用药物", "接触有毒有害物质", "接触放射线", "其他")...).alone(1).must())...)
	fields = append(fields,
		codeField("gyn_surgery", "妇产科手术史", numbered("无", "有")...).must(),
		textField("gyn_surgery_text", "妇产科手术史说明", shortText).requiredWhen("gyn_surgery", 2),
		intField("miscarriages", "流产", "次", 0, 20),
		intField("foetal_deaths", "死胎", "次", 0, 20),
		intField("stillbirths", "死产", "次", 0, 20),
		intField("neonatal_deaths", "新生儿死亡", "次", 0, 20),
		intField("birth_defects", "出生缺陷儿", "个", 0, 20))
	for _, organ := range []struct{ key, label string }{
		{"heart", "心脏听诊"}, {"lungs", "肺部听诊"}, {"vulva", "外阴"}, {"vagina", "阴道"}, {"cervix", "宫颈"}, {"womb", "子宫检查"}, {"adnexa", "附件"},
	} {
		fields = append(fields, examinedFields(organ.key, organ.label)...)
	}
	return fields
}

// maternalLabFields are the laboratory values and imaging of the first visit.
func maternalLabFields() []Field {
	tested := func(key, label string) Field {
		return codeField(key, label, abnormal(numbered("阴性", "阳性"), 2)...)
	}
	fields := []Field{
		decimalField("wbc", "白细胞", "×10⁹/L", 0.1, 500),
		intField("plt", "血小板", "×10⁹/L", 1, 2000),
		textField("urine_other", "尿常规其他", shortText),
		codeField("blood_abo", "血型ABO", numbered("A型", "B型", "O型", "AB型", "不详")...),
		codeField("blood_rh", "血型Rh", abnormal(numbered("阴性", "阳性", "不详"), 1)...),
		decimalField("fpg", "血糖", "mmol/L", 1.0, 33.3).normalUntil(expectingFPGHigh),
		decimalField("alt", "血清谷丙转氨酶", "U/L", 0, 5000),
		decimalField("ast", "血清谷草转氨酶", "U/L", 0, 5000),
		decimalField("albumin", "白蛋白", "g/L", 5, 100),
		decimalField("tbil", "总胆红素", "μmol/L", 0, 1000),
		decimalField("dbil", "结合胆红素", "μmol/L", 0, 1000),
		decimalField("creatinine", "血清肌酐", "μmol/L", 10, 3000),
		decimalField("bun", "血尿素氮", "mmol/L", 0.1, 100),
	}
	fields = append(fields, withOther(codesField("vaginal_discharge", "阴道分泌物", abnormal(numbered("未见异常", "滴虫", "假丝酵母菌", "其他"), 2, 3)...).alone(1))...)
	return append(fields,
		codeField("vaginal_cleanliness", "阴道清洁度", abnormal(numbered("Ⅰ度", "Ⅱ度", "Ⅲ度", "Ⅳ度"), 3, 4)...),
		tested("hbsag", "乙型肝炎表面抗原"), codeField("hbsab", "乙型肝炎表面抗体", numbered("阴性", "阳性")...),
		codeField("hbeag", "乙型肝炎e抗原", numbered("阴性", "阳性")...), codeField("hbeab", "乙型肝炎e抗体", numbered("阴性", "阳性")...),
		codeField("hbcab", "乙型肝炎核心抗体", numbered("阴性", "阳性")...),
		tested("syphilis", "梅毒血清学试验"), tested("hiv", "HIV抗体检测"),
		textField("ultrasound", "B超", longText))
}

// maternalSigns are the signs of every visit and those of one kind of visit.
func maternalSigns() []Field {
	v := maternalVisits
	weight := bodyFields()
	fields := slices.Concat(pressureFields(),
		v.only(antenatal, weight[0]),
		v.only([]int{MaternalFirst}, weight[2].must(), weight[3]),
		v.only(laterOnes,
			decimalField("fundal_height", "宫底高度", "cm", 5, 50),
			decimalField("abdominal_girth", "腹围", "cm", 50, 150),
			codeField("foetal_position", "胎位", numbered("头位", "臀位", "横位", "其他", "不清")...),
			intField("foetal_heart", "胎心率", "次/分", 60, 220).normalFrom(foetalHeartLow).normalUntil(foetalHeartHigh).must()),
		v.only(antenatal,
			intField("hb", "血红蛋白", "g/L", 20, 250).normalFrom(lowHbPregnant),
			codeField("urine_protein", "尿蛋白", abnormal(numbered("-", "±", "+", "++", "+++", "++++"), 3, 4, 5, 6)...)),
		v.only(laterOnes, textField("other_exam", "其他辅助检查", longText)))
	var organs []Field
	for _, organ := range []struct{ key, label string }{{"breasts", "乳房"}, {"lochia", "恶露"}, {"uterus", "子宫"}, {"wound", "伤口"}} {
		organs = append(organs, examinedFields(organ.key, organ.label)...)
		organs[len(organs)-2] = organs[len(organs)-2].must()
	}
	return slices.Concat(fields,
		v.only(postnatal, textField("general_health", "一般健康情况", longText), textField("general_mood", "一般心理状况", longText)),
		v.only([]int{MaternalPostpartum}, decimalField("temperature", "体温", "℃", 34, 43).normalUntil(feverPostpartum-0.1).must()),
		v.only(postnatal, organs...))
}

// maternalRiskFields are the five colours 妊娠风险分级 with their day.
func maternalRiskFields() []Field {
	return []Field{
		codeField("pregnancy_risk", "妊娠风险分级", abnormal(numbered("绿色", "黄色", "橙色", "红色", "紫色"), 3, 4, 5)...),
		pastDateField("pregnancy_risk_date", "妊娠风险评估日期").requiredWhen("pregnancy_risk"),
	}
}

// maternalGuidance are the sets of guidance, which differ by visit.
func maternalGuidance() []Field {
	var fields []Field
	for _, set := range []struct {
		key    string
		kinds  []int
		labels []string
	}{
		{"guidance_first", []int{MaternalFirst}, []string{"生活方式", "心理", "营养", "避免致畸因素和疾病对胚胎的不良影响", "产前筛查宣传告知", "其他"}},
		{"guidance_second", []int{MaternalSecond}, []string{"生活方式", "营养", "心理", "运动", "其他"}},
		{"guidance_third", []int{MaternalThird}, []string{"生活方式", "营养", "心理", "运动", "自我监护", "母乳喂养", "其他"}},
		{"guidance_late", []int{MaternalFourth, MaternalFifth}, []string{"生活方式", "营养", "心理", "运动", "自我监护", "母乳喂养", "分娩准备", "其他"}},
		{"guidance_postpartum", []int{MaternalPostpartum}, []string{"个人卫生", "心理", "营养", "母乳喂养", "新生儿护理与喂养", "其他"}},
		{"guidance_day42", []int{MaternalDay42}, []string{"心理保健", "性保健与避孕", "婴儿喂养", "产妇营养", "其他"}},
	} {
		fields = append(fields, maternalVisits.only(set.kinds, withOther(codesField(set.key, "保健指导", numbered(set.labels...)...).must())...)...)
	}
	return fields
}
