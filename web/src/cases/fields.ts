import { instantOf } from '@/common/format'
import type { ComputedRef } from 'vue'
import type { TextKey } from '@/texts'

// The description of a form: what a move or a new case asks for, and how it becomes a body.

export interface Option { value: string; label: string }
/** Options, or a composable that reads them. */
export type Options = readonly Option[] | ((of: never) => ComputedRef<readonly Option[]>)

export type Value = string | boolean | string[] | Values[] | undefined
export type Values = Record<string, Value>

interface Common {
  key: string // of the body; "summary.plan" is a field of an object
  label: TextKey
  required?: boolean
  hint?: TextKey
  group?: TextKey // begins a part of the form
  wide?: boolean
  when?: (v: Values, x: never) => boolean // asked for only then
  initial?: (x: never) => Value
  local?: true // steers the form and is not sent
}

export type Field = Common & (
  | { kind: 'text' | 'area'; max: number }
  | { kind: 'day'; from?: (x: never) => string; to?: (x: never) => string }
  | { kind: 'at' } // day and time
  | { kind: 'time' }
  | { kind: 'number'; min: number; max: number; step?: number }
  | { kind: 'yuan' } // sent in cents
  | { kind: 'choice'; options: Options; number?: boolean }
  | { kind: 'many'; options: Options; number?: boolean }
  | { kind: 'tick' } // a yes
  | { kind: 'yesno' }
  | { kind: 'institution'; receives?: boolean }
  | { kind: 'team' | 'resident' | 'partner' | 'signature' }
  | { kind: 'staff'; many?: boolean; team?: (v: Values, x: never) => string | undefined }
  | { kind: 'teams'; known: (x: never) => readonly { id: string; name: string }[] }
  | { kind: 'rows'; fields: Field[]; most: number; add: TextKey }
)

const empty = (v: Value): boolean => v === undefined || v === '' || v === false || (Array.isArray(v) && v.length === 0)

/** The fields that are asked for now. */
export function asked(fields: readonly Field[], values: Values, x: unknown): Field[] {
  return fields.filter((f) => f.when === undefined || f.when(values, x as never))
}

/** What the form begins with. */
export function initialOf(fields: readonly Field[], x: unknown): Values {
  const out: Values = {}
  for (const f of fields) {
    const v = f.initial?.(x as never)
    out[f.key] = v ?? (f.kind === 'many' || f.kind === 'teams' || (f.kind === 'staff' && f.many) ? [] : f.kind === 'rows' ? [initialOf(f.fields, x)] : f.kind === 'tick' ? false : undefined)
  }
  return out
}

/** The paths of the required fields that are empty. */
export function missingOf(fields: readonly Field[], values: Values, x: unknown): Field[] {
  return asked(fields, values, x).filter((f) => f.required && (typeof values[f.key] === 'string' ? !(values[f.key] as string).trim() : empty(values[f.key])))
}

function sent(f: Field, v: Value, x: unknown): unknown {
  switch (f.kind) {
    case 'number': return Number(v)
    case 'yuan': return Math.round(Number(v) * 100)
    case 'yesno': return v === 'yes'
    case 'at': return instantOf(String(v))
    case 'choice': return f.number ? Number(v) : v
    case 'many': return f.number ? (v as string[]).map(Number) : v
    case 'rows': return (v as Values[]).map((row) => bodyOf(f.fields, row, x))
    default: return typeof v === 'string' ? v.trim() : v
  }
}

/** The body that is sent: what is asked for and filled in. */
export function bodyOf(fields: readonly Field[], values: Values, x: unknown): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const f of asked(fields, values, x)) {
    const v = values[f.key]
    if (f.local || empty(v)) continue
    const path = f.key.split('.')
    let at = out
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>
    at[path[path.length - 1] as string] = sent(f, v, x)
  }
  return out
}
