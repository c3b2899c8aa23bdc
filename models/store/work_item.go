package store

import (
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// WorkItem is a task with what a doctor needs to take it up.
type WorkItem struct {
	models.Task  `gorm:"embedded"`
	State        models.TaskState `gorm:"-"`
	DaysOverdue  int              `gorm:"-"`
	ResidentName string
	Phone        string // in clear; to be shown masked
	HouseholdID  models.ID
	VillageID    models.ID
	VillageName  string
	TeamName     string
	StaffName    string    // who is to do it, "" for anyone of the team
	PersonID     models.ID // 0 for somebody outside the scope
}

// withPeople adds the people to tasks, in one statement: LEFT JOINs keep the order of the
// tasks' index.
func (v View) withPeople(tasks *gorm.DB) *gorm.DB {
	people := v.residents(fresh(tasks).Model(&models.Resident{})).Select("id", "name", "phone", "village_id", "household_id")
	return tasks.Table("tasks").
		Select("tasks.*, p.id AS person_id, p.name AS resident_name, p.phone, p.household_id, p.village_id, villages.name AS village_name, teams.name AS team_name, staff.name AS staff_name").
		Joins("LEFT JOIN (?) p ON p.id = tasks.resident_id", people).
		Joins("LEFT JOIN villages ON villages.id = p.village_id").Joins("LEFT JOIN teams ON teams.id = tasks.team_id").Joins("LEFT JOIN staff ON staff.id = tasks.staff_id")
}

// finish makes rows of withPeople fit to be shown. A task of someone outside the scope would
// be one that a move of teams forgot; it is not shown.
func (v View) finish(rows []WorkItem) ([]WorkItem, error) {
	items, today := make([]WorkItem, 0, len(rows)), v.Today()
	for _, t := range rows {
		if t.PersonID == 0 {
			continue
		}
		phone, err := v.openPhone(t.Phone)
		if err != nil {
			return nil, err
		}
		t.Phone, t.State, t.DaysOverdue = phone, t.Task.State(today), t.Task.DaysOverdue(today)
		items = append(items, t)
	}
	return items, nil
}

// openPhone opens a resident's telephone number that a join read as it is stored.
func (v View) openPhone(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	plain, err := v.keys.Open(sealed, "residents.phone")
	if err != nil {
		return "", fmt.Errorf("store: open residents.phone: %w", err)
	}
	return plain, nil
}

// workItem finds the one task that the query chooses.
func (v View) workItem(task *gorm.DB) (WorkItem, error) {
	var rows []WorkItem
	if err := v.withPeople(task).Limit(1).Find(&rows).Error; err != nil {
		return WorkItem{}, err
	}
	items, err := v.finish(rows)
	if err == nil && len(items) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return WorkItem{}, err
	}
	return items[0], nil
}
