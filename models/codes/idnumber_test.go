package codes

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

var (
	today = calendar.MustDate("2026-11-22")
	demo  = IDRules{Today: today, AllowTestRegion: true}
	live  = IDRules{Today: today}
)

func TestParseIDNumber(t *testing.T) {
	for _, c := range []struct {
		name, in, number, born, sex string
	}{
		{"national vector", "11010519491231002X", "11010519491231002X", "1949-12-31", SexFemale},
		{"male", "370499195503010017", "370499195503010017", "1955-03-01", SexMale},
		{"female", "370499195503010025", "370499195503010025", "1955-03-01", SexFemale},
		{"Hong Kong", "810000198001010014", "810000198001010014", "1980-01-01", SexMale},
		{"Taiwan", "83000019750615002X", "83000019750615002X", "1975-06-15", SexFemale},
		{"lower x", "11010519491231002x", "11010519491231002X", "1949-12-31", SexFemale},
		{"full width", "11010519491231002X", "11010519491231002X", "1949-12-31", SexFemale},
		{"spaces, no-break and zero-width", "\ufeff 110105 1949\u00a01231\u200b 002X\t", "11010519491231002X", "1949-12-31", SexFemale},
		{"text apostrophe", "'370499195503010017", "370499195503010017", "1955-03-01", SexMale},
		{"15 digits", "370499550301001", "370499195503010017", "1955-03-01", SexMale},
		{"born today", ComposeIDNumber(TestRegion, today, 1), ComposeIDNumber(TestRegion, today, 1), "2026-11-22", SexMale},
		{"130 years old", ComposeIDNumber(TestRegion, calendar.MustDate("1895-11-23"), 2), ComposeIDNumber(TestRegion, calendar.MustDate("1895-11-23"), 2), "1895-11-23", SexFemale},
		{"leap day", ComposeIDNumber(TestRegion, calendar.MustDate("2000-02-29"), 7), ComposeIDNumber(TestRegion, calendar.MustDate("2000-02-29"), 7), "2000-02-29", SexMale},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := demo.ParseIDNumber(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if n.Number != c.number || n.Born != calendar.MustDate(c.born) || n.Sex != c.sex || n.Region != c.number[:6] {
				t.Fatalf("number %s born %s sex %s region %s", n.Number, n.Born, n.Sex, n.Region)
			}
		})
	}
}

func TestRefuseIDNumber(t *testing.T) {
	for _, c := range []struct {
		name, in string
		reason   Reason
	}{
		{"empty", " ", ReasonRequired},
		{"scientific", "3.70499E+17", ReasonScientific},
		{"scientific with 15 digits", "3.70499195503010E+17", ReasonScientific},
		{"rounded by a spreadsheet", "370499195503010000", ReasonScientific},
		{"17 digits", "37049919550301001", ReasonLength},
		{"19 digits", "3704991955030100170", ReasonLength},
		{"16 digits", "3704995503010010", ReasonLength},
		{"letter", "37049919550301001A", ReasonCharset},
		{"X inside", "3704991955030X0017", ReasonCharset},
		{"two X", "3704991955030100XX", ReasonCharset},
		{"15 with X", "37049955030100X", ReasonCharset},
		{"superscript digit", "37049919550301001²", ReasonCharset},
		{"no such province", "990499195503010017", ReasonRegion},
		{"region before date", "990499195513010017", ReasonRegion},
		{"month 13", "370499195513010017", ReasonBirthDate},
		{"29 February of a common year", "370499195502290017", ReasonBirthDate},
		{"date before checksum", "370499195502300010", ReasonBirthDate},
		{"born tomorrow", ComposeIDNumber(TestRegion, today.AddDays(1), 1), ReasonFuture},
		{"131 years old", ComposeIDNumber(TestRegion, calendar.MustDate("1895-11-22"), 1), ReasonAge},
		{"checksum", "370499195503010018", ReasonChecksum},
		{"checksum X", "37049919550301001X", ReasonChecksum},
		{"checksum, 00 at the end", "370499195503010100", ReasonChecksum},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := demo.ParseIDNumber(c.in)
			if ReasonOf(err) != c.reason || n != (IDNumber{}) {
				t.Fatalf("reason %q, want %q", ReasonOf(err), c.reason)
			}
		})
	}
}

