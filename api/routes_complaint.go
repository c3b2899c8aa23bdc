package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func complaintRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/complaints", "list-complaints", "诉求,新的在前", models.ComplaintRead, h.ListComplaints),
		creates(post("/complaints", "file-complaint", "提出或登记诉求", models.ComplaintFile, h.FileComplaint)),
		get("/complaints/{id}", "get-complaint", "一件诉求的内容与经过", models.ComplaintRead, h.GetComplaint),
		post("/complaints/{id}/move", "move-complaint", "办理诉求:分派、答复、回访、办结", models.ComplaintRead, h.MoveComplaint),
		post("/complaints/{id}/reveal", "reveal-complainant", "查看诉求人姓名和电话", models.ComplaintHandle, h.RevealComplaint),
		get("/stats/complaints", "get-complaint-rates", "诉求办理四率", models.ComplaintRead, h.ComplaintStats),
	}
}
