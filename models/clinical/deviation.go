package clinical

import (
	"slices"
	"strconv"
)

// deviations notes every value outside its normal range and every abnormal answer,
// by what the form itself says of its fields, and returns their keys.
func (e *exam) deviations() []string {
	var keys []string
	for _, f := range e.form.Fields {
		found := e.outsideNormal(f)
		if e.abnormalAnswer(f) {
			found = true
		}
		if found {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

func (e *exam) outsideNormal(f Field) bool {
	n, ok := e.Decimal(f.Key)
	if !ok {
		return false
	}
	bound := func(n float64) string {
		text := strconv.FormatFloat(n, 'f', -1, 64)
		if f.Unit != "" {
			text += " " + f.Unit
		}
		return text
	}
	switch {
	case f.NormalMin != nil && n < *f.NormalMin:
		e.note(f.Key+"_low", f.Key, f.Clause, f.Label+"低于 "+bound(*f.NormalMin))
	case f.NormalMax != nil && n > *f.NormalMax:
		e.note(f.Key+"_high", f.Key, f.Clause, f.Label+"高于 "+bound(*f.NormalMax))
	default:
		return false
	}
	return true
}

// abnormalAnswer notes the choices that are findings, together, by their labels.
func (e *exam) abnormalAnswer(f Field) bool {
	codes, _ := e.Codes(f.Key)
	if n, ok := e.Code(f.Key); ok && f.Type == TypeCode {
		codes = []int{n}
	}
	message := ""
	for _, o := range f.Codes {
		if o.Abnormal && slices.Contains(codes, o.Code) {
			if message != "" {
				message += "、"
			}
			message += o.Label
		}
	}
	if message == "" {
		return false
	}
	e.note(f.Key+"_abnormal", f.Key, f.Clause, f.Label+":"+message)
	return true
}
