package models

import "math"

// VitalStat is the smallest, largest and mean value of a field.
type VitalStat struct{ Min, Max, Mean float64 }

// VitalStatDays is how many days back the statistics of a series go.
const VitalStatDays = 90

// The latest readings of a series shown on a chart, by default and at most.
const (
	VitalRecent    = 10
	MaxVitalRecent = 100
)

// Trend is where a series goes.
type Trend string

// The trends. Unknown means that there are too few readings.
const (
	Rising       Trend = "rising"
	Falling      Trend = "falling"
	Steady       Trend = "steady"
	UnknownTrend Trend = "unknown"
)

// TrendLabels are the Chinese names of the trends.
var TrendLabels = map[Trend]string{Rising: "上升", Falling: "下降", Steady: "平稳", UnknownTrend: "读数不足"}

// trendOf is how many readings each side of the comparison holds.
const trendOf = 3

// TrendReadings is how many readings tell a trend.
const TrendReadings = 2 * trendOf

// Trend compares the mean of the last 3 readings with that of the 3 before, by the leading
// value; readings come oldest first. A difference of VitalSpec.Steady or more is a trend.
func (s VitalSpec) Trend(readings []Vital) Trend {
	var lead []float64
	for _, v := range readings {
		if n, ok := v.Values()[s.Lead]; ok {
			lead = append(lead, n)
		}
	}
	if len(lead) < TrendReadings {
		return UnknownTrend
	}
	lead = lead[len(lead)-TrendReadings:]
	change := 0.0
	for i := range trendOf {
		change += lead[trendOf+i] - lead[i]
	}
	// Rounded, since the numbers have decimals that a float does not hold exactly.
	switch change = math.Round(change/trendOf*1000) / 1000; {
	case change >= s.Steady:
		return Rising
	case change <= -s.Steady:
		return Falling
	}
	return Steady
}
