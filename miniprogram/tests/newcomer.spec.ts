import { expect, field, signIn, tap, test } from './phone'

test('a newcomer gives a phone number, and is told which field is wrong', async ({ page }) => {
  await signIn(page, '初次')
  const done = page.getByText('手机号已确认')
  const ask = page.locator('uni-button').filter({ hasText: '使用微信手机号' })
  await expect(done.or(ask)).toBeVisible()
  if (await ask.isVisible()) await tap(page, '使用微信手机号') // an earlier run on the same data has done it
  await expect(page.getByText('手机号已确认')).toBeVisible()
  await field(page, '姓名').fill('没有人')
  await field(page, '身份证号').fill('370499195809210000')
  await tap(page, '绑定')
  await expect(page.locator('.field').filter({ hasText: '身份证号' }).locator('.error')).toBeVisible()
})
