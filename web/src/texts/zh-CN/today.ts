/** Texts of the work of the day. */
export default {
  today: {
    list: '工作清单', route: '上门路线', calendar: '到期日历', overdue: '已逾期', week: '7 天内到期', month: '30 天内到期', urgentDue: '危急随访', anyState: '全部待办', due: '待办', upcoming: '未到期', anyProgram: '全部项目', anyStaff: '全部办理人', mine: '分给我的', unassigned: '未分派', anyKind: '全部类别',
    resident: '居民', task: '任务', when: '期限', where: '村(居)', staff: '办理人', act: '操作', form: '登记随访', note: '记联系', urgent: '危急后随访', atHome: '须上门', attempts: '{n} 天未联系上', empty: '没有符合条件的任务。', select: '选择{name}的任务', selectAll: '选择本页全部',
    chosen: '已选 {n} 项', assign: '分派…', assignTitle: '分派任务', assignWhat: '所选 {n} 项任务将分给所选成员;填写上门日期的,列入当天的上门路线。', assignee: '办理人', visitOn: '计划上门日期', assigned: '已分派 {n} 项', assignGo: '分派',
    applied: '待审核的签约申请', noApplied: '没有待审核的申请。', accept: '同意', reject: '不同意', acceptTitle: '同意{name}的签约申请', acceptWhat: '同意后签约立即生效({packages}),占用团队一个名额,并通知居民。', rejectTitle: '不同意{name}的签约申请', rejectWhat: '申请将结束,原因会告知居民。', rejectReason: '原因(居民可见)', accepted: '签约已生效', rejected: '已回复居民',
    alerts: '危急读数预警', noAlerts: '没有待处理的预警。', messages: '消息', unread: '{n} 条未读,来自 {c} 位居民', noUnread: '没有未读消息。', replyBy: '{at} 前回复',
    noteTitle: '登记与{name}的联系', noteWhat: '在不同的日子 3 次联系未果后,可按失访或拒访结束任务。', outcome: '结果', not_reached: '未联系上', wrong_phone: '号码错误', refused: '拒绝', way: '方式', remark: '说明', noted: '已登记', dayRoute: '{day} 的上门顺序', noRoute: '这一天没有计划上门的任务。团队长可在工作清单中选择任务并填写上门日期。', stop: '第 {n} 站',
    calendarHelp: '每天到期的任务数;“急”为危急后随访或两周复查,“访”为计划上门。', urgentMark: '急', plannedMark: '访', calTotal: '{day} 到期 {n} 项', weekdays: '一,二,三,四,五,六,日', print: '打印', dayOf: '日期',
    wayClinic: '门诊', wayPhone: '电话', wayHome: '上门', wayMessage: '短信', wayNet: '网络', refresh: '刷新', pickTeam: '团队',
  },
} as const
