package codes

import "strings"

// USCC is a valid unified social credit code 统一社会信用代码 (GB 32100-2015, domain §4.5).
type USCC struct {
	Number       string // 18 characters
	Registrar    byte   // registering authority; 1 establishments office, 5 civil affairs, 9 market regulation
	Category     byte   // kind of organisation within the registrar's; 12 is a public institution
	Region       string // six digits, GB/T 2260; 100000 is a national body
	Organisation string // 9 characters, GB 11714
	// OrganisationValid tells whether the inner organisation code fits its own check
	// character. Real codes exist that do not: warn, do not refuse.
	OrganisationValid bool
}

// usccAlphabet lacks I, O, S, V and Z; a character's value is its place.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// nationalRegion is the region of organisations registered with a national authority.
const nationalRegion = "100000"

var (
	usccWeights         = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}
)

// USCCChecksum returns the 18th character for the first 17, or 0 when body is not
// 17 characters of the alphabet.
func USCCChecksum(body string) byte {
	if len(body) != 17 {
		return 0
	}
	sum := 0
	for i, w := range usccWeights {
		v := strings.IndexByte(usccAlphabet, body[i])
		if v < 0 {
			return 0
		}
		sum += v * w
	}
	return usccAlphabet[(31-sum%31)%31]
}

// ParseUSCC reads a unified social credit code. The error is an *Error.
func ParseUSCC(s string) (USCC, error) {
	s = strings.ToUpper(squeeze(s))
	switch {
	case s == "":
		return USCC{}, refuse(ReasonRequired, "请填写统一社会信用代码")
	case scientific.MatchString(s):
		return USCC{}, refuse(ReasonScientific, "统一社会信用代码被电子表格截断,请把该列设为文本格式后重新填写")
	case strings.Trim(s, usccAlphabet) != "":
		return USCC{}, refuse(ReasonCharset, "统一社会信用代码只能是数字和大写字母,且不含I、O、S、V、Z")
	case len(s) != 18:
		return USCC{}, refuse(ReasonLength, "统一社会信用代码应为18位")
	case !digits(s[2:8]) || s[2:8] != nationalRegion && !Provinces.Has(s[2:4]):
		return USCC{}, refuse(ReasonRegion, "统一社会信用代码第3至8位不是有效的行政区划代码")
	case USCCChecksum(s[:17]) != s[17]:
		return USCC{}, refuse(ReasonChecksum, "统一社会信用代码校验位不正确,请核对是否输错")
	}
	return USCC{
		Number: s, Registrar: s[0], Category: s[1], Region: s[2:8],
		Organisation: s[8:17], OrganisationValid: organisationChecksum(s[8:16]) == s[16],
	}, nil
}

// organisationChecksum is the check character of GB 11714 for 8 characters.
func organisationChecksum(body string) byte {
	sum := 0
	for i, w := range organisationWeights {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	return "0X987654321"[sum%11]
}
