package models

import (
	"time"

	"jiayi/models/codes"
)

// ComplaintChannel is how a complaint 诉求 reached the district (domain §6.7).
type ComplaintChannel string

// The channels.
const (
	ChannelHotline     ComplaintChannel = "12345"
	ChannelZaoJieJue   ComplaintChannel = "zaojiejue" // 枣解决 枣满意
	ChannelYiJianMa    ComplaintChannel = "yijianma"  // 医监码, a QR code in every institution
	ChannelMiniProgram ComplaintChannel = "miniprogram"
	ChannelWindow      ComplaintChannel = "window"
)

// ComplaintChannelLabels are the Chinese names of the channels.
var ComplaintChannelLabels = map[ComplaintChannel]string{
	ChannelHotline: "12345热线", ChannelZaoJieJue: "枣解决 枣满意", ChannelYiJianMa: "医监码", ChannelMiniProgram: "小程序", ChannelWindow: "窗口",
}

// ComplaintCategory is what a complaint is about (domain §6.7).
type ComplaintCategory string

// The categories.
const (
	AboutAttitude    ComplaintCategory = "attitude"
	AboutSigning     ComplaintCategory = "signing"
	AboutFees        ComplaintCategory = "fees"
	AboutQuality     ComplaintCategory = "quality"
	AboutAppointment ComplaintCategory = "appointment"
	AboutMedicine    ComplaintCategory = "medicine"
	AboutPrivacy     ComplaintCategory = "privacy"
	AboutOther       ComplaintCategory = "other"
)

// ComplaintCategoryLabels are the Chinese names of the categories.
var ComplaintCategoryLabels = map[ComplaintCategory]string{
	AboutAttitude: "服务态度", AboutSigning: "签约", AboutFees: "收费", AboutQuality: "医疗质量", AboutAppointment: "预约", AboutMedicine: "药品", AboutPrivacy: "隐私", AboutOther: "其他",
}

// Satisfaction is what the complainant says when called back 回访.
type Satisfaction string

// The answers. NotRated is no valid answer and is left out of the satisfied rate.
const (
	VerySatisfied Satisfaction = "satisfied"
	Mostly        Satisfaction = "mostly"
	Unsatisfied   Satisfaction = "unsatisfied"
	NotRated      Satisfaction = "not_rated"
)

// SatisfactionLabels are the Chinese names of the answers.
var SatisfactionLabels = map[Satisfaction]string{VerySatisfied: "满意", Mostly: "基本满意", Unsatisfied: "不满意", NotRated: "未评价"}

// SatisfiedAnswers are those that count as satisfied in the rate: 满意 and 基本满意, as the
// 12345 hotline counts. The seed states the rate, not the rule (domain §11.6), so a
// district that counts 满意 alone changes it here.
var SatisfiedAnswers = []Satisfaction{VerySatisfied, Mostly}

// ComplaintStatus is the state of a complaint (domain §6.7).
type ComplaintStatus string

// The states.
const (
	ComplaintReceived   ComplaintStatus = "received"
	ComplaintAssigned   ComplaintStatus = "assigned"
	ComplaintProcessing ComplaintStatus = "processing"
	ComplaintReplied    ComplaintStatus = "replied"
	ComplaintVisited    ComplaintStatus = "visited"
	ComplaintClosed     ComplaintStatus = "closed"
	ComplaintReopened   ComplaintStatus = "reopened"
)

// ComplaintStatusLabels are the Chinese names of the states.
var ComplaintStatusLabels = map[ComplaintStatus]string{
	ComplaintReceived: "已受理", ComplaintAssigned: "已分派", ComplaintProcessing: "办理中", ComplaintReplied: "已答复",
	ComplaintVisited: "已回访", ComplaintClosed: "已办结", ComplaintReopened: "重新办理",
}

// Terms and limits of a complaint (domain §6.7).
const (
	ComplaintWorkdays = 5    // working days for an answer
	UrgentWorkdays    = 1    // the same for an urgent one
	MaxComplaint      = 1000 // characters of what is complained of, and of the answer
	// ComplaintRemind is how long before the deadline those who have to answer are told.
	ComplaintRemind = 24 * time.Hour
)

