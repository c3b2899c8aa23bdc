// Package pinyin turns Chinese names into the initials people type to find them.
package pinyin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// surnames are characters that sound different as a family name.
var surnames = map[rune]string{
	'曾': "z", '单': "s", '解': "x", '仇': "q", '查': "z", '区': "o", '盖': "g", '尉': "w", '缪': "m", '朴': "p",
	'覃': "q", '翟': "z", '华': "h", '任': "r", '宁': "n", '乐': "y", '重': "c", '长': "c", '万': "w", '种': "c", '召': "s", '员': "y", '黑': "h",
}

// MaxInitials is the most initials kept of a name.
const MaxInitials = 16

// Initials returns the lower-case pinyin initials of a name: 张三 → "zs". Latin letters
// stay, everything else is left out.
func Initials(name string) string {
	args := pinyin.NewArgs()
	args.Style = pinyin.FirstLetter
	var b strings.Builder
	for i, r := range name {
		switch {
		case b.Len() >= MaxInitials:
			return b.String()
		case i == 0 && surnames[r] != "":
			b.WriteString(surnames[r])
		case unicode.Is(unicode.Han, r):
			if p := pinyin.SinglePinyin(r, args); len(p) > 0 {
				b.WriteString(p[0])
			}
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
