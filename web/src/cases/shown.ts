import type { TextKey } from '@/texts'

// What a cell of a list or a fact of a case shows: words, marks, links and deadlines.

export type Tone = 'plain' | 'good' | 'warn' | 'danger' | 'info' | 'brand'

export interface Part {
  text?: string
  tone?: Tone // a mark
  to?: string // a link
  strong?: boolean
  soft?: boolean
  on?: string // a deadline on a day
  at?: string // a deadline at an instant
  line?: boolean // begins a line
}

export type Shown = string | number | null | undefined | Part | (Part | undefined | false)[]

/** A fact stands with its name; one that shows nothing is left out. */
export interface Fact { label: TextKey; value: Shown }

export const tag = (text: string, tone: Tone = 'plain'): Part => ({ text, tone })
export const soft = (text: string): Part => ({ text, soft: true })
export const line = (p: Part): Part => ({ ...p, line: true })
export const link = (text: string, to: string): Part => ({ text, to })
export const person = (x: { resident_id?: string; resident_name?: string; name?: string }): Part => ({ text: x.resident_name ?? x.name ?? '', ...(x.resident_id ? { to: '/residents/' + x.resident_id } : {}), strong: true })
export const dueOn = (on: string | null | undefined): Part | undefined => (on ? { on } : undefined)
export const dueAt = (at: string | null | undefined): Part | undefined => (at ? { at } : undefined)

/** The parts of anything shown, without what is empty. */
export function partsOf(s: Shown): Part[] {
  if (s === null || s === undefined || s === '') return []
  if (typeof s === 'string' || typeof s === 'number') return [{ text: String(s) }]
  const list = Array.isArray(s) ? s : [s]
  return list.filter((p): p is Part => !!p && (!!p.text || !!p.on || !!p.at))
}