// Complaint is one 诉求: what somebody asks the district to set right, and what came of it.
// Its status is written by Move alone.
type Complaint struct {
	ID            ID
	No            string            `gorm:"size:32;not null;uniqueIndex"` // SQ + date + sequence
	SourceNo      string            `gorm:"size:64;not null"`             // number of the channel, if any
	Channel       ComplaintChannel  `gorm:"size:16;not null"`
	Category      ComplaintCategory `gorm:"size:16;not null"`
	Urgent        bool              `gorm:"not null"`
	Content       string            `gorm:"serializer:sealed;type:text"`
	Name          string            `gorm:"serializer:sealed"` // of the complainant
	Phone         string            `gorm:"serializer:sealed"`
	Anonymous     bool              `gorm:"not null"`       // those complained of must not learn who complained
	ResidentID    ID                `gorm:"not null;index"` // whom it is for, 0 when unknown
	InstitutionID ID                `gorm:"not null"`       // it is about, 0 when unknown
	TeamID        ID                `gorm:"not null"`       // it is about, or 0
	// The institution, and the team if not the institution itself, that has to answer: 0
	// until it is assigned, and again when they give it back.
	HandlerInstID ID              `gorm:"not null;index:ix_complaints_inst,priority:1"`
	HandlerTeamID ID              `gorm:"not null;index:ix_complaints_team,priority:1"`
	Status        ComplaintStatus `gorm:"size:16;not null;index"`
	ReceivedAt    time.Time       `gorm:"not null;index;index:ix_complaints_inst,priority:2;index:ix_complaints_team,priority:2"`
	DueAt         time.Time       `gorm:"not null"` // answer due: the end of a working day
	// WaitingUntil is DueAt while an answer is owed and NULL otherwise: the index of the
	// deadlines.
	WaitingUntil *time.Time   `gorm:"index"`
	RepliedAt    *time.Time   // the answer that stands
	Late         bool         `gorm:"not null"` // an answer of an earlier round came late
	Dispatches   int          `gorm:"not null"` // times it was assigned; the second counts against 一次办结
	Reopens      int          `gorm:"not null"`
	Result       string       `gorm:"serializer:sealed;type:text"` // the answer
	Satisfaction Satisfaction `gorm:"size:16;not null"`            // "" until called back
	Resolved     string       `gorm:"size:4;not null"`             // yes, no, "" until called back
	VisitedAt    *time.Time
	ClosedAt     *time.Time
	Version      int `gorm:"not null"`
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// ComplaintDraft is a complaint as it is filed.
type ComplaintDraft struct {
	Channel               ComplaintChannel
	SourceNo              string
	Category              ComplaintCategory
	Urgent                bool
	Content               string
	Name, Phone           string
	Anonymous             bool
	ResidentID            ID
	InstitutionID, TeamID ID
	ReceivedAt            time.Time // zero for now
}

// Check notes every field that breaks a rule. A resident uses the mini-program, and the
// officer enters what comes by any other way.
func (d ComplaintDraft) Check(p *Problems, by Actor, now time.Time) {
	if _, ok := ComplaintChannelLabels[d.Channel]; !ok {
		p.Add("channel", "enum", "没有这一诉求渠道")
	} else if by.Role == ResidentRole != (d.Channel == ChannelMiniProgram) {
		p.Add("channel", "not_yours", "居民通过小程序提出诉求,其他渠道由诉求管理员登记")
	}
	if _, ok := ComplaintCategoryLabels[d.Category]; !ok {
		p.Add("category", "enum", "没有这一诉求类别")
	}
	CheckNote(p, "content", "诉求内容", d.Content, MaxComplaint)
	if d.Name != "" {
		CheckName(p, "name", d.Name)
	}
	if d.Phone != "" {
		if _, err := codes.ParsePhone(d.Phone); err != nil {
			p.Add("phone", "format", "联系电话格式不正确")
		}
	}
	if d.ReceivedAt.After(now) {
		p.Add("received_at", "future", "受理时间不能晚于现在")
	}
}

// ComplaintDue is when the answer to a complaint of the day is due: the end of the fifth
// working day after it, of the first for an urgent one.
func ComplaintDue(on Date, urgent bool) time.Time {
	days := ComplaintWorkdays
	if urgent {
		days = UrgentWorkdays
	}
	return on.AddWorkingDays(days).AddDays(1).Start().UTC()
}

// OnTime tells whether the complaint is answered and every answer came by its deadline.
func (c Complaint) OnTime() bool { return !c.Late && c.RepliedAt != nil && !c.RepliedAt.After(c.DueAt) }

// Waiting is until when an answer is owed, the zero time when none is.
func (c Complaint) Waiting() time.Time {
	if c.WaitingUntil == nil {
		return time.Time{}
	}
	return *c.WaitingUntil
}

// Overdue tells whether an answer is owed and its deadline has passed.
func (c Complaint) Overdue(now time.Time) bool {
	return c.WaitingUntil != nil && now.After(*c.WaitingUntil)
}

// AtOnce tells whether the complaint was closed without a second dispatch or a reopening
// (一次办结).
func (c Complaint) AtOnce() bool {
	return c.Status == ComplaintClosed && c.Dispatches == 1 && c.Reopens == 0
}

// ShowsWho tells whether the actor may learn who complained: the complainant, the
// officer's desk, and those who have to answer unless it is anonymous.
func (c Complaint) ShowsWho(a Actor) bool {
	return !c.Anonymous || a.ActsFor(c.ResidentID) || c.Parties(a)&PartyDesk != 0
}
