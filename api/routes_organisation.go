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
		get("/organisation-codes", "list-organisation-codes", "机构级别、成员角色、目标和考核项目的代码表", models.OrgRead, h.ListOrganisationCodes),
		creates(post("/institutions", "add-institution", "登记机构", models.CatalogueWrite, h.AddInstitution)),
		patch("/institutions/{id}", "change-institution", "修改机构", models.CatalogueWrite, h.ChangeInstitution),
		creates(post("/villages", "add-village", "登记村(居)网格", models.OrgWrite, h.AddVillage)),
		patch("/villages/{id}", "change-village", "修改村(居)名称和网格员", models.OrgWrite, h.ChangeVillage),
		get("/staff", "list-staff", "医务人员", models.OrgRead, h.ListStaff),
		creates(post("/staff", "add-staff", "登记医务人员", models.OrgWrite, h.AddStaff)),
		patch("/staff/{id}", "change-staff", "修改医务人员", models.OrgWrite, h.ChangeStaff),
		creates(post("/teams", "open-team", "组建团队", models.OrgWrite, h.OpenTeam)),
		patch("/teams/{id}", "change-team", "修改团队资料", models.OrgWrite, h.ChangeTeam),
		creates(post("/teams/{id}/members", "join-team", "成员加入团队", models.OrgWrite, h.JoinTeam)),
		creates(post("/packages", "add-package", "新增或替换服务包", models.CatalogueWrite, h.AddPackage)),
		post("/packages/{id}/retire", "retire-package", "停用服务包", models.CatalogueWrite, h.RetirePackage),
		get("/agreement-templates", "list-agreement-templates", "协议文本各版本", models.CatalogueWrite, h.ListTemplates),
		creates(post("/agreement-templates", "add-agreement-template", "新一版协议文本", models.CatalogueWrite, h.AddTemplate)),
		get("/agreement-template", "get-agreement-template", "现行协议文本", models.OrgRead, h.GetTemplate),
	}
}
