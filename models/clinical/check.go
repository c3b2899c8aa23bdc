package clinical

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"jiayi/internal/calendar"
)

// check gathers values and problems while one form is read.
type check struct {
	values   map[string]any
	problems []FieldError
	bad      map[string]bool // fields that already have a problem are not reported twice
}

func (c *check) report(field, code, message string) {
	c.problems = append(c.problems, FieldError{field, code, message})
	c.bad[field] = true
}

// plainKey is how a key of a form looks; anything else may be data gone astray
// and is not repeated to the caller.
var plainKey = regexp.MustCompile(`^[a-z][a-z_]{0,19}[0-9]{0,2}[a-z_]{0,20}$`)

// fields reads every field of raw, and reports keys that belong to none.
func (c *check) fields(fields []Field, raw map[string]any) {
	known := map[string]bool{}
	for _, f := range fields {
		known[f.Key] = true
		if x, ok := raw[f.Key]; ok && !empty(x) {
			if v, ok := c.read(f, x); ok {
				c.values[f.Key] = v
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		if known[key] {
			continue
		}
		name := ""
		if plainKey.MatchString(key) {
			name = key
		}
		c.report(name, CodeUnknown, "表单中没有这一项")
	}
}

// read turns one raw value into the field's type; on failure the problem is reported.
func (c *check) read(f Field, x any) (any, bool) {
	if f.Type == TypeRows {
		return c.rows(f, x)
	}
	v, code, message := f.parse(x)
	if code != "" {
		c.report(f.Key, code, message)
		return nil, false
	}
	return v, true
}

func (c *check) rows(f Field, x any) (any, bool) {
	items, ok := x.([]any)
	if !ok {
		c.report(f.Key, CodeType, f.Label+"应为列表")
		return nil, false
	}
	if len(items) > f.MaxRows {
		c.report(f.Key, CodeTooMany, fmt.Sprintf("%s最多填写 %d 行", f.Label, f.MaxRows))
		return nil, false
	}
	rows := make([]Values, 0, len(items))
	for i, item := range items {
		at := f.Key + "[" + strconv.Itoa(i) + "]"
		cells, ok := item.(map[string]any)
		if !ok {
			c.report(at, CodeType, f.Label+"的每一行应分项填写")
			continue
		}
		row := check{values: map[string]any{}, bad: map[string]bool{}}
		row.fields(f.Columns, cells)
		row.required(f.Columns, Visit{}, Complete)
		for _, p := range row.problems {
			if p.Field != "" {
				p.Field = at + "." + p.Field
			} else {
				p.Field = at
			}
			c.report(p.Field, p.Code, p.Message)
		}
		rows = append(rows, Values{row.values})
	}
	return rows, true
}

// dates holds date fields to their DateRule.
func (c *check) dates(fields []Field, visit Visit) {
	for _, f := range fields {
		on, ok := c.values[f.Key].(calendar.Date)
		switch {
		case !ok:
		case f.DateRule == AfterVisit && !on.After(visit.On):
			c.report(f.Key, CodeRange, f.Label+"应晚于随访日期")
		case f.DateRule == UntilVisit && on.After(visit.On):
			c.report(f.Key, CodeRange, f.Label+"不能晚于随访日期")
		}
	}
}

// required reports fields that must be filled in and are not.
func (c *check) required(fields []Field, visit Visit, mode Mode) {
	for _, f := range fields {
		if mode == Draft && !f.Decisive {
			continue
		}
		if c.values[f.Key] != nil || c.bad[f.Key] || !c.demands(f, visit) {
			continue
		}
		verb := "请填写"
		if f.chosen() {
			verb = "请选择"
		}
		c.report(f.Key, CodeRequired, verb+f.Label)
	}
}

func (c *check) demands(f Field, visit Visit) bool {
	holds := func(k Condition) bool { return Values{c.values}.holds(k, visit) }
	return f.Required && !slices.ContainsFunc(f.RequiredUnless, holds) ||
		slices.ContainsFunc(f.RequiredWhen, holds)
}

// conflicts reports answers that contradict another one.
func (c *check) conflicts(fields []Field, visit Visit) {
	v := Values{c.values}
	for _, f := range fields {
		if given := c.values[f.Key]; given == nil || given == false {
			continue
		}
		for _, k := range f.ConflictsWith {
			if v.holds(k, visit) {
				c.report(f.Key, CodeInconsistent, f.Label+"与"+labelOf(fields, k.Field)+"相互矛盾")
			}
		}
	}
}

func (c *check) relations(f Form) {
	v := Values{c.values}
	for _, r := range f.Relations {
		a, okA := v.Decimal(r.Greater)
		b, okB := v.Decimal(r.Than)
		if okA && okB && a <= b {
			c.report(r.Greater, CodeInconsistent, labelOf(f.Fields, r.Greater)+"应高于"+labelOf(f.Fields, r.Than))
		}
		later, okA := v.Date(r.Greater)
		earlier, okB := v.Date(r.Than)
		if okA && okB && !later.After(earlier) {
			c.report(r.Greater, CodeInconsistent, labelOf(f.Fields, r.Greater)+"应晚于"+labelOf(f.Fields, r.Than))
		}
	}
}

func labelOf(fields []Field, key string) string {
	for _, f := range fields {
		if f.Key == key {
			return f.Label
		}
	}
	return key
}
