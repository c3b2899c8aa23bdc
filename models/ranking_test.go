package models_test

import (
	"fmt"
	"testing"

	"jiayi/models"
)

func TestRanks(t *testing.T) {
	for want, rates := range map[string][]*float64{
		"[]":          {},
		"[0 0]":       {nil, nil},
		"[2 1 3]":     {new(50.0), new(60.01), new(0.0)},
		"[1 1 3 0 3]": {new(60.0), new(60.0), new(10.0), nil, new(10.0)},
	} {
		if got := fmt.Sprint(models.Ranks(rates)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestPoints(t *testing.T) {
	for _, tt := range []struct{ a, b, want float64 }{{64.13, 64.12, 0.01}, {64.13, 75, -10.87}, {0.1, 0.3, -0.2}, {100, 0, 100}, {33.33, 33.33, 0}} {
		if got := models.Points(tt.a, tt.b); got != tt.want {
			t.Errorf("%v − %v = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
