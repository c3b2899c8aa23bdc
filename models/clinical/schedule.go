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
	// PressureRisk and GlucoseRisk say that the last screening found a high risk of
	// hypertension or of diabetes (domain §2.3).
	PressureRisk, GlucoseRisk bool
}

// DueKind is the kind of an obligation.
type DueKind string

// The kinds of obligation.
const (
	DueVisit     DueKind = "visit"     // a follow-up or contact of the programme
	DueCheck     DueKind = "check"     // what is done once a year beside the follow-ups
	DueScreening DueKind = "screening" // what is offered to people without a disease
)

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
	Kind  DueKind       `json:"kind"`
	// Service is what a visit must deliver to satisfy it.
	Service Service `json:"service"`
	// FaceToFace says that only a visit at which doctor and patient meet satisfies it,
	// AtHome that it is made at the patient's home.
	FaceToFace bool     `json:"face_to_face"`
	AtHome     bool     `json:"at_home,omitempty"`
	Includes   []string `json:"includes,omitempty"` // what is done beside the form
	Clause     string   `json:"clause"`
}

// Open tells whether a visit on the day satisfies the obligation by its date.
func (d Due) Open(on calendar.Date) bool { return !on.Before(d.From) && !on.After(d.Until) }

// horizonMonths is how far ahead of the day the schedule looks.
const horizonMonths = 12

// Obligations lists the obligations of domain §2.3 under the programme that can be met
// on some day between from and to, both included, in order of their days. It is pure
// and stable: whatever the span asked for, an obligation keeps its key and its dates,
// unless the facts change. It is empty for an unknown programme or without the facts
// needed.
func (p Pack) Obligations(program string, f Facts, from, to calendar.Date) []Due {
	x, ok := p.programme(program)
	if !ok {
		return nil
	}
	dues := x.duties(f, from, to)
	dues = slices.DeleteFunc(dues, func(d Due) bool {
		return d.Until.Before(from) || d.From.After(to) ||
			!f.EndedOn.IsZero() && d.From.After(f.EndedOn)
	})
	for i := range dues {
		if dues[i].Service == "" {
			dues[i].Service = Service(program)
		}
		if dues[i].Kind == "" {
			dues[i].Kind = DueVisit
		}
	}
	slices.SortStableFunc(dues, func(a, b Due) int {
		if n := a.Due.Sub(b.Due); n != 0 {
			return n
		}
		return a.From.Sub(b.From)
	})
	return dues
}

// Schedule lists the obligations that can still be met on the day or begin within a
// year of it.
func (p Pack) Schedule(program string, f Facts, on calendar.Date) []Due {
	return p.Obligations(program, f, on, on.AddMonths(horizonMonths))
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
