import { expect, field, open, signIn, tap, test } from './phone'

test('a resident near 70 in 关怀模式: large text and targets, a dangerous reading, a message', async ({ page }) => {
  await open(page, 'pages/sign-in/sign-in')
  await signIn(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await open(page, 'pages/mine/mine')
  const care = page.getByRole('switch', { name: '关怀模式' })
  await care.click()
  await open(page, 'pages/home/home')
  const call = page.locator('uni-button').filter({ hasText: '打电话' }).first()
  await expect(call).toBeVisible()
  expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(60)
  expect(await call.evaluate((e) => parseFloat(getComputedStyle(e).fontSize))).toBeGreaterThanOrEqual(18)
  await expect(page.getByRole('button', { name: '上门服务' })).toHaveCount(0) // fewer choices
  for (const tile of await page.locator('.tile').all()) expect((await tile.boundingBox())?.height).toBeGreaterThanOrEqual(60)

  await tap(page, '记血压血糖')
  await field(page, '高压').fill('186')
  await field(page, '低压').fill('104')
  await tap(page, '看结果')
  await expect(page.getByText('请马上处理')).toBeVisible()
  await expect(page.locator('uni-button').filter({ hasText: '拨打 120' })).toBeVisible()
  await expect(page.getByText('已经提醒您的家庭医生团队')).toBeVisible()

  await open(page, 'resident/vitals/vitals')
  await expect(page.getByText('186/104')).toBeVisible()

  await open(page, 'resident/messages/messages')
  await field(page, '写消息').fill('今天头有点晕,要不要去看')
  await tap(page, '发送')
  await expect(page.locator('.bubble').filter({ hasText: '今天头有点晕' }).last()).toBeVisible()
  // The account keeps it: the next flow begins without.
  await open(page, 'pages/mine/mine')
  await Promise.all([page.waitForResponse((r) => r.url().endsWith('/api/v1/me/display')), tap(page, '跟随微信')])
})

test('关怀模式 lies with the account: a phone that knows nothing of it shows it after signing in', async ({ page }) => {
  const switched = () => page.getByRole('switch', { name: '关怀模式' })
  const startAnew = async () => {
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await signIn(page, '70岁')
    await expect(page.getByText('胡香淑,您好')).toBeVisible()
    await open(page, 'pages/mine/mine')
  }
  const chosen = () => page.waitForResponse((r) => r.url().endsWith('/api/v1/me/display') && r.status() === 200)
  await open(page, 'pages/sign-in/sign-in')
  await startAnew()
  if ((await switched().getAttribute('aria-checked')) === 'true') await Promise.all([chosen(), switched().click()])
  await expect(switched()).toHaveAttribute('aria-checked', 'false')
  await Promise.all([chosen(), switched().click()])

  await startAnew()
  await expect(switched()).toHaveAttribute('aria-checked', 'true')
  const row = await switched().boundingBox()
  expect(row?.height).toBeGreaterThanOrEqual(60)
  await Promise.all([chosen(), tap(page, '跟随微信')])
  await expect(switched()).toHaveAttribute('aria-checked', 'false')
  await expect(page.locator('uni-button').filter({ hasText: '跟随微信' })).toHaveCount(0)

  await startAnew()
  await expect(switched()).toHaveAttribute('aria-checked', 'false')
})

test('what is wrong stands beside its field, in words', async ({ page }) => {
  await signIn(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await open(page, 'resident/vital/vital')
  await field(page, '高压').fill('999')
  await field(page, '低压').fill('80')
  await tap(page, '看结果')
  await expect(page.locator('.field').filter({ hasText: '高压' }).locator('.error')).toBeVisible()
})

test('an appointment in a slot of ten minutes, and away with it', async ({ page }) => {
  await signIn(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await open(page, 'resident/book/book')
  await page.locator('.chip').nth(1).click()
  await page.locator('.slots uni-button').first().click()
  await page.locator('.uni-modal__btn_primary').click()
  const booked = page.locator('.card').filter({ hasText: '取消预约' }).first()
  await expect(booked).toBeVisible()
  await tap(page, '取消预约')
  await page.locator('.uni-modal__btn_primary').click()
  await expect(page.getByText('已取消').first()).toBeVisible()
})
