package models

import (
	"fmt"
	"strings"
	"time"
)

// ConsentPurpose is what a person agrees to under the 个人信息保护法 (domain §8.1).
type ConsentPurpose string

// The purposes.
const (
	ForService  ConsentPurpose = "service"
	ForMessages ConsentPurpose = "messages"
	ForLocation ConsentPurpose = "location"
)

// PurposeSpec is one row of the table of purposes: the text that is agreed to, by version,
// and what follows from a withdrawal, which the person reads before it.
type PurposeSpec struct {
	Code        ConsentPurpose
	Label       string
	Version     int
	Separate    bool // sensitive: asked for by itself (arts. 28–30)
	Text        string
	Consequence string
}

// Purposes is the table of purposes. A changed text is a new version, to be agreed to anew.
var Purposes = []PurposeSpec{
	{ForService, "家庭医生签约服务", 1, true,
		"为提供家庭医生签约、随访、健康管理等服务,处理您的姓名、证件号码、联系方式、住址和健康信息。健康信息属于敏感个人信息,仅由为您服务的团队及其管理机构按职责查看,每次查看都有记录。",
		"撤回后,系统记录您的意愿并通知您的家庭医生团队;已签订的协议不会自动终止,如需终止请办理解约;依法应当保存的医疗记录仍按规定保存。"},
	{ForMessages, "微信服务消息", 1, false,
		"为提醒您签约、续约、随访和诉求办理结果,向您的微信发送服务消息。消息中不写疾病名称。",
		"撤回后,不再向您的微信推送消息;消息仍保存在小程序的消息列表中,您可能因此错过续约、随访等提醒。"},
	{ForLocation, "上门服务定位", 1, true,
		"为证明医务人员确已上门,登记上门服务时记录服务地点的经纬度。地点加密保存,只用于核查服务真实性。",
		"撤回后,今后的上门服务不再记录地点;此前已记录的地点随服务记录保存。"},
}

// Spec returns the row of the purpose; ok is false for an unknown one.
func (p ConsentPurpose) Spec() (spec PurposeSpec, ok bool) {
	for _, s := range Purposes {
		if s.Code == p {
			return s, true
		}
	}
	return PurposeSpec{}, false
}

// AgeOfPrivacy is the age below which a guardian consents for a child (art. 31).
const AgeOfPrivacy = 14

// Consent is a person's yes to a purpose; withdrawn, it stays as evidence.
type Consent struct {
	ID          ID
	ResidentID  ID             `gorm:"not null;uniqueIndex:ux_consents_live,priority:1"`
	Purpose     ConsentPurpose `gorm:"size:16;not null;uniqueIndex:ux_consents_live,priority:2"`
	Live        *bool          `gorm:"uniqueIndex:ux_consents_live,priority:3"` // true or NULL
	Version     int            `gorm:"not null"`                                // of the text
	TextHash    string         `gorm:"size:64;not null"`                        // SM3 of the text, hex
	Channel     string         `gorm:"size:16;not null"`                        // miniprogram
	GuardianID  ID             `gorm:"not null"`                                // resident who consented for another, or 0
	GivenAt     time.Time      `gorm:"not null"`
	WithdrawnAt *time.Time
	WithdrawnBy string `gorm:"size:32;not null"`
}

// MayConsent refuses a child's own consent: a guardian gives it (art. 31).
func MayConsent(r Resident, by Actor, today Date) error {
	if by.ResidentID == r.ID && r.Age(today) < AgeOfPrivacy {
		return InvalidField("resident_id", "guardian", "未满14周岁的儿童须由监护人同意")
	}
	return nil
}

// RequestKind is what a person asks to be done with the own data (arts. 46, 47).
type RequestKind string

// The kinds.
const (
	CorrectionRequest RequestKind = "correction"
	DeletionRequest   RequestKind = "deletion"
)

// RequestKindLabels are the Chinese names of the kinds.
var RequestKindLabels = map[RequestKind]string{CorrectionRequest: "更正申请", DeletionRequest: "删除申请"}

