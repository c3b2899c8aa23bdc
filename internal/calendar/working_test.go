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
	} {
		if got := calendar.MustDate(c.from).AddWorkingDays(c.n).String(); got != c.want {
			t.Errorf("%s and %d working days: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}
