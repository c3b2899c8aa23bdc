package models_test

import (
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestHandoverWalk(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	walk(t, models.HandoverProcess, func(from models.HandoverStatus, m models.HandoverMove, by models.Actor, parties models.Party, reason string) (models.HandoverStatus, error) {
		h := models.Handover{Status: from, On: today}
		_, err := h.Move(m, by, parties, reason, today)
		return h.Status, err
	})
	early := models.Handover{Status: models.HandoverPlanned, On: today.AddDays(1)}
	if _, err := early.Move(models.HandoverCarry, models.System("test"), models.PartyManager, "", today); !models.IsCode(err, "too_early") || early.Status != models.HandoverPlanned {
		t.Errorf("%v %v", early.Status, err)
	}
}

// Who may hand over: the district between any, an institution's manager within it.
func TestHandoverParties(t *testing.T) {
	h := models.Handover{InstitutionID: 2}
	for name, c := range map[string]struct {
		by   models.Actor
		to   models.ID
		want models.Party
	}{
		"district":           {models.Actor{Role: models.DistrictManager}, 3, models.PartyManager},
		"own institution":    {models.Actor{Role: models.InstitutionManager, InstitutionID: 2}, 2, models.PartyManager},
		"to another":         {models.Actor{Role: models.InstitutionManager, InstitutionID: 2}, 3, 0},
		"another's":          {models.Actor{Role: models.InstitutionManager, InstitutionID: 3}, 3, 0},
		"the lead of a team": {models.Actor{Role: models.TeamLead, InstitutionID: 2, TeamIDs: []models.ID{1}}, 2, 0},
		"a resident":         {models.Actor{Role: models.ResidentRole, ResidentID: 1}, 2, 0},
	} {
		if got := h.Parties(c.by, c.to); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestHandoverCheck(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	good := models.Handover{Kind: models.VillagesChange, FromTeamID: 1, ToTeamID: 2, On: today, Reason: "调整", Villages: []models.HandoverVillage{{VillageID: 1}}}
	member := models.Handover{Kind: models.MemberLeaves, FromTeamID: 1, ToTeamID: 1, FromStaffID: 1, On: today, Reason: "退休"}
	for field, h := range map[string]models.Handover{
		"":              good,
		"reason":        with(good, func(h *models.Handover) { h.Reason = " " }),
		"override":      with(good, func(h *models.Handover) { h.Override = string(make([]rune, 101)) + "x" }),
		"effective_on":  with(good, func(h *models.Handover) { h.On = today.AddDays(-1) }),
		"to_team_id":    with(good, func(h *models.Handover) { h.ToTeamID = 1 }),
		"village_ids":   with(good, func(h *models.Handover) { h.Villages = nil }),
		"from_staff_id": with(member, func(h *models.Handover) { h.FromStaffID, h.ToStaffID = 0, 2 }),
		"to_staff_id":   with(member, func(h *models.Handover) { h.ToStaffID = 1 }),
	} {
		var p models.Problems
		h.Check(&p, today)
		if field == "" && len(p) > 0 || field != "" && (len(p) != 1 || p[0].Field != field) {
			t.Errorf("%s: %v", field, p)
		}
	}
}

func with(h models.Handover, change func(*models.Handover)) models.Handover {
	change(&h)
	return h
}
