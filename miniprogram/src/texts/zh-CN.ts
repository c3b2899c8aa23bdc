// Everything the pages say. Short sentences, no terms of the trade.
export const t = {
  again: '再试一次', loading: '正在加载…', more: '显示更多', no: '不', cancel: '取消', save: '保存', send: '提交', sent: '已提交', back: '返回首页', next: '下一步',
  acting: { banner: (name: string) => `您正在替 ${name} 办事`, back: '换回本人' },
  phone: { help: (n: string) => `需要帮助?打电话 ${n}`, label: (n: string) => `打电话求助,号码 ${n}` },
  signIn: {
    title: '家庭医生签约', lead: '签约、看病、问医生,都在这里', wechat: '微信登录', demo: '演示:选择一位微信用户登录',
    outside: '请在微信中打开本页面', staff: '医务人员登录', care: '关怀模式(大字)', careOff: '标准模式',
  },
  binding: {
    phoneTitle: '第一步:手机号', phoneLead: '用微信里的手机号确认是您本人。号码只用于身份核对和家庭医生联系您。', phone: '使用微信手机号', phoneDone: (p: string) => `手机号已确认:${p}`,
    phoneFallback: '没有微信手机号,或号码不是自己的?请带身份证到社区卫生服务中心(卫生院),由家庭医生团队当面登记,或打电话求助。',
    title: '第二步:实名绑定', lead: '姓名和身份证号须与健康档案一致。', name: '姓名', idNumber: '身份证号', submit: '绑定',
    waitTitle: '等待团队核实', wait: '您的信息已提交,家庭医生团队核实后即可使用。一般 1–2 个工作日;也可以带身份证到团队当面核实,当场办好。', check: '看看核实好了没有', done: '绑定成功',
  },
  consents: {
    lead: '请逐项阅读,逐项决定。不同意某一项,不影响其他服务。', separate: '敏感个人信息,单独同意', agree: '我已阅读,同意', agreed: '已同意', since: (d: string) => `${d} 同意`,
    old: '内容有更新,请重新阅读', withdraw: '撤回同意', withdrawTitle: '撤回后会怎样', done: '已记录',
  },
  family: {
    lead: '替父母或孩子办事前,请先选择是谁。每一次代办都有记录。', self: '本人', now: '正在替 TA 办事', act: '替 TA 办事', me: '换回本人',
    add: '要添加家人,请两人带身份证(孩子带户口簿或出生证明)到家庭医生团队登记。成年家人须当面同意,一年后需重新确认。', until: (d: string) => `有效期至 ${d}`, you: (rel: string) => `您是 TA 的${({ 女: '女儿', 子: '儿子' } as Record<string, string>)[rel] ?? rel}`, soon: '快到期了。请两人一起到团队重新确认,到期后不能再替 TA 办事。',
  },
  home: {
    hello: (n: string) => `${n},您好`, doctor: '我的家庭医生', call: '打电话', message: '发消息', none: '还没有家庭医生', noneLead: '签约免费,一年起签,随时可以解约。', find: '找家庭医生',
    applied: '签约申请已提交,等待团队审核', appliedLead: (team: string, d: string) => `${team} 最迟 ${d} 答复您。`, offered: '有一份签约等您确认', look: '查看并确认', see: '查看', until: (d: string) => `签约到 ${d}`, renew: '快到期了,去续约',
    ask: '医生说为您做过这次服务,是这样吗?', yes: '是,做过', deny: '没有做过', denyTitle: '没有这次服务?', denyHint: '请简单说明,如:那天没有人来过', confirmed: '谢谢,已确认', denied: '已记录,区里会核实',
    due: '接下来要做的', dueNone: '近期没有要做的项目。', before: (d: string) => `${d}之前`, late: '已过期,请联系团队', promised: '约定的服务', of: (done: number, all: number, unit: string) => `已做 ${done} / 共 ${all} ${unit}`, contract: '查看签约', all: '全部功能', mine: '我的',
  },
  tiles: { notices: '通知', vital: '记血压血糖', vitals: '我的读数', followups: '服务记录', appointments: '预约', messages: '咨询医生', referrals: '转诊', homeService: '上门服务', refill: '续方', complaint: '诉求', survey: '评价', family: '家人', myData: '我的数据', consents: '隐私授权', contract: '我的签约' },
  notices: {
    none: '还没有通知。', unread: '未读', urgent: '紧急', readAll: '全部标为已读', count: (n: number) => `${n} 条新通知`,
    offer: '办好后要通知您吗', offerLead: (what: string[]) => `有了结果,用微信告诉您一声:${what.join('、')}。`, offerYes: '要,通知我', wechat: '用微信提醒我', wechatLead: (what: string[]) => `还可以提醒:${what.join('、')}。每同意一次,提醒一次。`,
  },
  mine: { care: '关怀模式(大字大按钮)', careOn: '已开启', careOff: '未开启', careFollow: '大字跟随微信的字体设置', signOut: '退出登录', signOutSure: '退出后要重新登录才能使用。', phone: '手机号' },
  team: {
    village: '按村(社区)找', name: '按团队名称找', hintVillage: '输入村或社区名称', hintName: '输入团队名称', search: '查找', empty: '没有找到。换个说法再试,或打电话求助。', load: (n: number) => `已签约 ${n} 人`, free: (n: number) => `还可签约 ${n} 人`,
    full: '名额已满,请选择其他团队', members: '团队成员', hours: '服务时间', call: '给团队打电话', sign: '和这个团队签约', change: '改签到这个团队', villages: '负责的村(社区)', partners: '协作医院专家', lead: '团队长', mine: '您的家庭医生团队', all: '所有团队', everywhere: '全区', where: '哪个乡镇(街道)',
    near: (v: string) => (v ? `您家所在的 ${v} 由这个团队负责` : '您家由这个团队负责'), scan: '扫团队或活动的二维码', scanNone: '这不是团队或活动的二维码', reviews: '居民评价', satisfied: (n: number) => `${n}% 的居民满意`, score: (n: number) => `${n} 分(满分 5 分)`,
    reviewsOf: (q: string, n: number) => `${q.slice(0, 4)}年第${q.slice(5)}季度,${n} 人评价,不记名`, reviewsNone: '上个季度还没有人评价。', reviewsFew: '评价的人太少,为保护隐私不显示。',
  },
  sign: {
    who: '为谁签约', packages: '选择服务包', base: '免费,每份签约都有', price: (p: string, own: string) => (own === '免费' ? `每年 ${p},您自己不用付钱` : `每年 ${p},您自己付 ${own}`), term: '签几年', years: (n: number) => `${n} 年`, pay: (s: string) => `您每年自己付:${s}`, rest: '其余由基本公共卫生经费和医保支付。',
    agreement: '阅读协议', read: '我已读完协议', notYet: '请先读完协议', here: '请用手指在框内签名', clear: '重写', finish: '签好了', submit: '提交签约申请', after: '提交以后,团队会在几天内答复。同意后签约生效,您会收到通知。', done: '申请已提交', signed: '已签名', minor: '未成年人由监护人签名。',
  },
  contract: {
    none: '没有签约', no: '协议编号', term: '期限', packages: '服务包', own: (s: string) => (s === '免费' ? s : `每年自己付 ${s}`), status: '状态', agreement: '查看协议书', verify: '核验协议真伪', genuine: '核验通过:协议编号存在,正文没有被改动。', fake: '核验不通过,请联系签约团队或拨打服务电话。', hash: '摘要', history: '经过',
    confirm: '同意并确认签约', cancel: '撤回申请', cancelSure: '撤回后,这份申请作废。以后可以重新申请。',
    renew: '续约', renewLead: (d: string) => `从 ${d} 起接着签,服务不中断,到那天之前原来的协议照常有效。`, renewNot: '到期前 60 天才能续约。', change: '换一个团队', changeLead: '新团队同意后,原来的协议才结束;没做完的随访和预约转到新团队,不会丢。',
    end: '解约', endTitle: '解约后会怎样', endLead: '解约后,家庭医生不再为您提供约定的服务,已付费而未做的项目按协议退还。基本公共卫生服务不受影响。以后可以再签。',
    dispute: '这不是我签的', disputeTitle: '提出异议', disputeLead: '如果您没有签过这份协议,请说明情况。区里会核实,核实期间这份签约会标记为有异议。', disputeHint: '如:我没有签过字,也没有人告诉我', disputed: '已提出异议,等待核实', done: '已办理',
    preview: '改签预览', begins: (d: string) => `新签约从 ${d} 开始`, ends: (d: string) => `原签约到 ${d} 为止`, tasks: (n: number) => `${n} 件没做完的事转给新团队`, renewalEnds: '已办好的续约一并取消', years: '续几年', changeSign: '同意改签,请签名',
  },
  vital: {
    bp: '血压', fpg: '空腹血糖', pbg: '餐后血糖', sbp: '高压(收缩压)', dbp: '低压(舒张压)', rate: '心率(可不填)', value: '血糖值', submit: '看结果', good: ' 正常', high: ' 偏高', below: (n: number) => `低于 ${n} 为好`, kind: '记什么',
    emergency: '请马上处理', call120: '拨打 120', callTeam: '打电话给家庭医生', told: '已经提醒您的家庭医生团队。', another: '再记一次', see: '看以前的读数', none: '还没有读数。', latest: '最近一次', trend: '近来', mean: (n: number, unit: string) => `近 90 天平均 ${n} ${unit}`, table: '每一次',
  },
  followups: { none: '还没有服务记录。', next: (d: string) => `下次:${d}`, doctor: '医生', services: '做了什么', advice: '医生的建议', findings: '要注意', result: '结果' },
  appointment: { book: '新预约', mine: '我的预约', none: '没有预约。', cancel: '取消预约', cancelSure: '取消后,这个时间会让给别人。', free: (n: number) => `余 ${n} 个号`, none14: '近 14 天没有可约的时间,请打电话。', confirm: (d: string, c: string, dr: string) => `${d} ${c},${dr}医生`, sure: '确定预约', done: '预约成功,请提前 10 分钟到', minutes: '每个号 10 分钟' },
  message: { none: '还没有咨询。', write: '写消息', hint: '请写下要问医生的事', send: '发送', photo: '发照片', enlarge: '照片,点一下看大图', reply: (d: string) => `团队会在 ${d} 前回复`, emergency: '急病请拨打 120,不要等回复。', unread: (n: number) => `${n} 条新消息`, team: '团队', hours: '服务时间', closed: '本次咨询已结束' },
  referral: { none: '没有转诊。', consent: '同意转诊', consentSure: '同意后,医生会把您的病情资料发给接诊医院。', to: '转到', on: '预计', due: '办理时限' },
  homeService: { lead: '行动不便的居民可以申请护士或医生上门。', who: '属于哪种情况', items: '需要什么服务', wish: '希望哪天上门', note: '补充说明', choose: '请选日期(可不选)', mine: '已申请的', none: '没有申请。', cancel: '取消申请' },
  refill: { lead: '长期吃药、病情稳定的居民可以申请长期处方,一次最多开 12 周。医生评估后才能开。', program: '哪种病的药', drug: '药名', dose: '每次吃多少', dosHint: '如:1片', frequency: '一天几次', freqHint: '如:每日1次', days: '要几天的药', dayCount: (n: number) => `${n} 天`, again: '和上次一样,再开一次', mine: '以前的', none: '没有处方。', until: (d: string) => `药够吃到 ${d}` },
  complaint: { category: '关于什么', content: '请说明情况', anonymous: '对被反映的单位隐去我的姓名和电话', mine: '我提过的', none: '没有提过诉求。', due: (d: string) => `${d} 前答复`, categories: { attitude: '服务态度', signing: '签约', fees: '收费', quality: '服务质量', appointment: '预约', medicine: '用药', privacy: '隐私', other: '其他' } },
  survey: { lead: '不记名,团队看不到是谁写的。', answered: '本季度已评价,谢谢。', aware: '您知道自己的家庭医生是谁吗', yes: '知道', no: '不知道', comment: '还想说的话(可不写)', scores: { attitude: '服务态度', skill: '专业水平', contact: '联系方便', fulfilment: '说到做到', referral: '转诊用药方便', overall: '总体' } as Record<string, string>, levels: ['很不满意', '不满意', '一般', '满意', '很满意'] },
  checkIn: { title: '社区活动签到', go: '签到', done: '签到成功' },
  myData: { export: '下载我的全部数据', exported: '已保存', correct: '更正信息', wrong: '哪里不对,应该是什么', fields: { name: '姓名', phone: '电话', address: '住址', birth_date: '出生日期' } as Record<string, string>, field: '要更正的', delete: '申请删除个人信息', deleteLead: '依法必须保存的医疗记录不能删除,其余信息核实后删除。15 个工作日内答复。', reason: '原因(可不写)', mine: '已提交的申请', none: '没有申请。', withdraw: '撤回申请', due: (d: string) => `${d} 前答复` },
  residents: { contract: '签约情况', title: '找居民', find: '姓名、拼音首字母、电话或身份证号', hint: '如:张秀英、zxy、身份证号', lead: '输入后点“查找”。只能找到您负责的居民。', none: '没有找到,或不在您的管辖范围内。', signed: '已签约', unsigned: '未签约', age: (n: number) => `${n} 岁`, noTasks: '近期没有要做的随访。', revealWhy: '随访或签约,联系居民', camera: '拍身份证', reading: '正在识别…', card: (n: string) => `证件姓名:${n}。请核对号码,再点“查找”。` },
  signing: {
    title: '现场签约', team: '和哪个团队签', who: '今天和谁签约?家里人可以一起签。', person: (n: string, age: number) => `${n}(${age} 岁)`, cannot: { held: '已签约或正在申请', noGuardian: '未成年,须先在工作台登记监护人' }, byGuardian: (rel: string) => `由监护人(${rel})签名`,
    noTeam: '您不在任何团队,不能签约。', submit: '签约生效', notAll: '每个人都要核对证件、读完协议并签名。', identity: '核对证件', identities: [{ code: 'card' as const, label: '居民身份证' }, { code: 'other' as const, label: '其他证件原件' }], after: '签约当场生效,居民会收到通知。', done: '签约成功', back: '返回居民',
  },
  homeVisit: {
    none: '没有要上门的服务。', on: (d: string) => `约定 ${d} 上门`, staff: '上门人员', call: '给居民打电话', reveal: '看完整住址和电话', revealLead: '只在联系居民、上门时查看;每次查看都有记录。', revealWhy: '上门服务,联系居民', depart: '出发', departLead: '今天是约定的日子时可以出发。', arrive: '已到达', arriveLead: '到达时记录位置,区里据此核对。', position: '位置', positionHint: '如 117.2655,34.7951', locate: '取得当前位置', serve: '服务完成', done: '做了哪些', consumables: '用了什么耗材(可不写)', sign: '请居民或家属签名',
    photo: '现场照片', photoTake: '拍现场照片', photoAgain: '重拍', elsewhere: '下一步由团队在工作台办理。', at: (d: string) => `${d} 到达`,
  },
  doctor: {
    user: '用户名', password: '密码', otp: '动态验证码(绑定了才填)', signIn: '登录', resident: '居民入口', waitingN: (visits: number, photos: number) => `${[visits && `${visits} 次随访`, photos && `${photos} 张照片`].filter(Boolean).join('、')}在手机里等待发送`, waitingNone: '没有等待发送的随访。', states: { overdue: '已逾期', due: '该做的', upcoming: '以后的' } as Record<string, string>,
    none: '没有任务。', urgent: '上次危急', overdueBy: (n: number) => `逾期 ${n} 天`, dueOn: (d: string) => `${d} 前`, log: '登记随访', offline: '没有网络,显示的是上次的清单', way: '随访方式', on: '随访日期', assess: '看评估', submit: '保存随访', savedHere: '没有信号,已加密保存在手机里,有信号时自动发送', sent: '已保存', place: '记录位置', placed: '位置已记录', photoTake: (n: number, most: number) => (n ? `再拍一张(已拍 ${n} 张,最多 ${most} 张)` : '拍照'), photoN: (n: number) => `照片${n}`, photoRemove: (n: number) => `删除照片${n}`, photoLarge: '照片太大,请重拍', photoType: '这张照片无法读取,请重拍', photoGone: '手机里已没有这张照片', photosFull: '手机里等待发送的照片已满,请先到有信号的地方发送;也可以删除照片,只保存随访', photoDropSure: '这张照片还没有发送,删除后无法恢复。', noPlace: '没有取得位置',
    more: '显示全部项目', fewer: '只看必填', sendNow: '现在发送', correct: '修改后再发', drop: '删除', dropSure: '这次随访还没有发送,删除后无法恢复。', refused: '没有通过,请修改', waits: '等待信号', out: '退出登录', emergency: '危急情况,请立即处理', judged: '按规范评估', judgedLater: '没有信号,保存后由系统评估', refer: '建议转诊', formMissing: '手机里没有这张表单,请先在有网络时打开一次',
  },
}
