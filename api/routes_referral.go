package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func referralRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/referrals", "create-referral", "填写转诊单(可立即提交),或由医院发起下转", models.ReferralWrite, h.Refer)),
		get("/referrals", "list-referrals", "转诊单,新的在前", models.ReferralRead, h.ListReferrals),
		get("/referrals/reasons", "list-referral-reasons", "转诊原因", models.ReferralRead, h.ListReferralReasons),
		get("/referrals/{id}", "get-referral", "一张转诊单及其经过", models.ReferralRead, h.GetReferral),
		patch("/referrals/{id}", "amend-referral", "修改转诊单草稿", models.ReferralWrite, h.AmendReferral),
		post("/referrals/{id}/move", "move-referral", "办理转诊单", models.ReferralRead, h.MoveReferral),
		post("/referrals/{id}/follow-up", "follow-up-referral", "登记转诊结果(到位、不到位)", models.ReferralWrite, h.FollowUpReferral),
		get("/stats/referrals", "get-referral-stats", "转诊统计", models.StatsRead, h.ReferralStats),
	}
}
