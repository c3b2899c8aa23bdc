package models

import (
	"strings"
	"time"
)

// WechatAccount is a resident's login: one openid, bound to a resident once the real
// name, the ID number and the phone agree.
type WechatAccount struct {
	ID          ID
	OpenIDIndex string   `gorm:"column:openid_index;size:64;not null;uniqueIndex"`
	OpenID      string   `gorm:"column:openid;serializer:sealed"`
	Phone       string   `gorm:"serializer:sealed"` // verified by WeChat
	ResidentID  ID       `gorm:"not null;index"`    // the active binding's, or 0
	CareMode    CareMode `gorm:"size:8;not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// BindingStatus is the state of a binding.
type BindingStatus string

// The states of a binding.
const (
	BindingPending BindingStatus = "pending" // waits for the team to see the person
	BindingActive  BindingStatus = "active"
	BindingRefused BindingStatus = "refused"
	BindingEnded   BindingStatus = "ended" // another WeChat account took its place
)

// BindingStatusLabels are the Chinese names of the states.
var BindingStatusLabels = map[BindingStatus]string{
	BindingPending: "待现场核实", BindingActive: "已绑定", BindingRefused: "未通过", BindingEnded: "已解除",
}

// BindingProof is what a binding rests on, or what it lacks while it is pending.
type BindingProof string

// The proofs.
const (
	ProofPhone   BindingProof = "phone"    // name, ID number and phone agree
	ProofOnSite  BindingProof = "on_site"  // the team saw the person and the ID card
	LacksPhone   BindingProof = "no_phone" // the resident's record has no phone to compare
	LacksRelease BindingProof = "taken"    // another WeChat account is bound to the resident
)

// BindingProofLabels are the Chinese names of the proofs.
var BindingProofLabels = map[BindingProof]string{
	ProofPhone: "手机号一致", ProofOnSite: "现场核验证件", LacksPhone: "档案无手机号", LacksRelease: "已绑定其他微信",
}

// Binding joins a WeChat account and the resident who uses it (domain §7.1). At most
// one is active on either side.
type Binding struct {
	ID         ID
	WechatID   ID            `gorm:"not null;uniqueIndex:ux_bindings_wechat,priority:1"`
	ResidentID ID            `gorm:"not null;uniqueIndex:ux_bindings_resident,priority:1"`
	Active     *bool         `gorm:"uniqueIndex:ux_bindings_wechat,priority:2;uniqueIndex:ux_bindings_resident,priority:2"` // true or NULL
	Status     BindingStatus `gorm:"size:16;not null"`
	Proof      BindingProof  `gorm:"size:16;not null"`
	SettledBy  ID            `gorm:"not null"` // staff account, 0 when the three agreed
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Failures of binding. ErrNotOnFile says the same for an unknown ID number, another
// name and another phone, so that nobody learns who is on file by trying.
var (
	ErrNotOnFile = &Error{Kind: NotFound, Code: "not_on_file",
		Message: "未能核实您的身份。请核对姓名和身份证号码;仍不能通过或尚未建档的,请携带身份证到所在村(居)委会的家庭医生团队办理"}
	ErrNeedsTeam = &Error{Kind: Conflict, Code: "needs_team",
		Message: "您的信息需要现场核实。请携带身份证到家庭医生团队,由团队确认后即可使用"}
	ErrPhoneRequired = &Error{Kind: Conflict, Code: "phone_required", Message: "请先授权微信手机号"}
	ErrAlreadyBound  = &Error{Kind: Conflict, Code: "already_bound", Message: "该微信已绑定居民档案"}
)

// Claim is who the holder of a WeChat account says to be.
type Claim struct {
	Name  string
	Phone string // verified by WeChat
}

var dots = strings.NewReplacer(" ", "", "\u3000", "", "•", "·", "・", "·", ".", "·", "．", "·")

// Against holds a claim against the resident with the claimed ID number; taken tells
// whether another WeChat account is bound to the resident. It returns the proof, with
// ErrNeedsTeam when the team must see the person first, or ErrNotOnFile. A resident
// with another phone is not told apart from one who does not exist.
func (c Claim) Against(r Resident, taken bool) (BindingProof, error) {
	same := r.Status == Living && dots.Replace(c.Name) == dots.Replace(r.Name)
	switch {
	case !same, r.Phone != "" && r.Phone != c.Phone:
		return "", ErrNotOnFile
	case r.Phone == "":
		return LacksPhone, ErrNeedsTeam
	case taken:
		return LacksRelease, ErrNeedsTeam
	}
	return ProofPhone, nil
}
