package models

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"jiayi/internal/calendar"
)

// SessionKind is what a visiting expert of a partner unit does (domain §5.3).
type SessionKind string

// SessionKindLabels are the Chinese names of the kinds.
var SessionKindLabels = map[SessionKind]string{"clinic": "坐诊", "consult": "会诊", "teaching": "带教", "free_clinic": "义诊", "rounds": "巡诊"}

// Limits of a session.
const (
	MaxSessionHalfHours = 24 // 12 hours
	MaxSessionPeople    = 1000
	MaxSessionBack      = 366 // days a session may be noted afterwards
)

// PartnerSession is one visit of an expert of a partner unit to a team.
type PartnerSession struct {
	ID            ID
	LinkID        ID          `gorm:"not null;index:ix_partner_sessions_link,priority:1"`
	TeamID        ID          `gorm:"not null;index:ix_partner_sessions_team,priority:1"`
	InstitutionID ID          `gorm:"not null;index:ix_partner_sessions_inst,priority:1"`
	PartnerID     ID          `gorm:"not null;index:ix_partner_sessions_partner,priority:1"`
	Kind          SessionKind `gorm:"size:16;not null"`
	On            Date        `gorm:"column:held_on;not null;index;index:ix_partner_sessions_link,priority:2;index:ix_partner_sessions_team,priority:2;index:ix_partner_sessions_inst,priority:2;index:ix_partner_sessions_partner,priority:2"`
	Expert        string      `gorm:"serializer:sealed"` // name
	HalfHours     int         `gorm:"not null"`
	People        int         `gorm:"not null"` // served
	Notes         string      `gorm:"serializer:sealed;type:text"`
	Voided        bool        `gorm:"not null"`
	VoidReason    string      `gorm:"serializer:sealed"`
	EnteredBy     string      `gorm:"size:32;not null"`
	CreatedAt     time.Time
}

// Check notes what is wrong with a session of the link.
func (s PartnerSession) Check(p *Problems, l TeamPartner, today Date) {
	if _, ok := SessionKindLabels[s.Kind]; !ok {
		p.Add("kind", "enum", "没有这一类协作活动")
	}
	switch {
	case s.On.IsZero():
		p.Add("on", "required", "请填写日期")
	case s.On.After(today):
		p.Add("on", "future", "日期不能晚于今天")
	case s.On.Before(today.AddDays(-MaxSessionBack)):
		p.Add("on", "too_old", "只能补登一年以内的活动")
	case !l.On(s.On):
		p.Add("on", "out_of_term", "日期不在协作期内")
	}
	CheckName(p, "expert", s.Expert)
	if s.HalfHours < 1 || s.HalfHours > MaxSessionHalfHours {
		p.Add("hours", "out_of_range", "时长应为0.5至12小时")
	}
	if s.People < 0 || s.People > MaxSessionPeople {
		p.Add("people", "out_of_range", "服务人次应为0至1000")
	}
	if len([]rune(s.Notes)) > MaxRoundNotes {
		p.Add("notes", "too_long", "备注不能超过500个字")
	}
}

var frequencyPattern = regexp.MustCompile(`^每(周|月|季度|年)([1-9]\d?)次$`)

// periodsPerYear are how often the words of a frequency come in a year.
var periodsPerYear = map[string]int{"周": 52, "月": 12, "季度": 4, "年": 1}

// PerYear is how many sessions a year a frequency like 每月2次 promises; ok is false for any
// other text.
func PerYear(frequency string) (n int, ok bool) {
	m := frequencyPattern.FindStringSubmatch(frequency)
	if m == nil {
		return 0, false
	}
	times, err := strconv.Atoi(m[2])
	return times * periodsPerYear[m[1]], err == nil
}

// LinkStatus is the state of the link between a team and a partner unit.
type LinkStatus string

// The states.
const (
	LinkActive LinkStatus = "active"
	LinkEnded  LinkStatus = "ended"
)

// LinkMove is an event of a link's life.
type LinkMove string

