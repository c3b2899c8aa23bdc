package store

import (
	"context"
	"slices"
	"strings"

	"jiayi/models"
)

// CalendarDay counts the open tasks that fall due on a day, by kind.
type CalendarDay struct {
	Day      models.Date
	Total    int
	Urgent   int
	TwoWeeks int // rechecks and referral results
	Routine  int // follow-ups and yearly checks
	Screen   int // screenings
	Planned  int // tasks with a visit planned for the day, whenever they fall due
}

// MaxCalendarDays is the longest span of a calendar: a coming quarter fits.
const MaxCalendarDays = 100

// TaskCalendar counts by day the open tasks of the actor's teams that fall due between two
// days, both included; days without any are left out. Of the filter, state has no meaning.
func (v View) TaskCalendar(ctx context.Context, f TaskFilter, from, to models.Date) ([]CalendarDay, error) {
	var p models.Problems
	switch {
	case from.IsZero():
		p.Add("from", "required", "请填写开始日期")
	case to.IsZero():
		p.Add("to", "required", "请填写结束日期")
	case to.Before(from):
		p.Add("to", "before_from", "结束日期不能早于开始日期")
	case to.Sub(from) >= MaxCalendarDays:
		p.Add("to", "too_long", "一次最多查看100天")
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	if err := knownProgram(f.Program); err != nil {
		return nil, err
	}
	days := map[models.Date]*CalendarDay{}
	on := func(day models.Date) *CalendarDay {
		if days[day] == nil {
			days[day] = &CalendarDay{Day: day}
		}
		return days[day]
	}
	var due []struct {
		DueOn models.Date
		Lane  int
		N     int
	}
	err := v.tasks(ctx, f).Model(&models.Task{}).Select("due_on, lane, COUNT(*) AS n").
		Where("tasks.lane < ? AND tasks.due_on BETWEEN ? AND ?", models.LaneClosed, from, to).Group("due_on, lane").Scan(&due).Error
	if err != nil {
		return nil, err
	}
	for _, d := range due {
		c := on(d.DueOn)
		c.Total += d.N
		switch d.Lane {
		case models.LaneUrgent:
			c.Urgent += d.N
		case models.LaneReferral, models.LaneRecheck:
			c.TwoWeeks += d.N
		case models.LaneScreening:
			c.Screen += d.N
		default:
			c.Routine += d.N
		}
	}
	var planned []struct {
		VisitOn models.Date
		N       int
	}
	err = v.tasks(ctx, f).Model(&models.Task{}).Select("visit_on, COUNT(*) AS n").
		Where("tasks.lane < ? AND tasks.visit_on BETWEEN ? AND ?", models.LaneClosed, from, to).Group("visit_on").Scan(&planned).Error
	if err != nil {
		return nil, err
	}
	for _, d := range planned {
		on(d.VisitOn).Planned = d.N
	}
	out := make([]CalendarDay, 0, len(days))
	for _, d := range days {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b CalendarDay) int { return a.Day.Sub(b.Day) })
	return out, nil
}

// Stop is one person to visit on a day's round, with everything that can be done there.
type Stop struct {
	ResidentID   models.ID
	ResidentName string
	Phone        string // in clear; to be shown masked
	Address      string // in clear; to be shown masked
	VillageID    models.ID
	VillageName  string
	HouseholdID  models.ID
	Urgent       bool
	Tasks        []WorkItem
}

// maxRoute is the most tasks of a day's round.
const maxRoute = 300

// TaskRoute orders the home visits of a day: the tasks planned for it, and those that are
// made at home and due by then. Villages follow each other by their code, in which
// neighbours are close; households of a village and people of a household are kept
// together, and whoever must be seen urgently comes first of the village.
func (v View) TaskRoute(ctx context.Context, f TaskFilter, on models.Date) ([]Stop, error) {
	if on.IsZero() {
		on = v.Today()
	}
	var rows []WorkItem
	err := v.withPeople(v.tasks(ctx, f)).Where("tasks.lane < ? AND (tasks.visit_on = ? OR tasks.visit_on IS NULL AND tasks.at_home = ? AND tasks.window_from <= ?)",
		models.LaneClosed, on, true, on).Order("tasks.lane, tasks.due_on, tasks.id").Limit(maxRoute).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	items, err := v.finish(rows)
	if err != nil {
		return nil, err
	}
	stops, err := v.stops(ctx, items)
	if err != nil {
		return nil, err
	}
	return stops, v.witnessed(ctx, "task.route", "task", 0, 0, idTexts(residentsOf(items))...)
}

func (v View) stops(ctx context.Context, items []WorkItem) ([]Stop, error) {
	var villages []models.Village
	ids := make([]models.ID, len(items))
	for i, t := range items {
		ids[i] = t.VillageID
	}
	if err := v.query(ctx).Select("id", "code").Find(&villages, "id IN ?", anyOf(ids)).Error; err != nil {
		return nil, err
	}
	codes := map[models.ID]string{}
	for _, x := range villages {
		codes[x.ID] = x.Code
	}
	var residents []models.Resident
	if err := v.residents(v.query(ctx)).Select("id", "address").Find(&residents, "residents.id IN ?", anyOf(residentsOf(items))).Error; err != nil {
		return nil, err
	}
	address := map[models.ID]string{}
	for _, r := range residents {
		address[r.ID] = r.Address
	}
	at := map[models.ID]int{}
	var stops []Stop
	for _, t := range items {
		i, ok := at[t.ResidentID]
		if !ok {
			i = len(stops)
			at[t.ResidentID] = i
			stops = append(stops, Stop{ResidentID: t.ResidentID, ResidentName: t.ResidentName, Phone: t.Phone, Address: address[t.ResidentID],
				VillageID: t.VillageID, VillageName: t.VillageName, HouseholdID: t.HouseholdID})
		}
		stops[i].Tasks = append(stops[i].Tasks, t)
		stops[i].Urgent = stops[i].Urgent || t.Urgent
	}
	urgent := map[models.ID]bool{} // households with someone urgent
	for _, s := range stops {
		urgent[s.HouseholdID] = urgent[s.HouseholdID] || s.Urgent
	}
	slices.SortStableFunc(stops, func(a, b Stop) int {
		if n := strings.Compare(codes[a.VillageID], codes[b.VillageID]); n != 0 {
			return n
		}
		if x, y := urgent[a.HouseholdID], urgent[b.HouseholdID]; x != y {
			if x {
				return -1
			}
			return 1
		}
		return int(a.HouseholdID - b.HouseholdID)
	})
	return stops, nil
}
