package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// TaskChoice chooses tasks.
type TaskChoice struct {
	Program    string    `query:"program" maxLength:"32" doc:"随访项目"`
	Kind       string    `query:"kind" enum:"followup,routine,recheck,referral_result,check,screening" doc:"任务类型;followup 为随访类(不含年度检查和筛查)"`
	VillageID  models.ID `query:"village_id" doc:"村(居)委会"`
	TeamID     models.ID `query:"team_id" doc:"团队"`
	StaffID    models.ID `query:"staff_id" doc:"办理人"`
	Unassigned bool      `query:"unassigned" doc:"只看尚未分配的任务"`
	ResidentID models.ID `query:"resident_id" doc:"居民"`
}

func (c TaskChoice) filter(state models.TaskState) store.TaskFilter {
	return store.TaskFilter{State: state, Program: c.Program, Kind: c.Kind, VillageID: c.VillageID, TeamID: c.TeamID, StaffID: c.StaffID, Unassigned: c.Unassigned, ResidentID: c.ResidentID}
}

// ListTasksInput chooses tasks of the work list.
type ListTasksInput struct {
	PageInput
	State string `query:"state" enum:"due,overdue,upcoming,done,missed,cancelled" doc:"due 待办,overdue 已逾期,upcoming 未到期,done 已完成,missed 未完成,cancelled 已取消;不填为全部未结束的任务"`
	TaskChoice
}

// TaskItem is a task of the work list.
type TaskItem struct {
	ID           models.ID        `json:"id"`
	ResidentID   models.ID        `json:"resident_id"`
	ResidentName string           `json:"resident_name"`
	Phone        string           `json:"phone" doc:"已脱敏"`
	VillageID    models.ID        `json:"village_id"`
	VillageName  string           `json:"village_name"`
	TeamID       models.ID        `json:"team_id"`
	TeamName     string           `json:"team_name"`
	StaffID      models.ID        `json:"staff_id,omitzero" doc:"办理人;没有则团队任何成员均可办理"`
	StaffName    string           `json:"staff_name,omitempty"`
	VisitOn      models.Date      `json:"visit_on,omitzero" doc:"计划上门日期"`
	Program      string           `json:"program"`
	ProgramLabel string           `json:"program_label"`
	Populations  []Labelled       `json:"populations" nullable:"false" doc:"该项目管理的人群"`
	Key          string           `json:"key" doc:"任务在该项目中的名称,如 2026Q1、18m"`
	Label        string           `json:"label" doc:"任务内容"`
	Kind         string           `json:"kind" enum:"routine,recheck,referral_result,check,screening"`
	KindLabel    string           `json:"kind_label"`
	Service      clinical.Service `json:"service,omitempty" doc:"由何种服务完成;没有则该项目的任何一次随访"`
	AtHome       bool             `json:"at_home" doc:"须上门完成"`
	Urgent       bool             `json:"urgent" doc:"上次随访为危急情况"`
	State        string           `json:"state" enum:"due,overdue,upcoming,done,missed,cancelled"`
	StateLabel   string           `json:"state_label"`
	CountsFrom   models.Date      `json:"counts_from" doc:"从这一天起的随访可完成此任务"`
	WindowFrom   models.Date      `json:"window_from" doc:"从这一天起列为待办"`
	DueOn        models.Date      `json:"due_on"`
	Until        models.Date      `json:"until,omitzero" doc:"最后一天;过后为未完成"`
	DaysOverdue  int              `json:"days_overdue" doc:"已逾期天数"`
	Attempts     int              `json:"attempts" doc:"联系未果的天数"`
	ClosedOn     models.Date      `json:"closed_on,omitzero"`
	FollowupID   models.ID        `json:"followup_id,omitzero" doc:"完成此任务的随访"`
	Reason       string           `json:"reason,omitempty" doc:"未经随访而结束的原因"`
	ReasonLabel  string           `json:"reason_label,omitempty"`
	Version      int              `json:"version"`
}

// ListTasks answers GET /tasks.
func (h *Handlers) ListTasks(ctx context.Context, in *ListTasksInput) (*ListOutput[TaskItem], error) {
	list, err := h.as(ctx).WorkList(ctx, in.filter(models.TaskState(in.State)), in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, taskItem), nil
}

