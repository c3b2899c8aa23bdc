package clinical

import (
	"slices"
	"strconv"

	"jiayi/internal/calendar"
)

// exam is one form being judged: what the rules look at, and what they note down.
type exam struct {
	Values
	form     Form
	subject  Subject
	visit    Visit
	previous []Previous
	profile  GuidelineProfile

	emergency bool
	findings  []Finding
	advice    []string

	// gravestFirst says that the lowest class of the form is the gravest.
	gravestFirst bool
	// triggers are the programme's own reasons for referral.
	triggers []int
	// rhythm is the programme's own routine interval in months; 0 is the common one.
	rhythm int
}

// note records a finding.
func (e *exam) note(code, field, clause, message string) {
	e.findings = append(e.findings, Finding{Code: code, Message: message, Clause: clause, Field: field})
}

// alarm records a finding that makes the visit an emergency (危急).
func (e *exam) alarm(code, field, clause, message string) {
	e.emergency = true
	e.note(code, field, clause, message)
}

// advise adds a piece of advice once.
func (e *exam) advise(text string) {
	if !slices.Contains(e.advice, text) {
		e.advice = append(e.advice, text)
	}
}

// decide draws the conclusion of the four-class programmes (domain §3.1,
// 分类干预): class from what was found, step from class and history, due date from step.
func (e *exam) decide(c Control) (Assessment, []FieldError) {
	suggested := e.suggest(c)
	class, problems := e.settle(suggested, c)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	step, reasons := e.step(class, c)
	step, problems = e.chosenStep(step)
	due, late := e.due(step)
	if problems = append(problems, late...); len(problems) > 0 {
		return Assessment{}, problems
	}
	if e.emergency {
		reasons = append(reasons, ReasonEmergency)
	}
	if step >= StepReferral {
		reasons = e.withDoctorReasons(reasons)
	}
	e.adviseStep(class, step)
	return Assessment{
		Class: class, Step: step, Emergency: e.emergency, Control: c,
		Findings:        append([]Finding{}, e.findings...),
		Advice:          append([]string{}, e.advice...),
		ReferralReasons: e.reasons(reasons),
		NextDueOn:       due,
	}, nil
}

// suggest is the class the form leads to, the gravest of several; 0 when nothing
// measured or reported decides it.
func (e *exam) suggest(c Control) int {
	switch {
	case e.is("complication", complicationNew), e.is("complication", complicationWorse):
		return ClassComplication
	case e.is("adr", adrPresent), e.adrHard():
		return ClassAdverse
	case c == Uncontrolled:
		return ClassUncontrolled
	case c == Controlled:
		return ClassControlled
	}
	return 0
}

func (e *exam) adrHard() bool {
	hard, _ := e.Bool("adr_hard_to_control")
	return hard
}

// settle lets the doctor's classification stand over the suggestion: a graver one
// freely, a milder one with classification_reason. Without a measurement the
// doctor must classify, and never as controlled (domain §3.1, note *).
func (e *exam) settle(suggested int, c Control) (int, []FieldError) {
	given, ok := e.Code("classification")
	problem := func(field, code, message string) (int, []FieldError) {
		return 0, []FieldError{{field, code, message}}
	}
	switch {
	case c == Unmeasured && !ok:
		return problem("classification", CodeRequired, "本次没有测量值,请选择此次随访分类")
	case c == Unmeasured && given == ClassControlled:
		return problem("classification", CodeInconsistent, "本次没有测量值,此次随访分类不能为控制满意")
	}
	return e.weigh(suggested)
}

// weigh compares the doctor's classification with the suggestion, 0 being none: a
// graver one stands, a milder one needs classification_reason (domain §3.1).
func (e *exam) weigh(suggested int) (int, []FieldError) {
	given, ok := e.Code("classification")
	milder := given < suggested
	if e.gravestFirst {
		milder = given > suggested
	}
	switch {
	case !ok:
		return suggested, nil
	case suggested == 0 || given == suggested:
	case milder && !e.Has("classification_reason"):
		return 0, []FieldError{{"classification_reason", CodeRequired, "此次随访分类轻于系统判定,请填写调整理由"}}
	case milder:
		e.note("class_lowered", "classification", "domain §3.1 Pseudo-code", "医生将分类调整为轻于系统判定,已注明理由")
	default:
		e.note("class_raised", "classification", "domain §3.1 Pseudo-code", "医生将分类调整为重于系统判定")
	}
	return given, nil
}

