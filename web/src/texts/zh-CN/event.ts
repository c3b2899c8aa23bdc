/** Texts of community events. */
export default {
  screenEvent: { list: '社区活动', one: '社区活动', new: '计划活动' },
  event: {
    title: '社区活动', empty: '没有符合条件的活动。', new: '计划活动', newWhat: '签约进社区、健康教育、义诊。第一个团队的机构为主办机构。', made: '活动已计划',
    anyKind: '全部类别', from: '从', to: '到',
    state: { planned: '计划中', open: '进行中', closed: '已结束', cancelled: '已取消' }, kinds: { signing: '签约进社区', education: '健康教育', free_clinic: '义诊' }, servicesOf: { free_clinic: '义诊', talk: '健康讲座', signing: '签约' },
    kind: '类别', name: '活动名称', place: '地点', on: '日期', host: '主办机构', teams: '参加团队', services: '服务内容', facts: '活动', report: '成效', attendance: '参加', attendanceWord: '参加 {n} 人', people: '{n} 人', heads: '现场清点', checkedIn: '扫码签到', consultations: '咨询', times: '{n} 人次', materials: '发放资料', copies: '{n} 份', signed: '现场签约', contracts: '{n} 份',
    code: '签到二维码', codeWhat: '居民用微信扫描签到;可打印后张贴。', codeAlt: '“{title}”的签到二维码', print: '打印二维码', count: '登记人数', countWhat: '登记现场清点的人数、咨询人次和资料份数,可再修改。', headsField: '现场清点人数', consultationsField: '咨询人次', materialsField: '资料份数', counted: '人数已登记', scan: '扫码签到',
    openWhat: '活动开始,可扫码签到、现场签约。', closeWhat: '活动结束,不再签到。', cancelWhat: '取消活动。', change: '修改计划', changeWhat: '修改活动计划。', changed: '计划已修改',
  },
} as const
