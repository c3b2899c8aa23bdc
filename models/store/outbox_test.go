package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// phone is a Sender that keeps what it sent, or fails as told.
type phone struct {
	templates []string
	fail      error
	sent      []store.Delivery
}

func (p *phone) Templates() []string { return p.templates }

func (p *phone) Send(_ context.Context, d store.Delivery) error {
	if p.fail != nil {
		return p.fail
	}
	p.sent = append(p.sent, d)
	return nil
}

// mailbox is a district where 王梅 uses the mini-program and 李大山 does not; each has a
// signed contract and so a message.
func mailbox(t *testing.T) (*store.Store, *storetest.Clock, *gorm.DB) {
	t.Helper()
	db := storetest.Database(t)
	s, clock := storetest.DistrictOn(t, db, store.Options{})
	err := s.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.WechatAccount{ID: 7, OpenIDIndex: l.OpenIDIndex("open-mei"), OpenID: "open-mei", ResidentID: storetest.WangMei})
	})
	if err != nil {
		t.Fatal(err)
	}
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
	template := messageOf(t, raw, storetest.WangMei).Template
	p := &phone{}
	deliver(t, s, p, 0) // no template is configured: nothing pretends to be sent
	p.templates = []string{"another"}
	deliver(t, s, p, 0)
	p.templates = []string{template}
	deliver(t, s, p, 1)
	deliver(t, s, p, 0)
	if len(p.sent) != 1 || p.sent[0].OpenID != "open-mei" || p.sent[0].Template != template || p.sent[0].Data == "" {
		t.Errorf("%+v", p.sent)
	}
	if m := messageOf(t, raw, storetest.WangMei); m.Status != models.MessageSent || m.SentAt == nil || m.Attempts != 1 {
		t.Errorf("%+v", m)
	}
	if m := messageOf(t, raw, storetest.LiDashan); m.Status != models.MessageWaiting || m.Attempts != 0 {
		t.Errorf("who has no phone keeps the message in the inbox: %+v", m)
	}
}

func TestDeliveryBacksOffAndGivesUp(t *testing.T) {
	s, clock, raw := mailbox(t)
	p := &phone{templates: []string{messageOf(t, raw, storetest.WangMei).Template}, fail: &store.SendError{Code: "busy"}}
	wait := time.Minute
	for try := 1; try <= models.MaxDeliveries; try++ {
		deliver(t, s, p, 0)
		deliver(t, s, p, 0) // too early for the next attempt
		m := messageOf(t, raw, storetest.WangMei)
		if m.Attempts != try || m.LastError != "busy" || (m.Status == models.MessageDead) != (try == models.MaxDeliveries) {
			t.Fatalf("attempt %d: %+v", try, m)
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
	}{
		{"refused for good", &store.SendError{Code: "refused", ForGood: true}, models.MessageDead, "refused"},
		{"busy", &store.SendError{Code: "busy"}, models.MessageWaiting, "busy"},
		{"unknown", errors.New("driver text with a name in it"), models.MessageWaiting, "failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _, raw := mailbox(t)
			deliver(t, s, &phone{templates: []string{messageOf(t, raw, storetest.WangMei).Template}, fail: c.err}, 0)
			if m := messageOf(t, raw, storetest.WangMei); m.Status != c.status || m.LastError != c.code {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestOldNewsStaysInTheInbox(t *testing.T) {
	s, clock, raw := mailbox(t)
	clock.Add(models.DeliverWithin)
	p := &phone{templates: []string{messageOf(t, raw, storetest.WangMei).Template}}
	deliver(t, s, p, 0)
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
