// Package wechat is a small client of the WeChat mini-program server API: log-in
// codes, phone numbers, the shared access token, subscription messages (domain §7.1–7.4)
// and ID cards. It logs nothing, and its errors hold no code, openid, phone, ID number,
// secret or session key.
package wechat

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/singleflight"
)

// DefaultBaseURL is where WeChat answers.
const DefaultBaseURL = "https://api.weixin.qq.com"

// Secret is text that no log may show.
type Secret string

// Format writes asterisks, under every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("******")) }

// MarshalText writes asterisks, so that JSON does not show the secret either.
func (Secret) MarshalText() ([]byte, error) { return []byte("******"), nil }

// Config is what a Client needs. AppID and AppSecret are required; the rest have
// defaults.
type Config struct {
	AppID     string
	AppSecret Secret
	// BaseURL is https, or http on the loopback address only; DefaultBaseURL if empty.
	BaseURL string
	// AllowHTTP permits plain http to a gateway inside the bureau's own network.
	AllowHTTP bool
	// Timeout bounds one HTTP call; 5 s if zero.
	Timeout time.Duration
	// BusyRetries is how often a call is repeated on errcode −1; 2 if zero, none if negative.
	BusyRetries int
	// MessageState is miniprogram_state of messages: developer, trial or formal (if empty).
	MessageState string
	// Tokens is where replicas share the access token; a MemoryStore if nil.
	Tokens TokenStore
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// Sleep waits between retries and returns early with ctx's error when it ends.
	Sleep func(ctx context.Context, d time.Duration) error
	// Transport carries the calls; a pool of its own if nil.
	Transport http.RoundTripper
}

// Client calls the WeChat API. It is safe for concurrent use.
type Client struct {
	cfg    Config
	base   *url.URL
	http   *http.Client
	flight singleflight.Group // one token request at a time
}

// New checks the configuration and fills in its defaults. Its errors do not show
// any configured value.
func New(cfg Config) (*Client, error) {
	if cfg.AppID == "" || cfg.AppSecret == "" {
		return nil, errors.New("wechat: app id and app secret are needed")
	}
	if cfg.BaseURL == "" {
		cfg.BaseURL = DefaultBaseURL
	}
	base, err := url.Parse(cfg.BaseURL)
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" {
		return nil, errors.New("wechat: the base URL is not a plain http(s) address")
	}
	switch {
	case base.Scheme == "https":
	case base.Scheme == "http" && (cfg.AllowHTTP || isLoopback(base.Hostname())):
	default:
		return nil, errors.New("wechat: the base URL must be https, because the app secret travels to it")
	}
	switch cfg.MessageState {
	case "":
		cfg.MessageState = "formal"
	case "developer", "trial", "formal":
	default:
		return nil, errors.New("wechat: the message state must be developer, trial or formal")
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = 5 * time.Second
	}
	if cfg.BusyRetries == 0 {
		cfg.BusyRetries = 2
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = sleep
	}
	if cfg.Tokens == nil {
		cfg.Tokens = &MemoryStore{}
	}
	if cfg.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 32 // all calls go to one host
		cfg.Transport = t
	}
	return &Client{cfg: cfg, base: base, http: &http.Client{
		Transport: cfg.Transport,
		// WeChat never redirects; whoever does must not receive secrets.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
