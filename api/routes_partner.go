package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func partnerRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/partner-links", "list-partner-links", "团队与对口协作单位", models.StatsRead, h.ListPartnerLinks),
		creates(post("/partner-links", "begin-partner-link", "建立对口协作", models.PartnerWrite, h.BeginLink)),
		get("/partner-links/{id}", "get-partner-link", "一项对口协作", models.StatsRead, h.GetPartnerLink),
		post("/partner-links/{id}/move", "move-partner-link", "结束或重新对口协作", models.PartnerWrite, h.MoveLink),
		creates(post("/partner-links/{id}/sessions", "log-partner-session", "登记专家坐诊、会诊、带教等", models.PartnerWrite, h.LogSession)),
		get("/partner-sessions", "list-partner-sessions", "专家协作记录,新的在前", models.StatsRead, h.ListPartnerSessions),
		post("/partner-sessions/{id}/void", "void-partner-session", "作废登记错误的协作记录", models.PartnerWrite, h.VoidSession),
		get("/stats/partners", "get-contributions", "对口协作贡献", models.StatsRead, h.Contributions),
	}
}
