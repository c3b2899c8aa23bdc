package seed

import "jiayi/models"

// crowd is the first-match group of the reference district: each person is counted in
// exactly one, the earliest that fits (domain §9.3).
type crowd int

// The crowds in the order of domain §9.3; others are not in the key population.
const (
	elderly crowd = iota
	children
	maternal
	chronic // hypertension or diabetes, under 65
	copd
	mental
	tuberculosis
	disabled
	special
	poverty
	others
	crowds
)

// count is a number of residents and of the signed among them.
type count struct{ residents, signed int }

func (c count) unsigned() int { return c.residents - c.signed }

// crowdFigures are the exclusive increments of domain §9.3; others follow from §9.1.
var crowdFigures = [crowds]count{
	elderly: {102740, 78000}, children: {34950, 24300}, maternal: {2900, 2150}, chronic: {15502, 12000}, copd: {500, 390},
	mental: {1830, 1560}, tuberculosis: {78, 72}, disabled: {4436, 3577}, special: {450, 450}, poverty: {3910, 3910},
	others: {346834, 203303},
}

// ownCode is the population that makes a crowd; "" where the birth date or the
// three-high regions do.
var ownCode = [crowds]models.Population{
	maternal: models.Maternal, copd: models.COPD, mental: models.MentalDisorder, tuberculosis: models.Tuberculosis,
	disabled: models.Disabled, special: models.SpecialFamily, poverty: models.Poverty,
}

// institutions is how many primary institutions the district has.
const institutions = 10

// institutionFigures is one row of domain §9.5 with its synthetic town.
type institutionFigures struct {
	all, elderly, key                  count
	clinics, teams, members, threeHigh int
	town, name, townCode               string // townCode is GB/T 10114: below 100 a street, else a town
	level                              models.InstitutionLevel
}

// primaries are the ten primary institutions of domain §9.5.
var primaries = [institutions]institutionFigures{
	{count{98420, 57066}, count{16307, 11383}, count{28665, 20170}, 12, 34, 77, 7452, "榴花街道", "榴花街道社区卫生服务中心", "001", models.RegionalSubcentre},
	{count{74360, 45375}, count{13068, 9513}, count{22405, 16339}, 16, 28, 61, 5744, "青檀街道", "青檀社区医院", "002", models.CommunityHospital},
	{count{61250, 38677}, count{11686, 8740}, count{19377, 14440}, 18, 26, 55, 4871, "金籽镇", "金籽镇中心卫生院", "101", models.RegionalSubcentre},
	{count{55840, 35865}, count{10935, 8287}, count{17946, 13553}, 20, 25, 52, 4483, "红萼镇", "红萼社区医院", "102", models.CommunityHospital},
	{count{49730, 32523}, count{10237, 7861}, count{16481, 12614}, 22, 26, 54, 4068, "玉露镇", "玉露社区医院", "103", models.CommunityHospital},
	{count{46110, 30693}, count{9955, 7743}, count{15745, 12208}, 22, 25, 51, 3842, "云田镇", "云田社区医院", "104", models.CommunityHospital},
	{count{40280, 27493}, count{9101, 7170}, count{14159, 11070}, 22, 24, 49, 3418, "望岱镇", "望岱镇卫生院", "105", models.Township},
	{count{34970, 24274}, count{8252, 6583}, count{12643, 10013}, 20, 22, 45, 3021, "双泉镇", "双泉镇卫生院", "106", models.Township},
	{count{29840, 21060}, count{7342, 5931}, count{11089, 8896}, 19, 20, 40, 2623, "柳溪镇", "柳溪镇卫生院", "107", models.Township},
	{count{23330, 16686}, count{5857, 4789}, count{8786, 7106}, 15, 16, 32, 2069, "南湖镇", "南湖镇卫生院", "108", models.Township},
}

// householdFigure is the number of families: 2.89 persons each (domain §9.1).
const householdFigure = 177900

// The three highs are bits of a region of the Venn diagram of domain §9.4.
const (
	regionH   = 1 // hypertension
	regionD   = 2 // type 2 diabetes
	regionHD  = regionH | regionD
	regionL   = 4 // dyslipidaemia
	regionHL  = regionH | regionL
	regionDL  = regionD | regionL
	regionHDL = regionHD | regionL
	regions   = 8 // 0 is none of the three
)

