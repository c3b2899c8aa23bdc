package password_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jiayi/internal/password"
)

func codes(found []password.Weakness) string {
	out := make([]string, len(found))
	for i, w := range found {
		out[i] = w.Code
	}
	return strings.Join(out, " ")
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ name, username, password, want string }{
		{"good", "wang.li", "Guan7-tian", ""},
		{"ten characters", "wang.li", "Tk9-vmzqpw", ""},
		{"nine characters", "wang.li", "Tk9-vmzqp", "too_short"},
		{"ten Chinese characters and two classes more", "wang.li", "春眠不觉晓处处闻A1", ""},
		{"nine, though more bytes", "wang.li", "春眠不觉晓处处A1", "too_short"},
		{"128 characters", "wang.li", "Tk9" + strings.Repeat("-", 125), ""},
		{"129 characters", "wang.li", "Tk9" + strings.Repeat("-", 126), "too_long"},
		{"two classes", "wang.li", "tkvmzq9813", "few_classes"},
		{"three classes without symbol", "wang.li", "Tkvmzq9813", ""},
		{"three classes without digit", "wang.li", "Tkvmzq-wxp", ""},
		{"three classes without upper case", "wang.li", "tkvmzq-981", ""},
		{"contains the user name", "wangli", "Tk9-wangli-77", "contains_username"},
		{"contains it in other case", "wangli", "Tk9-WangLi-77", "contains_username"},
		{"no user name", "", "Tk9-vmzqpw", ""},
		{"blank user name", "  ", "Tk9-vmz  qpw", ""},
		{"weak word with digits around", "wang.li", "Password123", "common"},
		{"weak word with look-alikes", "wang.li", "P@ssw0rd2024!", "common"},
		{"keyboard walk", "wang.li", "1qaz@WSX3edc", "common"},
		{"letters with the digits in order", "wang.li", "Aa123456789", "common"},
		{"the product's own name", "wang.li", "Jiayi@2026!", "common"},
		{"a weak word inside more words", "wang.li", "Teal-password-Kite", ""},
		{"everything wrong", "abc", "abc", "too_short few_classes contains_username common"},
		{"empty", "wang.li", "", "too_short few_classes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := password.DefaultPolicy.Check(c.username, c.password)
			if got := codes(found); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestReasonsAreChineseAndHideThePassword(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.StringMatching(`[a-z]{5,12}`).Draw(t, "password")
		found := password.DefaultPolicy.Check(given, given)
		if len(found) == 0 {
			t.Fatal("accepted")
		}
		for _, w := range found {
			if strings.Contains(w.Message, given) {
				t.Fatal("the message shows the password")
			}
			if !strings.ContainsFunc(w.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Fatalf("%q is not Chinese", w.Message)
			}
		}
	})
}
