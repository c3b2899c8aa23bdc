import type { APIRequestContext } from '@playwright/test'
import { Client } from './district'
import { agree, expect, field, open, signIn, tap, test } from './phone'

const drill = async (request: APIRequestContext, name: string) => expect((await request.put(`/demo/wechat?drill=${name}`)).status()).toBe(204)

test.afterEach(async ({ request }) => drill(request, 'none'))

test('WeChat is down: who is signed in goes on, nothing is lost, and signing in says so in plain words', async ({ page, request }) => {
  await signIn(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await drill(request, 'down')

  // A booking stands, and its notice lies in the inbox although WeChat could not be told.
  await open(page, 'resident/book/book')
  await page.locator('.chip').nth(2).click()
  await page.locator('.slots uni-button').first().click()
  await agree(page)
  await expect(page.locator('.card').filter({ hasText: '取消预约' }).first()).toBeVisible()
  await open(page, 'resident/messages/messages')
  const text = `微信坏了也能问医生 ${Date.now()}`
  await field(page, '写消息').fill(text)
  await tap(page, '发送')
  await expect(page.locator('.bubble').filter({ hasText: text })).toBeVisible()
  await open(page, 'resident/notices/notices')
  await expect(page.locator('.card').filter({ hasText: '预约成功' }).first()).toBeVisible()

  await open(page, 'pages/mine/mine')
  await tap(page, '退出登录')
  await agree(page)
  await tap(page, '70岁')
  await expect(page.getByRole('alert')).toContainText('微信服务暂时不可用,请稍后再试')
  await drill(request, 'none')
  await tap(page, '再试一次')
  await tap(page, '70岁')
  await expect(page.getByText('胡香淑,您好')).toBeVisible()
  await open(page, 'resident/messages/messages')
  await expect(page.locator('.card').filter({ hasText: '榴园' }).or(page.locator('.card').filter({ hasText: '团队' })).first()).toBeVisible()
  const mine = await Client.wechat(request, 'demo-elder')
  const booked = (await mine.list<{ id: string; status: string }>('/appointments?limit=20')).find((a) => a.status === 'booked')
  await mine.post(`/appointments/${booked!.id}/move`, { move: 'cancel' })
})
