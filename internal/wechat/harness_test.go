package wechat_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

const (
	appID     = "wx-liuyuan"
	appSecret = "app-secret-of-liuyuan"
	openid    = "openid-of-zhang-guifen"
	phone     = "13812341234"
	template  = "tmpl-renewal"
)

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// bench is a client talking to a stand-in over a loopback socket.
type bench struct {
	*wechat.Client
	fake   *fakewechat.Server
	url    string
	clock  *clock
	slept  []time.Duration
	config wechat.Config
}

func newBench(t testing.TB, edit ...func(*wechat.Config)) *bench {
	t.Helper()
	b := &bench{clock: &clock{at: time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)}}
	b.fake = fakewechat.New(fakewechat.Options{AppID: appID, AppSecret: appSecret, Now: b.clock.now})
	b.fake.AddUser("demo-zhang", openid, phone, true)
	b.fake.AddTemplate(template, "thing1", "date2")
	server := httptest.NewServer(b.fake)
	t.Cleanup(server.Close)
	b.url = server.URL
	b.config = wechat.Config{
		AppID: appID, AppSecret: appSecret, BaseURL: server.URL, Now: b.clock.now,
		Sleep: func(ctx context.Context, d time.Duration) error {
			b.slept = append(b.slept, d)
			return ctx.Err()
		},
	}
	for _, e := range edit {
		e(&b.config)
	}
	var err error
	if b.Client, err = wechat.New(b.config); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) message() wechat.Message {
	return wechat.Message{OpenID: openid, TemplateID: template, Page: "pages/contract/index?id=1",
		Data: map[string]string{"thing1": "家庭医生签约", "date2": "2026年4月30日"}}
}

// wantError checks the reason and errcode of err.
func wantError(t testing.TB, err error, reason wechat.Reason, code int) {
	t.Helper()
	var e *wechat.Error
	if !errors.As(err, &e) || !errors.Is(err, reason) || e.Code != code || e.Reason() != reason {
		t.Errorf("error %v, want %s with errcode %d", err, reason, code)
	}
}
