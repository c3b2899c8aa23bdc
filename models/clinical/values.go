package clinical

import (
	"encoding/json"
	"slices"

	"jiayi/internal/calendar"
)

// Values are the checked values of a form, by field key. The zero Values is an
// empty form. Each accessor's second result tells whether the field is filled in
// with that type.
type Values struct {
	byKey map[string]any // int, float64, string, bool, []int, calendar.Date or []Values
}

// Has tells whether the field is filled in.
func (v Values) Has(key string) bool { _, ok := v.byKey[key]; return ok }

// Int returns a whole number in the field's unit.
func (v Values) Int(key string) (int, bool) { return get[int](v, key) }

// Decimal returns a number in the field's unit; it reads whole-number fields too.
func (v Values) Decimal(key string) (float64, bool) {
	if n, ok := get[int](v, key); ok {
		return float64(n), true
	}
	return get[float64](v, key)
}

// Code returns the chosen code.
func (v Values) Code(key string) (int, bool) { return get[int](v, key) }

// Codes returns the chosen codes in ascending order.
func (v Values) Codes(key string) ([]int, bool) {
	codes, ok := get[[]int](v, key)
	return slices.Clone(codes), ok
}

// Text returns the text.
func (v Values) Text(key string) (string, bool) { return get[string](v, key) }

// Bool returns the answer.
func (v Values) Bool(key string) (bool, bool) { return get[bool](v, key) }

// Date returns the date.
func (v Values) Date(key string) (calendar.Date, bool) { return get[calendar.Date](v, key) }

// Rows returns the rows of a list such as meds.
func (v Values) Rows(key string) ([]Values, bool) {
	rows, ok := get[[]Values](v, key)
	return slices.Clone(rows), ok
}

// MarshalJSON writes the canonical form: an object with sorted keys, equal for
// equal values.
func (v Values) MarshalJSON() ([]byte, error) {
	if v.byKey == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(v.byKey)
}

func get[T any](v Values, key string) (T, bool) {
	x, ok := v.byKey[key].(T)
	return x, ok
}

// is tells whether the field holds the code.
func (v Values) is(key string, code int) bool {
	n, ok := v.Code(key)
	return ok && n == code
}

// holds evaluates a condition of the form.
func (v Values) holds(c Condition, visit Visit) bool {
	if c.Field == VisitWayField {
		return slices.Contains(c.In, int(visit.Way))
	}
	if len(c.In) == 0 {
		return v.Has(c.Field)
	}
	if codes, ok := get[[]int](v, c.Field); ok {
		return slices.ContainsFunc(c.In, func(n int) bool { return slices.Contains(codes, n) })
	}
	n, ok := v.Code(c.Field)
	return ok && slices.Contains(c.In, n)
}
