import { expect, type APIRequestContext, type Page } from '@playwright/test'
import { open, tap, test as base } from './phone'

/** What a resident's page tells of a person. */
export interface Person {
  id: string
  name: string
  age: number
  signed: boolean
  household_id?: string
}

/** A signed-in client of the API: the other side of a flow. */
export class Client {
  private constructor(private readonly request: APIRequestContext, private readonly token: string) {}

  /** A member of staff, by default a manager of the institution. */
  static async staff(request: APIRequestContext, username = 'inst01'): Promise<Client> {
    return Client.with(request, '/api/v1/auth/staff', { username, password: 'Liuyuan-2026' })
  }
  /** A WeChat user of the demonstration. */
  static async wechat(request: APIRequestContext, openid: string): Promise<Client> {
    const given = await request.post(`/demo/wechat?user=${openid}&for=login`)
    return Client.with(request, '/api/v1/auth/wechat', await given.json())
  }
  private static async with(request: APIRequestContext, url: string, data: object): Promise<Client> {
    const r = await request.post(url, { data })
    return new Client(request, ((await r.json()) as { access_token: string }).access_token)
  }
  async get<T>(path: string): Promise<T> {
    const r = await this.request.get(`/api/v1${path}`, { headers: { Authorization: `Bearer ${this.token}` } })
    expect(r.status(), `GET ${path}`).toBe(200)
    return (await r.json()) as T
  }
  async post<T>(path: string, data: object = {}): Promise<T> {
    const r = await this.request.post(`/api/v1${path}`, { data, headers: { Authorization: `Bearer ${this.token}` } })
    const text = await r.text()
    expect(r.status(), `POST ${path}: ${text}`).toBeLessThan(300)
    return (text ? JSON.parse(text) : undefined) as T
  }
  list = async <T>(path: string) => (await this.get<{ items: T[] }>(path)).items
  resident = (id: string) => this.get<Person>(`/residents/${id}`)
}

interface Relation {
  id: string
  ward_id: string
}

/** Lets the daughter act for the first adult for whom nobody acts yet; adults agree on site. */
async function entrust(staff: Client, daughter: string, candidates: string[]): Promise<[Person, Relation]> {
  for (const id of candidates) {
    const r = await staff.resident(id)
    if (r.age < 18 || (await staff.list(`/residents/${id}/guardians`)).length) continue
    return [r, await staff.post<Relation>(`/residents/${id}/guardians`, { guardian_id: daughter, relation: '97', consent: 'on_site', evidence: '本人现场委托' })]
  }
  throw new Error('nobody is left to act for')
}

/** A test with the staff's side of it, and with people whom the daughter acts for while it runs. */
export const test = base.extend<{ staff: Client; actFor: (candidates: string[]) => Promise<Person> }>({
  staff: async ({ request }, use) => use(await Client.staff(request)),
  actFor: async ({ page, request, staff }, use) => {
    const who = async (openid: string) => (await (await Client.wechat(request, openid)).get<{ resident: Person }>('/me')).resident.id
    const [daughter, elder] = [await who('demo-daughter'), await who('demo-elder')]
    const made: Relation[] = []
    await use(async (candidates) => {
      const [r, relation] = await entrust(staff, daughter, candidates.filter((id) => id !== daughter && id !== elder))
      made.push(relation)
      await signInFor(page, r.name)
      return r
    })
    for (const x of made) await staff.post(`/residents/${x.ward_id}/guardians/${x.id}/end`)
  },
})

/** Signs the daughter in and lets her act for somebody. */
async function signInFor(page: Page, name: string) {
  await open(page, 'pages/sign-in/sign-in')
  await tap(page, '女儿')
  await expect(page.getByText(',您好')).toBeVisible()
  await open(page, 'resident/family/family')
  await page.getByLabel(`替 TA 办事 ${name}`).click()
  await expect(page.locator('.banner').filter({ visible: true })).toContainText(`您正在替 ${name} 办事`)
}

/** People with a contract in force, newest first. */
export const signed = async (staff: Client, query = '') => (await staff.list<{ resident: Person }>(`/contracts?status=active&limit=100${query}`)).map((c) => c.resident.id)

/** A day so many days from today, in Shanghai. */
export const inDays = (n: number) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10)

/** A member of staff signs in on the phone. */
export async function signInStaff(page: Page, username: string) {
  await open(page, 'doctor/sign-in/sign-in')
  await page.locator('.field').filter({ hasText: '用户名' }).locator('input').fill(username)
  await page.locator('.field').filter({ hasText: '密码' }).locator('input').fill('Liuyuan-2026')
  await tap(page, '登录')
  await expect(page.getByText('找居民').first()).toBeVisible()
}
