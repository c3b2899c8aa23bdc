package models_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiayi/models"
)

var pngSignature = "data:image/png;base64,iVBORw0KGgo" + strings.Repeat("A", 400) + "="

// goodStep brings what every move needs.
func goodStep(reason string) models.HomeServiceStep {
	s := models.HomeServiceStep{Reason: reason, VisitOn: clinicDay, Staff: []models.ID{1, 2}, Position: "117.2655,34.7951", Items: []string{"vitals"},
		Signature: pngSignature, Rating: 5}
	for _, c := range models.SafetyChecks {
		s.Checks = append(s.Checks, c.Code)
	}
	return s
}

func TestHomeServiceMoves(t *testing.T) {
	walk(t, models.HomeServiceProcess, func(from models.HomeServiceStatus, m models.HomeServiceMove, by models.Actor, parties models.Party, reason string) (models.HomeServiceStatus, error) {
		h := models.HomeService{Status: from, VisitOn: clinicDay, First: true}
		_, err := h.Move(m, by, parties, goodStep(reason), false, clinicDay.Start().Add(9*time.Hour))
		if waits := slices.Contains([]models.HomeServiceStatus{models.HomeApplied, models.HomeAssessed, models.HomeAssigned, models.HomeDeparted, models.HomeArrived}, h.Status); err == nil && h.Open != waits {
			t.Errorf("%s: open %v", h.Status, h.Open)
		}
		return h.Status, err
	})
}

func TestHomeServiceSteps(t *testing.T) {
	for _, c := range []struct {
		move   models.HomeServiceMove
		from   models.HomeServiceStatus
		first  bool
		field  string // "" for a good one
		change func(s *models.HomeServiceStep)
	}{
		{models.HomeAssess, models.HomeApplied, true, "", nil},
		{models.HomeAssess, models.HomeApplied, true, "checks", func(s *models.HomeServiceStep) { s.Checks = s.Checks[1:] }},
		{models.HomeAssign, models.HomeAssessed, true, "", nil},
		{models.HomeAssign, models.HomeAssessed, true, "staff_ids", func(s *models.HomeServiceStep) { s.Staff = s.Staff[:1] }},
		{models.HomeAssign, models.HomeAssessed, true, "staff_ids", func(s *models.HomeServiceStep) { s.Staff = []models.ID{1, 1} }},
		{models.HomeAssign, models.HomeAssessed, false, "", func(s *models.HomeServiceStep) { s.Staff = s.Staff[:1] }},
		{models.HomeAssign, models.HomeAssessed, false, "staff_ids", func(s *models.HomeServiceStep) { s.Staff = nil }},
		{models.HomeAssign, models.HomeAssessed, false, "staff_ids", func(s *models.HomeServiceStep) { s.Staff = []models.ID{1, 2, 3, 4, 5, 6} }},
		{models.HomeAssign, models.HomeAssessed, false, "visit_on", func(s *models.HomeServiceStep) { s.VisitOn = clinicDay.AddDays(-1) }},
		{models.HomeAssign, models.HomeAssessed, false, "", func(s *models.HomeServiceStep) { s.VisitOn = clinicDay.AddDays(30) }},
		{models.HomeAssign, models.HomeAssessed, false, "visit_on", func(s *models.HomeServiceStep) { s.VisitOn = clinicDay.AddDays(31) }},
		{models.HomeAssign, models.HomeAssessed, false, "visit_on", func(s *models.HomeServiceStep) { s.VisitOn = models.Date{} }},
		{models.HomeArrive, models.HomeDeparted, false, "position", func(s *models.HomeServiceStep) { s.Position = "" }},
		{models.HomeArrive, models.HomeDeparted, false, "position", func(s *models.HomeServiceStep) { s.Position = "here" }},
		{models.HomeServe, models.HomeArrived, false, "items", func(s *models.HomeServiceStep) { s.Items = nil }},
		{models.HomeServe, models.HomeArrived, false, "items[0]", func(s *models.HomeServiceStep) { s.Items = []string{"massage"} }},
		{models.HomeServe, models.HomeArrived, false, "items[1]", func(s *models.HomeServiceStep) { s.Items = []string{"vitals", "infusion"} }},
		{models.HomeServe, models.HomeArrived, false, "signature", func(s *models.HomeServiceStep) { s.Signature = "" }},
		{models.HomeServe, models.HomeArrived, false, "signature", func(s *models.HomeServiceStep) { s.Signature = "data:image/png;base64,AAAA" }},
		{models.HomePay, models.HomeServed, false, "", func(s *models.HomeServiceStep) { s.FeeCents = models.MaxHomeFee }},
		{models.HomePay, models.HomeServed, false, "fee_cents", func(s *models.HomeServiceStep) { s.FeeCents = models.MaxHomeFee + 1 }},
		{models.HomePay, models.HomeServed, false, "fee_cents", func(s *models.HomeServiceStep) { s.FeeCents = -1 }},
		{models.HomeRate, models.HomePaid, false, "rating", func(s *models.HomeServiceStep) { s.Rating = 0 }},
		{models.HomeRate, models.HomePaid, false, "rating", func(s *models.HomeServiceStep) { s.Rating = 6 }},
		{models.HomeRate, models.HomePaid, false, "text", func(s *models.HomeServiceStep) { s.Text = strings.Repeat("好", 201) }},
	} {
		h, s := models.HomeService{Status: c.from, First: c.first}, goodStep("")
		if c.change != nil {
			c.change(&s)
		}
		party := models.PartyTeam
		if c.move == models.HomeRate {
			party = models.PartyResident
		}
		_, err := h.Move(c.move, playing[party], party, s, false, clinicDay.Start())
		var got string
		if e := (*models.Error)(nil); errors.As(err, &e) && len(e.Fields) > 0 {
			got = e.Fields[0].Field
		}
		if got != c.field || (err == nil) != (c.field == "") {
			t.Errorf("%s wants %q: %v", c.move, c.field, err)
		}
	}
	h := models.HomeService{Status: models.HomeAssigned, VisitOn: clinicDay}
	if _, err := h.Move(models.HomeDepart, playing[models.PartyTeam], models.PartyTeam, models.HomeServiceStep{}, false, clinicDay.Start().Add(-time.Second)); !models.IsCode(err, "not_today") {
		t.Error(err)
	}
}

