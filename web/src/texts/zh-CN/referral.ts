/** Texts of referrals. */
export default {
  screenReferral: { list: '双向转诊', one: '转诊单', new: '填写转诊单' },
  referral: {
    title: '双向转诊', empty: '没有符合条件的转诊单。', new: '填写转诊单', newWhat: '登记居民同意后可立即提交,接收机构应在时限内应答(普通 24 小时,紧急 30 分钟)。医院对未经上转的病人发起下转时,方向选“下转”。', made: '转诊单已保存',
    box: '全部来往', in: '待本方办理', out: '本方转出', urgent: '只看紧急', threeHigh: '只看三高转诊', direction: '方向', urgency: '缓急', patient: '病人', from: '转出', to: '转入', reasons: '转诊原因', reasonNote: '原因说明', expected: '预计转诊日期', department: '科室', hospital: '接收机构', reserve: '预约号或床号', receiver: '接诊医生', three: '三高',
    state: { draft: '草稿', submitted: '待审核', accepted: '已接收', rejected: '已拒绝', cancelled: '已撤销', arrived: '已到诊', in_treatment: '治疗中', completed: '治疗结束', no_show: '未到诊', transferred_on: '已转往他院', down_submitted: '待下转接收', down_accepted: '下转已接收', closed: '已结束', followed_up: '结果已随访' },
    directions: { '1': '上转', '2': '下转', '3': '平转' }, urgencies: { '1': '普通', '2': '紧急' }, results: { '1': '到位', '2': '不到位' },
    facts: '转诊情况', text: '病情', summaryCard: '治疗小结', impression: '初步印象', impressionCode: '印象编码(ICD-10)', illness: '主要现病史', history: '主要既往史', treatment: '治疗经过', consent: '居民同意', noConsent: '尚未同意', followDue: '结果随访期限', result: '转诊结果', followNote: '结果说明', escalated: '已催办',
    hospitalNo: '住院号或门诊号', findings: '主要检查结果', diagnosis: '诊断结果', outcome: '治疗结果', attending: '主治医生', rehab: '康复建议', plan: '下一步治疗方案', submitted: '提交', answered: '应答', arrived: '到诊', completed: '治疗结束', downOn: '下转日期', followed: '随访日期',
    signer: '代为同意的监护人', signerHint: '本人同意时不选', consentNow: '居民(或监护人)已现场同意转诊并共享转诊单', submitNow: '立即提交', name: '姓名', idNumber: '身份证号码', who: '病人', whoHint: '不在您管辖范围内的病人,凭身份证登记',
    consentWhat: '居民或监护人已当面同意转诊,并同意把转诊单交给接收机构。', submitWhat: '提交后由接收机构审核,并开始计算应答时限。', cancelWhat: '撤销后转诊单结束,已提交的会通知接收机构。', acceptWhat: '接收后通知居民和团队。日期、科室可按实际安排填写。', rejectWhat: '拒绝后通知居民和团队,原因对方可见。', reassignWhat: '改派后由新的机构审核,应答时限重新计算。', arriveWhat: '登记病人已到诊。', admitWhat: '登记病人已收住治疗。', completeWhat: '治疗结束,填写治疗小结,供家庭医生接续管理。', transferOnWhat: '登记转往的医院。', sendDownWhat: '转回居民的家庭医生团队接续管理;已签约的由签约团队自动接收。', closeWhat: '不再下转,转诊到此结束。', acceptDownWhat: '由本团队接续管理。', takeOverWhat: '填写接续情况后,转诊结束。', followWhat: '登记病人是否到位。', amendWhat: '修改草稿后,须重新登记居民同意。', withdrawWhat: '登记居民撤回同意,转诊单结束。',
    where: '去向', takeOver: '接续情况', whyNot: '不到位时必填原因',
  },
} as const
