// Command drills breaks things under a writing load and looks what is left: every
// acknowledged write must be there once, nothing in part, the figures without drift and
// the audit chain whole. run.sh and cluster.sh start what it needs.
//
//	drills -dir DIR -jiayi BINARY -toxiproxy BINARY [-only NAME,NAME] faults
//	drills -dir DIR -jiayi BINARY cluster
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

// settings are where everything is; the scripts give them.
type settings struct {
	dir       string // of data and logs
	jiayi     string // the server's binary
	toxiproxy string
	scale     string // share of the district that is seeded
	only      string // names of drills, with commas between
}

// errMissed says that a promise was not kept; the table says which.
var errMissed = errors.New("a promise was not kept")

func main() {
	var s settings
	flag.StringVar(&s.dir, "dir", "", "folder of data and logs")
	flag.StringVar(&s.jiayi, "jiayi", "", "the server's binary")
	flag.StringVar(&s.toxiproxy, "toxiproxy", "", "the proxy's binary")
	flag.StringVar(&s.scale, "scale", "0.01", "share of the district that is seeded")
	flag.StringVar(&s.only, "only", "", "names of drills, with commas between")
	flag.Parse()
	all := map[string]func(context.Context, settings) error{"faults": faults, "cluster": cluster}[flag.Arg(0)]
	if all == nil || s.dir == "" || s.jiayi == "" {
		flag.Usage()
		os.Exit(2)
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := all(ctx, s)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "drills:", err)
		os.Exit(1)
	}
}

// wants tells whether a drill was asked for.
func (s settings) wants(name string) bool {
	if s.only == "" {
		return true
	}
	for each := range strings.SplitSeq(s.only, ",") {
		if each == name {
			return true
		}
	}
	return false
}

func (s settings) path(name string) string { return filepath.Join(s.dir, name) }
