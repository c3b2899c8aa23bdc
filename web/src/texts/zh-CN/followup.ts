/** Texts of the follow-up form. */
export default {
  followup: {
    title: '随访登记', programs: '随访项目', addProgram: '同时登记', visitedOn: '随访日期', way: '随访方式', services: '其他服务', last: '上次 {v}', lastOn: '上次随访 {day}', noLast: '没有以往记录', range: '{min}–{max}', useLast: '沿用上次',
    assessment: '评估', waitingAssess: '填写关键项目后自动评估', assessing: '正在评估…', class: '此次分类', step: '下一步', next: '下次随访', advice: '建议', findings: '判定依据', clause: '依据:{clause}', referral: '转诊原因', assessFail: '暂时无法评估,不影响填写',
    emergency: '危急情况', emergencyText: '请立即处理并紧急转诊,2 周内随访转诊结果', submit: '提交随访', submitKey: '提交(Ctrl+Enter)', submitted: '随访已登记', draftSaved: '草稿已保存在本机 {at}', draftNone: '尚未填写', draftFound: '已恢复 {at} 未提交的草稿', discard: '放弃草稿', discardWhat: '本次填写的内容将从本机删除,不能恢复。', discarded: '草稿已删除',
    unsure: '网络中断,不知道是否已提交。请恢复网络后再次提交,系统保证不会重复登记。', conflict: '与已有的记录冲突', keyboard: '键盘:Tab 移动,方向键选择,Ctrl+Enter 提交', moreFields: '其余选填项目({n})', section: '其他', none: '未选', addRow: '添加一行', removeRow: '删除第 {n} 行', bad: '应在 {min} 到 {max} 之间', badMin: '不能小于 {min}', badMax: '不能大于 {max}', whole: '应为整数', places: '最多 {n} 位小数', need: '{label}为必填', greater: '{a}应大于{b}',
    normal: '正常 {min}–{max}', abnormal: '超出正常范围', computed: '自动计算', errorsIn: '还有 {n} 项需要填写或更正', doneTitle: '随访已登记', doneNext: '下次随访 {day}', toResident: '返回居民档案', toToday: '返回今日工作', serverOnly: '提交后由系统计算', faceToFace: '须面对面', when: '随访情况', pickProgram: '请至少选择一个随访项目', result: '评估结果', noForm: '只登记服务,不填随访表',
  },
} as const
