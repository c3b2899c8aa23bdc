package clinical

// Blood pressure bounds in mmHg that no profile changes.
var (
	// emergencyPressure calls for urgent referral (domain §3.1 危急, §3.2).
	emergencyPressure = Pressure{180, 110}
	// expectingPressure is "above normal" in pregnancy and lactation (domain §3.1).
	expectingPressure = Pressure{140, 90}
	// furtherTarget is what the elderly may be brought to if they tolerate it (domain §3.1).
	furtherTarget = Pressure{140, 90}
	// highRiskTarget is the same for Subject.HighRisk: a limit in PHC2020, advice in NBPHS3.
	highRiskTarget = Pressure{130, 80}
	// lowPressure is the usual bound of hypotension; it is noted, not judged.
	lowPressure = Pressure{90, 60}
	// fastHeartRate is the tachycardia of domain §3.2, in beats a minute.
	fastHeartRate = 100
)

// pressureAlarms raises the emergencies of a blood pressure. Each value alarms
// alone, since a draft may hold only one.
func (e *exam) pressureAlarms(clause string) {
	if sbp, ok := e.Int("sbp"); ok && sbp >= emergencyPressure.SBP {
		e.alarm("sbp_emergency", "sbp", clause, "收缩压≥180 mmHg")
	}
	if dbp, ok := e.Int("dbp"); ok && dbp >= emergencyPressure.DBP {
		e.alarm("dbp_emergency", "dbp", clause, "舒张压≥110 mmHg")
	}
}

// lowPressureNote warns of a treatment that may have gone too far.
func (e *exam) lowPressureNote() {
	sbp, okS := e.Int("sbp")
	dbp, okD := e.Int("dbp")
	if okS && sbp < lowPressure.SBP || okD && dbp < lowPressure.DBP {
		e.note("bp_low", "sbp", "domain §3.1", "血压低于 90/60 mmHg,请评估有无头晕、跌倒及降压过度")
	}
}

// heartRateNote reminds of the danger sign that only a doctor can confirm.
func (e *exam) heartRateNote() {
	if n, ok := e.Int("heart_rate"); ok && n > fastHeartRate {
		e.note("heart_rate_fast", "heart_rate", "domain §3.2", "心率超过 100 次/分,请确认是否持续")
	}
}
