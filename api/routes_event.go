package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func eventRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/events", "list-events", "社区活动,日期近的在前", models.EventRead, h.ListEvents),
		creates(post("/events", "plan-event", "计划社区活动", models.EventWrite, h.PlanEvent)),
		post("/events/check-in", "check-in-event", "扫码签到", models.EventRead, h.CheckIn),
		get("/events/{id}", "get-event", "一场社区活动及成效", models.EventRead, h.GetEvent),
		patch("/events/{id}", "change-event", "修改活动计划", models.EventWrite, h.ChangeEvent),
		post("/events/{id}/move", "move-event", "活动开始、结束、取消", models.EventWrite, h.MoveEvent),
		post("/events/{id}/counts", "count-event", "登记参加、咨询人数和资料份数", models.EventWrite, h.CountEvent),
		downloads("image/png", get("/events/{id}/code.png", "get-event-code", "签到二维码", models.EventWrite, h.EventCode)),
		get("/stats/events", "get-event-figures", "社区活动统计", models.EventWrite, h.EventStats),
	}
}
