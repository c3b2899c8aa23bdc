package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

// settlementRoutes divide signing fees and the insurance surplus.
func settlementRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/settlements", "list-settlements", "资金分配,新的在前", models.SettlementRead, h.ListSettlements),
		post("/settlements/fees", "settle-fees", "计算团队签约服务费分配(草稿)", models.SettlementWrite, h.SettleFees),
		post("/settlements/surplus", "settle-surplus", "计算医保基金结余分配(草稿)", models.SettlementWrite, h.SettleSurplus),
		get("/settlements/{id}", "get-settlement", "一次分配及其计算过程", models.SettlementRead, h.GetSettlement),
		post("/settlements/{id}/close", "close-settlement", "结算,此后不可更改", models.SettlementWrite, h.CloseSettlement),
		post("/settlements/{id}/discard", "discard-settlement", "作废草稿", models.SettlementWrite, h.DiscardSettlement),
	}
}
