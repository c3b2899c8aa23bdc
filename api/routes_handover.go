package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

// handoverRoutes are teams, members and villages that change hands.
func handoverRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/handovers", "list-handovers", "交接清单,生效日期近的在前", models.HandoverRead, h.ListHandovers),
		creates(post("/handovers", "plan-handover", "计划交接", models.HandoverWrite, h.PlanHandover)),
		post("/handovers/preview", "preview-handover", "交接预览:将影响的人和事,不保存", models.HandoverWrite, h.PreviewHandover),
		get("/handovers/{id}", "get-handover", "一次交接、影响与经过", models.HandoverRead, h.GetHandover),
		get("/handovers/{id}/residents", "list-handover-residents", "交接涉及的居民", models.HandoverRead, h.HandoverPeople),
		post("/handovers/{id}/move", "move-handover", "执行或取消交接", models.HandoverWrite, h.MoveHandover),
	}
}
