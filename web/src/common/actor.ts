import { t } from '@/texts'

/** Who did something, from "staff:12", "resident:3" or "system". */
export function actorName(by: string | undefined): string {
  const [kind, id] = (by ?? '').split(':')
  switch (kind) {
    case 'staff': return t('actor.staff', { id: id ?? '' })
    case 'resident': return t('actor.resident', { id: id ?? '' })
    case 'system': return t('actor.system')
  }
  return by ?? ''
}

/** A history of a process as its panel shows it. */
export function pastOf(history: readonly { at: string; move_label: string; by: string; reason?: string }[] | null | undefined) {
  return (history ?? []).map((h) => ({ at: h.at, label: h.move_label, by: actorName(h.by), reason: h.reason }))
}
