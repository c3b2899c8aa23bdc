package codes

import (
	"regexp"
	"strings"
)

// InsuranceKind tells who a medical-insurance code belongs to.
type InsuranceKind byte

// Who a medical-insurance code belongs to; the value is its first letter.
const (
	InsuranceInstitution InsuranceKind = 'H'
	InsuranceDoctor      InsuranceKind = 'D'
)

var insurancePattern = regexp.MustCompile(`^(H\d{2}\d{4}\d{5}|D\d{2}\d{4}\d{6})$`)

// ParseInsuranceCode reads a medical-insurance code 医保编码: a letter, six digits of
// region and five (institution) or six (doctor) digits (domain §4.5). It returns
// the code in upper case. The error is an *Error.
func ParseInsuranceCode(kind InsuranceKind, s string) (string, error) {
	s = strings.ToUpper(squeeze(s))
	switch {
	case s == "":
		return "", refuse(ReasonRequired, "请填写医保编码")
	case !insurancePattern.MatchString(s) || s[0] != byte(kind):
		return "", refuse(ReasonFormat, "医保编码格式不正确")
	case !Provinces.Has(s[1:3]):
		return "", refuse(ReasonRegion, "医保编码中的行政区划代码不存在")
	}
	return s, nil
}
