import { describe, expect, it } from 'vitest'
import { lackOf, ownCents, partyOf, suited, type Package, type Resident } from './sign'

const resident = (over: Partial<Resident> = {}) => ({ id: '1', name: '张秀英', age: 70, signed: false, status: 'living', populations: [{ code: '04', label: '高血压' }], ...over }) as Resident
const packages = [{ id: '1', base: true, active: true, own_cents: 0 }, { id: '2', population: '04', active: true, own_cents: 2000 }, { id: '3', population: '05', active: true, own_cents: 900 }, { id: '4', active: false, own_cents: 1 }] as Package[]

describe('signing on site', () => {
  it('offers the packages of the own populations that are still signed', () => {
    expect(suited(packages, resident()).map((p) => p.id)).toEqual(['1', '2'])
    expect(ownCents(packages, ['2'])).toBe(2000)
  })
  it('asks one thing after the other', () => {
    const p = partyOf(resident(), true)
    expect(lackOf([p], undefined, true)?.lack).toBe('needTeam')
    expect(lackOf([p], '1', true)?.lack).toBe('needCheck')
    p.checked = 'card'
    expect(lackOf([p], '1', false)).toBeNull()
    expect(lackOf([p], '1', true)?.lack).toBe('needRead')
    p.read = true
    expect(lackOf([p], '1', true)).toEqual({ lack: 'needSign', name: '张秀英' })
    p.signature = 'data:image/png;base64,'
    expect(lackOf([p], '1', true)).toBeNull()
  })
  it('wants a guardian for a minor, and leaves out who has signed already', () => {
    const child = { ...partyOf(resident({ age: 17 }), true), checked: 'other' as const }
    expect(lackOf([child], '1', true)?.lack).toBe('needSigner')
    expect(lackOf([partyOf(resident({ signed: true }), true)], '1', true)?.lack).toBe('needMember')
  })
})
