package models_test

import (
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

var exportNow = calendar.MustDate("2026-11-23").Start().Add(9 * time.Hour)

// exportFor is an export of which the actor plays the party.
func exportFor(by models.Actor, party models.Party) models.Export {
	e := models.Export{Kind: models.ExportResidents, Rows: 501, ApplicantID: 99, InstitutionID: by.InstitutionID, ExpiresAt: exportNow.Add(time.Hour)}
	if party == models.PartyApplicant {
		e.ApplicantID = by.AccountID
	}
	return e
}

func TestExportWalk(t *testing.T) {
	walk(t, models.ExportProcess, func(from models.ExportStatus, m models.ExportMove, by models.Actor, parties models.Party, reason string) (models.ExportStatus, error) {
		e := exportFor(by, parties)
		e.Status = from
		if parties == 0 {
			by.Role = models.Nurse
		}
		_, err := e.Move(m, by, reason, exportNow)
		return e.Status, err
	})
}

func TestWhoApprovesExports(t *testing.T) {
	asked := models.Export{Kind: models.ExportResidents, Status: models.ExportRequested, ApplicantID: 1, InstitutionID: 2, ExpiresAt: exportNow.Add(time.Hour)}
	district := asked
	district.InstitutionID = 0
	for name, tt := range map[string]struct {
		by          models.Actor
		institution bool // may approve one of institution 2
		whole       bool // may approve one of the whole district
	}{
		"district manager":     {models.Actor{Role: models.DistrictManager, AccountID: 5, InstitutionID: 1}, true, true},
		"its manager":          {models.Actor{Role: models.InstitutionManager, AccountID: 6, InstitutionID: 2}, true, false},
		"another's manager":    {models.Actor{Role: models.InstitutionManager, AccountID: 7, InstitutionID: 3}, false, false},
		"manager of nowhere":   {models.Actor{Role: models.InstitutionManager, AccountID: 8}, false, false},
		"a lead":               {models.Actor{Role: models.TeamLead, AccountID: 9, InstitutionID: 2}, false, false},
		"officer":              {models.Actor{Role: models.ComplaintOfficer, AccountID: 10, InstitutionID: 2}, false, false},
		"nobody":               {models.Actor{}, false, false},
		"the applicant, risen": {models.Actor{Role: models.DistrictManager, AccountID: 1, InstitutionID: 1}, false, false},
	} {
		for what, want := range map[*models.Export]bool{&asked: tt.institution, &district: tt.whole} {
			e := *what
			if _, err := e.Move(models.MoveApproveExport, tt.by, "", exportNow); (err == nil) != want {
				t.Errorf("%s, institution %d: %v", name, e.InstitutionID, err)
			}
		}
	}
	if _, err := asked.Move(models.MoveApproveExport, models.Actor{Role: models.DistrictManager, AccountID: 1}, "", exportNow); !models.IsCode(err, "own_export") {
		t.Errorf("the own one: %v", err)
	}
	asked.ExpiresAt = exportNow
	if _, err := asked.Move(models.MoveApproveExport, models.Actor{Role: models.DistrictManager, AccountID: 5}, "", exportNow); !models.IsCode(err, "export_expired") {
		t.Errorf("too late: %v", err)
	}
}

func TestExportFetch(t *testing.T) {
	doctor := models.Actor{Role: models.Doctor, AccountID: 1, InstitutionID: 2, PasswordAt: exportNow}
	ready := models.Export{Kind: models.ExportResidents, Rows: 500, Status: models.ExportReady, ApplicantID: 1, InstitutionID: 2, ExpiresAt: exportNow.Add(time.Hour)}
	for name, tt := range map[string]struct {
		edit func(e *models.Export, by *models.Actor)
		code string
	}{
		"masked, 500 rows":              {func(*models.Export, *models.Actor) {}, ""},
		"masked, 500 rows, no password": {func(_ *models.Export, by *models.Actor) { by.PasswordAt = time.Time{} }, ""},
		"501 rows":                      {func(e *models.Export, _ *models.Actor) { e.Rows = 501 }, ""},
		"501 rows, no password":         {func(e *models.Export, by *models.Actor) { e.Rows, by.PasswordAt = 501, time.Time{} }, "reauth_required"},
		"in clear":                      {func(e *models.Export, _ *models.Actor) { e.Unmasked = true }, ""},
		"in clear, 30 minutes": {func(e *models.Export, by *models.Actor) {
			e.Unmasked, by.PasswordAt = true, exportNow.Add(-30*time.Minute)
		}, ""},
		"in clear, past them": {func(e *models.Export, by *models.Actor) {
			e.Unmasked, by.PasswordAt = true, exportNow.Add(-30*time.Minute-1)
		}, "reauth_required"},
		"waiting":                  {func(e *models.Export, _ *models.Actor) { e.Status = models.ExportRequested }, "wrong_state"},
		"refused":                  {func(e *models.Export, _ *models.Actor) { e.Status = models.ExportRefused }, "wrong_state"},
		"expired":                  {func(e *models.Export, _ *models.Actor) { e.Status = models.ExportExpired }, "export_expired"},
		"expired before the night": {func(e *models.Export, _ *models.Actor) { e.ExpiresAt = exportNow }, "export_expired"},
		"the third time":           {func(e *models.Export, _ *models.Actor) { e.Downloads = 2 }, ""},
		"the fourth time":          {func(e *models.Export, _ *models.Actor) { e.Downloads = 3 }, "export_spent"},
		"somebody else":            {func(_ *models.Export, by *models.Actor) { by.AccountID = 3 }, "forbidden"},
		"a manager":                {func(_ *models.Export, by *models.Actor) { by.AccountID, by.Role = 3, models.DistrictManager }, "forbidden"},
		"a nurse by now":           {func(_ *models.Export, by *models.Actor) { by.Role = models.Nurse }, "forbidden"},
		"of no known kind":         {func(e *models.Export, _ *models.Actor) { e.Kind = "everything" }, "forbidden"},
	} {
		e, by := ready, doctor
		tt.edit(&e, &by)
		err := e.Fetch(by, exportNow)
		if tt.code == "" && err != nil || tt.code != "" && !models.IsCode(err, tt.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExportDraft(t *testing.T) {
	doctor := models.Actor{Role: models.Doctor, AccountID: 1}
	for name, tt := range map[string]struct {
		draft models.ExportDraft
		by    models.Actor
		field string // "forbidden" for a refusal
	}{
		"residents":            {models.ExportDraft{Kind: models.ExportResidents, Filter: models.ExportFilter{Q: "张", TeamID: 1}}, doctor, ""},
		"unknown kind":         {models.ExportDraft{Kind: "all"}, doctor, "kind"},
		"filter of another":    {models.ExportDraft{Kind: models.ExportResidents, Filter: models.ExportFilter{Outcome: models.GapRefused}}, doctor, "filters.outcome"},
		"a false flag":         {models.ExportDraft{Kind: models.ExportGap, Filter: models.ExportFilter{Signed: new(false)}}, doctor, "filters.signed"},
		"a team, unnamed":      {models.ExportDraft{Kind: models.ExportRate, Filter: models.ExportFilter{By: models.ScopeTeam}}, doctor, "filters.id"},
		"no indicator":         {models.ExportDraft{Kind: models.ExportIndicator}, doctor, "filters.code"},
		"in clear, no reason":  {models.ExportDraft{Kind: models.ExportTasks, Unmasked: true, Reason: " "}, doctor, "reason"},
		"in clear":             {models.ExportDraft{Kind: models.ExportTasks, Unmasked: true, Reason: "上门"}, doctor, ""},
		"in clear for a nurse": {models.ExportDraft{Kind: models.ExportTasks, Unmasked: true, Reason: "上门"}, models.Actor{Role: models.Nurse, AccountID: 2}, "forbidden"},
		"a list not one's own": {models.ExportDraft{Kind: models.ExportResidents}, models.Actor{Role: models.ReferralCentre, AccountID: 3}, "forbidden"},
	} {
		var p models.Problems
		err := tt.draft.Check(&p, tt.by)
		switch {
		case tt.field == "forbidden" && !models.IsKind(err, models.Forbidden), tt.field != "forbidden" && err != nil,
			tt.field == "" && len(p) > 0, tt.field != "" && tt.field != "forbidden" && (len(p) != 1 || p[0].Field != tt.field):
			t.Errorf("%s: %v %v", name, p, err)
		}
	}
}
