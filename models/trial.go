package models

import "jiayi/models/clinical"

// Trial is a form to be judged without being saved: what a doctor sees while filling it in.
type Trial struct {
	Program  string
	Subject  clinical.Subject
	Previous []clinical.Previous
	Visit    clinical.Visit
	Form     map[string]any
}

// Assess judges the form by the rules of the day of the visit, as a saved one would be,
// but asks only for the fields the rules cannot do without (clinical.Draft). It returns
// Invalid with every field that is wrong, those of the form under "form.".
func (t Trial) Assess() (clinical.Assessment, error) {
	var p Problems
	switch {
	case t.Subject.BirthDate.IsZero():
		p.Add("resident.birth_date", "required", "请填写出生日期")
	case t.Visit.On.IsZero():
		p.Add("visited_on", "required", "请填写随访日期")
	case t.Visit.On.Before(t.Subject.BirthDate):
		p.Add("visited_on", "before_birth", "随访日期不能早于出生日期")
	}
	if t.Visit.Way.Label() == "" {
		p.Add("visit_way", "enum", "随访方式不在可选范围内")
	}
	pack := clinical.PackOn(t.Visit.On)
	form, ok := pack.Form(t.Program)
	if !ok {
		p.Add("program", "unknown_program", "没有这一随访项目")
		return clinical.Assessment{}, p.Err()
	}
	values, problems := form.Check(t.Visit, t.Form, clinical.Draft)
	var a clinical.Assessment
	if len(problems) == 0 {
		a, problems = pack.Assess(t.Program, t.Subject, t.Previous, t.Visit, values)
	}
	for _, x := range problems {
		field := "form"
		if x.Field != "" {
			field += "." + x.Field
		}
		p.Add(field, x.Code, x.Message)
	}
	return a, p.Err()
}
