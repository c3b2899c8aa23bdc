package seed

import (
	"fmt"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// The published figures of complaints (domain §0.7, §9.1): all answered on time and all
// satisfied; 25 of 418 took a second dispatch, 1 was not resolved.
const (
	complaintFigure    = 418
	notAtOnceFigure    = 418 - 393
	notResolvedFigure  = 418 - 417
	openOnDemo         = 3 // of the first team, below scale 1, so that there is something to do
	complaintsSettleIn = 14
)

// complaintTexts are what is complained of, by category.
var complaintTexts = []struct {
	category        models.ComplaintCategory
	content, result string
}{
	{models.AboutSigning, "签约后一直没有见到签约医生,想了解能享受哪些服务。", "已由签约团队上门说明服务包内容,并约定下次随访时间。"},
	{models.AboutAppointment, "预约的时间到了医生不在,白跑一趟。", "已致歉并重新安排就诊,今后停诊提前一天通知。"},
	{models.AboutMedicine, "常用药卫生院经常缺货,希望能配齐。", "已补充采购,缺药时可登记后由团队送药。"},
	{models.AboutAttitude, "窗口工作人员解释不耐心。", "已对当事人批评教育,并向诉求人致歉。"},
	{models.AboutFees, "不清楚家庭医生服务费用怎么报销。", "已说明个人、医保、公卫三方分担办法并出示明细。"},
	{models.AboutQuality, "随访只打了电话,没有测血压。", "已安排医生上门面对面随访。"},
	{models.AboutPrivacy, "签约信息登记时旁边有人能看到身份证号。", "已调整登记窗口并设置一米线。"},
	{models.AboutOther, "村卫生室夜间灯坏了,老人就诊不便。", "已更换照明。"},
}

// complaints are the district's complaints of the period, made by the rules themselves.
func (v *voices) complaints(h *history) ([]models.Complaint, error) {
	n, again, unresolved := v.scaled(complaintFigure), v.scaled(notAtOnceFigure), v.scaled(notResolvedFigure)
	var list []models.Complaint
	days := v.today.AddDays(-complaintsSettleIn).Sub(v.from())
	for i := range max(1, n) {
		day := v.from().AddDays(i * days / max(1, n))
		w := complaintWay{again: spread(i, again, n), unresolved: spread(i, unresolved, n), until: models.ComplaintClosed}
		c, err := v.complaint(models.ID(len(list)+1), day, v.anyTeam(), w, h)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if v.scale < FullScale {
		for i, until := range []models.ComplaintStatus{models.ComplaintProcessing, models.ComplaintAssigned, models.ComplaintReceived}[:openOnDemo] {
			c, err := v.complaint(models.ID(len(list)+1), v.today.AddDays(i-3), v.teams[0], complaintWay{until: until}, h)
			if err != nil {
				return nil, err
			}
			list = append(list, c)
		}
	}
	return list, nil
}

// spread tells whether the i-th of n is one of some that lie evenly among them.
func spread(i, some, n int) bool { return n > 0 && i*some/n != (i+1)*some/n }

// complaintWay is how a complaint goes, and how far.
type complaintWay struct {
	again, unresolved bool
	until             models.ComplaintStatus
}

func (v *voices) channel() models.ComplaintChannel {
	switch n := v.rng.IntN(100); {
	case n < 55:
		return models.ChannelHotline
	case n < 75:
		return models.ChannelZaoJieJue
	case n < 85:
		return models.ChannelYiJianMa
	case n < 95:
		return models.ChannelMiniProgram
	}
	return models.ChannelWindow
}

// complaint is one complaint about a team, from the day on.
func (v *voices) complaint(id models.ID, day models.Date, t models.Team, w complaintWay, h *history) (models.Complaint, error) {
	text := complaintTexts[v.rng.IntN(len(complaintTexts))]
	at := v.at(day, 9)
	c := models.Complaint{ID: id, No: fmt.Sprintf("SQ%s%04d", compact(day), id%10000), Channel: v.channel(), Category: text.category, Urgent: v.rng.IntN(20) == 0, Content: text.content,
		Anonymous: v.rng.IntN(5) == 0, InstitutionID: t.InstitutionID, TeamID: t.ID, ReceivedAt: at, Version: 1, CreatedAt: at, UpdatedAt: at}
	officer, filer := v.account("complaints"), v.account("complaints")
	if r, ok := v.someone(t.ID); ok {
		c.Name, c.Phone, c.ResidentID = r.Name, r.Phone, r.ID
	} else {
		c.Name, c.Phone = surname(v.rng)+given(v.rng, v.rng.IntN(2) == 0, 1970), phone(9_800_000+int(id))
	}
	if c.Channel == models.ChannelMiniProgram && c.ResidentID != 0 {
		filer = models.Actor{Role: models.ResidentRole, ResidentID: c.ResidentID}
	} else if c.Channel == models.ChannelMiniProgram || c.Channel == models.ChannelHotline {
		c.Channel, c.SourceNo = models.ChannelHotline, fmt.Sprintf("GD%s%06d", compact(day), v.rng.IntN(1_000_000))
	}
	resolved := "yes"
	if w.unresolved {
		resolved = "no"
	}
	reply := day.AddWorkingDays(1 + v.rng.IntN(models.ComplaintWorkdays-1))
	if c.Urgent || w.again {
		reply = day.AddWorkingDays(models.UrgentWorkdays)
	}
	handler := v.leader(t)
	to := models.ComplaintStep{InstitutionID: t.InstitutionID, TeamID: t.ID}
	step := func(m models.ComplaintMove) models.ComplaintStep { s := to; s.Move = m; return s }
	acts := []struct {
		models.ComplaintStep
		by models.Actor
		at time.Time
	}{{step(models.MoveFile), filer, at}, {step(models.MoveAssign), officer, at.Add(time.Hour)}, {step(models.MoveTake), handler, at.Add(2 * time.Hour)}}
	if w.again {
		second := step(models.MoveReassign)
		second.Reason = "诉求人补充情况,再次分派办理"
		acts = append(acts, acts[0])
		acts[3].ComplaintStep, acts[3].by, acts[3].at = second, officer, at.Add(4*time.Hour)
		acts = append(acts, acts[2])
		acts[4].at = at.Add(5 * time.Hour)
	}
	end := acts[0]
	answer := step(models.MoveReply)
	answer.Result = text.result
	end.ComplaintStep, end.by, end.at = answer, handler, v.at(reply, 10)
	acts = append(acts, end)
	visit := step(models.MoveVisit)
	visit.Satisfaction, visit.Resolved = models.VerySatisfied, resolved
	if v.rng.IntN(6) == 0 {
		visit.Satisfaction = models.Mostly
	}
	end.ComplaintStep, end.by, end.at = visit, officer, v.at(reply.AddWorkingDays(1), 15)
	acts = append(acts, end)
	end.ComplaintStep, end.at = step(models.MoveClose), end.at.Add(time.Hour)
	acts = append(acts, end)
	for _, a := range acts {
		if a.Move != models.MoveFile && c.Status == w.until {
			break
		}
		e, err := c.Move(a.ComplaintStep, a.by, a.at)
		if err != nil {
			return c, fmt.Errorf("seed: complaint of %s: %w", calendar.DateOf(at), err)
		}
		h.add(e, id, a.at)
		if a.Move != models.MoveFile {
			c.Version++
		}
		c.UpdatedAt = a.at
	}
	return c, nil
}
