package wechat

import (
	"errors"
	"fmt"
	"regexp"
)

// Reason is what a failed call means to us. Ask with errors.Is(err, wechat.InvalidCode).
type Reason string

// The reasons.
const (
	InvalidCode   Reason = "invalid_code"   // the code is wrong, of the other kind, used or too old
	Busy          Reason = "busy"           // WeChat said −1 until we gave up
	TooFrequent   Reason = "too_frequent"   // this user, or we, called too often
	BlockedUser   Reason = "blocked_user"   // WeChat holds the user for high-risk
	Refused       Reason = "refused"        // 43101: no subscription, or its quota is used; do not retry
	UnknownUser   Reason = "unknown_user"   // the openid is not one of our mini-program
	BadMessage    Reason = "bad_message"    // template, page or a field of the message is wrong
	Misconfigured Reason = "misconfigured"  // app id, secret, permission or address list is wrong
	Mismatch      Reason = "app_mismatch"   // the phone number was issued to another mini-program
	Unreadable    Reason = "unreadable"     // no ID card can be read on the picture
	Unavailable   Reason = "unavailable"    // no usable answer: down, slow or not speaking the protocol
	Unrecognised  Reason = "unknown_answer" // an errcode we do not know
)

// Error makes a Reason a target for errors.Is.
func (r Reason) Error() string { return "wechat: " + string(r) }

// codeBusy is the errcode that asks to try again.
const codeBusy = -1

// reasons are the errcodes of domain §7.1–7.4 and the few more that the platform
// documents for the same calls.
var reasons = map[int]Reason{
	codeBusy: Busy,
	40029:    InvalidCode, // invalid, or of the other kind
	40163:    InvalidCode, // used
	41008:    InvalidCode, // missing
	45009:    TooFrequent, // our daily quota
	45011:    TooFrequent, // 100 a minute for one user
	40226:    BlockedUser,
	43101:    Refused,
	40003:    UnknownUser,
	40037:    BadMessage, // template
	41030:    BadMessage, // page
	47003:    BadMessage, // field
	40001:    Misconfigured,
	40014:    Misconfigured,
	42001:    Misconfigured,
	40013:    Misconfigured, // app id
	40125:    Misconfigured, // app secret
	41002:    Misconfigured,
	41004:    Misconfigured,
	40164:    Misconfigured, // our address is not on the platform's list
	48001:    Misconfigured, // the account has no right to this call
	101000:   Unreadable,    // of an ID card: no picture
	101001:   Unreadable,    // no card on it
	101002:   Unreadable,    // not to be made out
}

// tokenSpent are the errcodes on which a cached access token is given up.
var tokenSpent = map[int]bool{40001: true, 40014: true, 42001: true}

var userMessages = map[Reason]string{
	InvalidCode: "微信授权已失效,请重新授权",
	TooFrequent: "操作过于频繁,请稍后再试",
	BlockedUser: "该微信账号暂时无法登录,请联系微信客服或签约机构",
	Refused:     "居民未订阅该类消息",
	UnknownUser: "微信用户不存在或未使用过本小程序",
	BadMessage:  "消息内容不符合微信模板要求",
	Mismatch:    "手机号授权校验未通过,请重新授权",
	Unreadable:  "照片上没有认出身份证",
}

// Error is a failed call. It holds nothing that the caller or WeChat sent, except
// the platform's request id and, for a refused message, the key of the field.
type Error struct {
	Call      string // which call: "jscode2session", "subscribe/send", …
	Code      int    // WeChat's errcode, 0 if no usable answer came
	Field     string // for a refused message: the template key at fault, e.g. "thing1"; may be empty
	RequestID string // WeChat's rid, to ask its support with; may be empty

	reason Reason
	cause  error
}

// Failures of the exchange itself.
var (
	errRequest  = errors.New("the request could not be built")
	errBroken   = errors.New("the exchange broke off")
	errStatus   = errors.New("the answer was not HTTP 200")
	errTooLarge = errors.New("the answer was too large")
	errAnswer   = errors.New("the answer was not of the documented form")
)

var (
	ridPattern   = regexp.MustCompile(`\brid: ?([0-9a-fA-F-]{1,64})`)
	fieldPattern = regexp.MustCompile(`\bdata\.([a-z_]{1,20}[0-9]{1,3})\b`)
)

func codeError(name string, s status) *Error {
	e := &Error{Call: name, Code: int(s.Code), reason: Unrecognised}
	if r, known := reasons[e.Code]; known {
		e.reason = r
	}
	if m := ridPattern.FindStringSubmatch(s.Message); m != nil {
		e.RequestID = m[1]
	}
	if m := fieldPattern.FindStringSubmatch(s.Message); m != nil {
		e.Field = m[1]
	}
	return e
}

// Reason is what the failure means.
func (e *Error) Reason() Reason { return e.reason }

// Error is for the log: call, reason, errcode, field, request id and cause.
func (e *Error) Error() string {
	s := fmt.Sprintf("wechat %s: %s", e.Call, e.reason)
	if e.Code != 0 {
		s += fmt.Sprintf(" (errcode %d)", e.Code)
	}
	if e.Field != "" {
		s += ", field " + e.Field
	}
	if e.RequestID != "" {
		s += ", rid " + e.RequestID
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap makes errors.Is find the Reason, and the end of a context.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.reason}
	}
	return []error{e.reason, e.cause}
}

// Temporary tells whether the same call may succeed later.
func (e *Error) Temporary() bool {
	return e.reason == Busy || e.reason == Unavailable || e.reason == TooFrequent
}

// UserMessage is what to tell the user, in Chinese. Faults of ours and of WeChat's
// read alike: the user can do nothing about either.
func (e *Error) UserMessage() string {
	if m, ok := userMessages[e.reason]; ok {
		return m
	}
	return "微信服务暂时不可用,请稍后再试"
}
