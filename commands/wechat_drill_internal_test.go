package commands

import (
	"net/http/httptest"
	"testing"
	"time"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// drill is a district whose notices go to a WeChat that can be told to fail: 王梅 uses the
// mini-program, takes two messages about contracts, and has one waiting.
type drill struct {
	*testing.T
	store  *store.Store
	clock  *storetest.Clock
	fake   *fakewechat.Server
	sender wechatSender
}

// slowest is how long the client of a drill waits for WeChat.
const slowest = time.Second

func newDrill(t *testing.T) *drill {
	s, clock := storetest.District(t)
	d := &drill{T: t, store: s, clock: clock, fake: fakewechat.New(fakewechat.Options{AppID: demoAppID, AppSecret: demoSecret, Now: clock.Now})}
	server := httptest.NewServer(d.fake)
	t.Cleanup(server.Close)
	client, err := wechat.New(wechat.Config{AppID: demoAppID, AppSecret: demoSecret, BaseURL: server.URL, BusyRetries: -1, Timeout: slowest, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	d.sender = wechatSender{client, demoTemplates()}
	for _, row := range d.sender.templates {
		d.fake.AddTemplate(row.id, row.text, row.number)
	}
	d.fake.AddUser("login", "open-mei", "19900000001", true)
	d.fake.Subscribe("open-mei", "demo-contract", 2)
	err = s.Load(t.Context(), func(l *store.Loader) error {
		account := models.WechatAccount{ID: storetest.Mei.WechatID, OpenIDIndex: l.OpenIDIndex("open-mei"), OpenID: "open-mei", ResidentID: storetest.WangMei}
		if err := l.Insert(&account); err != nil {
			return err
		}
		return l.Insert(&models.SubscribeQuota{WechatID: storetest.Mei.WechatID, Template: models.ForContract, Remaining: 2, Answer: models.SubscribeAccept, AnsweredAt: s.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	d.notice()
	return d
}

// notice lets 王梅 apply and the team accept: she is told of the result.
func (d *drill) notice() {
	d.Helper()
	c, err := d.store.As(storetest.Mei).Sign(d.Context(), store.Signing{ResidentID: storetest.WangMei, TeamID: storetest.ShiliuTeam, TermYears: 1, Source: models.FromMiniProgram})
	if err == nil {
		_, err = d.store.As(storetest.ShiliuLead).Accept(d.Context(), c.ID, c.Version)
	}
	if err != nil {
		d.Fatal(err)
	}
}

// deliver runs the job once and holds what has reached the phone so far against want.
func (d *drill) deliver(want int) {
	d.Helper()
	if _, err := d.store.DeliverOutbox(d.Context(), d.sender); err != nil {
		d.Fatal(err)
	}
	if n := len(d.fake.Sent()); n != want {
		d.Fatalf("%d messages have reached the phone, want %d", n, want)
	}
}

// inbox counts what the resident finds in the mini-program, whatever WeChat does.
func (d *drill) inbox() int {
	d.Helper()
	list, err := d.store.As(storetest.Mei).Notices(d.Context(), false, store.Page{Limit: 100})
	if err != nil {
		d.Fatal(err)
	}
	return len(list.Items)
}

// later lets the longest pause between two attempts pass.
func (d *drill) later() { d.clock.Add(time.Hour) }

func TestDrillWechatIsDownOrSlow(t *testing.T) {
	for name, fault := range map[string]fakewechat.Fault{
		"down":      {Down: true},
		"slow":      {Hang: true},
		"busy":      {Code: -1},
		"not there": {Status: 502},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDrill(t)
			for _, path := range []string{fakewechat.PathToken, fakewechat.PathSend} {
				d.fake.Fail(path, fakewechat.Forever, fault)
			}
			d.deliver(0)
			if n := d.inbox(); n != 1 {
				t.Errorf("the inbox holds %d notices while WeChat fails", n)
			}
			d.later()
			d.deliver(0)
			d.fake.Heal()
			d.later()
			d.deliver(1)
			d.later()
			d.deliver(1) // once
		})
	}
}

func TestDrillTokenExpired(t *testing.T) {
	for name, code := range map[string]int{"revoked": 40001, "malformed": 40014, "expired": 42001} {
		t.Run(name, func(t *testing.T) {
			d := newDrill(t)
			d.fake.Fail(fakewechat.PathSend, 1, fakewechat.Fault{Code: code})
			d.deliver(1) // a new token is fetched within the same attempt
			if n := d.fake.Calls(fakewechat.PathToken); n != 2 {
				t.Errorf("%d token requests", n)
			}
		})
	}
}

// The resident took the subscription back in WeChat, of which we are not told: 43101 ends the
// sending of the family, and never leads to another attempt.
func TestDrillSubscriptionUsedUp(t *testing.T) {
	d := newDrill(t)
	d.fake.Subscribe("open-mei", "demo-contract", -2)
	d.deliver(0)
	calls := d.fake.Calls(fakewechat.PathSend)
	d.later()
	d.deliver(0)
	if n := d.fake.Calls(fakewechat.PathSend); calls != 1 || n != calls {
		t.Errorf("%d calls, then %d", calls, n)
	}
	if n := d.inbox(); n != 1 {
		t.Errorf("the inbox holds %d notices", n)
	}
	list, err := d.store.As(storetest.Mei).Subscriptions(t.Context(), d.sender.Templates())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.Code == models.ForContract && s.Quota.Remaining != 0 {
			t.Errorf("%d are left", s.Quota.Remaining)
		}
	}
}
