/** Texts of long prescriptions. */
export default {
  screenPrescription: { list: '长期处方', one: '长期处方', new: '申请长期处方' },
  prescription: {
    title: '长期处方', empty: '没有符合条件的长期处方。', new: '申请长期处方', newWhat: '为病情稳定、近 90 天内有随访的慢性病居民申请。最长 12 周,超过 4 周须居民签字。', made: '处方已提交评估',
    state: { requested: '待评估', assessed: '待确认', signed: '待审方', reviewed: '审方通过', returned: '审方退回', issued: '已开具', dispensed: '已发药', refused: '未通过', cancelled: '已取消' },
    programs: { hypertension: '高血压', diabetes: '2型糖尿病', dyslipidaemia: '血脂异常', copd: '慢阻肺病', tuberculosis: '肺结核' },
    classes: { ordinary: '普通药品', chronic_antimicrobial: '治疗结核等慢性感染的抗微生物药' },
    program: '病种', days: '天数', nDays: '{n} 天', needsSign: '超过 4 周,须居民签字', drugs: '药品', drug: '药品名称', class: '药品类别', dose: '每次剂量', frequency: '频次', supply: '药品用完', assessor: '评估医生', assessedOn: '评估日期', reviewer: '审方人员', issued: '开具日期', assessment: '评估意见', signed: '居民签名', hasSigned: '已签名', facts: '处方', addDrug: '添加药品', lines: '药品清单',
    assessWhat: '确认病情稳定、适合长期处方。', refuseWhat: '不予开具,原因会告知居民。', signWhat: '居民确认用药方案;超过 4 周须签字。', passWhat: '审方通过后由医生开具。', returnWhat: '退回医生重新评估。', issueWhat: '开具处方。', dispenseWhat: '登记已发药。', cancelWhat: '取消此处方。', signature: '居民签名', reissue: '续方', reissueWhat: '按同样的药品生成新处方,重新评估。', reissued: '续方已提交评估', previous: '续自', previousLink: '上一张处方',
  },
} as const
