import { inDays, signed, test } from './district'
import { agree, expect, open, sign, tap } from './phone'

/** Reads the agreement, signs and sends it. */
async function readAndSign(page: Parameters<typeof sign>[0]) {
  await tap(page, '阅读协议')
  await expect(page.getByText('第一条 服务期限')).toBeVisible()
  await tap(page, '我已读完协议')
  await sign(page)
  await tap(page, '提交签约申请')
}
const tag = (page: Parameters<typeof sign>[0], words: string) => page.locator('.tag').filter({ hasText: words, visible: true }).first()

test('renews before the end: the new contract follows without a gap', async ({ page, staff, actFor }) => {
  const ward = await actFor(await signed(staff, `&ending_by=${inDays(50)}`))
  await expect(page.getByText('快到期了,去续约')).toBeVisible()
  await tap(page, '快到期了,去续约')
  await expect(page.getByText('服务不中断')).toBeVisible()
  await page.locator('uni-button').filter({ hasText: /^续约$/ }).click()
  await readAndSign(page)
  await expect(page.getByText('您好')).toBeVisible()
  const contracts = await staff.list<{ status: string; begin_date?: string; end_date?: string }>(`/contracts?resident_id=${ward.id}`)
  const applied = contracts.find((c) => c.status === 'applied') ?? contracts.find((c) => (c.begin_date ?? '') > inDays(0))
  expect(applied).toBeDefined()
})

test('changes the team: the old one serves until the new one has agreed', async ({ page, staff, actFor }) => {
  const ward = await actFor(await signed(staff, `&team_id=2`))
  await open(page, 'resident/find-team/find-team?scene=team-1')
  await tap(page, '改签到这个团队')
  await expect(page.getByText('改签预览')).toBeVisible()
  await readAndSign(page)
  await expect(page.getByText('签约申请已提交,等待团队审核')).toBeVisible()
  const [applied] = await staff.list<{ id: string }>(`/contracts?resident_id=${ward.id}&status=applied`)
  await staff.post(`/contracts/${applied!.id}/accept`)
  await open(page, 'resident/contract/contract')
  await page.reload()
  await expect(page.locator('.h1').filter({ hasText: '榴园社区家庭医生团队' })).toBeVisible()
  await expect(tag(page, '已签约')).toBeVisible()
})

test('ends a contract, after reading what follows', async ({ page, staff, actFor }) => {
  await actFor(await signed(staff))
  await open(page, 'resident/contract/contract')
  await expect(page.getByText('解约后,家庭医生不再为您提供约定的服务').first()).toBeVisible()
  await page.locator('uni-button').filter({ hasText: /^解约$/ }).click()
  await page.locator('.uni-modal__btn_default').click()
  await expect(tag(page, '已签约')).toBeVisible()
  await page.locator('uni-button').filter({ hasText: /^解约$/ }).click()
  await agree(page)
  await expect(tag(page, '解约').or(tag(page, '终止')).first()).toBeVisible()
  await open(page, 'pages/home/home')
  await expect(page.getByText('还没有家庭医生')).toBeVisible()
})

test('says "I never signed this", and the contract is marked until it is settled', async ({ page, staff, actFor }) => {
  const ward = await actFor(await signed(staff))
  await open(page, 'resident/contract/contract')
  await tap(page, '这不是我签的')
  await agree(page, '我没有签过字')
  await expect(page.getByText('已提出异议,等待核实')).toBeVisible()
  expect((await staff.list<{ resident: { id: string } }>('/contracts?disputed=true&limit=100')).map((c) => c.resident.id)).toContain(ward.id)
})
