/** Texts of complaints. */
export default {
  screenComplaint: { list: '诉求办理', one: '诉求', new: '登记诉求' },
  complaint: {
    title: '诉求办理', empty: '没有符合条件的诉求。', new: '登记诉求', newWhat: '登记由热线、窗口等渠道收到的诉求。一般诉求 5 个工作日内答复,紧急诉求 1 个工作日内答复。', made: '诉求已登记',
    channel: '渠道', category: '类别', urgent: '紧急', anonymous: '对被诉方匿名', who: '诉求人', about: '涉及单位', handler: '承办单位', unassigned: '未分派', content: '诉求内容', result: '答复内容', received: '受理时间', dueAt: '答复期限', replied: '答复时间', onTime: '按时答复', late: '超时答复', satisfaction: '满意度', resolved: '是否解决', yes: '已解决', no: '未解决', dispatches: '分派次数', reopens: '重新办理次数', sourceNo: '来源编号', dueSoon: '即将到期', sum: '{n} 次',
    due24: '24 小时内须答复', due72: '3 天内须答复',
    state: { received: '已受理', assigned: '已分派', processing: '办理中', replied: '已答复', visited: '已回访', closed: '已办结', reopened: '重新办理' },
    channels: { '12345': '12345热线', zaojiejue: '枣解决 枣满意', yijianma: '医监码', miniprogram: '小程序', window: '窗口' },
    categories: { attitude: '服务态度', signing: '签约', fees: '收费', quality: '医疗质量', appointment: '预约', medicine: '药品', privacy: '隐私', other: '其他' },
    satisfactions: { satisfied: '满意', mostly: '基本满意', unsatisfied: '不满意', not_rated: '未评价' },
    facts: '诉求情况', answerCard: '答复与回访', name: '姓名', phone: '联系电话', inst: '承办机构', team: '承办团队', teamHint: '由团队办理时选择;只选机构则由机构办理', aboutInst: '涉及机构', aboutTeam: '涉及团队', visitedAt: '回访时间', closedAt: '办结时间',
    assignWhat: '分派后由承办单位办理和答复,期限不变。', reassignWhat: '再次分派后不计为一次办结。', takeWhat: '开始办理后,请在期限内答复。', returnWhat: '退回诉求管理员重新分派。', replyWhat: '答复内容会告知诉求人,并记录是否按时。', visitWhat: '登记回访诉求人的结果。', closeWhat: '办结后计入四率。', reopenWhat: '重新办理后不计为一次办结,由原承办单位继续办理。',
    reveal: '查看姓名和电话', revealWhat: '查看诉求人的姓名和电话须说明原因,并记入审计。', revealReason: '原因', shown: '诉求人', dial: '拨打 {phone}',
  },
} as const
