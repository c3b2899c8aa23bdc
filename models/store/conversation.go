package store

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// The templates of the notices about messages: the text itself is in neither.
const (
	ChatNotice     = "chat_message"   // to the resident
	ChatTeamNotice = "chat_to_team"   // to the lead, when a resident begins or goes on
	ChatHandNotice = "chat_hand_over" // to the member who takes over
)

// ChatDraft is a message as written: to the conversation, or to the resident's team.
type ChatDraft struct {
	ConversationID models.ID
	ResidentID     models.ID // without a conversation: whose team of care it goes to
	Text           string
}

// Chat is a message that was said, and the conversation it is in.
type Chat struct {
	Conversation ConversationLine
	Message      models.ChatMessage
}

// SayText writes a message. With a conversation it goes there; else into the one with the
// resident's team that is open or was closed within seven days, or begins a new one. A closed
// conversation that is named goes on within seven days; after that the answer is Conflict closed.
func (v View) SayText(ctx context.Context, d ChatDraft) (Chat, error) {
	return once(ctx, v, func(tx *Tx) (Chat, error) {
		text := strings.TrimSpace(d.Text)
		var p models.Problems
		models.CheckNote(&p, "text", "消息内容", text, models.MaxChatText)
		if err := p.Err(); err != nil {
			return Chat{}, err
		}
		var c models.Conversation
		var r models.Resident
		var err error
		if d.ConversationID != 0 {
			c, r, err = tx.lockConversation(d.ConversationID)
		} else {
			c, r, err = tx.conversationWith(d.ResidentID)
		}
		if err != nil {
			return Chat{}, err
		}
		return tx.say(c, r, models.ChatMessage{Text: text})
	})
}

// lockConversation locks a conversation of the scope, its resident first.
func (tx *Tx) lockConversation(id models.ID) (models.Conversation, models.Resident, error) {
	seen, err := tx.view().conversation(tx.db, id)
	if err != nil {
		return seen, models.Resident{}, err
	}
	r, err := lock[models.Resident](tx, seen.ResidentID)
	if err != nil {
		return seen, r, err
	}
	c, err := lock[models.Conversation](tx, id)
	return c, r, err
}

// conversationWith is the conversation of a resident with the team of care that a message goes
// into; a new one has no id yet.
func (tx *Tx) conversationWith(resident models.ID) (models.Conversation, models.Resident, error) {
	if resident == 0 && !tx.actor.IsStaff() {
		resident = tx.actor.ResidentID
	}
	r, err := tx.lockResident(resident)
	if err != nil {
		return models.Conversation{}, r, residentField(err)
	}
	if err := tx.living(r); err != nil {
		return models.Conversation{}, r, err
	}
	var last []models.Conversation
	if err := tx.forUpdate(tx.db).Order("last_at DESC, id DESC").Limit(1).Find(&last, "resident_id = ? AND team_id = ?", r.ID, r.CareTeamID()).Error; err != nil {
		return models.Conversation{}, r, err
	}
	if len(last) > 0 && last[0].GoesOn(tx.now) {
		return last[0], r, nil
	}
	return models.Conversation{ResidentID: r.ID, TeamID: r.CareTeamID(), InstitutionID: r.CareInstID(), CreatedAt: tx.now, UpdatedAt: tx.now}, r, nil
}

