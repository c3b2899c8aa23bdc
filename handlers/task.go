package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// ListTasksInput chooses tasks of the work list.
type ListTasksInput struct {
	PageInput
	State      string    `query:"state" enum:"due,overdue,upcoming" doc:"due 待办,overdue 已逾期,upcoming 未到期;不填为全部未完成"`
	Program    string    `query:"program" maxLength:"32" doc:"随访项目"`
	VillageID  models.ID `query:"village_id" doc:"村(居)委会"`
	TeamID     models.ID `query:"team_id" doc:"团队"`
	ResidentID models.ID `query:"resident_id" doc:"居民"`
}

// TaskItem is an open task of the work list.
type TaskItem struct {
	ID           models.ID   `json:"id"`
	ResidentID   models.ID   `json:"resident_id"`
	ResidentName string      `json:"resident_name"`
	Phone        string      `json:"phone" doc:"已脱敏"`
	VillageID    models.ID   `json:"village_id"`
	VillageName  string      `json:"village_name"`
	TeamID       models.ID   `json:"team_id"`
	TeamName     string      `json:"team_name"`
	Program      string      `json:"program"`
	ProgramLabel string      `json:"program_label"`
	Populations  []Labelled  `json:"populations" nullable:"false" doc:"该项目管理的人群"`
	Kind         string      `json:"kind" enum:"routine,recheck,referral_result"`
	KindLabel    string      `json:"kind_label"`
	Urgent       bool        `json:"urgent" doc:"上次随访为危急情况"`
	State        string      `json:"state" enum:"due,overdue,upcoming"`
	StateLabel   string      `json:"state_label"`
	WindowFrom   models.Date `json:"window_from" doc:"从这一天起可以办理"`
	DueOn        models.Date `json:"due_on"`
	DaysOverdue  int         `json:"days_overdue" doc:"已逾期天数"`
}

// ListTasks answers GET /tasks.
func (h *Handlers) ListTasks(ctx context.Context, in *ListTasksInput) (*ListOutput[TaskItem], error) {
	list, err := h.as(ctx).WorkList(ctx, store.TaskFilter{
		State: models.TaskState(in.State), Program: in.Program, VillageID: in.VillageID, TeamID: in.TeamID, ResidentID: in.ResidentID,
	}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, taskItem), nil
}

func taskItem(t store.WorkItem) TaskItem {
	program, _ := models.ProgramOf(t.Program)
	item := TaskItem{
		ID: t.ID, ResidentID: t.ResidentID, ResidentName: t.ResidentName, Phone: codes.MaskPhone(t.Phone),
		VillageID: t.VillageID, VillageName: t.VillageName, TeamID: t.TeamID, TeamName: t.TeamName,
		Program: t.Program, ProgramLabel: program.Name, Kind: string(t.Kind), KindLabel: models.TaskKindLabels[t.Kind], Urgent: t.Urgent,
		State: string(t.State), StateLabel: models.TaskStateLabels[t.State], WindowFrom: t.WindowFrom, DueOn: t.DueOn, DaysOverdue: t.DaysOverdue,
	}
	for _, code := range program.Populations {
		item.Populations = append(item.Populations, Labelled{code, models.Population(code).Label()})
	}
	return item
}
