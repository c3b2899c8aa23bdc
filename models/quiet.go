package models

import (
	"errors"
	"fmt"
	"time"

	"jiayi/internal/calendar"
)

// QuietHours are the hours of a day, in Shanghai, in which no phone is disturbed: from the
// full hour From, up to To of the same or the next day. Equal hours, and so the zero value,
// are none. The hours are the district's to choose.
type QuietHours struct{ From, To int }

// UnmarshalText reads "21-8"; "0-0" is none.
func (q *QuietHours) UnmarshalText(b []byte) error {
	var r QuietHours
	if _, err := fmt.Sscanf(string(b), "%d-%d", &r.From, &r.To); err != nil || fmt.Sprintf("%d-%d", r.From, r.To) != string(b) ||
		r.From < 0 || r.From > 23 || r.To < 0 || r.To > 23 {
		return errors.New("must be two full hours like 21-8, or 0-0 for none")
	}
	*q = r
	return nil
}

// Contain tells whether the instant is in the quiet hours: their first moment is, the moment
// they end is not.
func (q QuietHours) Contain(at time.Time) bool {
	hour := at.In(calendar.Shanghai).Hour()
	if q.From <= q.To {
		return q.From <= hour && hour < q.To
	}
	return hour >= q.From || hour < q.To
}

// After is the instant itself outside the quiet hours, and when they end within them.
func (q QuietHours) After(at time.Time) time.Time {
	if !q.Contain(at) {
		return at
	}
	end := calendar.DateOf(at).Start().Add(time.Duration(q.To) * time.Hour)
	if !end.After(at) {
		end = end.Add(24 * time.Hour)
	}
	return end
}
