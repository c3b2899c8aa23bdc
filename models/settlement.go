package models

import (
	"time"
)

// SettlementKind is what money is divided.
type SettlementKind string

// The kinds of settlement.
const (
	FeeSettlement     SettlementKind = "fee"     // the signing fees of a team
	SurplusSettlement SettlementKind = "surplus" // the medical-insurance surplus of the district
)

// SettlementKindLabels are the Chinese names of the kinds.
var SettlementKindLabels = map[SettlementKind]string{FeeSettlement: "签约服务费分配", SurplusSettlement: "医保基金结余分配"}

// SettlementStatus is the state of a settlement.
type SettlementStatus string

// The states. A closed settlement never changes: a correction is a new one.
const (
	SettlementDraft     SettlementStatus = "draft"
	SettlementClosed    SettlementStatus = "closed"
	SettlementDiscarded SettlementStatus = "discarded"
)

// SettlementMove is an event of a settlement's life.
type SettlementMove string

// The moves.
const (
	SettlementMake    SettlementMove = "make"
	SettlementClose   SettlementMove = "close"
	SettlementDiscard SettlementMove = "discard"
)

// SettlementProcess is the state table of a settlement (domain §6.11).
var SettlementProcess = Process[SettlementStatus, SettlementMove]{
	Noun: "settlement", Title: "资金分配",
	States: map[SettlementStatus]string{SettlementDraft: "草稿", SettlementClosed: "已结算", SettlementDiscarded: "已作废"},
	Moves:  map[SettlementMove]string{SettlementMake: "计算", SettlementClose: "结算", SettlementDiscard: "作废"},
	Steps: []Step[SettlementStatus, SettlementMove]{
		{SettlementMake, nil, SettlementDraft, PartyManager, SettlementWrite, false},
		{SettlementClose, []SettlementStatus{SettlementDraft}, SettlementClosed, PartyManager, SettlementWrite, false},
		{SettlementDiscard, []SettlementStatus{SettlementDraft}, SettlementDiscarded, PartyManager, SettlementWrite, true},
	},
}

// MinTeamShare is the least that goes to the team of its signing fees, in hundredths of a
// percent (国卫基层发〔2018〕35号, domain §1.8).
const MinTeamShare = 7000

// SurplusTiers are the tiers of the surplus, divided county : township : village as 6 : 3 : 1
// (domain §6.11), with their parts of ten.
var SurplusTiers = []SurplusTier{
	{"county", "县级", 6, []InstitutionLevel{LeadHospital, Specialist, PublicHealth}},
	{"township", "乡级", 3, []InstitutionLevel{RegionalSubcentre, CommunityHospital, Township}},
	{"village", "村级", 1, []InstitutionLevel{Station, ExtensionPoint, VillageClinicLevel}},
}

// SurplusTier is one tier of the alliance.
type SurplusTier struct {
	Code, Label string
	Parts       int64
	Levels      []InstitutionLevel
}

// TierOf is the tier of an institution's level; ok is false for the bureau.
func TierOf(l InstitutionLevel) (tier SurplusTier, ok bool) {
	for _, t := range SurplusTiers {
		for _, level := range t.Levels {
			if level == l {
				return t, true
			}
		}
	}
	return SurplusTier{}, false
}

