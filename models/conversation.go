package models

import (
	"time"

	"jiayi/internal/calendar"
)

// ConversationStatus is the state of a conversation between a resident and a team.
type ConversationStatus string

// The states.
const (
	ConversationOpen   ConversationStatus = "open"
	ConversationClosed ConversationStatus = "closed"
)

// ConversationStatusLabels are the Chinese names of the states.
var ConversationStatusLabels = map[ConversationStatus]string{ConversationOpen: "进行中", ConversationClosed: "已结束"}

// Limits of a conversation.
const (
	MaxChatText      = 1000 // characters
	MaxSummary       = 500  // characters
	ReopenDays       = 7    // a closed conversation goes on with a message within so many days
	ReplyHours       = 4    // working hours within which the team answers
	WorkOpens        = 8    // o'clock on working days: one place for the promise of all teams
	WorkCloses       = 17
	MaxChatImages    = 200 // of one conversation
	ConversationNoun = "conversation"
)

// Conversation is what a resident, or a guardian, and a team say to each other about one matter.
type Conversation struct {
	ID            ID
	ResidentID    ID `gorm:"not null;uniqueIndex:ux_conversations_open,priority:1;index:ix_conversations_resident,priority:1"`
	TeamID        ID `gorm:"not null;uniqueIndex:ux_conversations_open,priority:2;index:ix_conversations_team,priority:1;index:ix_conversations_unread,priority:1"`
	InstitutionID ID `gorm:"not null;index:ix_conversations_inst,priority:1"`
	// Current is true while it is open and NULL after: one at a time with a team.
	Current *bool              `gorm:"column:is_current;uniqueIndex:ux_conversations_open,priority:3"`
	Status  ConversationStatus `gorm:"size:16;not null"`
	StaffID ID                 `gorm:"not null"` // who has it in hand, 0 for anyone of the team
	// LastAt and the id order the lists.
	LastAt  time.Time `gorm:"not null;index:ix_conversations_resident,priority:2;index:ix_conversations_team,priority:2;index:ix_conversations_inst,priority:2"`
	ReplyBy *time.Time
	// What each side has not read, and the last message it has.
	ResidentUnread int        `gorm:"not null"`
	TeamUnread     int        `gorm:"not null;index:ix_conversations_unread,priority:2"`
	ResidentRead   ID         `gorm:"not null"`
	TeamRead       ID         `gorm:"not null"`
	Images         int        `gorm:"not null"`
	Summary        string     `gorm:"serializer:sealed;type:text"`
	ClosedAt       *time.Time //
	Version        int        `gorm:"not null"`
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// ChatMessage is one message of a conversation: a text or a picture. It is never changed.
type ChatMessage struct {
	ID             ID
	ConversationID ID     `gorm:"not null;index:ix_conversation_messages,priority:1"`
	FromTeam       bool   `gorm:"not null"`
	By             string `gorm:"column:written_by;size:32;not null"` // "staff:12", "resident:34": the resident or a guardian
	StaffID        ID     `gorm:"not null"`                           // who wrote for the team
	Text           string `gorm:"serializer:sealed;type:text"`
	// A picture is kept sealed under the hash of what is kept; it has no name.
	Image     string `gorm:"size:64;not null"` // "" for a text
	ImageType string `gorm:"size:16;not null"`
	Width     int    `gorm:"not null"`
	Height    int    `gorm:"not null"`
	CreatedAt time.Time
}

// TableName says what the messages are of.
func (ChatMessage) TableName() string { return "conversation_messages" }

// ReplyBy is until when the team answers a message of the instant: four working hours from the
// next working hour on.
func ReplyBy(at time.Time) time.Time {
	left := time.Duration(ReplyHours) * time.Hour
	for day := calendar.DateOf(at); ; day = day.AddDays(1) {
		if !day.Works() {
			continue
		}
		from, to := day.Start().Add(WorkOpens*time.Hour), day.Start().Add(WorkCloses*time.Hour)
		if at.After(from) {
			from = at
		}
		if open := to.Sub(from); open >= left {
			return from.Add(left).UTC()
		} else if open > 0 {
			left -= open
		}
	}
}

// Say adds a message of one side at the instant: the other side has one more to read, and the
// writer has read all. The first message of a resident that waits says until when it is answered.
func (c *Conversation) Say(fromTeam bool, now time.Time) {
	c.LastAt = now
	if fromTeam {
		c.ResidentUnread++
		c.TeamUnread, c.ReplyBy = 0, nil
		return
	}
	c.TeamUnread++
	c.ResidentUnread = 0
	if c.ReplyBy == nil {
		by := ReplyBy(now)
		c.ReplyBy = &by
	}
}

// GoesOn tells whether a message on the day goes into the closed conversation.
func (c Conversation) GoesOn(now time.Time) bool {
	return c.Status == ConversationOpen || c.ClosedAt != nil && !now.After(c.ClosedAt.AddDate(0, 0, ReopenDays))
}
