package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func auditRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/audit", "list-audit", "审计记录", models.AuditRead, h.Audit),
		post("/audit/verify", "verify-audit", "核对审计链", models.AuditRead, h.VerifyAudit),
	}
}