// Settlement is one division of money with its worksheet. Amounts are in cents.
type Settlement struct {
	ID         ID
	Kind       SettlementKind   `gorm:"size:16;not null"`
	TeamID     ID               `gorm:"not null;index"` // of signing fees, 0 for the surplus
	From       Date             `gorm:"column:from_day;not null"`
	To         Date             `gorm:"column:to_day;not null;index"`
	Cents      int64            `gorm:"not null"` // what is divided
	Status     SettlementStatus `gorm:"size:16;not null"`
	CorrectsID ID               `gorm:"not null;index"`    // closed settlement this one replaces, or 0
	Reason     string           `gorm:"serializer:sealed"` // of a correction
	Version    int              `gorm:"not null"`
	Lines      []SettlementLine
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Move applies a move; it is the only writer of Status.
func (s *Settlement) Move(m SettlementMove, by Actor, parties Party, reason string) (Event, error) {
	to, e, err := SettlementProcess.Move(s.Status, m, by, parties, reason)
	if err == nil {
		s.Status = to
	}
	return e, err
}

// SettlementLine is one line of a worksheet: what was taken, by what weight, and what came
// out. The lines of a step sum up to a line of the step before.
type SettlementLine struct {
	ID           ID
	SettlementID ID     `gorm:"not null;index"`
	Step         int    `gorm:"not null"`
	Label        string `gorm:"size:128;not null"` // Chinese
	Kind         string `gorm:"size:16;not null"`  // sum, pool, team, institution, staff, tier
	RefID        ID     `gorm:"not null"`          // of the team, institution or staff member
	Count        int64  `gorm:"not null"`          // contracts, visits, or hundredths of a score
	Weight       int64  `gorm:"not null"`
	Cents        int64  `gorm:"not null"`
}

// FeeShare is one member's part in the team's share.
type FeeShare struct {
	StaffID ID
	Name    string
	Role    MemberRole
	Visits  int64 // workload: visits of the period
	Quality int64 // 0–100
}

// roleWeights are the weights of the roles within a team; the specification leaves them to
// the team ("role weight × workload × quality"), and these are the default.
var roleWeights = map[MemberRole]int64{
	FamilyDoctor: 10, VillageDoctor: 10, TCMDoctor: 8, PublicHealthDr: 8, TeamNurse: 7, Pharmacist: 6, HealthManager: 6, SpecialistDr: 8, TeamAssistant: 4,
}

// FeePeriod is what a settlement of signing fees is made of; shares are in hundredths of a
// percent. Quality is 0–100 by member; who is not in it has 100.
type FeePeriod struct {
	TeamID    ID
	From, To  Date
	Settled   int64
	TeamShare int64
	Quality   map[ID]int64
}

// Check finds what is wrong with the period and its shares.
func (f FeePeriod) Check(p *Problems, today Date) {
	CheckPeriod(p, f.From, f.To, today)
	if f.Settled < 1 || f.Settled > 10000 {
		p.Add("settled_percent", "range", "结算比例应大于0且不超过100%")
	}
	if f.TeamShare < MinTeamShare || f.TeamShare > 10000 {
		p.Add("team_percent", "range", "分配给团队的比例不得低于70%,不得超过100%")
	}
	for _, q := range f.Quality {
		if q < 0 || q > 100 {
			p.Add("quality", "range", "质量得分应为0至100")
			return
		}
	}
}

// CheckPeriod finds what is wrong with the days of a settlement: a closed period of at most
// a year.
func CheckPeriod(p *Problems, from, to, today Date) {
	switch {
	case from.IsZero():
		p.Add("from", "required", "请填写起始日期")
	case to.IsZero():
		p.Add("to", "required", "请填写截止日期")
	case to.Before(from):
		p.Add("to", "inconsistent", "截止日期不能早于起始日期")
	case !to.Before(today):
		p.Add("to", "future", "期间尚未结束,不能结算")
	case to.After(from.AddYears(1).AddDays(-1)):
		p.Add("to", "range", "结算期间不能超过一年")
	}
}

// DivideFees makes the worksheet of a team's signing fees: the sum of what was paid, of
// which so much is settled, of which so much goes to the team (hundredths of a percent,
// at least MinTeamShare), and that by role × workload × quality. Where nobody has any
// workload the roles alone count.
func DivideFees(team Team, contracts int64, paid, settled, teamShare int64, members []FeeShare) []SettlementLine {
	lines := []SettlementLine{{Step: 1, Label: "期间收取的签约服务费", Kind: "sum", RefID: team.ID, Count: contracts, Cents: paid}}
	pool := Percent(paid, settled)
	lines = append(lines, SettlementLine{Step: 2, Label: "按结算比例计入分配", Kind: "pool", RefID: team.ID, Weight: settled, Cents: pool})
	parts, _ := Divide(pool, []int64{teamShare, 10000 - teamShare})
	lines = append(lines,
		SettlementLine{Step: 3, Label: "分配给团队(不低于70%)", Kind: "team", RefID: team.ID, Weight: teamShare, Cents: parts[0]},
		SettlementLine{Step: 3, Label: "留存机构", Kind: "institution", RefID: team.InstitutionID, Weight: 10000 - teamShare, Cents: parts[1]})
	weights := make([]int64, len(members))
	var all int64
	for i, m := range members {
		weights[i] = roleWeights[m.Role] * m.Visits * m.Quality
		all += weights[i]
	}
	if all == 0 {
		for i, m := range members {
			weights[i] = roleWeights[m.Role]
		}
	}
	shares, _ := Divide(parts[0], weights)
	for i, m := range members {
		lines = append(lines, SettlementLine{Step: 4, Label: m.Name + "(" + MemberRoleLabels[m.Role] + ")", Kind: "staff", RefID: m.StaffID, Count: m.Visits, Weight: weights[i], Cents: shares[i]})
	}
	return lines
}

// SurplusShare is one institution's part in the surplus: its assessed score in hundredths,
// and its weight within the tier.
type SurplusShare struct {
	Institution Institution
	Score       int64
	Weight      int64
}

// DivideSurplus makes the worksheet of the insurance surplus: by tier 6 : 3 : 1, within a
// tier by score × weight (domain §6.11). A tier in which nobody has a score keeps its
// part, on the tier's line.
func DivideSurplus(cents int64, shares []SurplusShare) []SettlementLine {
	lines := []SettlementLine{{Step: 1, Label: "医保基金结余", Kind: "sum", Cents: cents}}
	parts := make([]int64, len(SurplusTiers))
	for i, t := range SurplusTiers {
		parts[i] = t.Parts
	}
	tiers, _ := Divide(cents, parts)
	for i, t := range SurplusTiers {
		lines = append(lines, SettlementLine{Step: 2, Label: t.Label, Kind: "tier", RefID: ID(i + 1), Weight: t.Parts, Cents: tiers[i]})
	}
	for i, t := range SurplusTiers {
		var mine []SurplusShare
		var weights []int64
		for _, s := range shares {
			if tier, ok := TierOf(s.Institution.Level); ok && tier.Code == t.Code {
				mine, weights = append(mine, s), append(weights, s.Score*s.Weight)
			}
		}
		got, ok := Divide(tiers[i], weights)
		if !ok {
			continue
		}
		for k, s := range mine {
			lines = append(lines, SettlementLine{Step: 3, Label: s.Institution.Name, Kind: "institution", RefID: s.Institution.ID, Count: s.Score, Weight: weights[k], Cents: got[k]})
		}
	}
	return lines
}