// chronicRegions are the regions with hypertension or diabetes. §9.4 gives the signed of
// H∪HL, D∪DL and HD∪HDL; they are divided in proportion.
var chronicRegions = []int{regionH, regionHL, regionD, regionDL, regionHD, regionHDL}

var regionFigures = [regions]count{
	regionH: {22541, 18462}, regionHL: {3300, 2703}, regionD: {3471, 2848}, regionDL: {1300, 1067},
	regionHD: {6679, 5538}, regionHDL: {1600, 1327},
	regionL: {2700, 1870}, // signed: design, near the rate of the crowds they are in
}

// chronicIn tells in which crowds the people with hypertension or diabetes are (§9.3, §9.4).
var chronicIn = [crowds]count{elderly: {23329, 19900}, maternal: {60, 45}, chronic: {15502, 12000}}

// lipidsIn places those with dyslipidaemia alone; the domain leaves it open.
var lipidsIn = [crowds]count{elderly: {900, 700}, others: {1800, 1170}}

// overlap is how many of a crowd carry a population beside the one that made the crowd.
type overlap struct {
	code  models.Population
	in    crowd
	n     int
	sworn bool // everyone on the list is signed (domain §9.3)
}

// overlaps are the tag totals of domain §9.3 by first-match crowd. The last three
// populations are outside K; their figures are design.
var overlaps = []overlap{
	{models.COPD, elderly, 1420, false}, {models.COPD, chronic, 230, false},
	{models.MentalDisorder, elderly, 340, false}, {models.MentalDisorder, maternal, 4, false},
	{models.MentalDisorder, chronic, 150, false}, {models.MentalDisorder, copd, 6, false},
	{models.Tuberculosis, elderly, 48, false}, {models.Tuberculosis, children, 2, false}, {models.Tuberculosis, maternal, 1, false},
	{models.Tuberculosis, chronic, 15, false}, {models.Tuberculosis, copd, 4, false}, {models.Tuberculosis, mental, 2, false},
	{models.Disabled, elderly, 5480, false}, {models.Disabled, children, 120, false}, {models.Disabled, maternal, 15, false},
	{models.Disabled, chronic, 1905, false}, {models.Disabled, copd, 60, false}, {models.Disabled, mental, 1350, false},
	{models.Disabled, tuberculosis, 4, false},
	{models.SpecialFamily, elderly, 310, true}, {models.SpecialFamily, chronic, 150, true}, {models.SpecialFamily, copd, 10, true},
	{models.SpecialFamily, mental, 5, true}, {models.SpecialFamily, disabled, 55, true},
	{models.Poverty, elderly, 2940, true}, {models.Poverty, children, 520, true}, {models.Poverty, maternal, 40, true},
	{models.Poverty, chronic, 640, true}, {models.Poverty, copd, 30, true}, {models.Poverty, mental, 90, true},
	{models.Poverty, tuberculosis, 4, true}, {models.Poverty, disabled, 460, true}, {models.Poverty, special, 6, true},
	{models.CoronaryDisease, elderly, 4300, false}, {models.CoronaryDisease, chronic, 620, false},
	{models.Stroke, elderly, 3100, false}, {models.Stroke, chronic, 410, false},
	{models.DisabledElderly, elderly, 2900, false},
}

// ageBand is one row of the age pyramid: from its age up to the next band's.
type ageBand struct {
	from, n int
	male    int // male share, per thousand (domain §9.2: 51.3 % overall, about 38 % at 85 and over)
}

// The pyramid of domain §9.2: single years to 6, then 7–9 and five-year bands.
var pyramid = [...]ageBand{
	{0, 3900, 535}, {1, 4050, 535}, {2, 4300, 535}, {3, 4700, 535}, {4, 5200, 535}, {5, 5900, 535}, {6, 6900, 535},
	{7, 23700, 535}, {10, 39200, 535}, {15, 30500, 530}, {20, 19200, 530}, {25, 21800, 520}, {30, 32100, 520}, {35, 39900, 520},
	{40, 33800, 520}, {45, 28600, 515}, {50, 34700, 515}, {55, 38100, 515}, {60, 34840, 515},
	{65, 31900, 500}, {70, 31400, 485}, {75, 20100, 460}, {80, 11900, 430}, {85, 5600, 380}, {90, 1520, 380}, {95, 320, 380},
}

// Where the pyramid's parts begin: 0–6, 7–64, 65 and over.
const (
	bands      = len(pyramid)
	middleBand = 7
	oldBand    = 19
	oldestAge  = 101
)
