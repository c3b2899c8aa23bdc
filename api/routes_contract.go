package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func contractRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/contracts", "list-contracts", "签约合同", models.ContractRead, h.ListContracts),
		creates(post("/contracts", "sign-contract", "签约:居民提交申请,医护现场签约", models.ContractApply, h.SignContract)),
		post("/contracts/draft", "draft-agreement", "签约前阅读的协议书全文,不保存", models.ContractApply, h.DraftAgreement),
		get("/contracts/{id}", "get-contract", "查看合同", models.ContractRead, h.GetContract),
		post("/contracts/{id}/accept", "accept-contract", "通过签约申请", models.ContractReview, h.AcceptContract),
		post("/contracts/{id}/reject", "reject-contract", "驳回签约申请", models.ContractReview, h.RejectContract),
		post("/contracts/{id}/confirm", "confirm-contract", "居民确认签约", models.ContractConfirm, h.ConfirmContract),
		post("/contracts/{id}/cancel", "cancel-contract", "撤销未生效的签约", models.ContractCancel, h.CancelContract),
		creates(post("/contracts/{id}/renew", "renew-contract", "续约", models.ContractRenew, h.RenewContract)),
		post("/contracts/{id}/terminate", "terminate-contract", "解约", models.ContractTerminate, h.TerminateContract),
		get("/contracts/{id}/transfer-preview", "preview-transfer", "改签预览", models.ContractTransfer, h.PreviewTransfer),
		creates(post("/contracts/{id}/transfer", "transfer-contract", "改签到其他团队", models.ContractTransfer, h.TransferContract)),
		post("/contracts/{id}/dispute", "dispute-contract", "居民对签约提出异议", models.ContractDispute, h.DisputeContract),
		post("/contracts/{id}/settle-dispute", "settle-dispute", "处理异议", models.ContractSettle, h.SettleContract),
		downloads("text/html", get("/contracts/{id}/agreement", "get-agreement", "打印协议书", models.ContractRead, h.GetAgreement)),
		get("/agreements/{no}/verify", "verify-agreement", "核验纸质协议", models.Public, h.VerifyAgreement),
		creates(post("/household-signings", "sign-household", "家庭共同签约", models.ContractApply, h.SignHousehold)),
	}
}
