package codes

import (
	"fmt"
	"strings"
)

// The codes of sex a rule may ask for (GB/T 2261.1).
const (
	SexUnknown     = "0"
	SexMale        = "1"
	SexFemale      = "2"
	SexUnspecified = "9"
)

// Sexes is GB/T 2261.1 (domain §4.3).
var Sexes = newTable(`
0 未知的性别 未知
1 男 男性
2 女 女性
9 未说明的性别 未说明
`)

// Nationalities is GB/T 3304, the 56 peoples of China (domain §4.3). 汉 and 汉族 are both known.
var Nationalities = newTable(nationalityLines(`蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家
哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬
锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺`))

// nationalityLines numbers the peoples after 汉, which is 01, in the order of the standard.
func nationalityLines(names string) string {
	lines := []string{"01 汉族 汉"}
	for i, name := range strings.Fields(names) {
		line := fmt.Sprintf("%02d %s族 %s", i+2, name, name)
		if name == "德昂" {
			line += " 崩龙族 崩龙" // the name until 1985
		}
		lines = append(lines, line)
	}
	return strings.Join(append(lines, "97 其他", "98 外国血统中国籍 外国血统"), "\n")
}

// ABOGroups is the ABO blood group (domain §4.3).
var ABOGroups = newTable(`
1 A型 A
2 B型 B
3 O型 O
4 AB型 AB
5 不详 未查
`)

// RhFactors is the Rh blood group; the numbering is of domain §4.3 and unsure (§11.8).
var RhFactors = newTable(`
1 阴性 RH阴性 RH- -
2 阳性 RH阳性 RH+ +
3 不详 未查
`)

// Educations is the schooling of the national record form (domain §4.3).
var Educations = newTable(`
1 研究生 硕士 博士
2 大学本科 本科
3 大学专科和专科学校 大学专科 大专 专科
4 中等专业学校 中专
5 技工学校 技校
6 高中
7 初中
8 小学
9 文盲或半文盲 文盲 半文盲
10 不详
`)

// Marriages is the marital status of the national record form (domain §4.3).
var Marriages = newTable(`
1 未婚
2 已婚
3 丧偶
4 离婚 离异
5 未说明的婚姻状况 未说明 不详
`)

// Occupations is the occupation of the national record form (domain §4.3).
var Occupations = newTable(`
0 国家机关、党群组织、企业、事业单位负责人 单位负责人
1 专业技术人员
2 办事人员和有关人员 办事人员
3 商业、服务业人员 商业服务业人员
4 农、林、牧、渔、水利业生产人员 农林牧渔水利业生产人员 农民 务农
5 生产、运输设备操作人员及有关人员 生产运输设备操作人员 工人
6 军人
7 不便分类的其他从业人员 其他从业人员 其他
8 无职业 无业
`)

// Residences tells whether a person is registered where they live; the numbering
// is of domain §4.3 and unsure (§11.8).
var Residences = newTable(`
1 户籍 本地户籍
2 非户籍 外地户籍
`)

// Payments is how care is paid for, several may hold; the numbering is of domain
// §4.3 and unsure (§11.8).
var Payments = newTable(`
1 城镇职工基本医疗保险 城镇职工医保 职工医保 城镇职工
2 城乡居民基本医疗保险 城镇居民基本医疗保险 城乡居民医保 居民医保 城镇居民 城乡居民
3 新型农村合作医疗 新农合
4 贫困救助
5 商业医疗保险 商业保险
6 全公费 公费
7 全自费 自费
8 其他
`)

// PastDiseases is the past history of the national record form (domain §4.3).
var PastDiseases = newTable(`
01 无
02 高血压
03 糖尿病
04 冠心病
05 慢性阻塞性肺疾病 慢阻肺
06 恶性肿瘤
07 脑卒中
08 严重精神障碍
09 肺结核 结核病
10 肝炎
11 先天畸形
12 职业病
13 肾脏疾病
14 贫血
98 其他法定传染病
99 其他
`)

// Disabilities is the disability of the national record form (domain §4.3). It is
// numbered otherwise than DisabilityTypes.
var Disabilities = newTable(`
1 无残疾 无
2 视力残疾 视力
3 听力残疾 听力
4 言语残疾 言语
5 肢体残疾 肢体
6 智力残疾 智力
7 精神残疾 精神
8 其他残疾 其他
`)

// DisabilityTypes is the type on the disability certificate 残疾人证 (domain §4.3).
var DisabilityTypes = newTable(`
1 视力残疾 视力
2 听力残疾 听力
3 言语残疾 言语
4 肢体残疾 肢体
5 智力残疾 智力
6 精神残疾 精神
7 多重残疾 多重
`)

// DisabilityLevels is the level on the disability certificate; 1 is the gravest (domain §4.3).
var DisabilityLevels = newTable(`
1 一级
2 二级
3 三级
4 四级
`)

// Provinces is the first two digits of GB/T 2260, with 83, which residence permits
// of people from Taiwan begin with.
var Provinces = newTable(`
11 北京市
12 天津市
13 河北省
14 山西省
15 内蒙古自治区
21 辽宁省
22 吉林省
23 黑龙江省
31 上海市
32 江苏省
33 浙江省
34 安徽省
35 福建省
36 江西省
37 山东省
41 河南省
42 湖北省
43 湖南省
44 广东省
45 广西壮族自治区
46 海南省
50 重庆市
51 四川省
52 贵州省
53 云南省
54 西藏自治区
61 陕西省
62 甘肃省
63 青海省
64 宁夏回族自治区
65 新疆维吾尔自治区
71 台湾省
81 香港特别行政区
82 澳门特别行政区
83 台湾居民居住证
`)
