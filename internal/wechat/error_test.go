package wechat_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

func TestErrorCodes(t *testing.T) {
	for code, want := range map[int]wechat.Reason{
		-1: wechat.Busy, 40029: wechat.InvalidCode, 40163: wechat.InvalidCode, 41008: wechat.InvalidCode,
		45009: wechat.TooFrequent, 45011: wechat.TooFrequent, 40226: wechat.BlockedUser, 43101: wechat.Refused,
		40003: wechat.UnknownUser, 40037: wechat.BadMessage, 41030: wechat.BadMessage, 47003: wechat.BadMessage,
		40001: wechat.Misconfigured, 40014: wechat.Misconfigured, 42001: wechat.Misconfigured,
		40013: wechat.Misconfigured, 40125: wechat.Misconfigured, 41002: wechat.Misconfigured,
		41004: wechat.Misconfigured, 40164: wechat.Misconfigured, 48001: wechat.Misconfigured,
		12345: wechat.Unrecognised,
	} {
		b := newBench(t)
		b.fake.Fail(fakewechat.PathLogin, fakewechat.Forever, fakewechat.Fault{Code: code})
		err := login(t, b)
		wantError(t, err, want, code)
		var e *wechat.Error
		if !errors.As(err, &e) {
			continue
		}
		if temporary := want == wechat.Busy || want == wechat.TooFrequent; e.Temporary() != temporary {
			t.Errorf("%d: temporary %v", code, e.Temporary())
		}
		if !strings.ContainsFunc(e.UserMessage(), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%d: the user reads %q", code, e.UserMessage())
		}
		if !strings.HasPrefix(e.RequestID, "67c80000-") || !strings.Contains(e.Error(), e.RequestID) {
			t.Errorf("%d: request id %q", code, e.RequestID)
		}
	}
}

func TestNewChecksTheConfiguration(t *testing.T) {
	const bad = "bad-value"
	for _, c := range []struct {
		name string
		edit func(*wechat.Config)
		ok   bool
	}{
		{"defaults", func(*wechat.Config) {}, true},
		{"https elsewhere", func(c *wechat.Config) { c.BaseURL = "https://gateway.example/wechat" }, true},
		{"http on loopback", func(c *wechat.Config) { c.BaseURL = "http://127.0.0.1:8080" }, true},
		{"http on IPv6 loopback", func(c *wechat.Config) { c.BaseURL = "http://[::1]:8080" }, true},
		{"http elsewhere", func(c *wechat.Config) { c.BaseURL = "http://10.0.0.8/" + bad }, false},
		{"http elsewhere, allowed", func(c *wechat.Config) { c.BaseURL = "http://10.0.0.8"; c.AllowHTTP = true }, true},
		{"http to a name that only looks local", func(c *wechat.Config) { c.BaseURL = "http://localhost.example" }, false},
		{"no scheme", func(c *wechat.Config) { c.BaseURL = bad }, false},
		{"another scheme", func(c *wechat.Config) { c.BaseURL = "ftp://" + bad }, false},
		{"password in the address", func(c *wechat.Config) { c.BaseURL = "https://u:" + bad + "@x.example" }, false},
		{"query in the address", func(c *wechat.Config) { c.BaseURL = "https://x.example?" + bad }, false},
		{"not an address", func(c *wechat.Config) { c.BaseURL = "https://" + bad + "\x7f" }, false},
		{"no app id", func(c *wechat.Config) { c.AppID = "" }, false},
		{"no secret", func(c *wechat.Config) { c.AppSecret = "" }, false},
		{"trial", func(c *wechat.Config) { c.MessageState = "trial" }, true},
		{"unknown state", func(c *wechat.Config) { c.MessageState = bad }, false},
	} {
		cfg := wechat.Config{AppID: appID, AppSecret: appSecret}
		c.edit(&cfg)
		_, err := wechat.New(cfg)
		if (err == nil) != c.ok || (err != nil && strings.Contains(err.Error(), bad)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
