/** Texts of what administrators keep: the organisation, accounts, the catalogue, targets, security and audit. */
export default {
  org: {
    institutions: '机构', teams: '团队', team: '团队资料', villages: '村(居)网格', staff: '医务人员', active: '在用', inactive: '已停用', code: '编码', name: '名称', level: '级别', anyLevel: '全部级别', parent: '上级机构', phone: '电话', address: '地址', threeHigh: '三高共管', home: '三高之家', base: '三高基地', centre: '三高中心', none: '无', uscc: '统一社会信用代码', licence: '执业许可证登记号', institutionHint: '村卫生室可不填', edit: '修改', saved: '已保存', noRows: '没有符合条件的内容。',
    addInstitution: '登记机构', changeInstitution: '修改机构', inUse: '在用', inUseHint: '停用的机构不再出现在选择中', alliances: '医共体、医联体',
    addTeam: '组建团队', changeTeam: '修改团队资料', closedToo: '包括已撤销的', closed: '已撤销', teamName: '团队名称', institution: '所属机构', clinic: '所在村卫生室', hours: '服务时间', servicePhone: '服务电话', intro: '简介', doctors: '医生', load: '签约人数', members: '成员', member: '成员 {n}', leader: '团队长', role: '团队中的角色', since: '加入日期', join: '成员加入', joinTitle: '成员加入团队', joined: '成员已加入', addMember: '增加一位', remove: '删除', leaveHint: '成员离队、团队撤销请用“团队交接”,以免漏下办理中的事项。', handover: '去团队交接', responsible: '负责的村(居)', partners: '对口协作单位', capacity: '签约上限', opened: '团队已组建', membersHint: '至少一位家庭医生和一位护士或其他成员;团队长应为家庭医生或乡村医生。', anyInstitution: '全部机构', search: '名称开头', noVillages: '没有负责的村(居)。', noPartners: '没有对口协作单位。', lookTeam: '查看团队',
    addVillage: '登记村(居)', changeVillage: '修改村(居)', town: '乡镇(街道)', gridCode: '网格编码', gridCodeHint: '14 位', ehrCode: '档案编号中的村(居)编码', statCode: '统计用区划代码', twelve: '12 位', team_: '责任团队', gridWorker: '网格员', villageHint: '更换责任团队请用“团队交接”。',
    addStaff: '登记医务人员', changeStaff: '修改医务人员', no: '工号', staffName: '姓名', sex: '性别', title: '职称', certificate: '执业证书编号', ownPhone: '本人电话', ownPhoneKeep: '不填则不变', goneToo: '包括已离职的', gone: '已离职', working: '在职', workingHint: '离队和离职请先用“团队交接”', inTeams: '所在团队', noTeam: '未加入团队', staffSearch: '姓名开头',
  },
  account: {
    title: '账号', add: '新建账号', change: '修改账号', username: '用户名', usernameHint: '3 至 32 位小写字母、数字、点、横线或下划线', name: '姓名', role: '角色', anyRole: '全部角色', staff: '医务人员', staffHint: '团队角色必填;机构默认为其所在机构', institution: '所属机构', state: '状态', anyState: '全部状态', enabled: '可用', disabled: '已停用', locked: '已锁定,还有 {n} 分钟', dormant: '久未使用', mustChange: '须修改密码', otp: '动态验证器', otpYes: '已绑定', otpNo: '未绑定', last: '最近登录', never: '从未登录', none: '没有符合条件的账号。', find: '查找', exact: '用户名(完全匹配)', clear: '清除',
    disable: '停用', disableWhat: '{name}({username})将立即退出登录,不能再登录。可以随时恢复。', enable: '恢复使用', enableWhat: '{name}({username})可以再次登录。', unlock: '解除锁定', unlockWhat: '{name}({username})可以立即再次尝试登录。请先确认是本人。', resetPassword: '重置密码', resetPasswordWhat: '{name}({username})将立即退出登录,原密码失效;新的一次性密码只显示一次,首次登录时必须修改。', resetTotp: '重置动态验证器', resetTotpWhat: '{name}({username})原来的验证器失效,下次登录时须重新绑定。请先当面核实身份。',
    done: '已办理', saved: '账号已保存', secretTitle: '一次性密码', secretWhat: '{name}({username})的一次性密码,只显示这一次。请当面或电话告知本人,首次登录时必须修改。', copy: '复制', copied: '已复制', seen: '已告知本人,关闭', more: '更多操作', moreOf: '{name}的更多操作',
  },
  roles: { title: '角色与权限', hint: '由系统执行的角色表。职责分离:系统管理员管理账号而看不到居民,安全审计员只看审计。', reach: '能看到的居民', second: '必须使用动态验证码', duties: '可以做的事({n} 类)', none: '没有业务权限' },
  pack: {
    title: '服务包', hint: '服务包不能修改,只能新增、由新的替换或停用;已签合同按签约时的内容继续履行。', retired: '包括已停用的', code: '编码', name: '名称', population: '适用人群', everyone: '所有居民', price: '年价(元)', own: '居民自付(元)', payer: '基金和公卫经费支付(元)', items: '项目', itemsN: '{n} 项', base: '基础包', active: '在用', stopped: '已停用', add: '新增服务包', replace: '替换…', replaceTitle: '替换“{name}”', replaceNote: '新服务包保存后,“{name}”不再签约。', retire: '停用', retireWhat: '“{name}”不再用于新的签约;已签合同继续履行。不能恢复。', added: '服务包已保存', retiredDone: '服务包已停用', intro: '简介', baseHint: '基础包(每份合同都包含;替换原基础包)',
    item: '项目 {n}', itemName: '项目名称', quota: '每年数量', unit: '单位', service: '由哪种服务完成', onDemand: '按需提供', minAge: '最小年龄', addItem: '增加项目', remove: '删除', none: '没有服务包。', forAge: '{n} 岁及以上',
  },
  template: { title: '协议文本', hint: '协议文本不能修改,只能由新一版接替;已签的协议保持签约时的文本。', version: '第 {n} 版', begins: '{day} 起启用', inForce: '现行', coming: '尚未启用', former: '已被接替', add: '新一版文本', addTitle: '新一版协议文本', addNote: '双花括号中的占位符同现行文本,由系统填入。启用日期应晚于今天。', name: '协议标题', beginsOn: '启用日期', body: '协议正文', added: '新一版文本已保存', none: '没有协议文本。' },
  target: { title: '年度目标', year: '年度', hint: '签约率和健康管理指标的目标线;未设置的,全人群和重点人群按 2035 年国家目标显示。', name: '指标', percent: '目标值(%)', set: '设置目标', change: '修改', none: '这一年度还没有设置目标。', saved: '目标已保存', setTitle: '设置 {year} 年度目标' },
  policy: { title: '安全策略', hint: '系统实际执行的数值,由程序给出,不能在此修改。', item: '项目', settings: '执行的数值', clause: '依据', roles: '查看角色与权限' },
  audit: {
    title: '审计', at: '时间', actor: '操作人', actorHint: '如 staff:12、resident:34、system', role: '角色', action: '操作', actionHint: '如 resident.read', object: '对象', resident: '涉及的居民编号', detail: '字段、代码或编号', reason: '理由', seq: '链序号', unsealed: '未封链', from: '起始日期', to: '截止日期', find: '查询', clear: '清除', none: '没有符合条件的记录。', ip: '来源', request: '请求编号',
    verify: '核对审计链', verifying: '正在从头核对每一条…', intact: '审计链完整', broken: '审计链断裂', checked: '核对无误 {n} 条,尚未封链 {u} 条。', head: '链头', headHint: '请抄存于本系统之外,以便日后核对末尾未被截断。', brokenAt: '第 {seq} 环(审计记录 {row}):{kind}',
  },
} as const
