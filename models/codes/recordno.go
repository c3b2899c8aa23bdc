package codes

import (
	"strconv"
	"strings"
)

// RecordNo is a health record number 健康档案编号 of 17 digits (domain §4.4). It is
// never used again and does not change when its holder moves.
type RecordNo struct {
	County   string // six digits, GB/T 2260
	Township string // three digits, GB/T 10114
	Village  string // three digits; the numbering of health records, not of the statistics bureau
	Sequence int    // 1 to 99999, given out by the institution
}

// MaxRecordSequence is the last number that can be given out under one prefix.
const MaxRecordSequence = 99_999

// ParseRecordNo reads a record number with or without hyphens. The error is an *Error.
func ParseRecordNo(s string) (RecordNo, error) {
	s = strings.ReplaceAll(squeeze(s), "-", "")
	switch {
	case s == "":
		return RecordNo{}, refuse(ReasonRequired, "请填写健康档案编号")
	case scientific.MatchString(s):
		return RecordNo{}, refuse(ReasonScientific, "健康档案编号被电子表格截断,请把该列设为文本格式后重新填写")
	case !digits(s):
		return RecordNo{}, refuse(ReasonCharset, "健康档案编号只能是数字")
	case len(s) != 17:
		return RecordNo{}, refuse(ReasonLength, "健康档案编号应为17位数字")
	case !Provinces.Has(s[:2]):
		return RecordNo{}, refuse(ReasonRegion, "健康档案编号前6位不是有效的行政区划代码")
	}
	seq, err := strconv.Atoi(s[12:])
	if err != nil || seq == 0 {
		return RecordNo{}, refuse(ReasonFormat, "健康档案编号末5位应从00001开始")
	}
	return RecordNo{County: s[:6], Township: s[6:9], Village: s[9:12], Sequence: seq}, nil
}

// Prefix is the first 12 digits, under which numbers are given out one by one.
func (n RecordNo) Prefix() string { return n.County + n.Township + n.Village }

// Number is the 17 digits as they are stored.
func (n RecordNo) Number() string { return n.Prefix() + pad(n.Sequence, 5) }

// Printed is the number as it is written on paper: 370499-001-101-00001.
func (n RecordNo) Printed() string {
	return strings.Join([]string{n.County, n.Township, n.Village, pad(n.Sequence, 5)}, "-")
}

// String masks the number.
func (n RecordNo) String() string { return MaskRecordNo(n.Number()) }

// VillageKind tells what the third segment stands for: 居委会 (001–099), 村委会
// (101–199), 其他 (901–999), or "" for a value domain §4.4 does not assign.
func (n RecordNo) VillageKind() string {
	switch v := n.Village; {
	case v >= "001" && v <= "099":
		return "居委会"
	case v >= "101" && v <= "199":
		return "村委会"
	case v >= "901" && v <= "999":
		return "其他"
	}
	return ""
}
