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
	accountsOf := map[models.ID][]models.ID{} // those one signs in with in the demonstration are beside the others
	for _, a := range c.accounts {
		accountsOf[a.StaffID] = append(accountsOf[a.StaffID], a.ID)
	}
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
		for _, account := range accountsOf[leader] {
			m := post(models.Message{AccountID: account}, "chat_to_team", t.ID, t.CreatedAt)
			if t.TeamUnread == 0 {
				m.ReadAt = new(t.LastAt.UTC())
			}
		}
		if t.LastAt.After(t.CreatedAt) {
			missed(post(to(t.ResidentID), "chat_message", t.ID, t.LastAt), leader, t.LastAt)
		}
	}
	yesterday := c.today.AddDays(-1).Start().Add(10 * time.Hour).UTC()
	phones, quotas := map[models.ID]models.ID{}, []models.SubscribeQuota{}
	for _, w := range accounts {
		if w.ResidentID == 0 {
			continue
		}
		phones[w.ResidentID] = w.ID
		for i, family := range []models.Subscription{models.ForContract, models.ForAppointment, models.ForFollowup} {
			q := models.SubscribeQuota{ID: models.ID(len(quotas) + 1), WechatID: w.ID, Template: family}
			q.Note([]models.SubscribeAnswer{models.SubscribeAccept, models.SubscribeAccept, models.SubscribeReject}[i], yesterday.Add(8*time.Hour))
			quotas = append(quotas, q)
		}
	}
	daughter := phones[c.demo.daughter.who.ID]
	for _, part := range []struct {
		who   models.ID
		phone models.ID // that was reached
		why   string    // none was
	}{
		{c.demo.elder.who.ID, 0, models.NoQuota}, // it can be sent again: the subscription came too late
		{c.demo.daughter.who.ID, daughter, ""},
		{c.demo.child.who.ID, daughter, ""},
		{c.demo.mother.who.ID, 0, models.NoAccount}, // a grown-up, for whom the daughter only acts
	} {
		contract := c.demo.contracts[part.who]
		if contract == 0 {
			continue
		}
		m := post(to(part.who), "contract_result", contract, yesterday)
		if part.phone == 0 {
			m.Failed(part.why, true, yesterday)
			continue
		}
		m.Try(yesterday)
		m.WechatID = part.phone
		m.Sent(yesterday)
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
