package clinical

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"jiayi/internal/calendar"
)

// FuzzAssess judges forms of any JSON: the rules end in an assessment that can be kept, or in
// problems that name fields and say in Chinese what is wrong.
func FuzzAssess(f *testing.F) {
	programs := Programs()
	for i := range programs {
		f.Add(uint8(i), uint16(25000), uint16(900), uint8(1), []byte(`{"sbp":168,"dbp":94,"weight":62,"height":158,"symptoms":[1],"fpg":7.2,"med_adherence":2,"adr":1,"classification":1,"next_step":1}`))
		f.Add(uint8(i), uint16(200), uint16(901), uint8(3), []byte(`{"next_date":"9999-12-31","classification_reason":"\u0000","symptoms":[[1],{"a":null},1e308,-1,"1"],"sbp":1e-320,"dbp":"90"}`))
		f.Add(uint8(i), uint16(30), uint16(0), uint8(9), []byte(`{}`))
	}
	first := calendar.MustDate("2024-01-01")
	f.Fuzz(func(t *testing.T, program uint8, age, day uint16, way uint8, raw []byte) {
		var form map[string]any
		if json.Unmarshal(raw, &form) != nil {
			return
		}
		code := programs[int(program)%len(programs)].Code
		visit := Visit{On: first.AddDays(int(day)), Way: Way(way)}
		subject := Subject{BirthDate: visit.On.AddDays(-int(age)), Sex: Female, Pregnant: age%2 == 0}
		previous := []Previous{{VisitedOn: visit.On.AddDays(-int(way)), Class: int(program%5) + 1, Step: int(way % 6)}}
		pack := PackOn(visit.On)
		sheet, _ := pack.Form(code)
		for _, mode := range []Mode{Draft, Complete} {
			values, problems := sheet.Check(visit, form, mode)
			told(t, problems)
			if len(problems) > 0 {
				continue
			}
			saved, err := json.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			again, err := sheet.Read(saved)
			if err != nil {
				t.Fatalf("a form that was taken cannot be read: %v", err)
			}
			if second, err := json.Marshal(again); err != nil || !bytes.Equal(saved, second) {
				t.Fatalf("%s reads as %s (%v)", saved, second, err)
			}
			a, problems := pack.Assess(code, subject, previous, visit, values)
			told(t, problems)
			if len(problems) > 0 {
				continue
			}
			if _, err := json.Marshal(a); err != nil || a.RuleVersion == "" {
				t.Fatalf("%+v: %v", a, err)
			}
			if !a.NextDueOn.IsZero() && a.NextDueOn.Before(visit.On) {
				t.Fatalf("the next visit of %s is due on %v, before %v", code, a.NextDueOn, visit.On)
			}
		}
	})
}

func told(t *testing.T, problems []FieldError) {
	t.Helper()
	for _, p := range problems {
		if p.Code == "" || strings.TrimSpace(p.Message) == "" {
			t.Fatalf("a problem says too little: %+v", p)
		}
	}
}
