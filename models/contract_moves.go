package models

import (
	"slices"
	"strings"
)

// ContractMove is an event of a contract's life (domain §1.6).
type ContractMove string

// The moves.
const (
	MoveApply     ContractMove = "apply"     // a resident asks a team
	MoveOffer     ContractMove = "offer"     // staff prepare it for the resident to confirm
	MoveSign      ContractMove = "sign"      // staff sign on site with the resident's signature
	MoveAccept    ContractMove = "accept"    // the team accepts an application
	MoveReject    ContractMove = "reject"    //
	MoveConfirm   ContractMove = "confirm"   // the resident confirms an offer
	MoveCancel    ContractMove = "cancel"    // withdrawn before it came into force
	MoveTimeout   ContractMove = "timeout"   // an offer nobody confirmed
	MoveExpire    ContractMove = "expire"    //
	MoveRenew     ContractMove = "renew"     // the successor is signed; nothing changes yet
	MoveSucceed   ContractMove = "succeed"   // its renewal has begun
	MoveTransfer  ContractMove = "transfer"  // another team takes over
	MoveTerminate ContractMove = "terminate" //
	MoveDispute   ContractMove = "dispute"   // flags it, status stays
	MoveSettle    ContractMove = "settle"    // lifts the flag, status stays
	MoveHandOver  ContractMove = "hand_over" // another team goes on with it, everything else stays
)

// ContractProcess is the state table of a contract (domain §1.6).
var ContractProcess = Process[ContractStatus, ContractMove]{
	Noun: "contract", Title: "合同", States: ContractStatusLabels, Moves: ContractMoveLabels, Steps: contractMoves,
}

// contractMoves are its rows: from, to, who may, what it needs.
var contractMoves = []Step[ContractStatus, ContractMove]{
	{MoveApply, nil, Applied, PartyResident, ContractApply, false},
	{MoveOffer, nil, Offered, PartyTeam, ContractApply, false},
	{MoveSign, nil, Active, PartyTeam, ContractApply, false},
	{MoveAccept, []ContractStatus{Applied}, Active, PartyTeam, ContractReview, false},
	{MoveReject, []ContractStatus{Applied}, Rejected, PartyTeam, ContractReview, true},
	{MoveConfirm, []ContractStatus{Offered}, Active, PartyResident, ContractConfirm, false},
	{MoveCancel, []ContractStatus{Applied, Offered}, Cancelled, PartyResident | PartyTeam, ContractCancel, false},
	{MoveTimeout, []ContractStatus{Offered}, Cancelled, PartySystem, "", false},
	{MoveExpire, []ContractStatus{Active}, Expired, PartySystem, "", false},
	{MoveRenew, []ContractStatus{Active, Expired}, "", PartyResident | PartyTeam, ContractRenew, false},
	{MoveSucceed, []ContractStatus{Active}, Renewed, PartySystem, "", false},
	{MoveTransfer, []ContractStatus{Active}, Transferred, PartyResident | PartyTeam, ContractTransfer, false},
	{MoveTerminate, []ContractStatus{Active}, Terminated, PartyResident | PartyTeam | PartySystem, ContractTerminate, false},
	{MoveDispute, []ContractStatus{Active, Expired, Renewed, Transferred, Terminated}, "", PartyResident, ContractDispute, true},
	{MoveSettle, []ContractStatus{Active, Expired, Renewed, Transferred, Terminated}, "", PartyManager, ContractSettle, true},
	{MoveHandOver, handedOver, "", PartyManager, HandoverWrite, false},
}

// handedOver are the states in which a contract goes along when its team hands over.
var handedOver = []ContractStatus{Applied, Offered, Active}

// Party is the part the actor plays in a contract between the resident and the team.
func (a Actor) Party(resident, team, institution ID) Party {
	var p Party
	switch a.Role {
	case ResidentRole:
		if a.ActsFor(resident) {
			p |= PartyResident
		}
	case SystemRole:
		p |= PartySystem | PartyTeam | PartyManager
	case DistrictManager:
		p |= PartyTeam | PartyManager
	case InstitutionManager:
		if a.InstitutionID == institution {
			p |= PartyTeam | PartyManager
		}
	default:
		if a.Serves(team) {
			p |= PartyTeam
		}
	}
	return p
}

