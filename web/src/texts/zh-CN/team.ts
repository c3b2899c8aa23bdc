/** Texts of what a lead and a manager do with a team: the gap list, doubtful visits, capacity, handover. */
export default {
  choose: { team: '选择团队', staff: '选择人员', institution: '选择机构', village: '选择村(居)' },
  gap: {
    title: '应签未签', hint: '重点人群中尚未签约的常住居民。', anyPopulation: '全部重点人群', anyOutcome: '全部联系结果', anyStaff: '全部联系人', unassigned: '尚未分配', untouched: '尚未联系过', empty: '没有符合条件的居民。', resident: '居民', age: '年龄', village: '村(居)', staff: '联系人', last: '最近联系', next: '下次联系', never: '尚未联系', times: '共 {n} 次', noStaff: '未分配',
    note: '登记联系', noteTitle: '动员{name}签约', past: '以前的联系', noPast: '还没有联系记录。', on: '联系日期', way: '联系方式', outcome: '结果', will_sign: '同意签约', thinking: '再考虑', refused: '拒绝签约', not_reached: '未联系上', away: '外出', nextOn: '下次联系日期', remark: '说明', noted: '已登记联系',
    assign: '分配…', assignTitle: '分配应签未签居民', assignWhat: '所选 {n} 位居民将由所选成员联系;不选成员则取消分配。', assignTo: '联系人', assignGo: '分配', assigned: '已分配 {n} 位居民', select: '选择{name}', selectAll: '选择已显示的全部', chosen: '已选 {n} 位',
  },
  flag: {
    title: '随访疑点', anyStatus: '全部状态', open: '待核查', accepted: '核查属实', voided: '已作废', anyKind: '全部类型', empty: '没有符合条件的疑点。', kind: '疑点', visit: '随访', resident: '居民', doctor: '随访人', team: '团队', raised: '发现日期', days: '待核查 {n} 天', status: '状态', review: '核查', look: '查看随访', reviewTitle: '核查疑点', reason: '疑点说明', said: '居民的说法', finding: '核查意见', reviewed: '核查时间', hidden: '不在管辖范围',
    accept: '属实,保留随访', acceptTitle: '核查属实', acceptWhat: '随访保留,疑点结束。核查意见会记入审计。', acceptNote: '核查意见', void: '不实,作废随访', voidTitle: '作废随访', voidWhat: '{day} 对{name}的随访将作废:不再计入履约和各项指标,由它完成的任务恢复为待办;考核时按虚假记录扣分。作废后不能恢复。', voidReason: '作废原因', doneAccept: '已记为属实', doneVoid: '随访已作废',
    denied: '居民否认', busy_day: '一天过多', same_place: '同时异地', identical_values: '数值雷同', after_death: '死亡之后', after_moving_out: '迁出之后', shared_phone: '共用号码', round_pressures: '血压取整', late_in_bulk: '集中补录',
  },
  capacity: {
    title: '团队负荷', institution: '全部机构', sort: '排序', byPercent: '按占上限', byOverdue: '按逾期任务', byDue: '按今后三个月', nearOnly: '只看接近上限', members: '成员', sums: '{n} 个团队,签约 {load} 人,逾期任务 {over} 项,今后三个月到期 {due} 项', noDoctor: '没有家庭医生', empty: '没有符合条件的团队。',
  },
  handover: {
    title: '团队交接', plan: '计划交接', planTitle: '计划团队交接', planHint: '先预览影响,再计划;到生效日期由系统或管理员执行。执行之前可以取消。', anyStatus: '全部状态', planned: '待交接', done: '已交接', cancelled: '已取消', empty: '没有交接。', kind: '类型', from: '原团队', to: '接收团队', on: '生效日期', status: '状态', reason: '交接原因', open: '查看', page: '交接详情',
    team: '团队撤销', village: '村(居)更换责任团队', member: '成员离队', teamHelp: '原团队撤销,全部居民、合同和办理中的事项由接收团队承接。', villageHelp: '所选村(居)改由接收团队负责。', memberHelp: '一位成员离开团队,其名下的任务、咨询和号源由接手人承接。', villages: '村(居)', contracts: '这些村(居)内与原团队签约的居民一并交接', member_: '离队成员', successor: '接手人', successorNone: '不指定,由团队再分派', leaves: '同时离职:停用其登录账号', override: '接收团队超员时的说明(仅区级管理员)', preview: '预览影响', previewTitle: '将影响的人和事', previewOld: '内容已修改,请重新预览。', confirm: '确认计划', plannedDone: '交接已计划',
    impact: { residents: '服务团队变化的居民', area: '村(居)内居民', contracts: '有效和待生效的合同', applications: '待审核、待确认的签约', tasks: '未完成的任务', overdue: '其中已逾期', schedules: '尚未开始的出诊时段', bookings: '其中的预约', talks: '进行中的咨询', load: '交接后接收团队签约人数', full: '超过接收团队上限', room: '未超过上限' },
    whoTold: '每位服务团队变化的居民都会收到通知。', carry_out: '执行交接', cancel: '取消交接', carryOutWhat: '居民、合同和办理中的事项立即转给接收团队,并通知居民。执行后不能撤回,只能再计划一次相反的交接。', cancelWhat: '这次交接将取消,什么也不改变。', cancelReason: '取消原因', carried: '交接已执行', cancelled_: '交接已取消', moved: '已交接:居民 {residents} 位,合同 {moved} 份,任务等事项 {work} 项', people: '涉及的居民', noPeople: '没有服务团队变化的居民。', leavesYes: '同时离职',
  },
} as const
