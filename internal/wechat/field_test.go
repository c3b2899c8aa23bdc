package wechat_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jiayi/internal/wechat"
)

func TestFit(t *testing.T) {
	han := func(n int) string { return strings.Repeat("约", n) }
	for _, c := range []struct {
		key, text, want string
		ok              bool
	}{
		{"thing1", "家庭医生签约", "家庭医生签约", true},
		{"thing1", han(20), han(20), true},
		{"thing12", han(21), han(19) + "…", true},
		{"thing1", "  签约\n\t到期\x00 ", "签约 到期", true},
		{"thing1", han(18) + " 约约", han(18) + "…", true},
		{"phrase1", "待居民确认", "待居民确认", true},
		{"phrase1", "待居民确认中", "待居民确认", true},
		{"name1", han(11), han(10), true},
		{"symbol1", "******", "*****", true},
		{"letter1", strings.Repeat("a", 33), strings.Repeat("a", 32), true},
		{"character_string1", strings.Repeat("a", 33), strings.Repeat("a", 32), true},
		{"number1", strings.Repeat("9", 32), strings.Repeat("9", 32), true},
		{"number1", strings.Repeat("9", 33), "", false},
		{"phone_number1", "0632-12345678-900", "0632-12345678-900", true},
		{"phone_number1", "0632-12345678-9000", "", false},
		{"date1", "2026年4月30日", "2026年4月30日", true},
		{"time1", "2026-04-30 09:42", "2026-04-30 09:42", true},
		{"amount1", "¥30.00", "¥30.00", true},
		{"thing1", "", "", false},
		{"thing1", " \n", "", false},
		{"thing1", "\xff\xfe", "", false},
		{"poem1", "x", "", false},
		{"", "x", "", false},
	} {
		if got, ok := wechat.Fit(c.key, c.text); got != c.want || ok != c.ok {
			t.Errorf("Fit(%q, %q) = %q, %v", c.key, c.text, got, ok)
		}
	}
}

// Whatever comes in, what goes out fits, is whole text, and fitting again changes nothing.
func TestFitLaws(t *testing.T) {
	limits := map[string]int{"thing1": 20, "phrase1": 5, "name1": 10, "symbol1": 5, "letter1": 32, "character_string1": 32}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"thing1", "phrase1", "name1", "symbol1", "letter1", "character_string1"}).Draw(t, "key")
		got, ok := wechat.Fit(key, rapid.String().Draw(t, "text"))
		if !ok {
			return
		}
		if n := utf8.RuneCountInString(got); n == 0 || n > limits[key] || !utf8.ValidString(got) || strings.ContainsAny(got, "\r\n\t\x00") {
			t.Fatalf("%q", got)
		}
		if again, ok := wechat.Fit(key, got); !ok || again != got {
			t.Fatalf("%q became %q", got, again)
		}
	})
}
