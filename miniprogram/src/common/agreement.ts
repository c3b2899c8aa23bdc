import type { Package } from '@/api/types'
import { yuan } from './money'

/**
 * The agreement's template as a person can read it before signing: the chosen packages in
 * full, known values filled in, a line where the server fills in the rest.
 */
export function readable(body: string, values: Record<string, string>, packages: Package[]): string {
  const list = packages.map((p) => `\n【${p.name}】每年标准${yuan(p.price_cents)},其中乙方自付${yuan(p.own_cents)}:${p.items.map((i) => `\n  · ${i.name},每年${i.quota}${i.unit}`).join('')}`).join('')
  return block(body, 'range .Packages', list)
    .replace(/\{\{-? ?if [^}]*\}\}[^]*?\{\{-? ?end\}\}(\{\{-? ?end\}\})?/g, '')
    .replace(/\{\{-? ?end ?-?\}\}/g, '')
    .replace(/\{\{-?\s*\.(\w+)\s*-?\}\}/g, (_, name: string) => values[name] ?? '____')
    .replace(/\{\{[^}]*\}\}/g, '')
    .replace(/\n{3,}/g, '\n\n')
}

/** Replaces the block that begins with a directive, blocks inside it included. */
function block(text: string, begins: string, by: string): string {
  const tag = /\{\{-? ?([^}]*?) ?-?\}\}/g
  let depth = 0, from = -1
  for (let m = tag.exec(text); m; m = tag.exec(text)) {
    const word = m[1] ?? ''
    if (from < 0 && word === begins) from = m.index
    else if (from < 0) continue
    if (/^(range|if|with)\b/.test(word)) depth++
    if (word === 'end' && --depth === 0) return text.slice(0, from) + by + text.slice(m.index + m[0].length)
  }
  return text
}
