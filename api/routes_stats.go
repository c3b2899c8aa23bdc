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
		get("/stats/trend", "get-rate-trend", "签约率趋势:各月末和今天", models.StatsRead, h.Trend),
		get("/stats/ranking", "get-rate-ranking", "签约率排名,并列同名次", models.StatsRead, h.Ranking),
		get("/reports/monthly", "get-monthly-report", "月报:签约率、增减、目标、名次和健康管理指标", models.StatsRead, h.MonthReport),
		downloads(handlers.XLSX, get("/reports/monthly.xlsx", "download-monthly-report", "月报表格,只有统计数", models.StatsRead, h.MonthSheet)),
		get("/targets", "list-targets", "年度目标", models.StatsRead, h.ListTargets),
		post("/targets", "set-target", "设置年度目标", models.TargetWrite, h.SetTarget),
		get("/stats/contract-rates/residents", "list-rate-residents", "签约率背后的居民", models.ResidentRead, h.RateResidents),
	}
}
