package sheet

import (
	"maps"
	"slices"
)

// Columns finds which column holds which field. aliases gives for each field the
// headings it is known by; the field's own name is one too. Case, width, spaces,
// the stars of required columns and the kind of parentheses do not matter.
//
// It returns the column (from 0) of each field found, the headings no field
// claims, and the fields more than one column claims (the first is in the map).
func Columns(header []string, aliases map[string][]string) (columns map[string]int, unknown, dup []string) {
	fields := map[string]string{}
	for _, field := range slices.Sorted(maps.Keys(aliases)) {
		fields[foldHeader(field)] = field
		for _, heading := range aliases[field] {
			fields[foldHeader(heading)] = field
		}
	}
	columns = map[string]int{}
	for i, heading := range header {
		key := foldHeader(heading)
		if key == "" {
			continue
		}
		field, known := fields[key]
		if !known {
			unknown = append(unknown, CleanText(heading))
			continue
		}
		if _, twice := columns[field]; !twice {
			columns[field] = i
		} else if !slices.Contains(dup, field) {
			dup = append(dup, field)
		}
	}
	return columns, unknown, dup
}
