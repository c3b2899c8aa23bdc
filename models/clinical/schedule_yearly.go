package clinical

import (
	"slices"
	"strconv"
	"time"

	"jiayi/internal/calendar"
)

// EnrolmentGrace is how many days of a period must be left at the enrolment for a
// visit to be owed in it: as long as a recheck takes.
const EnrolmentGrace = recheckDays

// The share of the four COPD follow-ups a year that are face to face: two, those of
// the odd quarters. The specification confirms no number (domain §2.3, §11.2).
var copdFaceToFace = map[int]bool{1: true, 3: true}

// quarterly are the ≥ 4 follow-ups a year, one in each quarter (domain §2.3), or more
// where the risk layer asks for it (domain §2.4); meets tells by the number of the
// period which of them are face to face, nil meaning all.
func quarterly(clause string, meets map[int]bool) duties {
	return func(f Facts, from, to calendar.Date) []Due {
		return periods(f, from, to, f.Risk.Months(), func(year, n, months int) Due {
			d := Due{Clause: clause, FaceToFace: meets == nil || meets[n]}
			switch y := strconv.Itoa(year); months {
			case 3:
				d.Key, d.Label = y+"Q"+strconv.Itoa(n), "第"+strconv.Itoa(n)+"季度随访"
			case 1:
				d.Key, d.Label = y+"M"+strconv.Itoa(n), strconv.Itoa(n)+"月随访(很高危)"
			default:
				d.Key = y + "B" + strconv.Itoa(n)
				d.Label = strconv.Itoa((n-1)*months+1) + "–" + strconv.Itoa(n*months) + "月随访(高危)"
			}
			return d
		})
	}
}

// yearly is one obligation a calendar year, such as the health check (domain §2.3);
// without a service it is the visit of the programme itself.
func yearly(key, label, clause string, service Service, includes ...string) duties {
	return func(f Facts, from, to calendar.Date) []Due {
		return periods(f, from, to, 12, func(year, _, _ int) Due {
			return Due{Key: key + strconv.Itoa(year), Label: label, Kind: DueCheck, Service: service, FaceToFace: true, Clause: clause, Includes: slices.Clone(includes)}
		})
	}
}

// periods cuts the calendar years into spans of so many months and asks for one visit
// in each; the span of the enrolment counts where enough of it is left.
func periods(f Facts, from, to calendar.Date, months int, name func(year, n, months int) Due) []Due {
	var dues []Due
	for year := from.Year(); year <= to.Year(); year++ {
		for n := 1; n <= 12/months; n++ {
			first := calendar.NewDate(year, time.Month((n-1)*months+1), 1)
			last := first.AddMonths(months).AddDays(-1)
			if !f.EnrolledOn.IsZero() && f.EnrolledOn.After(last.AddDays(1-EnrolmentGrace)) {
				continue
			}
			d := name(year, n, months)
			d.From, d.Due, d.Until = calendar.Later(first, enrolment(f, first)), last, last
			dues = append(dues, d)
		}
	}
	return dues
}

func enrolment(f Facts, otherwise calendar.Date) calendar.Date {
	if f.EnrolledOn.IsZero() {
		return otherwise
	}
	return f.EnrolledOn
}

// fromTurning keeps the obligations of the years in which the person has turned so
// many years old, or will: 65 during the year counts (domain §2.2 code 03).
func fromTurning(age int, kind duties) duties {
	return func(f Facts, from, to calendar.Date) []Due {
		if f.BirthDate.IsZero() {
			return nil
		}
		var dues []Due
		for _, d := range kind(f, from, to) {
			if d.From.Year()-f.BirthDate.Year() >= age {
				dues = append(dues, d)
			}
		}
		return dues
	}
}

// atHome says that a kind of obligation is met at the patient's home.
func atHome(kind duties) duties {
	return func(f Facts, from, to calendar.Date) []Due {
		dues := kind(f, from, to)
		for i := range dues {
			dues[i].AtHome = true
		}
		return dues
	}
}