func taskItem(t store.WorkItem) TaskItem {
	program, _ := models.ProgramOf(t.Program)
	item := TaskItem{
		ID: t.ID, ResidentID: t.ResidentID, ResidentName: t.ResidentName, Phone: codes.MaskPhone(t.Phone),
		VillageID: t.VillageID, VillageName: t.VillageName, TeamID: t.TeamID, TeamName: t.TeamName, StaffID: t.StaffID, StaffName: t.StaffName, VisitOn: t.VisitOn,
		Program: t.Program, ProgramLabel: program.Name, Populations: []Labelled{}, Key: t.Key, Label: t.Label,
		Kind: string(t.Kind), KindLabel: models.TaskKindLabels[t.Kind], Service: t.Service, AtHome: t.AtHome, Urgent: t.Urgent,
		State: string(t.State), StateLabel: models.TaskStateLabels[t.State], CountsFrom: t.CountsFrom, WindowFrom: t.WindowFrom, DueOn: t.DueOn, Until: t.Until,
		DaysOverdue: t.DaysOverdue, Attempts: t.Attempts, ClosedOn: t.ClosedOn, FollowupID: t.ClosedBy, Reason: string(t.Reason), ReasonLabel: models.TaskReasonLabels[t.Reason],
		Version: t.Version,
	}
	for _, code := range program.Populations {
		item.Populations = append(item.Populations, Labelled{code, models.Population(code).Label()})
	}
	return item
}

// TaskDetail is a task with the attempts at it.
type TaskDetail struct {
	TaskItem
	Tries []AttemptItem `json:"tries" nullable:"false"`
}

// AttemptItem is one try at which the resident was not met.
type AttemptItem struct {
	On           models.Date `json:"on"`
	Way          int         `json:"visit_way"`
	WayLabel     string      `json:"visit_way_label"`
	Outcome      string      `json:"outcome" enum:"not_reached,wrong_phone,refused"`
	OutcomeLabel string      `json:"outcome_label"`
	Note         string      `json:"note,omitempty"`
}

