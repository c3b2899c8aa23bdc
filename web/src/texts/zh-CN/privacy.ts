/** Texts of requests about personal data. */
export default {
  screenPrivacy: { list: '个人信息申请', one: '个人信息申请' },
  privacy: {
    title: '个人信息申请', empty: '没有待办理的个人信息申请。', kind: '申请', field: '更正项目', wanted: '申请内容', answer: '答复', due: '答复期限', facts: '申请内容',
    state: { submitted: '已提交', processing: '办理中', done: '已办结', partly: '部分办理', refused: '不予办理', withdrawn: '已撤回' },
    takeWhat: '开始办理。请先与申请人核实身份。', fulfilWhat: '请先在居民档案中更正,再填写答复,告知申请人。', eraseWhat: '删除联系信息,不可恢复;医疗记录依法保存,不删除。', refuseWhat: '不予办理须写明理由,告知申请人。', answerField: '答复(申请人可见)',
  },
} as const
