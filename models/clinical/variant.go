package clinical

import "slices"

// variants is a form of several visits in one: the selector's code says which, and
// every group of fields belongs to some of its codes.
type variants struct {
	selector Field
}

// only makes fields belong to the selector's codes: required there if they are
// required, and contradictory elsewhere. The conditions are data, so that a user
// interface can hide what does not belong.
func (v variants) only(codes []int, fields ...Field) []Field {
	var others []int
	for _, o := range v.selector.Codes {
		if !slices.Contains(codes, o.Code) {
			others = append(others, o.Code)
		}
	}
	list := make([]Field, len(fields))
	for i, f := range fields {
		switch {
		case f.Required && len(f.RequiredUnless) > 0:
			f.RequiredUnless = append(slices.Clone(f.RequiredUnless), Condition{v.selector.Key, others})
		case f.Required:
			f.Required = false
			f = f.requiredWhen(v.selector.Key, codes...)
		}
		list[i] = f.conflictsWith(v.selector.Key, others...)
	}
	return list
}