// step places the visit in the cycle: first uncontrolled, second, referral, and
// back to routine after the visit that follows a referral (domain §3.1).
func (e *exam) step(class int, c Control) (int, []int) {
	last, seen := lastBefore(e.previous, e.visit.On)
	unsettled := class == ClassUncontrolled || class == ClassAdverse
	var reasons []int
	if class == ClassComplication {
		if e.is("complication", complicationWorse) {
			reasons = append(reasons, ReasonWorseComplication)
		} else {
			reasons = append(reasons, ReasonNewComplication)
		}
	}
	if e.adrHard() {
		reasons = append(reasons, ReasonAdverseHard)
	}
	if unsettled && seen && last.step() == StepRecheck &&
		(last.Class == ClassUncontrolled || last.Class == ClassAdverse) {
		reasons = append(reasons, twiceReason(last.Class, class, c))
		e.note("consecutive", "", "domain §3.1 分类干预", "连续两次随访控制不满意或有药物不良反应,应转诊")
	}
	reasons = append(reasons, e.triggers...)
	closing := seen && last.step() >= StepReferral
	switch {
	case e.emergency:
		return StepUrgent, reasons
	case len(reasons) > 0:
		return StepReferral, reasons
	case closing:
		e.note("cycle_closed", "", "domain §3.1 分类干预", "转诊后随访已完成,本轮管理结束,恢复常规随访")
		return StepRoutine, nil
	case unsettled:
		return StepRecheck, nil
	}
	return StepRoutine, nil
}

// twiceReason names why two visits in a row were not settled.
func twiceReason(last, class int, c Control) int {
	if last == ClassAdverse && class == ClassAdverse && c != Uncontrolled {
		return ReasonAdverseHard
	}
	return ReasonTwiceUncontrolled
}

// chosenStep lets the doctor's next_step stand when it is no milder than the rule's.
func (e *exam) chosenStep(step int) (int, []FieldError) {
	given, ok := e.Code("next_step")
	switch {
	case !ok || given == step:
		return step, nil
	case given < step:
		return 0, []FieldError{{"next_step", CodeBelowRule, "下一步管理措施不能轻于规范要求"}}
	case given == StepUrgent:
		e.alarm("urgent_by_doctor", "next_step", "domain §3.1 危急", "医生判定需要紧急转诊")
	}
	return given, nil
}

func (e *exam) due(step int) (calendar.Date, []FieldError) {
	due, latest, within := ruleDue(e.visit.On, step), latestDue(e.visit.On, step), "3 个月"
	switch {
	case step != StepRoutine:
		within = "14 天"
	case e.rhythm > 0:
		due = e.visit.On.AddMonths(e.rhythm)
		latest, within = due, strconv.Itoa(e.rhythm)+" 个月"
	}
	return e.chosenDue(due, latest, within)
}

// chosenDue lets the doctor's next_date stand when it is no later than latest; within
// says in Chinese how long that is.
func (e *exam) chosenDue(due, latest calendar.Date, within string) (calendar.Date, []FieldError) {
	given, ok := e.Date("next_date")
	switch {
	case !ok:
		return due, nil
	case given.After(latest):
		return calendar.Date{}, []FieldError{{"next_date", CodeTooLate, "下次随访日期应在 " + within + "内"}}
	}
	return given, nil
}

// withDoctorReasons adds the reasons the doctor wrote to those of the rule; a
// referral that has none is for another reason.
func (e *exam) withDoctorReasons(reasons []int) []int {
	given, _ := e.Codes("referral_reason")
	reasons = append(reasons, given...)
	if len(reasons) == 0 {
		return []int{ReasonOther}
	}
	return reasons
}

// reasons labels the codes in ascending order with the labels of the form.
func (e *exam) reasons(codes []int) []Reason {
	slices.Sort(codes)
	field, _ := e.form.Field("referral_reason")
	list := []Reason{}
	for _, code := range slices.Compact(codes) {
		o, _ := field.option(code)
		list = append(list, Reason{o.Code, o.Label})
	}
	return list
}
