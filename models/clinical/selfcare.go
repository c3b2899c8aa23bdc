package clinical

// selfCareItems is 老年人生活自理能力评估表: the scores of each item and what they
// mean (domain §3.3). No other score exists.
var selfCareItems = []struct {
	key, label string
	scores     []Option
}{
	{"selfcare_eating", "进餐", []Option{{Code: 0, Label: "独立完成"}, {Code: 3, Label: "需要协助,如切碎、搅拌食物等"}, {Code: 5, Label: "完全需要帮助"}}},
	{"selfcare_washing", "梳洗", []Option{{Code: 0, Label: "独立完成"}, {Code: 1, Label: "能独立洗头、梳头、洗脸、刷牙、剃须等,仅洗澡需要协助"}, {Code: 3, Label: "在协助下和适当的时间内,能完成部分梳洗活动"}, {Code: 7, Label: "完全需要帮助"}}},
	{"selfcare_dressing", "穿衣", []Option{{Code: 0, Label: "独立完成"}, {Code: 3, Label: "需要协助,在适当的时间内完成部分穿衣"}, {Code: 5, Label: "完全需要帮助"}}},
	{"selfcare_toilet", "如厕", []Option{{Code: 0, Label: "不需协助,可自控"}, {Code: 1, Label: "偶尔失禁,但基本上能如厕或使用便具"}, {Code: 5, Label: "经常失禁,在很多提示和协助下尚能如厕或使用便具"}, {Code: 10, Label: "完全失禁,完全需要帮助"}}},
	{"selfcare_moving", "活动", []Option{{Code: 0, Label: "独立完成所有活动"}, {Code: 1, Label: "借助较小的外力或辅助装置能完成站立、行走、上下楼梯等"}, {Code: 5, Label: "借助较大的外力才能完成站立、行走,不能上下楼梯"}, {Code: 10, Label: "卧床不起,活动完全需要帮助"}}},
}

// The grades of self-care (domain §3.3), which are also those of the health check's
// 老年人生活自理能力自我评估.
const (
	SelfCareIndependent = 1 // 可自理: 0–3 points
	SelfCareMild        = 2 // 轻度依赖: 4–8
	SelfCareModerate    = 3 // 中度依赖: 9–18
	SelfCareNone        = 4 // 不能自理: 19 and more
)

// selfCareMost is the highest total of the five items.
const selfCareMost = 37

// selfCareGrade is the grade of a total score.
func selfCareGrade(from []float64) float64 {
	switch total := from[0]; {
	case total <= 3:
		return SelfCareIndependent
	case total <= 8:
		return SelfCareMild
	case total <= 18:
		return SelfCareModerate
	}
	return SelfCareNone
}

// selfCareFields are the five items, their total and the grade, the last two by the
// server alone.
func selfCareFields() []Field {
	var fields []Field
	var keys []string
	for _, item := range selfCareItems {
		fields = append(fields, codeField(item.key, item.label, item.scores...).must())
		keys = append(keys, item.key)
	}
	return append(fields,
		intField("selfcare_total", "生活自理能力总评分", "分", 0, selfCareMost).serverOnly("sum", keys...),
		codeField("selfcare_grade", "生活自理能力评估", numbered("可自理", "轻度依赖", "中度依赖", "不能自理")...).
			serverOnly("self_care", "selfcare_total"))
}
