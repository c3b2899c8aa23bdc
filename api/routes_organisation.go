package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func organisationRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/institutions", "list-institutions", "机构", models.OrgRead, h.ListInstitutions),
		get("/institutions/{id}", "get-institution", "查看机构", models.OrgRead, h.GetInstitution),
		get("/alliances", "list-alliances", "医共体与医联体", models.OrgRead, h.ListAlliances),
		get("/villages", "list-villages", "村(居)网格", models.OrgRead, h.ListVillages),
		get("/teams", "list-teams", "家庭医生团队", models.OrgRead, h.ListTeams),
		get("/teams/{id}", "get-team", "查看团队", models.OrgRead, h.GetTeam),
		get("/partners", "list-partners", "对口协作单位", models.OrgRead, h.ListPartners),
		get("/packages", "list-packages", "服务包", models.OrgRead, h.ListPackages),
		get("/populations", "list-populations", "人群代码表", models.OrgRead, h.ListPopulations),
		get("/agreement-template", "get-agreement-template", "现行协议文本", models.OrgRead, h.GetTemplate),
	}
}
