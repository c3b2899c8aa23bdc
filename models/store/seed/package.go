package seed

import (
	"jiayi/models"
	"jiayi/models/clinical"
)

// pack is one service package before it has ids.
type pack struct {
	code, name, intro string
	population        models.Population
	yuan, payer       int64 // a year: list price, and what funds pay of it
	items             []item
}

type item struct {
	name    string
	quota   int
	unit    string
	service clinical.Service
}

// onDemand are services whose quota is the most a resident may ask for.
var onDemand = map[clinical.Service]bool{"consult": true, "priority": true, "green_channel": true, "prescription": true, "comfort": true, "device": true}

// packs are the packages P0–P13 of domain §1.8. Prices are set by province and city and
// are examples here; quotas follow the obligations of §2.3.
var packs = []pack{
	{"P0", "基础服务包", "基本医疗、基本公共卫生和约定的健康管理服务,免费", "", 0, 0, []item{
		{"建立和更新健康档案", 1, "次", "record"}, {"健康咨询", 12, "次", "consult"}, {"预约和优先就诊", 12, "次", "priority"}, {"健康教育资料", 2, "份", "education"}, {"血压测量(35岁及以上)", 1, "次", "bp"}}},
	{"P1", "老年人服务包", "65岁及以上老年人健康管理", models.Elderly, 120, 120, []item{
		{"健康体检和辅助检查", 1, "次", "elderly"}, {"生活自理能力评估", 1, "次", "selfcare"}, {"中医体质辨识", 1, "次", "tcm"}, {"胸部DR正位片", 1, "次", "chest_dr"}, {"用药指导", 2, "次", "medication"}}},
	{"P2", "高血压服务包", "高血压患者健康管理", models.Hypertension, 100, 100, []item{
		{"面对面随访", 4, "次", "hypertension"}, {"健康体检", 1, "次", "check"}, {"用药调整和长处方", 4, "次", "prescription"}, {"血压自测指导", 2, "次", "self_measure"}}},
	{"P3", "糖尿病服务包", "2型糖尿病患者健康管理", models.Diabetes, 110, 110, []item{
		{"面对面随访", 4, "次", "diabetes"}, {"空腹血糖检测", 4, "次", "fpg"}, {"健康体检", 1, "次", "check"}, {"足部检查", 1, "次", "foot"}, {"饮食和运动处方", 2, "次", "lifestyle"}}},
	{"P4", "三高共管服务包", "高血压合并糖尿病或高血脂的一体化管理", models.Hypertension, 240, 180, []item{
		{"三高联合随访", 4, "次", "hypertension"}, {"血脂检测", 2, "次", "lipids"}, {"心血管风险评估", 1, "次", "risk"}, {"靶器官筛查", 1, "次", "organ"}, {"三高中心转诊绿色通道", 2, "次", "green_channel"}}},
	{"P5", "孕产妇服务包", "孕期和产后健康管理", models.Maternal, 150, 150, []item{
		{"产前随访", 5, "次", "maternal.antenatal"}, {"产后访视", 1, "次", "maternal.postpartum"}, {"产后42天健康检查", 1, "次", "maternal.day42"}, {"孕期营养和心理指导", 3, "次", "pregnancy_guide"}}},
	{"P6", "0–6岁儿童服务包", "儿童健康管理和中医药指导", models.Children, 90, 90, []item{
		{"健康检查", 4, "次", "child"}, {"眼保健和视力检查", 2, "次", "child"}, {"中医药健康指导", 2, "次", "child_tcm"}, {"预防接种提醒", 4, "次", "vaccination"}}},
	{"P7", "严重精神障碍患者服务包", "居家患者的随访和康复指导", models.MentalDisorder, 160, 160, []item{
		{"随访和危险性评估", 4, "次", "mental"}, {"健康体检", 1, "次", "check"}, {"家属指导", 2, "次", "family"}}},
	{"P8", "肺结核患者服务包", "督导服药和随访", models.Tuberculosis, 160, 160, []item{
		{"入户随访", 1, "次", "tuberculosis.home"}, {"督导服药随访", 12, "次", "tuberculosis.supervised"}, {"结案评估", 1, "次", "tuberculosis.closed"}}},
	{"P9", "残疾人康复服务包", "康复评估和指导", models.Disabled, 180, 150, []item{
		{"康复评估", 1, "次", "rehab_assess"}, {"康复训练指导", 4, "次", "rehab"}, {"上门服务", 1, "次", "home_visit"}, {"辅助器具适配咨询", 1, "次", "device"}}},
	{"P10", "计划生育特殊家庭服务包", "双岗联系人、签约服务和就医绿色通道", models.SpecialFamily, 200, 200, []item{
		{"上门走访", 4, "次", "home_visit"}, {"就医绿色通道", 4, "次", "green_channel"}, {"心理关怀", 2, "次", "comfort"}, {"健康体检", 1, "次", "check"}}},
	{"P11", "慢阻肺病服务包", "慢性阻塞性肺疾病患者健康管理", models.COPD, 130, 130, []item{
		{"随访", 4, "次", "copd"}, {"肺功能检查", 1, "次", "spirometry"}, {"吸入装置使用指导", 2, "次", "inhaler"}, {"戒烟指导", 2, "次", "quit_smoking"}}},
	{"P12", "失能居家服务包", "失能老年人的上门医疗护理", models.DisabledElderly, 600, 420, []item{
		{"上门巡诊", 6, "次", "home_visit"}, {"居家护理指导", 6, "次", "home_nursing"}, {"压疮预防和管路护理", 4, "次", "wound_care"}}},
	{"P13", "中医治未病服务包", "中医体质调养", "", 80, 0, []item{
		{"中医体质辨识", 1, "次", "tcm"}, {"穴位贴敷", 3, "次", "acupoint"}, {"四季养生指导", 4, "次", "season"}}},
}

func (d *district) addPackages() {
	at := d.since.Start()
	for i, p := range packs {
		id := models.ID(i + 1)
		row := models.Package{ID: id, Code: p.code, Name: p.name, Base: i == 0, Population: p.population, PriceCents: p.yuan * 100, PayerCents: p.payer * 100,
			Intro: p.intro, Active: true, Version: 1, CreatedAt: at, UpdatedAt: at}
		for _, it := range p.items {
			row.Items = append(row.Items, models.PackageItem{ID: models.ID(len(d.items) + 1), PackageID: id, Name: it.name, Unit: it.unit, Quota: it.quota, Service: it.service, OnDemand: onDemand[it.service]})
			if it.service == clinical.ServicePressure {
				row.Items[len(row.Items)-1].MinAge = clinical.ScreeningAge
			}
			d.items = append(d.items, row.Items[len(row.Items)-1])
		}
		d.packages = append(d.packages, row)
	}
}

// The packages a rule names, as indexes of packs.
const (
	packBase      = 0
	packHTN       = 2
	packDM        = 3
	packThreeHigh = 4
	packTCM       = 13
)

// packagesOf picks the packages for a person of the populations: the base package, one
// for each population, and the joint one where hypertension comes with another high.
// Every fortieth also takes the package everyone may buy.
func packagesOf(mask models.Mask, nth int) []int {
	out := []int{packBase}
	joint := mask.Has(models.Hypertension) && (mask.Has(models.Diabetes) || mask.Has(models.Dyslipidaemia))
	for i, p := range packs {
		switch {
		case p.population == "" || !mask.Has(p.population):
		case i == packThreeHigh && !joint, joint && (i == packHTN || i == packDM):
		default:
			out = append(out, i)
		}
	}
	if nth%40 == 0 {
		out = append(out, packTCM)
	}
	return out
}
