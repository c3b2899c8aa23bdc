import { api } from '@/api/client'
import type { Contract } from '@/api/types'
import { today } from './dates'

/** A person's contracts by what they mean today. */
export interface Standing {
  /** In force today. */
  current?: Contract
  /** Waits for the team or for the resident. */
  open?: Contract
  /** Signed, begins later. */
  next?: Contract
  all: Contract[]
}

/** Sorts contracts by what they mean on a day (domain §1.6). */
export function standingOf(all: Contract[], on = today()): Standing {
  const active = all.filter((c) => c.status === 'active')
  return {
    current: active.find((c) => (c.begin_date ?? '') <= on && on <= (c.end_date ?? '')),
    next: active.find((c) => (c.begin_date ?? '') > on),
    open: all.find((c) => c.status === 'applied' || c.status === 'offered'),
    all,
  }
}

/** Loads them. */
export const loadStanding = async (id: string) => standingOf((await api.get('/contracts', { query: { resident_id: id } })).items ?? [])
