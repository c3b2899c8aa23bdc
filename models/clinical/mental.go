package clinical

const clauseMental = "domain §3.7"

// The classes of the follow-up of severe mental disorder. The numbers are the form's:
// unlike those of the four-class programmes, the lowest is the gravest.
const (
	ClassUnstable        = 1 // 不稳定
	ClassBasicallyStable = 2 // 基本稳定
	ClassStable          = 3 // 稳定
	// ClassNone is that of a visit that met nobody: the patient was lost or has died.
	ClassNone = 0
)

// The reasons for referral of severe mental disorder.
const (
	ReasonUnstable = 1
	ReasonPhysical = 3
)

// The months to the next visit (domain §3.7). Unstable, and basically stable for the
// first time, is recheckDays. The one of basically stable is from memory and other
// guidance says otherwise (domain §11.10): correct it here.
const (
	mentalStableMonths   = 3
	mentalBasicallyAgain = 1
)

// judgeMental applies domain §3.7. What the classes ask for, as the steps of the plan:
// danger is urgent (4), other instability is referred at once (3), basically stable is
// seen again in two weeks the first time (2) and monthly while it lasts (1), stable
// every three months (1).
func judgeMental(e *exam) (Assessment, []FieldError) {
	switch {
	case e.Has("death_date"):
		e.note("dead", "death_date", clauseMental, "患者死亡,终止管理")
		return e.conclude(verdict{class: ClassNone, closedBy: "death_date"})
	case e.Has("lost_reason"):
		e.note("lost", "lost_reason", clauseMental, "本次失访,请在不同日期再次联系,并告知村(居)委会协助查找")
		return e.conclude(verdict{class: ClassNone, step: StepRecheck, due: e.visit.On.AddDays(recheckDays)})
	}
	e.gravestFirst = true
	if n, ok := e.Code("danger_level"); ok && n >= dangerLevel {
		e.alarm("danger_level", "danger_level", clauseMental, "危险性评估3–5级")
		e.advise("对症处理后立即转诊,必要时报告当地公安部门协助送院治疗")
	}
	unstable := e.unstableSigns()
	basic := e.basicSigns()
	e.mentalNotes()
	suggested := ClassStable
	switch {
	case e.emergency || len(unstable) > 0:
		suggested = ClassUnstable
	case basic:
		suggested = ClassBasicallyStable
	}
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	return e.conclude(e.mentalNext(class, unstable))
}

// unstableSigns are the reasons that make the state unstable beside danger.
func (e *exam) unstableSigns() []int {
	var reasons []int
	if severe, _ := e.Bool("symptoms_severe"); severe {
		reasons = append(reasons, ReasonUnstable)
		e.note("symptoms_severe", "symptoms_severe", clauseMental, "精神症状明显")
	}
	if e.is("insight", insightNone) {
		reasons = append(reasons, ReasonUnstable)
		e.note("insight_none", "insight", clauseMental, "自知力缺失")
	}
	if severe, _ := e.Bool("adr_severe"); severe {
		reasons = append(reasons, ReasonAdverseHard)
		e.note("adr_severe", "adr_severe", clauseMental, "有严重药物不良反应")
	}
	if severe, _ := e.Bool("physical_severe"); severe {
		reasons = append(reasons, ReasonPhysical)
		e.note("physical_severe", "physical_severe", clauseMental, "有严重躯体疾病")
	}
	return reasons
}

// basicSigns tells whether one of danger, symptoms, insight and function is poor
// enough to keep the state from being stable.
func (e *exam) basicSigns() bool {
	basic := false
	if n, ok := e.Code("danger_level"); ok && n > 0 && n < dangerLevel {
		basic = true
		e.note("danger_low", "danger_level", clauseMental, "危险性评估1–2级")
	}
	if e.Has("symptoms") {
		basic = true
		e.note("symptoms_present", "symptoms", clauseMental, "仍有精神症状")
	}
	if e.is("insight", insightPartial) {
		basic = true
		e.note("insight_partial", "insight", clauseMental, "自知力不全")
	}
	for _, f := range mentalFunctions {
		if e.is(f.key, functionPoor) {
			basic = true
			e.note("function_poor", f.key, clauseMental, f.label+"较差")
		}
	}
	for _, b := range mentalBehaviours {
		if n, ok := e.Int(b.key); ok && n > 0 {
			basic = true
			e.note("dangerous_behaviour", b.key, clauseMental, "上次随访以来有"+b.label+",请核对危险性评估")
		}
	}
	return basic
}

// mentalNotes are what the class does not depend on.
func (e *exam) mentalNotes() {
	if n, ok := e.Code("med_adherence"); ok && (n == 2 || n == noMeds) {
		e.note("adherence_poor", "med_adherence", clauseMental, "未按医嘱规律用药,请了解原因")
		e.advise("督促家属看护服药,必要时请精神专科医师指导")
	}
	if e.is("locked", lockedNow) {
		e.note("locked", "locked", clauseMental, "患者目前关锁,请报告并协助解锁治疗")
	}
	if e.is("adr", adverseMental) {
		e.note("adr", "adr", clauseMental, "有药物不良反应,请查明原因并对症处理")
	}
}

// mentalNext is the step and interval of a class.
func (e *exam) mentalNext(class int, unstable []int) verdict {
	on := e.visit.On
	v := verdict{class: class, due: on.AddMonths(mentalStableMonths), within: "3 个月"}
	switch class {
	case ClassUnstable:
		v.due, v.reasons = on.AddDays(recheckDays), unstable
		if len(unstable) == 0 {
			v.reasons = []int{ReasonUnstable}
		}
	case ClassBasicallyStable:
		last, seen := lastBefore(e.metBefore(), on)
		if !seen || last.Class != ClassBasicallyStable {
			v.step, v.due = StepRecheck, on.AddDays(recheckDays)
			e.advise("在现用药范围内查找原因并调整剂量,对症治疗")
			break
		}
		v.due, v.within = on.AddMonths(mentalBasicallyAgain), "1 个月"
		e.note("basically_stable_again", "", clauseMental, "处理后仍为基本稳定,请精神专科医师进行技术指导")
		e.advise("请精神专科医师进行技术指导,1个月时随访")
	}
	return v
}

// metBefore leaves out the visits that met nobody.
func (e *exam) metBefore() []Previous {
	var met []Previous
	for _, p := range e.previous {
		if p.Class != ClassNone {
			met = append(met, p)
		}
	}
	return met
}
