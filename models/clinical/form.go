package clinical

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Relation is a rule between two numbers or dates of a form: Greater must exceed
// Than when both are given.
type Relation struct {
	Greater string `json:"greater"`
	Than    string `json:"than"`
	Clause  string `json:"clause,omitempty"`
}

// Form is the 随访服务记录表 of one programme in one version of the rules, as
// data that can be served to a user interface as it is.
type Form struct {
	Program     string     `json:"program"`
	Name        string     `json:"name"`
	RuleVersion string     `json:"rule_version"`
	VisitWays   []Option   `json:"visit_ways"`
	Fields      []Field    `json:"fields"`
	Relations   []Relation `json:"relations"`
}

// Field returns the field with the key.
func (f Form) Field(key string) (Field, bool) {
	i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return f.Fields[i], true
}

// Label is the Chinese name of a code of the field, "" for an unknown one.
func (f Form) Label(key string, code int) string {
	field, _ := f.Field(key)
	o, _ := field.option(code)
	return o.Label
}

// FieldError names one field of a form and says in Chinese what is wrong with it,
// never the value. An unknown key that could be a slip of data is left out: Field is "".
type FieldError struct {
	Field   string
	Code    string
	Message string
}

// The codes of a FieldError.
const (
	CodeUnknown      = "unknown_field"
	CodeType         = "wrong_type"
	CodeRange        = "out_of_range"
	CodePlaces       = "too_many_decimals"
	CodeTooLong      = "too_long"
	CodeTooMany      = "too_many_rows"
	CodeNotListed    = "not_in_list"
	CodeExclusive    = "exclusive"
	CodeRequired     = "required"
	CodeInconsistent = "inconsistent"
	CodeBelowRule    = "below_rule" // milder than the rule allows
	CodeTooLate      = "too_late"   // a date past the rule's deadline
	CodeAge          = "wrong_age"  // a form that is not for the person's age
)

// Mode says how complete a form must be.
type Mode uint8

// The modes of Check.
const (
	Complete Mode = iota // a form to be saved: everything required
	Draft                // a form to be judged only: what the rule needs
)

// Check reads raw as decoded from JSON and returns its typed values, or every
// problem it has. The values are usable only when there is no problem.
func (f Form) Check(visit Visit, raw map[string]any, mode Mode) (Values, []FieldError) {
	c := check{values: map[string]any{}, bad: map[string]bool{}}
	c.fields(f.Fields, raw)
	c.compute(f.Fields)
	c.dates(f.Fields, visit)
	c.required(f.Fields, visit, mode)
	c.conflicts(f.Fields, visit)
	c.relations(f)
	return Values{c.values}, c.problems
}

// Read returns the values of a form saved earlier as Values marshalled them. It
// checks their types and ranges, not their completeness, and its error names
// fields only.
func (f Form) Read(saved []byte) (Values, error) {
	var raw map[string]any
	if err := json.Unmarshal(saved, &raw); err != nil {
		return Values{}, fmt.Errorf("clinical: a saved %s form is not a JSON object", f.Program)
	}
	c := check{values: map[string]any{}, bad: map[string]bool{}}
	c.fields(f.Fields, raw)
	if len(c.problems) > 0 {
		p := c.problems[0]
		return Values{}, fmt.Errorf("clinical: a saved %s form has %s in field %q", f.Program, p.Code, p.Field)
	}
	return Values{c.values}, nil
}
