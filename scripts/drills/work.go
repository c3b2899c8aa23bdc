package main

import "context"

// work is something long that is interrupted half-way.
type work struct {
	name string
	play func(ctx context.Context, t *theatre) (string, error)
}

var workDrills []work

func (t *theatre) perform(context.Context, *table, work) {}
