/** Texts of partner units and what their experts did. */
export default {
  screenPartner: { list: '对口协作', one: '对口协作', new: '建立协作', sessions: '协作记录' },
  partner: {
    title: '对口协作', empty: '没有符合条件的协作。', new: '建立协作', newWhat: '为团队建立与上级医院等单位的协作关系,约定内容和频次。', made: '协作已建立',
    state: { active: '协作中', ended: '已结束' }, kinds: { clinic: '坐诊', consult: '会诊', teaching: '带教', free_clinic: '义诊', rounds: '巡诊' },
    unit: '协作单位', scope: '协作内容', frequency: '约定频次', frequencyHint: '如“每月2次”', expert: '牵头专家', begin: '开始日期', end: '结束日期', facts: '协作关系',
    endWhat: '结束后不再计应完成的次数。', resumeWhat: '重新开始协作。', lastDay: '最后一天', firstDay: '第一天',
    sessions: '协作记录', noSessions: '还没有协作记录。', log: '登记协作', logWhat: '登记专家坐诊、会诊、带教、义诊或巡诊。', logged: '协作已登记', kind: '类型', on: '日期', who: '专家', hours: '时长(小时)', nHours: '{n} 小时', people: '服务人次', notes: '情况', voided: '已作废', void: '作废', voidTitle: '作废 {on} 的记录', voidWhat: '作废登记错误的记录,不再计入统计,原记录保留。', voidDone: '已作废', allSessions: '全部协作记录',
  },
} as const
