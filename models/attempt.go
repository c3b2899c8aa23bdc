package models

import (
	"time"
	"unicode/utf8"
)

// AttemptOutcome is why a resident was not met.
type AttemptOutcome string

// The outcomes of an attempt.
const (
	NotReached AttemptOutcome = "not_reached" // nobody answered, nobody at home
	WrongPhone AttemptOutcome = "wrong_phone" // the number is somebody else's or out of use
	Refuses    AttemptOutcome = "refused"     // the resident refuses
)

// AttemptOutcomeLabels are the Chinese names of the outcomes.
var AttemptOutcomeLabels = map[AttemptOutcome]string{NotReached: "未联系上", WrongPhone: "号码错误", Refuses: "拒绝"}

// Attempt is one try to do a task at which it could not be done. Tries of one day count
// once: three different days are needed before a task is given up (domain §10.4).
type Attempt struct {
	ID        ID
	TaskID    ID             `gorm:"not null;index"`
	On        Date           `gorm:"column:made_on;not null"`
	Way       int            `gorm:"not null"` // clinical.Way
	Outcome   AttemptOutcome `gorm:"size:16;not null"`
	Note      string         `gorm:"serializer:sealed"`
	StaffID   ID             `gorm:"not null"`
	CreatedAt time.Time
}

// TableName says what was attempted.
func (Attempt) TableName() string { return "task_attempts" }

// AttemptsNeeded is on how many different days a resident must have been sought before
// a task is given up (domain §10.4).
const AttemptsNeeded = 3

// MaxAttemptNote is the longest note of an attempt, in characters.
const MaxAttemptNote = 200

// Check notes what is wrong with an attempt at the task on the day.
func (a Attempt) Check(p *Problems, t Task, today Date) {
	switch {
	case a.On.IsZero():
		p.Add("on", "required", "请填写联系日期")
	case a.On.After(today):
		p.Add("on", "future", "联系日期不能晚于今天")
	case a.On.Before(t.CountsFrom):
		p.Add("on", "before_window", "联系日期不能早于任务开始的日期")
	}
	checkWay(p, a.Way)
	if _, ok := AttemptOutcomeLabels[a.Outcome]; !ok {
		p.Add("outcome", "enum", "联系结果不在可选范围内")
	}
	if utf8.RuneCountInString(a.Note) > MaxAttemptNote {
		p.Add("note", "too_long", "说明不能超过200个字")
	}
}

// GiveUp closes the task as missed because the resident is lost or refuses. It returns
// Conflict not_open for a task that is not open, Invalid for another reason, and
// Conflict too_few_attempts before three different days.
func (t *Task) GiveUp(reason TaskReason, today Date) error {
	switch {
	case !t.IsOpen():
		return Errorf(Conflict, "not_open", "该任务已结束")
	case reason != ReasonLost && reason != ReasonRefused:
		return InvalidField("reason", "enum", "原因只能是失访或拒访;死亡、迁出请在居民档案中登记")
	case t.Attempts < AttemptsNeeded:
		return Errorf(Conflict, "too_few_attempts", "须在 %d 个不同的日子联系未果后才能按失访或拒访结束,目前 %d 天", AttemptsNeeded, t.Attempts)
	}
	t.miss(reason, today)
	return nil
}
