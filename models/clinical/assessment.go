package clinical

import "jiayi/internal/calendar"

// The classes 此次随访分类 (domain §3.1). Their severity is their order: 4 > 3 > 2 > 1.
const (
	ClassControlled   = 1 // 控制满意: the value is controlled and nothing else is abnormal
	ClassUncontrolled = 2 // 控制不满意
	ClassAdverse      = 3 // 不良反应
	ClassComplication = 4 // 并发症: a new complication, or one that got worse
)

// The steps 下一步管理措施 (domain §3.0).
const (
	StepRoutine  = 1 // 常规随访
	StepRecheck  = 2 // 第1次控制不满意,2周随访
	StepReferral = 3 // 两次控制不满意,转诊随访
	StepUrgent   = 4 // 紧急转诊
)

// The reasons for referral 转诊原因 that the rules give (domain §3.1 item 24).
const (
	ReasonTwiceUncontrolled = 1
	ReasonAdverseHard       = 2
	ReasonNewComplication   = 3
	ReasonWorseComplication = 4
	ReasonEmergency         = 5
	ReasonOther             = 9
)

// Control tells whether the value a programme is judged by is under its limit.
type Control int

// The states of control. Programmes that are judged by no value stay Unmeasured.
const (
	Unmeasured   Control = 0
	Controlled   Control = 1
	Uncontrolled Control = 2
)

// Finding is one thing a clinician should know about the visit. Its message names
// limits, never the patient's value.
type Finding struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Clause  string `json:"clause"`
	Field   string `json:"field,omitempty"`
}

// Reason is a reason for referral and its Chinese label.
type Reason struct {
	Code  int    `json:"code"`
	Label string `json:"label"`
}

// Assessment is what the rules conclude from one form.
type Assessment struct {
	Class           int       `json:"class"`
	Step            int       `json:"step"`
	Emergency       bool      `json:"emergency"`
	Findings        []Finding `json:"findings"`
	Advice          []string  `json:"advice"`
	ReferralReasons []Reason  `json:"referral_reasons"`
	RuleVersion     string    `json:"rule_version"`
	// Closed says that the visit ends the programme (结案, 停止治疗, 死亡): nothing is
	// due, and NextDueOn is the zero date.
	Closed bool `json:"closed,omitempty"`
	// Control is whether the value the programme is judged by is under its limit, whatever
	// the class: an adverse reaction may come with a controlled blood pressure.
	Control Control `json:"-"`
	// NextDueOn is the day by which the next visit is due: the doctor's next_date,
	// or else the rule's. It stands beside the assessment in an answer, not in it.
	NextDueOn calendar.Date `json:"-"`
}

// The intervals to the next visit (domain §3.1, 分类干预).
const (
	routineDays   = 90 // and no later than the end of the next quarter
	routineMonths = 3  // the latest a doctor may choose instead
	recheckDays   = 14 // first uncontrolled, referral and emergency alike
)

// ruleDue is the day the next visit is due by the rule.
func ruleDue(on calendar.Date, step int) calendar.Date {
	if step != StepRoutine {
		return on.AddDays(recheckDays)
	}
	nextQuarter := on.QuarterEnd().AddDays(1)
	return calendar.Earlier(on.AddDays(routineDays), nextQuarter.QuarterEnd())
}

// latestDue is the last day a doctor may choose for the next visit. Three months
// and 90 days differ by a day or two, and either is "within three months".
func latestDue(on calendar.Date, step int) calendar.Date {
	due := ruleDue(on, step)
	if step == StepRoutine {
		due = calendar.Later(due, on.AddMonths(routineMonths))
	}
	return due
}

// RoutineDue is the day by which the next face-to-face visit after the day on is due:
// within 90 days, and no later than the end of the next quarter, so that four a year
// with one in every quarter come about (domain §2.3, §3.1).
func RoutineDue(on calendar.Date) calendar.Date { return ruleDue(on, StepRoutine) }

// Cycles tells whether the programme is one of follow-ups at a rhythm, in which the date
// a visit asks for moves the next one (domain §3.1).
func Cycles(program string) bool {
	switch program {
	case Hypertension, Diabetes, COPD, Dyslipidaemia, Mental, Tuberculosis:
		return true
	}
	return false
}
