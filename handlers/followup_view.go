package handlers

import (
	"encoding/json"
	"fmt"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
)

// FollowupHead is the header of a visit.
type FollowupHead struct {
	ID            models.ID   `json:"id"`
	ResidentID    models.ID   `json:"resident_id"`
	ResidentName  string      `json:"resident_name"`
	VisitedOn     models.Date `json:"visited_on"`
	VisitWay      int         `json:"visit_way"`
	VisitWayLabel string      `json:"visit_way_label"`
	FaceToFace    bool        `json:"face_to_face" doc:"是否面对面"`
	DoctorID      models.ID   `json:"doctor_id"`
	DoctorName    string      `json:"doctor_name"`
	TeamID        models.ID   `json:"team_id"`
	TeamName      string      `json:"team_name"`
	InstitutionID models.ID   `json:"institution_id"`
	ContractID    models.ID   `json:"contract_id,omitzero" doc:"随访当日履行中的签约"`
	Late          bool        `json:"late" doc:"随访后超过 3 天才登记"`
	Services      []Labelled  `json:"services" nullable:"false" doc:"此次提供的服务"`
	Answer        string      `json:"answer" enum:",confirmed,denied" doc:"居民的答复:confirmed 确认,denied 否认,空为未答复"`
	AnswerLabel   string      `json:"answer_label"`
	AnswerUntil   models.Date `json:"answer_until" doc:"居民可以答复的最后一天"`
	Version       int         `json:"version"`
	CreatedAt     time.Time   `json:"created_at"`
}

// ProgramOutline is the conclusion of one programme's form.
type ProgramOutline struct {
	Program     string      `json:"program"`
	Label       string      `json:"label"`
	Class       int         `json:"class"`
	ClassLabel  string      `json:"class_label"`
	Step        int         `json:"step"`
	StepLabel   string      `json:"step_label"`
	Emergency   bool        `json:"emergency"`
	NextDueOn   models.Date `json:"next_due_on" nullable:"true"`
	RuleVersion string      `json:"rule_version"`
}

// FollowupItem is a visit in a list.
type FollowupItem struct {
	FollowupHead
	Programs []ProgramOutline `json:"programs" nullable:"false"`
}

// ProgramResult is one programme's assessment, with its labels and the form it rests on.
type ProgramResult struct {
	Label      string              `json:"label" doc:"随访项目名称"`
	ClassLabel string              `json:"class_label" doc:"此次随访分类"`
	StepLabel  string              `json:"step_label" doc:"下一步管理措施"`
	Assessment clinical.Assessment `json:"assessment"`
	NextDueOn  models.Date         `json:"next_due_on" nullable:"true" doc:"下次随访日期"`
	Form       map[string]any      `json:"form,omitempty" doc:"表单各项的值"`
}

// FollowupDetail is a visit with its forms and assessments.
type FollowupDetail struct {
	FollowupHead
	Place      string                   `json:"place,omitempty"`
	Photos     []string                 `json:"photos" nullable:"false" doc:"家庭随访照片的地址"`
	Voided     bool                     `json:"voided"`
	VoidReason string                   `json:"void_reason,omitempty"`
	VoidedAt   *time.Time               `json:"voided_at,omitempty"`
	Programs   map[string]ProgramResult `json:"programs" doc:"各随访项目的评估"`
}

func followupHead(v store.Visit) FollowupHead {
	return FollowupHead{
		ID: v.ID, ResidentID: v.ResidentID, ResidentName: v.ResidentName, VisitedOn: v.VisitedOn,
		VisitWay: v.VisitWay, VisitWayLabel: clinical.Way(v.VisitWay).Label(), FaceToFace: v.FaceToFace(),
		DoctorID: v.DoctorID, DoctorName: v.DoctorName, TeamID: v.TeamID, TeamName: v.TeamName, InstitutionID: v.InstitutionID,
		ContractID: v.ContractID, Late: v.Late, Services: services(v.Services.List()),
		Answer: string(v.Answer), AnswerLabel: models.VisitAnswerLabels[v.Answer], AnswerUntil: v.AnswerUntil(), Version: v.Version, CreatedAt: v.CreatedAt,
	}
}

func followupItem(v store.Visit) FollowupItem {
	out := FollowupItem{FollowupHead: followupHead(v), Programs: make([]ProgramOutline, len(v.Followups))}
	for i, f := range v.Followups {
		labels := labelsOf(f.RuleVersion, f.Program)
		out.Programs[i] = ProgramOutline{
			Program: f.Program, Label: labels.program, Class: f.Class, ClassLabel: labels.option("classification", f.Class),
			Step: f.Step, StepLabel: labels.option("next_step", f.Step), Emergency: f.Emergency, NextDueOn: f.NextDueOn, RuleVersion: f.RuleVersion,
		}
	}
	return out
}

func followupDetail(v store.Visit) (FollowupDetail, error) {
	out := FollowupDetail{
		FollowupHead: followupHead(v), Place: v.Place, Photos: followupPhotos(v), Voided: v.Voided, VoidReason: v.VoidReason, VoidedAt: v.VoidedAt,
		Programs: make(map[string]ProgramResult, len(v.Followups)),
	}
	for _, f := range v.Followups {
		var a clinical.Assessment
		if err := json.Unmarshal([]byte(f.Assessment), &a); err != nil {
			return out, fmt.Errorf("assessment of follow-up %d: %w", f.ID, err)
		}
		a.NextDueOn = f.NextDueOn
		result := programResult(f.Program, a)
		if err := json.Unmarshal([]byte(f.Form), &result.Form); err != nil {
			return out, fmt.Errorf("form of follow-up %d: %w", f.ID, err)
		}
		out.Programs[f.Program] = result
	}
	return out, nil
}

// programResult shows an assessment, saved or not.
func programResult(program string, a clinical.Assessment) ProgramResult {
	labels := labelsOf(a.RuleVersion, program)
	return ProgramResult{
		Label: labels.program, ClassLabel: labels.option("classification", a.Class), StepLabel: labels.option("next_step", a.Step),
		Assessment: a, NextDueOn: a.NextDueOn,
	}
}

// formLabels are the Chinese names a form gives, in the version a visit was judged by.
type formLabels struct {
	program string
	form    clinical.Form
}

func labelsOf(ruleVersion, program string) formLabels {
	known, _ := models.ProgramOf(program)
	pack, _ := clinical.PackByVersion(ruleVersion)
	form, _ := pack.Form(program)
	return formLabels{known.Name, form}
}

func (l formLabels) option(key string, code int) string { return l.form.Label(key, code) }
