package seed

import (
	"fmt"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
)

// referredPercent is how many of the uncontrolled were referred (domain §9.6).
const referredPercent = 4

// stride is one move of a past referral, and how many days after the beginning it is made.
type stride struct {
	move models.ReferralMove
	day  int
}

// walks are what became of referrals, in turn. Those that are not over end yesterday.
var walks = func() [][]stride {
	sent := []stride{{models.ReferDraft, 0}, {models.ReferConsent, 0}, {models.ReferSubmit, 0}}
	walk := func(more ...stride) []stride { return append(append([]stride{}, sent...), more...) }
	accepted := stride{models.ReferAccept, 0}
	admitted := []stride{accepted, {models.ReferArrive, 1}, {models.ReferAdmit, 1}}
	done := append(append([]stride{}, admitted...), stride{models.ReferComplete, 8})
	back := append(append([]stride{}, done...), stride{models.ReferSendDown, 9}, stride{models.ReferAcceptDown, 9})
	full := walk(append(append([]stride{}, back...), stride{models.ReferFollowUp, 11}, stride{models.ReferTakeOver, 12}, stride{models.ReferFinish, 12})...)
	short := walk(accepted, stride{models.ReferArrive, 1}, stride{models.ReferComplete, 1}, stride{models.ReferFollowUp, 6}, stride{models.ReferClose, 7}, stride{models.ReferFinish, 7})
	return [][]stride{
		full, walk(), short, walk(accepted), full, walk(admitted...), walk(back...), walk(stride{models.ReferReject, 0}), short,
		walk(accepted, stride{models.ReferMiss, 5}), sent[:1], walk(done...), full, walk(append(done, stride{models.ReferClose, 8})...), walk(admitted[:2]...),
		walk(append(append([]stride{}, admitted...), stride{models.ReferOn, 3})...), walk(stride{models.ReferCancel, 1}), short,
		walk(accepted, stride{models.ReferMiss, 5}, stride{models.ReferFollowUp, 9}),
		{{models.ReferBeginDown, 0}, {models.ReferAcceptDown, 1}, {models.ReferTakeOver, 3}}, walk(back[:len(back)-1]...), full,
		walk(stride{models.ReferAccept, 2}, stride{models.ReferArrive, 3}, stride{models.ReferComplete, 3}, stride{models.ReferFollowUp, 9}, stride{models.ReferClose, 9}, stride{models.ReferFinish, 9}),
	}
}()

// movesInWords are the reasons of moves that need one.
var movesInWords = map[models.ReferralMove]string{
	models.ReferReject: "专科床位已满,请改日", models.ReferCancel: "居民自行前往就诊", models.ReferOn: "市立医院心血管内科", models.ReferTakeOver: "已上门查看,恢复平稳,纳入随访",
}

var dischargeNote = models.DischargeNote{HospitalNo: "ZY", Findings: "检查未见新的靶器官损害", Diagnosis: "调整用药后指标好转", Outcome: "好转", Attending: "主治医师",
	Rehab: "低盐低脂饮食,规律运动,按时服药", Plan: "由家庭医生两周后复查,按期随访"}

// refer writes the referrals of someone with uncontrolled values.
func (w *scribe) refer(c *course) {
	for range c.uncontrolled {
		if !w.quotas.referred.take(true) {
			continue
		}
		walk := walks[int(w.id.referral)%len(walks)]
		total := walk[len(walk)-1].day
		start, encounter := w.today.AddDays(-1-total), models.ID(0)
		for _, f := range c.followups {
			if f.Control != clinical.Uncontrolled || f.VisitedOn.After(start) {
				continue
			}
			encounter = f.EncounterID
			if over := walk[len(walk)-1].move; over == models.ReferFinish || over == models.ReferReject || over == models.ReferClose {
				start = f.VisitedOn
				break
			}
		}
		w.walk(c, walk, start, encounter)
	}
}

func (w *scribe) walk(c *course, walk []stride, start models.Date, encounter models.ID) {
	team := w.teams[c.r.CareTeamID()-1]
	lead := w.leadOf(team.ID)
	n := next(&w.id.referral)
	hospital := []models.ID{2, 2, 3, team.InstitutionID, 2}[n%5]
	if team.ClinicID == 0 && hospital == team.InstitutionID {
		hospital = 2
	}
	place := team.InstitutionID
	if team.ClinicID != 0 {
		place = team.ClinicID
	}
	r := models.Referral{ID: n, ResidentID: c.r.ID, TeamID: team.ID, InstitutionID: team.InstitutionID, SenderID: team.ID, SenderInstID: team.InstitutionID, DoctorID: team.LeaderID,
		ThreeHigh: models.IsThreeHigh(w.institutions[place-1], w.institutions[hospital-1], c.r)}
	d := models.ReferralDraft{Direction: models.ReferUp, Urgency: models.OrdinaryCare, HospitalID: hospital, Department: "心内科", EncounterID: encounter, Reasons: []int{clinical.ReasonTwiceUncontrolled},
		ExpectedOn: start.AddDays(1), ReferralTexts: models.ReferralTexts{ImpressionCode: "I10.x00", Impression: "血压控制不满意", PresentIllness: "连续两次随访血压未达标,已调整用药", Treatment: "口服降压药物"}}
	if _, htn := c.under(models.Hypertension); !htn {
		d.Department, d.ImpressionCode, d.Impression, d.PresentIllness, d.Treatment = "内分泌科", "E11.900", "血糖控制不满意", "连续两次随访空腹血糖未达标,已调整用药", "口服降糖药物"
	}
	if n%9 == 4 {
		d.Urgency = models.UrgentCare
	}
	if walk[0].move == models.ReferBeginDown {
		d.Direction, d.Reasons, r.DoctorID = models.ReferDown, []int{12}, w.receivers[hospital].StaffID
	}
	r.Fill(d)
	w.referrals[start]++
	r.No = fmt.Sprintf("ZZ%s%s%06d", region, compact(start), w.referrals[start])
	for i, s := range walk {
		at := w.clock(start.AddDays(s.day), n).Add(time.Duration(i) * 7 * time.Minute).UTC()
		by := w.receivers[hospital]
		switch s.move {
		case models.ReferDraft, models.ReferConsent, models.ReferSubmit, models.ReferCancel, models.ReferTakeOver, models.ReferFollowUp:
			by = lead
		case models.ReferMiss, models.ReferFinish:
			by = models.System("seed")
		case models.ReferAcceptDown:
			if by = lead; c.r.SignedTeamID == team.ID {
				by = models.System("seed")
			}
		}
		if s.move == models.ReferConsent || s.move == models.ReferBeginDown {
			r.ConsentBy, r.ConsentFrom, r.ConsentAt = models.ConsentOnSite, c.r.ID, &at
		}
		if s.move == models.ReferComplete || s.move == models.ReferBeginDown {
			r.Summary = dischargeNote
			r.Summary.HospitalNo = fmt.Sprintf("ZY%08d", n)
		}
		e, err := r.Move(s.move, by, movesInWords[s.move], at)
		if err != nil {
			panic("seed: referral: " + string(s.move) + ": " + err.Error())
		}
		if s.move == models.ReferFollowUp {
			result, note := models.ReferralReached, ""
			if r.ArrivedAt == nil {
				result, note = models.ReferralMissed, "自觉好转,未前往"
			}
			r.Follow(result, note, start.AddDays(s.day))
		}
		e.At = at
		w.happened(e, n)
		r.Version, r.UpdatedAt = i+1, at
		if i == 0 {
			r.CreatedAt = at
		}
	}
	w.out.referrals = append(w.out.referrals, r)
}
