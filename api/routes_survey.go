package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func surveyRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/surveys", "answer-survey", "居民满意度评价(不记名)", models.SurveyAnswer, h.AnswerSurvey)),
		get("/me/surveys", "list-my-surveys", "本人和家人本季度是否已评价", models.SurveyAnswer, h.MySurveys),
		get("/surveys/comments", "list-survey-comments", "意见建议,不含身份,随机排列(区级管理员)", models.SurveyRead, h.SurveyTexts),
		get("/teams/{id}/survey", "get-team-survey", "一个团队上一季度的满意度与知晓率", models.OrgRead, h.GetTeamSurvey),
		get("/stats/surveys", "get-survey-rates", "满意度与知晓率", models.SurveyRead, h.SurveyStats),
	}
}
