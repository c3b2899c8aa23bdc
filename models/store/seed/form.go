package seed

import "jiayi/models/clinical"

// fillers fill in complete forms, by programme, in the order of the visit.
var fillers = []struct {
	program string
	fill    func(w *scribe, b body) map[string]any
}{
	{clinical.Hypertension, fillHypertension},
	{clinical.Diabetes, fillDiabetes},
}

// body is what stays the same between visits: height in cm, weight in kg.
type body struct{ height, weight int }

func (w *scribe) body() body { return body{150 + w.rng.IntN(28), 52 + w.rng.IntN(34)} }

// fillCommon fills in what the two forms share, with a controlled blood pressure.
func fillCommon(w *scribe, b body) map[string]any {
	return map[string]any{
		"symptoms": []any{1}, "sbp": 112 + w.rng.IntN(26), "dbp": 66 + w.rng.IntN(20), "height": b.height, "weight": b.weight, "weight_target": max(48, b.weight-2),
		"waist": 66 + b.weight/4, "heart_rate": 64 + w.rng.IntN(22), "smoke": 0, "smoke_target": 0, "drink": 0, "drink_target": 0,
		"sport_times": 3 + w.rng.IntN(4), "sport_times_target": 5, "sport_minutes": 30, "sport_minutes_target": 30,
		"psychology": 1, "compliance_behaviour": 1, "med_adherence": 1, "adr": 1, "complication": 1,
	}
}

// controlled draws whether a visit finds the value under control.
func (w *scribe) controlled() bool { return w.rng.IntN(100) < controlledPercent }

func fillHypertension(w *scribe, b body) map[string]any {
	f := fillCommon(w, b)
	if !w.controlled() {
		f["sbp"], f["dbp"] = 152+w.rng.IntN(18), 84+w.rng.IntN(16)
	}
	f["salt"], f["salt_target"] = 1+w.rng.IntN(2), 1
	f["meds"] = []any{map[string]any{"name": "苯磺酸氨氯地平片", "times_per_day": 1, "dose": 5, "unit": 1}}
	return f
}

func fillDiabetes(w *scribe, b body) map[string]any {
	f := fillCommon(w, b)
	f["fpg"] = float64(52+w.rng.IntN(16)) / 10 // mmol/L
	if !w.controlled() {
		f["fpg"] = float64(74+w.rng.IntN(30)) / 10
	}
	f["staple"], f["staple_target"], f["dorsalis_pedis"], f["hypoglycaemia"] = 300, 250, 1, 1
	f["meds"] = []any{map[string]any{"name": "盐酸二甲双胍片", "times_per_day": 2, "dose": 0.5, "unit": 3}}
	return f
}
