package api

import (
	"jiayi/handlers"
	"jiayi/internal/picture"
	"jiayi/models"
)

func homeServiceRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/home-service-items", "list-home-service-items", "上门服务的对象、项目和安全事项", models.HomeServiceRead, h.HomeServiceChoices),
		creates(post("/home-services", "ask-home-service", "申请上门服务", models.HomeServiceAsk, h.AskHomeService)),
		get("/home-services", "list-home-services", "上门服务清单", models.HomeServiceRead, h.ListHomeServices),
		get("/home-services/{id}", "get-home-service", "一次上门服务与经过", models.HomeServiceRead, h.GetHomeService),
		uploads(picture.MaxBytes, "PNG、JPEG 或 WebP 图片,最大 5MB、4000 万像素", post("/home-services/{id}/photo", "photograph-home-service", "到达时拍照", models.HomeServiceRun, h.PhotographHomeService)),
		downloads("image/*", get("/home-services/{id}/photo", "get-home-service-photo", "到达时的照片", models.HomeServiceRead, h.GetHomeServicePhoto)),
		post("/home-services/{id}/move", "move-home-service", "评估、派单、出发、到达、服务、结算、评价、取消", models.HomeServiceAsk, h.MoveHomeService),
	}
}
