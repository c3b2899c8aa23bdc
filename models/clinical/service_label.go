package clinical

import "strings"

// serviceLabels are the Chinese names of what forms deliver beside the visit itself.
var serviceLabels = map[Service]string{
	ServiceCheck: "健康体检", ServiceElderlyComplete: "老年人健康体检(项目齐全)", ServiceSelfCare: "生活自理能力评估", ServiceChestFilm: "胸部DR正位片",
	ServicePressure: "血压测量", ServiceGlucose: "空腹血糖检测", ServiceLipids: "血脂检测", ServiceHbA1c: "糖化血红蛋白检测", ServiceSpirometry: "肺功能检查",
	ServiceFoot: "足部检查", ServiceRisk: "心血管风险评估", ServiceOrgan: "靶器官筛查",
	ServiceTBFirst: "第一次入户随访", ServiceTBClosed: "结案评估", ServiceTBRegular: "规则服药",
	MaternalService(MaternalFirst): "第1次产前检查", MaternalService(2): "第2次产前随访", MaternalService(3): "第3次产前随访",
	MaternalService(4): "第4次产前随访", MaternalService(5): "第5次产前随访", ServicePostpartum: "产后访视", ServiceDay42: "产后42天健康检查",
}

// Label is the Chinese name of a service that a form delivers, by the newest rules; "" for
// any other.
func (s Service) Label() string {
	if label := serviceLabels[s]; label != "" {
		return label
	}
	for _, c := range childContacts {
		if s == childService(c) {
			return c.label + "健康检查"
		}
	}
	for _, p := range Programs() {
		if s == Service(p.Code) {
			return visitLabel(p.Name)
		}
	}
	return ""
}

// visitLabel names the visit of a programme, whose own name may be that of a disease.
func visitLabel(program string) string {
	for _, ending := range []string{"管理", "访视", "体检", "筛查"} {
		if strings.HasSuffix(program, ending) {
			return program
		}
	}
	return program + "随访"
}

// Deliverable tells whether a form can deliver the service, by the newest rules.
func (s Service) Deliverable() bool {
	switch s {
	case ServiceRecord, ServiceAntenatal, ServiceTBSupervised, ServiceTBCompleted: // parts of a labelled one
		return true
	}
	return s.Label() != ""
}
