/** Texts of services at home. */
export default {
  screenHomeService: { list: '上门服务', one: '上门服务单', new: '登记上门服务申请' },
  homeservice: {
    title: '上门服务', empty: '没有符合条件的上门服务。', new: '代居民申请', newWhat: '对失能、高龄、残疾、术后、临终居民,可申请适宜在家开展的项目。申请后由团队评估。', made: '申请已登记',
    state: { applied: '待评估', assessed: '待派单', refused: '评估未通过', assigned: '已派单', departed: '已出发', arrived: '已到达', served: '已服务', paid: '已结算', rated: '已评价', cancelled: '已取消' },
    applicant: '对象', items: '申请项目', wish: '希望日期', visitOn: '上门日期', staff: '上门人员', first: '首次上门,须两人', address: '地址', checks: '安全确认', arrived: '到达时间', position: '到达位置', done: '完成项目', consumables: '耗材', signed: '居民签名', yes: '已签名', served: '服务日期', fee: '费用', free: '免费', yuan: '{n} 元', rating: '评价', stars: '{n} 分', photo: '现场照片编号', note: '申请说明', facts: '申请与安排', doneCard: '服务情况',
    signature: '居民或家属签名', feeField: '费用(元)', feeHint: '免费填 0', positionHint: '“经度,纬度”;在小程序中登记时自动定位',
    assessWhat: '逐项确认安全事项后,由团队派单。', refuseWhat: '评估不通过,申请结束,原因会告知居民。', assignWhat: '安排日期和人员;首次上门须至少两名。', departWhat: '登记已出发,并通知居民。', arriveWhat: '登记已到达。', serveWhat: '登记完成的项目,请居民或家属签名。计入履约。', payWhat: '登记费用,请居民评价。', cancelWhat: '取消后通知居民。', rateWhat: '登记居民的评价。',
  },
} as const
