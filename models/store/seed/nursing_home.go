package seed

import (
	"fmt"
	"strings"

	"jiayi/models"
)

// The published figures of 医养签约 (domain §0.10): 20 and more homes, 1,693 beds, 6 of them
// one institution with a hospital 两院一体.
const (
	bedFigure        = 1693
	integratedFigure = 6
)

// homeNames are the homes; the first are the partner units of the same name.
var homeNames = strings.Fields(`榴园颐养中心 青檀老年公寓 金籽养老院 红萼医养中心 双泉敬老院 南湖康养中心 东河养老服务中心 凤鸣老年公寓
清泉敬老院 福寿园养老院 长乐康养中心 松鹤老年公寓 安康敬老院 夕阳红养老院 和谐养老服务中心 柳泉老年公寓 万家福养老院 槐荫敬老院
紫薇康养中心 北山养老院 幸福里养老服务中心 明月老年公寓 百合护理院`)

// homes is everything about nursing homes.
type homes struct {
	homes      []models.NursingHome
	agreements []models.HomeAgreement
	rounds     []models.HomeRound
	stays      []models.HomeStay
}

// nursingHomes gives each home an agreement with a primary institution, the rounds of the
// term, most of them kept, and some of the elders remembered as its residents.
func (v *voices) nursingHomes(h *history) (homes, error) {
	var out homes
	weights := make([]int, len(homeNames))
	for i := range weights {
		weights[i] = 40 + i*53%70
	}
	manager := v.account("district")
	for i, beds := range split(bedFigure, weights) {
		id, inst := models.ID(i+1), v.byInst[i%institutions]
		begin := v.today.AddDays(-50 - i*13)
		at := v.at(begin.AddDays(-7), 9)
		out.homes = append(out.homes, models.NursingHome{ID: id, Name: homeNames[i], USCC: creditCode(7000 + i), Address: fmt.Sprintf("榴园区康养路%d号", 2*i+1),
			Contact: surname(v.rng) + given(v.rng, i%2 == 0, 1975), Phone: officePhone(7000 + i), Beds: beds, Version: 1, CreatedAt: at, UpdatedAt: at})
		a := models.HomeAgreement{ID: id, HomeID: id, InstitutionID: inst.id, Model: []models.CareModel{"medical_led", "care_led", "network"}[i%3],
			Services: "rounds,green_channel,referral", PerWeek: models.RoundsPerWeek, BeginOn: begin, EndOn: models.TermEnd(begin, 1+i%2), Version: 2, CreatedAt: at, UpdatedAt: at}
		if i < integratedFigure {
			a.Model, a.Services = "integrated", "rounds,green_channel,referral,training,pharmacy"
		}
		for _, m := range []models.HomeAgreementMove{models.MoveDraftHome, models.MoveActivateHome} {
			e, err := a.Move(models.HomeAgreementStep{Move: m}, manager, begin)
			if err != nil {
				return out, err
			}
			h.add(e, id, at)
		}
		out.agreements = append(out.agreements, a)
		v.rounds(&out, a, inst, beds)
		v.elders(&out, inst.id, id, beds)
	}
	return out, nil
}

// rounds are those of an agreement up to yesterday.
func (v *voices) rounds(out *homes, a models.HomeAgreement, inst instPlace, beds int) {
	for day := a.BeginOn.AddDays(1); day.Before(v.today) && !day.After(a.EndOn); day = day.AddDays(7) {
		if v.rng.IntN(100) >= 93 {
			continue
		}
		leader := v.leader(v.teams[inst.teams[v.rng.IntN(len(inst.teams))]])
		out.rounds = append(out.rounds, models.HomeRound{AgreementID: a.ID, On: day, StaffID: leader.StaffID, People: beds/3 + v.rng.IntN(beds/2), Notes: "血压血糖监测、用药指导",
			EnteredBy: leader.Name(), CreatedAt: v.at(day, 16)})
	}
}

// elders live in the homes near them, as far as there are beds.
func (v *voices) elders(out *homes, institution, home models.ID, beds int) {
	list := v.inHomes[institution]
	n := min(len(list), beds)
	for _, r := range list[:n] {
		begin := v.today.AddDays(-30 - v.rng.IntN(600))
		out.stays = append(out.stays, models.HomeStay{ResidentID: r.ID, HomeID: home, Open: new(true), Begin: begin, CreatedAt: v.at(begin, 10)})
	}
	v.inHomes[institution] = list[n:]
}

// inHome tells whether an elder lives in a home: about one in seventy of those over 75.
func (v *voices) inHome(r models.Resident) bool { return r.Age(v.today) >= 75 && r.ID%71 == 3 }
