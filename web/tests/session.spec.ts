import { expect, hypertensive, login, signIn, sound, test, url } from './help'

test('after 15 idle minutes the screen locks, keeps the form, and a reload opens nothing', async ({ page, request, context }) => {
  const person = await hypertensive(request, 'inst01', 0)
  await page.clock.install()
  await signIn(page, 'inst01', `/residents/${person.id}/edit`)
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('未保存的名字')
  await page.clock.fastForward('14:30')
  await expect(page.getByRole('dialog', { name: '屏幕已锁定' })).toBeHidden()
  await page.clock.fastForward('01:00')
  const lock = page.getByRole('dialog', { name: '屏幕已锁定' })
  await expect(lock).toBeVisible()
  await expect(lock.getByLabel('密码')).toBeFocused()
  await expect(page.getByRole('textbox', { name: '姓名', exact: true })).toBeHidden()
  await sound(page)

  const other = await context.newPage()
  await other.goto(url('/today'))
  await expect(other).toHaveURL(/sign-in/)
  await other.close()

  await lock.getByLabel('密码').fill('wrong-password')
  await lock.getByRole('button', { name: '解锁' }).click()
  await expect(lock.getByRole('alert')).toBeVisible()
  await lock.getByLabel('密码').fill(login('inst01').password)
  await lock.getByRole('button', { name: '解锁' }).click()
  await expect(lock).toBeHidden()
  await expect(page.getByRole('textbox', { name: '姓名', exact: true })).toHaveValue('未保存的名字')
})

test('two tabs whose tokens run out at once refresh one after the other, and both live on', async ({ page, context }) => {
  await signIn(page, 'nurse001')
  const second = await context.newPage()
  await second.goto(url('/today'))
  await expect(second.getByRole('tab', { name: '工作清单' })).toBeVisible()
  let [under, most] = [0, 0]
  await context.route('**/auth/refresh', async (route) => {
    most = Math.max(most, ++under)
    // The first one is held until the other tab stands in line behind it.
    if (refreshed.length === 0) await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).pending?.length)).toBe(1)
    const answer = await route.fetch()
    under--
    await route.fulfill({ response: answer })
  })
  const refreshed: number[] = []
  context.on('response', (r) => { if (r.url().endsWith('/auth/refresh')) refreshed.push(r.status()) })
  for (const p of [page, second]) {
    // The server refuses the token of each tab once, as it does when it has run out.
    let refused = false
    await p.route('**/api/v1/residents?*', async (route) => {
      if (refused) return route.fallback()
      refused = true
      return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"status":401,"code":"unauthenticated","detail":"请先登录"}' })
    })
  }
  await Promise.all([page, second].map((p) => p.getByRole('navigation').getByRole('link', { name: '居民', exact: true }).click()))
  for (const p of [page, second]) await expect(p.locator('table.grid tbody tr').first()).toBeVisible()
  expect(refreshed.every((s) => s === 200)).toBe(true)
  expect(refreshed.length).toBeGreaterThan(0)
  expect(most).toBe(1)
  await context.unroute('**/auth/refresh')
  for (const p of [page, second]) {
    await p.reload()
    await expect(p.locator('table.grid tbody tr').first()).toBeVisible()
  }
})

test('an answer to a refresh that is lost on the way does not end the session', async ({ page, context }) => {
  await signIn(page, 'doctor001')
  const before = (await context.cookies(url('/api/v1/auth/refresh'))).filter((c) => c.name === 'jiayi_session')
  expect(before).toHaveLength(1)
  let lost = 0
  await page.route('**/auth/refresh', async (route) => {
    if (lost++ > 0) return route.fallback()
    await route.fetch() // the server rotates the token, and nobody hears of it
    await context.addCookies(before)
    return route.abort()
  })
  await page.reload()
  await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('tab', { name: '工作清单' })).toBeVisible()
  expect(lost).toBeGreaterThan(1)
})

test('signing out in one tab signs out the other', async ({ page, context }) => {
  await signIn(page, 'nurse001')
  const second = await context.newPage()
  await second.goto(url('/today'))
  await expect(second.getByRole('tab', { name: '工作清单' })).toBeVisible()
  await page.locator('details.account summary').click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(second.getByRole('button', { name: '登录', exact: true })).toBeVisible()
})
