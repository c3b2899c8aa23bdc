package clinical

import "slices"

// The three forms of child health (domain §3.6), as the codes of age_group they are for.
var (
	babyAges    = []int{1, 2, 3, 4}    // 满月, 3, 6, 8 months
	toddlerAges = []int{5, 6, 7, 8}    // 12, 18, 24, 30 months
	olderAges   = []int{9, 10, 11, 12} // 3 to 6 years
	underThree  = slices.Concat(babyAges, toddlerAges)
	hearingAges = []int{3, 5, 7, 9}       // 6, 12, 24, 36 months, domain §2.3
	visionAges  = []int{10, 11, 12}       // 4 to 6 years
	toothAges   = []int{3, 4, 5, 6, 7, 8} // from 6 months
)

const (
	lowHbChild  = 110 // g/L, anaemia below, by common guidance
	lowVision   = 0.6 // decimal notation, below is referred, by common guidance
	warningNone = 0   // 预警征象: 未发现
)

var childAges = variants{codeField("age_group", "月龄(年龄)", childAgeOptions()...).must().decisive()}

func childAgeOptions() []Option {
	var options []Option
	for _, c := range childContacts {
		options = append(options, Option{Code: c.code, Label: c.label})
	}
	return options
}

// childFields is 1–8月龄, 12–30月龄 and 3–6岁儿童健康检查记录表 in one (domain §3.6).
func childFields() []Field {
	const c = "domain §3.6"
	illness := withOther(codesField("illness", "两次随访间患病情况", numbered("无", "肺炎", "腹泻", "外伤", "其他")...).alone(1).must())
	for code, x := range []struct{ key, label string }{{"pneumonia_times", "肺炎次数"}, {"diarrhoea_times", "腹泻次数"}, {"injury_times", "外伤次数"}} {
		illness = append(illness, intField(x.key, x.label, "次", 1, 50).requiredWhen("illness", code+2))
	}
	guidance := slices.Concat(
		withOther(codesField("guidance", "指导", numbered("科学喂养(合理膳食)", "生长发育", "疾病预防", "预防伤害", "口腔保健", "其他")...).must()),
		childAges.only([]int{3, 5, 6, 7, 8, 9}, codesField("tcm_guidance", "中医药健康指导",
			numbered("饮食调养", "起居调摄", "传授摩腹捏脊方法", "传授按揉迎香足三里方法", "传授按揉四神聪方法", "其他")...)))
	return slices.Concat(
		section("月龄", c, childAges.selector),
		section("生长", c, childGrowth()...),
		section(sectionSigns, c, childSigns()...),
		section("预警征象", c, childWarnings()...),
		section(sectionLifestyle, c, childAges.only(underThree,
			decimalField("outdoor_hours", "户外活动", "小时/日", 0, 16).must(),
			intField("vitamin_d", "服用维生素D", "IU/日", 0, 4000).must())...),
		section("患病情况", c, illness...),
		section("指导", c, guidance...),
		section(sectionOutcome, c, plainOutcomeFields(numbered("未见异常", "异常")...)...),
		section(sectionReferral, c, plainReferralFields(Option{Code: ReasonAbnormal, Label: "检查发现异常"},
			Option{Code: ReasonDevelopment, Label: "有发育预警征象"})...),
	)
}

// childGrowth are weight, length, head and blood.
func childGrowth() []Field {
	grade := func(key, label string) Field {
		return codeField(key, label, abnormal(numbered("上", "中", "下"), 3)...).must()
	}
	return slices.Concat([]Field{
		decimalField("weight", "体重", "kg", 1, 60).places(2).must(), grade("weight_grade", "体重评价"),
		decimalField("height", "身长(身高)", "cm", 35, 150).must(), grade("height_grade", "身长(身高)评价"),
	},
		childAges.only(babyAges, decimalField("head", "头围", "cm", 25, 60).must()),
		childAges.only(toddlerAges, decimalField("head_later", "头围(12月龄及以后)", "cm", 25, 60)),
		childAges.only(olderAges, codeField("growth", "体格发育评价", abnormal(numbered("正常", "低体重", "消瘦", "生长迟缓", "超重"), 2, 3, 4, 5)...).must()),
		[]Field{intField("hb", "血红蛋白", "g/L", 20, 250).normalFrom(lowHbChild)})
}

