import { agree, expect, open, sign, signIn, tap, test } from './phone'

test('a daughter gives and withdraws consent, and acts for her mother under a banner', async ({ page }) => {
  await signIn(page, '女儿')
  await expect(page.getByText('高颖,您好')).toBeVisible()
  await open(page, 'resident/consents/consents')
  await page.getByLabel('我已阅读,同意 微信服务消息').click()
  await expect(page.locator('.note.green').filter({ hasText: '已同意' })).toHaveCount(1)
  await tap(page, '撤回同意')
  await agree(page)
  await expect(page.locator('.note.green').filter({ hasText: '已同意' })).toHaveCount(0)

  await open(page, 'resident/family/family')
  await page.getByLabel('替 TA 办事 胡芬芬').click()
  await expect(page.locator('.banner').filter({ visible: true })).toContainText('您正在替 胡芬芬 办事')
  await expect(page.getByText('胡芬芬,您好')).toBeVisible()

  await open(page, 'resident/contract/contract')
  await tap(page, '核验协议真伪')
  await expect(page.getByText('核验通过')).toBeVisible()
  await tap(page, '查看协议书')
  await expect(page.getByText('第一条 服务期限')).toBeVisible()
})

test('she changes her team: preview, agreement read, signed with a finger, then withdraws', async ({ page }) => {
  await signIn(page, '女儿')
  await expect(page.getByText('高颖,您好')).toBeVisible()
  await open(page, 'resident/find-team/find-team?scene=team-2')
  await tap(page, '改签到这个团队')
  await expect(page.getByText('改签预览')).toBeVisible()
  await tap(page, '阅读协议')
  await expect(page.getByText('第一条 服务期限')).toBeVisible()
  await tap(page, '我已读完协议')
  await sign(page)
  await tap(page, '提交签约申请')
  await expect(page.getByText('签约申请已提交,等待团队审核')).toBeVisible()
  await tap(page, '查看并确认')
  await tap(page, '撤回申请')
  await agree(page)
  await expect(page.locator('.tag').filter({ hasText: '已取消' }).or(page.locator('.tag').filter({ hasText: '已撤' }))).toBeVisible()
})

test('the code of an event that is not on is refused in words, and the page is there', async ({ page }) => {
  await signIn(page, '女儿')
  await expect(page.getByText('高颖,您好')).toBeVisible()
  await open(page, 'resident/check-in/check-in?scene=none')
  await tap(page, '签到')
  await expect(page.getByRole('alert')).toBeVisible()
})
