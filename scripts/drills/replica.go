package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"
)

// replica is one server of the API.
type replica struct {
	binary string
	dir    string
	port   int
	env    []string // settings and secrets
	*process
}

func (r *replica) base() string { return fmt.Sprintf("http://127.0.0.1:%d", r.port) }

// start starts the server and waits until it is ready.
func (r *replica) start(ctx context.Context) error {
	p, err := launch(filepath.Join(r.dir, fmt.Sprintf("server-%d.log", r.port)), append([]string{fmt.Sprintf("JIAYI_LISTEN=127.0.0.1:%d", r.port)}, r.env...), r.binary, "serve", "--log-level", "warn")
	if err != nil {
		return err
	}
	r.process = p
	return until(ctx, time.Minute, "the server to be ready", func() (bool, error) {
		if !p.running() {
			return false, errors.New("the server ended: see " + r.dir)
		}
		return answers(ctx, r.base()+"/readyz"), nil
	})
}

// answers tells whether an address answers with 200.
func answers(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}
