package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func consultRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/consults", "ask-consult", "申请远程会诊、影像、心电、检验", models.ConsultWrite, h.AskConsult)),
		get("/consults", "list-consults", "远程会诊,新的在前", models.ConsultRead, h.ListConsults),
		get("/consults/{id}", "get-consult", "一次远程会诊及其经过", models.ConsultRead, h.GetConsult),
		post("/consults/{id}/move", "move-consult", "办理远程会诊", models.ConsultRead, h.MoveConsult),
		get("/stats/consults", "get-consult-stats", "远程会诊统计", models.StatsRead, h.ConsultStats),
	}
}
