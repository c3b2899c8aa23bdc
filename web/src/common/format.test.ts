import { describe, expect, it } from 'vitest'
import { addDays, count, daysBetween, instant, monthEnd, none, percent, today } from './format'

describe('format', () => {
  it('knows the day of Shanghai, not of the machine', () => {
    expect(today(new Date('2026-11-25T15:59:59Z'))).toBe('2026-11-25')
    expect(today(new Date('2026-11-25T16:00:00Z'))).toBe('2026-11-26')
    expect(instant('2026-11-25T16:05:00Z')).toBe('2026-11-26 00:05')
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
