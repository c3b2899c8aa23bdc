import { describe, expect, it } from 'vitest'
import { basis, cents, correctionOf, counted, money, shareOf, type SettlementDetail } from './settlement'

describe('money of a team', () => {
  it('is counted in cents and shown in yuan', () => {
    expect(money(123456789)).toBe('1,234,567.89')
    expect(money(5)).toBe('0.05')
    expect(cents(0.29)).toBe(29)
    expect(cents(1010.1)).toBe(101010)
    expect(cents(undefined)).toBe(0)
  })
  it('corrects with the percentages of the worksheet before', () => {
    const s = { id: '7', lines: [{ step: 2, kind: 'pool', label: '', weight: 9500, count: 0, cents: 1 }, { step: 3, kind: 'team', label: '', weight: 8000, count: 0, cents: 1 }] } as unknown as SettlementDetail
    expect([shareOf(s, 'pool'), shareOf(s, 'team'), shareOf(undefined, 'team')]).toEqual([95, 80, undefined])
    expect(correctionOf(s, ' 算错了 ')).toEqual({ corrects_id: '7', reason: '算错了' })
    expect(correctionOf(undefined, '')).toEqual({})
  })
  it('says what a line counted and was divided by', () => {
    expect(basis('fee', { step: 3, kind: 'team', label: '', weight: 7000, count: 0, cents: 1 })).toBe('70.00%')
    expect(basis('surplus', { step: 2, kind: 'tier', label: '', weight: 6, count: 0, cents: 1 })).toBe('6/10')
    expect(basis('fee', { step: 4, kind: 'staff', label: '', weight: 31000, count: 3, cents: 1 })).toBe('31000')
    expect(counted('fee', { step: 4, kind: 'staff', label: '', weight: 1, count: 3, cents: 1 })).toBe('3 次随访')
    expect(counted('surplus', { step: 3, kind: 'institution', label: '', weight: 1, count: 8550, cents: 1 })).toBe('85.50 分')
  })
})
