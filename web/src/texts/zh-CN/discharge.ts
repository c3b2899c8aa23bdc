/** Texts of discharges and their follow-up. */
export default {
  screenDischarge: { list: '出院随访', one: '出院通知', new: '发出院通知' },
  discharge: {
    title: '出院随访', empty: '没有符合条件的出院通知。', new: '发出院通知', newWhat: '由医院登记。居民的家庭医生团队应在 3 个工作日内接收,医院按级别随访。', made: '出院通知已发出',
    box: '全部来往', in: '本团队的居民', out: '本医院发出的', callDue: '今天待随访', late: '团队逾期未接收', lateMark: '逾期未接收',
    state: { planned: '待出院', notified: '待团队接收', handed_over: '团队已接收', closed: '已结束', cancelled: '已撤销' },
    hospital: '医院', dates: '住院日期', admitted: '入院日期', discharged: '出院日期', takeOver: '接收期限', takenAt: '接收时间', complained: '有投诉', complainedField: '住院期间有投诉', referral: '转诊入院', referralLink: '查看转诊单', facts: '出院情况', planned: '计划出院,尚未出院', patientHow: '病人在管辖范围内', patient: '病人', inScope: '从档案中选择', byCard: '凭身份证登记', name: '姓名', idNumber: '身份证号码',
    hospitalNo: '住院号', attending: '主治医生', diagnosis: '出院诊断', operation: '手术', medication: '出院用药', advice: '出院医嘱', revisit: '复诊日期',
    calls: '各级随访', level: '级别', due: '期限', callState: '情况', by: '随访人', answers: '结果', record: '登记随访', recordTitle: '登记{level}', recordWhat: '登记本级随访的结果;未能随访时选择原因。', recorded: '随访已登记', onTime: '按时', noCalls: '没有需要随访的级别。',
    on: '随访日期', method: '随访方式', failure: '未能随访的原因', failureHint: '已随访到则不选', recovery: '恢复情况', wound: '伤口', adherence: '服药依从性', satisfaction: '满意度', adviceGiven: '指导意见', problems: '问题清单', problemsHint: '有投诉时必填', complainedNow: '患者有投诉',
    methods: { '1': '门诊', '2': '家庭', '3': '电话', '4': '短信', '5': '网络', '9': '其他' }, failures: { refused: '拒绝', wrong_number: '号码错误', dead: '死亡' }, recoveries: { '1': '好', '2': '一般', '3': '差' }, wounds: { '0': '无伤口', '1': '愈合良好', '2': '红肿或渗出', '3': '感染' }, adherences: { '1': '规律', '2': '间断', '3': '不服药' }, satisfactions: { '5': '很满意', '4': '满意', '3': '一般', '2': '不满意', '1': '很不满意' },
    leaveWhat: '登记实际出院日期,并通知居民的团队。', cancelWhat: '撤销此通知。', handOverWhat: '填写接续安排后,由本团队接续管理。', plan: '接续安排', actual: '实际出院日期',
  },
} as const
