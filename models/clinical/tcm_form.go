package clinical

import (
	"slices"
	"strconv"
)

// tcmQuestions is 老年人中医药健康管理服务记录表 (domain §3.4); answers are 1 to 5.
var tcmQuestions = []string{
	"您精力充沛吗?(指精神头足,乐于做事)",
	"您容易疲乏吗?(指体力如何,是否稍微活动一下或做一点家务劳动就感到累)",
	"您容易气短,呼吸短促,接不上气吗?",
	"您说话声音低弱无力吗?(指说话没有力气)",
	"您感到闷闷不乐、情绪低沉吗?(指心情不愉快,情绪低落)",
	"您容易精神紧张、焦虑不安吗?(指遇事是否心情紧张)",
	"您因为生活状态改变而感到孤独、失落吗?",
	"您容易感到害怕或受到惊吓吗?",
	"您感到身体超重不轻松吗?(感觉身体沉重,按体质指数填写)",
	"您眼睛干涩吗?",
	"您手脚发凉吗?(不包含因周围温度低或穿的少导致的手脚发冷)",
	"您胃脘部、背部或腰膝部怕冷吗?(指上腹部、背部、腰部或膝关节等,有一处或多处怕冷)",
	"您比一般人耐受不了寒冷吗?(指比别人容易害怕冬天或是夏天的冷空调、电扇等)",
	"您容易患感冒吗?(指每年感冒的次数)",
	"您没有感冒时也会鼻塞、流鼻涕吗?",
	"您有口粘口腻,或睡眠打鼾吗?",
	"您容易过敏(对药物、食物、气味、花粉或在季节交替、气候变化时)吗?",
	"您的皮肤容易起荨麻疹吗?(包括风团、风疹块、风疙瘩)",
	"您的皮肤在不知不觉中会出现青紫瘀斑、皮下出血吗?(指皮肤在没有外伤的情况下出现青一块紫一块的情况)",
	"您的皮肤一抓就红,并出现抓痕吗?(指被指甲或钝物划过后皮肤的反应)",
	"您皮肤或口唇干吗?",
	"您有肢体麻木或固定部位疼痛的感觉吗?",
	"您面部或鼻部有油腻感或者油亮发光吗?(指脸上或鼻子)",
	"您面色或目眶晦黯,或出现褐色斑块/斑点吗?",
	"您有皮肤湿疹、疮疖吗?",
	"您感到口干咽燥、总想喝水吗?",
	"您感到口苦或嘴里有异味吗?(指口苦或口臭)",
	"您腹部肥大吗?(指腹部脂肪肥厚,按腰围填写)",
	"您吃(喝)凉的东西会感到不舒服或者怕吃(喝)凉的东西吗?",
	"您有大便黏滞不爽、解不尽的感觉吗?",
	"您容易大便干燥吗?",
	"您舌苔厚腻或有舌苔厚厚的感觉吗?(如果自我感觉不清楚可由调查员观察后填写)",
	"您舌下静脉瘀紫或增粗吗?(可由调查员辅助观察后填写)",
}

// tcmScales are the questions whose answers have a scale of their own.
var tcmScales = map[int][]string{
	9:  {"BMI<24", "24≤BMI<25", "25≤BMI<26", "26≤BMI<28", "BMI≥28"},
	14: {"一年<2次", "一年感冒2–4次", "一年感冒5–6次", "一年8次以上", "几乎每月都感冒"},
	17: {"从来没有", "一年1–2次", "一年3–4次", "一年5–6次", "每次遇到上述原因都过敏"},
	28: {"腹围<80cm", "腹围80–85cm", "腹围86–90cm", "腹围91–105cm", "腹围>105cm"},
}

var tcmAnswers = []string{"没有(根本不/从来没有)", "很少(有一点/偶尔)", "有时(有些/少数时间)", "经常(相当/多数时间)", "总是(非常/每天)"}

// tcmConstitution is one of the eight biased constitutions: the sum of four answers.
type tcmConstitution struct {
	key, label string
	questions  []int
	advice     string
}

var tcmConstitutions = []tcmConstitution{
	{"qi_deficiency", "气虚质", []int{2, 3, 4, 14}, "气虚质:避免劳累,饮食宜益气健脾,适当做柔缓的运动"},
	{"yang_deficiency", "阳虚质", []int{11, 12, 13, 29}, "阳虚质:注意保暖,少食生冷,饮食宜温补阳气"},
	{"yin_deficiency", "阴虚质", []int{10, 21, 26, 31}, "阴虚质:避免熬夜,少食辛辣燥热,饮食宜滋阴润燥"},
	{"phlegm_damp", "痰湿质", []int{9, 16, 28, 32}, "痰湿质:饮食清淡,少食肥甘,坚持运动,控制体重"},
	{"damp_heat", "湿热质", []int{23, 25, 27, 30}, "湿热质:饮食清淡,少食辛辣油腻,避免潮湿环境"},
	{"blood_stasis", "血瘀质", []int{19, 22, 24, 33}, "血瘀质:注意保暖,保持运动,饮食宜行气活血"},
	{"qi_stagnation", "气郁质", []int{5, 6, 7, 8}, "气郁质:调畅情志,多参加社会活动,保证睡眠"},
	{"special", "特禀质", []int{15, 17, 18, 20}, "特禀质:避免接触过敏原,饮食清淡均衡,起居规律"},
}

// tcmBalancedQuestions make 平和质; all but the first are counted in reverse, 6 − x.
var tcmBalancedQuestions = []int{1, 2, 4, 5, 13}

func tcmKey(question int) string { return "q" + strconv.Itoa(question) }

func tcmKeys(questions []int) []string {
	keys := make([]string, len(questions))
	for i, q := range questions {
		keys[i] = tcmKey(q)
	}
	return keys
}

// tcmFields is the questionnaire with its nine scores and results, which the server
// computes, and the guidance given.
func tcmFields() []Field {
	var questions []Field
	for i, text := range tcmQuestions {
		answers := tcmAnswers
		if scale, ok := tcmScales[i+1]; ok {
			answers = scale
		}
		questions = append(questions, codeField(tcmKey(i+1), strconv.Itoa(i+1)+". "+text, numbered(answers...)...).must())
	}
	var results []Field
	balanced := []string{"balanced_score"}
	for _, c := range tcmConstitutions {
		score := c.key + "_score"
		balanced = append(balanced, score)
		results = append(results,
			intField(score, c.label+"得分", "分", 4, 20).serverOnly("sum", tcmKeys(c.questions)...),
			codeField(c.key, c.label, numbered("是", "倾向是", "否")...).serverOnly("constitution", score))
	}
	results = append(results,
		intField("balanced_score", "平和质得分", "分", 5, 25).serverOnly("balanced_score", tcmKeys(tcmBalancedQuestions)...),
		codeField("balanced", "平和质", numbered("是", "基本是", "否")...).serverOnly("balanced", balanced...))
	guidance := withOther(codesField("guidance", "中医药保健指导",
		numbered("情志调摄", "饮食调养", "起居调摄", "运动保健", "穴位保健", "其他")...).must())
	return slices.Concat(
		section("体质辨识", "domain §3.4", questions...),
		section("体质辨识结果", "domain §3.4", results...),
		section("中医药保健指导", "domain §3.4", guidance...),
		section(sectionOutcome, "domain §3.0", plainOutcomeFields(numbered("平和质", "偏颇体质", "未能判定")...)...),
		section(sectionReferral, "domain §3.0", abnormalReferral()...),
	)
}
