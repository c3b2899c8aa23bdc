/** Texts that all cases share: lists, moves, pickers, the place to sign. */
export default {
  case: {
    state: '状态', reason: '原因', mustReason: '原因(必填,会记入经过)', reasonWhat: '确认后立即生效,并记入经过。', done: '已办理:{move}', resident: '居民', team: '团队', institution: '机构', due: '时限', anyState: '全部状态', overdue: '只看已超时', when: '时间', on: '日期', note: '说明', no: '编号', version: '版本', phone: '电话', content: '内容', people: '人员', created: '登记时间', anyTeam: '全部团队', anyInstitution: '全部机构',
  },
  pick: { resident: '姓名、拼音首字母、电话或证件号', team: '输入团队名称', institution: '选择机构', partner: '选择协作单位', staff: '选择人员', choose: '请选择', none: '没有符合的', row: '第 {n} 行' },
  ink: { here: '{label}:在此手写', given: '{label}:已签名', tip: '请在此处手写签名', again: '重签' },
} as const
