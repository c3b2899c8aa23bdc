import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import type { Subscription } from '@/api/types'
import { offerNotices, requestFor, subscriptions, worthAsking } from './subscribe'

vi.mock('@/api/client', () => ({ api: { get: vi.fn(), post: vi.fn() } }))

const now = Date.parse('2026-11-26T10:00:00Z')
const row = (template: Subscription['template'], more: Partial<Subscription> = {}): Subscription => ({ template, label: template, template_id: `t-${template}`, left: 0, ask: false, ...more })

describe('which notices to offer', () => {
  it('asks for what tells how it goes on, then for what the server wants, three at most', () => {
    const all = [row('appointment', { ask: true }), row('followup', { ask: true }), row('contract'), row('medicine', { ask: true }), row('renewal')]
    expect(worthAsking(all, ['contract', 'renewal'], now).map((s) => s.template)).toEqual(['contract', 'renewal', 'appointment'])
  })
  it('asks nothing while one is left, where there is no template, or soon after a no', () => {
    const no = { answer: 'reject' as const, answered_at: '2026-11-25T10:00:00Z' }
    for (const s of [row('contract', { left: 1 }), row('contract', { template_id: undefined }), row('contract', no)]) expect(worthAsking([s, row('medicine', { ask: true })], ['contract'], now)).toEqual([])
    expect(worthAsking([row('contract', { ...no, answered_at: '2026-11-01T10:00:00Z' })], ['contract'], now)).toHaveLength(1)
  })
})

describe('the question of WeChat', () => {
  const answers = vi.fn<() => Record<string, string> | undefined>()
  const modal = vi.fn((o: { success(r: { confirm: boolean }): void }) => o.success({ confirm: true }))
  beforeEach(() => {
    vi.clearAllMocks()
    subscriptions.value = [row('contract'), row('followup')]
    vi.stubGlobal('uni', {
      showModal: modal,
      requestSubscribeMessage: (o: { success(r: unknown): void; fail(): void }) => (answers() ? o.success(answers()) : o.fail()),
    })
    vi.mocked(api.post).mockResolvedValue({ items: [row('contract', { left: 1 })] })
  })

  it('is asked in plain words first, and its answers go to the server by family', async () => {
    answers.mockReturnValue({ errMsg: 'ok', 't-contract': 'accept', 't-followup': 'reject' })
    await offerNotices('contract', 'followup')
    expect(modal).toHaveBeenCalledOnce()
    expect(api.post).toHaveBeenCalledWith('/me/subscriptions', { results: { contract: 'accept', followup: 'reject' } })
    expect(subscriptions.value[0]?.left).toBe(1)
  })
  it('is not asked when the person does not want it', async () => {
    modal.mockImplementationOnce((o) => o.success({ confirm: false }))
    await offerNotices('contract')
    expect(answers).not.toHaveBeenCalled()
    expect(api.post).not.toHaveBeenCalled()
  })
  it('spoils nothing when WeChat refuses (20004: the main switch is off) or the server is away', async () => {
    answers.mockReturnValue(undefined)
    await requestFor(subscriptions.value)
    expect(api.post).not.toHaveBeenCalled()
    answers.mockReturnValue({ 't-contract': 'accept' })
    vi.mocked(api.post).mockRejectedValue(new Error('offline'))
    await expect(requestFor(subscriptions.value)).resolves.toBeUndefined()
  })
})
