package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func followupRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/followups", "log-followup", "登记一次随访(可含多个项目)", models.FollowupWrite, h.LogFollowup)),
		get("/followups", "list-followups", "随访记录,新的在前", models.FollowupRead, h.ListFollowups),
		get("/followups/{id}", "get-followup", "一次随访的表单与评估", models.FollowupRead, h.GetFollowup),
		post("/followups/{id}/void", "void-followup", "作废登记错误的随访", models.FollowupWrite, h.VoidFollowup),
		post("/clinical/assess", "assess-form", "评估随访表单,不保存", models.ClinicalRead, h.Assess),
		get("/programs", "list-programs", "随访项目", models.ClinicalRead, h.ListPrograms),
		get("/programs/{code}/form", "get-program-form", "随访项目的表单", models.ClinicalRead, h.GetForm),
		get("/tasks", "list-tasks", "工作清单", models.TaskRead, h.ListTasks),
	}
}
