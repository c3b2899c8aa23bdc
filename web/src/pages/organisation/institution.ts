// The tree of institutions as rows. Pure; the tests are beside it.
import { t } from '@/texts'
import type { components } from '@/api/schema'

export type Institution = components['schemas']['Institution']

/** Every institution below its parent, with how deep it stands; one whose parent is not there stands at the root. */
export function asTree(list: readonly Institution[]): { row: Institution; depth: number }[] {
  const below = new Map<string, Institution[]>()
  const known = new Set(list.map((x) => x.id))
  for (const x of list) {
    const parent = x.parent_id !== undefined && known.has(x.parent_id) ? x.parent_id : ''
    below.set(parent, [...(below.get(parent) ?? []), x])
  }
  const out: { row: Institution; depth: number }[] = []
  const walk = (parent: string, depth: number) => {
    for (const row of below.get(parent) ?? []) {
      out.push({ row, depth })
      walk(row.id, depth + 1)
    }
  }
  walk('', 0)
  return out
}

export function highLabel(code: string | undefined): string {
  return code === 'home' || code === 'base' || code === 'centre' ? t(`org.${code}`) : ''
}
