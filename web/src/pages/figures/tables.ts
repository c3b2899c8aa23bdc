import { computed, type ComputedRef } from 'vue'
import { useGet } from '@/api/query'
import { percent } from '@/common/format'
import { can } from '@/session/session'
import { t, type TextKey } from '@/texts'
import type { Problem } from '@/api/problem'
import type { components } from '@/api/schema'

// The figures of cases as plain tables: a row a scope, a column a number.

export type TabName = 'referrals' | 'appointments' | 'complaints' | 'discharges' | 'consults' | 'surveys' | 'events' | 'partners' | 'homes'
export interface Period { by: string; from: string; to: string; quarter: string }
export interface Cell { text: string; note?: string }
export interface Figures { loading: boolean; problem: Problem | null; retry: () => void; columns: string[]; rows: { name: string; cells: Cell[] }[]; about: string }

type Ratio = components['schemas']['Ratio']
const rate = (r: Ratio): Cell => ({ text: percent(r.rate), note: t('figures.ratioOf', { n: r.numerator, d: r.denominator }) })
const num = (n: number | null | undefined): Cell => ({ text: n === null || n === undefined ? '—' : String(n) })

/** A table: what it reads, who may, and its columns. */
interface Table { permission: string; scopes: readonly ('district' | 'institution' | 'team' | 'partner')[]; period: 'days' | 'quarter' | 'none'; use: (p: Period, on: () => boolean) => ComputedRef<Figures> }

interface Read<R> { isPending: { value: boolean }; error: { value: Problem | null }; refetch: () => unknown; data: { value: { rows: R[]; from?: string; to?: string; quarter?: string } | undefined } }
function figures<R>(q: Read<R>, nameOf: (r: R) => string, columns: (rows: R[]) => [string, (r: R) => Cell][]): ComputedRef<Figures> {
  return computed(() => {
    const data = q.data.value
    const cols = columns(data?.rows ?? [])
    return {
      loading: q.isPending.value, problem: q.error.value, retry: () => void q.refetch(), columns: cols.map((c) => c[0]),
      rows: (data?.rows ?? []).map((r) => ({ name: nameOf(r), cells: cols.map((c) => c[1](r)) })),
      about: data?.quarter ? t('figures.showing', { q: data.quarter }) : data?.from ? t('figures.period', { from: data.from, to: data.to }) : '',
    }
  })
}
const h = (key: string) => t(('figures.' + key) as TextKey)
const scope = (r: { scope: components['schemas']['Scope'] }) => r.scope.name
const all = ['district', 'institution', 'team'] as const
type By = 'district' | 'institution' | 'team'
const days = (p: Period) => ({ query: { by: p.by as By, ...(p.from ? { from: p.from } : {}), ...(p.to ? { to: p.to } : {}) } })

