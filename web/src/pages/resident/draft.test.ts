import { describe, expect, it } from 'vitest'
import { changes, differences, draftOf, theirsOnly, type Page } from './draft'

const base = { name: '郝俊东', sex: '1', birth_date: '1968-01-24', id_number: '370***0018', phone: '199****0008', address: '榴园社区***', permanent: true, version: 1 } as Page

describe('a correction', () => {
  it('sends only what was changed, and no mask', () => {
    expect(changes(base, draftOf(base))).toEqual({})
    expect(changes(base, { ...draftOf(base), name: '郝俊栋', phone: '19912345678' })).toEqual({ name: '郝俊栋', phone: '19912345678' })
  })
  it('shows where two people differ, and who changed what', () => {
    const newest = { ...base, name: '郝军东', permanent: false, version: 2 }
    const mine = { ...draftOf(base), name: '郝俊栋', birth_date: '1968-01-25' }
    const d = differences(base, newest, mine)
    expect(d.map((x) => [x.key, x.both])).toEqual([['name', true], ['birth_date', false]])
    expect(theirsOnly(base, newest, mine).map((x) => x.label)).toEqual(['resident.permanent'])
  })
  it('asks nothing where both typed the same', () => {
    expect(differences(base, { ...base, name: '郝俊栋' }, { ...draftOf(base), name: '郝俊栋' })).toEqual([])
  })
})
