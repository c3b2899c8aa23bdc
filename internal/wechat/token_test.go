package wechat_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiayi/internal/wechat"
	"jiayi/internal/wechat/fakewechat"
)

func stable(t testing.TB, b *bench) wechat.Secret {
	t.Helper()
	token, err := b.StableToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestTokenIsKeptUntilFiveMinutesBeforeItsEnd(t *testing.T) {
	b := newBench(t)
	first := stable(t, b)
	b.clock.add(6900*time.Second - time.Second)
	if stable(t, b) != first || b.fake.Calls(fakewechat.PathToken) != 1 {
		t.Error("asked again for a fresh token")
	}
	b.clock.add(time.Second)
	second := stable(t, b)
	if second == first || b.fake.Calls(fakewechat.PathToken) != 2 {
		t.Error("kept a token that is due")
	}
	if len(second) < 512 {
		t.Errorf("the stand-in's token has only %d characters", len(second))
	}
}

// A token handed out with little time left is kept for half of it, so that not
// every call asks for another.
func TestTokenWithLittleTimeLeft(t *testing.T) {
	for _, c := range []struct {
		expiresIn string
		fresh     time.Duration
	}{{"301", time.Second}, {"300", 150 * time.Second}, {"10", 5 * time.Second}} {
		b := newBench(t)
		b.fake.Fail(fakewechat.PathToken, 1, fakewechat.Fault{Body: `{"access_token":"FAKE_short","expires_in":` + c.expiresIn + `}`})
		stable(t, b)
		b.clock.add(c.fresh - time.Millisecond)
		stable(t, b)
		if n := b.fake.Calls(fakewechat.PathToken); n != 1 {
			t.Errorf("expires_in %s: %d requests before %v", c.expiresIn, n, c.fresh)
		}
		b.clock.add(time.Millisecond)
		stable(t, b)
		if n := b.fake.Calls(fakewechat.PathToken); n != 2 {
			t.Errorf("expires_in %s: %d requests at %v", c.expiresIn, n, c.fresh)
		}
	}
}

func TestManyCallersShareOneTokenRequest(t *testing.T) {
	b := newBench(t)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			if _, err := b.StableToken(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := b.fake.Calls(fakewechat.PathToken); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// Every way WeChat says that the token is spent leads to one new token and success.
func TestSpentTokenIsReplaced(t *testing.T) {
	for name, spoil := range map[string]func(*bench){
		"40001 revoked": func(b *bench) { b.fake.Revoke() },
		"42001 expired": func(b *bench) {
			// Told by the clock of the server only: the client's own is behind.
			store := b.config.Tokens.(*wechat.MemoryStore)
			t1, _, _ := store.Load(t.Context(), appID)
			b.clock.add(2 * time.Hour)
			t1.RefreshAt = b.clock.now().Add(time.Hour)
			_ = store.Save(t.Context(), appID, t1)
		},
		"40014 malformed": func(b *bench) {
			_ = b.config.Tokens.Save(t.Context(), appID, wechat.AccessToken{Value: "cut", RefreshAt: b.clock.now().Add(time.Hour)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, func(c *wechat.Config) { c.Tokens = &wechat.MemoryStore{} })
			stable(t, b)
			spoil(b)
			spent := stable(t, b) // still what the store holds
			if _, err := b.PhoneNumber(t.Context(), b.fake.PhoneCode(openid)); err != nil {
				t.Fatal(err)
			}
			if stable(t, b) == spent || b.fake.Calls(fakewechat.PathToken) != 2 || b.fake.Calls(fakewechat.PathPhone) != 2 {
				t.Errorf("%d token requests, %d calls", b.fake.Calls(fakewechat.PathToken), b.fake.Calls(fakewechat.PathPhone))
			}
		})
	}
}

func TestSpentTokenIsReplacedOnlyOnce(t *testing.T) {
	b := newBench(t)
	b.fake.Fail(fakewechat.PathPhone, fakewechat.Forever, fakewechat.Fault{Code: 40001})
	_, err := b.PhoneNumber(t.Context(), "x")
	wantError(t, err, wechat.Misconfigured, 40001)
	if n := b.fake.Calls(fakewechat.PathPhone); n != 2 {
		t.Errorf("%d calls", n)
	}
}

// Two replicas share a store: neither asks when the other has, and a late complaint
// about an old token does not throw away the new one.
func TestReplicasShareTheStore(t *testing.T) {
	store := &wechat.MemoryStore{}
	b := newBench(t, func(c *wechat.Config) { c.Tokens = store })
	other, err := wechat.New(b.config)
	if err != nil {
		t.Fatal(err)
	}
	first := stable(t, b)
	if token, err := other.StableToken(t.Context()); err != nil || token != first {
		t.Errorf("the other replica has its own token: %v", err)
	}
	fresh := wechat.AccessToken{Value: "newer", RefreshAt: b.clock.now().Add(time.Hour)}
	if err := errors.Join(store.Save(t.Context(), appID, fresh), store.Drop(t.Context(), appID, first)); err != nil {
		t.Fatal(err)
	}
	if got, ok, _ := store.Load(t.Context(), appID); !ok || got != fresh {
		t.Error("the newer token was dropped")
	}
	if err := store.Drop(t.Context(), appID, "newer"); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := store.Load(t.Context(), appID); ok {
		t.Error("the spent token was kept")
	}
}

type brokenStore struct{ err error }

func (s brokenStore) Load(context.Context, string) (wechat.AccessToken, bool, error) {
	return wechat.AccessToken{}, false, nil
}
func (s brokenStore) Save(context.Context, string, wechat.AccessToken) error { return s.err }
func (s brokenStore) Drop(context.Context, string, wechat.Secret) error      { return s.err }

func TestBrokenStoreIsReported(t *testing.T) {
	broken := errors.New("store is down")
	b := newBench(t, func(c *wechat.Config) { c.Tokens = brokenStore{broken} })
	if token, err := b.StableToken(t.Context()); !errors.Is(err, broken) || token != "" {
		t.Errorf("error %v", err)
	}
}

// held carries calls only once it is released.
type held struct {
	calls    atomic.Int32
	started  chan struct{}
	released chan struct{}
}

func (h *held) RoundTrip(r *http.Request) (*http.Response, error) {
	if h.calls.Add(1) == 1 {
		close(h.started)
	}
	select {
	case <-h.released:
		return http.DefaultTransport.RoundTrip(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// The caller that started the shared request goes away; the others still get its token.
func TestTokenRequestOutlivesItsFirstCaller(t *testing.T) {
	line := &held{started: make(chan struct{}), released: make(chan struct{})}
	b := newBench(t, func(c *wechat.Config) { c.Transport = line })
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := b.StableToken(ctx)
		left <- err
	}()
	<-line.started
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that left: %v", err)
	}
	close(line.released)
	stable(t, b)
	if n := line.calls.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}
