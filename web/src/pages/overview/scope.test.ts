import { describe, expect, it } from 'vitest'
import { below, belowQuery, ownQuery, placeOf, sorted, type Ranked } from './scope'
import type { Me } from '@/session/session'

const boss = { role: 'district_manager', institution: { id: '1', name: '' } } as unknown as Me
const lead = { role: 'team_lead', institution: { id: '6', name: '' }, teams: [{ id: '3', name: '' }] } as unknown as Me

describe('where one looks', () => {
  it('begins at the own place and follows the address', () => {
    expect(placeOf({}, boss)).toEqual({ kind: 'district' })
    expect(placeOf({}, lead)).toEqual({ kind: 'team', institution: '6', team: '3' })
    expect(placeOf({ institution: '7' }, boss)).toEqual({ kind: 'institution', institution: '7' })
    expect(placeOf({ at: 'district' }, lead)).toEqual({ kind: 'district' })
  })
  it('drills from the district down to the village', () => {
    expect(below({ kind: 'district' })).toBe('institution')
    expect(belowQuery({ kind: 'institution', institution: '6' }, 'all')).toEqual({ by: 'team', population: 'all', institution_id: '6' })
    expect(belowQuery({ kind: 'team', institution: '6', team: '3' }, 'all')).toEqual({ by: 'village', population: 'all', team_id: '3' })
    expect(ownQuery({ kind: 'team', institution: '6', team: '3' }, 'key', '2026-10-31')).toEqual({ by: 'team', population: 'key', within: '6', on: '2026-10-31' })
  })
  it('puts the best first and those without a value last', () => {
    const rows = [70, null, 80].map((rate, n) => ({ rate, scope: { id: String(n) } }) as unknown as Ranked)
    expect(sorted(rows).map((x) => x.scope.id)).toEqual(['2', '0', '1'])
  })
})
