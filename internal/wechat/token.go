package wechat

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"
)

// renewBefore is how long before its end the platform renews a token; old and new
// are both good in that time (domain §7.3).
const renewBefore = 300 * time.Second

// AccessToken is the mini-program's own token, which every call but log-in needs.
type AccessToken struct {
	Value     Secret
	RefreshAt time.Time // ask for the next one from here on
}

// TokenStore keeps the access token of an app id where every replica finds it. An
// implementation seals the value: whoever has it can call WeChat in our name.
type TokenStore interface {
	// Load returns the token; false when there is none.
	Load(ctx context.Context, appID string) (AccessToken, bool, error)
	// Save replaces the token.
	Save(ctx context.Context, appID string, t AccessToken) error
	// Drop removes the token if its value is still spent: another replica may
	// have saved a newer one.
	Drop(ctx context.Context, appID string, spent Secret) error
}

// MemoryStore is a TokenStore for a single process. Its zero value is ready.
type MemoryStore struct {
	mu     sync.Mutex
	tokens map[string]AccessToken
}

// Load returns the token of an app id. It never fails.
func (m *MemoryStore) Load(_ context.Context, appID string) (AccessToken, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.tokens[appID]
	return t, ok, nil
}

// Save replaces the token of an app id. It never fails.
func (m *MemoryStore) Save(_ context.Context, appID string, t AccessToken) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tokens == nil {
		m.tokens = map[string]AccessToken{}
	}
	m.tokens[appID] = t
	return nil
}

// Drop removes the token of an app id if its value is still spent. It never fails.
func (m *MemoryStore) Drop(_ context.Context, appID string, spent Secret) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tokens[appID].Value == spent {
		delete(m.tokens, appID)
	}
	return nil
}

// StableToken returns the access token, from the store while it is fresh. However
// many callers need a new one at once, one request is made. Errors are an *Error,
// or those of the TokenStore.
func (c *Client) StableToken(ctx context.Context) (Secret, error) {
	t, found, err := c.cfg.Tokens.Load(ctx, c.cfg.AppID)
	if err != nil {
		return "", err
	}
	if found && c.cfg.Now().Before(t.RefreshAt) {
		return t.Value, nil
	}
	// The request outlives the caller that happened to start it, for the others'
	// sake; each HTTP call in it is bounded by the timeout.
	shared := c.flight.DoChan("token", func() (any, error) { return c.fetchToken(context.WithoutCancel(ctx)) })
	select {
	case r := <-shared:
		if r.Err != nil {
			return "", r.Err
		}
		return r.Val.(Secret), nil
	case <-ctx.Done():
		return "", &Error{Call: "stable_token", reason: Unavailable, cause: ctx.Err()}
	}
}

func (c *Client) fetchToken(ctx context.Context) (Secret, error) {
	// A flight that landed just before this one began has already saved a token.
	if t, found, err := c.cfg.Tokens.Load(ctx, c.cfg.AppID); err == nil && found && c.cfg.Now().Before(t.RefreshAt) {
		return t.Value, nil
	}
	asked := c.cfg.Now()
	var answer struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"` // seconds
	}
	err := c.do(ctx, call{name: "stable_token", path: "/cgi-bin/stable_token", body: map[string]any{
		"grant_type": "client_credential",
		"appid":      c.cfg.AppID,
		"secret":     string(c.cfg.AppSecret),
		// A forced token would end the one that other replicas hold.
		"force_refresh": false,
	}}, &answer)
	if err != nil {
		return "", err
	}
	if answer.AccessToken == "" || answer.ExpiresIn <= 0 {
		return "", &Error{Call: "stable_token", reason: Unavailable, cause: errAnswer}
	}
	life := time.Duration(answer.ExpiresIn) * time.Second
	fresh := life - renewBefore
	if fresh <= 0 {
		fresh = life / 2 // handed out in the renewal window: keep it a while rather than ask on every call
	}
	t := AccessToken{Value: Secret(answer.AccessToken), RefreshAt: asked.Add(fresh)}
	return t.Value, c.cfg.Tokens.Save(ctx, c.cfg.AppID, t)
}

// withToken makes a call that needs the access token. If WeChat says the token is
// spent, it is dropped and the call made once more with the next one.
func (c *Client) withToken(ctx context.Context, k call, out any) error {
	for again := true; ; again = false {
		token, err := c.StableToken(ctx)
		if err != nil {
			return err
		}
		if k.query == nil {
			k.query = url.Values{}
		}
		k.query.Set("access_token", string(token))
		err = c.do(ctx, k, out)
		var e *Error
		if !again || !errors.As(err, &e) || !tokenSpent[e.Code] {
			return err
		}
		if err := c.cfg.Tokens.Drop(ctx, c.cfg.AppID, token); err != nil {
			return err
		}
	}
}
