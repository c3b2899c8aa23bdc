import { expect, it } from 'vitest'
import type { Contract } from '@/api/types'
import { standingOf } from './contract'

const c = (id: string, status: string, begin?: string, end?: string) => ({ id, status, begin_date: begin, end_date: end }) as Contract

it('tells the contract in force from one that waits for its first day', () => {
  const all = [c('1', 'active', '2026-11-27', '2027-11-26'), c('2', 'active', '2025-11-27', '2026-11-26'), c('3', 'terminated', '2024-01-01', '2024-12-31'), c('4', 'applied')]
  const on = standingOf(all, '2026-11-26')
  expect([on.current?.id, on.next?.id, on.open?.id]).toEqual(['2', '1', '4'])
  const later = standingOf(all, '2026-11-27')
  expect([later.current?.id, later.next?.id]).toEqual(['1', undefined])
})
