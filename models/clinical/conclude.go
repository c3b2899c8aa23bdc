package clinical

import (
	"slices"

	"jiayi/internal/calendar"
)

// Codes of the fields of plainReferralFields that the rules read.
const (
	referralMade = 2 // 转诊: 有
)

// verdict is what a programme without the four-class cycle concludes, before the
// doctor's next_step and next_date are weighed. The class is already settled.
type verdict struct {
	class   int
	step    int   // 0 is StepRoutine
	reasons []int // for referral; any of them makes the step StepReferral
	// due is when a routine visit is due, latest what the doctor may choose instead,
	// and within says in Chinese how long that is. A recheck or referral is due after
	// recheckDays, or at due where that is sooner.
	due, latest calendar.Date
	within      string
	// closedBy is the field that ends the programme, "" while it goes on.
	closedBy string
	// final says that it ends whatever was referred: the patient is in other hands.
	final bool
	// last says that nothing further is due when this visit needs nothing more.
	last bool
}

// conclude turns a verdict into the assessment: referrals and emergencies lead to
// their steps, the doctor may be stricter, and a programme ends only when nothing is
// left to follow (domain §3.0, §10.4, §10.5).
func (e *exam) conclude(v verdict) (Assessment, []FieldError) {
	reasons := slices.Concat(v.reasons, e.triggers)
	step := max(v.step, StepRoutine)
	if len(reasons) > 0 || !v.final && e.is("referral", referralMade) {
		step = max(step, StepReferral)
	}
	if e.emergency {
		step = StepUrgent
	}
	step, problems := e.chosenStep(step)
	ends := v.closedBy != "" || v.last && step == StepRoutine && !e.Has("next_date")
	var due calendar.Date
	var late []FieldError
	if !ends || v.closedBy != "" {
		due, late = e.concludedDue(v, step)
	}
	if problems = append(problems, late...); len(problems) > 0 {
		return Assessment{}, problems
	}
	if e.emergency {
		reasons = append(reasons, ReasonEmergency)
	}
	if step >= StepReferral {
		reasons = e.withDoctorReasons(reasons)
	}
	if step >= StepReferral && e.Has("referral") && !e.is("referral", referralMade) {
		e.note("referral_missing", "referral", "domain §3.0", "按规范应转诊,表中填写为未转诊")
	}
	e.adviseReferral(step)
	switch {
	case step == StepRecheck:
		e.advise("2周内复查随访")
	case step == StepRoutine && !ends:
		e.advise("按期进行下一次随访")
	}
	return Assessment{
		Class: v.class, Step: step, Emergency: e.emergency, Closed: ends,
		Findings:        append([]Finding{}, e.findings...),
		Advice:          append([]string{}, e.advice...),
		ReferralReasons: e.reasons(reasons),
		NextDueOn:       due,
	}, nil
}

func (e *exam) concludedDue(v verdict, step int) (calendar.Date, []FieldError) {
	if v.closedBy != "" {
		switch {
		case step != StepRoutine:
			return calendar.Date{}, []FieldError{{v.closedBy, CodeInconsistent, "本次需要复查或转诊,处理完成前不能结案"}}
		case e.Has("next_date"):
			return calendar.Date{}, []FieldError{{"next_date", CodeInconsistent, "本次已结案,不再填写下次随访日期"}}
		}
		return calendar.Date{}, nil
	}
	if step == StepRoutine {
		return e.chosenDue(v.due, calendar.Later(v.due, v.latest), v.within)
	}
	recheck := e.visit.On.AddDays(recheckDays)
	return e.chosenDue(calendar.Earlier(recheck, v.due), recheck, "14 天")
}

// oldEnough refuses a form for the elderly for someone who does not turn 65 in the
// year of the visit or before: 65 during the year counts (domain §2.2 code 03).
func (e *exam) oldEnough() []FieldError {
	born := e.subject.BirthDate
	switch {
	case born.IsZero():
		return []FieldError{{"", CodeAge, "缺少出生日期,不能判定年龄"}}
	case e.visit.On.Year()-born.Year() < elderlyAge:
		return []FieldError{{"", CodeAge, "本表用于当年满65岁及以上的老年人"}}
	}
	return nil
}
