import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, session } from './client'
import { noAnswer } from './problem'

interface Call {
  url: string
  method: string
  header: Record<string, string>
}

const calls: Call[] = []
/** What the server says to each call: a status, or nothing at all. */
const server = vi.fn<(c: Call) => number | undefined>()
vi.stubGlobal('uni', {
  request: (o: Call & { success(r: { statusCode: number; data: unknown }): void; fail(): void }) => {
    calls.push({ url: o.url, method: o.method, header: o.header })
    const status = server(o)
    if (status === undefined) o.fail()
    else o.success({ statusCode: status, data: {} })
  },
})

let token = 'old'
beforeEach(() => {
  calls.length = 0
  token = 'old'
  server.mockReset()
  session.token = () => token
  session.refresh = vi.fn(async () => {
    token = 'new'
    return true
  })
  session.lost = vi.fn()
})
const keys = () => calls.map((c) => c.header['Idempotency-Key'])
const book = () => api.post('/appointments', { slot_id: '1', resident_id: '2' }, { key: 'k' })

describe('a token that has expired', () => {
  it('is renewed, and the same request goes again with the same key', async () => {
    server.mockImplementation((c) => (c.header.Authorization === 'Bearer new' ? 201 : 401))
    await book()
    expect(calls.map((c) => c.header.Authorization)).toEqual(['Bearer old', 'Bearer new'])
    expect(keys()).toEqual(['k', 'k'])
    expect(session.lost).not.toHaveBeenCalled()
  })
  it('and cannot be renewed: the person signs in again, once', async () => {
    server.mockReturnValue(401)
    session.refresh = async () => false
    await expect(book()).rejects.toMatchObject({ status: 401 })
    expect(calls).toHaveLength(1)
    expect(session.lost).toHaveBeenCalledOnce()
  })
  it('while the network is away: nobody is signed out', async () => {
    server.mockReturnValue(401)
    session.refresh = async () => Promise.reject(noAnswer())
    await expect(book()).rejects.toMatchObject({ temporary: true })
    expect(session.lost).not.toHaveBeenCalled()
  })
})

describe('a lost answer', () => {
  it('is asked for once more with the same key', async () => {
    server.mockReturnValueOnce(undefined).mockReturnValueOnce(201)
    await book()
    expect(keys()).toEqual(['k', 'k'])
  })
  it('twice is said in words', async () => {
    server.mockReturnValue(undefined)
    await expect(book()).rejects.toMatchObject({ status: 0, message: '网络不通,请检查网络后再试' })
    expect(calls).toHaveLength(2)
  })
  it('is not asked for again where the server has refused', async () => {
    server.mockReturnValue(422)
    await expect(book()).rejects.toMatchObject({ status: 422, temporary: false })
    expect(calls).toHaveLength(1)
  })
})
