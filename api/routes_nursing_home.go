package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func nursingHomeRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/nursing-homes", "list-nursing-homes", "养老机构", models.AgreementRead, h.ListNursingHomes),
		creates(post("/nursing-homes", "add-nursing-home", "登记养老机构", models.AgreementWrite, h.AddNursingHome)),
		get("/nursing-homes/{id}", "get-nursing-home", "一家养老机构", models.AgreementRead, h.GetNursingHome),
		patch("/nursing-homes/{id}", "change-nursing-home", "修改养老机构", models.AgreementWrite, h.ChangeNursingHome),
		get("/nursing-homes/{id}/residents", "list-home-residents", "管辖范围内入住的居民", models.AgreementRead, h.HomeResidents),
		creates(post("/nursing-homes/{id}/residents", "admit-resident", "登记居民入住", models.RoundWrite, h.Admit)),
		post("/home-stays/{id}/end", "end-home-stay", "登记居民离开养老机构", models.RoundWrite, h.EndStay),
		get("/home-agreements", "list-home-agreements", "医养签约协议,新的在前", models.AgreementRead, h.ListHomeAgreements),
		creates(post("/home-agreements", "draft-home-agreement", "拟定医养签约协议", models.AgreementWrite, h.DraftHomeAgreement)),
		get("/home-agreements/{id}", "get-home-agreement", "一份医养签约协议", models.AgreementRead, h.GetHomeAgreement),
		post("/home-agreements/{id}/move", "move-home-agreement", "医养签约:签署、中止、续签、终止", models.AgreementWrite, h.MoveHomeAgreement),
		creates(post("/home-agreements/{id}/rounds", "log-home-round", "登记巡诊", models.RoundWrite, h.LogRound)),
		get("/stats/home-agreements", "get-home-figures", "医养签约与巡诊履约", models.AgreementRead, h.HomeStats),
	}
}
