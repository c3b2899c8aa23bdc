package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func gapRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/gap", "list-gap", "应签未签的重点人群", models.TaskRead, h.ListGap),
		post("/gap/assign", "assign-gap", "分配应签未签居民", models.TaskAssign, h.AssignGap),
		get("/gap/{id}/contacts", "list-gap-contacts", "动员签约的联系记录", models.TaskRead, h.ListGapContacts),
		post("/gap/{id}/contacts", "note-gap-contact", "登记一次动员签约的联系", models.TaskWrite, h.NoteGapContact),
		get("/stats/capacity", "get-capacity", "团队负荷", models.StatsRead, h.Capacity),
	}
}
