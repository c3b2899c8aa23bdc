package clinical

import (
	"slices"

	"jiayi/internal/calendar"
)

// Facts are what the schedule of a person needs; a zero date is one not known.
type Facts struct {
	BirthDate calendar.Date
	// EnrolledOn is the first day under the programme: registration, or the notice of
	// the designated institution for tuberculosis. Zero is always.
	EnrolledOn calendar.Date
	// EndedOn is the last day under the programme: death, moving out, 结案. Zero is never.
	EndedOn      calendar.Date
	LMP          calendar.Date // 末次月经
	DeliveredOn  calendar.Date // of the mother; a newborn's is its birth date
	DischargedOn calendar.Date // from the hospital of birth
	Risk         RiskLevel     // of the integrated management of 三高
}

// Due is one obligation of domain §2.3 towards one person.
type Due struct {
	// Key names the obligation among all of the person's under the programme, the same
	// on whatever day it is asked: "2026Q1", "check2026", "18m", "day42".
	Key   string `json:"key"`
	Label string `json:"label"`
	// From and Until are the first and last day on which a visit satisfies it, Due the
	// day by which it is asked for.
	From  calendar.Date `json:"from"`
	Due   calendar.Date `json:"due"`
	Until calendar.Date `json:"until"`
	// FaceToFace says that only a visit at which doctor and patient meet satisfies it.
	FaceToFace bool     `json:"face_to_face"`
	Includes   []string `json:"includes,omitempty"` // what is done beside the form
	Clause     string   `json:"clause"`
}

// Open tells whether a visit on the day satisfies the obligation by its date.
func (d Due) Open(on calendar.Date) bool { return !on.Before(d.From) && !on.After(d.Until) }

// horizonMonths is how far ahead of the day the schedule looks.
const horizonMonths = 12

// Schedule lists the obligations of domain §2.3 under the programme that can still be
// met on the day or begin within a year of it, in order of their days. It is pure and
// stable: asked on successive days, an obligation keeps its key and its dates, unless
// the facts change. It is empty for an unknown programme or without the facts needed.
func (p Pack) Schedule(program string, f Facts, on calendar.Date) []Due {
	x, ok := p.programme(program)
	if !ok {
		return nil
	}
	horizon := on.AddMonths(horizonMonths)
	dues := x.duties(f, on, horizon)
	dues = slices.DeleteFunc(dues, func(d Due) bool {
		return d.Until.Before(on) || d.From.After(horizon) ||
			!f.EndedOn.IsZero() && d.From.After(f.EndedOn)
	})
	slices.SortStableFunc(dues, func(a, b Due) int {
		if n := a.Due.Sub(b.Due); n != 0 {
			return n
		}
		return a.From.Sub(b.From)
	})
	return dues
}

// Schedule is Pack.Schedule by the rules in effect on the day.
func Schedule(program string, f Facts, on calendar.Date) []Due {
	return PackOn(on).Schedule(program, f, on)
}

// duties lists the obligations of one programme between two days, at least.
type duties func(f Facts, from, to calendar.Date) []Due

// all joins several kinds of obligation.
func all(kinds ...duties) duties {
	return func(f Facts, from, to calendar.Date) []Due {
		var dues []Due
		for _, kind := range kinds {
			dues = append(dues, kind(f, from, to)...)
		}
		return dues
	}
}
