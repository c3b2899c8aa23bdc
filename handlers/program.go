package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
)

// ProgramBody is a follow-up programme.
type ProgramBody struct {
	Code        string     `json:"code" example:"hypertension"`
	Label       string     `json:"label"`
	Populations []Labelled `json:"populations" nullable:"false" doc:"纳入该项目的人群"`
	FormName    string     `json:"form_name"`
	RuleVersion string     `json:"rule_version"`
}

// ProgramsOutput lists the programmes.
type ProgramsOutput struct {
	Body struct {
		Items []ProgramBody `json:"items" nullable:"false"`
	}
}

// ListPrograms answers GET /programs, by the rules of today.
func (h *Handlers) ListPrograms(_ context.Context, _ *struct{}) (*ProgramsOutput, error) {
	pack := clinical.PackOn(h.Store.Today())
	out := &ProgramsOutput{}
	for _, p := range pack.Programs() {
		form, _ := pack.Form(p.Code)
		body := ProgramBody{Code: p.Code, Label: p.Name, FormName: form.Name, RuleVersion: pack.Version}
		for _, code := range p.Populations {
			body.Populations = append(body.Populations, Labelled{code, models.Population(code).Label()})
		}
		out.Body.Items = append(out.Body.Items, body)
	}
	return out, nil
}

// FormInput names a form: by default the one of today.
type FormInput struct {
	Code        string      `path:"code" maxLength:"32"`
	On          models.Date `query:"on" doc:"按该日有效的规范"`
	RuleVersion string      `query:"rule_version" maxLength:"32" doc:"按该版本的规范,用于查看以往的随访"`
}

// FormOutput is a form as data that a user interface is drawn from.
type FormOutput struct{ Body clinical.Form }

// GetForm answers GET /programs/{code}/form.
func (h *Handlers) GetForm(_ context.Context, in *FormInput) (*FormOutput, error) {
	if in.On.IsZero() {
		in.On = h.Store.Today()
	}
	pack, ok := clinical.PackOn(in.On), true
	if in.RuleVersion != "" {
		pack, ok = clinical.PackByVersion(in.RuleVersion)
	}
	form, found := pack.Form(in.Code)
	if !ok || !found {
		return nil, models.ErrNotFound
	}
	return &FormOutput{form}, nil
}

// AssessInput is a form to be judged without being saved.
type AssessInput struct {
	Body struct {
		Program  string `json:"program" maxLength:"32" doc:"随访项目" example:"hypertension"`
		Resident struct {
			BirthDate models.Date `json:"birth_date"`
			Sex       string      `json:"sex" enum:"0,1,2,9" doc:"GB/T 2261.1"`
			Pregnant  bool        `json:"pregnant,omitempty"`
			Lactating bool        `json:"lactating,omitempty"`
		} `json:"resident"`
		Previous  []PreviousVisit `json:"previous,omitempty" maxItems:"200" doc:"同一项目以往的随访,顺序不限"`
		VisitedOn models.Date     `json:"visited_on"`
		VisitWay  int             `json:"visit_way" doc:"随访方式:1 门诊 2 家庭 3 电话 4 短信 5 网络 9 其他"`
		Form      Form            `json:"form" doc:"该项目的表单;只填评估所需的项即可"`
	}
}

// PreviousVisit is the outcome of an earlier visit.
type PreviousVisit struct {
	VisitedOn models.Date `json:"visited_on"`
	Class     int         `json:"class" minimum:"1" maximum:"4"`
	Step      int         `json:"step,omitempty" minimum:"0" maximum:"4" doc:"0 或不填表示记录中没有"`
}

// AssessOutput is an assessment that was not saved.
type AssessOutput struct{ Body ProgramResult }

// Assess answers POST /clinical/assess.
func (h *Handlers) Assess(_ context.Context, in *AssessInput) (*AssessOutput, error) {
	b := in.Body
	trial := models.Trial{
		Program: b.Program, Form: b.Form, Visit: clinical.Visit{On: b.VisitedOn, Way: clinical.Way(b.VisitWay)},
		Subject: clinical.Subject{BirthDate: b.Resident.BirthDate, Sex: b.Resident.Sex, Pregnant: b.Resident.Pregnant, Lactating: b.Resident.Lactating},
	}
	for _, p := range b.Previous {
		trial.Previous = append(trial.Previous, clinical.Previous(p))
	}
	a, err := trial.Assess()
	if err != nil {
		return nil, err
	}
	return &AssessOutput{programResult(b.Program, a)}, nil
}
