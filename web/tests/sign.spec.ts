import type { APIRequestContext } from '@playwright/test'
import { api, applications, change, choose, expect, find, move, phone, signByHand, signIn, soundAtBothSizes, test, url } from './help'
import { differing, modulesFor, modulesOf } from './qr'

interface Person { id: string; name: string; age: number; household_id?: string; signed: boolean }

/** Grown-ups of the first team who are not signed and have not applied. */
async function free(request: APIRequestContext): Promise<Person[]> {
  const { get } = await api(request, 'lead001')
  const applied = (await applications(request)).map((c) => c.resident.id)
  const all: Person[] = []
  for (let next: string | undefined = ''; next !== undefined;) {
    const page: { items: Person[]; next_cursor?: string } = await get(`/residents?signed=false&limit=100${next && '&cursor=' + encodeURIComponent(next)}`)
    all.push(...page.items)
    next = page.next_cursor
  }
  return all.filter((r) => r.age >= 18 && !applied.includes(r.id))
}

/** Some of them, with the numbers on their cards; families that could sign together are left for that. */
async function unsigned(request: APIRequestContext, n: number): Promise<(Person & { card: string })[]> {
  const { post } = await api(request, 'lead001')
  const all = await free(request)
  const list = all.filter((r) => !all.some((x) => x.id !== r.id && x.household_id === r.household_id)).slice(-n)
  return Promise.all(list.map(async (r) => ({ ...r, card: (await post<{ id_number: string }>(`/residents/${r.id}/reveal`, { reason: '核对证件' })).id_number })))
}

test('a resident signs on site; the paper carries a code that verifies it', async ({ page, request, context }) => {
  test.setTimeout(120_000)
  const [person, other] = await unsigned(request, 2)
  if (!person || !other) throw new Error('nobody to sign')
  await signIn(page, 'lead001', '/sign')
  await soundAtBothSizes(page)
  await page.getByRole('textbox', { name: /姓名/ }).last().fill(person.name)
  await page.getByRole('search').last().getByRole('button', { name: '查找' }).click()
  await page.getByRole('listitem').filter({ hasText: person.card.slice(0, 3) }).getByRole('button', { name: '选择' + person.name }).first().click()
  await page.getByRole('button', { name: '提交签约' }).click()
  await expect(page.getByRole('alert')).toContainText('请先核对' + person.name + '的证件')

  const number = page.getByLabel('证件号码(刷卡或输入)')
  await number.fill(other.card)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`证件号与${person.name}的档案不符`)).toBeVisible()
  await soundAtBothSizes(page)
  await number.fill(person.card)
  await page.keyboard.press('Enter')
  await expect(page.getByText('证件已核对,与档案一致')).toBeVisible()
  await choose(page, '签约周期', '2 年')
  const text = page.getByRole('document', { name: person.name + '的协议全文' })
  await expect(text).toContainText(person.card.slice(0, 3) + '***') // a draft is no way around a reveal
  await expect(text).toContainText('为2年')
  await page.getByRole('button', { name: '提交签约' }).click()
  await expect(page.getByRole('alert')).toContainText('阅读并同意')
  await page.getByLabel(/已阅读/).check()
  await choose(page, '签约周期', '1 年') // other terms are another text: it is to be read again
  await expect(page.getByLabel(/已阅读/)).not.toBeChecked()
  await page.getByLabel(/已阅读/).check()
  await page.getByRole('button', { name: '提交签约' }).click()
  await expect(page.getByRole('alert')).toContainText(`请${person.name}签名`)
  await signByHand(page, person.name + '签名')
  await soundAtBothSizes(page)
  await page.getByRole('button', { name: '提交签约' }).click()
  await expect(page.getByRole('heading', { name: '签约已完成' })).toBeFocused()
  await soundAtBothSizes(page)

  await page.getByRole('link', { name: person.name + '的协议书' }).click()
  const sheet = page.locator('article')
  await expect(sheet.getByRole('img', { name: '乙方手写签名' })).toBeVisible()
  await soundAtBothSizes(page)
  await expect(sheet).toContainText('身份核验:已核对居民身份证')
  const words = await sheet.evaluate((el) => (el.shadowRoot?.firstElementChild as HTMLElement).innerText) // the paper lives in a shadow
  const hash = /[0-9a-f]{64}/.exec(words)?.[0] as string
  const no = /QY\d{20}/.exec(words)?.[0] as string
  const address = url(`/verify?hash=${hash}&no=${no}`)
  expect(differing(await modulesOf(sheet.getByRole('img', { name: '核验二维码' })), modulesFor(address))).toBe(0)
  expect(differing(await modulesOf(sheet.getByRole('img', { name: '核验二维码' })), modulesFor(address.replace(no, no.split('').reverse().join(''))))).toBeGreaterThan(0)

  // Anyone who holds the paper, with no account at all.
  await context.clearCookies()
  const stranger = await (await context.browser()?.newContext())?.newPage() as typeof page
  await stranger.goto(address)
  await expect(stranger.getByRole('status')).toContainText('这份协议是真实的')
  await expect(stranger.getByRole('status')).not.toContainText(person.name)
  await soundAtBothSizes(stranger)
  await stranger.getByLabel('正文摘要(SM3)').fill(hash.replace(/./g, 'a'))
  await stranger.getByRole('button', { name: '核验' }).click()
  await expect(stranger.getByRole('status')).toContainText('核验不通过')
  await soundAtBothSizes(stranger)
  await stranger.close()
})

