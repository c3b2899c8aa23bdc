package models

import (
	"encoding/json"
	"strings"
	"time"
)

// NoticeSpec is one row of the table of notices: what is told, in which words, and what it
// leads to. The words are the same for everyone and name no illness (domain §7.4): a lock
// screen shows them.
type NoticeSpec struct {
	Code    string
	Title   string
	Text    string // to a resident, who is 您; "" for what only staff are told
	ToStaff string // "" for what only residents are told
	Noun    string // of which the notice holds the id: a screen opens it
	// Subscription is the family of message templates that it may go to a phone with; "" keeps
	// it in the inbox.
	Subscription Subscription
	Urgent       bool // is sent in the quiet hours too
}

// Notices is the table of notices. What is not in it cannot be told.
var Notices = []NoticeSpec{
	{"contract_result", "签约结果", "您的签约申请已有结果", "", "contract", ForContract, false},
	{"contract_offered", "签约待确认", "有一份签约等待您确认", "", "contract", ForContract, false},
	{"contract_rejected", "签约未通过", "您的签约申请未通过", "", "contract", ForContract, false},
	{"contract_stopped", "签约终止", "您的签约已终止", "", "contract", ForContract, false},
	{"contract_renewed", "续约成功", "您的签约已续约", "", "contract", ForContract, false},
	{"contract_expired", "签约到期", "您的签约已到期", "", "contract", ForRenewal, false},
	{"contract_expiring", "签约即将到期", "您的签约即将到期,请续约", "", "contract", ForRenewal, false},
	{"resident_transferred", "居民转出", "", "一位签约居民已转签其他团队", "contract", "", false},

	{"appointment_booked", "预约成功", "您的预约已成功", "", "appointment", ForAppointment, false},
	{"appointment_cancelled", "预约取消", "您的预约已取消", "", "appointment", ForAppointment, false},
	{"appointment_withdrawn", "停诊通知", "您预约的时段停诊,预约已取消", "", "appointment", ForAppointment, true},
	{"appointment_tomorrow", "就诊提醒", "您预约了明天就诊", "", "appointment", ForAppointment, false},

	{"visit_to_confirm", "服务待确认", "有一次服务等待您确认", "", "encounter", ForFollowup, false},
	{"visit_denied", "服务被否认", "", "居民否认了一次服务,请核实", "encounter", "", false},
	{"followup_emergency", "危急提醒", "", "一次随访发现危急情况,请立即处理", "encounter", "", true},
	{"vital_advice", "测量提醒", "您上传的测量结果请尽快查看", "", "vital", ForFollowup, true},
	{"vital_emergency", "测量预警", "", "居民上传的测量结果异常,请立即处理", "vital", "", true},

	{"referral_asked", "转诊申请", "", "收到一例转诊申请", "referral", "", true},
	{"referral_progress", "转诊进度", "您的转诊有新进展", "一例转诊有新进展", "referral", ForReferral, false},
	{"referral_down", "下转接收", "", "一例下转等待接收", "referral", "", false},
	{"referral_overdue", "转诊超时", "", "一例转诊超过时限", "referral", "", true},
	{"referral_followup", "转诊随访", "", "一例转诊的结果待随访", "referral", "", false},
	{"consult_asked", "会诊申请", "", "收到一例远程会诊申请", "consult", "", true},
	{"consult_progress", "会诊进度", "", "一例远程会诊有新进展", "consult", "", false},
	{"consult_overdue", "会诊超时", "", "一例远程会诊超过时限", "consult", "", true},
	{"discharge", "出院接续", "", "一位居民出院,请接续随访", "discharge", "", false},
	{"discharge_late", "出院接续超时", "", "一位出院居民尚未接续随访", "discharge", "", false},
	{"discharge_call_due", "出院随访到期", "", "一次出院随访明天到期", "discharge", "", false},

	{"home_service", "上门服务", "您的上门服务有新进展", "", "home_service", ForHomeService, false},
	{"home_service_tomorrow", "上门提醒", "明天有一次上门服务,请您留意", "", "home_service", ForHomeService, false},
	{"home_service_asked", "上门申请", "", "收到一份上门服务申请", "home_service", "", false},
	{"home_service_overdue", "上门超时", "", "一次上门服务已过期限", "home_service", "", false},
	{"prescription", "长处方", "您的处方申请有新进展", "", "prescription", ForMedicine, false},
	{"supply_ends", "续方提醒", "您的用药即将用完,请联系团队", "", "prescription", ForMedicine, false},
	{"chat_message", "团队回复", "家庭医生团队回复了您", "", "conversation", ForReply, false},
	{"chat_to_team", "居民咨询", "", "有居民向团队咨询", "conversation", "", false},
	{"chat_hand_over", "咨询转交", "", "一次咨询转交给您", "conversation", "", false},

	{"complaint_received", "新诉求", "", "收到一件诉求", "complaint", "", false},
	{"complaint_assigned", "诉求分派", "", "一件诉求分派给您办理", "complaint", "", false},
	{"complaint_returned", "诉求退回", "", "一件诉求被退回,请重新分派", "complaint", "", false},
	{"complaint_replied", "诉求答复", "您的诉求已有答复", "一件诉求已答复,请回访", "complaint", ForComplaint, false},
	{"complaint_due", "诉求将到期", "", "一件诉求即将到答复期限", "complaint", "", false},
	{"complaint_overdue", "诉求超时", "", "一件诉求已过答复期限", "complaint", "", false},
	{"privacy_request", "个人信息申请", "", "收到一份个人信息申请", "privacy_request", "", false},
	{"privacy_request_due", "个人信息申请将到期", "", "一份个人信息申请即将到期", "privacy_request", "", false},
	{"privacy_request_overdue", "个人信息申请超时", "", "一份个人信息申请已过期限", "privacy_request", "", false},
	{"privacy_answered", "个人信息申请答复", "您的个人信息申请已有答复", "", "privacy_request", ForComplaint, false},
	{"consent_withdrawn", "撤回同意", "", "一位居民撤回了同意", "consent", "", false},
	{"team_changed", "服务团队变更", "您的家庭医生团队有变更,签约服务不变", "", "handover", ForContract, false},
	{"doctor_changed", "家庭医生变更", "您的家庭医生有变更,签约服务不变", "", "handover", ForContract, false},
	{"handover_planned", "交接计划", "", "团队有一项交接计划,请查看", "handover", "", false},
	{"handover_done", "交接完成", "", "一项交接已完成", "handover", "", false},
	{"handover_stuck", "交接未完成", "", "一项到期的交接未能执行,请处理", "handover", "", false},
	{"assessment_closed", "考核结果公布", "", "团队考核结果已公布,请查看", "assessment", "", false},
	{"export_requested", "导出待批准", "", "有一份导出申请等待批准", "export", "", false},
	{"export_approved", "导出已批准", "", "您申请的导出已批准,可以下载", "export", "", false},
	{"export_refused", "导出未批准", "", "您申请的导出未获批准", "export", "", false},
	{"export_expired", "导出已过期", "", "您申请的导出已过期", "export", "", false},
	{"home_agreement_ending", "医养协议将到期", "", "一份医养签约协议即将到期", "home_agreement", "", false},
	{"home_agreement_expired", "医养协议到期", "", "一份医养签约协议已到期", "home_agreement", "", false},
}

