/** Texts of remote consults. */
export default {
  screenConsult: { list: '远程会诊', one: '远程会诊', new: '申请远程会诊' },
  consult: {
    title: '远程会诊', empty: '没有符合条件的会诊。', new: '申请远程会诊', newWhat: '由受理机构出具报告并签发;紧急的 30 分钟内出报告,其他 24 小时内。', made: '会诊申请已提交',
    box: '全部来往', in: '本机构受理的', out: '本团队申请的', anyKind: '全部类型', emergency: '只看紧急', urgent: '紧急',
    state: { requested: '待受理', accepted: '已受理', in_progress: '进行中', reported: '已出报告', signed: '报告已签发', closed: '已结束', rejected: '已拒绝', cancelled: '已撤销' },
    kinds: { opinion: '远程会诊', imaging: '远程影像', ecg: '远程心电', lab: '远程检验' },
    kind: '类型', centre: '受理机构', expected: '期望时间', purpose: '会诊目的', material: '病情摘要和检查资料', findings: '所见', opinion: '诊断意见', reporter: '报告人', signer: '签发人', question: '申请', report: '报告', doctor: '申请医生', reportedAt: '报告时间', escalated: '已催办',
    cancelWhat: '撤销后会诊结束。', acceptWhat: '受理后由本机构出具报告。', rejectWhat: '拒绝后通知申请团队。', beginWhat: '开始会诊或阅片。', reportWhat: '填写报告;签发前只有本机构可见,可再修改。', signWhat: '签发后申请团队可见,不可再修改。', closeWhat: '确认已阅读报告,会诊结束。',
  },
} as const