// The moves.
const (
	MoveBeginLink  LinkMove = "begin"
	MoveEndLink    LinkMove = "end"
	MoveResumeLink LinkMove = "resume"
)

// LinkStatusLabels and LinkMoveLabels are the Chinese names.
var (
	LinkStatusLabels = map[LinkStatus]string{LinkActive: "协作中", LinkEnded: "已结束"}
	LinkMoveLabels   = map[LinkMove]string{MoveBeginLink: "建立协作", MoveEndLink: "结束协作", MoveResumeLink: "重新协作"}
)

// PartnerLinkProcess is the state table of a link (domain §5.3).
var PartnerLinkProcess = Process[LinkStatus, LinkMove]{
	Noun: "partner_link", Title: "对口协作", States: LinkStatusLabels, Moves: LinkMoveLabels, Steps: []Step[LinkStatus, LinkMove]{
		{MoveBeginLink, nil, LinkActive, PartyManager, PartnerWrite, false},
		{MoveEndLink, []LinkStatus{LinkActive}, LinkEnded, PartyManager, PartnerWrite, true},
		{MoveResumeLink, []LinkStatus{LinkEnded}, LinkActive, PartyManager, PartnerWrite, false},
	},
}

// Status is the state of the link: it has ended when it has a last day.
func (l TeamPartner) Status() LinkStatus {
	switch {
	case l.ID == 0:
		return ""
	case l.End.IsZero():
		return LinkActive
	}
	return LinkEnded
}

// On tells whether the team and the unit work together on the day.
func (l TeamPartner) On(day Date) bool {
	return !day.Before(l.Begin) && (l.End.IsZero() || !day.After(l.End))
}

// Expected is how many sessions the frequency promises over the days from one to another,
// as far as the link lasts: whole sessions only.
func (l TeamPartner) Expected(from, to Date) int {
	perYear, ok := PerYear(l.Frequency)
	first, last := calendar.Later(from, l.Begin), to
	if !l.End.IsZero() {
		last = calendar.Earlier(to, l.End)
	}
	if !ok || last.Before(first) {
		return 0
	}
	return perYear * (last.Sub(first) + 1) / 365
}

// Check notes what is wrong with a link that begins.
func (l TeamPartner) Check(p *Problems, today Date) {
	CheckNote(p, "scope", "协作内容", l.Scope, 60)
	if _, ok := PerYear(l.Frequency); !ok {
		p.Add("frequency", "format", "频次格式应为“每月2次”(周、月、季度、年)")
	}
	CheckName(p, "lead_expert", strings.TrimSpace(l.LeadExpert))
	switch {
	case l.Begin.IsZero():
		p.Add("begin", "required", "请填写开始日期")
	case l.Begin.After(today):
		p.Add("begin", "future", "开始日期不能晚于今天")
	}
}

// Move begins, ends or resumes the link of a team of the institution on a day, and is the
// only writer of its first and last day. It refuses as Process.Move does, and with Invalid
// for a day that cannot be.
func (l *TeamPartner) Move(m LinkMove, on Date, by Actor, institution ID, reason string, today Date) (Event, error) {
	var parties Party
	if by.Role == DistrictManager || by.Role == SystemRole || by.Role == InstitutionManager && by.InstitutionID == institution {
		parties = PartyManager
	}
	_, e, err := PartnerLinkProcess.Move(l.Status(), m, by, parties, reason)
	if err != nil {
		return e, err
	}
	switch {
	case on.IsZero():
		return e, InvalidField("on", "required", "请填写日期")
	case on.After(today):
		return e, InvalidField("on", "future", "日期不能晚于今天")
	case m == MoveEndLink && on.Before(l.Begin), m == MoveResumeLink && !on.After(l.End):
		return e, InvalidField("on", "out_of_order", "日期与协作起止日期矛盾")
	}
	if m == MoveEndLink {
		l.End = on
	} else {
		l.Begin, l.End = on, Date{}
	}
	return e, nil
}