var noticeSpecs = func() map[string]NoticeSpec {
	m := make(map[string]NoticeSpec, len(Notices))
	for _, n := range Notices {
		m[n.Code] = n
	}
	return m
}()

// NoticeOf returns the row of a notice; ok is false for one that is not in the table.
func NoticeOf(code string) (spec NoticeSpec, ok bool) {
	spec, ok = noticeSpecs[code]
	return spec, ok
}

// About is the text to whoever is told in place of the resident: the name, which the caller
// masks, stands where 您 stood.
func (n NoticeSpec) About(name string) string { return strings.ReplaceAll(n.Text, "您", name) }

// Data is what a notice about the row of its noun holds: the id and nothing else.
func (n NoticeSpec) Data(id ID) string {
	b, _ := json.Marshal(map[string]ID{n.Noun + "_id": id}) // an id always marshals
	return string(b)
}

// Link is the id of the row that a notice leads to. Older rows hold the bare id, or the
// number of a contract, which is returned as no: the caller looks it up.
func (n NoticeSpec) Link(data string) (id ID, no string) {
	if id, err := ParseID(data); err == nil {
		return id, ""
	}
	var named map[string]ID
	if json.Unmarshal([]byte(data), &named) == nil {
		return named[n.Noun+"_id"], ""
	}
	return 0, data
}

// NoticesFor lists the notices that go out with the families; in the quiet hours only the
// urgent ones do.
func NoticesFor(families []Subscription, quiet bool) []string {
	var out []string
	for _, n := range Notices {
		for _, f := range families {
			if n.Subscription == f && f != "" && (n.Urgent || !quiet) {
				out = append(out, n.Code)
			}
		}
	}
	return out
}

// UndeliveredFor is how long a notice that reached no phone stays before the team.
const UndeliveredFor = 30 * 24 * time.Hour

// MaxToldNote is the longest note of a call, in characters.
const MaxToldNote = 200

// Why a notice reached no phone. Any other reason is a code of the sender.
const (
	NoAccount    = "no_account" // neither the resident nor a guardian uses the mini-program
	NoQuota      = "no_quota"   // no message was subscribed to
	NoticeLate   = "late"       // the news was too old when it could have been sent
	RefusedPhone = "refused"    // 43101: the receiver refused
)

// UndeliveredReason is why a notice reached no phone, in the few ways a person acts upon.
type UndeliveredReason string

// FailedDelivery stands for every reason that is none of the others.
const FailedDelivery UndeliveredReason = "failed"

// UndeliveredReasonLabels are the Chinese names of the reasons.
var UndeliveredReasonLabels = map[UndeliveredReason]string{
	NoAccount: "未使用小程序", NoQuota: "没有订阅次数", RefusedPhone: "居民拒收或订阅已用完", NoticeLate: "已过时效", FailedDelivery: "发送失败",
}

// Undelivered is the reason of the message's last error.
func (m Message) Undelivered() UndeliveredReason {
	if r := UndeliveredReason(m.LastError); UndeliveredReasonLabels[r] != "" {
		return r
	}
	return FailedDelivery
}
