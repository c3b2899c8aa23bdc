package calendar

import "time"

// AddWorkingDays returns the date n working days later: Monday to Friday. Public holidays
// and the working weekends that make up for them are not known here.
func (d Date) AddWorkingDays(n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return d
}
