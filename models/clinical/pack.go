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
	Hypertension = "hypertension"
	Diabetes     = "diabetes"
)

// Program is a follow-up programme and the key populations it serves.
type Program struct {
	Code        string   `json:"code"`
	Name        string   `json:"name"`
	Populations []string `json:"populations"` // codes of domain §2.2
}

// programme is a Program with its form and its rule.
type programme struct {
	Program
	formName  string
	fields    func() []Field
	relations []Relation
	judge     func(*exam) (Assessment, []FieldError)
}

// Pack is one version of the rules. A saved visit keeps the version it was judged by.
type Pack struct {
	Version       string
	EffectiveFrom calendar.Date
	Profile       GuidelineProfile
	programmes    []programme
}

// packs are all versions, ascending by EffectiveFrom. New rules are a new row;
// a row that has judged a visit never changes.
var packs = []Pack{
	{
		Version:       "nbphs3-2017.1",
		EffectiveFrom: calendar.MustDate("2017-02-28"),
		Profile:       NBPHS3,
		programmes:    []programme{hypertension2017, diabetes2017},
	},
}

var hypertension2017 = programme{
	Program:   Program{Hypertension, "高血压", []string{"04"}},
	formName:  "高血压患者随访服务记录表",
	fields:    hypertensionFields,
	relations: []Relation{{"sbp", "dbp", "domain §3.1 item 5"}},
	judge:     judgeHypertension,
}

var diabetes2017 = programme{
	Program:   Program{Diabetes, "2型糖尿病", []string{"05"}},
	formName:  "2型糖尿病患者随访服务记录表",
	fields:    diabetesFields,
	relations: []Relation{{"sbp", "dbp", "domain §3.1 item 5"}},
	judge:     judgeDiabetes,
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
		p.Version += "+" + profile.Name
		p.Profile = profile
	}
	return p
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
// pack has no such programme.
func (p Pack) Form(program string) (Form, bool) {
	x, ok := p.programme(program)
	if !ok {
		return Form{}, false
	}
	return Form{
		Program: x.Code, Name: x.formName, RuleVersion: p.Version,
		VisitWays: Ways(), Fields: x.fields(), Relations: slices.Clone(x.relations),
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
	a.RuleVersion = p.Version
	return a, nil
}

// Assess is Pack.Assess by the rules in effect on the day of the visit.
func Assess(program string, s Subject, previous []Previous, visit Visit, v Values) (Assessment, []FieldError) {
	return PackOn(visit.On).Assess(program, s, previous, visit, v)
}
