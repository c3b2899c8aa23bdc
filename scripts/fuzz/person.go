package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"jiayi/internal/totp"
)

// demoFile is what demo.json says.
type demoFile struct {
	BaseURL string `json:"base_url"`
	Logins  []struct {
		Role      string `json:"role"`
		Username  string `json:"username"`
		Password  string `json:"password"`
		OTPSecret string `json:"otp_secret"`
		Name      string `json:"name"`
	} `json:"logins"`
	Wechat []struct {
		Code       string `json:"code"`
		ResidentID string `json:"resident_id"`
	} `json:"wechat"`
}

func readDemo(dir string) (*demoFile, error) {
	b, err := os.ReadFile(filepath.Clean(filepath.Join(dir, "demo.json")))
	if err != nil {
		return nil, err
	}
	var d demoFile
	return &d, json.Unmarshal(b, &d)
}

// person is somebody who asks; the one without a name of a login is nobody.
type person struct {
	name    string
	mu      sync.Mutex
	base    string
	access  string
	next    string // refresh token
	renew   time.Time
	gone    bool
	private bool // signed in
	may     map[string]bool
}

// public is the permission of a route that needs no identity.
const public = "public"

func (p *person) nobody() bool { return !p.private }

// signInAll returns everyone of the demonstration, and nobody.
func signInAll(ctx context.Context, d *demoFile) ([]*person, error) {
	people := []*person{{name: "nobody"}}
	for _, l := range d.Logins {
		body := map[string]any{"username": l.Username, "password": l.Password}
		if l.OTPSecret != "" {
			code, err := totp.Code(l.OTPSecret, time.Now())
			if err != nil {
				return nil, err
			}
			body["otp"] = code
		}
		p := &person{name: l.Username, base: d.BaseURL, private: true}
		if err := p.tokens(ctx, "/api/v1/auth/staff", body); err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	for _, w := range d.Wechat {
		p := &person{name: w.Code, base: d.BaseURL, private: true}
		if err := p.tokens(ctx, "/api/v1/auth/wechat", map[string]any{"code": w.Code}); err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	return people, nil
}

// tokens asks for a pair of tokens.
func (p *person) tokens(ctx context.Context, path string, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+path, bytes.NewReader(b))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	var out struct {
		Access    string `json:"access_token"`
		Refresh   string `json:"refresh_token"`
		ExpiresIn int    `json:"expires_in"`
		Code      string `json:"code"`
	}
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s cannot sign in: %d %s", p.name, res.StatusCode, out.Code)
	}
	p.access, p.next = out.Access, out.Refresh
	p.renew = time.Now().Add(time.Duration(out.ExpiresIn) * time.Second / 2)
	return nil
}

// bearer is a live access token, "" for nobody.
func (p *person) bearer(ctx context.Context) string {
	p.mu.Lock()
	stale := p.private && !p.gone && time.Now().After(p.renew)
	access := p.access
	p.mu.Unlock()
	if stale && p.refresh(ctx) == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.access
	}
	return access
}

// refresh gets new tokens, unless another request has just done so.
func (p *person) refresh(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == "" || p.gone {
		return errors.New("no refresh token")
	}
	return p.tokens(ctx, "/api/v1/auth/refresh", map[string]any{"refresh_token": p.next})
}

// loses tells whether an answer says that the person's session is over.
func (p *person) loses(q *request, a *answer) bool {
	return a.status == http.StatusUnauthorized && p.private && q.bearer != "" && q.bearer == p.bearerNow() && q.op.Permission != public
}

func (p *person) bearerNow() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.access
}

// lose notes that the session is over; it tells the first who does.
func (p *person) lose() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	first := !p.gone
	p.gone = true
	return first
}

func (p *person) lost() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gone
}
