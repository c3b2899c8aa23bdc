/** Texts of the shell, of lists, forms and problems, and the names of screens and menus. */
export default {
  app: { name: '家医 · 签约服务工作台', short: '家医工作台' },
  screen: {
    signIn: '登录', welcome: '欢迎', notFound: '没有这个页面', today: '今日工作', residents: '居民', resident: '居民档案', residentNew: '新建居民档案',
    residentEdit: '更正居民信息', followupNew: '随访登记', overview: '签约与履约', ratePeople: '数字背后的居民',
  },
  menu: { work: '日常工作', cases: '协同办理', numbers: '统计', team: '团队管理', admin: '系统管理' },
  sex: { '0': '未知', '1': '男', '2': '女', '9': '未说明' },
  act: { leave: '离开', cancel: '取消', retry: '重试', save: '保存', home: '返回首页', close: '关闭', back: '返回', edit: '修改', clear: '清除', more: '更多', detail: '详情', all: '全部', yes: '是', no: '否' },
  state: { loading: '正在读取…', empty: '没有内容', forbidden: '您没有查看此内容的权限' },
  list: { shownMore: '已显示 {n} 条,还有更多', shownAll: '共 {n} 条', next: '再显示一页' },
  form: { required: '必填', optional: '选填', check: '请检查标出的 {n} 项' },
  problem: { mark: '出错', offline: '网络连接不上,请检查网络后重试;已填写的内容仍在', unreadable: '服务器的回答无法读取,请稍后重试', unknown: '出现意外的故障,请重试', id: '故障编号:{id}' },
  due: { none: '无期限', over: '逾期 {n} 天', today: '今天到期', left: '还有 {n} 天', minutes: '{n} 分钟', hours: '{n} 小时', leftTime: '还有 {time}', overTime: '超时 {time}' },
  process: { title: '办理', past: '经过', nothing: '现在没有您可以办理的步骤。', noPast: '还没有经过' },
  shell: { skip: '跳到正文', menu: '菜单', search: '姓名、拼音首字母、电话、证件号', found: '找到的居民', notFound: '没有找到,按回车可查看全部结果', lock: '锁定屏幕', signOut: '退出登录' },
  bell: { title: '待处理 {n} 件', alerts: '危急读数预警', messages: '未读消息', applied: '待审核的签约申请' },
  notFound: { title: '没有这个页面', text: '地址可能有误,或页面已移动。' },
  noPermission: { title: '您没有此页面的权限', text: '您当前的角色是“{role}”。如工作需要,请联系系统管理员。' },
  reveal: {
    call: '拨打', callName: '拨打{name}的电话', title: '联系{name}', dial: '拨打', noPhone: '档案中没有电话。', why: '电话 {masked}。查看完整号码须说明原因,并记入审计。', other: '其他原因', show: '查看', noted: '此次查看已记入审计。关闭后不再显示。',
    followup: '随访联系', visit: '上门服务', urgent: '紧急情况处置',
  },
} as const
