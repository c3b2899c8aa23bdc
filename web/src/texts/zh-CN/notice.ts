/** Texts of notices, of those that reached no phone, and of bindings that wait. */
export default {
  screenNotice: { list: '我的通知', undelivered: '未送达通知', bindings: '实名绑定核实' },
  notice: {
    title: '我的通知', empty: '没有通知。', unreadOnly: '只看未读', readAll: '全部标为已读', readAllDone: '已全部标为已读', urgent: '紧急', unread: '未读', open: '前往办理', markRead: '标为已读', bell: '未读通知',
    undelivered: '未送达通知', undeliveredWhat: '30 天内没有送达居民手机的通知。请重新发送,或电话告知并登记。', noneUndelivered: '没有未送达的通知。', anyReason: '全部原因', reasons: { no_account: '未使用小程序', no_quota: '没有订阅次数', refused: '居民拒收或订阅已用完', late: '已过时效', failed: '发送失败' }, state: { dead: '未送达', told: '已电话告知' }, text: '通知', reason: '未送达原因', attempts: '尝试 {n} 次', at: '时间', act: '办理', resend: '重新发送', resendName: '向{name}重新发送', resent: '已重新发送', reachable: '现在可发送', told: '已电话告知', toldName: '登记已电话告知{name}', toldWhat: '登记与谁通话、如何告知。不写病情。', toldNote: '告知情况', toldDone: '已登记电话告知', by: '{name} {at}', which: '未送达',
  },
  binding: {
    title: '实名绑定核实', empty: '没有待核实的绑定。', what: '居民在小程序绑定档案时,信息与档案不一致或无法确认的,须由团队见到本人和身份证后确认。', name: '姓名', idNumber: '证件号码', phone: '微信手机号', proof: '待核实的原因', at: '申请时间', confirm: '确认绑定', confirmName: '确认{name}的绑定', confirmWhat: '请确认已见到本人,并核对身份证原件。确认后,此微信账号可查看和办理该居民的签约服务。', refuse: '不予绑定', refuseName: '不予{name}绑定', refuseWhat: '此微信账号不能绑定该居民。', confirmed: '已确认绑定', refused: '已不予绑定',
  },
} as const
