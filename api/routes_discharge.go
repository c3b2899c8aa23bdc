package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func dischargeRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/discharges", "notify-discharge", "医院发出院通知,或登记计划出院", models.DischargeWrite, h.NotifyDischarge)),
		get("/discharges", "list-discharges", "出院通知,新的在前", models.DischargeRead, h.ListDischarges),
		get("/discharges/{id}", "get-discharge", "一份出院通知及其随访", models.DischargeRead, h.GetDischarge),
		post("/discharges/{id}/move", "move-discharge", "办理出院通知", models.DischargeWrite, h.MoveDischarge),
		post("/discharges/{id}/calls", "record-discharge-call", "登记出院随访(预出院、一至三级)", models.DischargeWrite, h.RecordCall),
		get("/stats/discharges", "get-discharge-stats", "出院随访统计", models.StatsRead, h.DischargeStats),
	}
}
