/** Texts of files that come in and go out. */
export default {
  imports: {
    title: '名单导入', page: '导入结果', drop: '把文件拖到这里,或', choose: '选择文件', dropNow: '松开即可上传', help: '居民名单,xlsx 或 csv(UTF-8、GB18030)。必须有“姓名”“身份证号”“村居”三列;可有证件类型、性别、出生日期、联系电话、现住址、户编号、与户主关系、人群分类、是否签约、签约团队、签约日期、到期日期。', one: '一次只能上传一个文件', kind: '只能上传 xlsx 或 csv 文件,“{name}”不是', empty: '“{name}”是空文件', large: '“{name}”超过 {mb} MB,请拆分后上传', sending: '正在上传“{name}”…', started: '已上传,正在导入', past: '以前的导入', none: '还没有导入过文件。',
    file: '文件', status: '状态', at: '上传时间', ended: '结束时间', total: '数据行', created: '新建', updated: '更新', unchanged: '一致', failed: '错误行', progress: '已处理 {n} / {total} 行', counting: '正在清点行数…', wholeFailed: '整个文件没有导入', errors: '错误行', noErrors: '没有错误行。', line: '行号', column: '列', message: '错误', wholeLine: '整行', download: '下载错误表格', downloadHelp: '表格中只有出错的行及原因,改正后可直接再次上传。', back: '返回导入', template: '下载模板', templateName: '居民名单模板.csv', finished: '导入已结束',
  },
  exports: {
    title: '导出', page: '导出详情', ask: '申请导出', askTitle: '申请导出名单', askNote: '导出与当前筛选条件下的名单完全相同,行数也相同。500 行以内的脱敏名单立即可以下载;明文或超过 500 行的,须由他人批准,下载前再次输入密码。', new: '新的导出', kind: '名单', unmasked: '明文(证件号码、电话、住址完整显示)', reason: '导出原因', reasonHint: '明文必须填写', send: '提交申请', asked: '已提交', own: '我申请的', others: '由我审批的', none: '没有导出。', anyStatus: '全部状态',
    requested: '待审批', ready: '可下载', refused: '未批准', cancelled: '已撤回', expired: '已过期', rate_residents: '签约率背后的居民', indicator_residents: '健康管理指标背后的居民', residents: '居民名单', contracts: '签约合同', followups: '随访记录', tasks: '随访任务', gap: '应签未签居民',
    no: '编号', filters: '筛选条件', all: '全部', rows: '行数', masked: '脱敏', clear: '明文', applicant: '申请人', decider: '审批人', expires: '期限', downloads: '下载次数', times: '{n}/3', status: '状态', needs: '须他人批准', atOnce: '无需审批', created: '申请时间', download: '下载', downloadLeft: '还可下载 {n} 次', approve: '批准', approveWhat: '{name}可以下载这 {n} 行{kind}({mask})。批准会记入审计。', refuse: '不予批准', refuseWhat: '申请将结束,原因会告知{name}。', refuseReason: '不予批准的原因', cancel: '撤回', cancelWhat: '撤回后不能再下载。', approved: '已批准', refused_: '已回复申请人', cancelled_: '已撤回', reauth: '再次输入密码', reauthWhat: '这份名单是明文或超过 500 行,下载前须再次输入密码。30 分钟内有效。', password: '密码', otp: '动态验证码', otpHint: '已绑定验证器的账号必填', reauthGo: '验证并下载', saved: '文件已保存', program: '项目', from: '起', to: '止', endingBy: '到期不晚于', state: '任务状态', contractStatus: '合同状态',
    applied: '待审核', offered: '待居民确认', active: '已签约', expired_: '已到期', terminated: '已解约', overdue: '已逾期', due: '待办', upcoming: '未到期', signedAny: '全部', team: '团队', population: '人群', signed: '签约情况',
  },
} as const
