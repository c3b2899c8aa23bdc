// Command fuzz sends requests, valid and broken, that are made from the OpenAPI file to a
// demonstration: as each of its people and as nobody, about what they may see and what
// they may not. An answer is at fault when it is a 5xx, does not come within the deadline,
// or is not what the file says of its status. The same seed makes the same requests.
//
//	go run ./scripts/fuzz -demo demo-data -n 100000 -seed 1
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	var s settings
	flag.StringVar(&s.dir, "demo", "demo-data", "folder of the demonstration that runs")
	flag.IntVar(&s.requests, "n", 100_000, "requests")
	flag.Uint64Var(&s.seed, "seed", 1, "another number makes other requests")
	flag.IntVar(&s.workers, "workers", 4, "requests at once")
	flag.StringVar(&s.route, "route", "", "operation id: fuzz this one only")
	flag.Parse()
	if err := fuzz(s); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

// fuzz runs until the requests are sent or the person at the terminal has enough, and prints
// what it saw.
func fuzz(s settings) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r, err := run(ctx, s)
	if r != nil {
		r.print(os.Stdout)
		if err == nil && r.failed() {
			err = errors.New("answers are at fault")
		}
	}
	return err
}
