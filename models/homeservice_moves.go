package models

import (
	"fmt"
	"slices"
	"time"

	"jiayi/internal/calendar"
)

// HomeServiceMove is an event of a service at home.
type HomeServiceMove string

// The moves.
const (
	HomeApply  HomeServiceMove = "apply"
	HomeAssess HomeServiceMove = "assess" // found fit and safe
	HomeRefuse HomeServiceMove = "refuse"
	HomeAssign HomeServiceMove = "assign"
	HomeDepart HomeServiceMove = "depart"
	HomeArrive HomeServiceMove = "arrive"
	HomeServe  HomeServiceMove = "serve"
	HomePay    HomeServiceMove = "pay" // or note that it is free
	HomeRate   HomeServiceMove = "rate"
	HomeCancel HomeServiceMove = "cancel"
)

// HomeServiceMoveLabels are the Chinese names of the moves.
var HomeServiceMoveLabels = map[HomeServiceMove]string{
	HomeApply: "申请", HomeAssess: "评估通过", HomeRefuse: "评估不通过", HomeAssign: "派单", HomeDepart: "出发", HomeArrive: "到达",
	HomeServe: "服务完成", HomePay: "结算", HomeRate: "评价", HomeCancel: "取消",
}

// HomeServiceProcess is the state table of a service at home (domain §6.4). Once somebody has
// set out only the team can break it off.
var HomeServiceProcess = Process[HomeServiceStatus, HomeServiceMove]{
	Noun: "home_service", Title: "上门服务", States: HomeServiceStatusLabels, Moves: HomeServiceMoveLabels,
	Steps: []Step[HomeServiceStatus, HomeServiceMove]{
		{HomeApply, nil, HomeApplied, PartyResident | PartyTeam, HomeServiceAsk, false},
		{HomeAssess, []HomeServiceStatus{HomeApplied}, HomeAssessed, PartyTeam, HomeServiceRun, false},
		{HomeRefuse, []HomeServiceStatus{HomeApplied}, HomeRefused, PartyTeam, HomeServiceRun, true},
		{HomeAssign, []HomeServiceStatus{HomeAssessed, HomeAssigned}, HomeAssigned, PartyTeam, HomeServiceRun, false},
		{HomeDepart, []HomeServiceStatus{HomeAssigned}, HomeDeparted, PartyTeam, HomeServiceRun, false},
		{HomeArrive, []HomeServiceStatus{HomeDeparted}, HomeArrived, PartyTeam, HomeServiceRun, false},
		{HomeServe, []HomeServiceStatus{HomeArrived}, HomeServed, PartyTeam, HomeServiceRun, false},
		{HomePay, []HomeServiceStatus{HomeServed}, HomePaid, PartyTeam, HomeServiceRun, false},
		{HomeRate, []HomeServiceStatus{HomePaid}, HomeRated, PartyResident, HomeServiceAsk, false},
		{HomeCancel, []HomeServiceStatus{HomeApplied, HomeAssessed, HomeAssigned}, HomeCancelled, PartyResident | PartyTeam | PartySystem, HomeServiceAsk, true},
		{HomeCancel, []HomeServiceStatus{HomeDeparted, HomeArrived}, HomeCancelled, PartyTeam | PartySystem, HomeServiceAsk, true},
	},
}

// HomeServiceStep is what a move brings with it; each move reads its own fields.
type HomeServiceStep struct {
	Reason      string   // refuse, cancel
	Checks      []string // assess: the safety checklist
	VisitOn     Date     // assign
	Staff       []ID     // assign
	Position    string   // arrive: "lng,lat"
	Items       []string // serve: done
	Consumables string   // serve
	Signature   string   // serve: the resident's, a data URL
	FeeCents    int64    // pay: 0 for free
	Rating      int      // rate
	Text        string   // rate
}

// Move applies a move to the service; it is the only writer of its status. It returns Invalid,
// naming the field, for what the move lacks, and Conflict not_today for a departure on another
// day than the agreed one.
func (h *HomeService) Move(m HomeServiceMove, by Actor, parties Party, step HomeServiceStep, injections bool, now time.Time) (Event, error) {
	to, e, err := HomeServiceProcess.Move(h.Status, m, by, parties, step.Reason)
	if err != nil {
		return e, err
	}
	today := calendar.DateOf(now)
	var p Problems
	step.check(&p, m, *h, injections, today)
	if err := p.Err(); err != nil {
		return e, err
	}
	if m == HomeDepart && h.VisitOn != today {
		return e, Errorf(Conflict, "not_today", "约定的上门日期是%s,如需更改请重新派单", h.VisitOn.Chinese())
	}
	h.Status, h.Open = to, slices.Contains([]HomeServiceStatus{HomeApplied, HomeAssessed, HomeAssigned, HomeDeparted, HomeArrived}, to)
	h.take(m, by, step, now, today)
	return e, nil
}

