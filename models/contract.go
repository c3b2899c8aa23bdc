package models

import "time"

// ContractStatus is the state of a contract (domain §1.6).
type ContractStatus string

// The states. Applied waits for the team, Offered for the resident.
const (
	Applied     ContractStatus = "applied"
	Offered     ContractStatus = "offered"
	Active      ContractStatus = "active"
	Rejected    ContractStatus = "rejected"
	Cancelled   ContractStatus = "cancelled"
	Expired     ContractStatus = "expired"
	Renewed     ContractStatus = "renewed"
	Transferred ContractStatus = "transferred"
	Terminated  ContractStatus = "terminated"
)

// ContractStatusLabels are the Chinese names of the states.
var ContractStatusLabels = map[ContractStatus]string{
	Applied: "待审核", Offered: "待居民确认", Active: "已签约", Rejected: "已驳回", Cancelled: "已撤销",
	Expired: "已到期", Renewed: "已续约", Transferred: "已改签", Terminated: "已解约",
}

// Slot is the place an open contract holds. (resident, slot) is unique in the
// database: at most one open application, one contract in force, one renewal waiting.
type Slot string

// The slots.
const (
	PendingSlot Slot = "pending"
	CurrentSlot Slot = "current"
	NextSlot    Slot = "next"
)

// Terms and windows of a contract (domain §1.6).
const (
	MaxTermYears     = 3
	RenewalWindow    = 60 // days before the end in which a renewal may be signed
	RemindBefore     = 30 // days before the end in which the resident is reminded once
	LateRenewalDays  = 30 // days after the end in which signing again still counts as renewal
	ReviewWorkdays   = 3  // working days the team has to answer an application
	OfferTimeoutDays = 15 // days after which an unconfirmed offer is cancelled
	MaxBeginAhead    = 30 // days a first contract may begin ahead
)

// StopReason says why a contract ended early (domain §1.6, merged codes).
type StopReason string

// The stop reasons that rules set themselves.
const (
	StopLost       StopReason = "01"
	StopMoved      StopReason = "02"
	StopDeath      StopReason = "03"
	StopByResident StopReason = "04"
	StopTransfer   StopReason = "05"
	StopRefused    StopReason = "06"
	StopTeamClosed StopReason = "07"
	StopFeeVoid    StopReason = "08"
	StopOther      StopReason = "99"
)

// StopReasonLabels are the Chinese names of the stop reasons.
var StopReasonLabels = map[StopReason]string{
	StopLost: "失访(连续一年无法取得联系)", StopMoved: "迁出", StopDeath: "死亡", StopByResident: "居民主动解约", StopTransfer: "改签(更换团队)",
	StopRefused: "连续一年拒绝服务", StopTeamClosed: "机构/团队撤销", StopFeeVoid: "费用作废", StopOther: "其他",
}

// ContractSource is where a signing came from (domain §1.5 签约来源).
type ContractSource string

// The sources.
const (
	FromWorkbench   ContractSource = "1"
	FromMiniProgram ContractSource = "2"
	FromDoctorPhone ContractSource = "3"
	FromEvent       ContractSource = "4"
	FromBulkImport  ContractSource = "5"
)