// CorrectionFields are the fields a correction can be of.
var CorrectionFields = map[string]string{"name": "姓名", "phone": "联系电话", "address": "住址", "birth_date": "出生日期", "document": "证件号码", "record": "服务记录", "other": "其他"}

// RequestStatus is the state of a request.
type RequestStatus string

// The states.
const (
	RequestSubmitted  RequestStatus = "submitted"
	RequestProcessing RequestStatus = "processing"
	RequestDone       RequestStatus = "done"
	RequestPartly     RequestStatus = "partly" // contact data erased, medical records kept
	RequestRefused    RequestStatus = "refused"
	RequestWithdrawn  RequestStatus = "withdrawn"
)

// RequestStatusLabels are the Chinese names of the states.
var RequestStatusLabels = map[RequestStatus]string{
	RequestSubmitted: "已提交", RequestProcessing: "办理中", RequestDone: "已办结", RequestPartly: "部分办理", RequestRefused: "不予办理", RequestWithdrawn: "已撤回",
}

// Rules of requests and exports.
const (
	RequestWorkdays      = 15 // working days for an answer
	RequestRemindDays    = 3  // days before the deadline in which the managers are told
	MaxExportsPerDay     = 3  // of one account
	RecordRetentionYears = 15 // of outpatient records (domain §8.2)
	InpatientRetention   = 30 // years, of inpatient records
	MaxRequestText       = 500
	PrivacyChannel       = "miniprogram"
)

// RetentionReason is why medical records are not deleted.
var RetentionReason = fmt.Sprintf("您的联系电话和住址已删除。依据《个人信息保护法》第四十七条和《医疗机构管理条例实施细则》,门诊等医疗记录须自最后一次服务起保存不少于%d年(住院不少于%d年),保存期内不能删除,期间仅作存储和必要的安全保护。", RecordRetentionYears, InpatientRetention)

