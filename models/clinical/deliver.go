package clinical

import "strconv"

// Service is one thing a visit delivers: a task is closed by the service it asks for,
// and an item of a package counts it. A programme's own visit is the service of the
// programme's code; the others are named here.
type Service string

// The services that forms deliver beside the visit of their programme.
const (
	ServiceCheck           Service = "check"             // 健康体检
	ServiceElderlyComplete Service = "elderly.complete"  // the yearly check with every examination done
	ServiceSelfCare        Service = "selfcare"          // 生活自理能力评估
	ServiceChestFilm       Service = "chest_dr"          // 胸部DR正位片
	ServiceRecord          Service = "record"            // 健康档案 kept up to date: every form does
	ServicePressure        Service = "bp"                // a blood pressure was taken
	ServiceGlucose         Service = "fpg"               // a fasting glucose was taken
	ServiceLipids          Service = "lipids"            //
	ServiceHbA1c           Service = "hba1c"             //
	ServiceSpirometry      Service = "spirometry"        //
	ServiceFoot            Service = "foot"              // the pulse of the feet was felt
	ServiceRisk            Service = "risk"              // 心血管风险评估
	ServiceOrgan           Service = "organ"             // 靶器官筛查
	ServiceTBFirst         Service = "tuberculosis.home" // 第一次入户随访
	ServiceTBClosed        Service = "tuberculosis.closed"
	ServiceTBCompleted     Service = "tuberculosis.completed"  // closed because the course was completed
	ServiceTBRegular       Service = "tuberculosis.regular"    // a course closed with at least 90 % of its doses
	ServiceTBSupervised    Service = "tuberculosis.supervised" // 督导服药: a visit that does not close the course
	ServiceAntenatal       Service = "maternal.antenatal"      // any of the five
	ServicePostpartum      Service = "maternal.postpartum"
	ServiceDay42           Service = "maternal.day42"
)

// MaternalService is the service of an antenatal visit, 1 to 5.
func MaternalService(kind int) Service { return Service("maternal.visit" + strconv.Itoa(kind)) }

// childService is the service of a child's contact.
func childService(c childContact) Service { return Service("child." + c.key) }

// measured are the services that any form delivers when all the fields are filled in.
var measured = []struct {
	service Service
	fields  []string
}{
	{ServicePressure, []string{"sbp", "dbp"}},
	{ServiceGlucose, []string{"fpg"}},
	{ServiceLipids, []string{"ldl"}},
	{ServiceHbA1c, []string{"hba1c"}},
	{ServiceSpirometry, []string{"fev1_fvc"}},
	{ServiceFoot, []string{"dorsalis_pedis"}},
	{ServiceRisk, []string{"risk_level"}},
	{ServiceOrgan, []string{"organ_result"}},
	{ServiceChestFilm, []string{"chest_dr"}},
	{ServiceSelfCare, []string{"selfcare_grade"}},
}

// Delivers lists what a visit of the programme delivered, by the values of its form.
// A visit that met nobody delivers nothing.
func (p Pack) Delivers(program string, visit Visit, v Values) []Service {
	x, ok := p.programme(program)
	if !ok || v.Has("lost_reason") || v.Has("death_date") {
		return nil
	}
	out := []Service{Service(program), ServiceRecord}
	if x.delivers != nil {
		out = append(out, x.delivers(visit, v)...)
	}
	for _, m := range measured {
		all := true
		for _, field := range m.fields {
			all = all && v.Has(field)
		}
		if all {
			out = append(out, m.service)
		}
	}
	return out
}

func elderlyDelivers(_ Visit, v Values) []Service {
	out := []Service{ServiceCheck}
	if !v.Has("exams_not_done") {
		out = append(out, ServiceElderlyComplete)
	}
	return out
}

func maternalDelivers(_ Visit, v Values) []Service {
	switch kind, _ := v.Code(maternalKind.Key); kind {
	case MaternalPostpartum:
		return []Service{ServicePostpartum}
	case MaternalDay42:
		return []Service{ServiceDay42}
	default:
		return []Service{ServiceAntenatal, MaternalService(kind)}
	}
}

func childDelivers(_ Visit, v Values) []Service {
	group, _ := v.Code(childAges.selector.Key)
	for _, c := range childContacts {
		if c.code == group {
			return []Service{childService(c)}
		}
	}
	return nil
}

// tbDelivers tells the first home visit from the others: at the clinic it is not one.
func tbDelivers(visit Visit, v Values) []Service {
	if v.is(tbVisits.selector.Key, TBFirst) {
		if visit.Way == WayHome {
			return []Service{ServiceTBFirst}
		}
		return nil
	}
	if !v.Has("stop_reason") {
		return []Service{ServiceTBSupervised}
	}
	out := []Service{ServiceTBClosed}
	if !v.is("stop_reason", stopCompleted) {
		return out
	}
	out = append(out, ServiceTBCompleted)
	if rate, ok := v.Decimal("adherence"); ok && rate >= TBRegularAdherence {
		out = append(out, ServiceTBRegular)
	}
	return out
}
