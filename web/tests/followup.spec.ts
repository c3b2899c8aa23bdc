import type { Page } from '@playwright/test'
import { api, expect, hypertensive, login, signIn, soundAtBothSizes, test, url } from './help'

const count = async (get: <T>(p: string) => Promise<T>, resident: string) => (await get<{ items: unknown[] }>(`/followups?resident_id=${resident}&limit=100`)).items.length
const field = (page: Page, key: string) => page.locator(`[data-program=hypertension] [data-key=${key}]`)

/** A routine visit by the keyboard alone: digits pick codes, Enter goes on, Ctrl+Enter hands in. */
async function typeVisit(page: Page, sbp: number): Promise<void> {
  await field(page, 'symptoms').locator('input').first().focus()
  await page.keyboard.press('1')
  await field(page, 'sbp').locator('input').focus()
  await page.keyboard.type(String(sbp))
  await page.keyboard.press('Enter')
  await page.keyboard.type('82')
  await page.keyboard.press('Enter')
  await page.keyboard.type('66.5')
  for (const [key, text] of [['heart_rate', '74'], ['smoke', '0'], ['drink', '0'], ['sport_times', '5'], ['sport_minutes', '30']] as const) {
    await field(page, key).locator('input').focus()
    await page.keyboard.type(text)
  }
  for (const key of ['salt', 'psychology', 'compliance_behaviour', 'med_adherence', 'adr']) {
    await field(page, key).locator('input').first().focus()
    await page.keyboard.press('1')
  }
}

test('a routine visit from start to finish by keyboard, assessed while typing', async ({ page, request }) => {
  const person = await hypertensive(request, 'inst01', 5)
  const { get } = await api(request, 'inst01')
  const before = await count(get, person.id)
  await signIn(page, 'inst01', `/residents/${person.id}/followup?program=hypertension`)
  await expect(field(page, 'sbp')).toBeVisible()
  await typeVisit(page, 184)
  await expect(page.getByRole('alert').filter({ hasText: '危急情况' }).first()).toBeVisible()
  await soundAtBothSizes(page)
  await field(page, 'sbp').locator('input').fill('128')
  await expect(page.locator('.verdict')).toContainText('控制满意')
  await expect(page.getByRole('alert').filter({ hasText: '危急情况' })).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: /随访已登记/ })).toBeFocused()
  await expect(page.locator('.verdict')).toContainText('下次随访')
  expect(await count(get, person.id)).toBe(before + 1)
})

test('what is missing is named, and nothing is sent', async ({ page, request }) => {
  const person = await hypertensive(request, 'inst01', 6)
  await signIn(page, 'inst01', `/residents/${person.id}/followup?program=hypertension`)
  let sent = 0
  page.on('request', (r) => { if (r.method() === 'POST' && r.url().endsWith('/followups')) sent++ })
  await field(page, 'sbp').locator('input').fill('999')
  await expect(field(page, 'sbp').getByRole('alert')).toContainText('60 到 300')
  await page.keyboard.press('Control+Enter')
  await expect(field(page, 'symptoms').getByRole('alert')).toContainText('症状为必填')
  await expect(field(page, 'symptoms').locator('input').first()).toBeFocused()
  expect(sent).toBe(0)
})

test('one value serves two programmes of the visit', async ({ page, request }) => {
  const { get } = await api(request, 'inst01')
  const both = (await get<{ items: { id: string; populations: { code: string }[] }[] }>('/residents?population=05&limit=100')).items.find((r) => r.populations.some((p) => p.code === '04'))
  await signIn(page, 'inst01', `/residents/${both?.id}/followup?program=hypertension`)
  await page.locator('label').filter({ hasText: /^2型糖尿病$/ }).click()
  const other = page.locator('[data-program=diabetes] [data-key=sbp] input')
  await expect(other).toBeVisible()
  await field(page, 'sbp').locator('input').fill('136')
  await expect(other).toHaveValue('136')
})

test('the network fails during the save: a closed tab later the same visit is handed in once', async ({ page, context, request }) => {
  const person = await hypertensive(request, 'inst01', 7)
  const { get } = await api(request, 'inst01')
  const before = await count(get, person.id)
  const path = `/residents/${person.id}/followup?program=hypertension`
  await signIn(page, 'inst01', path)
  await expect(field(page, 'sbp')).toBeVisible()
  await typeVisit(page, 132)
  // The request arrives and is answered; the answer is lost.
  await page.route('**/api/v1/followups', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await route.fetch()
    return route.abort()
  })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').filter({ hasText: '不知道是否已提交' })).toBeVisible()
  expect(await count(get, person.id)).toBe(before + 1)
  await expect(field(page, 'sbp').locator('input')).not.toBeEditable()
  await page.close()

  const again = await context.newPage()
  await again.goto(url(path))
  await expect(again.getByText(/已恢复/)).toBeVisible()
  await expect(field(again, 'sbp').locator('input')).toHaveValue('132')
  await again.getByRole('button', { name: /提交/ }).click()
  await expect(again.getByRole('heading', { name: /随访已登记/ })).toBeVisible()
  expect(await count(get, person.id)).toBe(before + 1)
})

test('a draft outlives its tab, and is thrown away only on purpose', async ({ page, context, request }) => {
  const person = await hypertensive(request, 'inst01', 8)
  const path = `/residents/${person.id}/followup?program=hypertension`
  await signIn(page, 'inst01', path)
  await field(page, 'sbp').locator('input').fill('141')
  await expect(page.getByText(/草稿已保存/)).toBeVisible()
  await page.close()
  const again = await context.newPage()
  await again.goto(url(path))
  await expect(field(again, 'sbp').locator('input')).toHaveValue('141')
  await again.getByRole('button', { name: '放弃草稿' }).click()
  await again.getByRole('dialog').getByRole('button', { name: '放弃草稿' }).click()
  await expect(field(again, 'sbp').locator('input')).toHaveValue('')
  await again.reload()
  await expect(field(again, 'sbp').locator('input')).toHaveValue('')
})

test('the session ends in mid-form: the password goes on where one was', async ({ page, request }) => {
  const person = await hypertensive(request, 'inst01', 9)
  const { get } = await api(request, 'inst01')
  const before = await count(get, person.id)
  let bearer = ''
  page.on('request', (r) => { bearer = r.headers().authorization ?? bearer })
  await signIn(page, 'inst01', `/residents/${person.id}/followup?program=hypertension`)
  await expect(field(page, 'sbp')).toBeVisible()
  await typeVisit(page, 126)
  await expect(page.locator('.verdict')).toBeVisible()
  expect((await request.post(url('/api/v1/auth/logout'), { headers: { Authorization: bearer } })).status()).toBe(204)
  await page.keyboard.press('Control+Enter')
  const lock = page.getByRole('dialog', { name: '屏幕已锁定' })
  await expect(lock).toContainText('登录已失效')
  await lock.getByLabel('密码').fill(login('inst01').password)
  await page.keyboard.press('Enter')
  await expect(lock).toBeHidden()
  await expect(field(page, 'sbp').locator('input')).toHaveValue('126')
  await page.getByRole('button', { name: /提交/ }).click()
  await expect(page.getByRole('heading', { name: /随访已登记/ })).toBeVisible()
  expect(await count(get, person.id)).toBe(before + 1)
})