// PrivacyRequest is a person's request to correct or delete the own data. Its status is
// written by Move alone.
type PrivacyRequest struct {
	ID            ID
	ResidentID    ID            `gorm:"not null;index"`
	InstitutionID ID            `gorm:"not null;index:ix_privacy_requests_inst,priority:1"` // that cares for the resident
	Kind          RequestKind   `gorm:"size:16;not null"`
	Field         string        `gorm:"size:16;not null"` // of a correction
	Wanted        string        `gorm:"serializer:sealed;type:text"`
	Status        RequestStatus `gorm:"size:16;not null;index:ix_privacy_requests_inst,priority:2;index"`
	DueOn         Date          `gorm:"not null"`
	WaitingUntil  Date          `gorm:"index"` // DueOn while an answer is owed, else null
	Answer        string        `gorm:"serializer:sealed;type:text"`
	AskedBy       string        `gorm:"size:32;not null"`
	ClosedAt      *time.Time
	Version       int `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Check notes what is wrong with a request as it is made.
func (r PrivacyRequest) Check(p *Problems) {
	switch r.Kind {
	case CorrectionRequest:
		if CorrectionFields[r.Field] == "" {
			p.Add("field", "enum", "请选择要更正的内容")
		}
		CheckNote(p, "wanted", "正确的内容", r.Wanted, MaxRequestText)
	case DeletionRequest:
		if len([]rune(r.Wanted)) > MaxRequestText {
			p.Add("reason", "too_long", fmt.Sprintf("说明不能超过%d个字", MaxRequestText))
		}
	default:
		p.Add("kind", "enum", "没有这一类申请")
	}
}

// RequestMove is an event of a request's life.
type RequestMove string

// The moves.
const (
	MoveSubmitRequest   RequestMove = "submit"
	MoveTakeRequest     RequestMove = "take"
	MoveFulfilRequest   RequestMove = "fulfil"
	MoveEraseRequest    RequestMove = "erase" // contact data; medical records are kept
	MoveRefuseRequest   RequestMove = "refuse"
	MoveWithdrawRequest RequestMove = "withdraw"
)

// RequestMoveLabels are the Chinese names of the moves.
var RequestMoveLabels = map[RequestMove]string{
	MoveSubmitRequest: "提交申请", MoveTakeRequest: "开始办理", MoveFulfilRequest: "已更正,办结", MoveEraseRequest: "删除联系信息,医疗记录依法保存", MoveRefuseRequest: "不予办理", MoveWithdrawRequest: "撤回申请",
}

// PrivacyProcess is the state table of a request (domain §8.1).
var PrivacyProcess = Process[RequestStatus, RequestMove]{
	Noun: "privacy_request", Title: "个人信息申请", States: RequestStatusLabels, Moves: RequestMoveLabels, Steps: []Step[RequestStatus, RequestMove]{
		{MoveSubmitRequest, nil, RequestSubmitted, PartyResident, PrivacyOwn, false},
		{MoveTakeRequest, []RequestStatus{RequestSubmitted}, RequestProcessing, PartyManager, PrivacyHandle, false},
		{MoveFulfilRequest, []RequestStatus{RequestProcessing}, RequestDone, PartyManager, PrivacyHandle, false},
		{MoveEraseRequest, []RequestStatus{RequestProcessing}, RequestPartly, PartyManager, PrivacyHandle, false},
		{MoveRefuseRequest, []RequestStatus{RequestSubmitted, RequestProcessing}, RequestRefused, PartyManager, PrivacyHandle, true},
		{MoveWithdrawRequest, []RequestStatus{RequestSubmitted, RequestProcessing}, RequestWithdrawn, PartyResident, PrivacyOwn, false},
	},
}

// Parties are the parts the actor plays in the request.
func (r PrivacyRequest) Parties(by Actor) Party {
	switch {
	case by.Role == ResidentRole && by.ActsFor(r.ResidentID):
		return PartyResident
	case by.Role == DistrictManager, by.Role == SystemRole, by.Role == InstitutionManager && by.InstitutionID == r.InstitutionID:
		return PartyManager
	}
	return 0
}

// Allowed are the moves the actor may make on the request now: a correction is fulfilled, a
// deletion erases.
func (r PrivacyRequest) Allowed(by Actor) []RequestMove {
	var out []RequestMove
	for _, m := range PrivacyProcess.Allowed(r.Status, by, r.Parties(by)) {
		if !r.foreign(m) {
			out = append(out, m)
		}
	}
	return out
}

// foreign tells whether the move belongs to the other kind of request.
func (r PrivacyRequest) foreign(m RequestMove) bool {
	return m == MoveFulfilRequest && r.Kind != CorrectionRequest || m == MoveEraseRequest && r.Kind != DeletionRequest
}

// Move makes a move on the request and is the only writer of its state. The reason of a
// refusal is the answer; an erasure answers with RetentionReason. It refuses as Process.Move
// does, with Conflict wrong_kind for a move of the other kind, and with Invalid for a
// correction without an answer.
func (r *PrivacyRequest) Move(m RequestMove, by Actor, answer string, now time.Time) (Event, error) {
	to, e, err := PrivacyProcess.Move(r.Status, m, by, r.Parties(by), answer)
	if err != nil {
		return e, err
	}
	if r.foreign(m) {
		return e, Errorf(Conflict, "wrong_kind", "“%s”不能这样办理", RequestKindLabels[r.Kind])
	}
	e.Reason = ""
	switch m {
	case MoveFulfilRequest, MoveRefuseRequest:
		var p Problems
		if CheckNote(&p, "answer", "办理结果", answer, MaxRequestText); len(p) > 0 {
			return e, p.Err()
		}
		r.Answer = strings.TrimSpace(answer)
	case MoveEraseRequest:
		r.Answer = RetentionReason
	}
	r.Status, r.WaitingUntil = to, r.DueOn
	if to != RequestSubmitted && to != RequestProcessing {
		r.WaitingUntil, r.ClosedAt = Date{}, &now
	}
	return e, nil
}
