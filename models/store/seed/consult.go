package seed

import (
	"fmt"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// consultsAYear are the remote services of a year (domain §0.9), at full scale.
var consultsAYear = share{16000, 514130}

// consultDays is over how many days before today they are spread.
const consultDays = 365

// consultKindOf gives the kinds in turn: films and tracings are most of it.
func consultKindOf(n models.ID) models.ConsultKind {
	switch k := n % 20; {
	case k < 9:
		return models.ConsultImaging
	case k < 16:
		return models.ConsultECG
	case k < 18:
		return models.ConsultOpinion
	}
	return models.ConsultLab
}

// consultTexts are what is asked and answered.
var consultTexts = map[models.ConsultKind][4]string{
	models.ConsultImaging: {"判读胸部DR片", "咳嗽一周,胸部DR正位片已上传", "双肺纹理清晰,心影不大", "胸部未见明显异常"},
	models.ConsultECG:     {"判读心电图", "例行检查,十二导联心电图已上传", "窦性心律,电轴不偏", "大致正常心电图"},
	models.ConsultOpinion: {"用药方案会诊", "连续两次随访指标未达标,已调整用药", "病情平稳,无急性并发症", "建议联合用药,两周后复查"},
	models.ConsultLab:     {"复核检验结果", "肝功能异常,标本已送检", "复核结果在参考范围内", "三个月后复查"},
}

// consultWalk are the moves of a consult by minutes after it was asked for.
var consultWalk = []struct {
	move    models.ConsultMove
	minutes int
}{{models.ConsultRequest, 0}, {models.ConsultAccept, 4}, {models.ConsultBegin, 7}, {models.ConsultReport, 19}, {models.ConsultSign, 26}, {models.ConsultClose, 55}}

// unfinishedConsults are the first ones: those of yesterday evening that stand still in each
// state on the way; after them come one that was refused and one withdrawn, which are no
// person-times.
const unfinishedConsults, spoiltConsults = 5, 2

// consult writes the remote consult of one of the residents who had one in the last year.
func (w *scribe) consult(r models.Resident) {
	if !w.quotas.consulted.take(true) {
		return
	}
	n := next(&w.id.consult)
	team := w.teams[r.CareTeamID()-1]
	lead, kind := w.leadOf(team.ID), consultKindOf(n)
	centre := models.ID(2)
	if kind == models.ConsultOpinion && n%40 < 20 {
		centre = 3
	}
	day := later(w.today.AddDays(-1-int(n)*37%(consultDays-1)), r.BirthDate)
	steps, texts := consultWalk, consultTexts[kind]
	spoilt := models.ConsultMove("")
	switch {
	case n <= unfinishedConsults:
		day, steps = w.today.AddDays(-1), consultWalk[:n]
	case n == unfinishedConsults+1:
		steps, spoilt = consultWalk[:1], models.ConsultReject
	case n == unfinishedConsults+spoiltConsults:
		steps, spoilt = consultWalk[:1], models.ConsultCancel
	}
	day = calendar.Earlier(day, w.today.AddDays(-1))
	asked := w.clock(day, n).UTC()
	c := models.Consult{ID: n, Kind: kind, Emergency: n%11 == 3, ResidentID: r.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, SenderID: team.ID, SenderInstID: team.InstitutionID,
		DoctorID: team.LeaderID, CentreID: centre, Purpose: texts[0], Material: texts[1], CreatedAt: asked}
	w.consults[day]++
	c.No = fmt.Sprintf("YC%s%s%06d", region, compact(day), w.consults[day])
	walk := func(m models.ConsultMove, at time.Time) {
		by := w.receivers[centre]
		if m == models.ConsultRequest || m == models.ConsultClose || m == models.ConsultCancel {
			by = lead
		}
		if m == models.ConsultReport {
			c.Answer(models.Report{Findings: texts[2], Opinion: texts[3]})
		}
		e, err := c.Move(m, by, map[models.ConsultMove]string{models.ConsultReject: "资料不全,请补充后再申请", models.ConsultCancel: "重复申请"}[m], at)
		if err != nil {
			panic("seed: consult: " + string(m) + ": " + err.Error())
		}
		e.At = at
		w.happened(e, n)
		c.Version++
		c.UpdatedAt = at
	}
	for _, s := range steps {
		minutes := s.minutes
		if c.Emergency && n%3 == 2 && minutes > 10 { // some emergencies are answered late
			minutes += 30
		}
		walk(s.move, asked.Add(time.Duration(minutes)*time.Minute))
	}
	if spoilt != "" {
		walk(spoilt, asked.Add(9*time.Minute))
	}
	w.out.consults = append(w.out.consults, c)
}
