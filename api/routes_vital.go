package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func vitalRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/residents/{id}/vitals", "record-vital", "登记一次读数(血压、血糖、体重等)并当场判定", models.VitalWrite, h.RecordVital)),
		get("/residents/{id}/vitals", "list-vitals", "居民的读数,新的在前", models.VitalRead, h.ListVitals),
		get("/residents/{id}/vitals/summary", "get-vital-summary", "居民各项指标的汇总与走势", models.VitalRead, h.VitalSummary),
		get("/vitals/alerts", "list-vital-alerts", "危急读数预警,待处理的在前", models.VitalRead, h.ListVitalAlerts),
		post("/vitals/alerts/{id}/handle", "handle-vital-alert", "登记预警的处理结果", models.VitalWrite, h.HandleVitalAlert),
	}
}
