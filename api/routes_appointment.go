package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func appointmentRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/schedules", "list-schedules", "出诊时段与余号", models.AppointmentRead, h.ListSchedules),
		creates(post("/schedules", "add-schedule", "排班,可按星期重复", models.ScheduleWrite, h.AddSchedule)),
		get("/schedules/{id}", "get-schedule", "一个出诊时段", models.AppointmentRead, h.GetSchedule),
		post("/schedules/{id}/move", "move-schedule", "停诊", models.ScheduleWrite, h.MoveSchedule),
		creates(post("/appointments", "book-appointment", "预约", models.AppointmentBook, h.Book)),
		get("/appointments", "list-appointments", "预约清单", models.AppointmentRead, h.ListAppointments),
		get("/appointments/{id}", "get-appointment", "一次预约与经过", models.AppointmentRead, h.GetAppointment),
		post("/appointments/{id}/move", "move-appointment", "签到、就诊完成、取消、爽约", models.AppointmentBook, h.MoveAppointment),
		get("/stats/appointments", "get-appointment-rates", "爽约率、签约居民预约占比、专家号源下放", models.StatsRead, h.AppointmentRates),
	}
}
