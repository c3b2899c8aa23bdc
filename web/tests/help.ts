import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { totp } from '../scripts/totp.mjs'

export interface Login { role: string; username: string; password: string; otp_secret?: string }
export const logins = (): Login[] => (JSON.parse(process.env.JIAYI_LOGINS ?? '{"logins":[]}') as { logins: Login[] }).logins
export const login = (username: string): Login => logins().find((l) => l.username === username) as Login
export const url = (path: string): string => (process.env.JIAYI_BASE ?? '') + path

/** The page, watched: an error on its console, or a script the policy stops, fails the test. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const wrong: string[] = []
    page.on('pageerror', (e) => wrong.push(e.message))
    page.on('console', (m) => {
      // A refused request is written to the console by the browser itself.
      if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) wrong.push(m.text())
    })
    await use(page)
    expect(wrong).toEqual([])
  },
})
export { expect, totp }

export async function signIn(page: Page, username: string, path = '/'): Promise<void> {
  const l = login(username)
  await page.goto(url('/sign-in?next=' + encodeURIComponent(path)))
  await page.getByLabel('用户名').fill(l.username)
  await page.getByLabel('密码').fill(l.password)
  await page.getByRole('button', { name: '登录' }).click()
  if (l.otp_secret) {
    await page.getByLabel('动态验证码').fill(totp(l.otp_secret))
    await page.getByRole('button', { name: '登录' }).click()
  }
  await expect(page.locator('main#main')).toBeVisible()
}

const credentials = ({ username, password, otp_secret }: Login) => ({ username, password, ...(otp_secret ? { otp: totp(otp_secret) } : {}) })

// An access token lives fifteen minutes; each worker asks once for all its tests.
const tokens = new Map<string, { token: string; until: number }>()

/** Asks the API beside the page, with an access token of its own. */
export async function api(request: APIRequestContext, username: string): Promise<Asking> {
  const have = tokens.get(username)
  if (have && have.until > Date.now()) return asking(request, have.token)
  const answer = await request.post(url('/api/v1/auth/staff'), { data: credentials(login(username)) })
  expect(answer.status()).toBe(200)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  tokens.set(username, { token, until: Date.now() + 10 * 60_000 })
  return asking(request, token)
}

interface Application { id: string; team: { name: string }; resident: { id: string; name: string } }

/** Who waits for the first team. Files run side by side: today.spec.ts uses up the last of them, sign.spec.ts the first. */
export async function applications(request: APIRequestContext): Promise<Application[]> {
  const { get } = await api(request, 'lead001')
  return (await get<{ items: Application[] }>('/contracts?status=applied&limit=100')).items
}

interface Asking { get: <T>(path: string) => Promise<T>; post: <T>(path: string, data?: unknown) => Promise<T>; token: string }

function asking(request: APIRequestContext, token: string): Asking {
  const headers = { Authorization: `Bearer ${token}` }
  return {
    token,
    get: async <T>(path: string) => { const r = await request.get(url('/api/v1' + path), { headers }); expect(r.ok(), path).toBe(true); return (await r.json()) as T },
    post: async <T>(path: string, data?: unknown) => { const r = await request.post(url('/api/v1' + path), { headers, data }); expect(r.ok(), path + ' ' + (await r.text())).toBe(true); return (await r.json().catch(() => undefined)) as T },
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds. It is given to a document once: @axe-core/playwright opens a window for every run, which takes seconds. */
async function violations(page: Page): Promise<AxeResults['violations']> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run: (of: object, o: RunOptions) => Promise<AxeResults> } }).axe
    return (await run({ exclude: ['.el-message'] }, { resultTypes: ['violations'] })).violations // not what was said of the last step: it fades
  })
}

/** No serious or critical fault of accessibility, and nothing wider than the screen. */
export async function sound(page: Page): Promise<void> {
  // What is fading in or out is looked at when it has.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => undefined))).then(() => undefined))
  const grave = (await violations(page)).filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(grave.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`)).toEqual([])
  // The shell hides what is too wide for it: the page within is measured too.
  expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector('main')?.getBoundingClientRect().right ?? 0].every((w) => w <= innerWidth))).toBe(true)
}

/** The same at the two sizes the workbench is made for. */
export async function soundAtBothSizes(page: Page): Promise<void> {
  await sound(page)
  await page.setViewportSize({ width: 800, height: 1280 })
  await sound(page)
  await page.setViewportSize({ width: 1366, height: 768 })
}

/** Chooses from a list by its label and the words of the choice. */
export async function choose(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.locator('.el-select').filter({ has: page.getByRole('combobox', { name: label, exact: typeof label === 'string' }) }).click()
  await page.locator('.el-select-dropdown:visible').getByRole('option', { name: option, exact: typeof option === 'string' }).first().click()
  await expect(page.locator('.el-select-dropdown:visible')).toHaveCount(0)
}

/** Today in Shanghai. */
export const shanghaiDay = (ahead = 0): string => new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10)

export interface Person { id: string; name: string; version: number; populations: { code: string }[] }

/** A resident of the team with hypertension, of whom nobody else of the tests makes use. */
export async function hypertensive(request: APIRequestContext, username: string, nth: number): Promise<Person> {
  const { get } = await api(request, username)
  const list = await get<{ items: Person[] }>('/residents?population=04&limit=100')
  expect(list.items.length).toBeGreaterThan(nth)
  return list.items[nth] as Person
}

/** A grown-up resident of the first team. */
export async function someone(request: APIRequestContext, nth: number): Promise<Person> {
  const { get } = await api(request, 'lead001')
  const list = (await get<{ items: (Person & { age: number; team_id: string })[] }>('/residents?limit=100')).items.filter((r) => r.age >= 18 && r.team_id === '1')
  expect(list.length).toBeGreaterThan(nth)
  return list[nth] as Person
}

/** Finds one of many by typing: the field by its label, the words typed, the choice by its words. */
export async function find(page: Page, label: string | RegExp, typed: string, option: string | RegExp = new RegExp('^' + typed)): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.click({ force: true }) // what is chosen already may lie over it
  await box.fill(typed)
  await page.locator('.el-select-dropdown:visible').getByRole('option', { name: option }).first().click()
  await box.press('Tab') // where several can be chosen the list stays open
  await expect(page.locator('.el-select-dropdown:visible')).toHaveCount(0) // a list that is still closing takes the next click for its own
}

/** Signs by hand in the place to sign. */
export async function signByHand(page: Page, name: RegExp | string): Promise<void> {
  const pad = page.getByRole('group', { name }).locator('canvas')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no place to sign')
  await page.mouse.move(box.x + 60, box.y + 90)
  await page.mouse.down()
  for (const [x, y] of [[100, 40], [130, 120], [170, 50], [210, 110], [260, 60]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 4 })
  await page.mouse.up()
}

/** The buttons of a case, and what a move asks before it is made. */
export async function move(page: Page, name: string, fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
  await page.getByRole('region', { name: '办理' }).getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog', { name, exact: true })
  await expect(dialog).toBeVisible()
  await fill?.(dialog)
  await dialog.getByRole('button', { name, exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** A resident of the demonstration asks the API by the phone. */
export async function phone(request: APIRequestContext, code: string): Promise<Awaited<ReturnType<typeof api>>> {
  const answer = await request.post(url('/api/v1/auth/wechat'), { data: { code } })
  expect(answer.status()).toBe(200)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return asking(request, token)
}

/** Signs out by the menu, and in as someone else. */
export async function change(page: Page, username: string, path = '/'): Promise<void> {
  await page.locator('details.account summary').click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible()
  await signIn(page, username, path)
}
