/** Texts of one resident and the list of residents. */
export default {
  resident: {
    name: '姓名', sex: '性别', birth: '出生日期', age: '年龄', years: '{n}岁', idNumber: '证件号码', phone: '电话', address: '住址', village: '村(居)', team: '责任团队', careTeam: '负责团队', signed: '已签约', unsigned: '未签约', signing: '签约', populations: '人群', recordNo: '健康档案编号',
    document: '证件', permanent: '常住', notPermanent: '非常住', household: '家庭', relation: '与户主关系', living: '在管', dead: '已死亡', moved_out: '已迁出', merged: '已合并', status: '状态', since: '{day} 起',
    find: '查找', new: '新建档案', filters: '筛选条件', anyPopulation: '全部人群', anySigned: '签约与否', anyVillage: '全部村(居)', sortId: '按建档顺序', sortName: '按姓名', noneFound: '没有符合条件的居民。', clearFilters: '清除条件', searching: '查找:{q}',
    followup: '登记随访', edit: '更正信息', profile: '基本情况', contract: '签约与服务包', noContract: '未签约', warnings: '需要注意', noWarnings: '没有未处理的预警或危急情况', next: '接下来', noNext: '没有待办任务', timeline: '时间线', vitals: '血压与血糖', visits: '随访记录', family: '家庭与监护', contracts: '合同', memberships: '人群登记',
    alone: '没有登记同户居民', noGuardians: '没有监护或委托关系', me: '本人', until: '至 {day}', promised: '约定', delivered: '已提供', confirmed: '居民确认', denied: '居民否认', item: '项目', itemState: '进度', nextDue: '应在此前完成', contractYear: '第 {n} 个合同年度 {from} 至 {until}',
    emergencyVisit: '{day} {program}随访为危急情况,请确认转诊结果', alertOpen: '危急读数:{kind} {value}', overdueTask: '{label}已逾期', deniedVisit: '居民否认 {day} 的服务', handle: '登记处理结果', handleWhat: '登记后,此预警不再提醒团队。请写明如何处理。', handleReason: '处理结果', handled: '已登记处理结果',
    noTimeline: '没有记录', older: '更早的记录', noVisits: '没有随访记录', visit: '{way} · {doctor}', noVitals: '没有血压或血糖读数', limit: '控制目标:低于 {n}', latest: '最近 {value}', doctorMeasured: '随访测量', selfMeasured: '居民自测', chartAlt: '{label}走势图,读数见下方表格', readings: '读数表', measured: '测量时间', value: '读数', level: '判定', by: '测量人', visitLink: '查看随访', visitPhoto: '照片{n}', evidence: '依据', begin: '开始', end: '结束',
    createTitle: '新建居民档案', createDone: '档案已建立', documentHint: '填写后,出生日期和性别自动得出;仅一岁以内婴儿可以暂缺', sexHint: '有身份证号时可不选', save: '保存档案', saved: '已保存', stay: '本次不改动则留空,原值已遮蔽显示', now: '当前:{value}',
    staleTitle: '这份档案刚被他人修改', staleText: '下面逐项列出您填写的内容与系统中最新的内容。请逐项选择保留哪一个,再保存。', mine: '我填写的', theirs: '最新的', keepMine: '用我填写的', keepTheirs: '用最新的', saveAgain: '按以上选择保存', nothingDiffers: '您填写的内容与最新的一致,无须再保存。', hidden: '(已遮蔽)', changedBoth: '双方都改动过', onlyMine: '仅我改动', field: '项目', nothingChanged: '没有改动',
    unsaved: '有未保存的内容', leaveWhat: '离开此页,已填写的内容会丢失。',
  },
} as const
