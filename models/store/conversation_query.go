package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ConversationLine is a conversation with the names beside it.
type ConversationLine struct {
	models.Conversation
	ResidentName, TeamName, TeamHours, StaffName string
	Actions                                      []models.ConversationMove
}

// ConversationFile is a conversation with a page of its messages, the newest first.
type ConversationFile struct {
	ConversationLine
	Messages List[models.ChatMessage]
	Writers  map[models.ID]string // names of staff who wrote
	History  []models.Event
}

// ConversationFilter chooses conversations.
type ConversationFilter struct {
	ResidentID, TeamID models.ID
	Status             models.ConversationStatus
	Unread             bool // only those the actor's side has not read
}

// Conversations lists the conversations of the actor's teams, or of the resident and wards, the
// one with the newest message first.
func (v View) Conversations(ctx context.Context, f ConversationFilter, p Page) (List[ConversationLine], error) {
	db := v.ownTeams(v.query(ctx), "conversations")
	if f.ResidentID != 0 {
		db = db.Where("conversations.resident_id = ?", f.ResidentID)
	}
	if f.TeamID != 0 {
		db = db.Where("conversations.team_id = ?", f.TeamID)
	}
	if f.Status != "" {
		db = db.Where("conversations.status = ?", f.Status)
	}
	if f.Unread {
		db = db.Where("conversations." + v.unreadColumn() + " > 0")
	}
	page, err := paginate(db, p, order{columns: []string{"conversations.last_at", "conversations.id"}, desc: true}, func(c models.Conversation) []any { return []any{c.LastAt.UTC(), int64(c.ID)} })
	if err != nil {
		return List[ConversationLine]{}, err
	}
	lines, err := v.conversationLines(v.query(ctx), page.Items)
	if err != nil {
		return List[ConversationLine]{}, err
	}
	return witnessedList(ctx, v, models.ConversationNoun, f.ResidentID, List[ConversationLine]{Items: lines, Next: page.Next}, func(c ConversationLine) models.ID { return c.ResidentID })
}

func (v View) unreadColumn() string {
	if v.actor.IsStaff() {
		return "team_unread"
	}
	return "resident_unread"
}

// Unread is how many messages the actor's side has not read, and in how many conversations: of
// the teams of the actor, or of the resident and wards. It reads counters by an index.
func (v View) Unread(ctx context.Context) (messages, conversations int, err error) {
	var sum struct{ Messages, Conversations int }
	column := v.unreadColumn()
	err = v.ownTeams(v.query(ctx).Model(&models.Conversation{}), "conversations").Where("conversations." + column + " > 0").
		Select("COALESCE(SUM(" + column + "), 0) AS messages, COUNT(*) AS conversations").Scan(&sum).Error
	return sum.Messages, sum.Conversations, err
}

// Conversation returns one conversation with a page of messages, witnessed. Reading it does not
// mark it as read: the screen says what was seen.
func (v View) Conversation(ctx context.Context, id models.ID, p Page) (ConversationFile, error) {
	db := v.query(ctx)
	c, err := v.conversation(db, id)
	if err != nil {
		return ConversationFile{}, err
	}
	lines, err := v.conversationLines(db, []models.Conversation{c})
	if err != nil {
		return ConversationFile{}, err
	}
	out := ConversationFile{ConversationLine: lines[0]}
	out.Messages, err = paginate(v.query(ctx).Where("conversation_id = ?", c.ID), p, order{columns: []string{"id"}, desc: true}, func(m models.ChatMessage) []any { return []any{int64(m.ID)} })
	if err != nil {
		return out, err
	}
	var staff []models.ID
	for _, m := range out.Messages.Items {
		staff = append(staff, m.StaffID)
	}
	if out.Writers, err = names[models.Staff](db, staff); err != nil {
		return out, err
	}
	if v.actor.IsStaff() { // notes of hand-overs are the team's
		if out.History, err = history(db, models.ConversationNoun, id); err != nil {
			return out, err
		}
	}
	return out, v.witnessed(ctx, "conversation.read", models.ConversationNoun, c.ID, c.ResidentID)
}

func (v View) conversationLines(db *gorm.DB, list []models.Conversation) ([]ConversationLine, error) {
	var people, teams, staff []models.ID
	for _, c := range list {
		people, teams, staff = append(people, c.ResidentID), append(teams, c.TeamID), append(staff, c.StaffID)
	}
	residents, err := names[models.Resident](db, people)
	if err != nil {
		return nil, err
	}
	named, err := byID(db, teams, func(t models.Team) models.ID { return t.ID })
	if err != nil {
		return nil, err
	}
	staffNames, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	out := make([]ConversationLine, len(list))
	for i, c := range list {
		out[i] = ConversationLine{Conversation: c, ResidentName: residents[c.ResidentID], TeamName: named[c.TeamID].Name, TeamHours: named[c.TeamID].Hours, StaffName: staffNames[c.StaffID],
			Actions: models.ConversationProcess.Allowed(c.Status, v.actor, v.actor.Party(c.ResidentID, c.TeamID, c.InstitutionID))}
	}
	return out, nil
}
