package codes

import (
	"slices"
	"strings"
)

// Entry is one row of a code table.
type Entry struct {
	Code  string `json:"code"`
	Label string `json:"label"` // Chinese
}

// Table is one national code table. It is immutable and safe for concurrent use.
type Table struct {
	entries []Entry
	byCode  map[string]string // code → label
	byText  map[string]string // folded label or alias → code
	width   int               // length of the codes when all are alike, else 0
}

// newTable reads one entry per line: code, label, then any aliases, parted by
// spaces. It panics when a code, label or alias occurs twice.
func newTable(lines string) *Table {
	t := &Table{byCode: map[string]string{}, byText: map[string]string{}}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		f := strings.Fields(line)
		code, label := f[0], f[1]
		if _, twice := t.byCode[code]; twice {
			panic("codes: code twice in a table: " + code)
		}
		t.entries = append(t.entries, Entry{code, label})
		t.byCode[code] = label
		for _, text := range f[1:] {
			key := fold(text)
			if _, twice := t.byText[key]; twice {
				panic("codes: label twice in a table: " + text)
			}
			t.byText[key] = code
		}
	}
	t.width = len(t.entries[0].Code)
	if slices.ContainsFunc(t.entries, func(e Entry) bool { return len(e.Code) != t.width }) {
		t.width = 0
	}
	return t
}

// fold makes two spellings of one label equal.
func fold(s string) string { return strings.ToUpper(squeeze(s)) }

// Label returns the Chinese label of a code, or "" when the table does not have it.
func (t *Table) Label(code string) string { return t.byCode[code] }

// Has tells whether the table has the code.
func (t *Table) Has(code string) bool { _, ok := t.byCode[code]; return ok }

// Code returns the code of a label or of one of its aliases; spaces, width and
// case do not matter.
func (t *Table) Code(label string) (code string, ok bool) {
	code, ok = t.byText[fold(label)]
	return code, ok
}

// Resolve returns the code a person meant who wrote either a code or a label. A
// code may lack its leading zeros, as spreadsheets drop them.
func (t *Table) Resolve(text string) (code string, ok bool) {
	s := squeeze(text)
	if t.Has(s) {
		return s, true
	}
	if digits(s) && len(s) < t.width {
		if padded := strings.Repeat("0", t.width-len(s)) + s; t.Has(padded) {
			return padded, true
		}
	}
	return t.Code(s)
}

// Entries returns the rows in the order of the standard.
func (t *Table) Entries() []Entry { return slices.Clone(t.entries) }
