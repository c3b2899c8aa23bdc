package models

import (
	"slices"
	"time"
)

// Subscription is a family of notices that goes out with one message template of WeChat and
// is subscribed to as one (domain §7.4).
type Subscription string

// The families.
const (
	ForContract    Subscription = "contract"
	ForRenewal     Subscription = "renewal"
	ForFollowup    Subscription = "followup"
	ForAppointment Subscription = "appointment"
	ForReferral    Subscription = "referral"
	ForMedicine    Subscription = "medicine"
	ForHomeService Subscription = "home_service"
	ForReply       Subscription = "reply"
	ForComplaint   Subscription = "complaint"
)

// SubscriptionSpec is one row of the table of families.
type SubscriptionSpec struct {
	Code  Subscription
	Label string // Chinese
}

// Subscriptions is the table of families, what most should be asked for first.
var Subscriptions = []SubscriptionSpec{
	{ForAppointment, "预约与就诊提醒"}, {ForFollowup, "随访提醒"}, {ForContract, "签约结果"}, {ForMedicine, "用药续方提醒"}, {ForReferral, "转诊进度"},
	{ForReply, "团队回复"}, {ForHomeService, "上门服务提醒"}, {ForRenewal, "签约到期提醒"}, {ForComplaint, "诉求办结"},
}

// Known tells whether the family is in the table.
func (s Subscription) Known() bool {
	return slices.ContainsFunc(Subscriptions, func(row SubscriptionSpec) bool { return row.Code == s })
}

// SubscribeAnswer is what wx.requestSubscribeMessage returned for a template.
type SubscribeAnswer string

// The answers.
const (
	SubscribeAccept SubscribeAnswer = "accept" // one message may be sent
	SubscribeReject SubscribeAnswer = "reject"
	SubscribeBan    SubscribeAnswer = "ban"    // the platform has banned the template
	SubscribeFilter SubscribeAnswer = "filter" // the platform left the template out
)

// SubscribeAnswerLabels are the Chinese names of the answers.
var SubscribeAnswerLabels = map[SubscribeAnswer]string{
	SubscribeAccept: "已订阅", SubscribeReject: "已拒绝", SubscribeBan: "模板被封禁", SubscribeFilter: "模板被过滤",
}

// Rules of asking for subscriptions.
const (
	MaxAskedAtOnce = 3                  // templates of one wx.requestSubscribeMessage
	AskAgainAfter  = 7 * 24 * time.Hour // an answer other than yes is left alone for so long
)

// SubscribeQuota is how many messages of a family a WeChat account still takes: a
// subscription is for one message (domain §7.4).
type SubscribeQuota struct {
	ID         ID
	WechatID   ID              `gorm:"not null;uniqueIndex:ux_subscribe_quotas,priority:1"`
	Template   Subscription    `gorm:"size:32;not null;uniqueIndex:ux_subscribe_quotas,priority:2"`
	Remaining  int             `gorm:"not null"`
	Answer     SubscribeAnswer `gorm:"size:16;not null"` // the last one
	AnsweredAt time.Time       `gorm:"not null"`
}

// TableName is the plural that the naming does not find.
func (SubscribeQuota) TableName() string { return "subscribe_quotas" }

// Note notes an answer: a yes is one message more, a banned template takes none any more.
func (q *SubscribeQuota) Note(answer SubscribeAnswer, now time.Time) {
	q.Answer, q.AnsweredAt = answer, now
	switch answer {
	case SubscribeAccept:
		q.Remaining++
	case SubscribeBan:
		q.Remaining = 0
	}
}

// Worth tells whether to ask now: nothing is left, and no other answer than yes was given of
// late.
func (q SubscribeQuota) Worth(now time.Time) bool {
	return q.Remaining == 0 && (q.Answer == "" || q.Answer == SubscribeAccept || !now.Before(q.AnsweredAt.Add(AskAgainAfter)))
}

// AskFor chooses the families to ask for at the next tap: of those that can be sent, at most
// MaxAskedAtOnce that are worth it, first those of which a message was missed.
func AskFor(sendable []Subscription, have map[Subscription]SubscribeQuota, missed map[Subscription]bool, now time.Time) []Subscription {
	var first, then []Subscription
	for _, row := range Subscriptions {
		switch {
		case !slices.Contains(sendable, row.Code) || !have[row.Code].Worth(now):
		case missed[row.Code]:
			first = append(first, row.Code)
		default:
			then = append(then, row.Code)
		}
	}
	out := slices.Concat(first, then)
	return out[:min(len(out), MaxAskedAtOnce)]
}
