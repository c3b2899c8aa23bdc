package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

// entitlementRoutes are what was promised, what was done, and what the resident says of it.
func entitlementRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/residents/{id}/entitlements", "get-entitlements", "居民应享的服务与履约情况", models.FollowupRead, h.GetEntitlements),
		post("/followups/{id}/confirm", "confirm-followup", "居民确认一次服务", models.FollowupAnswer, h.ConfirmFollowup),
		post("/followups/{id}/deny", "deny-followup", "居民否认一次服务", models.FollowupAnswer, h.DenyFollowup),
		get("/services", "list-services", "登记随访时可勾选的服务", models.ClinicalRead, h.ListServices),
	}
}
