// The dashboard's columns of numbers as a table. Pure; the tests are beside it.
import type { components } from '@/api/schema'

type Dashboard = components['schemas']['Dashboard']
export const measures = ['rate', 'fulfilment', 'fulfilment_persons', 'confirmed_fulfilment', 'renewal_expiry'] as const
export type Measure = (typeof measures)[number]

export interface Cell { value: number | null; residents: number; signed: number; reached: boolean | null }

/** A row a scope, a cell a population. Only a contract rate has a target. */
export function matrix(d: Dashboard, measure: Measure, national: (population: string) => number | null): { id: string; name: string; cells: Cell[] }[] {
  return (d.scopes ?? []).map((s, i) => ({
    id: s.id, name: s.name,
    cells: (d.populations ?? []).map((p, j) => {
      const value = d[measure]?.[i]?.[j] ?? null
      const target = measure === 'rate' ? (p.target ?? national(p.code)) : null
      return { value, residents: d.residents?.[i]?.[j] ?? 0, signed: d.signed?.[i]?.[j] ?? 0, reached: value === null || target === null ? null : value >= target }
    }),
  }))
}
