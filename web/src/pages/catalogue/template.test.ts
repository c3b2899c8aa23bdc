import { describe, expect, it } from 'vitest'
import { inForce } from './template'

describe('the agreement text in force', () => {
  it('is the newest that has begun', () => {
    const list = [{ version: 1, begins_on: '2020-01-01' }, { version: 3, begins_on: '2026-12-01' }, { version: 2, begins_on: '2026-11-27' }]
    expect(inForce(list, '2026-11-26')).toBe(1)
    expect(inForce(list, '2026-11-27')).toBe(2)
    expect(inForce(list, '2027-01-01')).toBe(3)
    expect(inForce([], '2027-01-01')).toBeUndefined()
  })
})
