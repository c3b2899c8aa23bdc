package models_test

import (
	"strings"
	"testing"

	"jiayi/models"
)

// pills is a prescription of one ordinary drug for so many days.
func pills(days int) models.Prescription {
	return models.Prescription{Program: "hypertension", Lines: []models.PrescriptionLine{{Name: "氨氯地平", Class: models.OrdinaryDrug, Dose: "5mg", Frequency: "每日1次", Days: days}}}
}

func TestPrescriptionMoves(t *testing.T) {
	walk(t, models.PrescriptionProcess, func(from models.PrescriptionStatus, m models.PrescriptionMove, by models.Actor, parties models.Party, reason string) (models.PrescriptionStatus, error) {
		x := pills(84)
		x.Status, x.Days, x.AssessedBy = from, 84, 99
		_, err := x.Move(m, by, parties, models.PrescriptionStep{Reason: reason, Assessment: "稳定", Signature: pngSignature, Title: "主治医师", First: true,
			Followup: &models.Followup{ID: 1, VisitedOn: clinicDay, Class: 1}}, clinicDay.Start())
		return x.Status, err
	})
}

func TestPrescriptionLimits(t *testing.T) {
	for _, c := range []struct {
		field  string // "" for a good one
		change func(x *models.Prescription)
	}{
		{"", func(x *models.Prescription) {}},
		{"", func(x *models.Prescription) { x.Lines[0].Days = 84 }},
		{"lines[0].days", func(x *models.Prescription) { x.Lines[0].Days = 85 }},
		{"lines[0].days", func(x *models.Prescription) { x.Lines[0].Days = 0 }},
		{"lines", func(x *models.Prescription) { x.Lines = nil }},
		{"lines", func(x *models.Prescription) {
			for range 5 {
				x.Lines = append(x.Lines, x.Lines[0])
			}
		}},
		{"program", func(x *models.Prescription) { x.Program = "mental" }},
		{"lines[0].name", func(x *models.Prescription) { x.Lines[0].Name = " " }},
		{"lines[0].dose", func(x *models.Prescription) { x.Lines[0].Dose = strings.Repeat("长", 31) }},
		{"lines[0].frequency", func(x *models.Prescription) { x.Lines[0].Frequency = "" }},
		{"lines[0].class", func(x *models.Prescription) { x.Lines[0].Class = "herbal" }},
	} {
		x := pills(28)
		c.change(&x)
		var p models.Problems
		x.Check(&p)
		if c.field == "" && len(p) > 0 || c.field != "" && (len(p) != 1 || p[0].Field != c.field) {
			t.Errorf("%s: %+v", c.field, p)
		}
	}
	excluded := 0
	for _, spec := range models.DrugClasses {
		x := pills(28)
		x.Lines[0].Class = spec.Code
		var p models.Problems
		if x.Check(&p); spec.Excluded != (len(p) == 1 && p[0].Code == "excluded") {
			t.Errorf("%s: %+v", spec.Code, p)
		}
		if spec.Excluded {
			excluded++
		}
	}
	if excluded != 8 {
		t.Errorf("%d classes are excluded", excluded)
	}
}

func TestPrescriptionRules(t *testing.T) {
	doctor := playing[models.PartyTeam]
	last := func(days, class int) *models.Followup {
		return &models.Followup{ID: 1, VisitedOn: clinicDay.AddDays(-days), Class: class}
	}
	urgent := last(1, 1)
	urgent.Emergency = true
	for _, c := range []struct {
		name string
		move models.PrescriptionMove
		from models.PrescriptionStatus
		days int
		step models.PrescriptionStep
		code string
	}{
		{"controlled 90 days ago", models.RxAssess, models.RxRequested, 84, models.PrescriptionStep{Followup: last(90, 1)}, ""},
		{"91 days ago", models.RxAssess, models.RxRequested, 84, models.PrescriptionStep{Followup: last(91, 1)}, "followup_too_old"},
		{"never", models.RxAssess, models.RxRequested, 84, models.PrescriptionStep{}, "followup_too_old"},
		{"class 2", models.RxAssess, models.RxRequested, 84, models.PrescriptionStep{Followup: last(1, 2)}, "not_controlled"},
		{"an emergency", models.RxAssess, models.RxRequested, 84, models.PrescriptionStep{Followup: urgent}, "not_controlled"},
		{"first by a 执业医师", models.RxAssess, models.RxRequested, 28, models.PrescriptionStep{Followup: last(1, 1), First: true, Title: "执业医师"}, "title"},
		{"first by a 主治医师", models.RxAssess, models.RxRequested, 28, models.PrescriptionStep{Followup: last(1, 1), First: true, Title: "中医主治医师"}, ""},
		{"first by a 副主任医师", models.RxIssue, models.RxReviewed, 28, models.PrescriptionStep{Followup: last(1, 1), First: true, Title: "副主任医师"}, ""},
		{"first issued by a 执业医师", models.RxIssue, models.RxReviewed, 28, models.PrescriptionStep{Followup: last(1, 1), First: true, Title: "执业医师"}, "title"},
		{"again by a 执业医师", models.RxIssue, models.RxReviewed, 28, models.PrescriptionStep{Followup: last(1, 1), Title: "执业医师"}, ""},
		{"no longer controlled at the issue", models.RxIssue, models.RxReviewed, 28, models.PrescriptionStep{Followup: last(0, 3)}, "not_controlled"},
		{"28 days unsigned", models.RxSign, models.RxAssessed, 28, models.PrescriptionStep{}, ""},
		{"29 days unsigned", models.RxSign, models.RxAssessed, 29, models.PrescriptionStep{}, "invalid"},
		{"29 days signed", models.RxSign, models.RxAssessed, 29, models.PrescriptionStep{Signature: pngSignature}, ""},
		{"a broken signature", models.RxSign, models.RxAssessed, 28, models.PrescriptionStep{Signature: "data:image/png;base64,AA"}, "invalid"},
		{"reviewed by the prescriber", models.RxPass, models.RxSigned, 28, models.PrescriptionStep{}, "own_prescription"},
		{"returned by the prescriber", models.RxReturn, models.RxSigned, 28, models.PrescriptionStep{Reason: "存疑"}, "own_prescription"},
	} {
		x := models.Prescription{Status: c.from, Days: c.days, AssessedBy: doctor.StaffID, Signature: "old", ReviewedBy: 9}
		if c.step.Assessment == "" {
			c.step.Assessment = "稳定"
		}
		_, err := x.Move(c.move, doctor, models.PartyTeam, c.step, clinicDay.Start())
		if c.code == "" && err != nil || c.code != "" && (!models.IsCode(err, c.code) || x.Status != c.from) {
			t.Errorf("%s: %v", c.name, err)
		}
		if x.Status == models.RxAssessed && c.from == models.RxRequested && (x.Signature != "" || x.ReviewedBy != 0) {
			t.Errorf("%s: an old signature or review stands", c.name)
		}
	}
	x := models.Prescription{Status: models.RxIssued, Days: 28}
	if _, err := x.Move(models.RxDispense, doctor, models.PartyTeam, models.PrescriptionStep{}, clinicDay.Start()); err != nil || x.SupplyEnds != clinicDay.AddDays(27) {
		t.Errorf("%v %v", x.SupplyEnds, err)
	}
}
