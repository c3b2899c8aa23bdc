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
}

// compute fills computed fields whose sources are all given; without them an
// entered value stands.
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
			continue
		}
		scale := math.Pow10(f.Places)
		n := math.Round(formulas[f.Computed.Formula](from)*scale) / scale
		if n < *f.Min || n > *f.Max {
			c.report(f.Key, CodeInconsistent, "由所填数值算得的"+f.Label+"不合常理,请核对")
			continue
		}
		c.values[f.Key] = n
	}
}
