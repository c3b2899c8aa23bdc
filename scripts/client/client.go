// Package client calls the API of a seeded district as one of its logins. Benchmarks,
// drills and random loads share it.
package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jiayi/internal/totp"
)

// Login is one line of the file of logins that `jiayi seed` and `jiayi demo` write.
type Login struct {
	Role      string `json:"role"`
	Username  string `json:"username"`
	Password  string `json:"password"`
	OTPSecret string `json:"otp_secret"`
	TeamID    string `json:"team_id"`
}

// Logins are the logins of a seeded district.
type Logins struct {
	BaseURL string       `json:"base_url"` // of a demonstration
	Logins  []Login      `json:"logins"`
	Wechat  []WechatUser `json:"wechat"`
}

// WechatUser is somebody with WeChat: a seeded resident, or a newcomer without one.
type WechatUser struct {
	Code       string `json:"code"`
	ResidentID string `json:"resident_id"`
}

// ReadLogins reads a file of logins.
func ReadLogins(file string) (Logins, error) {
	var out Logins
	b, err := os.ReadFile(filepath.Clean(file))
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	return out, err
}

// Client calls the API as one login.
type Client struct {
	Base  string // address of the server
	Token string // access token
	HTTP  *http.Client
}

// SignIn signs a login in at the server and returns a client for it.
func (l Logins) SignIn(ctx context.Context, base, username string) (*Client, error) {
	login := l.Of(username)
	if login.Username == "" {
		return nil, errors.New("the file names no login " + username)
	}
	body := map[string]string{"username": login.Username, "password": login.Password}
	if login.OTPSecret != "" {
		code, err := totp.Code(login.OTPSecret, time.Now())
		if err != nil {
			return nil, err
		}
		body["otp"] = code
	}
	c := &Client{Base: base, HTTP: http.DefaultClient}
	var out struct {
		AccessToken string `json:"access_token"`
	}
	err := c.Call(ctx, http.MethodPost, "/auth/staff", body, &out)
	c.Token = out.AccessToken
	return c, err
}

// SignInResident signs a resident in with a code of WeChat.
func (l Logins) SignInResident(ctx context.Context, base, code string) (*Client, error) {
	c := &Client{Base: base, HTTP: http.DefaultClient}
	var out struct {
		AccessToken string `json:"access_token"`
	}
	err := c.Call(ctx, http.MethodPost, "/auth/wechat", map[string]string{"code": code}, &out)
	c.Token = out.AccessToken
	return c, err
}

// Of is the login with a username, empty when there is none.
func (l Logins) Of(username string) Login {
	for _, login := range l.Logins {
		if login.Username == username {
			return login
		}
	}
	return Login{}
}

// Status is the error of an answer that is not a success.
type Status struct {
	Code int
	Body string // of the answer, synthetic as the district
	what string
}

func (s *Status) Error() string { return fmt.Sprintf("%s: %d %s", s.what, s.Code, s.Body) }

// StatusOf is the status of an answer behind an error of Call: 200 for nil, 0 when there
// was no answer.
func StatusOf(err error) int {
	var s *Status
	switch {
	case err == nil:
		return http.StatusOK
	case errors.As(err, &s):
		return s.Code
	}
	return 0
}

// Get reads a path below /api/v1 into out.
func (c *Client) Get(ctx context.Context, path string, out any) error {
	return c.Call(ctx, http.MethodGet, path, nil, out)
}

// Call sends one request to a path below /api/v1 and reads the answer into out; nil means
// nobody wants it.
func (c *Client) Call(ctx context.Context, method, path string, body, out any) error {
	return c.CallOnce(ctx, "", method, path, body, out)
}

// CallOnce is Call with an Idempotency-Key: sent again with the same key, it happens once.
func (c *Client) CallOnce(ctx context.Context, key, method, path string, body, out any) error {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.Base+"/api/v1"+path, in)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := c.HTTP.Do(req) // #nosec G704 -- the server the caller names
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode >= 300:
		return &Status{res.StatusCode, string(bytes.TrimSpace(b)), method + " " + path}
	case out == nil || len(b) == 0:
		return nil
	}
	return json.Unmarshal(b, out)
}

// Signature is a small but real PNG head with padding, as a signature on a screen.
var Signature = "data:image/png;base64," + base64.StdEncoding.EncodeToString(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 300)...))
