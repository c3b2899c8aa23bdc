package sheet

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in    string
		epoch Epoch
		want  string // "" is ErrDate
	}{
		{"1955-03-01", Epoch1900, "1955-03-01"},
		{"1955-3-1", Epoch1900, "1955-03-01"},
		{"1955/3/1", Epoch1900, "1955-03-01"},
		{"1955.3.1", Epoch1900, "1955-03-01"},
		{"1955年3月1日", Epoch1900, "1955-03-01"},
		{"1955年3月1", Epoch1900, "1955-03-01"},
		{"19550301", Epoch1900, "1955-03-01"},
		{"19550301.0", Epoch1900, "1955-03-01"},
		{"19550301083000", Epoch1900, "1955-03-01"},
		{" １９５５-03-01 ", Epoch1900, "1955-03-01"},
		{"1955-03-01 08:30:00", Epoch1900, "1955-03-01"},
		{"1955/3/1 8:30", Epoch1900, "1955-03-01"},
		{"1955-03-01T00:00:00Z", Epoch1900, "1955-03-01"},
		{"1955年3月1日 8时30分", Epoch1900, "1955-03-01"},
		{"2000-02-29", Epoch1900, "2000-02-29"},
		{"20149", Epoch1900, "1955-03-01"},
		{"20149.75", Epoch1900, "1955-03-01"},
		{"1", Epoch1900, "1900-01-01"},
		{"59", Epoch1900, "1900-02-28"},
		{"60", Epoch1900, ""},
		{"61", Epoch1900, "1900-03-01"},
		{"0", Epoch1900, ""},
		{"0.5", Epoch1900, ""},
		{"1899", Epoch1900, "1905-03-13"},
		{"1900", Epoch1900, ""},
		{"1955", Epoch1900, ""},
		{"2100", Epoch1900, ""},
		{"2101", Epoch1900, "1905-10-01"},
		{"45658", Epoch1900, "2025-01-01"},
		{"2958465", Epoch1900, "9999-12-31"},
		{"2958466", Epoch1900, ""},
		{"0", Epoch1904, "1904-01-01"},
		{"18687", Epoch1904, "1955-03-01"},
		{"2958465", Epoch1904, ""},
		{"1955-02-29", Epoch1900, ""},
		{"1955-13-01", Epoch1900, ""},
		{"19551301", Epoch1900, ""},
		{"55-3-1", Epoch1900, ""},
		{"3/1/1955", Epoch1900, ""},
		{"1955-3/1", Epoch1900, ""},
		{"1955年3月", Epoch1900, ""},
		{"1955-03-01x", Epoch1900, ""},
		{"-5", Epoch1900, ""},
		{"不详", Epoch1900, ""},
	} {
		d, err := ParseDate(c.in, c.epoch)
		if c.want == "" {
			if !errors.Is(err, ErrDate) || !d.IsZero() {
				t.Errorf("%q → %v %v, want ErrDate", c.in, d, err)
			}
			continue
		}
		if err != nil || d.String() != c.want {
			t.Errorf("%q → %v %v, want %s", c.in, d, err, c.want)
		}
	}
	if d, err := ParseDate(" \u3000", Epoch1900); err != nil || !d.IsZero() {
		t.Errorf("blank → %v %v", d, err)
	}
}

func TestEveryWayOfWritingADate(t *testing.T) {
	first := calendar.MustDate("1910-01-01")
	rapid.Check(t, func(t *rapid.T) {
		want := first.AddDays(rapid.IntRange(0, 60_000).Draw(t, "day"))
		y, m, d := want.Year(), int(want.Month()), want.Day()
		serial := want.Sub(calendar.NewDate(1899, time.December, 30)) // past February 1900 the two errors make this day 0
		for _, text := range []string{
			want.String(), want.Chinese(), fmt.Sprintf("%d/%d/%d", y, m, d), fmt.Sprintf("%d.%02d.%02d", y, m, d),
			fmt.Sprintf("%04d%02d%02d", y, m, d), fmt.Sprint(serial), fmt.Sprintf("%d.25", serial),
		} {
			if got, err := ParseDate(text, Epoch1900); err != nil || got != want {
				t.Fatalf("%s → %v %v, want %v", text, got, err, want)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"1955-03-01", "1955/3/1", "1955.3.1", "1955年3月1日", "19550301", "20149.5", "60", "0", "9999999", "1955-03-01 08:00"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, old bool) {
		epoch := Epoch1900
		if old {
			epoch = Epoch1904
		}
		d, err := ParseDate(s, epoch)
		if err != nil {
			if !errors.Is(err, ErrDate) || !d.IsZero() {
				t.Fatalf("%v with %v", d, err)
			}
			return
		}
		if again, err := ParseDate(d.String(), epoch); err != nil || again != d {
			t.Fatalf("%v reads back as %v %v", d, again, err)
		}
	})
}