test('a household signs together: each with card, text and signature', async ({ page, request }) => {
  test.setTimeout(120_000)
  const { post } = await api(request, 'lead001')
  const people = await free(request)
  const pair = people.map((r) => people.filter((x) => r.household_id && x.household_id === r.household_id)).find((f) => f.length > 1)
  if (!pair) throw new Error('no household to sign')
  await signIn(page, 'lead001', '/sign?resident=' + pair[0]?.id)
  await page.getByLabel('家庭共同签约').check()
  const card = page.getByRole('region', { name: '家庭共同签约' })
  for (const box of await card.getByRole('checkbox').all()) if (await box.isEnabled()) await box.uncheck()
  await page.getByRole('button', { name: '提交 0 人签约' }).click()
  await expect(page.getByRole('alert')).toContainText('请至少选择一位家庭成员')
  for (const p of pair.slice(0, 2)) {
    await card.getByRole('checkbox', { name: p.name + '参加签约' }).check()
    const part = page.getByRole('region', { name: p.name, exact: true })
    const { id_number } = await post<{ id_number: string }>(`/residents/${p.id}/reveal`, { reason: '核对证件' })
    await part.getByLabel('证件号码(刷卡或输入)').fill(id_number)
    await page.keyboard.press('Enter')
    await part.getByLabel(/已阅读/).check()
    await signByHand(page, p.name + '签名')
  }
  await soundAtBothSizes(page)
  await page.getByRole('button', { name: '提交 2 人签约' }).click()
  await expect(page.getByRole('heading', { name: '签约已完成' })).toBeVisible()
  for (const p of pair.slice(0, 2)) await expect(page.getByRole('listitem').filter({ hasText: p.name })).toContainText('已签约')
})

test('who has applied already is told before anything is done, alone and in a household', async ({ page, request }) => {
  const { get } = await api(request, 'lead001')
  const homes = await Promise.all((await applications(request)).slice(0, -1).map(async (c) => ({ c, r: await get<Person>('/residents/' + c.resident.id) })))
  const found = homes.find((x) => x.r.household_id)
  if (!found) throw new Error('nobody has applied')
  const { c, r } = found
  await signIn(page, 'lead001', '/sign?resident=' + r.id)
  const note = page.getByRole('alert').filter({ hasText: `${r.name}已申请与${c.team.name}签约` })
  await expect(note).toBeVisible()
  await expect(page.getByRole('button', { name: '提交签约' })).toHaveCount(0)
  await soundAtBothSizes(page)
  const others = (await get<{ items: Person[] }>(`/residents?household_id=${r.household_id}&limit=30`)).items
  if (others.length > 1) {
    await page.getByLabel('家庭共同签约').check()
    const family = page.getByRole('region', { name: '家庭共同签约' })
    await expect(family.getByRole('checkbox', { name: r.name + '参加签约' })).toBeDisabled()
    await expect(family).toContainText(`${r.name}已申请与${c.team.name}签约`)
    await soundAtBothSizes(page)
  }
  await page.getByRole('link', { name: r.name + '的合同' }).click()
  await expect(page).toHaveURL(new RegExp(`/contracts/${c.id}$`))
})

