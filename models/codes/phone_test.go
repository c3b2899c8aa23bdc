package codes

import "testing"

func TestParsePhone(t *testing.T) {
	for _, c := range []struct {
		in, want string
		reason   Reason
	}{
		{"13800001234", "13800001234", ""},
		{"199 0000 0001", "19900000001", ""},
		{"138-0000-1234", "13800001234", ""},
		{"+86 13800001234", "13800001234", ""},
		{"008613800001234", "13800001234", ""},
		{"8613800001234", "13800001234", ""},
		{"（+86）13800001234", "13800001234", ""},
		{"13800001234", "13800001234", ""},
		{"\u202d13800001234\u202c", "13800001234", ""}, // copied from a phone's address book
		{"0632-4412345", "0632-4412345", ""},
		{"06324412345", "0632-4412345", ""},
		{"(0632)4412345", "0632-4412345", ""},
		{"0632—4412345转801", "0632-4412345-801", ""},
		{"01062345678", "010-62345678", ""},
		{"+86-0632-4412345", "0632-4412345", ""},
		{"", "", ReasonRequired},
		{"无", "", ReasonCharset},
		{"13800001234/13800001235", "", ReasonCharset},
		{"1.38E+10", "", ReasonScientific},
		{"1380000123", "", ReasonLength},
		{"138000012345", "", ReasonLength},
		{"12800001234", "", ReasonFormat},
		{"4412345", "", ReasonFormat},
		{"0632-441234", "", ReasonFormat},
		{"---", "", ReasonCharset},
	} {
		p, err := ParsePhone(c.in)
		if p.Number != c.want || ReasonOf(err) != c.reason {
			t.Errorf("%s → %s %v, want %s %q", c.in, p.Number, err, c.want, c.reason)
		}
		if err == nil && p.Mobile != (c.want[0] == '1') {
			t.Errorf("%s mobile: %v", c.in, p.Mobile)
		}
	}
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"13800001234", "+8613800001234", "0632-4412345转801", "(010)62345678", "1.38E+10", "-", "86"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePhone(s)
		if err != nil {
			checkRefusal(t, err, s)
			return
		}
		if again, err := ParsePhone(p.Number); err != nil || again != p {
			t.Fatalf("a normalised number reads differently: %v", err)
		}
	})
}
