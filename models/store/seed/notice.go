package seed

import (
	"time"

	"jiayi/models"
)

// toldOf is how many notices that reached no phone there are for one that was told by
// telephone.
const toldOf = 4

// notices are what the bookings to come and the talks of late were told with, and what the
// demonstration's residents have in their inboxes, with their subscriptions. Nobody else uses
// the mini-program yet, so that most reached no phone.
func (c *clinics) notices(talks []models.Conversation, accounts []models.WechatAccount) ([]models.Message, []models.SubscribeQuota) {
	var out []models.Message
	post := func(m models.Message, template string, about models.ID, at time.Time) *models.Message {
		spec, ok := models.NoticeOf(template)
		if !ok {
			panic("seed: there is no notice " + template)
		}
		m.ID, m.Template, m.Data = models.ID(len(out)+1), template, spec.Data(about)
		m.Post(spec, models.QuietHours{}, at.UTC())
		out = append(out, m)
		return &out[len(out)-1]
	}
	to := func(r models.ID) models.Message { return models.Message{ResidentID: r} }
	unreached := 0
	missed := func(m *models.Message, leader models.ID, at time.Time) {
		m.Failed(models.NoAccount, true, at)
		if unreached++; unreached%toldOf == 0 {
			c.telephoned(m, leader, at.Add(30*time.Minute))
		}
	}
	for _, a := range c.appointments {
		if a.Status == models.Booked && a.On.After(c.today) {
			missed(post(to(a.ResidentID), "appointment_booked", a.ID, a.CreatedAt), a.DoctorID, a.CreatedAt)
		}
	}
	for _, t := range talks {
		leader := c.teams[t.TeamID-1].LeaderID
		m := post(models.Message{AccountID: c.accountOf[leader]}, "chat_to_team", t.ID, t.CreatedAt)
		if t.TeamUnread == 0 {
			m.ReadAt = new(t.LastAt.UTC())
		}
		if t.LastAt.After(t.CreatedAt) {
			missed(post(to(t.ResidentID), "chat_message", t.ID, t.LastAt), leader, t.LastAt)
		}
	}
	yesterday := c.today.AddDays(-1).Start().Add(10 * time.Hour)
	var quotas []models.SubscribeQuota
	for _, w := range accounts {
		if w.ResidentID == 0 {
			continue
		}
		for i, family := range []models.Subscription{models.ForContract, models.ForAppointment, models.ForFollowup} {
			q := models.SubscribeQuota{ID: models.ID(len(quotas) + 1), WechatID: w.ID, Template: family}
			q.Note([]models.SubscribeAnswer{models.SubscribeAccept, models.SubscribeAccept, models.SubscribeReject}[i], yesterday.Add(8*time.Hour).UTC())
			quotas = append(quotas, q)
		}
		for _, r := range []models.ID{c.demo.elder.who.ID, c.demo.child.who.ID, c.demo.mother.who.ID} {
			contract := c.demo.contracts[r]
			if mine := r == w.ResidentID; contract == 0 || mine != (r == c.demo.elder.who.ID) {
				continue
			}
			m := post(to(r), "contract_result", contract, yesterday)
			switch r {
			case c.demo.child.who.ID: // the mother stands for it
				m.Try(yesterday.UTC())
				m.WechatID = w.ID
				m.Sent(yesterday.UTC())
			case c.demo.mother.who.ID:
				m.Failed(models.NoAccount, true, yesterday.UTC())
			default: // it can be sent again: a subscription came too late
				m.Failed(models.NoQuota, true, yesterday.UTC())
			}
		}
	}
	return out, quotas
}

// telephoned notes that the leader of a team told a notice by telephone.
func (c *clinics) telephoned(m *models.Message, leader models.ID, at time.Time) {
	by := models.Actor{Role: models.TeamLead, AccountID: c.accountOf[leader], StaffID: leader}
	e, err := m.Move(models.MoveTell, by, models.PartyTeam, "已电话告知本人", at.UTC())
	if err != nil {
		panic("seed: notice: " + err.Error()) // the moves are ours
	}
	e.ID, e.NounID, e.At = next(&c.id.processEvent), m.ID, at.UTC()
	c.events = append(c.events, e)
}
