/** Texts of the figures of cases. */
export default {
  screenFigures: { list: '协同统计' },
  figures: {
    title: '协同统计', from: '统计期从', to: '到', by: '按', quarter: '季度', scope: '范围', empty: '这段时间没有数据。', district: '全区', institution: '机构', team: '团队', partner: '协作单位', suppressed: '人数过少,不予显示', period: '{from} 至 {to}', ratioOf: '{n}/{d}', noQuarter: '已结束的季度', showing: '{q} 季度', texts: '居民的意见建议', textsWhat: '不含身份,顺序随机,仅区级管理员可见。', noTexts: '这一季度没有意见建议,或问卷过少,不予显示。',
    tabs: { referrals: '转诊', appointments: '预约', complaints: '诉求', discharges: '出院随访', consults: '远程会诊', surveys: '满意度', events: '社区活动', partners: '对口协作', homes: '医养' },
    up: '上转', down: '下转', across: '平转', threeHigh: '三高转诊', arrival: '到位率', onTime: '按时应答率', followedUp: '结果随访率',
    noShow: '爽约率', bySigned: '签约居民占比', released: '专家号下放比例', releasedUsed: '下放号使用率',
    received: '受理', replyOnTime: '按时办理率', atOnce: '一次办结率', satisfied: '满意率', resolved: '解决率',
    notices: '出院人次', handOver: '接收及时率', total: '人次', n: '有效问卷', mean: '平均分', satisfaction: '满意度', aware: '知晓率',
    held: '场次', attendance: '参加人次', consultations: '咨询人次', materials: '发放资料', signed: '现场签约', links: '协作关系', sessions: '协作次数', hours: '时长(小时)', people: '服务人次', kept: '按约定频次完成', homes: '签约机构', beds: '床位', integrated: '一体化', rounds: '巡诊履约',
  },
} as const
