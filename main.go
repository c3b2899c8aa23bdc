// Jiayi 家医 is the system a district health bureau runs its family-doctor contracting on.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"jiayi/commands"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := commands.Main(ctx, os.Args[1:], commands.IO{Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
