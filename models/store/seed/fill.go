package seed

import (
	"fmt"
	"maps"

	"jiayi/models/clinical"
)

// filled are complete forms with everything as it should be, by programme and variant:
// what a form asks for is filled in once and copied for each visit.
type filled map[string]map[string]any

// variantKeys are the fields that choose a variant of a form.
var variantKeys = []string{"visit_kind", "age_group", "visited_as"}

// form is a complete form of the programme with the given values over it. It is the
// caller's to change.
func (c filled) form(program string, visit clinical.Visit, values map[string]any) (map[string]any, error) {
	name := program + fmt.Sprint(visit.Way, clinical.PackOn(visit.On).Version)
	for _, key := range variantKeys {
		name += fmt.Sprint(values[key])
	}
	base, ok := c[name]
	if !ok {
		var err error
		if base, err = complete(program, visit, values); err != nil {
			return nil, err
		}
		c[name] = base
	}
	out := maps.Clone(base)
	maps.Copy(out, values)
	return out, nil
}

// complete fills in what a form requires, with the most ordinary answers.
func complete(program string, visit clinical.Visit, values map[string]any) (map[string]any, error) {
	form, _ := clinical.PackOn(visit.On).Form(program)
	raw := maps.Clone(values)
	if raw == nil {
		raw = map[string]any{}
	}
	var problems []clinical.FieldError
	for range 12 {
		if _, problems = form.Check(visit, raw, clinical.Complete); len(problems) == 0 {
			return raw, nil
		}
		for _, p := range problems {
			if p.Code != clinical.CodeRequired {
				return nil, fmt.Errorf("seed: form %s: %s %s", program, p.Field, p.Code)
			}
			f, _ := form.Field(p.Field)
			raw[p.Field] = ordinary(f, visit)
		}
	}
	return nil, fmt.Errorf("seed: form %s stays incomplete: %+v", program, problems)
}

// ordinaries are everyday values of fields whose range says little of them.
var ordinaries = map[string]any{
	"sbp": 124, "dbp": 78, "heart_rate": 74, "pulse": 74, "respiration": 18, "temperature": 36.6, "height": 162, "weight": 62, "waist": 80,
	"smoke": 0, "drink": 0, "sport_times": 4, "sport_minutes": 30, "staple": 300, "fpg": 5.6, "hba1c": 5.8, "hb": 138, "wbc": 6.2, "plt": 210,
	"alt": 22, "ast": 24, "tbil": 11.2, "creatinine": 68, "bun": 5.1, "tc": 4.6, "tg": 1.3, "ldl": 2.4, "hdl": 1.3, "spo2": 97, "missed_doses": 0,
	"gravidity": 1, "vaginal_births": 0, "caesareans": 0, "age": 28, "foetal_heart": 142, "birth_weight": 3.3, "apgar_1": 9, "apgar_5": 10,
	"gest_weeks": 12, "treatment_month": 1, "outdoor": 2, "vitamin_d": 400, "danger_level": 0, "regimen": "2HRZE/4HR", "med_adherence": 1, "insight": 1,
}

// ordinary is an everyday answer to a field: of codes the first that is no finding.
func ordinary(f clinical.Field, visit clinical.Visit) any {
	if v, ok := ordinaries[f.Key]; ok && within(f, v) {
		return v
	}
	switch f.Type {
	case clinical.TypeCode:
		return plainCode(f)
	case clinical.TypeCodes:
		return []any{plainCode(f)}
	case clinical.TypeBool:
		return false
	case clinical.TypeText:
		return "无"
	case clinical.TypeDate:
		if f.DateRule == clinical.AfterVisit {
			return visit.On.AddDays(30).String()
		}
		return visit.On.String()
	}
	low, high := *f.Min, *f.Max
	if f.NormalMin != nil {
		low = *f.NormalMin
	}
	if f.NormalMax != nil {
		high = *f.NormalMax
	}
	middle := int(low + (high-low)/2)
	if f.Type == clinical.TypeInt {
		return middle
	}
	return float64(middle) + 0.5
}

// within tells whether an everyday value is one of this field: children weigh less.
func within(f clinical.Field, v any) bool {
	n, whole := v.(int)
	x := float64(n)
	if !whole {
		if x, whole = v.(float64); !whole {
			return true
		}
	}
	for _, low := range []*float64{f.Min, f.NormalMin} {
		if low != nil && x < *low {
			return false
		}
	}
	for _, high := range []*float64{f.Max, f.NormalMax} {
		if high != nil && x > *high {
			return false
		}
	}
	return true
}

func plainCode(f clinical.Field) int {
	for _, o := range f.Codes {
		if !o.Abnormal {
			return o.Code
		}
	}
	return f.Codes[0].Code
}
