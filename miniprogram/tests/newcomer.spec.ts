import { Client, test } from './district'
import { expect, field, sign, signIn, tap } from './phone'

/** An ID number of the test region, its check digit by GB 11643. */
function idNumber(birth: string, order: number): string {
  const body = `370499${birth}${String(order).padStart(3, '0')}`
  const sum = [...body].reduce((s, c, i) => s + Number(c) * (2 ** (17 - i) % 11), 0)
  return body + '10X98765432'[sum % 11]
}

test('a newcomer gives a phone number, and is told which field is wrong', async ({ page }) => {
  await signIn(page, '初次')
  await tap(page, '使用微信手机号')
  await expect(page.getByText('手机号已确认')).toBeVisible()
  await field(page, '姓名').fill('没有人')
  await field(page, '身份证号').fill('370499195809210000')
  await tap(page, '绑定')
  await expect(page.locator('.field').filter({ hasText: '身份证号' }).locator('.error')).toBeVisible()
})

test('the team checks who it is; the newcomer consents one by one, finds the team of the village, and signs', async ({ page, request }) => {
  const lead = await Client.staff(request, 'lead001')
  const number = idNumber('19881103', 777)
  const [village] = await lead.list<{ id: string }>('/villages?team_id=1&limit=1')
  // The record holds no telephone: WeChat's number proves nothing, so the team looks at the card.
  const record = await lead.post<{ id: string }>('/residents', { name: '林初见', id_number: number, village_id: village!.id, address: '新村路8号' })
  await signIn(page, '初次')
  await field(page, '姓名').fill('林初见')
  await field(page, '身份证号').fill(number)
  await tap(page, '绑定')
  await expect(page.getByText('等待团队核实')).toBeVisible()
  const [asked] = await lead.list<{ id: string }>('/bindings')
  await lead.post(`/bindings/${asked!.id}/confirm`)
  await tap(page, '看看核实好了没有')

  await page.getByLabel('我已阅读,同意 微信服务消息').click()
  await expect(page.locator('.note.green').filter({ hasText: '已同意' })).toHaveCount(1)
  await tap(page, '返回首页')
  await expect(page.getByText('还没有家庭医生')).toBeVisible()
  await tap(page, '找家庭医生')
  await expect(page.getByText('由这个团队负责')).toBeVisible()
  await page.getByRole('button', { name: '榴园社区家庭医生团队' }).click()
  await tap(page, '和这个团队签约')
  await tap(page, '阅读协议')
  await expect(page.getByText('第一条 服务期限')).toBeVisible()
  await tap(page, '我已读完协议')
  await sign(page)
  await tap(page, '提交签约申请')
  await expect(page.getByText('签约申请已提交,等待团队审核')).toBeVisible()
  const [applied] = await lead.list<{ id: string }>(`/contracts?resident_id=${record.id}&status=applied`)
  await lead.post(`/contracts/${applied!.id}/accept`)
  await page.reload()
  await expect(page.getByText('签约到')).toBeVisible()
  await expect(page.getByRole('button', { name: /条新通知/ })).toBeVisible()
})
