package sheet

import (
	"math"
	"regexp"
	"strconv"
	"time"

	"jiayi/internal/calendar"
)

// Epoch is the day a workbook counts its dates from.
type Epoch uint8

// The two date systems of spreadsheets.
const (
	Epoch1900 Epoch = iota // day 1 is 1900-01-01, and day 60 a 29 February that never was
	Epoch1904              // day 0 is 1904-01-01
)

var (
	// dateText takes 1955-3-1, 1955/3/1, 1955.3.1, 1955年3月1日 and a time of day behind them.
	dateText = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?(?:[ T]\d{1,2}[:时].*)?$`)
	// dateCompact takes 19550301 and 19550301083000.
	dateCompact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:\.0|\d{6})?$`)
	dateSerial  = regexp.MustCompile(`^\d{1,7}(?:\.\d+)?$`)
)

// ParseDate reads a date as county files write it: 1955-03-01, 1955/3/1, 1955.3.1,
// 1955年3月1日, 19550301, each with or without a time of day, or the serial number
// of a date cell counted from the epoch. Blank text is the zero Date. A number
// between 1900 and 2100 is a bare year, not a serial, and is refused. It returns
// ErrDate for what is no date.
func ParseDate(text string, epoch Epoch) (calendar.Date, error) {
	s := CleanText(text)
	if s == "" {
		return calendar.Date{}, nil
	}
	if m := dateText.FindStringSubmatch(s); m != nil {
		return existing(m[1], m[2]+m[3]+m[4]+m[5], m[6])
	}
	if m := dateCompact.FindStringSubmatch(s); m != nil {
		return existing(m[1], m[2], m[3])
	}
	if !dateSerial.MatchString(s) {
		return calendar.Date{}, ErrDate
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return calendar.Date{}, ErrDate
	}
	return fromSerial(int(math.Floor(n)), epoch)
}

// lastSerial is 9999-12-31 counted from 1900.
const lastSerial = 2_958_465

func fromSerial(n int, epoch Epoch) (calendar.Date, error) {
	if n >= 1900 && n <= 2100 || n > lastSerial {
		return calendar.Date{}, ErrDate
	}
	if epoch == Epoch1904 {
		d := calendar.NewDate(1904, time.January, 1).AddDays(n)
		if d.Year() > 9999 {
			return calendar.Date{}, ErrDate
		}
		return d, nil
	}
	if n == 0 || n == 60 { // no such days
		return calendar.Date{}, ErrDate
	}
	if n > 60 {
		n-- // the 29 February 1900 that never was
	}
	return calendar.NewDate(1899, time.December, 31).AddDays(n), nil
}

func existing(year, month, day string) (calendar.Date, error) {
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	d, err := calendar.ParseDate(year + "-" + pad(month) + "-" + pad(day))
	if err != nil {
		return calendar.Date{}, ErrDate
	}
	return d, nil
}
