import { api, expect, logins, signIn, soundAtBothSizes, test, totp, url } from './help'

test('every role gets in, sees its own menu and nothing that is not its own', async ({ page }) => {
  test.setTimeout(120_000)
  const work = ['今日工作', '居民', '现场签约', '签约合同', '居民消息', '实名绑定核实', '未送达通知']
  const cases = ['预约分诊', '出诊排班', '双向转诊', '诉求办理', '远程会诊', '出院随访', '上门服务', '长期处方', '社区活动', '对口协作', '养老机构', '医养协议']
  const numbers = ['签约与履约', '协同统计', '逐级下钻', '各人群总览', '月报', '考核']
  const managed = [...work, ...cases, '个人信息申请', ...numbers, '资金分配', '导出', '应签未签', '随访疑点', '团队负荷', '团队交接', '机构', '团队', '村(居)网格', '医务人员', '名单导入', '服务包']
  const menus: Record<string, string[]> = {
    district_manager: [...managed, '协议文本', '年度目标', '角色与权限', '安全策略'], institution_manager: [...managed, '年度目标'],
    team_lead: [...work, ...cases, ...numbers, '导出', '应签未签', '随访疑点', '团队负荷', '团队交接'],
    doctor: [...work, ...cases, ...numbers, '导出', '应签未签', '团队负荷', '团队交接'], nurse: [...work, ...cases, ...numbers, '应签未签', '团队负荷', '团队交接'],
    complaint_officer: ['诉求办理', '协同统计'], referral_centre: ['双向转诊', '出院随访'],
    auditor: ['审计', '角色与权限', '安全策略'], system_admin: ['机构', '团队', '医务人员', '账号', '角色与权限', '安全策略'],
  }
  for (const l of logins()) {
    await signIn(page, l.username)
    await expect(page.getByRole('navigation', { name: '菜单' }).getByRole('link')).toHaveText(menus[l.role] as string[])
    if (l.role === 'auditor' || l.role === 'system_admin') { // patients stay closed to them
      await page.goto(url('/residents'))
      await expect(page.getByRole('heading', { name: '您没有此页面的权限' })).toBeVisible()
    }
    await page.locator('details.account summary').click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible()
  }
})

test('the door itself, a wrong password, an unknown page', async ({ page }) => {
  await page.goto(url('/today'))
  await expect(page).toHaveURL(/sign-in\?next=\/today/)
  await soundAtBothSizes(page)
  await page.getByLabel('用户名').fill('nobody-here')
  await page.getByLabel('密码').fill('wrong')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert')).toContainText('用户名或密码')
  await signIn(page, 'nurse001', '/no/such/page')
  await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible()
  await soundAtBothSizes(page)
})

test('no script can read what keeps the session, and a reload keeps it', async ({ page, context }) => {
  await signIn(page, 'doctor001')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))
  const cookie = (await context.cookies(url('/api/v1/auth/refresh'))).find((c) => c.name === 'jiayi_session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/auth' })
  expect(kept).not.toContain(cookie?.value)
  expect(kept).not.toMatch(/eyJ/)
  await page.reload()
  await expect(page.getByRole('tab', { name: '工作清单' })).toBeVisible()
})

test('a new administrator changes the password, binds an authenticator, and only then gets in', async ({ page, request }) => {
  const admin = await api(request, 'admin')
  const username = 'auditor.' + Date.now()
  const made = await admin.post<{ one_time_password: string }>('/accounts', { username, name: '新审计员', role: 'auditor', institution_id: '1' })
  await page.goto(url('/sign-in'))
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(made.one_time_password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { name: '请先修改密码' })).toBeVisible()
  await soundAtBothSizes(page)
  await page.getByLabel('原密码').fill(made.one_time_password)
  await page.getByLabel('新密码', { exact: true }).fill('Xin-Mima-2026')
  await page.getByLabel('再输一次新密码').fill('Xin-Mima-2027')
  await expect(page.getByText('两次输入的新密码不一样')).toBeVisible()
  await page.getByLabel('再输一次新密码').fill('Xin-Mima-2026')
  await page.getByRole('button', { name: '修改密码并登录' }).click()
  await expect(page.getByRole('heading', { name: '请绑定动态验证器' })).toBeVisible()
  await page.getByRole('button', { name: '开始绑定' }).click()
  await expect(page.getByRole('img', { name: '绑定验证器的二维码' })).toBeVisible()
  await soundAtBothSizes(page)
  await page.getByLabel('动态验证码').fill(totp(await page.locator('code').innerText()))
  await page.getByRole('button', { name: '完成绑定' }).click()
  await expect(page.getByRole('navigation', { name: '菜单' })).toBeVisible()
  await soundAtBothSizes(page)
})