// childSigns are what is looked at; some belong to some ages only.
func childSigns() []Field {
	var every []Field
	for _, organ := range []struct{ key, label string }{
		{"skin", "皮肤"}, {"eyes", "眼睛"}, {"ears", "耳外观"}, {"chest", "胸部(心肺)"}, {"abdomen", "腹部"}, {"limbs", "四肢"},
	} {
		every = append(every, examinedFields(organ.key, organ.label)...)
		every[len(every)-2] = every[len(every)-2].must()
	}
	return slices.Concat(
		childAges.only(underThree, withOther(codeField("complexion", "面色", abnormal(numbered("红润", "黄染", "其他"), 2, 3)...).must())...),
		every,
		childAges.only(underThree,
			codeField("fontanelle", "前囟", numbered("闭合", "未闭")...).must(),
			decimalField("fontanelle_length", "前囟长", "cm", 0, 10).requiredWhen("fontanelle", 2),
			decimalField("fontanelle_width", "前囟宽", "cm", 0, 10).requiredWhen("fontanelle", 2)),
		childAges.only(babyAges, slices.Concat(
			examinedFields("neck_mass", "颈部包块"), examinedFields("mouth", "口腔"), examinedFields("genitals", "肛门及外生殖器"),
			[]Field{codesField("rickets_symptoms", "可疑佝偻病症状", abnormal(numbered("无", "夜惊", "多汗", "烦躁"), 2, 3, 4)...).alone(1)})...),
		childAges.only([]int{1, 2}, codeField("cord", "脐部", abnormal(numbered("未脱", "脱落", "脐部有渗出", "其他"), 3, 4)...)),
		childAges.only(underThree, codesField("rickets_signs", "可疑佝偻病体征",
			abnormal(numbered("无", "颅骨软化", "方颅", "枕秃", "肋串珠", "肋软骨沟", "鸡胸", "手足镯", "“O”型腿", "“X”型腿"), 2, 3, 4, 5, 6, 7, 8, 9, 10)...).alone(1)),
		childAges.only(hearingAges, codeField("hearing", "听力", abnormal(numbered("通过", "未通过"), 2)...).must()),
		childAges.only(toothAges, intField("teeth", "出牙数", "颗", 0, 20)),
		childAges.only(slices.Concat(toddlerAges, olderAges), intField("caries", "龋齿数", "颗", 0, 24).normalUntil(0)),
		childAges.only(toddlerAges, codeField("gait", "步态", abnormal(numbered("未见异常", "异常"), 2)...)),
		childAges.only(visionAges,
			decimalField("vision_left", "左眼视力", "", 0.1, 2.0).normalFrom(lowVision).must(),
			decimalField("vision_right", "右眼视力", "", 0.1, 2.0).normalFrom(lowVision).must()),
		[]Field{textField("sign_other", "其他", longText)},
	)
}

// childWarnings is 发育评估 of each age: the four 预警征象 with their own codes.
func childWarnings() []Field {
	var fields []Field
	for _, c := range childContacts {
		if len(c.warnings) == 0 {
			continue
		}
		options := append([]Option{{Code: warningNone, Label: "未发现"}}, abnormal(numbered(c.warnings...), 1, 2, 3, 4)...)
		fields = append(fields, childAges.only([]int{c.code},
			codesField(c.warningKey(), c.label+"预警征象", options...).alone(warningNone).must())...)
	}
	return fields
}

func (c childContact) warningKey() string { return "warning_" + c.key }
