package codes

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// fullWidthOffset is the distance from a full-width form (！ to ～) to its ASCII character.
const fullWidthOffset = '！' - '!'

// squeeze folds full-width characters and dashes to ASCII and drops every space
// and invisible character, and the apostrophe spreadsheets put before text.
func squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= fullWidthOffset
		}
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−':
			return '-'
		}
		return r
	}, s)
	return strings.TrimLeft(s, "'`‘’")
}

// scientific matches a number in the form a spreadsheet shows long numbers in.
var scientific = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d+$`)

// digits tells whether s is not empty and has ASCII digits only.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// pad writes n with leading zeros to width digits.
func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}
