// Where in the district one looks, and what lies below. Pure; the tests are beside it.
import type { GetParams } from '@/api/client'
import type { Me } from '@/session/session'
import type { components } from '@/api/schema'

export type Rate = components['schemas']['Rate']
export type Ranked = components['schemas']['MonthRate']
type Ranking = NonNullable<NonNullable<GetParams<'/api/v1/stats/ranking'>>['query']>
type Query = NonNullable<NonNullable<GetParams<'/api/v1/stats/contract-rates'>>['query']>
export type Kind = 'district' | 'institution' | 'team' | 'village'

/** The place looked at: an institution, a team of it, or the whole district. */
export interface Place { kind: 'district' | 'institution' | 'team'; institution?: string; team?: string }

/** The place of the address; without one, the person's own. */
export function placeOf(query: Record<string, unknown>, me: Me | null): Place {
  const text = (k: string) => (typeof query[k] === 'string' && query[k] !== '' ? (query[k] as string) : undefined)
  const institution = text('institution') ?? me?.institution?.id
  if (query.at === 'district') return { kind: 'district' }
  if (text('team')) return { kind: 'team', institution, team: text('team') }
  if (text('institution')) return { kind: 'institution', institution }
  switch (me?.role) {
    case 'institution_manager':
      return { kind: 'institution', institution }
    case 'team_lead':
    case 'doctor':
    case 'nurse':
      return me.teams?.length ? { kind: 'team', institution, team: me.teams[0]?.id } : { kind: 'institution', institution }
  }
  return { kind: 'district' }
}

/** The question whose answer holds the place's own row. */
export function ownQuery(p: Place, population: string, on?: string): Query {
  return { by: p.kind, population, ...(p.kind === 'team' && p.institution ? { within: p.institution } : {}), ...(on ? { on } : {}) }
}

/** Whether a row is the place's own. */
export function isOwn(p: Place, r: Rate): boolean {
  return p.kind === 'district' || r.scope.id === (p.kind === 'team' ? p.team : p.institution)
}

/** The level below. */
export function below(p: Place): Kind {
  return p.kind === 'district' ? 'institution' : p.kind === 'institution' ? 'team' : 'village'
}

/** The question for the level below, with its places and its change since last month. */
export function belowQuery(p: Place, population: string): Ranking {
  const inside = p.kind === 'institution' ? { institution_id: p.institution } : p.kind === 'team' ? { team_id: p.team } : {}
  return { by: below(p) as Ranking['by'], population, ...inside }
}

/** Rows from the best rate down; those without a value last. */
export function sorted(rows: readonly Ranked[]): Ranked[] {
  return [...rows].sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1))
}

/** The national goals for 2035 (domain §1.9), where the district set none. */
export function nationalTarget(population: string): number | null {
  return population === 'all' ? 75 : population === 'key' ? 85 : null
}
