package models

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// EventKind is what a community event is held for (domain §6.10).
type EventKind string

// EventKindLabels are the Chinese names of the kinds.
var EventKindLabels = map[EventKind]string{"signing": "签约进社区", "education": "健康教育", "free_clinic": "义诊"}

// EventServices are what is offered at an event, in order, with their Chinese names.
var EventServices = []struct{ Code, Label string }{{"free_clinic", "义诊"}, {"talk", "健康讲座"}, {"signing", "签约"}}

// EventStatus is the state of a community event.
type EventStatus string

// The states.
const (
	EventPlanned   EventStatus = "planned"
	EventOpen      EventStatus = "open"
	EventClosed    EventStatus = "closed"
	EventCancelled EventStatus = "cancelled"
)

// EventStatusLabels are the Chinese names of the states.
var EventStatusLabels = map[EventStatus]string{EventPlanned: "计划中", EventOpen: "进行中", EventClosed: "已结束", EventCancelled: "已取消"}

// Limits of an event.
const (
	MaxEventTeams  = 60
	MaxEventAhead  = 366    // days an event may be planned ahead
	MaxEventCount  = 100000 // people or leaflets
	SceneLength    = 10     // characters of the code on the poster
	SceneAlphabet  = "23456789abcdefghjkmnpqrstuvwxyz"
	eventTitleMost = 60
)

// CommunityEvent is an event that teams hold among the people: signing, a talk or a free
// clinic (domain §6.10). Its status is written by Move alone.
type CommunityEvent struct {
	ID            ID
	Scene         string      `gorm:"size:16;not null;uniqueIndex"` // short opaque code of the QR code, for checking in
	Kind          EventKind   `gorm:"size:16;not null"`
	Title         string      `gorm:"size:128;not null"`
	Place         string      `gorm:"size:128;not null"`
	InstitutionID ID          `gorm:"not null;index:ix_community_events_inst,priority:1"` // host
	On            Date        `gorm:"column:held_on;not null;index;index:ix_community_events_inst,priority:2"`
	Services      string      `gorm:"size:64;not null"` // codes with commas between
	Status        EventStatus `gorm:"size:16;not null"`
	Heads         int         `gorm:"not null"` // people counted by the staff
	Consultations int         `gorm:"not null"`
	Materials     int         `gorm:"not null"` // leaflets given out
	Teams         []ID        `gorm:"-"`        // of the teams that hold it
	Version       int         `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// EventTeam is a team that holds an event.
type EventTeam struct {
	EventID ID `gorm:"primaryKey;autoIncrement:false"`
	TeamID  ID `gorm:"primaryKey;autoIncrement:false;index"`
}

// EventCheckIn is a resident who came, once an event.
type EventCheckIn struct {
	EventID    ID        `gorm:"primaryKey;autoIncrement:false"`
	ResidentID ID        `gorm:"primaryKey;autoIncrement:false;index"`
	At         time.Time `gorm:"not null"`
}

// HasService tells whether the service is offered.
func (e CommunityEvent) HasService(code string) bool {
	return slices.Contains(strings.Split(e.Services, ","), code)
}

// Check notes every field of a plan that breaks a rule.
func (e CommunityEvent) Check(p *Problems, today Date) {
	if _, ok := EventKindLabels[e.Kind]; !ok {
		p.Add("kind", "enum", "没有这一活动类型")
	}
	CheckNote(p, "title", "活动名称", e.Title, eventTitleMost)
	CheckNote(p, "place", "活动地点", e.Place, eventTitleMost)
	switch {
	case e.On.IsZero():
		p.Add("on", "required", "请填写活动日期")
	case e.On.Before(today):
		p.Add("on", "past", "活动日期不能早于今天")
	case e.On.After(today.AddDays(MaxEventAhead)):
		p.Add("on", "too_far", "活动日期不能晚于一年后")
	}
	if len(e.Teams) == 0 || len(e.Teams) > MaxEventTeams {
		p.Add("team_ids", "required", fmt.Sprintf("请选择1至%d个团队", MaxEventTeams))
	}
	for s := range strings.SplitSeq(e.Services, ",") {
		if !slices.ContainsFunc(EventServices, func(x struct{ Code, Label string }) bool { return x.Code == s }) {
			p.Add("services", "enum", "没有这一项服务")
		}
	}
	CheckDistinct(p, "team_ids", e.Teams)
	CheckDistinct(p, "services", strings.Split(e.Services, ","))
}

// EventCounts are what the staff counted.
type EventCounts struct{ Heads, Consultations, Materials int }

// Check notes every count that cannot be.
func (c EventCounts) Check(p *Problems) {
	for field, n := range map[string]int{"heads": c.Heads, "consultations": c.Consultations, "materials": c.Materials} {
		if n < 0 || n > MaxEventCount {
			p.Add(field, "out_of_range", "人数或份数应为0至100000")
		}
	}
}

// Attendance is how many came: those counted, or those who checked in if they were more.
func (e CommunityEvent) Attendance(checkedIn int) int { return max(e.Heads, checkedIn) }

// SignsFor refuses a signing at the event unless it is open, today, and the team's.
func (e CommunityEvent) SignsFor(team ID, today Date) error {
	switch {
	case e.On != today || e.Status != EventOpen:
		return InvalidField("event_id", "not_today", "只能选择今天正在进行的活动")
	case !slices.Contains(e.Teams, team):
		return InvalidField("event_id", "other_team", "签约团队没有参加该活动")
	}
	return nil
}
