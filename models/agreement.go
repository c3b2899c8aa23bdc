package models

import "time"

// SignerKind says who signed for the resident (domain §1.5 代签).
type SignerKind string

// The kinds of signer.
const (
	SelfSigned     SignerKind = "self"
	GuardianSigned SignerKind = "guardian"
)

// SignatureWay says how the signature was given (domain §8.5).
type SignatureWay string

// The ways to sign.
const (
	NotSigned       SignatureWay = ""        // an offer that waits for the resident
	WechatSignature SignatureWay = "wechat"  // signed in the mini-program under a real-name session
	OnSiteSignature SignatureWay = "on_site" // handwritten image on a screen before staff, L2
	ImportedPaper   SignatureWay = "paper"   // paper agreement entered by import, L3
)

// IdentityCheck says by which paper the witness knew who signs (domain §8.5).
type IdentityCheck string

// The papers. The zero value says that none was recorded: an import, or a real-name session.
const (
	IdentityByCard  IdentityCheck = "card"
	IdentityByOther IdentityCheck = "other" // household register, birth certificate
)

// IdentityCheckLabels are the Chinese names of the checks.
var IdentityCheckLabels = map[IdentityCheck]string{IdentityByCard: "已核对居民身份证", IdentityByOther: "已核对户口簿、出生证明等其他证件原件"}

// Agreement is the frozen text of a contract with its evidence: what was signed, its
// hash, who, how, when and from what device. It is written once and never changed.
type Agreement struct {
	ID         ID
	ContractID ID            `gorm:"not null;uniqueIndex"`
	TemplateID ID            `gorm:"not null"`
	Text       string        `gorm:"serializer:sealed;type:text"`
	Hash       string        `gorm:"size:64;not null"` // SM3 of Text, hex
	SignerKind SignerKind    `gorm:"size:16;not null"`
	SignerID   ID            `gorm:"not null"` // resident who signed: self or guardian
	Relation   string        `gorm:"size:2;not null"`
	Way        SignatureWay  `gorm:"size:16;not null"`
	Signature  string        `gorm:"serializer:sealed;type:mediumtext"`      // data URL of the image, or ""
	WitnessID  ID            `gorm:"not null"`                               // staff before whom it was signed
	Identity   IdentityCheck `gorm:"column:identity_check;size:16;not null"` // by the witness
	Device     string        `gorm:"size:128;not null"`
	IP         string        `gorm:"size:64;not null"`
	SignedAt   time.Time     `gorm:"not null"` // by the resident's side; when the text was frozen, while it is not signed
	TeamSigner ID            `gorm:"not null"` // staff who signed for the team
	TeamSigned *time.Time    // null while the application waits
}

// SignatureWayLabels are the Chinese names of the ways to sign.
var SignatureWayLabels = map[SignatureWay]string{
	WechatSignature: "微信小程序实名签署", OnSiteSignature: "现场手写签名", ImportedPaper: "纸质协议补录",
}

// SignerKindLabels are the Chinese names of the kinds of signer.
var SignerKindLabels = map[SignerKind]string{SelfSigned: "居民本人", GuardianSigned: "监护人代签"}
