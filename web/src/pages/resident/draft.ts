// A resident as it is typed, compared with what the server has. Pure; the tests are beside it.
import type { TextKey } from '@/texts'
import type { components } from '@/api/schema'

export type Page = components['schemas']['ResidentPage']
type PatchBody = components['schemas']['UpdateResidentInputBody']

/** The fields that may be corrected. A masked one is shown as such, and left empty means "as it is". */
export const fields = [
  { key: 'name', label: 'resident.name', masked: false },
  { key: 'sex', label: 'resident.sex', masked: false },
  { key: 'birth_date', label: 'resident.birth', masked: false },
  { key: 'id_number', label: 'resident.idNumber', masked: true },
  { key: 'phone', label: 'resident.phone', masked: true },
  { key: 'address', label: 'resident.address', masked: true },
  { key: 'permanent', label: 'resident.permanent', masked: false },
] as const satisfies readonly { key: keyof PatchBody & keyof Page; label: TextKey; masked: boolean }[]

export type Key = (typeof fields)[number]['key']
export type Draft = { name: string; sex: string; birth_date: string; id_number: string; phone: string; address: string; permanent: boolean }

export function draftOf(r: Page): Draft {
  return { name: r.name, sex: r.sex, birth_date: r.birth_date, id_number: '', phone: '', address: '', permanent: r.permanent }
}

/** What was changed against the version the person began with. */
export function changes(base: Page, d: Draft): PatchBody {
  const out: Record<string, unknown> = {}
  for (const f of fields) {
    const v = d[f.key]
    if (f.masked ? v !== '' : v !== base[f.key]) out[f.key] = v
  }
  return out as PatchBody
}

/** One field that differs between what was typed and the newest version. */
export interface Difference { key: Key; label: TextKey; masked: boolean; mine: string | boolean; theirs: string | boolean; both: boolean }

/** Field by field: what the person changed, where the newest version has something else. */
export function differences(base: Page, newest: Page, d: Draft): Difference[] {
  return fields.flatMap((f) => {
    const changed = f.key in changes(base, d)
    const theirs = newest[f.key]
    const moved = theirs !== base[f.key]
    if (!changed || (!f.masked && d[f.key] === theirs)) return []
    return [{ key: f.key, label: f.label, masked: f.masked, mine: d[f.key], theirs, both: moved }]
  })
}

/** Fields that only the other one changed: they are kept without asking, and shown. */
export function theirsOnly(base: Page, newest: Page, d: Draft): { label: TextKey; was: string | boolean; now: string | boolean }[] {
  return fields.filter((f) => newest[f.key] !== base[f.key] && !(f.key in changes(base, d))).map((f) => ({ label: f.label, was: base[f.key], now: newest[f.key] }))
}
