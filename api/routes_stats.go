package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func statsRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/stats/contract-rates", "get-contract-rates", "签约率", models.StatsRead, h.ContractRates),
		answers[handlers.Dashboard](get("/stats/dashboard", "get-dashboard", "签约与履约总览:全部人群、全部范围的数字", models.StatsRead, h.GetDashboard)),
		get("/stats/indicators", "get-indicators", "健康管理指标", models.StatsRead, h.Indicators),
		get("/stats/indicators/residents", "list-indicator-residents", "健康管理指标背后的居民", models.StatsRead, h.IndicatorResidents),
		get("/targets", "list-targets", "年度目标", models.StatsRead, h.ListTargets),
		post("/targets", "set-target", "设置年度目标", models.TargetWrite, h.SetTarget),
		get("/stats/contract-rates/residents", "list-rate-residents", "签约率背后的居民", models.ResidentRead, h.RateResidents),
	}
}