func TestHomeServiceApplication(t *testing.T) {
	good := models.HomeService{Applicant: "aged", Items: "vitals dressing", Address: "东村1号"}
	for _, c := range []struct {
		field      string
		injections bool
		change     func(h *models.HomeService)
	}{
		{"", false, func(*models.HomeService) {}},
		{"applicant", false, func(h *models.HomeService) { h.Applicant = "busy" }},
		{"items", false, func(h *models.HomeService) { h.Items = "" }},
		{"items[0]", false, func(h *models.HomeService) { h.Items = "injection" }},
		{"", true, func(h *models.HomeService) { h.Items = "injection infusion" }},
		{"address", false, func(h *models.HomeService) { h.Address = " " }},
		{"note", false, func(h *models.HomeService) { h.Note = strings.Repeat("长", 201) }},
		{"wish_on", false, func(h *models.HomeService) { h.WishOn = clinicDay.AddDays(-1) }},
		{"wish_on", false, func(h *models.HomeService) { h.WishOn = clinicDay.AddDays(31) }},
	} {
		h := good
		c.change(&h)
		var p models.Problems
		h.Check(&p, c.injections, clinicDay)
		if c.field == "" && len(p) > 0 || c.field != "" && (len(p) != 1 || p[0].Field != c.field) {
			t.Errorf("%s: %+v", c.field, p)
		}
	}
	h := models.HomeService{Done: "vitals dressing nursing_guide pressure_sore catheter rehab"}
	if got := fmt.Sprint(h.Services()); got != "[home_nursing wound_care rehab]" {
		t.Error(got)
	}
	for _, i := range models.HomeItems {
		if _, known := models.PlainService(i.Service); i.Service != "" && !known {
			t.Errorf("%s delivers the unknown %s", i.Code, i.Service)
		}
	}
}
