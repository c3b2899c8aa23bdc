package models

import (
	"strings"
	"time"
)

// HandoverKind is what changes hands.
type HandoverKind string

// The kinds.
const (
	TeamLeaves      HandoverKind = "team"    // a team closes; another takes everything over
	VillagesChange  HandoverKind = "village" // villages get another team of responsibility
	MemberLeaves    HandoverKind = "member"  // somebody leaves a team; a colleague takes over
	handoverReasons              = 100       // characters of a reason, as of every other
)

// HandoverKindLabels are the Chinese names of the kinds.
var HandoverKindLabels = map[HandoverKind]string{TeamLeaves: "团队撤销", VillagesChange: "村(居)更换责任团队", MemberLeaves: "成员离队"}

// HandoverWorkLabels are the Chinese names of what lies with a team beside tasks.
var HandoverWorkLabels = map[string]string{
	"vital_alert": "危急值提醒", "referral": "转诊", "consult": "远程会诊", "discharge": "出院随访", "home_service": "上门服务", "prescription": "长处方",
}

// HandoverStatus is the state of a handover.
type HandoverStatus string

// The states.
const (
	HandoverPlanned   HandoverStatus = "planned"
	HandoverDone      HandoverStatus = "done"
	HandoverCancelled HandoverStatus = "cancelled"
)

// HandoverStatusLabels are the Chinese names of the states.
var HandoverStatusLabels = map[HandoverStatus]string{HandoverPlanned: "待交接", HandoverDone: "已交接", HandoverCancelled: "已取消"}

// HandoverReadDays is how long the old team may still read the records of those it handed
// over; it writes nothing from the first day on.
const HandoverReadDays = 30

// HandoverAheadDays is how far ahead a handover is planned.
const HandoverAheadDays = 180

// Handover is one change of hands (交接): on one day, in one transaction, everything that
// lies with a team, or with one of its members, goes to another. A contract goes along as it
// is: text, term, packages and signature stay, and its signing stays credited to who signed it.
type Handover struct {
	ID            ID
	Kind          HandoverKind `gorm:"size:16;not null"`
	FromTeamID    ID           `gorm:"not null;index"`
	ToTeamID      ID           `gorm:"not null;index"` // FromTeamID for a member who leaves
	InstitutionID ID           `gorm:"not null;index"` // of the team that hands over
	FromStaffID   ID           `gorm:"not null"`       // who leaves, else 0
	ToStaffID     ID           `gorm:"not null"`       // who takes over, else 0
	// Contracts tells whether residents of the villages who are signed with the old team go
	// along; a team that closes hands over all.
	Contracts bool           `gorm:"not null"`
	Leaves    bool           `gorm:"not null"` // who leaves the team leaves the service too: the login ends
	On        Date           `gorm:"column:effective_on;not null;index"`
	Reason    string         `gorm:"size:255;not null"`
	Override  string         `gorm:"size:255;not null"` // why past the capacity of the new team, by a district manager
	Status    HandoverStatus `gorm:"size:16;not null"`
	// What went over, written when it is done.
	Residents int `gorm:"not null"` // people whose team of care changed
	Moved     int `gorm:"not null"` // contracts
	Work      int `gorm:"not null"` // open tasks and other open work
	Version   int `gorm:"not null"`
	CreatedAt time.Time
	UpdatedAt time.Time
	Villages  []HandoverVillage
}

// HandoverVillage is a village that gets another team.
type HandoverVillage struct {
	HandoverID ID `gorm:"primaryKey;autoIncrement:false"`
	VillageID  ID `gorm:"primaryKey;autoIncrement:false"`
}

// HandoverResident is a resident whose team of care changed in a handover.
type HandoverResident struct {
	HandoverID    ID   `gorm:"primaryKey;autoIncrement:false"`
	ResidentID    ID   `gorm:"primaryKey;autoIncrement:false;index:ix_handover_residents_read,priority:1"`
	FromTeamID    ID   `gorm:"not null;index:ix_handover_residents_read,priority:2"` // that cared for the person before
	ReadableUntil Date `gorm:"not null"`                                             // last day the old team may read
}

// VillageIDs are the villages of the handover.
func (h Handover) VillageIDs() []ID {
	ids := make([]ID, len(h.Villages))
	for i, v := range h.Villages {
		ids[i] = v.VillageID
	}
	return ids
}

// Check notes what is wrong with a plan by itself, made on the day today.
func (h *Handover) Check(p *Problems, today Date) {
	h.Reason, h.Override = strings.TrimSpace(h.Reason), strings.TrimSpace(h.Override)
	CheckNote(p, "reason", "交接原因", h.Reason, handoverReasons)
	if len([]rune(h.Override)) > handoverReasons {
		p.Add("override", "too_long", "超员说明不能超过100个字")
	}
	switch {
	case h.On.IsZero():
		p.Add("effective_on", "required", "请填写交接生效日期")
	case h.On.Before(today):
		p.Add("effective_on", "past", "交接生效日期不能早于今天")
	case h.On.After(today.AddDays(HandoverAheadDays)):
		p.Add("effective_on", "range", "交接生效日期应在180天以内")
	}
	if h.Kind == MemberLeaves {
		if h.FromStaffID == 0 {
			p.Add("from_staff_id", "required", "请选择离队成员")
		}
		if h.ToStaffID == h.FromStaffID {
			p.Add("to_staff_id", "same", "接手人不能是离队成员本人")
		}
		return
	}
	if h.ToTeamID == h.FromTeamID {
		p.Add("to_team_id", "same", "接收团队与原团队相同")
	}
	if h.Kind == VillagesChange && len(h.Villages) == 0 {
		p.Add("village_ids", "required", "请选择村(居)委会")
	}
}
