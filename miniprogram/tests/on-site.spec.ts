import { Client, inDays, signed, signInStaff, test, type Person } from './district'
import { expect, field, sign, tap } from './phone'

/** Somebody with high blood pressure who has not been visited today. */
async function unvisited(lead: Client): Promise<{ resident_id: string; resident_name: string }> {
  for (const task of await lead.list<{ resident_id: string; resident_name: string }>('/tasks?program=hypertension&limit=50')) {
    const visits = await lead.list<{ visited_on: string }>(`/followups?resident_id=${task.resident_id}&limit=20`)
    if (visits.every((v) => v.visited_on !== inDays(0))) return task
  }
  throw new Error('everybody has been visited today')
}

/** A household of the team's villages in which two adults or more have not signed. */
async function household(lead: Client): Promise<Person[]> {
  const unsigned = (await lead.list<Person>('/residents?signed=false&limit=100')).filter((r) => r.age >= 18)
  for (const r of unsigned) {
    const family = unsigned.filter((x) => x.household_id === r.household_id)
    const waits = await Promise.all(family.map((x) => lead.list<{ status: string }>(`/contracts?resident_id=${x.id}`)))
    if (family.length >= 2 && waits.every((all) => all.every((c) => c.status !== 'applied' && c.status !== 'offered'))) return family.slice(0, 2)
  }
  throw new Error('every household has signed')
}

test('a doctor signs two people of a household at their table, each with a finger', async ({ page, request }) => {
  const lead = await Client.staff(request, 'lead001')
  const [first, second] = await household(lead)
  await signInStaff(page, 'doctor001')
  await tap(page, '找居民')
  await page.locator('input').fill(first!.name)
  await tap(page, '查找')
  await page.getByRole('button', { name: first!.name }).first().click()
  await tap(page, '现场签约')
  await page.getByRole('checkbox', { name: second!.name }).click()
  const submit = page.locator('uni-button').filter({ hasText: '签约生效' })
  for (let i = 0; i < 2; i++) {
    await page.getByRole('radio', { name: '居民身份证' }).nth(i).click()
    await page.locator('uni-button').filter({ hasText: '阅读协议' }).nth(i).click()
    await expect(page.getByText('第一条 服务期限').nth(i)).toBeVisible()
    await page.getByRole('checkbox', { name: '我已读完协议' }).nth(i).click()
    await expect(submit).toHaveAttribute('disabled', /.*/)
    await sign(page)
  }
  await submit.click()
  await expect(page.getByText('签约成功')).toBeVisible()
  for (const r of [first!, second!]) expect(await lead.list(`/contracts?resident_id=${r.id}&status=active`)).toHaveLength(1)
})

test('the form is judged while it is filled in, and the position of a home visit goes along', async ({ page, context, request }) => {
  const lead = await Client.staff(request, 'lead001')
  const who = await unvisited(lead)
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ longitude: 117.2655, latitude: 34.7951 })
  await signInStaff(page, 'doctor001')
  await tap(page, '找居民')
  await page.locator('input').fill(who.resident_name)
  await tap(page, '查找')
  await page.getByRole('button', { name: who.resident_name }).first().click()
  await page.locator('uni-button').filter({ hasText: /^高血压$/ }).click()
  await field(page, '收缩压').fill('186')
  await field(page, '舒张压').fill('112')
  await expect(page.getByRole('status').filter({ hasText: '危急情况,请立即处理' })).toBeVisible()
  await field(page, '收缩压').fill('152')
  await field(page, '舒张压').fill('86')
  await expect(page.getByText('危急情况,请立即处理')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '按规范评估' })).toBeVisible()
  await tap(page, '记录位置')
  await expect(page.getByText('位置已记录')).toBeVisible()
  await page.locator('.field').filter({ hasText: /^体重/ }).locator('input').fill('62')
  for (const [label, value] of [['心率', '72'], ['日吸烟量', '0'], ['日饮酒量', '0'], ['运动次数', '3'], ['运动时长', '30']] as const) await field(page, label).fill(value)
  for (const [group, choice] of [['症状', '无症状'], ['摄盐情况', '轻'], ['心理调整', '良好'], ['遵医行为', '良好'], ['服药依从性', '规律'], ['药物不良反应', '无']] as const) await page.locator('.field').filter({ hasText: group }).locator('.chip').filter({ hasText: new RegExp(`^${choice}$`) }).first().click()
  const answer = page.waitForResponse((r) => r.url().endsWith('/api/v1/followups') && r.request().method() === 'POST')
  await tap(page, '保存随访')
  const { id } = (await (await answer).json()) as { id: string }
  expect((await lead.get<{ place: string }>(`/followups/${id}`)).place).toMatch(/^117\.2\d+,34\.7\d+$/)
})

