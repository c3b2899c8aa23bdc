package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// CleanText returns the text a cell shows: full-width digits, letters and spaces
// as ASCII, no invisible or control characters, runs of spaces as one, none at
// the ends, and without the apostrophe that marks a cell as text. Chinese
// punctuation stays as it is.
func CleanText(s string) string {
	if plain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - ('０' - '0')
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.TrimPrefix(strings.Join(strings.Fields(s), " "), "'")
}

// plain tells whether s is ASCII letters, digits and inner hyphens only, as most cells are.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return true
}

// foldHeader makes two spellings of one heading equal: case, width, spaces, stars
// of required columns and the kind of parentheses do not matter.
func foldHeader(s string) string {
	s = width.Fold.String(CleanText(s))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '*', r == ':':
			return -1
		case strings.ContainsRune("【〔[{", r):
			return '('
		case strings.ContainsRune("】〕]}", r):
			return ')'
		}
		return unicode.ToLower(r)
	}, s)
}

var scientific = regexp.MustCompile(`^[+-]?\d(\.\d+)?[eE]\+?\d+$`)

// LooksScientific tells whether a cell holds a number in scientific notation, such
// as 3.70499E+17: a long number a spreadsheet took for a quantity and rounded.
func LooksScientific(s string) bool { return scientific.MatchString(CleanText(s)) }

// blank tells whether a row has nothing to read.
func blank(cells []string) bool {
	for _, c := range cells {
		if CleanText(c) != "" {
			return false
		}
	}
	return true
}
