// Package clinical holds the national follow-up rules (国家基本公共卫生服务规范)
// as versioned packs: a form goes in, an assessment comes out. It is pure: the
// same input gives the same answer, today or in ten years.
package clinical

import (
	"slices"

	"jiayi/internal/calendar"
)

// The codes of the programmes.
const (
	Hypertension  = "hypertension"
	Diabetes      = "diabetes"
	Elderly       = "elderly"
	TCM           = "tcm"
	Maternal      = "maternal"
	Newborn       = "newborn"
	Child         = "child"
	Mental        = "mental"
	Tuberculosis  = "tuberculosis"
	COPD          = "copd"
	Dyslipidaemia = "dyslipidaemia"
	HomeVisit     = "home_visit"
	HealthCheck   = "health_check"
	Screening     = "screening"
)

// Program is a follow-up programme and the key populations it serves.
type Program struct {
	Code        string   `json:"code"`
	Name        string   `json:"name"`
	Populations []string `json:"populations"` // codes of domain §2.2
}

// programme is a Program with its form, its rule and its obligations.
type programme struct {
	Program
	// version is that of the pack that last changed the programme.
	version   string
	formName  string
	fields    func() []Field
	relations []Relation
	judge     func(*exam) (Assessment, []FieldError)
	duties    duties
	delivers  func(Visit, Values) []Service // beside the visit itself and what any form measures
}

// Pack is one version of the rules. A saved visit keeps the version it was judged by:
// that of the pack that last changed its programme, so that a new pack leaves the
// programmes it does not touch as they are.
type Pack struct {
	Version       string
	EffectiveFrom calendar.Date
	Profile       GuidelineProfile
	suffix        string // of the versions under another profile than the pack's own
	programmes    []programme
}

// PackOn returns the rules in effect on the date. Visits from before the first
// pack are judged by the first.
func PackOn(on calendar.Date) Pack {
	pack := packs[0]
	for _, p := range packs {
		if !p.EffectiveFrom.After(on) {
			pack = p
		}
	}
	return pack
}

// PackByVersion returns the rules by the version a visit was saved with, profile included.
func PackByVersion(version string) (Pack, bool) {
	for _, p := range packs {
		for _, candidate := range []Pack{p, p.With(NBPHS3), p.With(PHC2020)} {
			if candidate.Version == version {
				return candidate, true
			}
		}
	}
	return Pack{}, false
}

// With returns the pack under another guideline profile; its version tells so.
func (p Pack) With(profile GuidelineProfile) Pack {
	if profile.Name != p.Profile.Name {
		p.suffix = "+" + profile.Name
		p.Version += p.suffix
		p.Profile = profile
	}
	return p
}

// RuleVersion is the version a visit of the programme is saved with, by which
// PackByVersion finds a pack that judges it the same; "" for an unknown programme.
func (p Pack) RuleVersion(program string) string {
	x, ok := p.programme(program)
	if !ok {
		return ""
	}
	return x.version + p.suffix
}

// Programs lists the programmes of the pack in the order shown to a doctor.
func (p Pack) Programs() []Program {
	list := make([]Program, len(p.programmes))
	for i, x := range p.programmes {
		list[i] = x.Program
		list[i].Populations = slices.Clone(x.Populations)
	}
	return list
}

// NewestPack returns the latest rules, in effect or to come.
func NewestPack() Pack { return packs[len(packs)-1] }

// Programs lists the programmes of the newest pack.
func Programs() []Program { return NewestPack().Programs() }

func (p Pack) programme(code string) (programme, bool) {
	i := slices.IndexFunc(p.programmes, func(x programme) bool { return x.Code == code })
	if i < 0 {
		return programme{}, false
	}
	return p.programmes[i], true
}

// Form returns the form of the programme; the second result is false when the
// pack has no such programme. Its fields are shared by all and not to be changed.
func (p Pack) Form(program string) (Form, bool) {
	x, ok := p.programme(program)
	if !ok {
		return Form{}, false
	}
	return Form{
		Program: x.Code, Name: x.formName, RuleVersion: x.version + p.suffix,
		VisitWays: Ways(), Fields: x.fields(), Relations: append([]Relation{}, x.relations...),
	}, true
}

// Assess judges the checked values of a form. Of previous only visits earlier than
// visit count, in any order. It returns either an assessment or the fields that
// keep the rule from one: a missing classification or reason, a date too late.
func (p Pack) Assess(program string, s Subject, previous []Previous, visit Visit, v Values) (Assessment, []FieldError) {
	x, ok := p.programme(program)
	if !ok {
		return Assessment{}, []FieldError{{"", CodeUnknown, "没有这一随访项目"}}
	}
	form, _ := p.Form(program)
	a, problems := x.judge(&exam{
		Values: v, form: form, subject: s, visit: visit, previous: previous, profile: p.Profile,
	})
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	a.RuleVersion = x.version + p.suffix
	return a, nil
}

// Assess is Pack.Assess by the rules in effect on the day of the visit.
func Assess(program string, s Subject, previous []Previous, visit Visit, v Values) (Assessment, []FieldError) {
	return PackOn(visit.On).Assess(program, s, previous, visit, v)
}
