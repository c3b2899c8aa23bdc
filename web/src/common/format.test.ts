import { describe, expect, it } from 'vitest'
import { addDays, count, daysBetween, deadline, instant, instantOf, minutesUntil, monthEnd, none, percent, today } from './format'

describe('format', () => {
  it('knows the day of Shanghai, not of the machine', () => {
    expect(today(new Date('2026-11-25T15:59:59Z'))).toBe('2026-11-25')
    expect(today(new Date('2026-11-25T16:00:00Z'))).toBe('2026-11-26')
    expect(instant('2026-11-25T16:05:00Z')).toBe('2026-11-26 00:05')
  })
  it('says a deadline at midnight as the end of the day before', () => {
    expect(deadline('2026-12-02T16:00:00Z')).toBe('2026-12-02 24:00')
    expect(deadline('2026-12-02T16:30:00Z')).toBe('2026-12-03 00:30')
    expect(minutesUntil('2026-12-02T16:30:00Z', new Date('2026-12-02T16:00:30Z'))).toBe(29)
    expect(instantOf('2026-12-03T00:30')).toBe('2026-12-02T16:30:00.000Z')
  })
  it('counts days across months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(daysBetween('2026-12-31', '2026-11-26')).toBe(-35)
    expect(monthEnd('2026-11-26', 1)).toBe('2026-10-31')
    expect(monthEnd('2026-01-10', 1)).toBe('2025-12-31')
    expect(monthEnd('2026-11-26', 9)).toBe('2026-02-28')
  })
  it('shows no value as no value', () => {
    expect(percent(null)).toBe(none)
    expect(percent(0)).toBe('0.00%')
    expect(count(514130)).toBe('514,130')
  })
})
