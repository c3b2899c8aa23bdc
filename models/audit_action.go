package models

import "strings"

// auditNouns are the Chinese names of what audit actions are done to, beside the nouns of
// processes.
var auditNouns = map[string]string{
	"account": "账号", "agreement": "签约协议", "agreement_template": "协议文本", "assessment_scheme": "考核方案", "audit": "审计日志", "binding": "身份绑定",
	"consent": "个人信息授权", "entitlement": "服务权益", "flag": "存疑随访", "followup": "随访", "gap": "未签约名单", "guardian": "监护关系", "home_stay": "入住老人",
	"import": "数据导入", "institution": "机构", "me": "本人信息", "nursing_home": "养老机构", "package": "服务包", "partner_session": "协作服务记录", "population": "重点人群",
	"pregnancy": "孕产信息", "privacy": "个人信息", "resident": "居民档案", "session": "登录", "staff": "人员", "subscription": "消息订阅", "survey": "满意度调查",
	"tally": "签约数据", "target": "年度目标", "task": "随访任务", "team": "团队", "village": "村(居)", "vital": "健康数据", "vital_alert": "危急数据", "wechat_account": "微信账号",
}

// auditVerbs are the Chinese names of what is done, beside the moves of processes.
var auditVerbs = map[string]string{ // #nosec G101 -- names, not a secret
	"accept": "核查属实", "active": "签约生效", "add": "新增", "answer": "答复", "applied": "提交申请", "assign": "分派", "attempt": "记录未联系上", "batch": "写入一批",
	"begin": "开始", "begin_totp": "开始绑定动态验证码", "change_password": "修改密码", "check_in": "签到", "close": "结束", "confirm": "居民确认", "confirm_totp": "绑定动态验证码",
	"contact": "记录联系结果", "count": "登记现场人数", "create": "新增", "death": "登记死亡", "deny": "居民否认", "display": "修改显示方式", "done": "完成", "download": "下载",
	"draft": "预览文本", "end": "结束", "erase": "删除个人信息", "errors": "下载错误明细", "escalate": "超时升级", "expired": "到期", "export": "导出", "fail": "失败", "freeze": "固化",
	"give": "同意", "give_up": "结案", "handle": "登记处置", "identify": "核验身份", "image": "查看图片", "join": "成员变动", "list": "查看列表", "log": "登记", "merge": "合并档案",
	"merged": "并入其他档案", "move": "迁移", "move_out": "登记迁出", "offered": "发出签约邀请", "open": "纳入", "override": "超额签约", "people": "查看涉及居民", "phone": "绑定手机号",
	"photo": "照片", "preview": "预览改签", "raise": "标记存疑", "read": "查看", "read_mark": "标为已读", "refuse": "驳回", "refused": "未通过", "remind": "催办", "request": "申请",
	"reset_password": "重置密码", "reset_totp": "重置动态验证码", "retire": "停用", "reveal": "查看完整信息", "round": "登记巡诊", "route": "查看上门路线", "rows": "写入名单", "say": "发送消息",
	"set": "设定", "start": "开始", "summary": "查看汇总", "texts": "查看意见", "timeline": "查看服务记录", "unlock": "解除锁定", "update": "修改", "verify": "校验", "void": "作废",
	"withdraw": "撤回", "wrong_password": "密码错误",
}

// auditActions are the actions whose names do not follow from noun and verb, and the moves of
// every process.
var auditActions = auditActionLabels(map[string]string{
	"session.begin": "登录", "session.end": "退出登录", "session.refused": "登录未通过", "session.reauth": "再次验证密码",
	"contract.begin": "签约合同:生效", "notice.tell": "通知:登记电话告知", "team.join": "团队:成员变动", "referral.remind": "双向转诊:催办",
})

func auditActionLabels(out map[string]string) map[string]string {
	AppointmentProcess.actions(out)
	AssessmentProcess.actions(out)
	CommunityEventProcess.actions(out)
	ComplaintProcess.actions(out)
	ConsultProcess.actions(out)
	ContractProcess.actions(out)
	ConversationProcess.actions(out)
	DischargeProcess.actions(out)
	ExportProcess.actions(out)
	HandoverProcess.actions(out)
	HomeServiceProcess.actions(out)
	NoticeProcess.actions(out)
	HomeAgreementProcess.actions(out)
	PartnerLinkProcess.actions(out)
	PrescriptionProcess.actions(out)
	PrivacyProcess.actions(out)
	ReferralProcess.actions(out)
	ScheduleProcess.actions(out)
	SettlementProcess.actions(out)
	return out
}

// actions adds the names of the process's moves, and its noun for what else is done to it.
func (p Process[S, M]) actions(out map[string]string) {
	auditNouns[p.Noun] = p.Title
	for move, label := range p.Moves {
		if out[p.Noun+"."+string(move)] == "" {
			out[p.Noun+"."+string(move)] = p.Title + ":" + label
		}
	}
}

// AuditActionLabel is the Chinese name of an action of the audit; ok is false, and the label
// the action itself, for one that has none.
func AuditActionLabel(action string) (label string, ok bool) {
	if label, ok = auditActions[action]; ok {
		return label, true
	}
	noun, verb, _ := strings.Cut(action, ".")
	if auditNouns[noun] == "" || auditVerbs[verb] == "" {
		return action, false
	}
	return auditNouns[noun] + ":" + auditVerbs[verb], true
}
