package commands

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// healthcheck asks the server whether it is ready: for a container, which has no other
// program to ask with.
type healthcheck struct {
	Listen listenAddress `env:"JIAYI_LISTEN" default:"127.0.0.1:8080" help:"Address the server was told to serve on."`
}

// healthTimeout is how long the server may take.
const healthTimeout = 3 * time.Second

// Help is the long help text.
func (healthcheck) Help() string {
	return "Exits with 0 when the server answers that it is ready, else with 1."
}

// Run asks.
func (c healthcheck) Run(ctx context.Context) error {
	host, port, err := net.SplitHostPort(string(c.Listen))
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if err := res.Body.Close(); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready: %s", res.Status)
	}
	return nil
}
