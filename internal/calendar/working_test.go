package calendar_test

import (
	"testing"

	"jiayi/internal/calendar"
)

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from, want string
		n          int
	}{
		{"2026-11-23", "2026-11-23", 0}, {"2026-11-23", "2026-11-26", 3}, {"2026-11-26", "2026-12-01", 3},
		{"2026-11-27", "2026-11-30", 1}, {"2026-11-28", "2026-11-30", 1}, {"2026-11-29", "2026-12-04", 5},
		{"2026-09-30", "2026-10-08", 1}, {"2026-10-09", "2026-10-10", 1}, // 国庆节, and the Saturday worked for it
		{"2026-02-13", "2026-02-14", 1}, {"2026-02-14", "2026-02-24", 1}, {"2025-12-31", "2026-01-04", 1}, // 春节, 元旦
		{"2026-12-31", "2027-01-01", 1}, // not yet published
	} {
		if got := calendar.MustDate(c.from).AddWorkingDays(c.n).String(); got != c.want {
			t.Errorf("%s and %d working days: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}
