package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func flagRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/flags", "list-flags", "随访疑点,新的在前", models.FlagReview, h.ListFlags),
		get("/flags/{id}", "get-flag", "一条随访疑点", models.FlagReview, h.GetFlag),
		post("/flags/{id}/accept", "accept-flag", "核查属实,随访保留", models.FlagReview, h.AcceptFlag),
		post("/flags/{id}/void", "void-flagged-visit", "核查不实,作废随访", models.FlagReview, h.VoidFlag),
	}
}
