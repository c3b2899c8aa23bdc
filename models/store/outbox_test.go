package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// phone is a Sender that keeps what it sent, or fails as told.
type phone struct {
	templates []models.Subscription
	fail      error
	sent      []store.Delivery
}

func (p *phone) Templates() []models.Subscription { return p.templates }

func (p *phone) Send(_ context.Context, d store.Delivery) error {
	if p.fail != nil {
		return p.fail
	}
	p.sent = append(p.sent, d)
	return nil
}

// contractPhone is a phone that takes messages about contracts.
func contractPhone() *phone { return &phone{templates: []models.Subscription{models.ForContract}} }

// subscribed lets a WeChat account take n messages of a family.
func subscribed(t *testing.T, s *store.Store, account models.ID, family models.Subscription, n int) {
	t.Helper()
	err := s.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.SubscribeQuota{WechatID: account, Template: family, Remaining: n, Answer: models.SubscribeAccept, AnsweredAt: s.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// left is how many messages of contracts the account still takes.
func left(t *testing.T, s *store.Store, account models.ID) int {
	t.Helper()
	q := rows[models.SubscribeQuota](t, s, "wechat_id = ? AND template = ?", account, models.ForContract)
	if len(q) != 1 {
		t.Fatalf("%d rows", len(q))
	}
	return q[0].Remaining
}

// mailbox is a district where 王梅 uses the mini-program and takes five messages about
// contracts, and 李大山 does not use it; each has a signed contract and so a message.
func mailbox(t *testing.T) (*store.Store, *storetest.Clock, *gorm.DB) {
	t.Helper()
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	err := s.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.WechatAccount{ID: 7, OpenIDIndex: l.OpenIDIndex("open-mei"), OpenID: "open-mei", ResidentID: storetest.WangMei})
	})
	if err != nil {
		t.Fatal(err)
	}
	subscribed(t, s, 7, models.ForContract, 5)
	sign(t, s, storetest.ShiliuLead, storetest.WangMei, storetest.ShiliuTeam)
	sign(t, s, storetest.WestLead, storetest.LiDashan, storetest.WestTeam)
	return s, clock, storetest.Raw(t, db)
}

// messageOf reads a resident's message without its sealed text.
func messageOf(t *testing.T, raw *gorm.DB, resident models.ID) models.Message {
	t.Helper()
	var m models.Message
	if err := raw.Select("id", "template", "status", "attempts", "last_error", "not_before", "sent_at").Take(&m, "resident_id = ?", resident).Error; err != nil {
		t.Fatal(err)
	}
	return m
}

func deliver(t *testing.T, s *store.Store, to store.Sender, want int) {
	t.Helper()
	if n, err := s.DeliverOutbox(t.Context(), to); err != nil || n != want {
		t.Errorf("sent %d, %v; want %d", n, err, want)
	}
}

func TestDeliverySendsOnce(t *testing.T) {
	s, _, raw := mailbox(t)
	p := &phone{}
	deliver(t, s, p, 0) // no template is configured: nothing pretends to be sent
	p.templates = []models.Subscription{models.ForReferral}
	deliver(t, s, p, 0)
	p.templates = []models.Subscription{models.ForContract}
	deliver(t, s, p, 1)
	deliver(t, s, p, 0)
	if len(p.sent) != 1 || p.sent[0].OpenID != "open-mei" || p.sent[0].Template != models.ForContract || p.sent[0].Text != "您的签约申请已有结果" || !strings.HasPrefix(p.sent[0].Number, "QY") {
		t.Errorf("%+v", p.sent)
	}
	if m := messageOf(t, raw, storetest.WangMei); m.Status != models.MessageSent || m.SentAt == nil || m.Attempts != 1 {
		t.Errorf("%+v", m)
	}
	if m := messageOf(t, raw, storetest.LiDashan); m.Status != models.MessageDead || m.LastError != models.NoAccount || m.Attempts != 0 {
		t.Errorf("who has no phone has the message in the inbox, and the team is told: %+v", m)
	}
	if n := left(t, s, 7); n != 4 {
		t.Errorf("one message takes one unit: %d left", n)
	}
}

func TestDeliveryBacksOffAndGivesUp(t *testing.T) {
	s, clock, raw := mailbox(t)
	p := contractPhone()
	p.fail = &store.SendError{Code: "busy"}
	wait := time.Minute
	for try := 1; try <= models.MaxDeliveries; try++ {
		deliver(t, s, p, 0)
		deliver(t, s, p, 0) // too early for the next attempt
		m := messageOf(t, raw, storetest.WangMei)
		if m.Attempts != try || m.LastError != "busy" || (m.Status == models.MessageDead) != (try == models.MaxDeliveries) {
			t.Fatalf("attempt %d: %+v", try, m)
		}
		if n := left(t, s, 7); (n == 5) != (try == models.MaxDeliveries) || n < 4 {
			t.Fatalf("attempt %d: %d left: the unit is held through the round, and given back at its end", try, n)
		}
		if got := m.NotBefore.Sub(s.Now()); got != wait {
			t.Fatalf("attempt %d: the next one in %s, want %s", try, got, wait)
		}
		clock.Add(wait)
		wait *= 2
	}
	p.fail = nil
	deliver(t, s, p, 0)
}

