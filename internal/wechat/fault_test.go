package wechat_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

func login(t testing.TB, b *bench) error {
	t.Helper()
	_, err := b.Code2Session(t.Context(), "demo-zhang")
	return err
}

func TestBusyIsRetriedAFewTimes(t *testing.T) {
	for _, c := range []struct {
		name    string
		retries int
		busy    int
		ok      bool
		calls   int
		slept   []time.Duration
	}{
		{"not busy", 2, 0, true, 1, nil},
		{"busy twice", 2, 2, true, 3, []time.Duration{200 * time.Millisecond, 400 * time.Millisecond}},
		{"busy three times", 2, 3, false, 3, []time.Duration{200 * time.Millisecond, 400 * time.Millisecond}},
		{"by default twice", 0, 3, false, 3, []time.Duration{200 * time.Millisecond, 400 * time.Millisecond}},
		{"never", -1, 1, false, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, func(cfg *wechat.Config) { cfg.BusyRetries = c.retries })
			b.fake.Fail(fakewechat.PathLogin, c.busy, fakewechat.Fault{Code: -1, Message: "system error"})
			err := login(t, b)
			if c.ok && err != nil {
				t.Error(err)
			}
			if !c.ok {
				wantError(t, err, wechat.Busy, -1)
			}
			if n := b.fake.Calls(fakewechat.PathLogin); n != c.calls || !slices.Equal(b.slept, c.slept) {
				t.Errorf("%d calls, slept %v", n, b.slept)
			}
		})
	}
}

func TestRetryEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := newBench(t, func(c *wechat.Config) {
		c.Sleep = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
	})
	b.fake.Fail(fakewechat.PathLogin, fakewechat.Forever, fakewechat.Fault{Code: -1})
	_, err := b.Code2Session(ctx, "demo-zhang")
	if !errors.Is(err, context.Canceled) || b.fake.Calls(fakewechat.PathLogin) != 1 {
		t.Errorf("error %v after %d calls", err, b.fake.Calls(fakewechat.PathLogin))
	}
}

func TestNoUsableAnswer(t *testing.T) {
	for name, f := range map[string]fakewechat.Fault{
		"closed connection":        {Down: true},
		"HTTP 502":                 {Status: http.StatusBadGateway},
		"empty answer":             {Status: http.StatusOK},
		"web page":                 {Body: "<html>captive portal</html>"},
		"null":                     {Body: "null"},
		"array":                    {Body: "[]"},
		"no openid":                {Body: `{"session_key":"k"}`},
		"no session key":           {Body: `{"openid":"o"}`},
		"openid of the wrong type": {Body: `{"openid":7,"session_key":"k"}`},
		"too large":                {Body: `{"openid":"o","session_key":"k"}` + strings.Repeat(" ", 64<<10)},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.fake.Fail(fakewechat.PathLogin, fakewechat.Forever, f)
			err := login(t, b)
			wantError(t, err, wechat.Unavailable, 0)
			b.fake.Heal()
			if err := login(t, b); err != nil {
				t.Errorf("after it healed: %v", err)
			}
		})
	}
	b := newBench(t, func(c *wechat.Config) { c.BaseURL = "http://127.0.0.1:1" })
	wantError(t, login(t, b), wechat.Unavailable, 0)
}

func TestSlowAnswerTimesOut(t *testing.T) {
	b := newBench(t, func(c *wechat.Config) { c.Timeout = 20 * time.Millisecond })
	b.fake.Fail(fakewechat.PathLogin, 1, fakewechat.Fault{Hang: true})
	err := login(t, b)
	wantError(t, err, wechat.Unavailable, 0)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestDelayedAnswerIsGood(t *testing.T) {
	b := newBench(t)
	b.fake.Fail(fakewechat.PathLogin, 1, fakewechat.Fault{Delay: time.Millisecond})
	if err := login(t, b); err != nil {
		t.Error(err)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var visited atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visited.Add(1) }))
	defer thief.Close()
	b := newBench(t)
	b.fake.Fail(fakewechat.PathLogin, 1, fakewechat.Fault{Redirect: thief.URL})
	b.fake.Fail(fakewechat.PathToken, 1, fakewechat.Fault{Redirect: thief.URL})
	wantError(t, login(t, b), wechat.Unavailable, 0)
	_, err := b.StableToken(t.Context())
	wantError(t, err, wechat.Unavailable, 0)
	if visited.Load() != 0 {
		t.Error("secrets were carried to another server")
	}
}

// Whatever fails, neither the error nor the printed configuration shows a secret.
func TestNothingSecretIsPrinted(t *testing.T) {
	const code = "login-code-of-zhang"
	secrets := []string{appSecret, code, openid, phone, "session-key"}
	for _, f := range []fakewechat.Fault{
		{Down: true}, {Hang: true}, {Status: 500}, {Redirect: "http://127.0.0.1:1/" + openid},
		{Body: openid + " session-key"}, {Body: `{"openid":{"` + openid + `":1},"session_key":"session-key"}`},
		{Code: 40029, Message: "invalid code " + code + " of " + openid + ","},
		{Code: 47003, Message: "argument invalid! " + phone},
		{Code: 99999, Message: appSecret},
	} {
		b := newBench(t, func(c *wechat.Config) { c.Timeout = 20 * time.Millisecond })
		for _, path := range []string{fakewechat.PathLogin, fakewechat.PathPhone, fakewechat.PathSend} {
			b.fake.Fail(path, fakewechat.Forever, f)
		}
		_, loginErr := b.Code2Session(t.Context(), code)
		_, phoneErr := b.PhoneNumber(t.Context(), code)
		sendErr := b.SendSubscribe(t.Context(), b.message())
		for _, err := range []error{loginErr, phoneErr, sendErr} {
			var e *wechat.Error
			if !errors.As(err, &e) {
				t.Fatalf("%+v: error %v", f, err)
			}
			text := fmt.Sprintf("%v %+v %#v %s", err, *e, *e, e.UserMessage())
			for _, s := range secrets {
				if strings.Contains(text, s) {
					t.Errorf("%+v: %q is in %s", f, s, text)
				}
			}
		}
	}
	b := newBench(t)
	token := stable(t, b)
	json, _ := wechat.Secret("app-secret").MarshalText()
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %q %x", b.config, b.config, b.config, token, token), string(json)} {
		if strings.Contains(text, appSecret) || strings.Contains(text, "FAKE_") || strings.Contains(text, "app-secret") {
			t.Error("a secret is printed")
		}
	}
}
