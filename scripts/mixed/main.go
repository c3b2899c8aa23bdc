// Command mixed sends a random mix of signings, terminations, transfers, deaths, moves
// and enrolments to a running demonstration on this machine, as the district manager,
// and prints how the server answered. Afterwards `jiayi tally verify` must report zero
// drift.
//
//	go run ./scripts/mixed -demo demo-data -n 2000
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"time"

	"jiayi/internal/totp"
)

func main() {
	dir := flag.String("demo", "demo-data", "folder of the demonstration")
	n := flag.Int("n", 2000, "operations")
	workers := flag.Int("workers", 8, "at once")
	seed := flag.Uint64("seed", 1, "random seed")
	flag.Parse()
	if err := run(*dir, *n, *workers, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// client calls the API as the district manager.
type client struct {
	base, token string
	mu          sync.Mutex
	answers     map[string]int
}

func run(dir string, n, workers int, seed uint64) error {
	c, err := signIn(dir)
	if err != nil {
		return err
	}
	started := time.Now()
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(w))) // #nosec G115,G404 -- a repeatable mix, not a secret
			for range n / workers {
				c.step(r)
			}
		})
	}
	wg.Wait()
	var kinds []string
	for k := range c.answers {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	bad := 0
	for _, k := range kinds {
		fmt.Printf("%6d  %s\n", c.answers[k], k)
		if k[len(k)-3] == '5' || k[len(k)-3:] == "err" {
			bad += c.answers[k]
		}
	}
	fmt.Printf("%d operations in %.1f s\n", n, time.Since(started).Seconds())
	if bad > 0 {
		return fmt.Errorf("%d operations failed", bad)
	}
	return nil
}

func signIn(dir string) (*client, error) {
	b, err := os.ReadFile(filepath.Clean(filepath.Join(dir, "demo.json")))
	if err != nil {
		return nil, err
	}
	var demo struct {
		BaseURL string `json:"base_url"`
		Logins  []struct {
			Username  string `json:"username"`
			Password  string `json:"password"`
			OTPSecret string `json:"otp_secret"`
		} `json:"logins"`
	}
	if err := json.Unmarshal(b, &demo); err != nil {
		return nil, err
	}
	c := &client{base: demo.BaseURL + "/api/v1", answers: map[string]int{}}
	for _, l := range demo.Logins {
		if l.Username != "district" {
			continue
		}
		code, err := totp.Code(l.OTPSecret, time.Now())
		if err != nil {
			return nil, err
		}
		var out struct {
			AccessToken string `json:"access_token"`
		}
		status, err := c.call(http.MethodPost, "/auth/staff", map[string]any{"username": l.Username, "password": l.Password, "otp": code}, &out)
		if err != nil || status != http.StatusOK {
			return nil, fmt.Errorf("sign in: %d %w", status, err)
		}
		c.token = out.AccessToken
		return c, nil
	}
	return nil, errors.New("demo.json names no district login")
}

// call sends one request and reads the answer into out.
func (c *client) call(method, path string, body, out any) (int, error) {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, c.base+path, in)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+c.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	if out != nil && res.StatusCode < 300 {
		return res.StatusCode, json.NewDecoder(res.Body).Decode(out)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// signature is a small but real PNG head with padding.
var signature = "data:image/png;base64," + base64.StdEncoding.EncodeToString(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 300)...))

// step does one random thing and counts the answer.
func (c *client) step(r *rand.Rand) {
	id := fmt.Sprint(1 + r.IntN(8000))
	today := time.Now().In(time.FixedZone("", 8*3600)).Format("2006-01-02")
	var name, path string
	var body map[string]any
	switch k := r.IntN(20); {
	case k < 9:
		name, path = "sign", "/contracts"
		body = map[string]any{"resident_id": id, "team_id": fmt.Sprint(1 + r.IntN(246)), "signature": signature}
	case k < 13:
		name, path, body = "terminate", c.contractOf(id, "/terminate"), map[string]any{"reason": "99"}
	case k < 15:
		name, path, body = "transfer", c.contractOf(id, "/transfer"), map[string]any{"team_id": fmt.Sprint(1 + r.IntN(246)), "signature": signature}
	case k < 17:
		name, path, body = "move", "/residents/"+id+"/move", map[string]any{"village_id": fmt.Sprint(1 + r.IntN(300)), "address": "新址1号"}
	case k < 18:
		name, path, body = "enrol", "/residents/"+id+"/populations", map[string]any{"code": "08", "begin": today, "evidence": "残疾人证"}
	case k < 19:
		name, path, body = "death", "/residents/"+id+"/death", map[string]any{"on": today}
	default:
		name, path, body = "move out", "/residents/"+id+"/move-out", map[string]any{"on": today}
	}
	if path == "" {
		return
	}
	status, err := c.call(http.MethodPost, path, body, nil)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.answers[name+" err"]++
		return
	}
	c.answers[fmt.Sprintf("%s %d", name, status)]++
}

// contractOf is the path of a change of the resident's active contract, "" without one.
func (c *client) contractOf(resident, change string) string {
	var list struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if status, err := c.call(http.MethodGet, "/contracts?status=active&resident_id="+resident, nil, &list); err != nil || status != http.StatusOK || len(list.Items) == 0 {
		return ""
	}
	return "/contracts/" + list.Items[0].ID + change
}