// Photograph notes the picture that the team took at the door; a later one takes the place of an
// earlier. It returns Forbidden for anybody else, and Conflict not_there but while they are there.
func (h *HomeService) Photograph(parties Party, reference string) error {
	switch {
	case parties&PartyTeam == 0:
		return ErrForbidden
	case h.Status != HomeArrived:
		return Errorf(Conflict, "not_there", "到达以后、服务完成以前才能拍照")
	}
	h.Photo = reference
	return nil
}

// check notes what is wrong with what a move brings.
func (s HomeServiceStep) check(p *Problems, m HomeServiceMove, h HomeService, injections bool, today Date) {
	switch m {
	case HomeAssess:
		for _, c := range SafetyChecks {
			if !slices.Contains(s.Checks, c.Code) {
				p.Add("checks", "unsafe", "未确认“"+c.Label+"”,不能通过评估")
			}
		}
	case HomeAssign:
		s.checkAssignment(p, h, today)
	case HomeArrive:
		switch {
		case s.Position == "":
			p.Add("position", "required", "请提供到达位置")
		case !placeFormat.MatchString(s.Position):
			p.Add("position", "format", "位置应为“经度,纬度”,如 117.2655,34.7951")
		}
	case HomeServe:
		checkItems(p, "items", s.Items, injections)
		if s.Consumables != "" {
			CheckNote(p, "consumables", "耗材", s.Consumables, MaxHomeNote)
		}
		if s.Signature == "" {
			p.Add("signature", "required", "请居民或家属签名确认")
		}
		CheckSignature(p, "signature", s.Signature)
	case HomePay:
		if s.FeeCents < 0 || s.FeeCents > MaxHomeFee {
			p.Add("fee_cents", "out_of_range", "费用应在0至10000元之间")
		}
	case HomeRate:
		if s.Rating < 1 || s.Rating > 5 {
			p.Add("rating", "out_of_range", "评分应为1至5")
		}
		if s.Text != "" {
			CheckNote(p, "text", "评价", s.Text, MaxHomeNote)
		}
	}
}

func (s HomeServiceStep) checkAssignment(p *Problems, h HomeService, today Date) {
	if s.VisitOn.IsZero() {
		p.Add("visit_on", "required", "请填写约定的上门日期")
	}
	checkHomeDay(p, "visit_on", s.VisitOn, today)
	seen := map[ID]bool{}
	for _, id := range s.Staff {
		seen[id] = true
	}
	least := 1
	if h.First {
		least = FirstVisitStaff
	}
	switch {
	case len(seen) < least && h.First:
		p.Add("staff_ids", "too_few", fmt.Sprintf("首次上门须至少%d名工作人员", FirstVisitStaff))
	case len(seen) < least:
		p.Add("staff_ids", "required", "请选择上门人员")
	case len(s.Staff) > MaxHomeStaff || len(seen) != len(s.Staff):
		p.Add("staff_ids", "invalid", "上门人员最多5名,不能重复")
	}
}

// take notes what a checked move brings.
func (h *HomeService) take(m HomeServiceMove, by Actor, s HomeServiceStep, now time.Time, today Date) {
	switch m {
	case HomeApply:
		h.AppliedBy, h.DueOn = by.Name(), today.AddWorkingDays(HomeAssessDays)
	case HomeAssess:
		h.Checks, h.AssessedBy, h.DueOn = WordsOf(s.Checks), by.StaffID, today.AddWorkingDays(HomeAssessDays)
	case HomeAssign:
		var ids []string
		for _, id := range s.Staff {
			ids = append(ids, id.String())
		}
		h.Staff, h.VisitOn, h.DueOn = WordsOf(ids), s.VisitOn, s.VisitOn
	case HomeArrive:
		h.Position, h.ArrivedAt = s.Position, &now
	case HomeServe:
		h.Done, h.Consumables, h.Signature, h.ServedOn, h.DueOn = WordsOf(s.Items), s.Consumables, s.Signature, today, Date{}
	case HomePay:
		h.FeeCents = s.FeeCents
	case HomeRate:
		h.Rating, h.RatingText = s.Rating, s.Text
	case HomeRefuse, HomeCancel:
		h.DueOn = Date{}
	}
}
