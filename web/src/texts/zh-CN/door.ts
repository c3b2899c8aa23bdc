/** Texts of signing in, duties and the lock screen. */
export default {
  lock: {
    title: '屏幕已锁定', idle: '15 分钟没有操作,或您锁定了屏幕。', expired: '登录已失效,请重新输入密码。', kept: '当前页面和未保存的内容仍然保留,登录后可继续。', open: '解锁',
    leave: '换其他账号登录', leaveWhat: '换账号登录会离开当前页面;随访草稿仍保存在本机,其他未保存的内容会丢失。', leaveYes: '离开并换账号',
  },
  door: { username: '用户名', password: '密码', otp: '动态验证码', otpHint: '请输入验证器应用中的 6 位数字', hello: '医务人员登录', enter: '登录', motto: '签而有约,约而有服,服而有效', notice: '本系统含居民个人健康信息,仅供授权人员因工作需要使用,所有查看均留有记录。' },
  duty: {
    password: '请先修改密码', passwordWhy: '您使用的是临时密码,或密码已到更换期限。修改后请用新密码登录。', old: '原密码', new: '新密码', rule: '至少 10 位,含大写字母、小写字母、数字、符号中的三种', again: '再输一次新密码',
    differs: '两次输入的新密码不一样', change: '修改密码并登录', totp: '请绑定动态验证器', totpWhy: '您的角色须使用动态验证码登录。请在手机上安装验证器应用,扫描二维码后输入其中的 6 位数字。', totpBegin: '开始绑定', qr: '绑定验证器的二维码', byHand: '无法扫描时,请手工输入:', bind: '完成绑定',
  },
  welcome: { title: '{name},您好', text: '您的角色“{role}”的功能页面正在建设,当前可使用右上角的账号菜单。' },
} as const
