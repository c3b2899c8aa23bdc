package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func noticeRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/notices", "list-notices", "我的通知,新的在前;居民含代办家人的", models.SignedIn, h.ListNotices),
		get("/notices/unread", "count-unread-notices", "未读通知数", models.SignedIn, h.UnreadNotices),
		empty(post("/notices/{id}/read", "read-notice", "标记一条通知为已读", models.SignedIn, h.ReadNotice)),
		empty(post("/notices/read", "read-notices", "标记某条及更早的通知为已读", models.SignedIn, h.ReadNotices)),
		get("/notices/undelivered", "list-undelivered-notices", "30天内未能送达居民手机的通知", models.NoticeFollow, h.ListUndelivered),
		post("/notices/{id}/resend", "resend-notice", "重新发送未送达的通知", models.NoticeFollow, h.ResendNotice),
		post("/notices/{id}/told", "tell-notice", "登记已电话告知", models.NoticeFollow, h.TellNotice),
		get("/me/subscriptions", "list-my-subscriptions", "订阅消息:剩余条数与应请求的类别", models.OwnBinding, h.ListSubscriptions),
		post("/me/subscriptions", "answer-subscriptions", "提交订阅消息的选择结果", models.OwnBinding, h.AnswerSubscriptions),
	}
}
