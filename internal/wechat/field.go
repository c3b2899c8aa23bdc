package wechat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fieldLimit is the room of one kind of template field, in characters.
type fieldLimit struct {
	max int
	cut bool // a text may be shortened; a number or a date that is cut says something else
}

// fieldLimits is domain §7.4. The limits of phrase, name and phone_number are from
// memory there: correct them here.
var fieldLimits = map[string]fieldLimit{
	"thing":            {20, true},
	"phrase":           {5, true},
	"name":             {10, true},
	"symbol":           {5, true},
	"letter":           {32, true},
	"character_string": {32, true},
	"number":           {32, false},
	"phone_number":     {17, false},
	"amount":           {32, false},
	"date":             {32, false},
	"time":             {32, false},
	"car_number":       {8, false},
}

// Fit makes text fit the template key, whose letters name its kind ("thing1").
// Control characters and runs of white space become one space. A text too long is
// cut, an ellipsis marking it in a thing; a number, amount, phone or date is never
// cut. It returns false when the text is empty, too long to cut, or the kind unknown:
// WeChat would refuse it.
func Fit(key, text string) (string, bool) {
	limit, known := fieldLimits[strings.TrimRight(key, "0123456789")]
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	length := utf8.RuneCountInString(text)
	switch {
	case !known, text == "", !utf8.ValidString(text):
		return "", false
	case length <= limit.max:
		return text, true
	case !limit.cut:
		return "", false
	case strings.HasPrefix(key, "thing"):
		return strings.TrimRight(firstRunes(text, limit.max-1), " ") + "…", true
	}
	return strings.TrimRight(firstRunes(text, limit.max), " "), true
}

// firstRunes is the first n characters of s, never half of one.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
