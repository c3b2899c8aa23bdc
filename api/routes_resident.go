package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func residentRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/residents", "list-residents", "查找居民", models.ResidentRead, h.ListResidents),
		creates(post("/residents", "create-resident", "新建居民档案", models.ResidentWrite, h.CreateResident)),
		get("/residents/{id}", "get-resident", "查看居民", models.ResidentRead, h.GetResident),
		patch("/residents/{id}", "update-resident", "更正居民信息", models.ResidentWrite, h.UpdateResident),
		post("/residents/{id}/reveal", "reveal-resident", "查看证件号、电话、住址明文(记入审计)", models.ResidentReveal, h.RevealResident),
		post("/residents/{id}/move", "move-resident", "区内迁居", models.ResidentWrite, h.MoveResident),
		post("/residents/{id}/move-out", "move-out-resident", "迁出本区", models.ResidentWrite, h.RecordMoveOut),
		post("/residents/{id}/death", "record-death", "登记死亡", models.ResidentWrite, h.RecordDeath),
		post("/residents/{id}/merge", "merge-resident", "合并重复档案", models.ResidentMerge, h.MergeResident),
		get("/residents/{id}/timeline", "get-timeline", "居民时间线", models.ResidentRead, h.Timeline),
		get("/residents/{id}/populations", "list-memberships", "居民所属人群", models.ResidentRead, h.ListMemberships),
		creates(post("/residents/{id}/populations", "enrol-resident", "纳入重点人群", models.PopulationWrite, h.Enrol)),
		post("/residents/{id}/populations/{membership_id}/close", "close-membership", "结束人群登记", models.PopulationWrite, h.CloseMembership),
		get("/residents/{id}/guardians", "list-guardians", "监护与委托关系", models.ResidentRead, h.ListGuardians),
		creates(post("/residents/{id}/guardians", "add-guardian", "登记监护或委托关系", models.ResidentWrite, h.AddGuardian)),
		post("/residents/{id}/guardians/{guardian_id}/end", "end-guardian", "解除监护或委托关系", models.ResidentWrite, h.EndGuardian),
	}
}