export const tables: Record<TabName, Table> = {
  referrals: {
    permission: 'stats.read', scopes: all, period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/referrals', () => days(p), { enabled: on }) as never as Read<components['schemas']['ReferralFigures']>, scope, () => [
      [h('up'), (r) => num(r.up)], [h('down'), (r) => num(r.down)], [h('across'), (r) => num(r.across)], [h('threeHigh'), (r) => num(r.three_high)], [h('arrival'), (r) => rate(r.arrival)], [h('onTime'), (r) => rate(r.on_time)], [h('followedUp'), (r) => rate(r.followed_up)],
    ]),
  },
  appointments: {
    permission: 'stats.read', scopes: all, period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/appointments', () => days(p), { enabled: on }) as never as Read<components['schemas']['AppointmentRate']>, scope, () => [
      [h('noShow'), (r) => rate(r.no_show)], [h('bySigned'), (r) => rate(r.by_signed)], [h('released'), (r) => rate(r.released)], [h('releasedUsed'), (r) => rate(r.released_used)],
    ]),
  },
  complaints: {
    permission: 'complaint.read', scopes: all, period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/complaints', () => days(p), { enabled: on }) as never as Read<components['schemas']['ComplaintRates']>, scope, () => [
      [h('received'), (r) => num(r.received)], [h('replyOnTime'), (r) => rate(r.on_time)], [h('atOnce'), (r) => rate(r.at_once)], [h('satisfied'), (r) => rate(r.satisfied)], [h('resolved'), (r) => rate(r.resolved)],
    ]),
  },
  discharges: {
    permission: 'stats.read', scopes: all, period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/discharges', () => days(p), { enabled: on }) as never as Read<components['schemas']['DischargeFigures']>, scope, (rows) => [
      [h('notices'), (r) => num(r.notices)], [h('handOver'), (r) => rate(r.hand_over)],
      ...(rows[0]?.levels ?? []).map((l, n) => [l.label, (r: components['schemas']['DischargeFigures']) => rate((r.levels[n] ?? l).on_time)] as [string, (r: components['schemas']['DischargeFigures']) => Cell]),
    ]),
  },
  consults: {
    permission: 'stats.read', scopes: all, period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/consults', () => days(p), { enabled: on }) as never as Read<components['schemas']['ConsultFigures']>, scope, (rows) => {
      const kinds = new Map(rows.flatMap((r) => r.kinds.map((k) => [k.kind, k.label] as const)))
      return [[h('total'), (r) => num(r.total)], ...[...kinds].map(([kind, label]) => [label, (r: components['schemas']['ConsultFigures']) => {
        const k = r.kinds.find((x) => x.kind === kind)
        return k ? { text: String(k.total), note: percent(k.on_time.rate) } : num(0)
      }] as [string, (r: components['schemas']['ConsultFigures']) => Cell])]
    }),
  },
  surveys: {
    permission: 'survey.read', scopes: all, period: 'quarter',
    use: (p, on) => figures(useGet('/api/v1/stats/surveys', () => ({ query: { by: p.by as By, ...(p.quarter ? { quarter: p.quarter } : {}) } }), { enabled: on }) as never as Read<components['schemas']['SurveyRow']>, scope, () => [
      [h('n'), (r) => (r.suppressed ? { text: h('suppressed') } : num(r.n))], [h('mean'), (r) => num(r.mean)], [h('satisfaction'), (r) => (r.satisfied ? rate(r.satisfied) : num(null))], [h('aware'), (r) => (r.aware ? rate(r.aware) : num(null))],
    ]),
  },
  events: {
    permission: 'event.write', scopes: ['district', 'institution'], period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/events', () => days(p) as never, { enabled: on }) as never as Read<components['schemas']['EventStats']>, scope, () => [
      [h('held'), (r) => num(r.held)], [h('attendance'), (r) => num(r.attendance)], [h('consultations'), (r) => num(r.consultations)], [h('materials'), (r) => num(r.materials)], [h('signed'), (r) => num(r.signed)],
    ]),
  },
  partners: {
    permission: 'stats.read', scopes: ['partner', 'team'], period: 'days',
    use: (p, on) => figures(useGet('/api/v1/stats/partners', () => days(p) as never, { enabled: on }) as never as Read<components['schemas']['Contribution']>, (r) => r.name, () => [
      [h('links'), (r) => num(r.links)], [h('sessions'), (r) => num(r.sessions)], [h('hours'), (r) => num(r.hours)], [h('people'), (r) => num(r.people)], [h('kept'), (r) => rate(r.kept)],
    ]),
  },
  homes: {
    permission: 'agreement.read', scopes: ['district', 'institution'], period: 'none',
    use: (p, on) => figures(useGet('/api/v1/stats/home-agreements', () => ({ query: { by: p.by as 'district' } }), { enabled: on }) as never as Read<components['schemas']['HomeStats']>, scope, () => [
      [h('homes'), (r) => num(r.homes)], [h('beds'), (r) => num(r.beds)], [h('integrated'), (r) => num(r.integrated)], [h('rounds'), (r) => rate(r.rounds)],
    ]),
  },
}

export const mine = (): TabName[] => (Object.keys(tables) as TabName[]).filter((k) => can(tables[k].permission))
