package api

import (
	"jiayi/handlers"
	"jiayi/internal/picture"
	"jiayi/models"
)

func followupRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/followups", "log-followup", "登记一次随访(可含多个项目)", models.FollowupWrite, h.LogFollowup)),
		get("/followups", "list-followups", "随访记录,新的在前", models.FollowupRead, h.ListFollowups),
		get("/followups/{id}", "get-followup", "一次随访的表单与评估", models.FollowupRead, h.GetFollowup),
		uploads(picture.MaxBytes, "PNG、JPEG 或 WebP 图片,最大 5MB、4000 万像素", creates(post("/followups/{id}/photos", "photograph-followup", "为家庭随访附照片(最多3张)", models.FollowupWrite, h.PhotographFollowup))),
		downloads("image/*", get("/followups/{id}/photos/{n}", "get-followup-photo", "家庭随访的照片", models.FollowupRead, h.GetFollowupPhoto)),
		post("/followups/{id}/void", "void-followup", "作废登记错误的随访", models.FollowupWrite, h.VoidFollowup),
		post("/clinical/assess", "assess-form", "评估随访表单,不保存", models.ClinicalRead, h.Assess),
		get("/programs", "list-programs", "随访项目", models.ClinicalRead, h.ListPrograms),
		get("/programs/{code}/form", "get-program-form", "随访项目的表单", models.ClinicalRead, h.GetForm),
		get("/tasks", "list-tasks", "工作清单", models.TaskRead, h.ListTasks),
		get("/tasks/calendar", "get-task-calendar", "按日统计到期任务", models.TaskRead, h.TaskCalendar),
		get("/tasks/route", "get-task-route", "一天的上门路线", models.TaskRead, h.TaskRoute),
		post("/tasks/assign", "assign-tasks", "分配任务", models.TaskAssign, h.AssignTasks),
		get("/tasks/{id}", "get-task", "任务与联系记录", models.TaskRead, h.GetTask),
		post("/tasks/{id}/attempts", "note-attempt", "登记一次联系未果", models.TaskWrite, h.NoteAttempt),
		post("/tasks/{id}/give-up", "give-up-task", "按失访或拒访结束任务", models.TaskWrite, h.GiveUpTask),
		get("/residents/{id}/pregnancy", "get-pregnancy", "孕产期日期", models.FollowupRead, h.GetPregnancy),
		patch("/residents/{id}/pregnancy", "note-pregnancy", "登记末次月经、分娩、出院", models.FollowupWrite, h.NotePregnancy),
	}
}