// Move applies a move to the contract. It refuses with Forbidden when the actor is no
// party that may make it, with Conflict when the state forbids it, and with Invalid
// when the reason is missing. It is the only writer of Status and Slot.
func (c *Contract) Move(m ContractMove, by Actor, reason string) (ContractEvent, error) {
	to, _, err := ContractProcess.Move(c.Status, m, by, by.Party(c.ResidentID, c.TeamID, c.InstitutionID), reason)
	if err != nil {
		return ContractEvent{}, err
	}
	e := ContractEvent{ContractID: c.ID, Move: m, From: c.Status, To: to, By: by.Name(), Reason: reason}
	if to != c.Status {
		c.Status, c.Slot = to, slotOf(to)
	}
	if reason != "" && m != MoveDispute && m != MoveSettle {
		c.Note = reason
	}
	return e, nil
}

// Allowed lists the moves that the actor may make on the contract now: the buttons of a screen.
// A dispute is settled where there is one, and made where there is none.
func (c Contract) Allowed(by Actor) []ContractMove {
	out := ContractProcess.Allowed(c.Status, by, by.Party(c.ResidentID, c.TeamID, c.InstitutionID))
	return slices.DeleteFunc(out, func(m ContractMove) bool {
		return m == MoveHandOver || m == MoveSettle && !c.Disputed || m == MoveDispute && c.Disputed
	})
}

func slotOf(s ContractStatus) *Slot {
	switch s {
	case Applied, Offered:
		return new(PendingSlot)
	case Active:
		return new(CurrentSlot)
	}
	return nil
}

// WaitAsNext puts a signed renewal behind the contract in force, until its begin date.
func (c *Contract) WaitAsNext() { c.Slot = new(NextSlot) }

// TakeOver makes a waiting renewal the current contract, on its begin date.
func (c *Contract) TakeOver() { c.Slot = new(CurrentSlot) }

// Name is how the actor appears in histories: "staff:12", "resident:34", "wechat:5" for
// a WeChat account that is not bound to a resident, "system".
func (a Actor) Name() string {
	switch {
	case a.Role == SystemRole:
		return "system"
	case a.Role == ResidentRole && a.ResidentID == 0:
		return "wechat:" + a.WechatID.String()
	case a.Role == ResidentRole:
		return "resident:" + a.ResidentID.String()
	case a.AccountID != 0:
		return "staff:" + a.AccountID.String()
	}
	return ""
}

// MakerOf reads a name of a history: the account behind "staff:12", or what stands for anyone
// else in words. Residents are not named: a history stands beside the person it is about.
func MakerOf(by string) (account ID, words string) {
	kind, id, _ := strings.Cut(by, ":")
	switch kind {
	case "staff":
		if account, err := ParseID(id); err == nil {
			return account, ""
		}
	case "resident", "wechat":
		return 0, "居民"
	case "system":
		return 0, "系统"
	}
	return 0, "匿名"
}

// CheckStopReason refuses a stop reason that is unknown or not the actor's to give:
// residents end a contract of their own will; transfers and deaths have their own ways.
func CheckStopReason(why StopReason, by Actor) error {
	_, known := StopReasonLabels[why]
	switch {
	case !known:
		return InvalidField("reason", "enum", "解约原因代码不存在")
	case !by.IsStaff() && why != StopByResident:
		return InvalidField("reason", "enum", "居民解约的原因代码应为 04")
	case why == StopTransfer:
		return InvalidField("reason", "use_transfer", "更换团队请办理改签")
	case why == StopDeath:
		return InvalidField("reason", "use_death", "居民死亡请在档案中登记死亡")
	}
	return nil
}

// ContractMoveLabels are the Chinese names of the moves.
var ContractMoveLabels = map[ContractMove]string{
	MoveApply: "提交签约申请", MoveOffer: "发起签约,待居民确认", MoveSign: "签约", MoveAccept: "团队通过申请", MoveReject: "团队驳回申请",
	MoveConfirm: "居民确认签约", MoveCancel: "撤销", MoveTimeout: "逾期未确认,自动撤销", MoveExpire: "签约到期", MoveRenew: "办理续约",
	MoveSucceed: "续约生效,原合同结束", MoveTransfer: "改签到其他团队", MoveTerminate: "解约", MoveDispute: "居民提出异议", MoveSettle: "异议处理完毕", MoveHandOver: "团队交接,由接收团队继续履行",
}
