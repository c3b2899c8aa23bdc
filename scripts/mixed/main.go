// Command mixed sends a random mix of signings, terminations, transfers, deaths, moves
// and enrolments to a running demonstration on this machine, as the district manager,
// and prints how the server answered. Afterwards `jiayi tally verify` must report zero
// drift.
//
//	go run ./scripts/mixed -demo demo-data -n 2000
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"time"

	"jiayi/scripts/client"
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

// load sends the mix as the district manager and counts the answers.
type load struct {
	*client.Client
	mu      sync.Mutex
	answers map[string]int
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

func signIn(dir string) (*load, error) {
	logins, err := client.ReadLogins(filepath.Join(dir, "demo.json"))
	if err != nil {
		return nil, err
	}
	c, err := logins.SignIn(context.Background(), logins.BaseURL, "district")
	return &load{Client: c, answers: map[string]int{}}, err
}

// step does one random thing and counts the answer.
func (c *load) step(r *rand.Rand) {
	id := fmt.Sprint(1 + r.IntN(8000))
	today := time.Now().In(time.FixedZone("", 8*3600)).Format("2006-01-02")
	var name, path string
	var body map[string]any
	switch k := r.IntN(20); {
	case k < 9:
		name, path = "sign", "/contracts"
		body = map[string]any{"resident_id": id, "team_id": fmt.Sprint(1 + r.IntN(246)), "signature": client.Signature}
	case k < 13:
		name, path, body = "terminate", c.contractOf(id, "/terminate"), map[string]any{"reason": "99"}
	case k < 15:
		name, path, body = "transfer", c.contractOf(id, "/transfer"), map[string]any{"team_id": fmt.Sprint(1 + r.IntN(246)), "signature": client.Signature}
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
	status := client.StatusOf(c.Call(context.Background(), http.MethodPost, path, body, nil))
	c.mu.Lock()
	defer c.mu.Unlock()
	if status == 0 {
		c.answers[name+" err"]++
		return
	}
	c.answers[fmt.Sprintf("%s %d", name, status)]++
}

// contractOf is the path of a change of the resident's active contract, "" without one.
func (c *load) contractOf(resident, change string) string {
	var list struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if err := c.Get(context.Background(), "/contracts?status=active&resident_id="+resident, &list); err != nil || len(list.Items) == 0 {
		return ""
	}
	return "/contracts/" + list.Items[0].ID + change
}
