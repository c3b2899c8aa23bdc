package clinical

import (
	"sync"

	"jiayi/internal/calendar"
)

// The versions of the rules.
const (
	version2017 = "nbphs3-2017.1"
	version2025 = "nbphs3-2025.1"
)

// packs are all versions, ascending by EffectiveFrom. New rules are a new row;
// a row that has judged a visit never changes.
var packs = []Pack{
	{
		Version:       version2017,
		EffectiveFrom: calendar.MustDate("2017-02-28"),
		Profile:       NBPHS3,
		programmes:    programmesWith(elderly2017),
	},
	{
		// The free check of the elderly gains 胸部DR正位片 and 糖化血红蛋白 (domain §2.3).
		Version:       version2025,
		EffectiveFrom: calendar.MustDate("2025-01-01"),
		Profile:       NBPHS3,
		programmes:    programmesWith(elderly2025),
	},
}

// programmesWith are the programmes in the order shown to a doctor.
func programmesWith(elderly programme) []programme {
	list := []programme{
		hypertension2017, diabetes2017, elderly, tcm2017, maternal2017, newborn2017, child2017,
		mental2017, tuberculosis2017, copd2017, dyslipidaemia2017, homeVisit2017, healthCheck2017, screening2017,
	}
	for i := range list { // a form never changes: it is laid out once
		list[i].fields = sync.OnceValue(list[i].fields)
	}
	return list
}

var pressureRelation = Relation{"sbp", "dbp", "domain §3.1 item 5"}

// yearCheck is the health check that people with chronic diseases have once a year.
var yearCheck = yearly("check", "年度健康体检", "domain §2.3", ServiceCheck)

var hypertension2017 = programme{
	Program:   Program{Hypertension, "高血压", []string{"04"}},
	version:   version2017,
	formName:  "高血压患者随访服务记录表",
	fields:    hypertensionFields,
	relations: []Relation{pressureRelation},
	judge:     judgeHypertension,
	duties:    all(quarterly("domain §2.3 04", nil), yearCheck),
}

var diabetes2017 = programme{
	Program:   Program{Diabetes, "2型糖尿病", []string{"05"}},
	version:   version2017,
	formName:  "2型糖尿病患者随访服务记录表",
	fields:    diabetesFields,
	relations: []Relation{pressureRelation},
	judge:     judgeDiabetes,
	duties:    all(quarterly("domain §2.3 05", nil), yearCheck),
}

var elderly2017 = programme{
	Program:   Program{Elderly, "老年人健康管理", []string{"03"}},
	version:   version2017,
	formName:  "老年人年度健康体检与自理能力评估表",
	fields:    elderlyFields2017,
	relations: []Relation{pressureRelation},
	judge:     elderlyRule{highRiskMonths: elderlyMonths}.judge,
	duties:    fromTurning(elderlyAge, yearly("check", "老年人年度健康体检", "domain §2.3 03", "", checkLabels[:checksUntil24]...)),
	delivers:  elderlyDelivers,
}

var elderly2025 = programme{
	Program:   elderly2017.Program,
	version:   version2025,
	formName:  elderly2017.formName,
	fields:    elderlyFields2025,
	relations: elderly2017.relations,
	judge:     elderlyRule{highRiskMonths: elderlyHighRiskMonths}.judge,
	duties:    fromTurning(elderlyAge, yearly("check", "老年人年度健康体检", "domain §2.3 03, from 2025", "", checkLabels...)),
	delivers:  elderly2017.delivers,
}

var tcm2017 = programme{
	Program:  Program{TCM, "老年人中医药健康管理", []string{"03"}},
	version:  version2017,
	formName: "老年人中医药健康管理服务记录表",
	fields:   tcmFields,
	judge:    judgeTCM,
	duties:   fromTurning(elderlyAge, yearly("tcm", "中医体质辨识", "domain §2.3 03", "")),
}

var maternal2017 = programme{
	Program:   Program{Maternal, "孕产妇", []string{"01"}},
	version:   version2017,
	formName:  "孕产妇健康管理随访服务记录表",
	fields:    maternalFields,
	relations: []Relation{pressureRelation, {"edd", "lmp", clauseMaternal}},
	judge:     judgeMaternal,
	duties:    maternalDuties,
	delivers:  maternalDelivers,
}

var newborn2017 = programme{
	Program:  Program{Newborn, "新生儿家庭访视", []string{"02"}},
	version:  version2017,
	formName: "新生儿家庭访视记录表",
	fields:   newbornFields,
	judge:    judgeNewborn,
	duties:   newbornDuties,
}

var child2017 = programme{
	Program:  Program{Child, "0–6岁儿童", []string{"02"}},
	version:  version2017,
	formName: "儿童健康检查记录表",
	fields:   childFields,
	judge:    judgeChild,
	duties:   childDuties,
	delivers: childDelivers,
}

var mental2017 = programme{
	Program:  Program{Mental, "严重精神障碍", []string{"06"}},
	version:  version2017,
	formName: "严重精神障碍患者随访服务记录表",
	fields:   mentalFields,
	judge:    judgeMental,
	duties:   all(quarterly("domain §2.3 06", nil), yearly("check", "年度健康体检(征得同意后)", "domain §2.3 06", ServiceCheck)),
}

var tuberculosis2017 = programme{
	Program:  Program{Tuberculosis, "肺结核", []string{"07"}},
	version:  version2017,
	formName: "肺结核患者随访服务记录表",
	fields:   tuberculosisFields,
	judge:    judgeTB,
	duties:   tbDuties,
	delivers: tbDelivers,
}

var copd2017 = programme{
	Program:  Program{COPD, "慢阻肺病", []string{"22"}},
	version:  version2017,
	formName: "慢性阻塞性肺疾病患者随访服务记录表",
	fields:   copdFields,
	judge:    judgeCOPD,
	duties:   all(quarterly("domain §2.3 22", copdFaceToFace), yearly("spirometry", "年度肺功能检查", "domain §2.3 22", ServiceSpirometry)),
}

var dyslipidaemia2017 = programme{
	Program:   Program{Dyslipidaemia, "高血脂(三高共管)", []string{"31"}},
	version:   version2017,
	formName:  "高血脂患者随访与医防融合信息表",
	fields:    dyslipidaemiaFields,
	relations: []Relation{pressureRelation},
	judge:     judgeDyslipidaemia,
	duties:    quarterly("domain §2.4", nil),
}

var homeVisit2017 = programme{
	Program:   Program{HomeVisit, "重点人群上门访视", []string{"08", "09", "13", "18"}},
	version:   version2017,
	formName:  "重点人群上门访视记录表",
	fields:    homeVisitFields,
	relations: []Relation{pressureRelation},
	judge:     judgeHomeVisit,
	duties:    atHome(yearly("visit", "年度上门访视", clauseHome, "")),
}

var healthCheck2017 = programme{
	Program:   Program{HealthCheck, "健康体检", []string{"04", "05", "06"}},
	version:   version2017,
	formName:  "健康体检表",
	fields:    healthCheckFields,
	relations: []Relation{pressureRelation},
	judge:     judgeHealthCheck,
	delivers:  func(Visit, Values) []Service { return []Service{ServiceCheck} },
	duties:    all(), // the check of the year is owed under the programme of the disease
}

var screening2017 = programme{
	Program:   Program{Screening, "35岁及以上居民血压血糖筛查", []string{"10"}},
	version:   version2017,
	formName:  "35岁及以上居民血压血糖筛查表",
	fields:    screeningFields,
	relations: []Relation{pressureRelation},
	judge:     judgeScreening,
	duties:    screeningDuties,
}
