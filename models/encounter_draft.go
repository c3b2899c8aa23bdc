package models

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiayi/models/clinical"
)

// EncounterDraft is a visit as entered. Forms holds each programme's form, by the
// programme's code, as decoded from JSON.
type EncounterDraft struct {
	ResidentID ID
	VisitedOn  Date
	VisitWay   int
	DoctorID   ID // 0 for whoever enters it
	Place      string
	Forms      map[string]map[string]any
	Services   []clinical.Service // ticked beside the forms (PlainServices)
}

// Visit is the header as the rules see it.
func (d EncounterDraft) Visit() clinical.Visit {
	return clinical.Visit{On: d.VisitedOn, Way: clinical.Way(d.VisitWay)}
}

// Programs are the codes of the forms, sorted.
func (d EncounterDraft) Programs() []string { return slices.Sorted(maps.Keys(d.Forms)) }

// Check notes what is wrong with the header, and every form of a programme the
// resident was not under on the day of the visit, given all memberships, past ones too.
// A visit lies between the birth and today, the enrolment and its end, and for someone
// who has died or moved out, no later than that (domain §3.0 visit_date).
func (d EncounterDraft) Check(p *Problems, r Resident, memberships []Membership, today Date) {
	switch {
	case d.VisitedOn.IsZero():
		p.Add("visited_on", "required", "请填写随访日期")
	case d.VisitedOn.After(today):
		p.Add("visited_on", "future", "随访日期不能晚于今天")
	case d.VisitedOn.Before(r.BirthDate):
		p.Add("visited_on", "before_birth", "随访日期不能早于出生日期")
	case r.Status == Dead && d.VisitedOn.After(r.StatusOn):
		p.Add("visited_on", "after_death", "随访日期不能晚于登记的死亡日期")
	case r.Status == MovedOut && d.VisitedOn.After(r.StatusOn):
		p.Add("visited_on", "after_moving_out", "随访日期不能晚于登记的迁出日期")
	}
	checkWay(p, d.VisitWay)
	checkPlace(p, d.Place)
	if len(d.Forms)+len(d.Services) == 0 {
		p.Add("forms", "required", "请至少填写一个随访项目的表单,或勾选一项服务")
	}
	d.checkServices(p)
	for _, program := range d.Programs() {
		d.checkProgram(p, program, memberships)
	}
}

// checkWay holds a way of visiting to the list.
func checkWay(p *Problems, way int) {
	if clinical.Way(way).Label() == "" {
		p.Add("visit_way", "enum", "随访方式不在可选范围内")
	}
}

// checkServices holds the ticked services to the list, and those that need a meeting to
// a visit at which doctor and resident met.
func (d EncounterDraft) checkServices(p *Problems) {
	for i, code := range d.Services {
		field := fmt.Sprintf("services[%d]", i)
		switch spec, ok := PlainService(code); {
		case !ok:
			p.Add(field, "enum", "服务项目不在可选范围内")
		case !spec.Remote && !d.Visit().Way.FaceToFace():
			p.Add(field, "face_to_face", spec.Label+"须面对面完成")
		}
	}
}

func (d EncounterDraft) checkProgram(p *Problems, program string, memberships []Membership) {
	known, ok := ProgramOf(program)
	if !ok {
		p.Add(formPath(program, ""), "unknown_program", "没有这一随访项目")
		return
	}
	if d.VisitedOn.IsZero() {
		return
	}
	switch m, how := enrolmentOn(known, memberships, d.VisitedOn); how {
	case neverEnrolled:
		p.Add(formPath(program, ""), "not_enrolled", "该居民未纳入"+Population(known.Populations[0]).Label()+"管理,不能登记"+known.Name+"随访")
	case notYetEnrolled:
		p.Add("visited_on", "before_enrolment", "随访日期不能早于纳入"+m.Code.Label()+"管理的日期")
	case noLongerEnrolled:
		p.Add(formPath(program, ""), "closed_program", "该居民的"+m.Code.Label()+"管理在随访日期之前已结束,不能登记"+known.Name+"随访")
	}
}

// plainProgram is how a programme's code looks; anything else may be data gone astray
// and is not repeated to the caller.
var plainProgram = regexp.MustCompile(`^[a-z][a-z_]{1,31}$`)

// formPath is the path of a form's field in the request: forms.hypertension.sbp.
func formPath(program, field string) string {
	if !plainProgram.MatchString(program) {
		return "forms"
	}
	return strings.TrimSuffix("forms."+program+"."+field, ".")
}

// Judged is a form that was judged, with what is known of it while it is being logged.
type Judged struct {
	Followup
	Values    clinical.Values
	Closed    bool               // it ends the programme (clinical.Assessment)
	Delivered []clinical.Service // beside the services that were ticked
}

// Judge checks the programme's form and judges it by the rules of the day of the
// visit. It notes every problem under forms.<program>; ok is false when there is any.
func (d EncounterDraft) Judge(p *Problems, program string, s clinical.Subject, previous []clinical.Previous) (j Judged, ok bool) {
	pack := clinical.PackOn(d.VisitedOn)
	form, known := pack.Form(program)
	if !known {
		p.Add(formPath(program, ""), "unknown_program", "没有这一随访项目")
		return Judged{}, false
	}
	values, problems := form.Check(d.Visit(), d.Forms[program], clinical.Complete)
	var a clinical.Assessment
	if len(problems) == 0 {
		a, problems = pack.Assess(program, s, previous, d.Visit(), values)
	}
	for _, x := range problems {
		p.Add(formPath(program, x.Field), x.Code, x.Message)
	}
	if len(problems) > 0 {
		return Judged{}, false
	}
	j.Followup = Followup{
		ResidentID: d.ResidentID, Program: program, VisitedOn: d.VisitedOn, Live: new(true), VisitWay: d.VisitWay,
		Form: mustJSON(values), Class: a.Class, Step: a.Step, Emergency: a.Emergency, Control: a.Control, Assessment: mustJSON(a),
		RuleVersion: a.RuleVersion, NextDueOn: a.NextDueOn,
	}
	j.Risk, _ = values.Code("risk_level")
	j.Values, j.Closed, j.Delivered = values, a.Closed, pack.Delivers(program, d.Visit(), values)
	return j, true
}

// mustJSON writes values and assessments, which are made of numbers, texts and dates.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("models: %T does not marshal: %v", v, err))
	}
	return string(b)
}

var placeFormat = regexp.MustCompile(`^(-?[0-9]{1,3}(?:\.[0-9]{1,7})?),(-?[0-9]{1,2}(?:\.[0-9]{1,7})?)$`)

// checkPlace holds the place of a home visit to "longitude,latitude" in degrees.
func checkPlace(p *Problems, place string) {
	if place == "" {
		return
	}
	within := func(text string, most float64) bool {
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n >= -most && n <= most
	}
	parts := placeFormat.FindStringSubmatch(place)
	if len(parts) != 3 || !within(parts[1], 180) || !within(parts[2], 90) {
		p.Add("place", "format", "位置应为“经度,纬度”,如 117.2655,34.7951")
	}
}

// ClosingReason says in Chinese why the form ends the programme.
func (j Judged) ClosingReason() string {
	for _, key := range []string{"stop_reason", "disposal"} {
		if code, ok := j.Values.Code(key); ok {
			pack, _ := clinical.PackByVersion(j.RuleVersion)
			form, _ := pack.Form(j.Program)
			return form.Label(key, code)
		}
	}
	if j.Values.Has("death_date") {
		return "死亡"
	}
	return "结案"
}