func TestDeliveryFailures(t *testing.T) {
	for _, c := range []struct {
		name   string
		err    error
		status models.MessageStatus
		code   string
		left   int
	}{
		{"43101", &store.SendError{Code: models.RefusedPhone, ForGood: true}, models.MessageDead, "refused", 0},
		{"bad for good", &store.SendError{Code: "bad_message", ForGood: true}, models.MessageDead, "bad_message", 5},
		{"busy", &store.SendError{Code: "busy"}, models.MessageWaiting, "busy", 4},
		{"unknown", errors.New("driver text with a name in it"), models.MessageWaiting, "failed", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _, raw := mailbox(t)
			p := contractPhone()
			p.fail = c.err
			deliver(t, s, p, 0)
			if m := messageOf(t, raw, storetest.WangMei); m.Status != c.status || m.LastError != c.code || left(t, s, 7) != c.left {
				t.Errorf("%+v, %d left", m, left(t, s, 7))
			}
		})
	}
}

func TestOldNewsStaysInTheInbox(t *testing.T) {
	s, clock, raw := mailbox(t)
	clock.Add(models.DeliverWithin - time.Second)
	deliver(t, s, &phone{}, 0)
	if m := messageOf(t, raw, storetest.WangMei); m.Status != models.MessageWaiting {
		t.Errorf("%+v", m)
	}
	clock.Add(time.Second)
	p := contractPhone()
	deliver(t, s, p, 0)
	if m := messageOf(t, raw, storetest.WangMei); m.Status != models.MessageDead || m.LastError != models.NoticeLate || left(t, s, 7) != 5 {
		t.Errorf("%+v", m)
	}
}

func TestWithoutTemplatesNothingWaitsForEver(t *testing.T) {
	s, clock, raw := mailbox(t)
	clock.Add(models.DeliverWithin)
	deliver(t, s, &phone{}, 0)
	for _, r := range []models.ID{storetest.WangMei, storetest.LiDashan} {
		if m := messageOf(t, raw, r); m.Status != models.MessageInbox {
			t.Errorf("%+v", m)
		}
	}
}

func TestRenewalReminders(t *testing.T) {
	s, clock, raw := mailbox(t)
	end := storetest.Today.AddYears(1).AddDays(-1)
	reminders := func() (n int64) {
		if err := raw.Model(&models.Message{}).Where("template = ?", "contract_expiring").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	remind := func(on models.Date, want int) {
		t.Helper()
		clock.Set(on)
		if n, err := s.RemindRenewals(t.Context()); err != nil || n != want {
			t.Errorf("on %s: %d reminded, %v; want %d", on, n, err, want)
		}
	}
	remind(end.AddDays(-models.RemindBefore-1), 0)
	clock.Set(end.AddDays(-models.RemindBefore - 1))
	var dashan models.Contract
	if err := raw.Take(&dashan, "resident_id = ?", storetest.LiDashan).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.WestLead).Renew(t.Context(), dashan.ID, 0, onSite(storetest.LiDashan, storetest.WestTeam)); err != nil {
		t.Fatal(err)
	}
	remind(end.AddDays(-models.RemindBefore), 1) // 李大山 has renewed already
	remind(end.AddDays(-models.RemindBefore), 0)
	remind(end, 0)
	if n := reminders(); n != 1 {
		t.Errorf("%d reminders", n)
	}
}

func TestPurgeKeys(t *testing.T) {
	s, clock := storetest.Open(t)
	keys := func(n int, prefix string) {
		t.Helper()
		err := s.Load(t.Context(), func(l *store.Loader) error {
			rows := make([]models.IdempotencyKey, n)
			for i := range rows {
				rows[i] = models.IdempotencyKey{Owner: "staff:1", Key: prefix + models.ID(i+1).String(), Operation: "POST /x", CreatedAt: s.Now().Add(time.Duration(i) * time.Millisecond)}
			}
			return l.Insert(rows)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	keys(2500, "old")
	clock.Add(models.IdempotencyTTL + time.Hour)
	keys(3, "new")
	if n, err := s.PurgeKeys(t.Context()); err != nil || n != 2500 {
		t.Errorf("purged %d, %v", n, err)
	}
	if n, err := s.PurgeKeys(t.Context()); err != nil || n != 0 {
		t.Errorf("purged %d again, %v", n, err)
	}
	clock.Add(models.IdempotencyTTL + time.Hour)
	if n, err := s.PurgeKeys(t.Context()); err != nil || n != 3 {
		t.Errorf("purged %d the next day, %v", n, err)
	}
}
