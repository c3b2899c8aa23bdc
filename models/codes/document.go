package codes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DocumentType is a code of DocumentTypes.
type DocumentType string

// The kinds of identity document (CV02.01.101, domain §4.2); 08 to 11 are local extensions.
const (
	DocResidentID        DocumentType = "01"
	DocHouseholdRegister DocumentType = "02"
	DocPassport          DocumentType = "03"
	DocOfficer           DocumentType = "04"
	DocDrivingLicence    DocumentType = "05"
	DocHKMacauPass       DocumentType = "06"
	DocTaiwanPass        DocumentType = "07"
	DocHKMacauPermit     DocumentType = "08"
	DocTaiwanPermit      DocumentType = "09"
	DocForeignPermanent  DocumentType = "10"
	DocBirthCertificate  DocumentType = "11"
	DocOther             DocumentType = "99"
)

// maxFreeDocumentNumber is the length in characters of a number without a national form.
const maxFreeDocumentNumber = 20

// DocumentTypes is the table of identity documents (domain §4.2).
var DocumentTypes = newTable(`
01 居民身份证 身份证
02 居民户口簿 户口簿 户口本
03 护照
04 军官证
05 驾驶证
06 港澳居民来往内地通行证 回乡证
07 台湾居民来往内地通行证 台胞证
08 港澳居民居住证
09 台湾居民居住证
10 外国人永久居留身份证
11 出生医学证明
99 其他法定有效证件 其他
`)

// Document is a valid identity document.
type Document struct {
	Type   DocumentType
	Number string // normalised
	// Holder is what the number tells about its holder. It is the zero IDNumber for
	// documents whose number tells nothing.
	Holder IDNumber
}

// String masks the number.
func (d Document) String() string { return string(d.Type) + " " + MaskDocument(d.Number) }

const (
	msgDocType     = "证件类型不正确"
	msgDocRequired = "请填写证件号码"
	msgDocFormat   = "证件号码格式与证件类型不符"
	msgDocLength   = "证件号码过长"
	msgDocCharset  = "证件号码含有不能使用的字符"
	msgDocRegion   = "证件号码前6位与证件类型不符"
)

// documentPatterns are the rules of domain §4.2 for numbers without a checksum.
var documentPatterns = map[DocumentType]*regexp.Regexp{
	DocPassport:         regexp.MustCompile(`^[A-Z0-9]{5,20}$`), // the Chinese form ChinesePassport is one of these
	DocHKMacauPass:      regexp.MustCompile(`^[HM]\d{8}(\d{2})?$`),
	DocTaiwanPass:       regexp.MustCompile(`^\d{8}$`),
	DocBirthCertificate: regexp.MustCompile(`^[A-Z]\d{9}$`),
}

var (
	chinesePassport     = regexp.MustCompile(`^[EDSPG][A-Z0-9]\d{7}$`)
	oldForeignPermanent = regexp.MustCompile(`^[A-Z]{3}\d{12}$`)
)

// NormaliseDocument returns a document's number without spaces and invisible
// characters, with full-width characters folded, in upper case.
func NormaliseDocument(s string) string { return strings.ToUpper(squeeze(s)) }

// ChinesePassport tells whether a normalised passport number has the form of one
// issued by China. Foreign numbers may have the form by chance.
func ChinesePassport(number string) bool { return chinesePassport.MatchString(number) }

// ParseDocument reads the number of a document of a type (domain §4.2). The error
// is an *Error.
func (r IDRules) ParseDocument(t DocumentType, number string) (Document, error) {
	if !DocumentTypes.Has(string(t)) {
		return Document{}, refuse(ReasonType, msgDocType)
	}
	s := NormaliseDocument(number)
	switch t {
	case DocResidentID, DocHouseholdRegister:
		return r.holderDocument(t, s, r.checkRegion)
	case DocHKMacauPermit:
		return r.holderDocument(t, s, oneOf("810000", "820000"))
	case DocTaiwanPermit:
		return r.holderDocument(t, s, oneOf("830000"))
	case DocForeignPermanent:
		if !oldForeignPermanent.MatchString(s) {
			return r.holderDocument(t, s, startsWithNine)
		}
	default:
		if err := checkPlainDocument(t, s); err != nil {
			return Document{}, err
		}
	}
	return Document{Type: t, Number: s}, nil
}

// holderDocument reads a number of 18 characters that is built as the resident ID number is.
func (r IDRules) holderDocument(t DocumentType, s string, region func(string) error) (Document, error) {
	if t != DocResidentID && t != DocHouseholdRegister && s != "" && !scientific.MatchString(s) && len(s) != 18 {
		return Document{}, refuse(ReasonLength, msgDocFormat) // only residents had 15 digits
	}
	n, err := r.parseNormalised(s, region)
	if err != nil {
		return Document{}, err
	}
	return Document{Type: t, Number: n.Number, Holder: n}, nil
}

func oneOf(regions ...string) func(string) error {
	return func(region string) error {
		for _, r := range regions {
			if r == region {
				return nil
			}
		}
		return refuse(ReasonRegion, msgDocRegion)
	}
}

// startsWithNine is the rule of the card of 2023: 9, two digits of the place of
// application and three of the nationality stand where others have the region.
func startsWithNine(region string) error {
	if region[0] != '9' {
		return refuse(ReasonRegion, msgDocRegion)
	}
	return nil
}

func checkPlainDocument(t DocumentType, s string) error {
	if s == "" {
		return refuse(ReasonRequired, msgDocRequired)
	}
	if scientific.MatchString(s) && t != DocPassport {
		return refuse(ReasonScientific, "证件号码被电子表格截断,请把该列设为文本格式后重新填写")
	}
	if p, ok := documentPatterns[t]; ok {
		if !p.MatchString(s) {
			return refuse(ReasonFormat, msgDocFormat)
		}
		return nil
	}
	return checkFreeNumber(s)
}

// checkFreeNumber is the rule of numbers without a national form: at most 20
// letters, Chinese characters, digits and marks that occur in document numbers.
func checkFreeNumber(s string) error {
	if utf8.RuneCountInString(s) > maxFreeDocumentNumber {
		return refuse(ReasonLength, msgDocLength)
	}
	for _, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-()/.〔〕[]#", c) {
			return refuse(ReasonCharset, msgDocCharset)
		}
	}
	return nil
}
