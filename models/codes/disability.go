package codes

// DisabilityCertificate is a valid number of a 残疾人证 (domain §4.3).
type DisabilityCertificate struct {
	Number string   // 20 characters
	Holder IDNumber // the first 18
	Type   string   // code of DisabilityTypes
	Level  string   // code of DisabilityLevels
}

// String masks the number.
func (c DisabilityCertificate) String() string { return MaskDocument(c.Number) }

// ParseDisabilityCertificate reads the holder's ID number followed by one digit of
// type and one of level. The error is an *Error.
func (r IDRules) ParseDisabilityCertificate(s string) (DisabilityCertificate, error) {
	s = NormaliseIDNumber(s)
	switch {
	case s == "":
		return DisabilityCertificate{}, refuse(ReasonRequired, "请填写残疾人证号")
	case scientific.MatchString(s):
		return DisabilityCertificate{}, refuse(ReasonScientific, "残疾人证号被电子表格截断,请把该列设为文本格式后重新填写")
	case len(s) != 20:
		return DisabilityCertificate{}, refuse(ReasonLength, "残疾人证号应为20位")
	}
	holder, err := r.ParseIDNumber(s[:18])
	if err != nil {
		return DisabilityCertificate{}, err
	}
	c := DisabilityCertificate{Number: s, Holder: holder, Type: s[18:19], Level: s[19:]}
	if !DisabilityTypes.Has(c.Type) || !DisabilityLevels.Has(c.Level) {
		return DisabilityCertificate{}, refuse(ReasonFormat, "残疾人证号末两位不是有效的残疾类别和等级")
	}
	return c, nil
}
