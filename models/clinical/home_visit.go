package clinical

const clauseHome = "domain §2.3"

// homeVisitMonths is the interval between two visits: at least one a year for disabled
// people (domain §2.3). It says no number for the others, so the same holds.
const homeVisitMonths = 12

// judgeHomeVisit applies domain §2.3. What is abnormal is noted and seen again; only
// an emergency, or the doctor, refers.
func judgeHomeVisit(e *exam) (Assessment, []FieldError) {
	e.pressureAlarms(clauseHTN)
	e.glucoseAlarms("fpg", "空腹血糖", expectingFPG)
	e.dangerSigns(clauseHome, 4, 5)
	suggested := ClassNormal
	if found := e.deviations(); len(found) > 0 || e.emergency {
		suggested = ClassAbnormal
	}
	recheck := e.newlyHigh()
	if recheck {
		suggested = ClassAbnormal
	}
	e.homeNeeds()
	e.heartRateNote()
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := verdict{class: class, due: e.visit.On.AddMonths(homeVisitMonths), within: "1 年"}
	if recheck {
		v.step = StepRecheck
	}
	return e.conclude(v)
}

// homeNeeds notes what the person is entitled to and lacks.
func (e *exam) homeNeeds() {
	if e.is("rehabilitation_need", 3) {
		e.note("rehabilitation_unmet", "rehabilitation_need", clauseHome, "有康复需求尚未落实,请协调残联或康复机构")
	}
	if e.is("two_contacts", 2) {
		e.note("contacts_missing", "two_contacts", clauseHome, "双岗联系人未落实")
	}
	if e.is("green_channel", 2) {
		e.note("green_channel_unknown", "green_channel", clauseHome, "请告知就医绿色通道的使用方法")
	}
	if e.holds(Condition{"chronic_diseases", []int{2, 3, 4, 5}}, e.visit) {
		e.advise("重点疾病按相应随访项目管理")
	}
}
