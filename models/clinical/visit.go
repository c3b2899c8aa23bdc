package clinical

import (
	"slices"

	"jiayi/internal/calendar"
)

// Way is the 随访方式 of an encounter (domain §3.0).
type Way int

// The ways of a visit.
const (
	WayClinic  Way = 1 // 门诊
	WayHome    Way = 2 // 家庭
	WayPhone   Way = 3 // 电话
	WayMessage Way = 4 // 短信
	WayOnline  Way = 5 // 网络
	WayOther   Way = 9 // 其他
)

// FaceToFace tells whether doctor and patient met (面对面): only 门诊 and 家庭
// count (domain §3.0).
func (w Way) FaceToFace() bool { return w == WayClinic || w == WayHome }

// Label is the Chinese name of the way, or "" for a number that is none.
func (w Way) Label() string {
	for _, o := range Ways() {
		if o.Code == int(w) {
			return o.Label
		}
	}
	return ""
}

// Ways lists the ways of a visit in the order shown to a doctor.
func Ways() []Option {
	return []Option{
		{Code: int(WayClinic), Label: "门诊"},
		{Code: int(WayHome), Label: "家庭"},
		{Code: int(WayPhone), Label: "电话"},
		{Code: int(WayMessage), Label: "短信"},
		{Code: int(WayOnline), Label: "网络(视频、微信)"},
		{Code: int(WayOther), Label: "其他"},
	}
}

// remoteWays are the known ways that are not face to face. A way nobody knows is
// not among them, so that it excuses no measurement.
func remoteWays() []int {
	var remote []int
	for _, o := range Ways() {
		if !Way(o.Code).FaceToFace() {
			remote = append(remote, o.Code)
		}
	}
	return remote
}

// Visit is what the rules need of the encounter's header.
type Visit struct {
	On  calendar.Date `json:"visited_on"`
	Way Way           `json:"visit_way"`
}

// Sex codes of GB/T 2261.1 that a rule tells apart.
const (
	Male   = "1"
	Female = "2"
)

// Subject is what the rules need of the person on the day of the visit.
type Subject struct {
	BirthDate calendar.Date `json:"birth_date"`
	Sex       string        `json:"sex"` // GB/T 2261.1: 0, 1, 2 or 9
	Pregnant  bool          `json:"pregnant,omitempty"`
	Lactating bool          `json:"lactating,omitempty"`
	// HighRisk says that the person also has diabetes, coronary disease, heart
	// failure or kidney disease, for which PHC2020 sets a lower limit.
	HighRisk bool `json:"high_risk,omitempty"`
}

// expecting tells whether the limits of pregnancy and lactation apply.
func (s Subject) expecting() bool { return s.Pregnant || s.Lactating }

// Previous is the outcome of an earlier visit of the same programme. Step 0 means
// that the record does not tell it.
type Previous struct {
	VisitedOn calendar.Date `json:"visited_on"`
	Class     int           `json:"class"`
	Step      int           `json:"step"`
}

// step is the recorded step, or for a record without one the step its class leads to.
func (p Previous) step() int {
	switch {
	case p.Step != 0:
		return p.Step
	case p.Class == ClassComplication:
		return StepReferral
	case p.Class == ClassUncontrolled || p.Class == ClassAdverse:
		return StepRecheck
	}
	return StepRoutine
}

// lastBefore returns the latest of previous that is earlier than on. Of two on
// one day the graver one counts, so that their order never matters.
func lastBefore(previous []Previous, on calendar.Date) (Previous, bool) {
	earlier := slices.DeleteFunc(slices.Clone(previous), func(p Previous) bool {
		return p.VisitedOn.IsZero() || !p.VisitedOn.Before(on)
	})
	if len(earlier) == 0 {
		return Previous{}, false
	}
	return slices.MaxFunc(earlier, func(a, b Previous) int {
		if n := a.VisitedOn.Sub(b.VisitedOn); n != 0 {
			return n
		}
		if n := a.step() - b.step(); n != 0 {
			return n
		}
		return a.Class - b.Class
	}), true
}
