package clinical

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiayi/internal/calendar"
)

// empty tells whether a raw value means "not filled in".
func empty(x any) bool {
	switch v := x.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// parse turns a raw JSON value into the field's Go type. On failure it returns a
// code and a Chinese message without the value.
func (f Field) parse(x any) (v any, code, message string) {
	switch f.Type {
	case TypeInt, TypeDecimal:
		return f.parseNumber(x)
	case TypeText:
		return f.parseText(x)
	case TypeCode:
		return f.parseCode(x)
	case TypeCodes:
		return f.parseCodes(x)
	case TypeBool:
		if b, ok := x.(bool); ok {
			return b, "", ""
		}
		return nil, CodeType, f.Label + "应为是或否"
	case TypeDate:
		if s, ok := x.(string); ok {
			if d, err := calendar.ParseDate(s); err == nil {
				return d, "", ""
			}
		}
		return nil, CodeType, f.Label + "应为日期,格式如 2026-01-31"
	}
	panic("clinical: field " + f.Key + " has no known type")
}

func (f Field) parseNumber(x any) (any, string, string) {
	n, ok := number(x)
	if !ok {
		return nil, CodeType, f.Label + "应为数字"
	}
	if n < *f.Min || n > *f.Max {
		return nil, CodeRange, f.rangeMessage()
	}
	if f.Type == TypeInt {
		if n != math.Trunc(n) {
			return nil, CodePlaces, f.Label + "应为整数"
		}
		return int(n), "", ""
	}
	_, fraction, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	if len(fraction) > f.Places {
		return nil, CodePlaces, fmt.Sprintf("%s最多保留 %d 位小数", f.Label, f.Places)
	}
	return n, "", ""
}

func (f Field) rangeMessage() string {
	text := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	unit := f.Unit
	if unit != "" {
		unit = " " + unit
	}
	return f.Label + "应在 " + text(*f.Min) + "–" + text(*f.Max) + unit + " 之间"
}

func (f Field) parseText(x any) (any, string, string) {
	s, ok := x.(string)
	unprintable := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }
	if !ok || !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable) {
		return nil, CodeType, f.Label + "应为文字"
	}
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > f.MaxLength {
		return nil, CodeTooLong, fmt.Sprintf("%s最多 %d 个字", f.Label, f.MaxLength)
	}
	return s, "", ""
}

func (f Field) parseCode(x any) (any, string, string) {
	n, ok := codeNumber(x)
	if !ok {
		return nil, CodeType, f.Label + "应为选项代码"
	}
	o, ok := f.option(n)
	switch {
	case !ok:
		return nil, CodeNotListed, f.Label + "不在可选范围内"
	case o.StoredAs != 0:
		return o.StoredAs, "", ""
	}
	return n, "", ""
}

// parseCodes accepts a single code as a list of one, and drops repetitions.
func (f Field) parseCodes(x any) (any, string, string) {
	items, ok := x.([]any)
	if !ok {
		items = []any{x}
	}
	codes := make([]int, 0, len(items))
	for _, item := range items {
		v, code, message := f.parseCode(item)
		if code != "" {
			return nil, code, message
		}
		codes = append(codes, v.(int))
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) > 1 {
		for _, c := range codes {
			if slices.Contains(f.Exclusive, c) {
				o, _ := f.option(c)
				return nil, CodeExclusive, f.Label + "选择“" + o.Label + "”时不能再选其他项"
			}
		}
	}
	return codes, "", ""
}

// number reads a finite number as encoding/json decodes it, or as Go code writes it.
func number(x any) (float64, bool) {
	switch n := x.(type) {
	case float64:
		return n, !math.IsNaN(n) && !math.IsInf(n, 0)
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case json.Number:
		v, err := n.Float64()
		return v, err == nil
	}
	return 0, false
}

// codeNumber reads a code given as a whole number or as its digits.
func codeNumber(x any) (int, bool) {
	if s, ok := x.(string); ok {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		return n, err == nil
	}
	n, ok := number(x)
	if !ok || n != math.Trunc(n) || math.Abs(n) > math.MaxInt32 {
		return 0, false
	}
	return int(n), true
}
