package clinical

import "jiayi/internal/calendar"

// The window of a child's contact around its due date (domain §3.6).
const (
	contactDaysBefore = 15
	contactDaysAfter  = 30
	childEndYears     = 7  // released on the 7th birthday (domain §2.2 code 02)
	fullMonthDays     = 28 // 满月 is at 28 to 30 days (domain §2.3)
)

// childContact is one contact of the schedule: its code of age_group, its age and
// what is done at that age only.
type childContact struct {
	code, months int
	label        string
	key          string // ending of the keys of fields of that age only
	warnings     []string
	includes     []string // done at this contact beside the form, domain §2.3
}

const (
	withBlood   = "血常规(血红蛋白)检测"
	withHearing = "听力筛查(行为测听)"
	withTCM     = "中医药健康指导"
	withEyes    = "眼保健与视力检查"
)

// childContacts are the twelve contacts after the newborn visit (domain §2.3), with
// the 预警征象 of domain §3.6. Those of 3 to 6 years, which it only mentions, follow
// 儿童心理行为发育问题预警征象筛查表.
var childContacts = []childContact{
	{1, 1, "满月", "1m", nil, []string{withEyes}},
	{2, 3, "3月龄", "3m", []string{"对很大声音没有反应", "逗引时不发音或不会微笑", "不注视人脸,不追视", "俯卧时不会抬头"}, []string{withEyes}},
	{3, 6, "6月龄", "6m", []string{"发音少,不会笑出声", "不会伸手抓物", "紧握拳松不开", "不能扶坐"}, []string{withEyes, withBlood, withHearing, withTCM}},
	{4, 8, "8月龄", "8m", []string{"听到声音无应答", "不会区分生人熟人", "双手间不会传递玩具", "不会独坐"}, []string{withEyes}},
	{5, 12, "12月龄", "12m", []string{"呼唤名字无反应", "不会模仿“再见”“欢迎”", "不会拇食指对捏", "不会扶物站立"}, []string{withEyes, withHearing, withTCM}},
	{6, 18, "18月龄", "18m", []string{"不会有意识叫爸妈", "不会按要求指人或物", "与人无目光交流", "不会独走"}, []string{withEyes, withBlood, withTCM}},
	{7, 24, "24月龄", "24m", []string{"不会说3个物品名称", "不会按吩咐做简单事", "不会用勺吃饭", "不会扶栏上楼"}, []string{withEyes, withHearing, withTCM}},
	{8, 30, "30月龄", "30m", []string{"不会说2-3字短语", "兴趣单一刻板", "不会示意大小便", "不会跑"}, []string{withEyes, withBlood, withTCM}},
	{9, 36, "3岁", "3y", []string{"不会说自己的名字", "不会玩“拿棍当马骑”等假想游戏", "不会模仿画圆", "不会双脚跳"}, []string{withEyes, withHearing, withTCM}},
	{10, 48, "4岁", "4y", []string{"不会说带形容词的句子", "不能按要求等待或轮流", "不会独立穿衣", "不会单脚站立"}, []string{withEyes}},
	{11, 60, "5岁", "5y", []string{"不能简单叙说事情经过", "不知道自己的性别", "不会用筷子吃饭", "不会单脚跳"}, []string{withEyes}},
	{12, 72, "6岁", "6y", []string{"不会表达自己的感受或想法", "不会玩角色扮演的集体游戏", "不会画方形", "不会奔跑"}, []string{withEyes}},
}

// due, from and until are the day and the window of the contact of a child.
func (c childContact) due(born calendar.Date) calendar.Date { return born.AddMonths(c.months) }
func (c childContact) from(born calendar.Date) calendar.Date {
	return c.due(born).AddDays(-contactDaysBefore)
}
func (c childContact) until(born calendar.Date) calendar.Date {
	return c.due(born).AddDays(contactDaysAfter)
}

// ChildAgeGroup is the code and label of age_group that a visit on the day takes: the
// latest contact whose window has opened, so that a late visit is still recorded at
// its age. It is false before the first window and from the 7th birthday on
// (domain §3.6, §2.2 code 02).
func ChildAgeGroup(born, on calendar.Date) (Option, bool) {
	c, ok := childContactOn(born, on)
	return Option{Code: c.code, Label: c.label}, ok
}

func childContactOn(born, on calendar.Date) (found childContact, ok bool) {
	if born.IsZero() || !on.Before(born.AddYears(childEndYears)) {
		return childContact{}, false
	}
	for _, c := range childContacts {
		if !on.Before(c.from(born)) {
			found, ok = c, true
		}
	}
	return found, ok
}

// childDueAfter is the next contact after the one with the code; false after the last.
func childDueAfter(code int) (childContact, bool) {
	if code < 1 || code >= len(childContacts) {
		return childContact{}, false
	}
	return childContacts[code], true
}
