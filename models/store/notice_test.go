package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// post puts a notice about contract 1 into the outbox, as the transaction that causes it does.
func post(t *testing.T, s *store.Store, template string, resident models.ID, quiet models.QuietHours) models.ID {
	t.Helper()
	spec, ok := models.NoticeOf(template)
	if !ok {
		t.Fatal(template)
	}
	m := models.Message{Template: template, ResidentID: resident, Data: spec.Data(1)}
	m.Post(spec, quiet, s.Now())
	if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&m) }); err != nil {
		t.Fatal(err)
	}
	return m.ID
}

// message reads a message as it stands.
func message(t *testing.T, s *store.Store, id models.ID) models.Message {
	t.Helper()
	return rows[models.Message](t, s, "id = ?", id)[0]
}

func guard(t *testing.T, s *store.Store, ward models.ID, consent string) models.Guardian {
	t.Helper()
	g, err := s.As(storetest.EastLead).AddGuardian(t.Context(), ward, store.Guardianship{GuardianID: storetest.ZhangQiang, Relation: "20", Consent: consent, Evidence: "户口簿"})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestPhonesOfGuardians holds who is sent a notice: the resident, else the guardian of a child
// or of a person who cannot act, told for whom; never a guardian whom a grown-up let act.
func TestPhonesOfGuardians(t *testing.T) {
	for _, c := range []struct {
		name    string
		ward    models.ID
		consent string
		before  func(t *testing.T, s *store.Store, g models.Guardian)
		text    string // "" for none
		reason  string
	}{
		{"a child", storetest.ZhangXiaobao, store.ConsentMinor, nil, "张*宝的签约申请已有结果", ""},
		{"who cannot act", storetest.ZhangXiuying, store.ConsentIncapacity, nil, "张*英的签约申请已有结果", ""},
		{"a grown-up who can", storetest.ZhangXiuying, store.ConsentOnSite, nil, "", models.NoAccount},
		{"nobody's ward", storetest.LiuFang, "", nil, "", models.NoAccount},
		{"the guardian oneself", storetest.ZhangQiang, "", nil, "您的签约申请已有结果", ""},
		{"ended", storetest.ZhangXiaobao, store.ConsentMinor, func(t *testing.T, s *store.Store, g models.Guardian) {
			if err := s.As(storetest.EastLead).EndGuardian(t.Context(), storetest.ZhangXiaobao, g.ID); err != nil {
				t.Fatal(err)
			}
		}, "", models.NoAccount},
		{"the guardian wants no messages", storetest.ZhangXiaobao, store.ConsentMinor, func(t *testing.T, s *store.Store, _ models.Guardian) { unwanted(t, s, storetest.Qiang) }, "", models.NoAccount},
		{"an own account without a subscription", storetest.ZhangXiuying, store.ConsentIncapacity, func(t *testing.T, s *store.Store, _ models.Guardian) {
			err := s.Load(t.Context(), func(l *store.Loader) error {
				return l.Insert(&models.WechatAccount{ID: 9, OpenIDIndex: l.OpenIDIndex("xiuying"), OpenID: "xiuying", ResidentID: storetest.ZhangXiuying})
			})
			if err != nil {
				t.Fatal(err)
			}
		}, "", models.NoQuota},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := storetest.District(t)
			storetest.Logins(t, s)
			subscribed(t, s, storetest.Qiang.WechatID, models.ForContract, 1)
			var g models.Guardian
			if c.consent != "" {
				g = guard(t, s, c.ward, c.consent)
			}
			if c.before != nil {
				c.before(t, s, g)
			}
			id, p := post(t, s, "contract_result", c.ward, models.QuietHours{}), contractPhone()
			if c.text == "" {
				deliver(t, s, p, 0)
				if m := message(t, s, id); m.Status != models.MessageDead || m.LastError != c.reason || left(t, s, storetest.Qiang.WechatID) != 1 {
					t.Errorf("%+v", m)
				}
				return
			}
			deliver(t, s, p, 1)
			if m := message(t, s, id); m.Status != models.MessageSent || len(p.sent) != 1 || p.sent[0].Text != c.text || p.sent[0].OpenID != "openid-1" {
				t.Errorf("%+v %+v", m, p.sent)
			}
		})
	}
}

