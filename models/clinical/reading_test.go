package clinical

import (
	"strings"
	"testing"

	"jiayi/internal/calendar"
)

func TestJudgeReading(t *testing.T) {
	on := calendar.MustDate("2026-11-23")
	born := func(age int) Subject { return Subject{BirthDate: on.AddYears(-age), Sex: Female} }
	adult, elder, almost := born(50), born(65), Subject{BirthDate: on.AddYears(-65).AddDays(1)}
	pregnant, risky := born(30), born(50)
	pregnant.Pregnant, risky.HighRisk = true, true
	bp := func(sbp, dbp float64) map[string]float64 { return map[string]float64{"sbp": sbp, "dbp": dbp} }
	one := func(key string, n float64) map[string]float64 { return map[string]float64{key: n} }
	for _, tt := range []struct {
		name    string
		subject Subject
		values  map[string]float64
		want    Level
		says    string
	}{
		{"139/89 at 50", adult, bp(139, 89), LevelNormal, "控制目标之内"},
		{"140 at 50", adult, bp(140, 80), LevelHigh, "140/90"},
		{"90 at 50", adult, bp(130, 90), LevelHigh, "140/90"},
		{"149 on the 65th birthday", elder, bp(149, 89), LevelNormal, ""},
		{"150 on the 65th birthday", elder, bp(150, 89), LevelHigh, "150/90"},
		{"149 the day before", almost, bp(149, 89), LevelHigh, "140/90"},
		{"179/109", adult, bp(179, 109), LevelHigh, ""},
		{"180", adult, bp(180, 70), LevelEmergency, "180/110"},
		{"110", adult, bp(120, 110), LevelEmergency, "180/110"},
		{"90/60", adult, bp(90, 60), LevelNormal, ""},
		{"89", adult, bp(89, 60), LevelLow, "90/60"},
		{"59", adult, bp(100, 59), LevelLow, "90/60"},
		{"low and high at once", adult, bp(145, 55), LevelHigh, ""},
		{"139/89 in pregnancy", pregnant, bp(139, 89), LevelNormal, ""},
		{"140 in pregnancy", pregnant, bp(140, 80), LevelEmergency, "孕产期"},
		{"90 in pregnancy", pregnant, bp(130, 90), LevelEmergency, "孕产期"},
		{"fpg 3.9", adult, one("fpg", 3.9), LevelEmergency, "3.9"},
		{"fpg 4.0", adult, one("fpg", 4.0), LevelNormal, ""},
		{"fpg 6.9", adult, one("fpg", 6.9), LevelNormal, ""},
		{"fpg 7.0", adult, one("fpg", 7.0), LevelHigh, ""},
		{"fpg 16.6", adult, one("fpg", 16.6), LevelHigh, ""},
		{"fpg 16.7", adult, one("fpg", 16.7), LevelEmergency, "16.7"},
		{"fpg 5.0 in pregnancy", pregnant, one("fpg", 5.0), LevelNormal, ""},
		{"fpg 5.1 in pregnancy", pregnant, one("fpg", 5.1), LevelEmergency, "孕产期"},
		{"pbg 3.9", adult, one("pbg", 3.9), LevelEmergency, ""},
		{"pbg 9.9", adult, one("pbg", 9.9), LevelNormal, ""},
		{"pbg 10.0", adult, one("pbg", 10.0), LevelHigh, ""},
		{"pbg 16.7", adult, one("pbg", 16.7), LevelEmergency, ""},
		{"pbg 8.5 in pregnancy", pregnant, one("pbg", 8.5), LevelHigh, ""},
		{"pbg 11.1 in pregnancy", pregnant, one("pbg", 11.1), LevelEmergency, ""},
		{"hba1c 6.9", adult, one("hba1c", 6.9), LevelNormal, ""},
		{"hba1c 7.0", adult, one("hba1c", 7.0), LevelHigh, ""},
		{"ldl 3.3", adult, one("ldl", 3.3), LevelNormal, ""},
		{"ldl 3.4", adult, one("ldl", 3.4), LevelHigh, ""},
		{"ldl 2.6 at high risk", risky, one("ldl", 2.6), LevelHigh, ""},
		{"tg 2.3", adult, one("tg", 2.3), LevelHigh, ""},
		{"a weight", adult, one("weight", 300), LevelNormal, "已记录"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := PackOn(on).JudgeReading(tt.subject, on, tt.values)
			if v.Level != tt.want || !strings.Contains(v.Message, tt.says) || v.Message == "" || v.Advice == nil {
				t.Errorf("%+v", v)
			}
			if v.Level == LevelEmergency && !strings.Contains(strings.Join(v.Advice, ""), "拨打120") {
				t.Errorf("an emergency names the number to call: %v", v.Advice)
			}
		})
	}
	fast := PackOn(on).JudgeReading(adult, on, map[string]float64{"sbp": 130, "dbp": 80, "heart_rate": 101})
	if fast.Level != LevelNormal || len(fast.Advice) != 1 {
		t.Errorf("a fast heart is advice: %+v", fast)
	}
}
