package models_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// cast are actors around one resident (1) of team 1 of institution 2, who is sent to
// institution 5; team 2 is of the same institution as team 1.
var cast = map[string]models.Actor{
	"resident":  {Role: models.ResidentRole, WechatID: 1, ResidentID: 1},
	"guardian":  {Role: models.ResidentRole, WechatID: 2, ResidentID: 2, WardIDs: []models.ID{1}},
	"stranger":  {Role: models.ResidentRole, WechatID: 3, ResidentID: 3},
	"lead":      {Role: models.TeamLead, AccountID: 1, StaffID: 1, InstitutionID: 2, TeamIDs: []models.ID{1}},
	"nurse":     {Role: models.Nurse, AccountID: 2, StaffID: 2, InstitutionID: 2, TeamIDs: []models.ID{1}},
	"assistant": {Role: models.Assistant, AccountID: 3, StaffID: 3, InstitutionID: 2, TeamIDs: []models.ID{1}},
	"other":     {Role: models.Doctor, AccountID: 4, StaffID: 4, InstitutionID: 2, TeamIDs: []models.ID{2}},
	"boss":      {Role: models.InstitutionManager, AccountID: 5, StaffID: 5, InstitutionID: 2},
	"hospital":  {Role: models.Doctor, AccountID: 6, StaffID: 6, InstitutionID: 5},
	"ward":      {Role: models.Nurse, AccountID: 7, StaffID: 7, InstitutionID: 5},
	"head":      {Role: models.InstitutionManager, AccountID: 8, StaffID: 8, InstitutionID: 5},
	"elsewhere": {Role: models.Doctor, AccountID: 9, StaffID: 9, InstitutionID: 6, TeamIDs: []models.ID{9}},
	"centre":    {Role: models.ReferralCentre, AccountID: 10, StaffID: 10, InstitutionID: 5},
	"officer":   {Role: models.ComplaintOfficer, AccountID: 11, StaffID: 11, InstitutionID: 1},
	"district":  {Role: models.DistrictManager, AccountID: 12, StaffID: 12, InstitutionID: 1},
	"auditor":   {Role: models.Auditor, AccountID: 13, StaffID: 13, InstitutionID: 1},
	"admin":     {Role: models.SystemAdmin, AccountID: 14, StaffID: 14, InstitutionID: 1},
	"system":    models.System("job"),
	"nobody":    {},
}

// allowance is from which states a move may be made, where it leads and who may make it.
type allowance struct{ from, to, who string }

// holdTable tries every move from every state as everyone, and holds what happens against
// the allowances: by move, as many as it has rows.
func holdTable[S, M ~string](t *testing.T, p models.Process[S, M], want map[M][]allowance, try func(from S, m M, by models.Actor) (S, error)) {
	t.Helper()
	states := append(slices.Sorted(maps.Keys(p.States)), "")
	for _, m := range slices.Sorted(maps.Keys(p.Moves)) {
		for _, from := range states {
			for name, by := range cast {
				allowed, here, to := false, false, S("")
				for _, a := range want[m] {
					if from == "" && a.from == "" || from != "" && slices.Contains(strings.Fields(a.from), string(from)) {
						here, to = true, S(a.to)
						allowed = slices.Contains(strings.Fields(a.who), name)
					}
				}
				if to == "" {
					to = from
				}
				got, err := try(from, m, by)
				switch {
				case allowed && (err != nil || got != to):
					t.Errorf("%s from %q by %s: %q, %v", m, from, name, got, err)
				case !allowed && err == nil:
					t.Errorf("%s from %q by %s leads to %q", m, from, name, got)
				case !allowed && got != from:
					t.Errorf("%s from %q by %s is refused and yet leads to %q", m, from, name, got)
				case !allowed && !here && !models.IsKind(err, models.Conflict) && !models.IsKind(err, models.Forbidden):
					t.Errorf("%s from %q by %s: %v", m, from, name, err)
				}
			}
		}
	}
}

const (
	teamSide = "lead nurse boss district system"
	receive  = "hospital ward head centre district system"
)

