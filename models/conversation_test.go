package models_test

import (
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestConversationMoves(t *testing.T) {
	walk(t, models.ConversationProcess, func(from models.ConversationStatus, m models.ConversationMove, by models.Actor, parties models.Party, reason string) (models.ConversationStatus, error) {
		c := models.Conversation{Status: from}
		_, err := c.Move(m, by, parties, reason, clinicDay.Start())
		if err == nil && m != models.TalkHandOver && (c.Current != nil) != (c.Status == models.ConversationOpen) {
			t.Errorf("%s: current %v", m, c.Current)
		}
		return c.Status, err
	})
}

// 2026-11-23 is a Monday.
func TestReplyBy(t *testing.T) {
	at := func(day string, hour, minute int) time.Time {
		return calendar.MustDate(day).Start().Add(time.Duration(hour*60+minute) * time.Minute)
	}
	for _, c := range []struct {
		name      string
		from, due time.Time
	}{
		{"in the morning", at("2026-11-23", 9, 0), at("2026-11-23", 13, 0)},
		{"before work", at("2026-11-23", 3, 0), at("2026-11-23", 12, 0)},
		{"just in time", at("2026-11-23", 13, 0), at("2026-11-23", 17, 0)},
		{"a minute later", at("2026-11-23", 13, 1), at("2026-11-24", 8, 1)},
		{"late in the afternoon", at("2026-11-23", 16, 0), at("2026-11-24", 11, 0)},
		{"after work", at("2026-11-23", 17, 0), at("2026-11-24", 12, 0)},
		{"at night", at("2026-11-23", 23, 59), at("2026-11-24", 12, 0)},
		{"on Friday afternoon", at("2026-11-27", 16, 30), at("2026-11-30", 11, 30)},
		{"on Saturday", at("2026-11-28", 10, 0), at("2026-11-30", 12, 0)},
		{"on Sunday night", at("2026-11-29", 23, 0), at("2026-11-30", 12, 0)},
	} {
		if got := models.ReplyBy(c.from); !got.Equal(c.due) {
			t.Errorf("%s: %v, want %v", c.name, got.In(calendar.Shanghai), c.due.In(calendar.Shanghai))
		}
	}
}

func TestUnreadCounts(t *testing.T) {
	var c models.Conversation
	monday := calendar.MustDate("2026-11-23").Start().Add(9 * time.Hour)
	c.Say(false, monday)
	c.Say(false, monday.Add(time.Hour))
	if c.TeamUnread != 2 || c.ResidentUnread != 0 || !c.ReplyBy.Equal(monday.Add(4*time.Hour)) {
		t.Errorf("%+v", c) // the promise is that of the first that waits
	}
	c.Say(true, monday.Add(2*time.Hour))
	if c.TeamUnread != 0 || c.ResidentUnread != 1 || c.ReplyBy != nil {
		t.Errorf("%+v", c)
	}
	closed := monday
	c.Status, c.ClosedAt = models.ConversationClosed, &closed
	if !c.GoesOn(monday.AddDate(0, 0, 7)) || c.GoesOn(monday.AddDate(0, 0, 7).Add(time.Second)) {
		t.Error("seven days")
	}
}
