package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func privacyRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/consent-purposes", "list-purposes", "个人信息处理目的与告知内容", models.PrivacyOwn, h.ListPurposes),
		get("/me/consents", "list-my-consents", "本人或家人的同意记录", models.PrivacyOwn, h.MyConsents),
		creates(post("/me/consents", "give-consent", "同意", models.PrivacyOwn, h.GiveConsent)),
		post("/me/consents/{id}/withdraw", "withdraw-consent", "撤回同意", models.PrivacyOwn, h.WithdrawConsent),
		downloads("application/json", get("/me/data-export", "export-my-data", "导出本人或家人的全部数据", models.PrivacyOwn, h.ExportData)),
		creates(post("/me/corrections", "ask-correction", "申请更正个人信息", models.PrivacyOwn, h.AskCorrection)),
		creates(post("/me/deletion-requests", "ask-deletion", "申请删除个人信息", models.PrivacyOwn, h.AskDeletion)),
		get("/me/privacy-requests", "list-my-privacy-requests", "本人和家人的申请", models.PrivacyOwn, h.ListPrivacyRequests),
		get("/me/privacy-requests/{id}", "get-my-privacy-request", "一项申请及答复", models.PrivacyOwn, h.GetPrivacyRequest),
		post("/me/privacy-requests/{id}/withdraw", "withdraw-privacy-request", "撤回申请", models.PrivacyOwn, h.WithdrawPrivacyRequest),
		get("/privacy-requests", "list-privacy-requests", "待办理的个人信息申请", models.PrivacyHandle, h.ListPrivacyRequests),
		get("/privacy-requests/{id}", "get-privacy-request", "一项个人信息申请", models.PrivacyHandle, h.GetPrivacyRequest),
		post("/privacy-requests/{id}/move", "move-privacy-request", "办理个人信息申请", models.PrivacyHandle, h.MovePrivacyRequest),
		get("/security-policy", "get-security-policy", "系统执行的安全策略", models.SignedIn, h.SecurityPolicy),
	}
}
