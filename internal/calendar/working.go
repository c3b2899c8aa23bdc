package calendar

import (
	_ "embed"
	"strings"
	"time"
)

//go:embed holidays.csv
var holidayTable string

// exceptions are the days that the published arrangement turns round: true for a worked one.
var exceptions = readHolidays(holidayTable)

// readHolidays reads the table; a line that cannot be read panics, as the table is part of
// the program.
func readHolidays(table string) map[Date]bool {
	out := map[Date]bool{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, ",")
		if len(parts) != 4 || parts[2] != "off" && parts[2] != "work" {
			panic("calendar: not a line of holidays: " + line)
		}
		for d, last := MustDate(parts[0]), MustDate(parts[1]); !d.After(last); d = d.AddDays(1) {
			out[d] = parts[2] == "work"
		}
	}
	return out
}

// Works tells whether the day is a working day: Monday to Friday, but for public holidays
// and the weekends that are worked to make up for them. Of a year whose arrangement is not
// in the table only weekends are known.
func (d Date) Works() bool {
	if works, ok := exceptions[d]; ok {
		return works
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// AddWorkingDays returns the date n working days later.
func (d Date) AddWorkingDays(n int) Date {
	for n > 0 {
		if d = d.AddDays(1); d.Works() {
			n--
		}
	}
	return d
}