var referralWant = map[models.ReferralMove][]allowance{
	"draft":       {{"", "draft", teamSide}},
	"begin_down":  {{"", "down_submitted", "hospital ward head"}},
	"amend":       {{"draft", "", teamSide}},
	"consent":     {{"draft", "", "resident guardian " + teamSide}},
	"submit":      {{"draft", "submitted", teamSide}},
	"cancel":      {{"draft submitted accepted", "cancelled", teamSide}},
	"withdraw":    {{"draft submitted accepted", "cancelled", "resident guardian"}},
	"accept":      {{"submitted", "accepted", receive}},
	"reject":      {{"submitted", "rejected", receive}},
	"reassign":    {{"submitted", "", "centre district system"}},
	"arrive":      {{"accepted", "arrived", receive}},
	"no_show":     {{"accepted", "no_show", "system"}},
	"admit":       {{"arrived", "in_treatment", receive}},
	"complete":    {{"arrived in_treatment", "completed", receive}},
	"transfer_on": {{"in_treatment", "transferred_on", receive}},
	"send_down":   {{"completed", "down_submitted", receive}},
	"close":       {{"completed", "closed", receive}},
	"accept_down": {{"down_submitted", "down_accepted", teamSide}},
	"take_over":   {{"down_accepted", "closed", teamSide}},
	"follow_up": {{"accepted arrived in_treatment completed down_submitted down_accepted", "", teamSide},
		{"no_show transferred_on closed", "followed_up", teamSide}},
	"finish": {{"no_show transferred_on closed", "followed_up", "system"}},
}

var summary = models.DischargeNote{HospitalNo: "ZY1", Findings: "甲", Diagnosis: "乙", Outcome: "好转", Attending: "丙", Rehab: "丁", Plan: "戊"}

var noon = calendar.MustDate("2026-11-23").Start().Add(12 * time.Hour).UTC()

func consented(status models.ReferralStatus) models.Referral {
	return models.Referral{ResidentID: 1, TeamID: 1, InstitutionID: 2, HospitalID: 5, Direction: models.ReferUp, Urgency: models.OrdinaryCare, Status: status,
		ConsentBy: models.ConsentSelf, ExpectedOn: calendar.MustDate("2026-11-24"), SubmittedOn: calendar.MustDate("2026-11-23"), Summary: summary}
}

func TestReferralTable(t *testing.T) {
	holdTable(t, models.ReferralProcess, referralWant, func(from models.ReferralStatus, m models.ReferralMove, by models.Actor) (models.ReferralStatus, error) {
		r := consented(from)
		_, err := r.Move(m, by, "理由", noon)
		return r.Status, err
	})
}

