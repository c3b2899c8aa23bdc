import { beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { errorOf, hindrance, signOnSite, type Signer } from './signing'

vi.mock('@/api/client', () => ({ api: { get: vi.fn(), post: vi.fn() } }))

const signer = (id: string, age: number, more: Partial<Signer> = {}): Signer =>
  ({ resident: { id, age, household_id: '7' } as Signer['resident'], held: false, chosen: [], signature: `ink of ${id}`, ...more })
const guardian = { guardian_id: '16' } as Signer['guardian']

beforeEach(() => void vi.mocked(api.post).mockReset())

it('signs one person with the contract, a household with one call for all', async () => {
  vi.mocked(api.post).mockResolvedValueOnce({ no: 'A' }).mockResolvedValueOnce({ contracts: [{ no: 'B' }, { no: 'C' }] })
  expect(await signOnSite([signer('1', 70, { chosen: ['3'], identity: 'card' })], '9', 2, 'k1')).toEqual([{ no: 'A' }])
  expect(api.post).toHaveBeenLastCalledWith('/contracts', { team_id: '9', term_years: 2, resident_id: '1', package_ids: ['3'], signature: 'ink of 1', identity_check: 'card' }, { key: 'k1' })
  expect(await signOnSite([signer('1', 70), signer('2', 8, { guardian })], '9', 1, 'k2')).toHaveLength(2)
  expect(api.post).toHaveBeenLastCalledWith('/household-signings', {
    team_id: '9', term_years: 1, household_id: '7', representative_id: '1',
    members: [{ resident_id: '1', package_ids: [], signature: 'ink of 1' }, { resident_id: '2', package_ids: [], signature: 'ink of 2', signer_id: '16' }],
  }, { key: 'k2' })
})

it('says who cannot sign: who has signed, and a minor without a guardian on record', () => {
  expect(hindrance(signer('1', 70, { held: true }))).toBe('held')
  expect(hindrance(signer('2', 17))).toBe('noGuardian')
  expect(hindrance(signer('2', 17, { guardian }))).toBeUndefined()
  expect(hindrance(signer('3', 18))).toBeUndefined()
})

it('puts what the server refused beside its member', () => {
  const fields = { 'members[1].signature': '请签名', team_id: '满员' }
  expect(errorOf(fields, 1)).toBe('请签名')
  expect(errorOf(fields, 0)).toBeUndefined()
  expect(errorOf({ signature: '请签名' }, 0)).toBe('请签名')
})
