// Package calendar is the district's calendar: whole dates in Asia/Shanghai.
//
// Every rule of the field speaks in calendar dates (a person is 65 on the
// birthday, an agreement ends at the end of a day), so dates are their own type
// and never a time.Time that a time zone could move.
package calendar

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Shanghai is the only civil time zone of the system: UTC+8, no daylight saving.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// ErrDate is returned for text that is not an existing date written YYYY-MM-DD.
var ErrDate = errors.New("calendar: not a date of the form YYYY-MM-DD")

// Date is a calendar date. The zero Date means "no date" and is NULL in the database.
// Dates compare with ==, and with Before and After.
type Date struct {
	days int32 // days since 1969-12-31, so that the zero value is free to mean "none"
}

const layout = "2006-01-02"

// NewDate returns the date of year, month and day; values outside their range
// roll over as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return fromUTC(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the date it is in Shanghai at the instant t.
func DateOf(t time.Time) Date {
	l := t.In(Shanghai)
	return NewDate(l.Year(), l.Month(), l.Day())
}

// ParseDate reads YYYY-MM-DD. It returns ErrDate for anything else, including
// dates that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return Date{}, ErrDate
	}
	return fromUTC(t), nil
}

// MustDate is ParseDate for literals in code and tests; it panics on bad text.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("calendar.MustDate(%q)", s))
	}
	return d
}

func fromUTC(t time.Time) Date {
	secs := t.Unix()
	days := secs / 86400
	if secs%86400 < 0 {
		days--
	}
	d := Date{int32(days) + 1} // #nosec G115 -- years 1 to 9999 fit easily
	if d.days <= 0 {
		d.days-- // keep 0 free for "none"
	}
	return d
}

func (d Date) utc() time.Time {
	n := int64(d.days) - 1
	if d.days < 0 {
		n++
	}
	return time.Unix(n*86400, 0).UTC()
}

// IsZero tells whether d means "no date".
func (d Date) IsZero() bool { return d.days == 0 }

// String writes YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

// Chinese writes 2006年1月2日, or "" for the zero Date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.utc().Date()
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// Year is the year of the date.
func (d Date) Year() int { return d.utc().Year() }

// Month is the month of the date.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day is the day of the month.
func (d Date) Day() int { return d.utc().Day() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Start is the instant the date begins in Shanghai, in UTC.
func (d Date) Start() time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Shanghai).UTC()
}

// AddDays returns the date n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return fromUTC(d.utc().AddDate(0, 0, n)) }

// AddMonths returns the same day n months later, or the month's last day where
// that day does not exist (31 January + 1 month = 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.utc().Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	if last := first.AddDate(0, 1, -1).Day(); day > last {
		day = last
	}
	return NewDate(first.Year(), first.Month(), day)
}

// AddYears returns the anniversary n years later; 29 February becomes 1 March in
// common years (domain §10.14), unlike AddMonths.
func (d Date) AddYears(n int) Date { return fromUTC(d.utc().AddDate(n, 0, 0)) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.utc().Sub(e.utc()).Hours() / 24) }

// Before tells whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After tells whether d is later than e.
func (d Date) After(e Date) bool { return d.days > e.days }

// AgeOn returns the completed years of a person born on d, on the day on.
// A person born on 29 February completes a year on 1 March in common years.
func (d Date) AgeOn(on Date) int {
	n := on.Year() - d.Year()
	if d.AddYears(n).After(on) {
		n--
	}
	return n
}

// MonthEnd is the last day of the month of d.
func (d Date) MonthEnd() Date { return NewDate(d.Year(), d.Month()+1, 0) }

// QuarterEnd is the last day of the calendar quarter of d.
func (d Date) QuarterEnd() Date { return NewDate(d.Year(), (d.Month()-1)/3*3+4, 0) }

// Earlier returns the earlier of two dates.
func Earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

// Later returns the later of two dates.
func Later(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}

// MarshalText writes YYYY-MM-DD; the zero Date is the empty text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	p, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// MarshalJSON writes "YYYY-MM-DD", or null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads "YYYY-MM-DD" or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return ErrDate
	}
	return d.UnmarshalText(b[1 : len(b)-1])
}

// Value stores the date as YYYY-MM-DD text, which both databases order and compare.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what either database returns for a DATE column.
func (d *Date) Scan(v any) error {
	switch x := v.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = NewDate(x.Year(), x.Month(), x.Day())
	case string:
		return d.scanText(x)
	case []byte:
		return d.scanText(string(x))
	default:
		return fmt.Errorf("calendar: cannot scan %T into a Date", v)
	}
	return nil
}

func (d *Date) scanText(s string) error {
	if len(s) > len(layout) {
		s = s[:len(layout)]
	}
	return d.UnmarshalText([]byte(s))
}

// GormDataType makes GORM create DATE columns.
func (Date) GormDataType() string { return "date" }

// MarshalBinary lets encoding/gob keep a date.
func (d Date) MarshalBinary() ([]byte, error) { return d.MarshalText() }

// UnmarshalBinary is the inverse of MarshalBinary.
func (d *Date) UnmarshalBinary(b []byte) error { return d.UnmarshalText(b) }

// Soonest is the earliest of the dates that are not zero; zero when there is none.
func Soonest(dates ...Date) Date {
	var soonest Date
	for _, d := range dates {
		if !d.IsZero() && (soonest.IsZero() || d.Before(soonest)) {
			soonest = d
		}
	}
	return soonest
}
