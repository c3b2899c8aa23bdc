package clinical

import "slices"

// Type is the kind of value a field holds; a user interface picks its input by it.
type Type string

// The types of field.
const (
	TypeInt     Type = "int"     // whole number
	TypeDecimal Type = "decimal" // number with at most Field.Places decimals
	TypeText    Type = "text"    // at most Field.MaxLength characters
	TypeCode    Type = "code"    // one of Field.Codes
	TypeCodes   Type = "codes"   // any of Field.Codes, as a list
	TypeBool    Type = "bool"    // true or false
	TypeDate    Type = "date"    // YYYY-MM-DD
	TypeRows    Type = "rows"    // at most Field.MaxRows rows of Field.Columns
)

// Option is one code of a field and its Chinese label.
type Option struct {
	Code  int    `json:"code"`
	Label string `json:"label"`
	// StoredAs is the national code that replaces a local one on saving; 0 means none.
	StoredAs int `json:"stored_as,omitempty"`
	// Abnormal marks an answer that is a finding in itself, such as 听力筛查未通过.
	Abnormal bool `json:"abnormal,omitempty"`
}

// VisitWayField is the name by which a Condition reads the encounter's 随访方式,
// which is not a field of any form.
const VisitWayField = "visit_way"

// Condition is a statement about another field, kept as data so that a user
// interface can evaluate it: the field holds one of In, or, with In empty, it is filled in.
type Condition struct {
	Field string `json:"field"`
	In    []int  `json:"in,omitempty"`
}

// DateRule bounds a date field by the visit.
type DateRule string

// The bounds of a date field.
const (
	AfterVisit DateRule = "after_visit" // later than the visit
	UntilVisit DateRule = "until_visit" // on the visit or earlier
)

// Computed says that the server fills the field from others; input is overwritten.
type Computed struct {
	Formula string   `json:"formula"`
	From    []string `json:"from"`
	// ServerOnly says that input never stands, not even while the sources are missing.
	ServerOnly bool `json:"server_only,omitempty"`
}

// Field is one item of a form, described as data: the server checks by it and a
// user interface is drawn from it.
type Field struct {
	Key     string `json:"key"`
	Label   string `json:"label"`
	Section string `json:"section,omitempty"`
	Type    Type   `json:"type"`
	Unit    string `json:"unit,omitempty"`

	Places    int      `json:"places,omitempty"`     // decimals of a TypeDecimal
	Min       *float64 `json:"min,omitempty"`        // lowest value, in Unit
	Max       *float64 `json:"max,omitempty"`        // highest value, in Unit
	NormalMin *float64 `json:"normal_min,omitempty"` // below is a finding, in Unit
	NormalMax *float64 `json:"normal_max,omitempty"` // above is a finding, in Unit
	MaxLength int      `json:"max_length,omitempty"` // characters of a TypeText
	DateRule  DateRule `json:"date_rule,omitempty"`

	Codes     []Option `json:"codes,omitempty"`
	Exclusive []int    `json:"exclusive,omitempty"` // codes that stand alone, such as 无症状

	Columns []Field `json:"columns,omitempty"`
	MaxRows int     `json:"max_rows,omitempty"`

	// The field must be filled in when Required, unless any RequiredUnless holds,
	// and also when any RequiredWhen holds.
	Required       bool        `json:"required,omitempty"`
	RequiredUnless []Condition `json:"required_unless,omitempty"`
	RequiredWhen   []Condition `json:"required_when,omitempty"`
	// Decisive marks what the rule cannot do without: it is required of a Draft too.
	Decisive bool `json:"decisive,omitempty"`
	// ConflictsWith lists what may not hold while the field is true or filled in.
	ConflictsWith []Condition `json:"conflicts_with,omitempty"`

	Computed *Computed `json:"computed,omitempty"`
	// Carried says that the value may be carried over from the health record.
	Carried bool `json:"carried,omitempty"`
	// Clause is where the domain specification states the field.
	Clause string `json:"clause,omitempty"`
}

