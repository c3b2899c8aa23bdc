import { expect, field, open, tap, test } from './phone'

test('a village doctor logs a visit without signal; it waits sealed, survives a restart, and arrives once', async ({ page, context, quiet }) => {
  await open(page, 'doctor/sign-in/sign-in')
  await field(page, '用户名').fill('doctor001')
  await field(page, '密码').fill('Liuyuan-2026')
  await tap(page, '登录')
  await tap(page, '以后的')
  const card = page.locator('.card').filter({ hasText: '高血压 · ' }).filter({ hasText: '随访' }).first()
  await expect(card).toBeVisible()
  const name = await card.locator('.h2').innerText()
  await card.locator('uni-button').click()
  await expect(page.getByText('收缩压')).toBeVisible()

  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ longitude: 117.2655, latitude: 34.7951 })
  quiet.offline = true
  let posts = 0
  await context.route('**/api/**', (route) => route.abort('internetdisconnected'))
  for (const [label, value] of [['收缩压', '152'], ['舒张压', '86'], ['心率', '72'], ['日吸烟量', '0'], ['日饮酒量', '0'], ['运动次数', '3'], ['运动时长', '30']] as const) await field(page, label).fill(value)
  await page.locator('.field').filter({ hasText: /^体重/ }).locator('input').fill('62')
  for (const [group, choice] of [['症状', '无症状'], ['摄盐情况', '轻'], ['心理调整', '良好'], ['遵医行为', '良好'], ['服药依从性', '规律'], ['药物不良反应', '无']] as const) await page.locator('.field').filter({ hasText: group }).locator('.chip').filter({ hasText: new RegExp(`^${choice}$`) }).first().click()
  await tap(page, '记录位置')
  await expect(page.getByText('位置已记录')).toBeVisible()
  for (const shot of [1, 2]) {
    const chooser = page.waitForEvent('filechooser')
    await tap(page, shot === 1 ? '拍照' : '再拍一张')
    await (await chooser).setFiles({ name: `door${shot}.png`, mimeType: 'image/png', buffer: await page.screenshot() })
    await expect(page.getByRole('img', { name: `照片${shot}` })).toBeVisible()
  }
  await page.getByRole('button', { name: '删除照片2' }).click()
  await expect(page.getByRole('img', { name: '照片2' })).toHaveCount(0)
  const save = page.locator('uni-button').filter({ hasText: '保存随访' })
  await save.dblclick()
  await expect(page.getByText('1 次随访在手机里等待发送')).toBeVisible()
  const kept = await page.evaluate(() => JSON.stringify(localStorage))
  expect(kept).toContain('jiayi.visits')
  for (const plain of [name, 'hypertension', 'sbp', '117.2']) expect(kept.split('jiayi.visits')[1]?.split('jiayi.')[0]).not.toContain(plain)
  expect(kept.match(/jiayi\.photo\./g)).toHaveLength(1)
  expect(kept).not.toContain('data:image')

  // The app is killed and opened again without signal: the visit is still there.
  await page.reload()
  await expect(page.getByText('1 次随访在手机里等待发送')).toBeVisible()

  // Signal comes back, but the answer of the first sending is lost; the second is the same request.
  const answers: { status: number; body: { id: string; resident_id: string } }[] = []
  await context.route('**/api/v1/followups', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const r = await route.fetch()
    answers.push({ status: r.status(), body: (await r.json()) as (typeof answers)[number]['body'] })
    return ++posts === 1 ? route.abort('connectionreset') : route.fulfill({ response: r })
  })
  // So are those of the photograph, which goes after its visit, until signal is good.
  const sentPhotos: number[] = []
  let good = false
  await context.route('**/api/v1/followups/*/photos', async (route) => {
    const r = await route.fetch()
    sentPhotos.push(r.status())
    return good ? route.fulfill({ response: r }) : route.abort('connectionreset')
  })
  await context.unroute('**/api/**') // last: nothing is sent that is not counted
  await page.reload()
  await expect.poll(() => posts).toBeGreaterThanOrEqual(2)
  await expect(page.getByText('1 张照片在手机里等待发送')).toBeVisible()
  const before = sentPhotos.length
  good = true
  await page.reload()
  await expect.poll(() => sentPhotos.length).toBeGreaterThan(before)
  await expect(page.getByText('等待发送')).toHaveCount(0)
  expect(before).toBeGreaterThan(0)
  expect(new Set(sentPhotos)).toEqual(new Set([201]))
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('photo')))).toEqual([])
  expect(answers.map((a) => a.status)).toEqual(answers.map(() => 201))
  const { id, resident_id } = answers[0]!.body
  expect(new Set(answers.map((a) => a.body.id))).toEqual(new Set([id]))
  const token = await page.evaluate(() => (JSON.parse(localStorage['jiayi.tokens'] as string) as { data: { access: string } }).data.access)
  const list = await page.request.get(`/api/v1/followups?resident_id=${resident_id}&limit=100`, { headers: { Authorization: `Bearer ${token}` } })
  // The position of the doorstep waited with it.
  const sent = await page.request.get(`/api/v1/followups/${id}`, { headers: { Authorization: `Bearer ${token}` } })
  const arrived = (await sent.json()) as { place: string; photos: string[] }
  expect(arrived.place).toMatch(/^117\.2\d+,34\.7\d+$/)
  expect(arrived.photos).toHaveLength(1)
  const shown = await page.request.get(arrived.photos[0]!, { headers: { Authorization: `Bearer ${token}` } })
  expect(shown.headers()['content-type']).toBe('image/jpeg')
  const visits = ((await list.json()) as { items: { id: string; created_at: string }[] }).items
  expect(visits.filter((v) => v.id === id)).toHaveLength(1)
  expect(visits.filter((v) => Date.now() - Date.parse(v.created_at) < 60_000)).toHaveLength(1)
})
