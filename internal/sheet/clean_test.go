package sheet

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"张三":                   "张三",
		" 张 三\u3000\u00a0":     "张 三",
		"３７０ＡＢｃ":               "370ABc",
		"\ufeff张\u200b三\u202c": "张三",
		"a\tb\r\nc":            "a b c",
		"'370499":              "370499",
		"某镇，某村（东）":             "某镇，某村（东）",
		"x\x00\x07y":           "xy",
		"\u200b \u3000":        "",
		"1955-03-01":           "1955-03-01",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("%q → %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := CleanText(rapid.String().Draw(t, "text"))
		if again := CleanText("x" + s); again != "x"+s {
			t.Fatalf("cleaning %q twice gives %q", s, again)
		}
	})
}

func TestLooksScientific(t *testing.T) {
	for s, want := range map[string]bool{
		"3.70499E+17": true, "3.70499195503010E+17": true, "3e17": true, " 1.38E+10 ": true,
		"370499195503010017": false, "E12345678": false, "12E5": false, "": false, "1.5": false,
	} {
		if LooksScientific(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestColumns(t *testing.T) {
	aliases := map[string][]string{
		"name":      {"姓名", "居民姓名"},
		"id_number": {"身份证号", "身份证号码", "证件号码(身份证)"},
		"phone":     {"联系电话", "手机号"},
	}
	header := []string{"序号", " 姓 名* ", "", "证件号码（身份证）", "手机号", "联系电话：", "Phone", "备注"}
	columns, unknown, dup := Columns(header, aliases)
	if !maps.Equal(columns, map[string]int{"name": 1, "id_number": 3, "phone": 4}) {
		t.Errorf("columns %v", columns)
	}
	if !slices.Equal(unknown, []string{"序号", "备注"}) {
		t.Errorf("unknown %v", unknown)
	}
	if !slices.Equal(dup, []string{"phone"}) {
		t.Errorf("dup %v", dup)
	}
	if c, _, _ := Columns([]string{"ＩＤ＿Number", "【姓名】"}, map[string][]string{"id_number": nil, "name": {"(姓名)"}}); len(c) != 2 {
		t.Errorf("width and parentheses: %v", c)
	}
}