// Contract is one agreement period of one resident with one team. Its status is
// written by contractMoves alone.
type Contract struct {
	ID            ID
	No            string         `gorm:"size:32;not null;uniqueIndex"` // 协议编号: QY + region + date + sequence
	ResidentID    ID             `gorm:"not null;index;uniqueIndex:ux_contracts_slot,priority:1"`
	Slot          *Slot          `gorm:"size:8;uniqueIndex:ux_contracts_slot,priority:2"`
	TeamID        ID             `gorm:"not null;index:ix_contracts_team,priority:1"`
	InstitutionID ID             `gorm:"not null;index"`
	DoctorID      ID             `gorm:"not null"` // family doctor (staff)
	Status        ContractStatus `gorm:"size:16;not null;index:ix_contracts_team,priority:2"`
	Source        ContractSource `gorm:"size:1;not null"`
	TermYears     int            `gorm:"not null"`
	BeginDate     Date           `gorm:"index"` // set when it comes into force
	EndDate       Date           `gorm:"index"`
	SignedOn      Date           //
	StoppedOn     Date           // first day it is no longer in force, when ended early
	StopReason    StopReason     `gorm:"size:2;not null"`
	Note          string         `gorm:"size:255;not null"` // reason of the last move: rejection, cancellation, termination
	PreviousID    ID             `gorm:"not null;index"`    // contract this one renews or replaces
	SigningID     ID             `gorm:"not null;index"`    // household signing it belongs to
	Disputed      bool           `gorm:"not null"`          // "I never signed this", until settled
	DueOn         Date           // answer to an application or offer is due
	OpenedBy      string         `gorm:"size:32;not null"` // who opened it: "staff:12", "resident:34"
	TemplateID    ID             `gorm:"not null"`
	EventID       ID             `gorm:"not null;index"` // community event it was signed at, or 0
	CreditTeamID  ID             `gorm:"not null;index"` // team its signing is credited to after a handover, 0 while that is TeamID
	Packages      []ContractPackage
	Version       int `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// ContractPackage is a package a contract holds, frozen with its name and price.
type ContractPackage struct {
	ID         ID
	ContractID ID     `gorm:"not null;uniqueIndex:ux_contract_packages,priority:1"`
	PackageID  ID     `gorm:"not null;uniqueIndex:ux_contract_packages,priority:2"`
	Name       string `gorm:"size:64;not null"`
	PriceCents int64  `gorm:"not null"`
	PayerCents int64  `gorm:"not null"`
}

// InForceOn tells whether the contract is in force on the day: begin ≤ day ≤ end and
// not stopped by then. A renewal waiting for its begin date is active but not in force.
func (c Contract) InForceOn(day Date) bool {
	switch c.Status {
	case Active, Expired, Renewed, Transferred, Terminated:
		return !c.BeginDate.IsZero() && !day.Before(c.BeginDate) && !day.After(c.EndDate) &&
			(c.StoppedOn.IsZero() || day.Before(c.StoppedOn))
	}
	return false
}

// TermEnd is the last day of a term: begin + years − 1 day (domain §1.6).
func TermEnd(begin Date, years int) Date { return begin.AddYears(years).AddDays(-1) }

// ContractEvent is one line of a contract's history; it is never changed.
type ContractEvent struct {
	ID         ID
	ContractID ID             `gorm:"not null;index"`
	At         time.Time      `gorm:"not null"`
	Move       ContractMove   `gorm:"size:16;not null"`
	From       ContractStatus `gorm:"column:from_status;size:16;not null"`
	To         ContractStatus `gorm:"column:to_status;size:16;not null"`
	By         string         `gorm:"column:made_by;size:32;not null"`
	Reason     string         `gorm:"size:255;not null"`
	ByName     string         `gorm:"-"` // who made it, in words; filled in by reading a history
}

// HouseholdSigning is one act in which a family signs together (domain §1.7).
type HouseholdSigning struct {
	ID               ID
	HouseholdID      ID     `gorm:"not null;index"`
	RepresentativeID ID     `gorm:"not null"` // 家庭代表
	TeamID           ID     `gorm:"not null"`
	SignedBy         string `gorm:"size:32;not null"`
	CreatedAt        time.Time
}

// Dispute is a resident's statement that a contract was never signed. It flags the
// contract beside every rate until a manager settles it.
type Dispute struct {
	ID         ID
	ContractID ID     `gorm:"not null;index"`
	Statement  string `gorm:"size:255;not null"`
	RaisedBy   string `gorm:"size:32;not null"`
	RaisedAt   time.Time
	Outcome    string `gorm:"size:16;not null;index"` // "", upheld (contract void), dismissed
	Finding    string `gorm:"size:255;not null"`
	SettledBy  string `gorm:"size:32;not null"`
	SettledAt  *time.Time
}

// TableName says what is disputed.
func (Dispute) TableName() string { return "contract_disputes" }
