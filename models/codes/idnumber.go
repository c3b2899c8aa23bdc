package codes

import (
	"strings"

	"jiayi/internal/calendar"
)

// TestRegion is the region of generated numbers. It is not an assigned county, so
// that no generated number can belong to a real person (domain §4.1).
const TestRegion = "370499"

// MaxAge is the greatest age in completed years a number is believed at (domain §4.1).
const MaxAge = 130

// IDRules is what the check of an ID number depends on besides the number.
type IDRules struct {
	Today           calendar.Date // birth dates after it are refused
	AllowTestRegion bool          // accept TestRegion; for demonstration districts and tests only
}

// IDNumber is a valid number and what it tells about its holder.
type IDNumber struct {
	Number string        // 18 characters, the last may be an upper-case X
	Region string        // first six digits, GB/T 2260 at the time of issue
	Born   calendar.Date // birth date
	Sex    string        // SexMale or SexFemale
}

// String masks the number, so that printing it by accident reveals nobody.
func (n IDNumber) String() string { return MaskDocument(n.Number) }

// NormaliseIDNumber returns s without spaces, invisible characters and
// punctuation of spreadsheets, with full-width characters folded and x in upper case.
func NormaliseIDNumber(s string) string { return strings.ToUpper(squeeze(s)) }

const (
	idMap = "10X98765432"

	msgIDRequired   = "请填写身份证号码"
	msgIDScientific = "身份证号码被电子表格截断,请把该列设为文本格式后重新填写"
	msgIDLength     = "身份证号码应为18位"
	msgIDCharset    = "身份证号码只能是数字,末位可以是X"
	msgIDRegion     = "身份证号码前6位不是有效的行政区划代码"
	msgIDBirth      = "身份证号码中的出生日期不存在"
	msgIDFuture     = "身份证号码中的出生日期晚于今天"
	msgIDAge        = "身份证号码中的出生日期过早,请核对"
	msgIDChecksum   = "身份证号码校验位不正确,请核对是否输错"
)

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// ChecksumDigit returns the 18th character for the first 17 digits of a number
// (GB 11643, domain §4.1), or 0 when body is not 17 digits.
func ChecksumDigit(body string) byte {
	if len(body) != 17 || !digits(body) {
		return 0
	}
	sum := 0
	for i, w := range idWeights {
		sum += int(body[i]-'0') * w
	}
	return idMap[sum%11]
}

// ComposeIDNumber builds the number of the seq-th person (0 to 999, odd is male)
// born on a day in a region of six digits. It is for generators and returns ""
// when an argument is out of its range.
func ComposeIDNumber(region string, born calendar.Date, seq int) string {
	if len(region) != 6 || !digits(region) || born.IsZero() || seq < 0 || seq > 999 {
		return ""
	}
	body := region + strings.ReplaceAll(born.String(), "-", "") + pad(seq, 3)
	return body + string(ChecksumDigit(body))
}

// ParseIDNumber reads a resident ID number in the order of domain §4.1: length
// and characters, region, birth date, checksum. A number of the old form with 15
// digits comes back with 18. The error is an *Error.
func (r IDRules) ParseIDNumber(s string) (IDNumber, error) {
	return r.parseNormalised(NormaliseIDNumber(s), r.checkRegion)
}

// parseNormalised checks a number of 18 characters, or 15 digits, built as GB 11643 has it.
func (r IDRules) parseNormalised(s string, region func(string) error) (IDNumber, error) {
	if err := checkIDShape(s); err != nil {
		return IDNumber{}, err
	}
	if len(s) == 15 {
		s = s[:6] + "19" + s[6:]
		s += string(ChecksumDigit(s))
	}
	if err := region(s[:6]); err != nil {
		return IDNumber{}, err
	}
	born, err := r.birthDate(s[6:14])
	if err != nil {
		return IDNumber{}, err
	}
	if ChecksumDigit(s[:17]) != s[17] {
		// A double holds 15 digits: the last three are zero where a spreadsheet took the number for one.
		if strings.HasSuffix(s, "000") {
			return IDNumber{}, refuse(ReasonScientific, msgIDScientific)
		}
		return IDNumber{}, refuse(ReasonChecksum, msgIDChecksum)
	}
	sex := SexFemale
	if s[16]%2 == 1 {
		sex = SexMale
	}
	return IDNumber{Number: s, Region: s[:6], Born: born, Sex: sex}, nil
}

func checkIDShape(s string) error {
	switch {
	case s == "":
		return refuse(ReasonRequired, msgIDRequired)
	case scientific.MatchString(s):
		return refuse(ReasonScientific, msgIDScientific)
	case !digits(strings.TrimSuffix(s, "X")):
		return refuse(ReasonCharset, msgIDCharset)
	case len(s) != 18 && len(s) != 15:
		return refuse(ReasonLength, msgIDLength)
	case len(s) == 15 && !digits(s):
		return refuse(ReasonCharset, msgIDCharset)
	}
	return nil
}

func (r IDRules) checkRegion(region string) error {
	if !Provinces.Has(region[:2]) || region == TestRegion && !r.AllowTestRegion {
		return refuse(ReasonRegion, msgIDRegion)
	}
	return nil
}

// birthDate reads YYYYMMDD of a person who can be alive today.
func (r IDRules) birthDate(s string) (calendar.Date, error) {
	born, err := calendar.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:])
	switch {
	case err != nil:
		return born, refuse(ReasonBirthDate, msgIDBirth)
	case born.After(r.Today):
		return born, refuse(ReasonFuture, msgIDFuture)
	case born.AgeOn(r.Today) > MaxAge:
		return born, refuse(ReasonAge, msgIDAge)
	}
	return born, nil
}