// say puts a message into a locked or new conversation, which begins or goes on by it.
func (tx *Tx) say(c models.Conversation, r models.Resident, m models.ChatMessage) (Chat, error) {
	parties := tx.actor.Party(c.ResidentID, c.TeamID, c.InstitutionID)
	if parties&(models.PartyResident|models.PartyTeam) == 0 || !tx.actor.Can(models.MessageWrite) {
		return Chat{}, models.ErrForbidden
	}
	move := models.ConversationMove("")
	switch {
	case c.ID == 0:
		move = models.TalkBegin
	case !c.GoesOn(tx.now):
		return Chat{}, models.Errorf(models.Conflict, "closed", "该咨询已结束超过7天,请重新发起")
	case c.Status == models.ConversationClosed:
		move = models.TalkReopen
	}
	var event models.Event
	if move != "" {
		var err error
		if event, err = c.Move(move, tx.actor, parties, "", tx.now); err != nil {
			return Chat{}, err
		}
	}
	fromTeam, first := tx.actor.IsStaff(), c.TeamUnread == 0
	c.Say(fromTeam, tx.now)
	if m.Image != "" {
		c.Images++
	}
	if c.ID == 0 {
		c.Version = 1
		if err := tx.db.Create(&c).Error; err != nil {
			return Chat{}, err
		}
	}
	m.ConversationID, m.FromTeam, m.By, m.CreatedAt = c.ID, fromTeam, tx.actor.Name(), tx.now
	if fromTeam {
		m.StaffID = tx.actor.StaffID
	}
	if err := tx.db.Create(&m).Error; err != nil {
		return Chat{}, err
	}
	if fromTeam {
		c.TeamRead = m.ID
	} else {
		c.ResidentRead = m.ID
	}
	if err := tx.db.Omit("created_at").Save(&c).Error; err != nil {
		return Chat{}, err
	}
	if move != "" {
		if err := tx.happened(event, c.ID, r.ID); err != nil {
			return Chat{}, err
		}
	}
	tx.record("conversation.say", models.ConversationNoun, c.ID, r.ID)
	if err := tx.tellOfChat(c, fromTeam, first); err != nil {
		return Chat{}, err
	}
	lines, err := tx.view().conversationLines(tx.db, []models.Conversation{c})
	if err != nil {
		return Chat{}, err
	}
	return Chat{lines[0], m}, nil
}

// tellOfChat tells the other side of the first message that waits for it.
func (tx *Tx) tellOfChat(c models.Conversation, fromTeam, first bool) error {
	switch {
	case fromTeam && c.ResidentUnread == 1:
		return tx.tell(c.ResidentID, ChatNotice, c.ID)
	case !fromTeam && first:
		return tx.tellTeam(c.TeamID, ChatTeamNotice, c.ID)
	}
	return nil
}

// imageAAD binds a sealed picture to what it is.
const imageAAD = "conversation_messages.image"

// SayImage puts a photograph into a conversation; what it was called is not looked at. It returns
// what keepPicture refuses.
func (v View) SayImage(ctx context.Context, conversation models.ID, content []byte) (Chat, error) {
	if _, err := v.conversation(v.query(ctx), conversation); err != nil {
		return Chat{}, err
	}
	hash, made, err := v.keepPicture(ctx, content, imageAAD)
	if err != nil {
		return Chat{}, err
	}
	chat, err := once(withContent(ctx, content), v, func(tx *Tx) (Chat, error) {
		c, r, err := tx.lockConversation(conversation)
		if err != nil {
			return Chat{}, err
		}
		if c.Images >= models.MaxChatImages {
			return Chat{}, models.Errorf(models.Conflict, "too_many_images", "一次咨询最多发送200张图片")
		}
		return tx.say(c, r, models.ChatMessage{Image: hash, ImageType: made.Type, Width: made.Width, Height: made.Height})
	})
	if err != nil || chat.Message.Image != hash { // refused, or a repetition: the first one's is kept
		return chat, errors.Join(err, v.dropPicture(ctx, hash))
	}
	return chat, nil
}

// ChatImage returns a picture of a conversation of the scope, witnessed.
func (v View) ChatImage(ctx context.Context, conversation, message models.ID) (content []byte, kind string, err error) {
	db := v.query(ctx)
	c, err := v.conversation(db, conversation)
	if err != nil {
		return nil, "", err
	}
	var m models.ChatMessage
	if err := db.Take(&m, "id = ? AND conversation_id = ? AND image <> ''", message, c.ID).Error; err != nil {
		return nil, "", notFound(err)
	}
	if content, err = v.openPicture(ctx, m.Image, imageAAD); err != nil {
		return nil, "", err
	}
	return content, m.ImageType, v.witnessed(ctx, "conversation.image", models.ConversationNoun, c.ID, c.ResidentID)
}

