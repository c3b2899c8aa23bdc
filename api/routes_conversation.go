package api

import (
	"jiayi/handlers"
	"jiayi/internal/picture"
	"jiayi/models"
)

func conversationRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/messages", "write-message", "给团队或居民发消息", models.MessageWrite, h.WriteMessage)),
		get("/messages", "list-conversations", "咨询清单,最近有消息的在前", models.MessageRead, h.ListConversations),
		get("/messages/unread", "count-unread-messages", "未读消息数", models.MessageRead, h.UnreadMessages),
		get("/messages/{id}", "get-conversation", "一次咨询的消息", models.MessageRead, h.GetConversation),
		creates(post("/messages/{id}", "answer-message", "在一次咨询中发消息", models.MessageWrite, h.AnswerMessage)),
		post("/messages/{id}/read", "read-messages", "标为已读", models.MessageRead, h.ReadMessages),
		post("/messages/{id}/move", "move-conversation", "转交、结束咨询", models.MessageWrite, h.MoveConversation),
		uploads(picture.MaxBytes, "PNG、JPEG 或 WebP 图片,最大 5MB、4000 万像素", creates(post("/messages/{id}/images", "send-image", "在一次咨询中发图片", models.MessageWrite, h.SendImage))),
		downloads("image/*", get("/messages/{id}/images/{message}", "get-image", "咨询中的图片", models.MessageRead, h.GetChatImage)),
	}
}
