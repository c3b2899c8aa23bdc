package main

import (
	"context"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"jiayi/internal/sqlwatch"
)

// show prints the statements of the first recorded request of an operation.
func show(_ context.Context, s settings) error {
	f, err := os.Open(s.file(strings.Join(flag.Args()[1:], " "), "sql"))
	if err != nil {
		return err
	}
	var all [][]sqlwatch.Statement
	if err := errors.Join(gob.NewDecoder(f).Decode(&all), f.Close()); err != nil {
		return err
	}
	for i, x := range all[0] {
		fmt.Printf("%3d %-6s %.200s\n", i+1, x.Kind, x.SQL)
	}
	return nil
}
