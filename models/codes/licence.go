package codes

import (
	"regexp"
	"strings"
)

// Licence is the registration number of a practice licence 医疗机构执业许可证, by which
// village clinics without a credit code are known (domain §4.5).
type Licence struct {
	Number       string // 22 characters
	Organisation string // 9 characters, GB 11714
	Region       string // six digits, GB/T 2260
	Economy      string // two digits, economic type
	Category     string // 4 characters, kind of institution
	Sequence     string // 1 character
}

// licencePattern follows domain §4.5; the inner form is unsure (§11.9), so letters pass where they occur.
var licencePattern = regexp.MustCompile(`^([0-9A-Z]{9})(\d{6})(\d{2})([0-9A-Z]{4})([0-9A-Z])$`)

// ParseLicence reads a licence number of 22 characters; hyphens in it are dropped.
// The error is an *Error.
func ParseLicence(s string) (Licence, error) {
	s = strings.ReplaceAll(strings.ToUpper(squeeze(s)), "-", "")
	switch {
	case s == "":
		return Licence{}, refuse(ReasonRequired, "请填写医疗机构执业许可证登记号")
	case len(s) != 22:
		return Licence{}, refuse(ReasonLength, "医疗机构执业许可证登记号应为22位")
	}
	m := licencePattern.FindStringSubmatch(s)
	if m == nil {
		return Licence{}, refuse(ReasonFormat, "医疗机构执业许可证登记号格式不正确")
	}
	if !Provinces.Has(m[2][:2]) {
		return Licence{}, refuse(ReasonRegion, "医疗机构执业许可证登记号中的行政区划代码不存在")
	}
	return Licence{Number: s, Organisation: m[1], Region: m[2], Economy: m[3], Category: m[4], Sequence: m[5]}, nil
}