test('an application is accepted; a transfer shows what it does before it is done; a dispute is settled', async ({ page, request }) => {
  test.setTimeout(120_000)
  const name = (await applications(request))[0]?.resident.name ?? ''
  await signIn(page, 'lead001', '/contracts?status=applied')
  const row = page.locator('table.grid tbody tr').filter({ hasText: name })
  await expect(row).toContainText('待审核')
  await soundAtBothSizes(page)
  await row.getByRole('link').click()
  await move(page, '团队驳回申请', async (d) => { await d.getByLabel('原因').fill('不在服务范围') })
  await expect(page.getByRole('region', { name: '办理' })).toContainText('已驳回')
  await soundAtBothSizes(page)

  const elder = await phone(request, 'demo-elder')
  const mine = (await elder.get<{ items: { id: string; status: string; team: { name: string } }[] }>('/contracts')).items.find((c) => c.status === 'active')
  if (!mine) throw new Error('the elder has no contract')
  await elder.post(`/contracts/${mine.id}/dispute`, { reason: '我没有签过' })
  await change(page, 'inst01', '/contracts?disputed=true')
  await expect(page.locator('table.grid tbody tr')).toHaveCount(1)
  await page.locator('table.grid tbody tr').getByRole('link').click()
  await move(page, '异议处理完毕', async (d) => { await choose(page, '结论', '签约有效'); await d.getByLabel('核查情况').fill('签名属实,居民已确认') })
  await expect(page.locator('.head')).not.toContainText('有异议')

  await page.getByRole('button', { name: '改签到其他团队' }).click()
  const dialog = page.getByRole('dialog', { name: '改签到其他团队' })
  const target = mine.team.name.includes('榴园') ? '金陵社区' : '榴园社区'
  await find(page, '新团队', target, new RegExp(target))
  const preview = dialog.getByRole('region', { name: '改签影响' })
  await expect(preview).toContainText('移交的待办任务')
  await expect(preview).toContainText('基本公卫仍由')
  await soundAtBothSizes(page)
  await choose(page, '身份核验', '已核对居民身份证')
  await signByHand(page, '居民签名')
  await dialog.getByRole('button', { name: '改签到其他团队' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: '办理' })).toContainText('已改签')
})

test('a renewal continues without a gap, and a contract is ended with its reason', async ({ page, request }) => {
  const { get } = await api(request, 'inst01')
  const ending = new Date(Date.now() + 55 * 86_400_000).toISOString().slice(0, 10)
  const list = (await get<{ items: { id: string; end_date: string; begin_date: string; resident: { id: string } }[] }>(`/contracts?ending_by=${ending}&limit=50`)).items
  const one = list[0]
  if (!one) throw new Error('no contract ends soon')
  await signIn(page, 'inst01', '/contracts/' + one.id)
  await page.getByRole('button', { name: '办理续约' }).click()
  const dialog = page.getByRole('dialog', { name: '办理续约' })
  await dialog.getByRole('button', { name: '办理续约' }).click()
  await expect(dialog.getByText('居民签名为必填')).toBeVisible()
  await choose(page, '身份核验', '已核对户口簿、出生证明等其他证件原件')
  await signByHand(page, '居民签名')
  await dialog.getByRole('button', { name: '办理续约' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('ol.past')).toContainText('办理续约')
  const [renewal] = (await get<{ items: { id: string }[] }>(`/contracts?resident_id=${one.resident.id}&limit=1`)).items
  await page.goto(url('/contracts/' + renewal?.id))
  await expect(page.locator('main')).toContainText('已核对户口簿、出生证明等其他证件原件')
  await page.goto(url('/contracts/' + one.id))
  await move(page, '解约', async (d) => { await choose(page, '解约原因', '居民主动解约'); await d.getByLabel('说明').fill('居民搬迁') })
  await expect(page.getByRole('region', { name: '办理' })).toContainText('已解约')
})