// ReadChat marks a conversation as read by the actor's side, up to a message (0 for all). What
// came after it stays unread; the mark never goes back.
func (v View) ReadChat(ctx context.Context, id, upTo models.ID) (ConversationLine, error) {
	return once(ctx, v, func(tx *Tx) (ConversationLine, error) {
		c, _, err := tx.lockConversation(id)
		if err != nil {
			return ConversationLine{}, err
		}
		team := tx.actor.IsStaff()
		db := tx.db.Model(&models.ChatMessage{}).Where("conversation_id = ?", c.ID)
		if upTo != 0 {
			db = db.Where("id <= ?", upTo)
		}
		var last []models.ID
		if err := db.Order("id DESC").Limit(1).Pluck("id", &last).Error; err != nil {
			return ConversationLine{}, err
		}
		read, unread := &c.ResidentRead, &c.ResidentUnread
		if team {
			read, unread = &c.TeamRead, &c.TeamUnread
		}
		if len(last) > 0 && last[0] > *read {
			var n int64
			if err := tx.db.Model(&models.ChatMessage{}).Where("conversation_id = ? AND id > ? AND from_team = ?", c.ID, last[0], !team).Count(&n).Error; err != nil {
				return ConversationLine{}, err
			}
			*read, *unread = last[0], min(*unread, int(n))
			if err := tx.db.Model(&c).Select("resident_read", "team_read", "resident_unread", "team_unread").Updates(&c).Error; err != nil {
				return ConversationLine{}, err
			}
			tx.record("conversation.read_mark", models.ConversationNoun, c.ID, c.ResidentID)
		}
		lines, err := tx.view().conversationLines(tx.db, []models.Conversation{c})
		if err != nil {
			return ConversationLine{}, err
		}
		return lines[0], nil
	})
}

// MoveConversation hands a conversation to another member of the team with a note, or closes it
// with a summary. It is the staff's to do: for anyone else it returns ErrNotFound.
func (v View) MoveConversation(ctx context.Context, id models.ID, version int, m models.ConversationMove, reason string, staff models.ID) (ConversationLine, error) {
	return once(ctx, v, func(tx *Tx) (ConversationLine, error) {
		if !tx.actor.IsStaff() {
			return ConversationLine{}, models.ErrNotFound
		}
		c, r, err := tx.lockConversation(id)
		if err != nil {
			return ConversationLine{}, err
		}
		if err := checkVersion(c.Version, version); err != nil {
			return ConversationLine{}, err
		}
		event, err := c.Move(m, tx.actor, tx.actor.Party(c.ResidentID, c.TeamID, c.InstitutionID), reason, tx.now)
		if err != nil {
			return ConversationLine{}, err
		}
		var p models.Problems
		models.CheckNote(&p, "reason", "说明", reason, models.MaxSummary)
		if m == models.TalkHandOver && staff == 0 {
			p.Add("staff_id", "required", "请选择接手的成员")
		}
		if err := p.Err(); err != nil {
			return ConversationLine{}, err
		}
		if m == models.TalkHandOver {
			if err := tx.giveConversation(&c, staff); err != nil {
				return ConversationLine{}, err
			}
		}
		c.Version++
		if err := tx.db.Omit("created_at").Save(&c).Error; err != nil {
			return ConversationLine{}, err
		}
		if err := tx.happened(event, c.ID, r.ID); err != nil {
			return ConversationLine{}, err
		}
		lines, err := tx.view().conversationLines(tx.db, []models.Conversation{c})
		if err != nil {
			return ConversationLine{}, err
		}
		return lines[0], nil
	})
}

// giveConversation hands the conversation over to a member of its team, and tells them.
func (tx *Tx) giveConversation(c *models.Conversation, staff models.ID) error {
	if err := tx.inTeams(staff, []models.Task{{TeamID: c.TeamID}}); err != nil {
		return err
	}
	c.StaffID = staff
	var accounts []models.ID
	if err := tx.db.Model(&models.Account{}).Where("staff_id = ?", staff).Limit(1).Pluck("id", &accounts).Error; err != nil || len(accounts) == 0 {
		return err
	}
	return tx.tellStaff(accounts[0], ChatHandNotice, c.ID)
}

// closeConversations ends the open conversations of a resident who died or left.
func (tx *Tx) closeConversations(r models.Resident, reason string) error {
	var open []models.Conversation
	if err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND is_current = ?", r.ID, true).Error; err != nil {
		return err
	}
	for i := range open {
		event, err := open[i].Move(models.TalkClose, models.System("resident"), models.PartySystem, reason, tx.now)
		if err != nil {
			return err
		}
		open[i].Version++
		if err := tx.db.Omit("created_at").Save(&open[i]).Error; err != nil {
			return err
		}
		if err := tx.happened(event, open[i].ID, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// mergeConversations gives the survivor of a merge the duplicate's conversations, all closed.
func (tx *Tx) mergeConversations(survivor, duplicate models.ID) error {
	return tx.db.Model(&models.Conversation{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}

// conversation loads one conversation of the actor's teams, or of the resident and wards.
func (v View) conversation(db *gorm.DB, id models.ID) (models.Conversation, error) {
	var c models.Conversation
	err := v.ownTeams(db, "conversations").Take(&c, "conversations.id = ?", id).Error
	return c, notFound(err)
}
