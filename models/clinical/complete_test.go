package clinical

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestACompleteFormIsAccepted fills in, of every programme and every kind of visit,
// just what is required: it is accepted, it reads back as saved, and without any one
// of its fields it is refused.
func TestACompleteFormIsAccepted(t *testing.T) {
	for _, p := range Programs() {
		form := formOf(t, p.Code)
		for name, base := range kindsOf(form) {
			t.Run(p.Code+"/"+name, func(t *testing.T) { completeForm(t, form, base) })
		}
	}
}

// kindsOf is one form to start from for each code of a field that chooses a variant.
func kindsOf(form Form) map[string]map[string]any {
	kinds := map[string]map[string]any{}
	for _, key := range []string{"visit_kind", "age_group"} {
		f, _ := form.Field(key)
		for _, o := range f.Codes {
			kinds[fmt.Sprint(o.Code)] = map[string]any{key: o.Code}
		}
	}
	if len(kinds) == 0 {
		kinds["only"] = map[string]any{}
	}
	return kinds
}

func completeForm(t *testing.T, form Form, raw map[string]any) {
	visit := Visit{visitDay, WayClinic}
	for range 10 {
		_, problems := form.Check(visit, raw, Complete)
		for _, p := range problems {
			if p.Code != CodeRequired {
				t.Fatalf("%+v", p)
			}
			f, _ := form.Field(p.Field)
			raw[p.Field] = plainValue(f)
		}
	}
	v, problems := form.Check(visit, raw, Complete)
	if len(problems) > 0 {
		t.Fatalf("never complete: %+v", problems)
	}
	saved, _ := json.Marshal(v)
	back, err := form.Read(saved)
	if again, _ := json.Marshal(back); err != nil || string(again) != string(saved) {
		t.Errorf("saved %s, read back %s, %v", saved, again, err)
	}
	for key, value := range raw {
		delete(raw, key)
		if _, problems := form.Check(visit, raw, Complete); len(problems) == 0 {
			t.Errorf("accepted without %s", key)
		}
		raw[key] = value
	}
}

// plainValue is an unremarkable value of the field.
func plainValue(f Field) any {
	switch f.Type {
	case TypeInt, TypeDecimal:
		n := float64(int(*f.Min+*f.Max) / 2)
		switch f.Key {
		case "dbp":
			n = 70
		case "height":
			n = *f.Max
		}
		return n
	case TypeCode:
		return f.Codes[0].Code
	case TypeCodes:
		return []any{f.Codes[0].Code}
	case TypeDate:
		return visitDay.AddDays(-1).String()
	}
	return "字"
}