// unwanted lets a resident withdraw the consent to messages.
func unwanted(t *testing.T, s *store.Store, who models.Actor) {
	t.Helper()
	c, err := s.As(who).GiveConsent(t.Context(), 0, models.ForMessages, 1)
	if err == nil {
		_, err = s.As(who).WithdrawConsent(t.Context(), c.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTheDeadAreNotSentTo keeps the phone of who died still; the notice is in the inbox.
func TestTheDeadAreNotSentTo(t *testing.T) {
	s, _, _ := mailbox(t)
	id := post(t, s, "contract_stopped", storetest.WangMei, models.QuietHours{})
	if _, err := s.As(storetest.ShiliuLead).Leave(t.Context(), storetest.WangMei, 0, store.Leaving{Status: models.Dead, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	deliver(t, s, contractPhone(), 0)
	if m := message(t, s, id); m.Status != models.MessageInbox || left(t, s, 7) != 5 {
		t.Errorf("%+v", m)
	}
}

func TestQuietHoursHoldMessagesBack(t *testing.T) {
	quiet := models.QuietHours{From: 21, To: 8}
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{QuietHours: quiet})
	storetest.Logins(t, s)
	mei := storetest.Mei.WechatID
	subscribed(t, s, mei, models.ForContract, 5)
	subscribed(t, s, mei, models.ForFollowup, 5)
	p := &phone{templates: []models.Subscription{models.ForContract, models.ForFollowup}}
	at := func(since time.Duration) { clock.Set(storetest.Today); clock.Add(since - 9*time.Hour) }

	at(21*time.Hour - time.Second)
	post(t, s, "contract_result", storetest.WangMei, quiet)
	before := post(t, s, "contract_renewed", storetest.WangMei, quiet)
	// The hours begin while the first is being sent: the second is not begun.
	deliver(t, s, &slow{phone: p, clock: clock}, 1)
	if m := message(t, s, before); m.Status != models.MessageWaiting || m.Attempts != 0 || !m.NotBefore.Equal(storetest.Today.AddDays(1).Start().Add(8*time.Hour)) {
		t.Errorf("%+v", m)
	}
	at(23 * time.Hour)
	post(t, s, "contract_result", storetest.WangMei, quiet)
	due := post(t, s, "contract_result", storetest.LiDashan, models.QuietHours{}) // as after a failed attempt
	deliver(t, s, p, 0)
	if m := message(t, s, due); m.Status != models.MessageWaiting || m.Attempts != 0 {
		t.Errorf("%+v", m)
	}
	post(t, s, "vital_advice", storetest.WangMei, quiet)
	deliver(t, s, p, 1) // urgent
	at(32*time.Hour - time.Second)
	deliver(t, s, p, 0)
	at(32 * time.Hour)
	deliver(t, s, p, 2)
	if len(p.sent) != 4 {
		t.Errorf("%+v", p.sent)
	}
}

// slow takes a minute for every message.
type slow struct {
	*phone
	clock *storetest.Clock
}

func (p *slow) Send(ctx context.Context, d store.Delivery) error {
	p.clock.Add(time.Minute)
	return p.phone.Send(ctx, d)
}

// TestInbox: everyone reads and marks the own notices, a guardian the ward's too, without
// taking them away from the ward; sending again leaves what was read.
func TestInbox(t *testing.T) {
	s, clock, _ := mailbox(t)
	storetest.Logins(t, s)
	guard(t, s, storetest.ZhangXiaobao, store.ConsentMinor)
	qiang := storetest.Qiang
	qiang.WardIDs = []models.ID{storetest.ZhangXiaobao}
	own, ward := post(t, s, "contract_result", storetest.ZhangQiang, models.QuietHours{}), post(t, s, "contract_result", storetest.ZhangXiaobao, models.QuietHours{})
	if err := s.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.Message{Template: "chat_to_team", AccountID: storetest.EastLead.AccountID, Data: `{"conversation_id":"4"}`, Status: models.MessageInbox, NotBefore: s.Now(), CreatedAt: s.Now()})
	}); err != nil {
		t.Fatal(err)
	}
	list := func(by models.Actor, unread bool) []store.NoticeLine {
		t.Helper()
		l, err := s.As(by).Notices(t.Context(), unread, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.As(by).UnreadNotices(t.Context())
		if unread && (err != nil || n != int64(len(l.Items))) {
			t.Errorf("%d unread are counted of %d, %v", n, len(l.Items), err)
		}
		return l.Items
	}
	got := list(qiang, true)
	if len(got) != 2 || got[0].ID != ward || got[0].Ward.Name != "张小宝" || got[1].ID != own || got[1].Ward.ID != 0 || got[1].LinkID != 1 {
		t.Fatalf("%+v", got)
	}
	if l := list(storetest.EastLead, false); len(l) != 1 || l[0].LinkID != 4 || l[0].Spec.ToStaff == "" {
		t.Errorf("%+v", l)
	}
	for _, by := range []models.Actor{storetest.EastNurseOne, storetest.AuditorOne, {}, {Role: models.ResidentRole, WechatID: 4}} {
		if l := list(by, false); len(l) != 0 {
			t.Errorf("%s sees %+v", by.Role, l)
		}
	}
	for _, by := range []models.Actor{storetest.Mei, storetest.EastLead, {}, {Role: models.ResidentRole, WechatID: 4}} {
		if err := s.As(by).ReadNotice(t.Context(), own); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s marks another's: %v", by.Role, err)
		}
		if err := s.As(by).ReadNotices(t.Context(), ward); err != nil {
			t.Fatal(err)
		}
	}
	if l := list(qiang, true); len(l) != 2 {
		t.Fatalf("another's marks: %+v", l)
	}
	if err := s.As(qiang).ReadNotices(t.Context(), own); err != nil {
		t.Fatal(err)
	}
	if l := list(qiang, true); len(l) != 1 || l[0].ID != ward {
		t.Fatalf("what came after stays unread: %+v", l)
	}
	first := message(t, s, own).ReadAt
	clock.Add(time.Minute)
	for _, id := range []models.ID{own, ward} {
		if err := s.As(qiang).ReadNotice(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if n := len(list(qiang, true)); (n == 1) != (id == own) {
			t.Errorf("%d unread after %s is read", n, id)
		}
	}
	if m := message(t, s, own); !m.ReadAt.Equal(*first) || m.GuardianReadAt != nil {
		t.Errorf("marked again: %+v", m)
	}
	if m := message(t, s, ward); m.ReadAt != nil || m.GuardianReadAt == nil {
		t.Errorf("a guardian's reading is not the ward's: %+v", m)
	}
	deliver(t, s, contractPhone(), 1) // 王梅's; the others die
	if m := message(t, s, own); m.Status != models.MessageDead || m.ReadAt == nil {
		t.Errorf("sending leaves what was read: %+v", m)
	}
	if l := list(qiang, true); len(l) != 0 {
		t.Errorf("%+v", l)
	}
}

// TestOldNoticesLead: rows of before hold the bare number of a contract or the bare id.
func TestOldNoticesLead(t *testing.T) {
	s, _, _ := mailbox(t)
	c := rows[models.Contract](t, s, "resident_id = ?", storetest.WangMei)[0]
	for _, m := range []models.Message{{Template: "contract_result", Data: c.No}, {Template: "privacy_answered", Data: "9"}} {
		m.ResidentID, m.Status, m.NotBefore, m.CreatedAt = storetest.WangMei, models.MessageInbox, s.Now(), s.Now()
		if err := s.Load(t.Context(), func(l *store.Loader) error { return l.Insert(&m) }); err != nil {
			t.Fatal(err)
		}
	}
	l, err := s.As(storetest.Mei).Notices(t.Context(), false, store.Page{})
	if err != nil || len(l.Items) != 3 || l.Items[0].LinkID != 9 || l.Items[1].LinkID != c.ID || l.Items[2].LinkID != c.ID {
		t.Errorf("%+v, %v", l.Items, err)
	}
}

func undelivered(t *testing.T, s *store.Store, by models.Actor, f store.UndeliveredFilter) []store.UndeliveredLine {
	t.Helper()
	l, err := s.As(by).Undelivered(t.Context(), f, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return l.Items
}

// TestUndelivered: who looks after the resident sees what reached no phone, tells it by
// telephone once, and it falls out of the list after 30 days.
func TestUndelivered(t *testing.T) {
	s, clock, _ := mailbox(t)
	deliver(t, s, contractPhone(), 1)
	for _, by := range []models.Actor{storetest.WestLead, storetest.LiuyuanBoss, storetest.Manager} {
		l := undelivered(t, s, by, store.UndeliveredFilter{})
		if len(l) != 1 || l[0].ResidentName != "李大山" || l[0].Reachable || l[0].Undelivered() != models.NoAccount || len(l[0].Actions) != 1 || l[0].Actions[0] != models.MoveTell {
			t.Fatalf("%s sees %+v", by.Role, l)
		}
	}
	id := undelivered(t, s, storetest.WestLead, store.UndeliveredFilter{})[0].ID
	for _, by := range []models.Actor{storetest.EastLead, storetest.ShiliuLead, storetest.AuditorOne, {}} {
		if l := undelivered(t, s, by, store.UndeliveredFilter{}); len(l) != 0 {
			t.Errorf("%s sees %+v", by.Role, l)
		}
		if _, err := s.As(by).TellNotice(t.Context(), id, "已告知"); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s tells: %v", by.Role, err)
		}
	}
	for f, want := range map[store.UndeliveredFilter]int{
		{Template: "contract_result"}: 1, {Template: "contract_renewed"}: 0, {Reason: models.NoAccount}: 1, {Reason: models.NoQuota}: 0, {Reason: models.FailedDelivery}: 0, {Status: models.MessageTold}: 0,
	} {
		if l := undelivered(t, s, storetest.WestLead, f); len(l) != want {
			t.Errorf("%+v: %d", f, len(l))
		}
	}
	if _, err := s.As(storetest.WestLead).Undelivered(t.Context(), store.UndeliveredFilter{Template: "birthday"}, store.Page{}); !models.IsKind(err, models.Invalid) {
		t.Errorf("%v", err)
	}
	_, err := s.As(storetest.WestLead).ResendNotice(t.Context(), id)
	wantCode(t, err, "no_channel")
	if _, err := s.As(storetest.WestLead).TellNotice(t.Context(), id, " "); !models.IsKind(err, models.Invalid) {
		t.Errorf("without a note: %v", err)
	}
	told, err := s.As(storetest.WestLead).TellNotice(t.Context(), id, "已与本人通话")
	if err != nil || told.Status != models.MessageTold || told.Told == nil || told.Told.By != "staff:105" || told.Told.Reason != "已与本人通话" || len(told.Actions) != 0 {
		t.Errorf("%+v, %v", told, err)
	}
	_, err = s.As(storetest.WestLead).TellNotice(t.Context(), id, "再次")
	wantCode(t, err, "wrong_state")
	_, err = s.As(storetest.WestLead).ResendNotice(t.Context(), id)
	wantCode(t, err, "wrong_state")
	if l := undelivered(t, s, storetest.WestLead, store.UndeliveredFilter{Status: models.MessageTold}); len(l) != 1 || l[0].Told == nil {
		t.Errorf("%+v", l)
	}
	if a := rows[models.AuditRow](t, s, "action IN ?", []string{"notice.tell", "notice.list"}); len(a) < 5 || a[len(a)-1].Actor != "staff:105" {
		t.Errorf("reading and telling leave a trace: %+v", a)
	}
	clock.Add(models.UndeliveredFor)
	if l := undelivered(t, s, storetest.Manager, store.UndeliveredFilter{Status: models.MessageTold}); len(l) != 0 {
		t.Errorf("after 30 days: %+v", l)
	}
	if _, err := s.As(storetest.WestLead).TellNotice(t.Context(), id, "已告知"); !models.IsKind(err, models.NotFound) {
		t.Errorf("after 30 days: %v", err)
	}
}

// TestNothingIsSentWithoutASubscription (domain §10.13), and 43101 never tries again.
func TestNothingIsSentWithoutASubscription(t *testing.T) {
	s, clock, _ := mailbox(t)
	p := contractPhone()
	p.fail = &store.SendError{Code: models.RefusedPhone, ForGood: true}
	deliver(t, s, p, 0)
	p.fail = nil
	clock.Add(24 * time.Hour)
	deliver(t, s, p, 0)
	id := post(t, s, "contract_renewed", storetest.WangMei, models.QuietHours{})
	deliver(t, s, p, 0)
	if m := message(t, s, id); m.LastError != models.NoQuota || m.Attempts != 0 || len(p.sent) != 0 {
		t.Errorf("%+v", m)
	}
	if l := undelivered(t, s, storetest.ShiliuLead, store.UndeliveredFilter{Reason: models.RefusedPhone}); len(l) != 1 || l[0].Reachable {
		t.Errorf("%+v", l)
	}
	_, err := s.As(storetest.ShiliuLead).ResendNotice(t.Context(), id)
	wantCode(t, err, "no_channel")

	mei := models.Actor{Role: models.ResidentRole, WechatID: 7, ResidentID: storetest.WangMei}
	families := []models.Subscription{models.ForAppointment, models.ForContract}
	lines, err := s.As(mei).Subscriptions(t.Context(), families)
	if err != nil || len(lines) != len(models.Subscriptions) {
		t.Fatalf("%+v, %v", lines, err)
	}
	for _, l := range lines { // what was missed is asked for, and what was never asked
		if l.Ask != (l.Code == models.ForContract || l.Code == models.ForAppointment) {
			t.Errorf("%+v", l)
		}
	}
	if lines, err = s.As(mei).AnswerSubscriptions(t.Context(), map[models.Subscription]models.SubscribeAnswer{models.ForContract: models.SubscribeAccept, models.ForAppointment: models.SubscribeReject}, families); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Ask || l.Code == models.ForContract && l.Quota.Remaining != 1 || l.Code == models.ForAppointment && (l.Quota.Remaining != 0 || l.Quota.Answer != models.SubscribeReject) {
			t.Errorf("%+v", l)
		}
	}
	if l := undelivered(t, s, storetest.ShiliuLead, store.UndeliveredFilter{Reason: models.NoQuota}); len(l) != 1 || !l[0].Reachable || len(l[0].Actions) != 2 {
		t.Errorf("%+v", l)
	}
	if n, err := s.As(storetest.ShiliuLead).ResendNotice(t.Context(), id); err != nil || n.Status != models.MessageWaiting {
		t.Fatalf("%+v, %v", n, err)
	}
	deliver(t, s, p, 1)
	if n := left(t, s, 7); n != 0 {
		t.Errorf("%d left", n)
	}
	for _, bad := range []map[models.Subscription]models.SubscribeAnswer{nil, {"birthday": models.SubscribeAccept}, {models.ForContract: "yes"}} {
		if _, err := s.As(mei).AnswerSubscriptions(t.Context(), bad, nil); !models.IsKind(err, models.Invalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, by := range []models.Actor{storetest.EastLead, {}} {
		if _, err := s.As(by).AnswerSubscriptions(t.Context(), map[models.Subscription]models.SubscribeAnswer{models.ForContract: models.SubscribeAccept}, nil); !models.IsKind(err, models.NotFound) {
			t.Errorf("%s: %v", by.Role, err)
		}
	}
}

// TestTheUnitFollowsTheReceiver: when another phone stands for the resident at the next
// attempt, the first gets its unit back.
func TestTheUnitFollowsTheReceiver(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	guard(t, s, storetest.ZhangXiaobao, store.ConsentMinor)
	subscribed(t, s, storetest.Qiang.WechatID, models.ForContract, 1)
	id, p := post(t, s, "contract_result", storetest.ZhangXiaobao, models.QuietHours{}), contractPhone()
	p.fail = &store.SendError{Code: "busy"}
	deliver(t, s, p, 0)
	if n := left(t, s, storetest.Qiang.WechatID); n != 0 {
		t.Fatalf("%d left", n)
	}
	err := s.Load(t.Context(), func(l *store.Loader) error {
		return l.Insert(&models.WechatAccount{ID: 9, OpenIDIndex: l.OpenIDIndex("xiaobao"), OpenID: "xiaobao", ResidentID: storetest.ZhangXiaobao})
	})
	if err != nil {
		t.Fatal(err)
	}
	subscribed(t, s, 9, models.ForContract, 1)
	clock.Add(time.Hour)
	p.fail = nil
	deliver(t, s, p, 1)
	if n, own := left(t, s, storetest.Qiang.WechatID), left(t, s, 9); n != 1 || own != 0 || p.sent[0].OpenID != "xiaobao" || message(t, s, id).WechatID != 9 {
		t.Errorf("%d and %d left, %+v", n, own, p.sent)
	}
}

// counter counts what many deliverers send at once.
type counter struct{ sent atomic.Int32 }

func (c *counter) Templates() []models.Subscription {
	return []models.Subscription{models.ForContract}
}
func (c *counter) Send(context.Context, store.Delivery) error {
	c.sent.Add(1)
	return nil
}

// atOnce runs fn n times at the same time.
func atOnce(n int, fn func()) {
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for range n {
		wg.Go(func() {
			<-begin
			fn()
		})
	}
	close(begin)
	wg.Wait()
}

// TestOneUnitIsOneMessage: however many deliver at once, one subscription sends one message,
// and each message is sent once.
func TestOneUnitIsOneMessage(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	subscribed(t, s, storetest.Mei.WechatID, models.ForContract, 1)
	subscribed(t, s, storetest.Dashan.WechatID, models.ForContract, 100)
	for range 3 {
		post(t, s, "contract_result", storetest.WangMei, models.QuietHours{})
		post(t, s, "contract_result", storetest.LiDashan, models.QuietHours{})
	}
	var c counter
	atOnce(4, func() {
		if _, err := s.DeliverOutbox(t.Context(), &c); err != nil {
			t.Error(err)
		}
	})
	if n := c.sent.Load(); n != 4 || left(t, s, storetest.Mei.WechatID) != 0 || left(t, s, storetest.Dashan.WechatID) != 97 {
		t.Errorf("%d sent, %d and %d left", n, left(t, s, storetest.Mei.WechatID), left(t, s, storetest.Dashan.WechatID))
	}
}

// TestResentTwiceIsOneRound: of many who send again at once one does.
func TestResentTwiceIsOneRound(t *testing.T) {
	s, _, _ := mailbox(t)
	p := contractPhone()
	p.fail = &store.SendError{Code: "bad_message", ForGood: true}
	deliver(t, s, p, 0)
	id := rows[models.Message](t, s, "resident_id = ?", storetest.WangMei)[0].ID
	var done, refused atomic.Int32
	atOnce(4, func() {
		switch _, err := s.As(storetest.ShiliuLead).ResendNotice(t.Context(), id); {
		case err == nil:
			done.Add(1)
		case models.IsCode(err, "wrong_state"):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	p.fail = nil
	deliver(t, s, p, 1)
	if done.Load() != 1 || refused.Load() != 3 || len(p.sent) != 1 || len(rows[models.Event](t, s, "noun = ? AND move = ?", models.NoticeNoun, models.MoveResend)) != 1 {
		t.Errorf("%d rounds, %d refused, %d sent", done.Load(), refused.Load(), len(p.sent))
	}
	// With its key the same request is answered as the first time.
	keyed := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "POST /notices/{id}/resend", Hash: "h"})
	other := post(t, s, "contract_renewed", storetest.WangMei, models.QuietHours{})
	p.fail = &store.SendError{Code: "bad_message", ForGood: true}
	deliver(t, s, p, 0)
	for range 2 {
		if n, err := s.As(storetest.ShiliuLead).ResendNotice(keyed, other); err != nil || n.Status != models.MessageWaiting {
			t.Errorf("%+v, %v", n, err)
		}
	}
}

// TestAnswersAtOnceAllCount: every yes is a message.
func TestAnswersAtOnceAllCount(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	atOnce(8, func() {
		if _, err := s.As(storetest.Mei).AnswerSubscriptions(t.Context(), map[models.Subscription]models.SubscribeAnswer{models.ForContract: models.SubscribeAccept}, nil); err != nil {
			t.Error(err)
		}
	})
	if n := left(t, s, storetest.Mei.WechatID); n != 8 {
		t.Errorf("%d left", n)
	}
}

// TestMergedNoticesGoAlong: what the duplicate was told is in the survivor's inbox.
func TestMergedNoticesGoAlong(t *testing.T) {
	s, _ := storetest.District(t)
	post(t, s, "contract_result", storetest.ChenJing, models.QuietHours{})
	if _, err := s.As(storetest.Manager).Merge(t.Context(), storetest.WangMei, storetest.ChenJing, 0); err != nil {
		t.Fatal(err)
	}
	if l, err := s.As(storetest.Mei).Notices(t.Context(), false, store.Page{}); err != nil || len(l.Items) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}