// A team that refers within its own institution does not answer itself; its colleagues do.
func TestReferralWithinAnInstitution(t *testing.T) {
	for who, want := range map[string]bool{"lead": false, "nurse": false, "other": true, "boss": true, "hospital": false} {
		r := consented(models.ReferralSubmitted)
		r.HospitalID = 2
		if _, err := r.Move(models.ReferAccept, cast[who], "", noon); (err == nil) != want {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestReferralNeedsReasonConsentAndSummary(t *testing.T) {
	for _, c := range []struct {
		move models.ReferralMove
		from models.ReferralStatus
		by   string
		miss func(*models.Referral)
		want string
	}{
		{"submit", "draft", "lead", func(r *models.Referral) { r.ConsentBy = "" }, "consent:required"},
		{"accept", "submitted", "hospital", func(r *models.Referral) { r.ConsentBy = "" }, "consent:required"},
		{"begin_down", "", "hospital", func(r *models.Referral) { r.ConsentBy = "" }, "consent:required"},
		{"begin_down", "", "hospital", func(r *models.Referral) { r.Summary.Rehab = " " }, "summary.rehab:required"},
		{"complete", "arrived", "hospital", func(r *models.Referral) { r.Summary = models.DischargeNote{} }, "summary.hospital_no:required"},
		{"submit", "draft", "lead", func(r *models.Referral) { r.ExpectedOn = calendar.MustDate("2026-11-22") }, "expected_on:past"},
		{"follow_up", "accepted", "lead", func(r *models.Referral) { r.Direction = models.ReferDown }, "not_to_follow"},
		{"follow_up", "arrived", "lead", func(r *models.Referral) { r.Result = models.ReferralReached }, "already_followed"},
	} {
		r := consented(c.from)
		c.miss(&r)
		if _, err := r.Move(c.move, cast[c.by], "理由", noon); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.move, err, c.want)
		}
		if r.Status != c.from {
			t.Errorf("%s was refused and left %q", c.move, r.Status)
		}
	}
	for move, step := range map[models.ReferralMove][2]string{"cancel": {"submitted", "lead"}, "reject": {"submitted", "hospital"}, "reassign": {"submitted", "centre"},
		"transfer_on": {"in_treatment", "hospital"}, "take_over": {"down_accepted", "lead"}} {
		r := consented(models.ReferralStatus(step[0]))
		if _, err := r.Move(move, cast[step[1]], " ", noon); err == nil || !strings.Contains(err.Error(), "reason:required") {
			t.Errorf("%s without a reason: %v", move, err)
		}
	}
}

func TestReferralDeadlines(t *testing.T) {
	at := func(r models.Referral) string {
		if r.DueAt == nil {
			return "none"
		}
		return r.DueAt.In(time.FixedZone("Shanghai", 8*3600)).Format("01-02 15:04")
	}
	for _, c := range []struct {
		urgency models.Urgency
		move    models.ReferralMove
		from    models.ReferralStatus
		by, due string
	}{
		{models.UrgentCare, "submit", "draft", "lead", "11-23 12:30"}, {models.OrdinaryCare, "submit", "draft", "lead", "11-24 12:00"},
		{models.UrgentCare, "reassign", "submitted", "centre", "11-23 12:30"},
		{models.OrdinaryCare, "accept", "submitted", "hospital", "11-28 00:00"}, // expected on the 24th, 3 days, over at midnight
		{models.OrdinaryCare, "arrive", "accepted", "hospital", "none"}, {models.OrdinaryCare, "reject", "submitted", "hospital", "none"},
		{models.OrdinaryCare, "send_down", "completed", "hospital", "11-27 00:00"}, // 3 working days after Monday
		{models.OrdinaryCare, "take_over", "down_accepted", "lead", "none"},
	} {
		r := consented(c.from)
		r.Urgency, r.EscalatedAt = c.urgency, &noon
		if _, err := r.Move(c.move, cast[c.by], "理由", noon); err != nil || at(r) != c.due || r.EscalatedAt != nil {
			t.Errorf("%s: due %s, want %s, %v", c.move, at(r), c.due, err)
		}
	}
	r := consented(models.ReferralSubmitted)
	if _, err := r.Move(models.ReferAccept, cast["hospital"], "", noon); err != nil || r.FollowDueOn.String() != "2026-12-07" {
		t.Errorf("the result is due on %v, %v", r.FollowDueOn, err)
	}
	due := noon.Add(time.Minute)
	r = models.Referral{DueAt: &due, AnswerBy: &due}
	for after, want := range map[time.Duration]bool{0: false, time.Minute - 1: false, time.Minute: true} {
		if r.Overdue(noon.Add(after)) != want {
			t.Errorf("overdue after %v: %v", after, !want)
		}
	}
	r.AnsweredAt = &due
	if !r.AnsweredInTime() {
		t.Error("answered on the second is late")
	}
	late := due.Add(time.Millisecond)
	if r.AnsweredAt = &late; r.AnsweredInTime() {
		t.Error("answered late is in time")
	}
}

func TestReferralDraftCheck(t *testing.T) {
	place := func(id models.ID, level models.InstitutionLevel) models.Institution {
		return models.Institution{ID: id, Level: level, Active: true}
	}
	clinic, town, town2, hospital := place(4, models.VillageClinicLevel), place(2, models.Township), place(3, models.CommunityHospital), place(5, models.LeadHospital)
	closed := place(7, models.LeadHospital)
	closed.Active = false
	today := calendar.MustDate("2026-11-23")
	good := models.ReferralDraft{ResidentID: 1, Direction: models.ReferUp, Urgency: models.OrdinaryCare, HospitalID: 5, Department: "心内科", Reasons: []int{1}, ExpectedOn: today,
		ReferralTexts: models.ReferralTexts{ImpressionCode: "I10.x00", Impression: "高血压", PresentIllness: "头晕三天"}}
	long := strings.Repeat("长", 501)
	for i, c := range []struct {
		change   func(*models.ReferralDraft)
		from, to models.Institution
		want     string
	}{
		{nil, clinic, hospital, ""}, {nil, clinic, town, ""}, {nil, town, hospital, ""},
		{nil, town, town2, "direction:level"}, {nil, hospital, town, "direction:level"}, {nil, clinic, clinic, "hospital_id:not_receiving"}, {nil, town, town, "hospital_id:same"},
		{nil, clinic, closed, "hospital_id:not_receiving"}, {nil, clinic, models.Institution{}, "hospital_id:not_receiving"}, {nil, clinic, place(1, models.DistrictAdmin), "hospital_id:not_receiving"},
		{func(d *models.ReferralDraft) { d.Direction = models.ReferAcross }, town, town2, ""},
		{func(d *models.ReferralDraft) { d.Direction = models.ReferAcross }, clinic, town, "direction:level"},
		{func(d *models.ReferralDraft) { d.Direction, d.Reasons = models.ReferDown, []int{12} }, clinic, hospital, ""},
		{func(d *models.ReferralDraft) { d.Direction, d.Reasons = models.ReferDown, []int{12} }, town, clinic, "direction:not_hospital"},
		{func(d *models.ReferralDraft) { d.Direction = models.ReferDown }, clinic, hospital, "reasons[0]:enum"},
		{func(d *models.ReferralDraft) { d.Direction = 4 }, clinic, hospital, "direction:enum"},
		{func(d *models.ReferralDraft) { d.Urgency = 3 }, clinic, hospital, "urgency:enum"},
		{func(d *models.ReferralDraft) { d.Department = "" }, clinic, hospital, "department:required"},
		{func(d *models.ReferralDraft) { d.ImpressionCode = "高血压" }, clinic, hospital, "impression_code:format"},
		{func(d *models.ReferralDraft) { d.ImpressionCode = "" }, clinic, hospital, ""},
		{func(d *models.ReferralDraft) { d.Impression = " " }, clinic, hospital, "impression:required"},
		{func(d *models.ReferralDraft) { d.PresentIllness = long }, clinic, hospital, "present_illness:too_long"},
		{func(d *models.ReferralDraft) { d.Treatment = long }, clinic, hospital, "treatment:too_long"},
		{func(d *models.ReferralDraft) { d.Reasons = nil }, clinic, hospital, "reasons:required"},
		{func(d *models.ReferralDraft) { d.Reasons = []int{1, 1} }, clinic, hospital, "reasons[1]:enum"},
		{func(d *models.ReferralDraft) { d.Reasons = []int{11} }, clinic, hospital, "reasons[0]:enum"},
		{func(d *models.ReferralDraft) { d.Reasons = []int{9} }, clinic, hospital, "reason_note:required"},
		{func(d *models.ReferralDraft) { d.ExpectedOn = models.Date{} }, clinic, hospital, "expected_on:required"},
		{func(d *models.ReferralDraft) { d.ExpectedOn = today.AddDays(-1) }, clinic, hospital, "expected_on:past"},
		{func(d *models.ReferralDraft) { d.ExpectedOn = today.AddDays(90) }, clinic, hospital, ""},
		{func(d *models.ReferralDraft) { d.ExpectedOn = today.AddDays(91) }, clinic, hospital, "expected_on:too_far"},
	} {
		d := good
		if c.change != nil {
			c.change(&d)
		}
		var p models.Problems
		d.Check(&p, c.from, c.to, today)
		got := ""
		if err := p.Err(); err != nil {
			got = err.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

func TestReferralThreeHigh(t *testing.T) {
	sick := models.Resident{}
	sick.Standing.Mask = models.PopulationsOn(calendar.MustDate("1956-03-08"), []models.Membership{{Code: models.Hypertension, Open: new(true), Begin: calendar.MustDate("2025-01-01")}}, calendar.MustDate("2026-11-23"))
	for _, c := range []struct {
		from, to string
		of       models.Resident
		want     bool
	}{{"home", "base", sick, true}, {"base", "centre", sick, true}, {"home", "centre", sick, true}, {"home", "", sick, false}, {"base", "base", sick, false}, {"home", "base", models.Resident{}, false}} {
		if got := models.IsThreeHigh(models.Institution{ThreeHigh: c.from}, models.Institution{ThreeHigh: c.to}, c.of); got != c.want {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}

func TestReferralFollowUpCheck(t *testing.T) {
	r := consented(models.ReferralArrived)
	day := calendar.MustDate("2026-11-25")
	for _, c := range []struct {
		result models.ReferralOutcome
		note   string
		on     string
		want   string
	}{{1, "", "2026-11-25", ""}, {2, "改去外地", "2026-11-23", ""}, {2, "", "2026-11-25", "note:required"}, {3, "", "2026-11-25", "result:enum"},
		{1, "", "2026-11-26", "on:future"}, {1, "", "2026-11-22", "on:before_referral"}} {
		var p models.Problems
		r.CheckFollowUp(&p, c.result, c.note, calendar.MustDate(c.on), day)
		if got := fmt.Sprint(p.Err()); c.want == "" && len(p) > 0 || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
