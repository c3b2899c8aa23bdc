package clinical

import "math"

// formulas fill computed fields from the numbers of other fields; one that yields
// a value outside the field's range means that those do not fit together.
var formulas = map[string]func(from []float64) float64{
	// bmi is weight in kg by the square of height in cm (domain §3.1 item 9).
	"bmi": func(from []float64) float64 {
		metres := from[1] / 100
		return from[0] / (metres * metres)
	},
	// percent is the first of the second, in percent: adherence (domain §3.8), FEV1/FVC (§3.9).
	"percent":        func(from []float64) float64 { return from[0] / from[1] * 100 },
	"sum":            sum,
	"self_care":      selfCareGrade,
	"constitution":   constitutionResult,
	"balanced_score": balancedScore,
	"balanced":       balancedResult,
}

func sum(from []float64) float64 {
	total := 0.0
	for _, n := range from {
		total += n
	}
	return total
}

// compute fills computed fields whose sources are all given; without them an
// entered value stands, unless it is the server's alone.
func (c *check) compute(fields []Field) {
	v := Values{c.values}
	for _, f := range fields {
		if f.Computed == nil {
			continue
		}
		from := make([]float64, 0, len(f.Computed.From))
		for _, key := range f.Computed.From {
			if n, ok := v.Decimal(key); ok {
				from = append(from, n)
			}
		}
		if len(from) < len(f.Computed.From) {
			if f.Computed.ServerOnly {
				delete(c.values, f.Key)
			}
			continue
		}
		scale := math.Pow10(f.Places)
		n := math.Round(formulas[f.Computed.Formula](from)*scale) / scale
		if !f.admits(n) {
			c.report(f.Key, CodeInconsistent, "由所填数值算得的"+f.Label+"不合常理,请核对")
			continue
		}
		if f.Type == TypeDecimal {
			c.values[f.Key] = n
		} else {
			c.values[f.Key] = int(n)
		}
	}
}

// admits tells whether a computed number is one of the field's codes or in its range.
func (f Field) admits(n float64) bool {
	if f.Type == TypeCode {
		_, ok := f.option(int(n))
		return ok
	}
	return n >= *f.Min && n <= *f.Max
}
