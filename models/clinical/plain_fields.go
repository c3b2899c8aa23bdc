package clinical

// ReasonAbnormal is the reason for referral that programmes without the four-class
// cycle give when a check shows something abnormal.
const ReasonAbnormal = 1

// The two classes of programmes that tell only normal from abnormal
// (1 未见异常 2 异常, domain §3.5).
const (
	ClassNormal   = 1
	ClassAbnormal = 2
)

// examinedFields is one thing looked at: 1 未见异常 2 异常, and what is abnormal.
func examinedFields(key, label string) []Field {
	return []Field{
		codeField(key, label, abnormal(numbered("未见异常", "异常"), ClassAbnormal)...),
		textField(key+"_note", label+"异常说明", shortText).requiredWhen(key, ClassAbnormal),
	}
}

// otherText is the text that goes with the choice 其他 of a field.
func otherText(of Field) Field {
	last := of.Codes[len(of.Codes)-1].Code
	return textField(of.Key+"_other", of.Label+"(其他)", shortText).requiredWhen(of.Key, last)
}

// withOther is a choice whose last code is 其他, and its text.
func withOther(f Field) []Field { return []Field{f, otherText(f)} }

// plainOutcomeFields are the conclusion of a programme with classes of its own; what
// is left empty is computed by the rule.
func plainOutcomeFields(classes ...Option) []Field {
	return []Field{
		codeField("classification", "此次随访分类", classes...),
		textField("classification_reason", "分类调整理由", longText),
		codeField("next_step", "下一步管理措施", numbered("常规随访", "2周内随访", "转诊随访", "紧急转诊")...),
		{Key: "next_date", Label: "下次随访日期", Type: TypeDate, DateRule: AfterVisit},
		textField("remark", "备注", longText),
	}
}

// plainReferralFields are 转诊 1无 2有 with reason, place and result. Emergency and
// 其他 are among the reasons of every programme.
func plainReferralFields(reasons ...Option) []Field {
	reasons = append(reasons, Option{Code: ReasonEmergency, Label: "危急情况"}, Option{Code: ReasonOther, Label: "其他"})
	details := referralDetails(reasons...)
	details[0] = details[0].conflictsWith("referral", 1)
	details[2] = details[2].requiredWhen("referral", referralMade)
	return append([]Field{codeField("referral", "转诊", numbered("无", "有")...)}, details...)
}

// abnormalReferral is the reason list of programmes that refer what is abnormal.
func abnormalReferral() []Field {
	return plainReferralFields(Option{Code: ReasonAbnormal, Label: "检查发现异常"})
}
