package clinical

import "slices"

// The normal ranges of a newborn. Domain §3.6 names the fields only; these are the
// usual ones of the newborn home visit.
const (
	newbornTempLow   = 36.0 // ℃
	newbornTempHigh  = 37.4 // ℃
	newbornHeartLow  = 100  // 次/分
	newbornHeartHigh = 160  // 次/分
	newbornRespLow   = 30   // 次/分
	newbornRespHigh  = 60   // 次/分
	apgarLow         = 8    // 7 and below points to asphyxia
	birthWeightLow   = 2.5  // kg, low birth weight below
	birthWeightHigh  = 4.0  // kg, macrosomia from here (normalUntil is the gram below)
)

// newbornFields is 新生儿家庭访视记录表 (domain §3.6).
func newbornFields() []Field {
	const c = "domain §3.6"
	birth := slices.Concat(
		[]Field{intField("gest_weeks", "出生孕周", "周", 20, 44).must()},
		withOther(codesField("mother_illness", "母亲妊娠期患病情况", numbered("无", "糖尿病", "妊娠期高血压", "其他")...).alone(1)),
		[]Field{textField("birth_institution", "助产机构名称", shortText)},
		withOther(codesField("birth_mode", "出生情况", numbered("顺产", "胎头吸引", "产钳", "剖宫", "双多胎", "臀位", "其他")...)),
		[]Field{
			codeField("asphyxia", "新生儿窒息", abnormal(numbered("无", "有"), 2)...).must(),
			intField("apgar_1", "Apgar评分1分钟", "分", 0, 10).normalFrom(apgarLow),
			intField("apgar_5", "Apgar评分5分钟", "分", 0, 10).normalFrom(apgarLow),
			codeField("malformation", "畸形", abnormal(numbered("无", "有"), 2)...).must(),
			textField("malformation_text", "畸形说明", shortText).requiredWhen("malformation", 2),
			codeField("hearing_screen", "新生儿听力筛查", abnormal(numbered("通过", "未通过", "未筛查", "不详"), 2)...).must(),
		},
		withOther(codesField("disease_screen", "新生儿疾病筛查",
			abnormal(numbered("未进行", "检查均阴性", "甲低", "苯丙酮尿症", "其他遗传代谢病"), 3, 4, 5)...).alone(1, 2).must()),
		[]Field{
			decimalField("birth_weight", "新生儿出生体重", "kg", 0.4, 7).places(2).normalFrom(birthWeightLow).normalUntil(birthWeightHigh - 0.01).must(),
			decimalField("weight", "目前体重", "kg", 0.4, 8).places(2).must(),
			decimalField("birth_length", "出生身长", "cm", 20, 65),
		})
	feeding := slices.Concat([]Field{
		codeField("feeding", "喂养方式", numbered("纯母乳", "混合", "人工")...).must(),
		intField("milk_volume", "吃奶量", "mL/次", 0, 300),
		intField("milk_times", "吃奶次数", "次/日", 0, 30),
		codeField("vomiting", "呕吐", abnormal(numbered("无", "有"), 2)...),
	}, withOther(codeField("stool", "大便", abnormal(numbered("糊状", "稀", "其他"), 2)...)), []Field{
		intField("stool_times", "大便次数", "次/日", 0, 30),
	})
	guidance := slices.Concat(
		withOther(codesField("guidance", "指导", numbered("喂养指导", "发育指导", "防病指导", "预防伤害指导", "口腔保健指导", "其他")...).must()),
		[]Field{textField("next_place", "下次随访地点", shortText)})
	return slices.Concat(
		section("出生情况", c, birth...),
		section("喂养", c, feeding...),
		section(sectionSigns, c, newbornSigns()...),
		section("指导", c, guidance...),
		section(sectionOutcome, c, plainOutcomeFields(numbered("未见异常", "异常")...)...),
		section(sectionReferral, c, abnormalReferral()...),
	)
}

// newbornSigns are what is measured and looked at during the visit.
func newbornSigns() []Field {
	fields := slices.Concat([]Field{
		decimalField("temperature", "体温", "℃", 33, 43).normalFrom(newbornTempLow).normalUntil(newbornTempHigh).must(),
		intField("heart_rate", "心率", "次/分", 40, 260).normalFrom(newbornHeartLow).normalUntil(newbornHeartHigh).must(),
		intField("respiration", "呼吸频率", "次/分", 5, 120).normalFrom(newbornRespLow).normalUntil(newbornRespHigh).must(),
	}, withOther(codeField("complexion", "面色", abnormal(numbered("红润", "黄染", "其他"), 2, 3)...).must()), []Field{
		codesField("jaundice", "黄疸部位", abnormal(numbered("无", "面部", "躯干", "四肢", "手足"), 3, 4, 5)...).alone(1).must(),
		decimalField("fontanelle_length", "前囟长", "cm", 0, 10),
		decimalField("fontanelle_width", "前囟宽", "cm", 0, 10),
	}, withOther(codeField("fontanelle", "前囟", abnormal(numbered("正常", "膨隆", "凹陷", "其他"), 2, 3, 4)...).must()))
	for _, organ := range []struct{ key, label string }{
		{"eyes", "眼睛"}, {"ears", "耳外观"}, {"nose", "鼻"}, {"mouth", "口腔"}, {"skin", "皮肤"}, {"neck_mass", "颈部包块"}, {"heart_lungs", "心肺听诊"},
		{"chest", "胸部"}, {"abdomen", "腹部触诊"}, {"limbs", "四肢活动度"}, {"spine", "脊柱"}, {"genitals", "外生殖器"}, {"anus", "肛门"},
	} {
		fields = append(fields, examinedFields(organ.key, organ.label)...)
	}
	return append(fields, withOther(codeField("cord", "脐带", abnormal(numbered("未脱", "脱落", "脐部有渗出", "其他"), 3, 4)...).must())...)
}
