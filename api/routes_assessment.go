package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

// assessmentRoutes score teams and institutions.
func assessmentRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/assessment-schemes", "list-assessment-schemes", "考核方案各版本", models.AssessmentRead, h.ListSchemes),
		creates(post("/assessment-schemes", "add-assessment-scheme", "新一版考核方案", models.AssessmentWrite, h.AddScheme)),
		get("/assessments", "list-assessments", "考核,日期近的在前", models.AssessmentRead, h.ListAssessments),
		creates(post("/assessments", "make-assessment", "计算一个月末的考核(草稿)", models.AssessmentWrite, h.MakeAssessment)),
		get("/assessments/{id}", "get-assessment", "一次考核", models.AssessmentRead, h.GetAssessment),
		get("/assessments/{id}/scores", "list-assessment-scores", "考核得分与名次", models.AssessmentRead, h.ListScores),
		get("/assessments/{id}/worksheet", "get-assessment-worksheet", "一个团队或机构的得分计算过程", models.AssessmentRead, h.GetWorksheet),
		post("/assessments/{id}/close", "close-assessment", "公布考核,此后不可更改", models.AssessmentWrite, h.CloseAssessment),
		post("/assessments/{id}/discard", "discard-assessment", "作废草稿", models.AssessmentWrite, h.DiscardAssessment),
	}
}
