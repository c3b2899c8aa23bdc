package codes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"jiayi/internal/calendar"
)

// compoundSurnames are the 复姓 in use.
var compoundSurnames = strings.Fields(`欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊
赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延
东郭 南门 羊舌 微生 左丘 西门 第五 公西 梁丘 段干 纳兰 完颜 拓跋 轩辕 亓官 司寇 子车 颛孙 巫马 公良 漆雕
乐正 宰父 谷梁 夹谷 东门 南郭 贯丘 即墨 哈达 爱新`)

// MaskName hides a name as domain §8.4 does: 张* , 张*三 , 欧阳** .
func MaskName(name string) string {
	r := []rune(strings.TrimSpace(name))
	switch {
	case len(r) == 0:
		return ""
	case len(r) == 1:
		return "*"
	case len(r) == 2:
		return string(r[:1]) + "*"
	case len(r) == 3 && !slices.Contains(compoundSurnames, string(r[:2])):
		return string(r[:1]) + "*" + string(r[2:])
	}
	return string(r[:2]) + "**"
}

// MaskDocument hides an ID number or another document's number: of 11 characters
// or more the first 3 and last 4 are shown (370***********0017), of fewer the
// first and the last two, of fewer than 6 none.
func MaskDocument(number string) string {
	switch n := len([]rune(number)); {
	case n >= 11:
		return maskMiddle(number, 3, 4)
	case n >= 6:
		return maskMiddle(number, 1, 2)
	default:
		return maskMiddle(number, 0, 0)
	}
}

// MaskPhone hides a phone number: 138****1234. Of a landline number the area code
// and the last two digits are shown: 0632-*****45.
func MaskPhone(number string) string {
	if area, rest, ok := strings.Cut(number, "-"); ok && len(area) <= 4 {
		return area + "-" + maskMiddle(rest, 0, min(2, len(rest)/3))
	}
	return MaskDocument(number)
}

// MaskRecordNo hides a health record number: 370499001*****001.
func MaskRecordNo(number string) string {
	if len(number) != 17 {
		return MaskDocument(number)
	}
	return maskMiddle(number, 9, 3)
}

// MaskBirthDate shows the year only: 1955-**-** . The zero Date stays empty.
func MaskBirthDate(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return pad(d.Year(), 4) + "-**-**"
}

// maskMiddle shows the first head and last tail characters and a star for each other.
func maskMiddle(s string, head, tail int) string {
	r := []rune(s)
	for i := head; i < len(r)-tail; i++ {
		r[i] = '*'
	}
	return string(r)
}

var (
	// houseNumber finds where an address may begin to tell a house: any digit, or a
	// Chinese numeral before a word for a building or a part of one.
	houseNumber = regexp.MustCompile(`\p{N}|[零〇一二三四五六七八九十百两甲乙丙丁]+(?:号|楼|栋|幢|座|单元|层|室|户|组|队|弄|巷|胡同|排|期)`)
	// The levels an address may be shown down to, finest first. Each is sought after the coarser one.
	countyLevel   = regexp.MustCompile(`^.*?(?:[^小社校院厂片]区|[县旗])|^.*?市`)
	townshipLevel = regexp.MustCompile(`^.*?(?:街道办事处|街道|镇|乡)`)
	villageLevel  = regexp.MustCompile(`^.{1,12}?(?:(?:社区|村)(?:居?民?委员会|[居村]委会|委会)?|居民委员会|居委会)`)
)

// MaskAddress shows an address down to its village or residents' community and
// never a house number: 某镇某村*** . Where that cannot be told with safety it
// shows less: the township, the county, or *** only.
func MaskAddress(address string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, address)
	if s == "" {
		return ""
	}
	if at := houseNumber.FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	shown := 0
	for _, level := range []*regexp.Regexp{countyLevel, townshipLevel, villageLevel} {
		shown += len(level.FindString(s[shown:]))
	}
	return s[:shown] + "***"
}
