import { percent, yuan } from '@/common/format'
import { t } from '@/texts'
import type { components } from '@/api/schema'

export type Settlement = components['schemas']['Settlement']
export type SettlementDetail = components['schemas']['SettlementDetail']
type Line = components['schemas']['SettlementLine']
export const tones = { draft: 'warn', closed: 'good', discarded: 'plain' } as const

/** What a line counted, in the words of its kind. */
export function counted(kind: Settlement['kind'], l: Line): string {
  if (!l.count) return ''
  if (l.kind === 'sum') return kind === 'fee' ? t('settlement.contracts', { n: l.count }) : String(l.count)
  return l.kind === 'staff' ? t('settlement.visits', { n: l.count }) : t('settlement.points', { n: (l.count / 100).toFixed(2) })
}

/** What a line was divided by. */
export function basis(kind: Settlement['kind'], l: Line): string {
  if (!l.weight) return ''
  if (l.kind === 'tier') return t('settlement.ofTen', { n: l.weight })
  return kind === 'fee' && l.kind !== 'staff' ? percent(l.weight / 100) : String(l.weight)
}

/** An amount with separators. */
export function money(cents: number): string {
  return yuan(cents).replace(/\B(?=(\d{3})+(?=\.))/g, ',')
}

/** Cents of an amount in yuan. */
export function cents(amount: number | undefined): number {
  return Math.round((amount ?? 0) * 100)
}

/** The percentage a worksheet of fees was made with. */
export function shareOf(s: SettlementDetail | undefined, kind: 'pool' | 'team'): number | undefined {
  const line = s?.lines?.find((l) => l.kind === kind)
  return line && line.weight / 100
}

/** What makes a division the correction of another. */
export const correctionOf = (s: Settlement | undefined, reason: string) => (s ? { corrects_id: s.id, reason: reason.trim() } : {})
