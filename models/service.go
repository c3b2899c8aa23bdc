package models

import (
	"slices"
	"strings"

	"jiayi/models/clinical"
)

// Services is the set of services that a visit delivered, in the order they were
// noted: those of its forms (clinical.Pack.Delivers) and those that were ticked.
type Services string

// ServicesOf is the set without repetitions.
func ServicesOf(list ...clinical.Service) Services {
	var words []string
	for _, s := range list {
		if !slices.Contains(words, string(s)) {
			words = append(words, string(s))
		}
	}
	return Services(strings.Join(words, " "))
}

// List is the set as a list.
func (s Services) List() []clinical.Service {
	var out []clinical.Service
	for _, word := range strings.Fields(string(s)) {
		out = append(out, clinical.Service(word))
	}
	return out
}

// Has tells whether the set holds the service.
func (s Services) Has(service clinical.Service) bool {
	for word := range strings.FieldsSeq(string(s)) {
		if word == string(service) {
			return true
		}
	}
	return false
}

// ServiceSpec is a service that no form delivers: it is ticked when a visit is logged.
type ServiceSpec struct {
	Code   clinical.Service
	Label  string // Chinese
	Remote bool   // it may be done by phone or online; the others need doctor and resident to meet
}

// PlainServices are the services that are ticked, in the order shown to a doctor. Those
// that a form can deliver too, such as the feet of a diabetic, are listed with it.
var PlainServices = []ServiceSpec{
	{clinical.ServiceRecord, "建立和更新健康档案", true},
	{"consult", "健康咨询", true},
	{"priority", "预约和优先就诊", true},
	{"education", "健康教育资料", true},
	{"medication", "用药指导", true},
	{"prescription", "用药调整和长处方", false},
	{"self_measure", "自测指导", true},
	{"lifestyle", "饮食和运动处方", true},
	{"green_channel", "转诊和就医绿色通道", true},
	{"pregnancy_guide", "孕期营养和心理指导", true},
	{"vaccination", "预防接种提醒", true},
	{"child_tcm", "儿童中医药健康指导", false},
	{"family", "家属指导", true},
	{"rehab_assess", "康复评估", false},
	{"rehab", "康复训练指导", false},
	{"device", "辅助器具适配咨询", true},
	{"comfort", "心理关怀", true},
	{"inhaler", "吸入装置使用指导", false},
	{"quit_smoking", "戒烟指导", true},
	{"home_nursing", "居家护理指导", false},
	{"wound_care", "压疮预防和管路护理", false},
	{"acupoint", "穴位贴敷", false},
	{"season", "四季养生指导", true},
	{clinical.ServiceChestFilm, "胸部DR正位片", false},
	{clinical.ServiceFoot, "足部检查", false},
	{clinical.ServiceRisk, "心血管风险评估", false},
	{clinical.ServiceOrgan, "靶器官筛查", false},
}

// PlainService returns the row of the code; ok is false when it cannot be ticked.
func PlainService(code clinical.Service) (spec ServiceSpec, ok bool) {
	i := slices.IndexFunc(PlainServices, func(s ServiceSpec) bool { return s.Code == code })
	if i < 0 {
		return ServiceSpec{}, false
	}
	return PlainServices[i], true
}

// MeetsFor tells whether a service counts only when doctor and resident met: that of a
// form always, a ticked one unless it may be remote.
func MeetsFor(code clinical.Service) bool {
	spec, ok := PlainService(code)
	return !ok || !spec.Remote
}

// ServiceLabel is the Chinese name of a service, ticked or delivered by a form; the code
// itself for one that is not known any more.
func ServiceLabel(code clinical.Service) string {
	if spec, ok := PlainService(code); ok {
		return spec.Label
	}
	if label := code.Label(); label != "" {
		return label
	}
	return string(code)
}
