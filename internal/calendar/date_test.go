package calendar

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-5_000_000_000, 5_000_000_000).Draw(t, "unix"), 0)
		d := DateOf(at)
		back, err := ParseDate(d.String())
		if err != nil || back != d || d.IsZero() {
			t.Fatalf("%v → %q → %v, %v", at, d.String(), back, err)
		}
		n := rapid.IntRange(-40_000, 40_000).Draw(t, "n")
		if e := d.AddDays(n); e.Sub(d) != n || e.AddDays(-n) != d || e.After(d) != (n > 0) {
			t.Fatalf("%v + %d days = %v", d, n, e)
		}
	})
}

func TestShanghaiMidnight(t *testing.T) {
	if d := DateOf(time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC)); d != MustDate("2026-11-01") {
		t.Fatalf("16:00 UTC is already the next day in Shanghai, got %v", d)
	}
	if d := DateOf(time.Date(2026, 10, 31, 15, 59, 59, 0, time.UTC)); d != MustDate("2026-10-31") {
		t.Fatalf("got %v", d)
	}
}

func TestAgeOn(t *testing.T) {
	for _, c := range []struct {
		born, on string
		age      int
	}{
		{"1960-05-10", "2025-05-09", 64},
		{"1960-05-10", "2025-05-10", 65},
		{"1960-02-29", "2025-02-28", 64},
		{"1960-02-29", "2025-03-01", 65},
		{"1960-02-29", "2024-02-29", 64},
		{"2019-11-22", "2026-11-21", 6},
		{"2019-11-22", "2026-11-22", 7},
	} {
		if got := MustDate(c.born).AgeOn(MustDate(c.on)); got != c.age {
			t.Errorf("born %s is %d on %s, want %d", c.born, got, c.on, c.age)
		}
	}
}

func TestMonthsAndQuarters(t *testing.T) {
	if got := MustDate("2026-01-31").AddMonths(1); got != MustDate("2026-02-28") {
		t.Errorf("31 January + 1 month = %v", got)
	}
	if got := MustDate("2026-11-30").AddMonths(3); got != MustDate("2027-02-28") {
		t.Errorf("30 November + 3 months = %v", got)
	}
	if got := MustDate("2026-11-22").QuarterEnd(); got != MustDate("2026-12-31") {
		t.Errorf("quarter end %v", got)
	}
	if got := MustDate("2026-02-03").MonthEnd(); got != MustDate("2026-02-28") {
		t.Errorf("month end %v", got)
	}
}

func TestJSON(t *testing.T) {
	var v struct{ D, E Date }
	if err := json.Unmarshal([]byte(`{"D":"2026-02-28","E":null}`), &v); err != nil || v.D.Day() != 28 || !v.E.IsZero() {
		t.Fatalf("%+v %v", v, err)
	}
	for _, bad := range []string{`{"D":"2026-02-30"}`, `{"D":"2026-2-3"}`, `{"D":20260228}`, `{"D":"x"}`} {
		if err := json.Unmarshal([]byte(bad), &v); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

func TestDateGob(t *testing.T) {
	type result struct {
		On, None Date
	}
	want := result{On: MustDate("2026-11-23")}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(want); err != nil {
		t.Fatal(err)
	}
	var got result
	if err := gob.NewDecoder(&b).Decode(&got); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
}

// A date that can be read is written as it was read, in every form.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "2023-02-29", "0000-00-00", "9999-12-31", "-001-01-01", "2026-1-1", "２０２６-11-23", "null", "", "2026-11-23T00:00:00Z", "2026-11-23\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%v with %v", d, err)
			}
			return
		}
		if d.String() != s {
			t.Fatalf("%q reads as %v", s, d)
		}
		if born := d.AddYears(-30); born.AgeOn(d) != 30 && (d.Month() != time.February || d.Day() != 29) {
			t.Fatalf("%v is %d on %v", born, born.AgeOn(d), d)
		}
		b, err := json.Marshal(d)
		var again Date
		if err != nil || json.Unmarshal(b, &again) != nil || again != d {
			t.Fatalf("%v became %s, then %v", d, b, again)
		}
		if DateOf(d.Start()) != d || d.AddDays(1).AddDays(-1) != d {
			t.Fatalf("%v is not the day it begins", d)
		}
	})
}

// Whatever stands in a JSON body, reading it ends in a date or an error.
func FuzzDateJSON(f *testing.F) {
	for _, s := range []string{`"2026-11-23"`, `null`, `""`, `"`, `1`, `{}`, `"2026-11-23`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var d Date
		if err := d.UnmarshalJSON(b); err == nil && !d.IsZero() && `"`+d.String()+`"` != string(b) {
			t.Fatalf("%q reads as %v", b, d)
		}
	})
}
