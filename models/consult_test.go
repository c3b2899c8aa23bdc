package models_test

import (
	"strings"
	"testing"
	"time"

	"jiayi/models"
)

var consultWant = map[models.ConsultMove][]allowance{
	"request": {{"", "requested", teamSide}},
	"cancel":  {{"requested accepted", "cancelled", teamSide}},
	"accept":  {{"requested", "accepted", "hospital head"}},
	"reject":  {{"requested", "rejected", "hospital head"}},
	"begin":   {{"accepted", "in_progress", "hospital head"}},
	"report":  {{"in_progress reported", "reported", "hospital head"}},
	"sign":    {{"reported", "signed", "hospital head"}},
	"close":   {{"signed", "closed", teamSide}},
}

func TestConsultTable(t *testing.T) {
	holdTable(t, models.ConsultProcess, consultWant, func(from models.ConsultStatus, m models.ConsultMove, by models.Actor) (models.ConsultStatus, error) {
		c := models.Consult{ResidentID: 1, TeamID: 1, InstitutionID: 2, CentreID: 5, Status: from, Opinion: "窦性心律"}
		_, err := c.Move(m, by, "理由", noon)
		return c.Status, err
	})
}

func TestConsultReportIsDue(t *testing.T) {
	for emergency, after := range map[bool]time.Duration{true: 30 * time.Minute, false: 24 * time.Hour} {
		c := models.Consult{ResidentID: 1, TeamID: 1, InstitutionID: 2, CentreID: 5, Emergency: emergency}
		if _, err := c.Move(models.ConsultRequest, cast["lead"], "", noon); err != nil || !c.ReportBy.Equal(noon.Add(after)) {
			t.Fatalf("%v %v", c.ReportBy, err)
		}
		if c.Overdue(noon.Add(after-1)) || !c.Overdue(noon.Add(after)) {
			t.Error("overdue at the wrong instant")
		}
		for _, m := range []models.ConsultMove{"accept", "begin"} {
			if _, err := c.Move(m, cast["hospital"], "", noon); err != nil || c.DueAt == nil {
				t.Errorf("%s: %v", m, err)
			}
		}
		if _, err := c.Move(models.ConsultReport, cast["hospital"], "", noon); err == nil || !strings.Contains(err.Error(), "opinion:required") || c.Status != models.ConsultInProgress {
			t.Errorf("a report without an opinion: %v", err)
		}
		c.Answer(models.Report{Opinion: " 窦性心律 "})
		if _, err := c.Move(models.ConsultReport, cast["hospital"], "", noon); err != nil || c.Opinion != "窦性心律" || c.DueAt != nil || c.ReporterID != 6 {
			t.Errorf("%+v %v", c, err)
		}
		c.Answer(models.Report{Opinion: "心房颤动"})
		if _, err := c.Move(models.ConsultReport, cast["head"], "", noon.Add(time.Hour)); err != nil || !c.ReportedAt.Equal(noon) {
			t.Errorf("a corrected report moves the time of the first: %v %v", c.ReportedAt, err)
		}
	}
}

func TestConsultDraftCheck(t *testing.T) {
	clinic := models.Institution{ID: 4, Level: models.VillageClinicLevel, Active: true}
	centre := models.Institution{ID: 5, Level: models.LeadHospital, Active: true}
	early := noon.Add(-time.Second)
	good := models.ConsultDraft{Kind: models.ConsultECG, Purpose: "心律", Material: "胸闷一天"}
	for i, c := range []struct {
		change func(*models.ConsultDraft)
		from   models.Institution
		to     models.Institution
		want   string
	}{
		{nil, clinic, centre, ""}, {nil, centre, centre, "centre_id:same"}, {nil, centre, clinic, "centre_id:not_centre"}, {nil, clinic, models.Institution{}, "centre_id:not_centre"},
		{func(d *models.ConsultDraft) { d.Kind = "mri" }, clinic, centre, "kind:enum"},
		{func(d *models.ConsultDraft) { d.Purpose = " " }, clinic, centre, "purpose:required"},
		{func(d *models.ConsultDraft) { d.Material = strings.Repeat("长", 1001) }, clinic, centre, "material:too_long"},
		{func(d *models.ConsultDraft) { d.ExpectedAt = &early }, clinic, centre, "expected_at:past"},
		{func(d *models.ConsultDraft) { d.ExpectedAt = &noon }, clinic, centre, ""},
	} {
		d := good
		if c.change != nil {
			c.change(&d)
		}
		var p models.Problems
		d.Check(&p, c.from, c.to, noon)
		got := ""
		if err := p.Err(); err != nil {
			got = err.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}
