package codes

import (
	"regexp"
	"strings"
)

// Phone is a valid telephone number of the mainland.
type Phone struct {
	Number string // mobile 13800001234; landline 0632-4412345, with an extension 0632-4412345-801
	Mobile bool
}

// String masks the number.
func (p Phone) String() string { return MaskPhone(p.Number) }

var (
	mobilePattern = regexp.MustCompile(`^1[3-9]\d{9}$`)
	// Area codes 010 and 02x have three digits and numbers of 8; the others have four and 7 or 8.
	landlinePattern = regexp.MustCompile(`^(0(?:10|2\d)|0[3-9]\d{2})-?(\d{7,8})(?:-(\d{1,6}))?$`)
	countryPattern  = regexp.MustCompile(`^(?:\+|00)86-?`)
	bareCountry     = regexp.MustCompile(`^86(1[3-9]\d{9})$`)
	phoneMarks      = strings.NewReplacer("(", "", ")", "-", "转", "-", "_", "-", "*", "-")
)

// ParsePhone reads a mobile number, or a landline number with its area code, with
// or without +86. Numbers 199 0000 #### of demonstration districts (domain §9.6)
// are mobile numbers like others. The error is an *Error.
func ParsePhone(s string) (Phone, error) {
	s = squeeze(s)
	if s == "" {
		return Phone{}, refuse(ReasonRequired, "请填写联系电话")
	}
	if scientific.MatchString(s) {
		return Phone{}, refuse(ReasonScientific, "联系电话被电子表格截断,请把该列设为文本格式后重新填写")
	}
	s = countryPattern.ReplaceAllString(phoneMarks.Replace(s), "")
	s = strings.TrimPrefix(s, "-")
	s = bareCountry.ReplaceAllString(s, "$1")
	bare := strings.ReplaceAll(s, "-", "")
	if !digits(bare) {
		return Phone{}, refuse(ReasonCharset, "联系电话只能填写一个号码,且只能是数字")
	}
	if mobilePattern.MatchString(bare) {
		return Phone{Number: bare, Mobile: true}, nil
	}
	if m := landlinePattern.FindStringSubmatch(s); m != nil {
		number := m[1] + "-" + m[2]
		if m[3] != "" {
			number += "-" + m[3]
		}
		return Phone{Number: number}, nil
	}
	if bare[0] == '1' && len(bare) != 11 {
		return Phone{}, refuse(ReasonLength, "手机号码应为11位")
	}
	return Phone{}, refuse(ReasonFormat, "联系电话应为11位手机号码,或带区号的固定电话")
}
