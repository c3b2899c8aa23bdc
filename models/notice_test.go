package models_test

import (
	"strings"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// TestNoticesAreWellMade holds every row: it says something to somebody, leads somewhere, and
// only what a resident reads can be sent to a phone.
func TestNoticesAreWellMade(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range models.Notices {
		switch {
		case seen[n.Code]:
			t.Errorf("%s is there twice", n.Code)
		case n.Title == "" || n.Noun == "" || n.Text == "" && n.ToStaff == "" || len(n.Code) > 32:
			t.Errorf("%+v", n)
		case (n.Subscription != "") != (n.Text != ""):
			t.Errorf("%s: what a resident is told has a family, and nothing else has", n.Code)
		case n.Subscription != "" && !n.Subscription.Known():
			t.Errorf("%s: no family %q", n.Code, n.Subscription)
		case len([]rune(n.Text)) > 20:
			t.Errorf("%s: a thing has 20 characters (domain §7.4)", n.Code)
		}
		seen[n.Code] = true
	}
	for _, row := range models.Subscriptions {
		if len(models.NoticesFor([]models.Subscription{row.Code}, false)) == 0 {
			t.Errorf("nothing goes out with %s", row.Code)
		}
	}
}

// TestNoticesNameNoIllness holds every text against the words of all populations and
// programmes, and others that tell of an illness (domain §7.4).
func TestNoticesNameNoIllness(t *testing.T) {
	words := []string{"精神", "分裂", "结核", "艾滋", "HIV", "AIDS", "SMI", "TB", "高血压", "血压", "糖尿病", "血糖", "血脂", "慢阻肺", "肿瘤", "癌", "冠心病", "卒中", "中风", "残疾", "失能", "孕", "产妇", "肝炎", "梅毒", "性病",
		"抑郁", "痴呆", "慢性病", "确诊", "诊断", "病"}
	for _, p := range models.Populations {
		if p.Code != models.General && p.Code != "14" {
			words = append(words, p.Label, strings.TrimSuffix(p.Label, "患者"))
		}
	}
	for _, p := range clinical.Programs() {
		words = append(words, p.Code, p.Name)
	}
	for _, n := range models.Notices {
		for _, text := range []string{n.Title, n.Text, n.ToStaff, n.About("张*宝")} {
			for _, w := range words {
				if w != "" && strings.Contains(text, w) {
					t.Errorf("%s says %q: %s", n.Code, w, text)
				}
			}
		}
	}
}

func TestNoticeLinks(t *testing.T) {
	contract, _ := models.NoticeOf("contract_result")
	for data, want := range map[string]struct {
		id models.ID
		no string
	}{
		contract.Data(12):         {12, ""},
		"12":                      {12, ""}, // as it was written once
		"QY37049920261123000001":  {0, "QY37049920261123000001"},
		`{"appointment_id":"12"}`: {0, ""},
		`{"contract_id":null}`:    {0, ""},
	} {
		if id, no := contract.Link(data); id != want.id || no != want.no {
			t.Errorf("%s: %d %q", data, id, no)
		}
	}
	if contract.Data(12) != `{"contract_id":"12"}` || contract.About("张*宝") != "张*宝的签约申请已有结果" {
		t.Error(contract.Data(12), contract.About("张*宝"))
	}
	if _, ok := models.NoticeOf("birthday"); ok {
		t.Error("there is no such notice")
	}
}

func TestQuietHours(t *testing.T) {
	day := calendar.MustDate("2026-11-23")
	at := func(d models.Date, clock string) time.Time {
		since, err := time.ParseDuration(clock)
		if err != nil {
			t.Fatal(err)
		}
		return d.Start().Add(since)
	}
	for _, c := range []struct {
		hours, clock string
		until        time.Time // zero: not quiet
	}{
		{"21-8", "20h59m59s", time.Time{}},
		{"21-8", "21h", at(day.AddDays(1), "8h")},
		{"21-8", "23h59m59s", at(day.AddDays(1), "8h")},
		{"21-8", "0h", at(day, "8h")},
		{"21-8", "7h59m59s", at(day, "8h")},
		{"21-8", "8h", time.Time{}},
		{"12-14", "11h59m59s", time.Time{}},
		{"12-14", "12h", at(day, "14h")},
		{"12-14", "14h", time.Time{}},
		{"0-0", "0h", time.Time{}},
		{"22-0", "23h", at(day.AddDays(1), "0h")},
		{"22-0", "0h", time.Time{}},
	} {
		var q models.QuietHours
		if err := q.UnmarshalText([]byte(c.hours)); err != nil {
			t.Fatal(err)
		}
		now := at(day, c.clock)
		want := c.until
		if want.IsZero() {
			want = now
		}
		if q.Contain(now) == c.until.IsZero() || !q.After(now).Equal(want) {
			t.Errorf("%s at %s: %v, %s", c.hours, c.clock, q.Contain(now), q.After(now))
		}
	}
	for _, bad := range []string{"", "21", "21-24", "-1-8", "21-8-9", "021-8", "21 - 8", "nine-five"} {
		if (&models.QuietHours{}).UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func TestNoticeProcess(t *testing.T) {
	walk(t, models.NoticeProcess, func(from models.MessageStatus, m models.NoticeMove, by models.Actor, parties models.Party, reason string) (models.MessageStatus, error) {
		msg := models.Message{Status: from}
		_, err := msg.Move(m, by, parties, reason, time.Now())
		return msg.Status, err
	})
}

func TestResendingBeginsARound(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start()
	m := models.Message{Status: models.MessageDead, Attempts: models.MaxDeliveries, LastError: "busy", NotBefore: now.Add(-time.Hour)}
	lead := models.Actor{Role: models.TeamLead, AccountID: 3}
	if _, err := m.Move(models.MoveResend, lead, models.PartyTeam, "", now); err != nil || m.Attempts != 0 || m.LastError != "" || !m.NotBefore.Equal(now) || m.Late(now) {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestSubscriptions(t *testing.T) {
	now := calendar.MustDate("2026-11-23").Start()
	var q models.SubscribeQuota
	if !q.Worth(now) {
		t.Error("who was never asked is worth asking")
	}
	for _, c := range []struct {
		answer        models.SubscribeAnswer
		left          int
		worth, worthy bool // at once, after a week
	}{
		{models.SubscribeAccept, 1, false, false}, {models.SubscribeAccept, 2, false, false}, {models.SubscribeReject, 2, false, false}, {models.SubscribeFilter, 2, false, false},
		{models.SubscribeBan, 0, false, true}, {models.SubscribeReject, 0, false, true},
	} {
		q.Note(c.answer, now)
		if q.Remaining != c.left || q.Worth(now) != c.worth || q.Worth(now.Add(models.AskAgainAfter)) != c.worthy || q.Answer != c.answer {
			t.Errorf("after %s: %+v", c.answer, q)
		}
	}
	all := []models.Subscription{models.ForContract, models.ForRenewal, models.ForFollowup, models.ForAppointment, models.ForComplaint}
	have := map[models.Subscription]models.SubscribeQuota{models.ForAppointment: {Remaining: 1}, models.ForFollowup: {Answer: models.SubscribeReject, AnsweredAt: now}}
	got := models.AskFor(all, have, map[models.Subscription]bool{models.ForComplaint: true, models.ForReferral: true}, now)
	if len(got) != 3 || got[0] != models.ForComplaint || got[1] != models.ForContract || got[2] != models.ForRenewal {
		t.Errorf("%v", got)
	}
}
