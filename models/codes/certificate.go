package codes

import "strings"

// CertificateKind is a kind of staff certificate (domain §4.6).
type CertificateKind string

// The certificates staff hold.
const (
	CertPhysicianQualification CertificateKind = "physician_qualification" // 医师资格证书, 27 characters, 24 of old
	CertPhysicianPractice      CertificateKind = "physician_practice"      // 医师执业证书, 15 digits
	CertNursePractice          CertificateKind = "nurse_practice"          // 护士执业证书, 12 digits
	CertVillageDoctor          CertificateKind = "village_doctor"          // 乡村医生执业证书, local form, at most 20 characters
)

// CertificateKinds is the table of staff certificates.
var CertificateKinds = newTable(`
physician_qualification 医师资格证书
physician_practice 医师执业证书
nurse_practice 护士执业证书
village_doctor 乡村医生执业证书
`)

// PhysicianLevels is the first digit of a practice certificate; unsure (domain §11.9).
var PhysicianLevels = newTable(`
1 执业医师
2 执业助理医师
`)

// PhysicianCategories is the category of physicians; unsure (domain §11.9).
var PhysicianCategories = newTable(`
10 临床
20 口腔
30 公共卫生
41 中医
42 民族医
43 中西医结合
`)

const msgCertFormat = "证书编码格式不正确"

// ParseCertificate reads the number of a staff certificate and returns it
// normalised (domain §4.6). The ID number inside a qualification certificate is
// checked too. The error is an *Error.
func (r IDRules) ParseCertificate(kind CertificateKind, number string) (string, error) {
	s := strings.ToUpper(squeeze(number))
	if !CertificateKinds.Has(string(kind)) {
		return "", refuse(ReasonType, "证书类型不正确")
	}
	if s == "" {
		return "", refuse(ReasonRequired, "请填写证书编码")
	}
	if scientific.MatchString(s) {
		return "", refuse(ReasonScientific, "证书编码被电子表格截断,请把该列设为文本格式后重新填写")
	}
	var err error
	switch kind {
	case CertPhysicianQualification:
		err = r.checkQualification(s)
	case CertPhysicianPractice:
		err = checkPractice(s)
	case CertNursePractice:
		err = r.checkNurse(s)
	default:
		err = checkFreeNumber(s)
	}
	if err != nil {
		return "", err
	}
	return s, nil
}

// checkQualification: year 4, province 2, level 1, category 2, ID number 18 or 15.
func (r IDRules) checkQualification(s string) error {
	if len(s) != 27 && len(s) != 24 {
		return refuse(ReasonLength, "医师资格证书编码应为27位(旧证24位)")
	}
	if err := r.checkIssued(s); err != nil {
		return err
	}
	if !PhysicianLevels.Has(s[6:7]) || !PhysicianCategories.Has(s[7:9]) {
		return refuse(ReasonFormat, msgCertFormat)
	}
	_, err := r.ParseIDNumber(s[9:])
	return err
}

// checkPractice: level 1, category 2, region 6, serial 6.
func checkPractice(s string) error {
	switch {
	case len(s) != 15:
		return refuse(ReasonLength, "医师执业证书编码应为15位")
	case !digits(s) || !PhysicianLevels.Has(s[:1]) || !PhysicianCategories.Has(s[1:3]):
		return refuse(ReasonFormat, msgCertFormat)
	case !Provinces.Has(s[3:5]):
		return refuse(ReasonRegion, "证书编码中的行政区划代码不存在")
	}
	return nil
}

// checkNurse: year 4, province 2, serial 6.
func (r IDRules) checkNurse(s string) error {
	if len(s) != 12 {
		return refuse(ReasonLength, "护士执业证书编码应为12位")
	}
	if !digits(s) {
		return refuse(ReasonFormat, msgCertFormat)
	}
	return r.checkIssued(s)
}

// firstCertificateYear is before the earliest certificate in the national forms.
const firstCertificateYear = "1980"

// checkIssued checks a year that is not to come and a province at the start of s.
func (r IDRules) checkIssued(s string) error {
	if !digits(s[:6]) || s[:4] < firstCertificateYear || s[:4] > pad(r.Today.Year(), 4) {
		return refuse(ReasonFormat, msgCertFormat)
	}
	if !Provinces.Has(s[4:6]) {
		return refuse(ReasonRegion, "证书编码中的行政区划代码不存在")
	}
	return nil
}
