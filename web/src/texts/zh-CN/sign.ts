/** Texts of signing on site, of contracts and their paper. */
export default {
  screenSign: { sign: '现场签约', contracts: '签约合同', contract: '签约合同', agreement: '协议书', verify: '协议核验' },
  sign: {
    title: '现场签约', steps: '签约步骤', find: '居民', findLabel: '姓名、拼音首字母、电话或证件号', findWhat: '可扫描或输入身份证号直接查找。', notFound: '没有找到。未建档的居民请先新建档案。', new: '新建居民档案', choose: '选择{name}', change: '重选居民',
    who: '签约居民', household: '家庭共同签约', householdWhat: '家庭成员在同一次办理中签约:全部成功,或全部不签。', householdOne: '同户没有登记其他成员。', representative: '家庭代表', include: '{name}参加签约', already: '已签约', alreadyWhat: '{name}已有有效签约。可办理续约或改签。', toContract: '查看合同', toApplication: '办理这份申请', heldOf: '{name}的合同', heldTags: { applied: '已申请,待审核', offered: '已发出,待本人确认', active: '已签约' },
    held: { applied: '{name}已申请与{team}签约,审核期限 {on}。同意后即签约生效,不需要再签一份。', offered: '已有发给{name}确认的{team}签约,{on} 前有效。由居民在小程序确认,或先撤销再现场签约。', active: '{name}已与{team}签约,{on} 到期。需要时在合同中办理续约或改签。' },
    check: '核对证件', checkLabel: '证件号码(刷卡或输入)', checkGo: '核对', checked: '证件已核对,与档案一致', differs: '证件号与{name}的档案不符,请核对是否选错居民', unknown: '档案中没有此证件号,请核对后重新输入', other: '没有居民身份证,已核对户口簿、出生证明等原件', otherDone: '已核对其他证件原件', again: '重新核对',
    terms: '团队与期限', team: '签约团队', years: '签约周期', nYears: '{n} 年', begin: '开始日期', event: '社区活动', noEvent: '不在活动现场', free: '免费',
    packages: '服务包', base: '基础包,必选', suits: '适合', own: '每年自付 {n} 元', total: '每年自付合计 {n} 元', items: '{n} 项服务', signer: '签字人', self: '居民本人', minor: '未满 18 周岁,由监护人签字', noGuardian: '没有登记监护人,请先在居民档案中登记监护关系',
    agreement: '协议', agreementWhat: '请居民阅读全文;不便阅读的,由工作人员逐条宣读。', read: '居民已阅读(或听读)并同意协议全部内容', reading: '正在生成协议…', needTerms: '选择团队、核对证件后显示协议全文。', text: '{name}的协议全文',
    signature: '签名', signatureOf: '{name}签名', signHere: '请{name}在下面签名', go: '提交签约', goHousehold: '提交 {n} 人签约', offer: '不在现场签名,发给居民在小程序确认', offerWhat: '居民在小程序确认后签约生效,15 天内未确认自动撤销。', override: '团队已满,超出上限签约的理由',
    needCheck: '请先核对{name}的证件', needRead: '请先让{name}阅读并同意协议', needSign: '请{name}签名', needMember: '请至少选择一位家庭成员', needTeam: '请选择签约团队', needSigner: '请选择{name}的签字人',
    doneTitle: '签约已完成', offeredTitle: '已发给居民确认', doneNo: '协议编号 {no}', until: '{from} 至 {to}', print: '打印协议', next: '为下一位居民签约', toResident: '查看居民档案',
  },
  contract: {
    title: '签约合同', empty: '没有符合条件的合同。', no: '协议编号', party: '居民', term: '期限', years: '{n} 年', packages: '服务包', source: '签约来源', signedOn: '签约日期', way: '签署方式', identity: '身份核验', identities: { card: '已核对居民身份证', other: '已核对户口簿、出生证明等其他证件原件' }, stopped: '提前终止', note: '说明', disputed: '有异议', event: '签约活动', previous: '上一份合同', facts: '合同', household: '家庭共同签约', ends: '到期', answerBy: '办理期限', reviewBy: '审核期限', hash: '协议摘要(SM3)', print: '查看和打印协议', onlyDisputed: '只看有异议', endingBy: '到期不晚于', sign: '现场签约',
    state: { applied: '待审核', offered: '待居民确认', active: '已签约', rejected: '已驳回', cancelled: '已撤销', expired: '已到期', renewed: '已续约', transferred: '已改签', terminated: '已解约' },
    sources: { '1': '工作台', '2': '居民小程序', '3': '医生手机', '4': '签约进社区', '5': '批量导入' }, reasons: { '01': '失访(连续一年无法取得联系)', '02': '迁出', '04': '居民主动解约', '06': '连续一年拒绝服务', '07': '机构/团队撤销', '08': '费用作废', '99': '其他' }, outcomes: { upheld: '异议成立,合同作废', dismissed: '签约有效' },
    acceptWhat: '同意后签约立即生效,占用团队一个名额,并通知居民。', rejectWhat: '申请将结束,原因会告知居民。', cancelWhat: '撤销尚未生效的签约。', renewWhat: '续约自本合同到期次日起算,不间断,服务包沿用原合同。请居民在下面签名。', terminateWhat: '解约后,居民不再享有签约服务,未完成的任务随之结束。', transferWhat: '改签后,原合同终止,新团队合同立即生效。请先选择新团队,核对影响。', settleWhat: '核查后给出结论;异议成立的,合同作废,不再计入签约率。', disputeWhat: '居民否认签约。',
    reason: '解约原因', newTeam: '新团队', outcome: '结论', finding: '核查情况', signature: '居民签名', preview: '改签影响', oldEnds: '原合同最后一天', newBegins: '新合同开始', openTasks: '移交的待办任务', nTasks: '{n} 项', renewalEnds: '已办理的续约', willEnd: '一并终止', free: '新团队剩余名额', nFree: '{n} 人', publicHealth: '基本公卫仍由', from: '原团队', paper: '{name}的协议书', printNow: '打印或存为 PDF', backTo: '返回合同', signerHint: '未成年人由监护人签字', signer: '代签的监护人',
  },
  verify: {
    title: '协议核验', what: '扫描协议上的二维码,或输入协议上印的编号和摘要,核验这份协议是否真实、是否被改动。', no: '协议编号', hash: '正文摘要(SM3)', go: '核验', genuine: '这份协议是真实的', genuineWhat: '编号存在,正文与签署时一致。', fake: '核验不通过', fakeWhat: '编号不存在,或摘要不一致:协议可能是伪造的,或正文被改动过。请向签约的医疗机构核实。', name: '签约居民', team: '家庭医生团队', signedOn: '签署日期', status: '合同状态',
  },
} as const
