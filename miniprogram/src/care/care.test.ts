import { beforeEach, expect, it, vi } from 'vitest'

const had = new Map<string, unknown>()
vi.mock('@/session/store', () => ({ kept: { get: (name: string) => had.get(name), set: (name: string, v: unknown) => had.set(name, v), drop: (name: string) => had.delete(name) } }))
vi.mock('@/session/session', async () => ({ me: (await import('vue')).ref() }))

const setting = { fontSizeScaleFactor: 1 } as { fontSizeScaleFactor?: number; fontSizeSetting?: number }
vi.stubGlobal('uni', { getAppBaseInfo: () => setting })

beforeEach(() => had.clear())

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
  const { me } = await import('@/session/session')
  Object.assign(setting, { fontSizeScaleFactor: 2, fontSizeSetting: undefined })
  followSystemFont()
  me.value = { resident: { id: '1' } } as typeof me.value
  setCare(false)
  expect(care.value).toBe(false)
  me.value = { resident: { id: '2' } } as typeof me.value
  expect(care.value).toBe(true)
  me.value = { staff_id: '3' } as typeof me.value
  setCare(false)
  expect(care.value).toBe(false)
  me.value = undefined
  expect(care.value).toBe(true)
})
