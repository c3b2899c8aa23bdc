package clinical

// RiskLevel is the layer of the integrated management of 三高 (domain §2.4); the zero
// RiskLevel is one that was not assessed.
type RiskLevel int

// The risk layers, the codes of risk_level.
const (
	RiskLow      RiskLevel = 1 // 低危
	RiskMedium   RiskLevel = 2 // 中危
	RiskHigh     RiskLevel = 3 // 高危
	RiskVeryHigh RiskLevel = 4 // 很高危
)

// riskLayers hold, by layer, the months between two follow-ups (domain §2.4) and the
// LDL cholesterol in mmol/L below which a patient is controlled. The latter is common
// guidance: the specification names none.
var riskLayers = map[RiskLevel]struct {
	label  string
	months int
	ldl    float64
}{
	RiskLow:      {"低危", 3, 3.4},
	RiskMedium:   {"中危", 3, 2.6},
	RiskHigh:     {"高危", 2, 2.6},
	RiskVeryHigh: {"很高危", 1, 1.8},
}

// Label is the Chinese name of the layer, "" where it was not assessed.
func (r RiskLevel) Label() string { return riskLayers[r].label }

// Months is the interval between two follow-ups: very high monthly, high every two
// months, others quarterly (domain §2.4).
func (r RiskLevel) Months() int {
	if l, ok := riskLayers[r]; ok {
		return l.months
	}
	return riskLayers[RiskLow].months
}

// ldl is the limit of LDL cholesterol of the layer in mmol/L; one that was not
// assessed is held to that of low risk.
func (r RiskLevel) ldl() float64 {
	if l, ok := riskLayers[r]; ok {
		return l.ldl
	}
	return riskLayers[RiskLow].ldl
}
