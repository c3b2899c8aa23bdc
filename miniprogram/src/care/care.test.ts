import { beforeEach, expect, it, vi } from 'vitest'

const had = new Map<string, unknown>()
vi.mock('@/session/store', () => ({ kept: { get: (name: string) => had.get(name), set: (name: string, v: unknown) => had.set(name, v), drop: (name: string) => had.delete(name) } }))
vi.mock('@/session/session', async () => {
  const me = (await import('vue')).ref<unknown>()
  return { me, keepMe: (told: unknown) => void (me.value = told) }
})
const server = vi.hoisted(() => ({ away: false, told: [] as string[] }))
vi.mock('@/api/client', () => ({
  api: {
    post: async (_: string, body: { care_mode: string }) => {
      await Promise.resolve()
      if (server.away) throw new Error('no answer')
      server.told.push(body.care_mode)
      return body
    },
  },
}))

const setting = { fontSizeScaleFactor: 1 } as { fontSizeScaleFactor?: number; fontSizeSetting?: number }
vi.stubGlobal('uni', { getAppBaseInfo: () => setting })

/** Who is signed in, as GET /me told. */
async function signIn(who?: { resident?: { id: string }; account_id?: string; care_mode?: string }) {
  const { me } = await import('@/session/session')
  me.value = who as typeof me.value
  return me
}
beforeEach(async () => {
  await signIn()
  had.clear()
  Object.assign(server, { away: false, told: [] })
})

it('follows the font setting of WeChat, whichever way its version tells it', async () => {
  const { care, followSystemFont } = await import('./care')
  for (const [factor, size, on] of [[1, 17, false], [1.29, undefined, false], [1.3, undefined, true], [undefined, 19, false], [undefined, 20, true], [undefined, undefined, false]] as const) {
    Object.assign(setting, { fontSizeScaleFactor: factor, fontSizeSetting: size })
    followSystemFont()
    expect(care.value, `${factor} ${size}`).toBe(on)
  }
})

it('lets the choice of the account stand above it, each account for itself', async () => {
  const { care, followSystemFont, setCare } = await import('./care')
  Object.assign(setting, { fontSizeScaleFactor: 2, fontSizeSetting: undefined })
  followSystemFont()
  await signIn({ resident: { id: '1' }, care_mode: 'auto' })
  await setCare('off')
  expect(care.value).toBe(false)
  await signIn({ resident: { id: '2' }, care_mode: 'auto' })
  expect(care.value).toBe(true)
  await signIn({ account_id: '3', care_mode: 'auto' })
  await setCare('off')
  expect(care.value).toBe(false)
  await setCare('auto')
  expect(care.value).toBe(true)
  expect(server.told).toEqual(['off', 'off', 'auto'])
  await signIn()
  expect(care.value).toBe(true)
})

it('takes the choice of the account over on a phone that knows nothing of it', async () => {
  const { care } = await import('./care')
  Object.assign(setting, { fontSizeScaleFactor: 1 })
  await signIn({ resident: { id: '1' }, care_mode: 'on' })
  expect(care.value).toBe(true)
  await signIn({ resident: { id: '1' }, care_mode: 'off' })
  expect(care.value).toBe(false)
  expect([...had.keys()]).toEqual([])
})

it('shows a choice at once without signal and sends the last one when there is some, under its own account', async () => {
  const { care, sendCare, setCare } = await import('./care')
  server.away = true
  await signIn({ resident: { id: '1' }, care_mode: 'auto' })
  await Promise.all([setCare('off'), setCare('on')])
  expect(care.value).toBe(true)
  await signIn()
  server.away = false
  await signIn({ resident: { id: '2' }, care_mode: 'off' })
  await sendCare()
  expect(care.value).toBe(false)
  expect(server.told).toEqual([])
  const me = await signIn({ resident: { id: '1' }, care_mode: 'auto' })
  await sendCare()
  expect(server.told).toEqual(['on'])
  expect(me.value?.care_mode).toBe('on')
  expect([...had.keys()]).toEqual([])
})

it('ends at what was tapped last, however fast', async () => {
  const { care, setCare } = await import('./care')
  const me = await signIn({ resident: { id: '1' }, care_mode: 'auto' })
  await Promise.all([setCare('on'), setCare('off'), setCare('on'), setCare('off')])
  expect(server.told.at(-1)).toBe('off')
  expect(me.value?.care_mode).toBe('off')
  expect(care.value).toBe(false)
})

it('gives a choice made before signing in to an account that has none, and to no other', async () => {
  const { care, sendCare, setCare } = await import('./care')
  for (const [account, becomes] of [['auto', 'on'], ['off', 'off']] as const) {
    await signIn()
    await setCare('on')
    expect(care.value).toBe(true)
    const me = await signIn({ resident: { id: '1' }, care_mode: account })
    await sendCare()
    expect(me.value?.care_mode).toBe(becomes)
    expect([...had.keys()]).toEqual([])
  }
})
