import { inDays, signed, test, type Client } from './district'
import { agree, expect, field, open, tap } from './phone'

/** The team notes a visit, which the resident may confirm or deny. */
const visit = (staff: Client, resident: string) => staff.post<{ id: string }>('/followups', { resident_id: resident, visited_on: inDays(0), visit_way: 3, services: ['medication'] })
const answerOf = async (staff: Client, id: string) => (await staff.get<{ answer: string }>(`/followups/${id}`)).answer

test('confirms one visit and denies another, each in one tap', async ({ page, staff, actFor }) => {
  const ward = await actFor(await signed(staff))
  const one = await visit(staff, ward.id)
  await open(page, 'pages/home/home')
  await page.reload()
  const asked = page.locator('.note').filter({ hasText: '医生说为您做过这次服务' }).filter({ hasText: '今天' }).filter({ hasText: '用药指导' })
  await asked.locator('uni-button').filter({ hasText: '是,做过' }).click()
  await expect(asked).toHaveCount(0)
  expect(await answerOf(staff, one.id)).toBe('confirmed')

  const two = await visit(staff, ward.id)
  await page.reload()
  await asked.locator('uni-button').filter({ hasText: '没有做过' }).click()
  await agree(page, '那天没有人打过电话')
  await expect(asked).toHaveCount(0)
  expect(await answerOf(staff, two.id)).toBe('denied')
})

test('asks for a service at home, and takes it back', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/home-service/home-service')
  await tap(page, '高龄')
  await page.locator('.field').filter({ hasText: '需要什么服务' }).locator('.chip').first().click()
  await tap(page, '提交')
  await expect(page.locator('.card').filter({ hasText: '取消申请' })).toBeVisible()
  await tap(page, '取消申请')
  await agree(page)
  await expect(page.locator('.tag').filter({ hasText: '已取消' })).toBeVisible()
})

test('asks for medicine for long; what the rules refuse is said beside the field', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/refill/refill')
  await tap(page, '高血压')
  await field(page, '药名').fill('苯磺酸氨氯地平片')
  await field(page, '每次吃多少').fill('1片')
  await field(page, '一天几次').fill('每日1次')
  await tap(page, '提交')
  await expect(page.locator('.card').filter({ hasText: '苯磺酸氨氯地平片' }).locator('.tag').or(page.locator('.error').filter({ visible: true })).first()).toBeVisible()
})

test('files a complaint and is told by when it is answered', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/complaint/complaint')
  await tap(page, '收费')
  await field(page, '请说明情况').fill('上门一次收了两次钱')
  await tap(page, '对被反映的单位隐去')
  await tap(page, '提交')
  const mine = page.locator('.card').filter({ hasText: '上门一次收了两次钱' })
  await expect(mine.locator('.tag')).toBeVisible()
  await expect(mine.getByText('前答复')).toBeVisible()
})

test('answers the survey of the quarter once, without a name', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/survey/survey')
  await tap(page, '知道')
  for (const question of ['服务态度', '专业水平', '联系方便', '说到做到', '转诊用药方便', '总体']) await page.locator('.field').filter({ hasText: question }).getByRole('radio', { name: '很满意', exact: true }).click()
  await tap(page, '提交')
  await expect(page.getByText('本季度已评价,谢谢')).toBeVisible()
})

test('sends a photo to the team, and sees it', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/messages/messages')
  await field(page, '写消息').fill('伤口是这样的')
  await tap(page, '发送')
  await expect(page.locator('.bubble').filter({ hasText: '伤口是这样的' })).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await tap(page, '发照片')
  await (await chooser).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: await page.screenshot() })
  await expect(page.locator('.photo')).toBeVisible()
  const small = (await page.locator('.photo').boundingBox())!.width
  await page.getByLabel('照片,点一下看大图').click()
  await expect.poll(async () => (await page.locator('.photo').boundingBox())!.width).toBeGreaterThan(small)
})