func TestTestRegionIsRefusedInLife(t *testing.T) {
	if _, err := live.ParseIDNumber("370499195503010017"); ReasonOf(err) != ReasonRegion {
		t.Fatalf("got %v", err)
	}
	if _, err := live.ParseIDNumber("370499550301001"); ReasonOf(err) != ReasonRegion {
		t.Fatalf("15 digits: got %v", err)
	}
	if _, err := live.ParseIDNumber("11010519491231002X"); err != nil {
		t.Fatal(err)
	}
}

func TestChecksumFindsEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := drawIDNumber(t)
		if n, err := demo.ParseIDNumber(number); err != nil || n.Number != number {
			t.Fatalf("a composed number was refused: %v", err)
		}
		b := []byte(number)
		i := rapid.IntRange(0, 16).Draw(t, "at")
		if rapid.Bool().Draw(t, "swap") && i < 16 {
			b[i], b[i+1] = b[i+1], b[i]
		} else {
			b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		}
		if string(b) == number {
			return
		}
		if _, err := demo.ParseIDNumber(string(b)); err == nil {
			t.Fatalf("a slip at %d was not found", i)
		}
	})
}

func TestOldNumbersUpgrade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := calendar.MustDate("1900-01-01").AddDays(rapid.IntRange(0, 36_000).Draw(t, "day"))
		number := ComposeIDNumber("370499", born, rapid.IntRange(0, 999).Draw(t, "seq"))
		n, err := demo.ParseIDNumber(number[:6] + number[8:17])
		if err != nil || n.Number != number || n.Born != born {
			t.Fatalf("upgrade: %v", err)
		}
	})
}

func TestComposeRefusesNonsense(t *testing.T) {
	for _, got := range []string{
		ComposeIDNumber("37049", today, 1), ComposeIDNumber("37049A", today, 1),
		ComposeIDNumber(TestRegion, calendar.Date{}, 1), ComposeIDNumber(TestRegion, today, 1000), ComposeIDNumber(TestRegion, today, -1),
	} {
		if got != "" {
			t.Errorf("composed %q", got)
		}
	}
	if ChecksumDigit("1101051949123100") != 0 || ChecksumDigit("1101051949123100a") != 0 {
		t.Error("a checksum for what is not 17 digits")
	}
}

func drawIDNumber(t *rapid.T) string {
	born := calendar.MustDate("1900-01-01").AddDays(rapid.IntRange(0, 46_000).Draw(t, "day"))
	region := rapid.SampledFrom([]string{"110105", "370403", TestRegion, "650102"}).Draw(t, "region")
	return ComposeIDNumber(region, born, rapid.IntRange(0, 999).Draw(t, "seq"))
}

func FuzzIDNumber(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "370499550301001", "3.70499E+17", "370499195503010000", "'11010519491231002x", "11010519491231002X", "\ufeff", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := demo.ParseIDNumber(s)
		if err != nil {
			checkRefusal(t, err, s)
			return
		}
		again, err := demo.ParseIDNumber(n.Number)
		if err != nil || again != n {
			t.Fatalf("a normalised number reads differently: %v", err)
		}
		if age := n.Born.AgeOn(today); age < 0 || age > MaxAge {
			t.Fatalf("age %d", age)
		}
	})
}

// checkRefusal holds what every refusal promises: a reason, and a Chinese message
// that does not repeat the input.
func checkRefusal(t *testing.T, err error, input string) {
	t.Helper()
	if ReasonOf(err) == "" {
		t.Fatalf("an error without a reason: %v", err)
	}
	var e *Error
	if !errors.As(err, &e) || e.Message == "" {
		t.Fatal("no message")
	}
	// Short inputs may occur in the message by chance ("18" of 18位).
	if len(input) > 4 && strings.Contains(e.Message+e.Error(), input) {
		t.Fatal("the message repeats the input")
	}
}
