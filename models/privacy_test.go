package models_test

import (
	"slices"
	"strings"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestPrivacyMoves(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start()
	submitted, processing := models.RequestSubmitted, models.RequestProcessing
	residents, managers := []string{"resident", "guardian"}, []string{"district", "manager"}
	for m, want := range map[models.RequestMove]struct {
		from []models.RequestStatus
		by   []string
		kind models.RequestKind // "" for both
	}{
		models.MoveTakeRequest: {[]models.RequestStatus{submitted}, managers, ""}, models.MoveFulfilRequest: {[]models.RequestStatus{processing}, managers, models.CorrectionRequest},
		models.MoveEraseRequest: {[]models.RequestStatus{processing}, managers, models.DeletionRequest}, models.MoveRefuseRequest: {[]models.RequestStatus{submitted, processing}, managers, ""},
		models.MoveWithdrawRequest: {[]models.RequestStatus{submitted, processing}, residents, ""},
	} {
		for _, kind := range []models.RequestKind{models.CorrectionRequest, models.DeletionRequest} {
			for from := range models.RequestStatusLabels {
				for name, actor := range complaintParts { // resident 7, institution 2
					q := models.PrivacyRequest{ResidentID: 7, InstitutionID: 2, Kind: kind, Status: from, DueOn: calendar.MustDate("2026-12-14")}
					before := q
					_, err := q.Move(m, actor, "说明", now)
					mine, state, fits := slices.Contains(want.by, name), slices.Contains(want.from, from), want.kind == "" || want.kind == kind
					switch {
					case !mine && !models.IsKind(err, models.Forbidden), mine && !state && !models.IsCode(err, "wrong_state"),
						mine && state && !fits && !models.IsCode(err, "wrong_kind"), mine && state && fits && err != nil:
						t.Errorf("%s, %s of %s from %s: %v", name, m, kind, from, err)
					case err != nil && q != before:
						t.Errorf("a refused %s by %s changed it", m, name)
					case err == nil && (q.ClosedAt == nil) != (q.Status == processing):
						t.Errorf("%s: %s closed at %v", m, q.Status, q.ClosedAt)
					}
					if button := slices.Contains(before.Allowed(actor), m); button != (mine && state && fits) {
						t.Errorf("%s of %s from %s: the button of %s is %v", m, kind, from, name, button)
					}
				}
			}
		}
	}
	q := models.PrivacyRequest{ResidentID: 7, InstitutionID: 2, Kind: models.CorrectionRequest, Status: processing}
	for _, m := range []models.RequestMove{models.MoveFulfilRequest, models.MoveRefuseRequest} {
		if _, err := q.Move(m, complaintParts["manager"], " ", now); !models.IsKind(err, models.Invalid) {
			t.Errorf("%s without an answer: %v", m, err)
		}
	}
	q.Kind = models.DeletionRequest
	if _, err := q.Move(models.MoveEraseRequest, complaintParts["manager"], "", now); err != nil || !strings.Contains(q.Answer, "不少于15年") || !strings.Contains(q.Answer, "第四十七条") {
		t.Errorf("%s %v", q.Answer, err)
	}
}

func TestPurposesAreComplete(t *testing.T) {
	seen := map[models.ConsentPurpose]bool{}
	for _, p := range models.Purposes {
		if seen[p.Code] || p.Label == "" || p.Version < 1 || len([]rune(p.Text)) < 20 || !strings.HasPrefix(p.Consequence, "撤回后,") {
			t.Errorf("%+v", p)
		}
		seen[p.Code] = true
	}
}

func TestConsentAge(t *testing.T) {
	today := calendar.MustDate("2026-11-23")
	self, mother := models.Actor{Role: models.ResidentRole, ResidentID: 7}, models.Actor{Role: models.ResidentRole, ResidentID: 8, WardIDs: []models.ID{7}}
	for born, ok := range map[string]bool{"2012-11-23": true, "2012-11-24": false} {
		r := models.Resident{ID: 7, BirthDate: calendar.MustDate(born)}
		if err := models.MayConsent(r, self, today); (err == nil) != ok {
			t.Errorf("born %s: %v", born, err)
		}
		if err := models.MayConsent(r, mother, today); err != nil {
			t.Errorf("the mother of one born %s: %v", born, err)
		}
	}
}

func TestPrivacyRequestChecks(t *testing.T) {
	for name, tt := range map[string]struct {
		q     models.PrivacyRequest
		field string
	}{
		"correction":       {models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "phone", Wanted: strings.Repeat("号", 500)}, ""},
		"of what":          {models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "x", Wanted: "a"}, "field"},
		"to what":          {models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "phone", Wanted: " "}, "wanted"},
		"too much":         {models.PrivacyRequest{Kind: models.CorrectionRequest, Field: "phone", Wanted: strings.Repeat("号", 501)}, "wanted"},
		"deletion":         {models.PrivacyRequest{Kind: models.DeletionRequest}, ""},
		"for a long while": {models.PrivacyRequest{Kind: models.DeletionRequest, Wanted: strings.Repeat("号", 501)}, "reason"},
		"neither":          {models.PrivacyRequest{}, "kind"},
	} {
		var p models.Problems
		if tt.q.Check(&p); tt.field == "" && len(p) > 0 || tt.field != "" && (len(p) != 1 || p[0].Field != tt.field) {
			t.Errorf("%s: %v", name, p)
		}
	}
}
