package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"time"
)

// proxy is a toxiproxy between the server and its database.
type proxy struct {
	control string // address of its API
	*process
}

// startProxy starts toxiproxy with one proxy from a port to another.
func startProxy(ctx context.Context, binary, dir string, control, from, to int) (*proxy, error) {
	p, err := launch(filepath.Join(dir, "toxiproxy.log"), []string{"LOG_LEVEL=error"}, binary, "-host", "127.0.0.1", "-port", fmt.Sprint(control))
	if err != nil {
		return nil, err
	}
	x := &proxy{fmt.Sprintf("http://127.0.0.1:%d", control), p}
	if err := until(ctx, 10*time.Second, "toxiproxy", func() (bool, error) { return answers(ctx, x.control+"/version"), nil }); err != nil {
		return nil, err
	}
	err = x.ask(ctx, http.MethodPost, "/proxies", map[string]any{
		"name": "db", "listen": fmt.Sprintf("127.0.0.1:%d", from), "upstream": fmt.Sprintf("127.0.0.1:%d", to), "enabled": true,
	})
	return x, err
}

// poison puts a fault on the line, in both directions.
func (x *proxy) poison(ctx context.Context, kind string, how map[string]any) error {
	for _, stream := range []string{"upstream", "downstream"} {
		err := x.ask(ctx, http.MethodPost, "/proxies/db/toxics", map[string]any{"name": stream, "type": kind, "stream": stream, "toxicity": 1, "attributes": how})
		if err != nil {
			return err
		}
	}
	return nil
}

// heal takes every fault off the line.
func (x *proxy) heal(ctx context.Context) error { return x.ask(ctx, http.MethodPost, "/reset", nil) }

func (x *proxy) ask(ctx context.Context, method, path string, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, x.control+path, bytes.NewReader(b))
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode >= 300 {
		return fmt.Errorf("toxiproxy %s: %d", path, res.StatusCode)
	}
	return nil
}