// GetTask answers GET /tasks/{id}.
func (h *Handlers) GetTask(ctx context.Context, in *IDInput) (*Output[TaskDetail], error) {
	t, attempts, err := h.as(ctx).Task(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := TaskDetail{TaskItem: taskItem(t), Tries: make([]AttemptItem, len(attempts))}
	for i, a := range attempts {
		out.Tries[i] = AttemptItem{a.On, a.Way, clinical.Way(a.Way).Label(), string(a.Outcome), models.AttemptOutcomeLabels[a.Outcome], a.Note}
	}
	return &Output[TaskDetail]{ETag: etag(t.Version), Body: out}, nil
}

// NoteAttemptInput is a try at which the resident was not met.
type NoteAttemptInput struct {
	IDInput
	Body struct {
		On      models.Date `json:"on" doc:"联系日期"`
		Way     int         `json:"visit_way" doc:"联系方式,同随访方式" example:"3"`
		Outcome string      `json:"outcome" enum:"not_reached,wrong_phone,refused" doc:"not_reached 未联系上,wrong_phone 号码错误,refused 拒绝"`
		Note    string      `json:"note,omitempty" maxLength:"200"`
	}
}

// NoteAttempt answers POST /tasks/{id}/attempts.
func (h *Handlers) NoteAttempt(ctx context.Context, in *NoteAttemptInput) (*Output[TaskItem], error) {
	b := in.Body
	return taskOutput(h.as(ctx).NoteAttempt(ctx, in.ID, models.Attempt{On: b.On, Way: b.Way, Outcome: models.AttemptOutcome(b.Outcome), Note: b.Note}))
}

// GiveUpTaskInput ends a task without a visit.
type GiveUpTaskInput struct {
	IDInput
	MatchInput
	Body struct {
		Reason string `json:"reason" enum:"lost,refused" doc:"lost 失访,refused 拒访;须已在 3 个不同的日子联系未果"`
	}
}

// GiveUpTask answers POST /tasks/{id}/give-up.
func (h *Handlers) GiveUpTask(ctx context.Context, in *GiveUpTaskInput) (*Output[TaskItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return taskOutput(h.as(ctx).GiveUpTask(ctx, in.ID, version, models.TaskReason(in.Body.Reason)))
}

func taskOutput(t store.WorkItem, err error) (*Output[TaskItem], error) {
	if err != nil {
		return nil, err
	}
	return &Output[TaskItem]{ETag: etag(t.Version), Body: taskItem(t)}, nil
}

// AssignTasksInput shares out tasks.
type AssignTasksInput struct {
	Body struct {
		TaskIDs []models.ID `json:"task_ids" minItems:"1" maxItems:"500" doc:"任务"`
		StaffID models.ID   `json:"staff_id,omitzero" doc:"办理人;不填为取消分配"`
		VisitOn models.Date `json:"visit_on,omitzero" doc:"计划上门日期"`
	}
}

// CountOutput tells how many rows a change touched.
type CountOutput struct {
	Body struct {
		Count int `json:"count"`
	}
}

// AssignTasks answers POST /tasks/assign.
func (h *Handlers) AssignTasks(ctx context.Context, in *AssignTasksInput) (*CountOutput, error) {
	n, err := h.as(ctx).AssignTasks(ctx, store.Assignment{TaskIDs: in.Body.TaskIDs, StaffID: in.Body.StaffID, VisitOn: in.Body.VisitOn})
	out := &CountOutput{}
	out.Body.Count = n
	return out, err
}

// CalendarInput asks for the tasks of days.
type CalendarInput struct {
	TaskChoice
	From models.Date `query:"from" doc:"开始日期(含)"`
	To   models.Date `query:"to" doc:"结束日期(含),一次最多 100 天"`
}

// CalendarDay counts the open tasks that fall due on a day.
type CalendarDay struct {
	Day      models.Date `json:"day"`
	Total    int         `json:"total" doc:"当天到期的任务"`
	Urgent   int         `json:"urgent" doc:"其中危急情况后的随访"`
	TwoWeeks int         `json:"two_weeks" doc:"其中两周复查和转诊结果随访"`
	Routine  int         `json:"routine" doc:"其中常规随访和年度检查"`
	Screen   int         `json:"screening" doc:"其中筛查"`
	Planned  int         `json:"planned" doc:"计划当天上门的任务,不论何时到期"`
}

// TaskCalendar answers GET /tasks/calendar.
func (h *Handlers) TaskCalendar(ctx context.Context, in *CalendarInput) (*ListOutput[CalendarDay], error) {
	days, err := h.as(ctx).TaskCalendar(ctx, in.filter(""), in.From, in.To)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.CalendarDay]{Items: days}, func(d store.CalendarDay) CalendarDay { return CalendarDay(d) }), nil
}

// RouteInput asks for the home visits of a day.
type RouteInput struct {
	TaskChoice
	On models.Date `query:"on" doc:"日期,默认今天"`
}

// Stop is one person on a day's round of home visits.
type Stop struct {
	Order        int        `json:"order" doc:"顺序,从 1 起"`
	ResidentID   models.ID  `json:"resident_id"`
	ResidentName string     `json:"resident_name"`
	Phone        string     `json:"phone" doc:"已脱敏"`
	Address      string     `json:"address" doc:"已脱敏"`
	VillageID    models.ID  `json:"village_id"`
	VillageName  string     `json:"village_name"`
	HouseholdID  models.ID  `json:"household_id"`
	Urgent       bool       `json:"urgent"`
	Tasks        []TaskItem `json:"tasks" nullable:"false"`
}

// TaskRoute answers GET /tasks/route.
func (h *Handlers) TaskRoute(ctx context.Context, in *RouteInput) (*ListOutput[Stop], error) {
	stops, err := h.as(ctx).TaskRoute(ctx, in.filter(""), in.On)
	if err != nil {
		return nil, err
	}
	order := 0
	return listOf(store.List[store.Stop]{Items: stops}, func(s store.Stop) Stop {
		order++
		out := Stop{Order: order, ResidentID: s.ResidentID, ResidentName: s.ResidentName, Phone: codes.MaskPhone(s.Phone), Address: codes.MaskAddress(s.Address),
			VillageID: s.VillageID, VillageName: s.VillageName, HouseholdID: s.HouseholdID, Urgent: s.Urgent, Tasks: make([]TaskItem, len(s.Tasks))}
		for i, t := range s.Tasks {
			out.Tasks[i] = taskItem(t)
		}
		return out
	}), nil
}
