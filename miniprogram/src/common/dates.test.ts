import { expect, it } from 'vitest'
import { addDays, clockOf, dayOf, daysBetween, sayDay } from './dates'

it('keeps Shanghai time, wherever the phone is', () => {
  expect(dayOf('2026-11-25T16:00:00Z')).toBe('2026-11-26')
  expect(dayOf('2026-11-25T15:59:59Z')).toBe('2026-11-25')
  expect(clockOf('2026-11-26T00:30:00Z')).toBe('08:30')
})

it('counts days over months and leap years', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})

it('says days as people do', () => {
  const now = '2026-11-26'
  expect(['2026-11-25', '2026-11-26', '2026-11-27', '2026-12-01', '2027-01-02'].map((d) => sayDay(d, now))).toEqual(['昨天', '今天', '明天', '12月1日', '2027年1月2日'])
})
