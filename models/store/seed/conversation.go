package seed

import (
	"slices"
	"time"

	"jiayi/models"
)

// talkTopics are what people ask their team, the answer and the summary.
var talkTopics = [][3]string{
	{"请问下周三的门诊几点开始?", "上午八点半开始,您可以在小程序上预约到具体时间。", "咨询门诊时间,已告知可预约"},
	{"药快吃完了,可以多开一些吗?", "可以申请长期处方,请先来测一次血压。", "咨询长期处方,已预约随访"},
	{"老人行动不便,能上门换药吗?", "可以,请提交上门服务申请,我们先评估。", "咨询上门服务,已指导申请"},
	{"体检报告什么时候出来?", "大约一周,出来后我们会通知您。", "咨询体检报告"},
	{"孩子下次接种是哪天?", "请带上接种本,下周二上午来即可。", "咨询接种安排"},
}

// conversations are talks of the last weeks: most are answered and closed, some wait.
func (c *clinics) conversations() ([]models.Conversation, []models.ChatMessage) {
	rng := c.visitors.rng
	var out []models.Conversation
	var messages []models.ChatMessage
	var teams []models.ID
	for team := range c.visitors.of {
		teams = append(teams, team)
	}
	slices.Sort(teams)
	for _, id := range teams {
		team := c.teams[id-1]
		people := c.visitors.of[id]
		for i := range min(8, len(people)) {
			who, topic := people[i], talkTopics[rng.IntN(len(talkTopics))]
			at := c.today.AddDays(-1 - rng.IntN(20)).Start().Add(time.Duration(8+rng.IntN(9)) * time.Hour)
			t := models.Conversation{ID: models.ID(len(out) + 1), ResidentID: who.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, Version: 1, CreatedAt: at.UTC()}
			own := models.Actor{Role: models.ResidentRole, ResidentID: who.ID}
			doctor := models.Actor{Role: models.Doctor, AccountID: c.accountOf[team.LeaderID], StaffID: team.LeaderID, TeamIDs: []models.ID{team.ID}}
			say := func(by models.Actor, text string, at time.Time) {
				m := models.ChatMessage{ID: models.ID(len(messages) + 1), ConversationID: t.ID, FromTeam: by.StaffID != 0, By: by.Name(), StaffID: by.StaffID, Text: text, CreatedAt: at.UTC()}
				t.Say(m.FromTeam, at.UTC())
				if m.FromTeam {
					t.TeamRead = m.ID
				} else {
					t.ResidentRead = m.ID
				}
				messages = append(messages, m)
			}
			move := func(m models.ConversationMove, by models.Actor, reason string, at time.Time) {
				event, err := t.Move(m, by, by.Party(who.ID, team.ID, team.InstitutionID), reason, at.UTC())
				if err != nil {
					panic("seed: conversation: " + err.Error()) // the moves are ours
				}
				event.ID, event.NounID, event.At = next(&c.id.processEvent), t.ID, at.UTC()
				c.events = append(c.events, event)
			}
			move(models.TalkBegin, own, "", at)
			say(own, topic[0], at)
			if i > 1 {
				say(doctor, topic[1], at.Add(50*time.Minute))
			}
			if i > 3 {
				t.ResidentUnread = 0
				move(models.TalkClose, doctor, topic[2], at.Add(2*time.Hour))
				t.Version++
			}
			t.UpdatedAt = t.LastAt
			out = append(out, t)
		}
	}
	return out, messages
}
