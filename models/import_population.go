package models

import "strings"

// populationWords are further names county files give the populations. The labels of
// the table itself, with or without 患者, and the codes are known too.
var populationWords = map[Population][]string{
	Maternal:        {"孕妇", "产妇", "孕产妇女", "孕产期妇女"},
	Children:        {"儿童", "0-6岁", "0-6岁以下儿童", "06岁儿童", "学龄前儿童", "婴幼儿"},
	Elderly:         {"老年人", "老人", "65岁以上", "65岁以上老年人", "65岁以上老人", "65岁及以上", "65岁及以上老人", "65岁老年人"},
	Hypertension:    {"高血压病", "原发性高血压", "HTN"},
	Diabetes:        {"糖尿病", "Ⅱ型糖尿病", "二型糖尿病", "II型糖尿病", "T2DM", "DM"},
	MentalDisorder:  {"精神病", "精神障碍", "严重精神病", "重性精神病", "重性精神疾病", "重精", "严重精神疾病"},
	Tuberculosis:    {"结核", "结核病", "肺结核病"},
	Disabled:        {"残疾", "残疾人员", "持证残疾人"},
	SpecialFamily:   {"计生特殊家庭", "计划生育特殊家庭成员", "失独家庭", "失独"},
	General:         {"一般人群", "普通人群", "健康人群", "非重点人群"},
	"11":            {"低保户", "低保对象", "低保人员", "城乡低保"},
	"12":            {"优抚对象", "重点优抚", "优抚"},
	Poverty:         {"脱贫户", "脱贫人口", "脱贫人员", "贫困户", "贫困人口", "建档立卡贫困户", "建档立卡贫困人口", "防止返贫监测对象", "防返贫监测对象", "监测对象", "监测户"},
	"14":            {"其它"},
	SpecialSupport:  {"计生特扶", "特扶", "特扶人员", "计划生育特扶人员", "计划生育特别扶助人员"},
	"19":            {"特困人员", "特困户", "特困供养人员", "五保户", "五保"},
	"20":            {"肿瘤", "恶性肿瘤", "癌症", "癌症患者"},
	COPD:            {"慢阻肺", "慢性阻塞性肺疾病", "慢性阻塞性肺病", "COPD"},
	Dyslipidaemia:   {"血脂异常", "高脂血症", "高血脂症"},
	CoronaryDisease: {"冠心病患者", "冠状动脉粥样硬化性心脏病"},
	Stroke:          {"中风", "脑中风", "卒中", "脑卒中患者"},
	DisabledElderly: {"失能老人", "失能", "失能半失能老年人"},
}

// populationNames is every known name of a population, folded.
var populationNames = func() map[string]Population {
	names := map[string]Population{}
	for _, spec := range Populations {
		label := foldWord(spec.Label)
		for _, name := range append([]string{string(spec.Code), label, strings.TrimSuffix(label, "患者"), strings.TrimPrefix(string(spec.Code), "0")}, populationWords[spec.Code]...) {
			names[foldWord(name)] = spec.Code
		}
	}
	return names
}()

// wordFolding makes spellings of one word equal: dashes, parentheses and spaces.
var wordFolding = strings.NewReplacer(
	" ", "", "\u2013", "-", "\u2014", "-", "\uff0d", "-", "\uff5e", "-", "~", "-", "至", "-", "\uff08", "(", "\uff09", ")", "“", "", "”", "",
)

func foldWord(s string) string { return strings.ToUpper(wordFolding.Replace(s)) }

// nothing are words that say a cell is meant to be empty.
var nothing = map[string]bool{"": true, "无": true, "否": true, "-": true, "/": true, "--": true}

// populationSeparators part several populations in one cell.
const populationSeparators = "、,\uff0c;\uff1b/\uff0f|+ \n" // comma, semicolon and slash in both widths

// ParsePopulations reads a cell of population names or codes. Derived populations are
// left out: they follow from the birth date (domain §2.2). ok is false when a part of
// the cell is no population.
func ParsePopulations(cell string) (codes []Population, ok bool) {
	// The label 脱贫人口/防止返贫监测对象 holds a separator itself, so the whole cell is tried first.
	parts := []string{cell}
	if _, whole := populationNames[foldWord(cell)]; !whole {
		parts = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(populationSeparators, r) })
	}
	seen := map[Population]bool{}
	for _, part := range parts {
		word := foldWord(part)
		code, known := populationNames[word]
		if !known {
			code, known = populationNames[strings.TrimSuffix(word, "患者")]
		}
		switch {
		case nothing[word]:
			continue
		case !known:
			return nil, false
		}
		if spec, _ := code.Spec(); !spec.Derived && !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes, true
}