test('a service at home: set out, arrive with position and photo, and the resident signs', async ({ page, context, request }) => {
  const lead = await Client.staff(request, 'lead001')
  const busy = (await lead.list<{ resident_id: string }>('/home-services?limit=100')).map((h) => h.resident_id)
  const resident = (await signed(lead)).find((id) => !busy.includes(id))
  const asked = await lead.post<{ id: string; resident_name: string }>('/home-services', { resident_id: resident, applicant: 'aged', items: ['dressing'] })
  const choices = await lead.get<{ checks: { code: string }[] }>('/home-service-items')
  const move = (body: object) => lead.post(`/home-services/${asked.id}/move`, body)
  const team = await lead.get<{ members: { staff_id: string }[] }>('/teams/1')
  await move({ move: 'assess', checks: choices.checks.map((c) => c.code) })
  await move({ move: 'assign', visit_on: inDays(0), staff_ids: team.members.map((m) => m.staff_id) })
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ longitude: 117.2655, latitude: 34.7951 })
  await signInStaff(page, 'doctor001')
  await tap(page, '上门服务')
  await page.getByRole('button', { name: asked.resident_name }).filter({ hasText: '今天' }).click()
  await tap(page, '看完整住址和电话')
  await expect(page.locator('uni-button').filter({ hasText: /给居民打电话 \d{11}/ })).toBeVisible()
  await page.locator('uni-button').filter({ hasText: /^出发$/ }).click()
  await tap(page, '取得当前位置')
  await expect(field(page, '位置')).toHaveValue(/^117\.2\d+,34\.7\d+$/)
  await tap(page, '已到达')
  await expect(page.getByText('做了哪些')).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await tap(page, '拍现场照片')
  await (await chooser).setFiles({ name: 'door.png', mimeType: 'image/png', buffer: await page.screenshot() })
  await expect(page.locator('.door')).toBeVisible()
  await sign(page)
  await page.locator('uni-button').filter({ hasText: '服务完成' }).click()
  await expect(page.getByText('下一步由团队在工作台办理')).toBeVisible()
  expect(await lead.get(`/home-services/${asked.id}`)).toMatchObject({ status: 'served', signed: true, position: expect.stringMatching(/^117/) as unknown })
})

test('an ID card is photographed for its number; one that cannot be read is typed', async ({ page, request }) => {
  const lead = await Client.staff(request, 'lead001')
  const drill = (name: string) => request.put(`/demo/wechat?drill=${name}`)
  const photograph = async () => {
    const chooser = page.waitForEvent('filechooser')
    await tap(page, '拍身份证')
    await (await chooser).setFiles({ name: 'card.png', mimeType: 'image/png', buffer: await page.screenshot() })
  }
  const number = page.locator('input').filter({ visible: true }).first()
  await signInStaff(page, 'doctor001')
  await tap(page, '找居民')
  try {
    await drill('unreadable')
    await photograph()
    await expect(page.getByRole('alert')).toContainText('没有认出身份证')
    await drill('quota_used')
    await photograph()
    await expect(page.getByRole('alert')).toContainText('次数已用完,请手工输入')
  } finally {
    await drill('none')
  }
  await photograph()
  const read = await page.getByRole('status').filter({ hasText: '证件姓名' }).innerText()
  const name = /证件姓名:(.+?)。/.exec(read)?.[1] ?? ''
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(number).toHaveValue(/^370499\d{11}[\dX]$/)
  await tap(page, '查找')
  await page.getByRole('button', { name }).first().click()
  await expect(page.getByText('签约情况')).toBeVisible()
  const [found] = await lead.list<Person>(`/residents?q=${encodeURIComponent(name)}&limit=100`)
  expect(found?.name).toBe(name)

  // Typed, the same number finds the same person.
  await page.goBack()
  const typed = await number.inputValue()
  const search = page.locator('uni-button').filter({ hasText: '查找' }).filter({ visible: true })
  await number.fill('')
  await expect(search).toHaveAttribute('disabled', /.*/)
  await number.fill(typed)
  await expect(search).not.toHaveAttribute('disabled', /.*/)
  await search.click()
  await expect(page.getByRole('button', { name }).first()).toBeVisible()
})
