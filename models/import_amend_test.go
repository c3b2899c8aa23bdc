package models_test

import (
	"slices"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func day(s string) models.Date { return calendar.MustDate(s) }

func TestAmend(t *testing.T) {
	known := models.Resident{Name: "买买提·阿里", Sex: "1", BirthDate: day("1955-03-01"), Phone: "13800000001", Address: "东村1号", VillageID: 1, Status: models.Living, DocumentType: "01", DocumentNo: "x"}
	for _, c := range []struct {
		name   string
		change func(row *models.ImportRow, known *models.Resident)
		fields []string
		code   string
	}{
		{"nothing new", func(*models.ImportRow, *models.Resident) {}, nil, ""},
		{"empty cells remove nothing", func(row *models.ImportRow, _ *models.Resident) {
			row.Draft.Phone, row.Draft.Address, row.Draft.Sex = "", "", ""
		}, nil, ""},
		{"new phone and village", func(row *models.ImportRow, _ *models.Resident) {
			row.Draft.Phone, row.Draft.VillageID = "13900000001", 2
		}, []string{"phone", "village_id"}, ""},
		{"another mark in the name", func(row *models.ImportRow, _ *models.Resident) { row.Draft.Name = "买买提•阿里" }, nil, ""},
		{"another name", func(row *models.ImportRow, _ *models.Resident) { row.Draft.Name = "买买提" }, nil, "name_mismatch"},
		{"another birth date", func(row *models.ImportRow, _ *models.Resident) { row.Draft.BirthDate = day("1955-03-02") }, nil, "mismatch"},
		{"the document stays", func(row *models.ImportRow, _ *models.Resident) { row.Draft.DocumentType = "02" }, nil, ""},
		{"dead", func(_ *models.ImportRow, known *models.Resident) { known.Status = models.Dead }, nil, "not_living"},
	} {
		was, row := known, models.ImportRow{Draft: models.DraftOf(known)}
		c.change(&row, &was)
		d, problems := row.Amend(was)
		switch {
		case c.code != "":
			if len(problems) != 1 || problems[0].Code != c.code {
				t.Errorf("%s: %v", c.name, problems)
			}
		case len(problems) > 0 || !slices.Equal(models.ChangedFields(models.DraftOf(was), d), c.fields):
			t.Errorf("%s: %v %v", c.name, models.ChangedFields(models.DraftOf(was), d), problems)
		}
	}
}

func TestJoins(t *testing.T) {
	row := models.ImportRow{Populations: []models.Population{models.Hypertension}}
	open := models.Membership{Code: models.Hypertension, Open: new(true), Begin: day("2025-01-01")}
	closed := models.Membership{Code: models.Hypertension, Begin: day("2025-01-01"), End: day("2026-05-01")}
	for _, c := range []struct {
		name   string
		have   []models.Membership
		loaded string
		joins  bool
	}{
		{"never in it", nil, "", true},
		{"another population", []models.Membership{{Code: models.Diabetes, Open: new(true)}}, "", true},
		{"in it", []models.Membership{open}, "", false},
		{"left before, a new file", []models.Membership{closed}, "", true},
		{"left after this file was loaded first", []models.Membership{closed}, "2026-05-01", false},
		{"left before this file was loaded first", []models.Membership{closed}, "2026-05-02", true},
	} {
		var first models.Date
		if c.loaded != "" {
			first = day(c.loaded)
		}
		if got := row.Joins(c.have, first); (len(got) == 1) != c.joins {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestSigns(t *testing.T) {
	row := models.ImportRow{Contract: &models.PaperContract{TeamID: 1, SignedOn: day("2026-03-01"), EndsOn: day("2027-02-28")}}
	from := func(begin string, slot *models.Slot) models.Contract {
		return models.Contract{BeginDate: day(begin), Slot: slot, TeamID: 1}
	}
	for _, c := range []struct {
		name  string
		have  []models.Contract
		signs bool
		code  string
	}{
		{"never signed", nil, true, ""},
		{"ended before", []models.Contract{from("2025-01-01", nil)}, true, ""},
		{"the same, in force", []models.Contract{from("2026-03-01", new(models.CurrentSlot))}, false, ""},
		{"the same, ended since", []models.Contract{from("2026-03-01", nil)}, false, ""},
		{"a newer one with whomever", []models.Contract{from("2026-05-01", new(models.CurrentSlot))}, false, ""},
		{"an older one in force", []models.Contract{from("2026-01-01", new(models.CurrentSlot))}, false, "already_signed"},
		{"an older one in force and its renewal", []models.Contract{from("2025-06-01", new(models.CurrentSlot)), from("2026-06-01", new(models.NextSlot))}, false, ""},
		{"an application", []models.Contract{{Slot: new(models.PendingSlot)}}, false, "already_applied"},
	} {
		signs, problems := row.Signs(c.have)
		code := ""
		if len(problems) > 0 {
			code = problems[0].Code
		}
		if signs != c.signs || code != c.code {
			t.Errorf("%s: %v %v", c.name, signs, problems)
		}
	}
	if signs, problems := (models.ImportRow{}).Signs(nil); signs || len(problems) > 0 {
		t.Error("a row without a contract signs nothing")
	}
}