// option returns the option with the code.
func (f Field) option(code int) (Option, bool) {
	i := slices.IndexFunc(f.Codes, func(o Option) bool { return o.Code == code })
	if i < 0 {
		return Option{}, false
	}
	return f.Codes[i], true
}

// chosen tells whether the field is filled in by choosing rather than by writing.
func (f Field) chosen() bool {
	return f.Type == TypeCode || f.Type == TypeCodes || f.Type == TypeBool || f.Type == TypeDate
}

func intField(key, label, unit string, lowest, highest float64) Field {
	return Field{Key: key, Label: label, Type: TypeInt, Unit: unit, Min: &lowest, Max: &highest}
}

func decimalField(key, label, unit string, lowest, highest float64) Field {
	f := intField(key, label, unit, lowest, highest)
	f.Type, f.Places = TypeDecimal, 1
	return f
}

func textField(key, label string, maxLength int) Field {
	return Field{Key: key, Label: label, Type: TypeText, MaxLength: maxLength}
}

func codeField(key, label string, options ...Option) Field {
	return Field{Key: key, Label: label, Type: TypeCode, Codes: options}
}

func codesField(key, label string, options ...Option) Field {
	return Field{Key: key, Label: label, Type: TypeCodes, Codes: options}
}

func boolField(key, label string) Field { return Field{Key: key, Label: label, Type: TypeBool} }

// pastDateField is a date on the day of the visit or earlier.
func pastDateField(key, label string) Field {
	return Field{Key: key, Label: label, Type: TypeDate, DateRule: UntilVisit}
}

// numbered labels the codes 1, 2, 3 …
func numbered(labels ...string) []Option {
	options := make([]Option, len(labels))
	for i, label := range labels {
		options[i] = Option{Code: i + 1, Label: label}
	}
	return options
}

// abnormal marks the options with the codes as findings.
func abnormal(options []Option, codes ...int) []Option {
	for i := range options {
		options[i].Abnormal = slices.Contains(codes, options[i].Code)
	}
	return options
}

// normalFrom and normalUntil set the bounds of the normal range, in the field's unit.
func (f Field) normalFrom(lowest float64) Field   { f.NormalMin = &lowest; return f }
func (f Field) normalUntil(highest float64) Field { f.NormalMax = &highest; return f }

// places sets how many decimals the field takes.
func (f Field) places(n int) Field { f.Places = n; return f }

// serverOnly makes the field a result that only the server gives.
func (f Field) serverOnly(formula string, from ...string) Field {
	f.Computed = &Computed{Formula: formula, From: from, ServerOnly: true}
	return f
}

func (f Field) must() Field { f.Required = true; return f }

// starred is the specification's Y*: required when the doctor meets the patient.
func (f Field) starred() Field {
	f.Required = true
	f.RequiredUnless = []Condition{{Field: VisitWayField, In: remoteWays()}}
	return f
}

func (f Field) decisive() Field { f.Decisive = true; return f }

func (f Field) requiredWhen(field string, in ...int) Field {
	f.RequiredWhen = append(slices.Clone(f.RequiredWhen), Condition{field, in})
	return f
}

// requiredUnless requires the field except where another one is filled in.
func (f Field) requiredUnless(fields ...string) Field {
	f.Required = true
	f.RequiredUnless = slices.Clone(f.RequiredUnless)
	for _, field := range fields {
		f.RequiredUnless = append(f.RequiredUnless, Condition{Field: field})
	}
	return f
}

func (f Field) conflictsWith(field string, in ...int) Field {
	f.ConflictsWith = append(slices.Clone(f.ConflictsWith), Condition{field, in})
	return f
}

func (f Field) alone(codes ...int) Field { f.Exclusive = codes; return f }

// target is the 目标 half of a 现/目标 pair; nobody must set one.
func (f Field) target() Field {
	f.Key += "_target"
	f.Label = "目标" + f.Label
	f.Required, f.RequiredUnless, f.RequiredWhen = false, nil, nil
	return f
}
