package models_test

import (
	"maps"
	"slices"
	"testing"

	"jiayi/models"
)

// playing are actors by the one party they play in walks: each holds every permission it can.
var playing = map[models.Party]models.Actor{
	models.PartyResident:  {Role: models.ResidentRole, WechatID: 1, ResidentID: 1},
	models.PartyTeam:      {Role: models.Doctor, AccountID: 2, StaffID: 2, TeamIDs: []models.ID{1}},
	models.PartyManager:   {Role: models.DistrictManager, AccountID: 3, InstitutionID: 1},
	models.PartySystem:    models.System("test"),
	models.PartyReceiver:  {Role: models.Doctor, AccountID: 4, StaffID: 4, InstitutionID: 2},
	models.PartyApplicant: {Role: models.Doctor, AccountID: 6},
	models.PartyDesk:      {Role: models.ReferralCentre, AccountID: 5},
}

// walk tries every move from every state as every party, and with nobody's permissions: what a
// row of the table allows succeeds and leads where the row says, all else is refused and leaves
// the state. try makes the noun's own move and returns the state after it.
func walk[S, M ~string](t *testing.T, p models.Process[S, M], try func(from S, m M, by models.Actor, parties models.Party, reason string) (S, error)) {
	t.Helper()
	states := append(slices.Collect(maps.Keys(p.States)), "")
	allowed := 0
	for _, from := range states {
		for m := range p.Moves {
			for party, actor := range playing {
				want, need, ok := S(""), false, false
				for _, s := range p.Steps {
					here := slices.Contains(s.From, from) || len(s.From) == 0 && from == ""
					if s.Move == m && here && s.By&party != 0 && (s.Permission == "" || actor.Can(s.Permission)) {
						want, need, ok = s.To, s.NeedReason, true
					}
				}
				if want == "" {
					want = from
				}
				got, err := try(from, m, actor, party, "理由")
				switch {
				case ok && (err != nil || got != want):
					t.Errorf("%s: %s %q as %s leads to %q, %v", p.Noun, m, from, party, got, err)
				case !ok && (err == nil || got != from):
					t.Errorf("%s: %s %q as %s is not refused: %q", p.Noun, m, from, party, got)
				}
				if listed := slices.Contains(p.Allowed(from, actor, party), m); from != "" && listed && !ok {
					t.Errorf("%s: the button %s from %q is shown to %s", p.Noun, m, from, party)
				}
				if !ok {
					continue
				}
				allowed++
				if got, err := try(from, m, actor, 0, "理由"); err == nil || got != from {
					t.Errorf("%s: %s %q is open to strangers", p.Noun, m, from)
				}
				if got, err := try(from, m, actor, party, " "); need && (err == nil || got != from) {
					t.Errorf("%s: %s %q needs no reason", p.Noun, m, from)
				}
			}
		}
	}
	if allowed < len(p.Steps) {
		t.Errorf("%s: only %d of %d rows were walked", p.Noun, allowed, len(p.Steps))
	}
}
