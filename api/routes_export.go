package api

import (
	"net/http"

	"jiayi/handlers"
	"jiayi/models"
)

func exportRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/exports", "list-exports", "本人申请的和由本人审批的导出,新的在前", models.ExportAsk, h.ListExports),
		creates(post("/exports", "ask-export", "申请导出居民名单;500行以内的脱敏名单立即可下载", models.ExportAsk, h.AskExport)),
		get("/exports/{id}", "get-export", "一份导出:内容、筛选条件、行数、原因和经过", models.ExportAsk, h.GetExport),
		post("/exports/{id}/approve", "approve-export", "批准他人的导出", models.ExportApprove, h.ApproveExport),
		post("/exports/{id}/refuse", "refuse-export", "不予批准,须填写原因", models.ExportApprove, h.RefuseExport),
		post("/exports/{id}/cancel", "cancel-export", "撤回本人的导出", models.ExportAsk, h.CancelExport),
		refuses(http.StatusConflict, downloads(handlers.XLSX, get("/exports/{id}/file.xlsx", "download-export", "下载导出文件,最多3次", models.ExportAsk, h.DownloadExport))),
	}
}
