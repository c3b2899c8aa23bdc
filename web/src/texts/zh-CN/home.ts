/** Texts of nursing homes and the agreements with them. */
export default {
  screenHome: { list: '养老机构', one: '养老机构', new: '登记养老机构', agreements: '医养协议', agreement: '医养协议', agreementNew: '拟定医养协议' },
  home: {
    title: '养老机构', empty: '还没有登记养老机构。', new: '登记养老机构', name: '名称', uscc: '统一社会信用代码', address: '地址', contact: '联系人', phone: '电话', beds: '床位', nBeds: '{n} 张', facts: '机构情况', change: '修改', changeWhat: '修改养老机构的资料。', saved: '已保存', newWhat: '登记后可拟定医养协议、登记入住居民。', residents: '入住居民', noResidents: '管辖范围内没有登记的入住居民。', since: '入住日期', leave: '离开', leaveTitle: '登记{name}离开', leaveWhat: '登记离开后,不再列为该机构的入住居民。', leaveOn: '离开日期', left: '已登记离开', admit: '登记入住', admitWhat: '登记居民入住该养老机构;健康管理仍由其团队负责。', admitted: '已登记入住', agreements: '医养协议', team: '负责团队', signing: '签约',
  },
  agreement: {
    title: '医养协议', empty: '没有符合条件的协议。', new: '拟定协议', newWhat: '养老机构与医疗机构的合作协议,签署后按周计巡诊履约。', made: '协议已拟定', endingBy: '到期不晚于',
    state: { draft: '拟签', active: '履行中', suspended: '已中止', expired: '已到期', terminated: '已终止' }, models: { medical_led: '大医疗+小养老', care_led: '大养老+小医疗', integrated: '医康养一体化', network: '分散养老+医疗网络' }, servicesOf: { rounds: '巡诊', green_channel: '绿色通道', referral: '双向转诊', training: '培训', pharmacy: '药事服务' },
    home: '养老机构', institution: '医疗机构', model: '合作模式', services: '服务内容', perWeek: '每周巡诊次数', nPerWeek: '每周 {n} 次', kept: '巡诊履约', keptWord: '{done}/{of},{rate}', begin: '开始日期', end: '结束日期', facts: '协议',
    rounds: '最近的巡诊', noRounds: '还没有巡诊记录。', log: '登记巡诊', logWhat: '登记一次巡诊,计入履约。', logged: '巡诊已登记', on: '巡诊日期', people: '服务人数', notes: '情况', by: '巡诊人员', byHint: '不选则为本人',
    activateWhat: '双方已签署,开始履行。', suspendWhat: '中止期间不计巡诊。', resumeWhat: '恢复履行。', renewWhat: '续签到新的结束日期。', terminateWhat: '终止后不能恢复。', until: '新的结束日期',
  },
} as const
