package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func statsRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/stats/contract-rates", "get-contract-rates", "签约率", models.StatsRead, h.ContractRates),
		get("/stats/contract-rates/residents", "list-rate-residents", "签约率背后的居民", models.ResidentRead, h.RateResidents),
	}
}
