package clinical

import "slices"

// ReasonDevelopment refers a child with a 预警征象.
const ReasonDevelopment = 2

// childAtRiskMonths is when a child is seen again whose growth or blood is not normal
// but who needs no referral; domain §3.6 is silent, so it is set here.
const childAtRiskMonths = 1

// childCared are the findings that are cared for at the institution: advice and an
// earlier visit, not a referral.
var childCared = []string{"weight_grade", "height_grade", "growth", "hb", "rickets_symptoms", "rickets_signs", "caries"}

// judgeChild applies domain §3.6: the form must be that of the child's age, a warning
// sign or an abnormal finding is referred, and growth is watched more closely.
func judgeChild(e *exam) (Assessment, []FieldError) {
	born := e.subject.BirthDate
	contact, ok := childContactOn(born, e.visit.On)
	if problems := e.childAge(contact, ok); len(problems) > 0 {
		return Assessment{}, problems
	}
	if e.visit.On.After(contact.until(born)) {
		e.note("contact_late", "age_group", "domain §3.6", contact.label+"随访已超出规定时限(前15天至后30天)")
	}
	if contact.code == 1 && e.visit.On.Before(born.AddDays(fullMonthDays)) {
		e.note("contact_early", "age_group", "domain §2.3", "满月随访应在出生 28 天后进行")
	}
	found := e.deviations()
	warned := e.holds(Condition{contact.warningKey(), []int{1, 2, 3, 4}}, e.visit)
	referred := slices.ContainsFunc(found, func(key string) bool {
		return key != contact.warningKey() && !slices.Contains(childCared, key)
	})
	suggested := ClassNormal
	if len(found) > 0 {
		suggested = ClassAbnormal
	}
	e.childAdvice(warned)
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := e.childNext(contact, class)
	if referred {
		v.reasons = append(v.reasons, ReasonAbnormal)
	}
	if warned {
		v.reasons = append(v.reasons, ReasonDevelopment)
	}
	return e.conclude(v)
}

// childAge refuses a form that is not for the child's age on the day.
func (e *exam) childAge(contact childContact, ok bool) []FieldError {
	message := ""
	switch {
	case e.subject.BirthDate.IsZero():
		message = "缺少出生日期,不能判定月龄"
	case e.visit.On.Before(e.subject.BirthDate):
		message = "随访日期早于出生日期"
	case !e.visit.On.Before(e.subject.BirthDate.AddYears(childEndYears)):
		message = "已满7岁,不再使用儿童健康检查记录表"
	case !ok:
		message = "未到满月随访时间,请使用新生儿家庭访视记录表"
	case !e.is("age_group", contact.code):
		message = "按出生日期,本次应使用" + contact.label + "的检查表"
	default:
		return nil
	}
	return []FieldError{{"age_group", CodeAge, message}}
}

// childNext is when the child is next due: the next contact, a month from now at the
// latest for one at risk, and the end of the programme for the last one.
func (e *exam) childNext(contact childContact, class int) verdict {
	born := e.subject.BirthDate
	v := verdict{class: class, within: "下一次健康检查时限"}
	if next, ok := childDueAfter(contact.code); ok {
		v.due, v.latest = next.due(born), next.until(born)
	} else {
		v.due, v.last = born.AddYears(childEndYears), class == ClassNormal
	}
	if soon := e.visit.On.AddMonths(childAtRiskMonths); class == ClassAbnormal && soon.Before(v.due) {
		v.due, v.latest, v.within = soon, soon, "1 个月"
	}
	return v
}

// childAdvice says what to do about what is watched rather than referred.
func (e *exam) childAdvice(warned bool) {
	if warned {
		e.advise("有发育预警征象,转诊到上级医疗机构做发育评估")
	}
	if n, ok := e.Int("hb"); ok && n < lowHbChild {
		e.advise("按儿童营养性疾病管理:膳食指导,补充铁剂,1个月后复查血红蛋白")
	}
	if n, ok := e.Code("growth"); ok && n > 1 || e.is("weight_grade", 3) || e.is("height_grade", 3) {
		e.advise("分析生长偏离的原因,指导喂养,增加随访次数")
	}
}
