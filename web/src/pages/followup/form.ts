// What a form of the server's description asks for, now, of this visit. Pure; the tests are beside it.
import { t } from '@/texts'
import type { components } from '@/api/schema'

export type Field = components['schemas']['Field']
export type FormSpec = components['schemas']['Form']
type Condition = components['schemas']['Condition']
export type Row = Record<string, string | number | undefined>
export type Value = string | number | boolean | number[] | Row[] | undefined
export type Values = Record<string, Value>

/** The sections, as the server names them, whose last answers may be taken over. */
export const reusableSections = ['生活方式指导', '用药']

export function isEmpty(v: Value): boolean {
  return v === undefined || v === '' || (Array.isArray(v) && v.length === 0)
}

function holds(c: Condition, values: Values, visitWay: number): boolean {
  const v = c.field === 'visit_way' ? visitWay : values[c.field]
  if (!c.in) return !isEmpty(v)
  return Array.isArray(v) ? v.some((x) => typeof x === 'number' && c.in?.includes(x)) : typeof v === 'number' && c.in.includes(v)
}

/** Whether the visit may not be handed in without the field. */
export function isRequired(f: Field, values: Values, visitWay: number): boolean {
  if (f.required_when?.some((c) => holds(c, values, visitWay))) return true
  return !!f.required && !f.required_unless?.some((c) => holds(c, values, visitWay))
}

/** Whether the person types it at all: what the server reckons is shown when it is known. */
export function isTyped(f: Field): boolean {
  return f.computed === undefined
}

/** What is wrong with a value, in words; "" when nothing is. */
export function fault(f: Field, v: Value): string {
  if (isEmpty(v)) return ''
  if (f.type === 'int' || f.type === 'decimal') {
    const n = typeof v === 'number' ? v : Number(v)
    if (typeof v !== 'number' || Number.isNaN(n) || (f.type === 'int' && !Number.isInteger(n))) return t('followup.whole')
    if (f.places !== undefined && f.type === 'decimal' && !fits(n, f.places)) return t('followup.places', { n: f.places })
    const [low, high] = [f.min !== undefined && n < f.min, f.max !== undefined && n > f.max]
    if ((low || high) && f.min !== undefined && f.max !== undefined) return t('followup.bad', { min: f.min, max: f.max })
    if (low) return t('followup.badMin', { min: f.min })
    if (high) return t('followup.badMax', { max: f.max })
  }
  return ''
}

function fits(n: number, places: number): boolean {
  const scaled = n * 10 ** places
  return Math.abs(scaled - Math.round(scaled)) < 1e-6
}

/** Every fault of a programme's form by field; empty when it may be handed in. */
export function faults(spec: FormSpec, values: Values, visitWay: number): Map<string, string> {
  const out = new Map<string, string>()
  for (const f of spec.fields ?? []) {
    if (!isTyped(f)) continue
    const v = values[f.key]
    const wrong = isEmpty(v) ? (isRequired(f, values, visitWay) ? t('followup.need', { label: f.label }) : '') : fault(f, v)
    if (wrong) out.set(f.key, wrong)
  }
  for (const r of spec.relations ?? []) {
    const [a, b] = [values[r.greater], values[r.than]]
    if (isEmpty(a) || isEmpty(b) || out.has(r.greater)) continue
    if (!((a as number | string) > (b as number | string))) out.set(r.greater, t('followup.greater', { a: labelOf(spec, r.greater), b: labelOf(spec, r.than) }))
  }
  return out
}

function labelOf(spec: FormSpec, key: string): string {
  return spec.fields?.find((f) => f.key === key)?.label ?? key
}

/** A field that is worked out from others, as the person types; undefined while it cannot be. */
export function reckon(f: Field, values: Values): number | undefined {
  const from = (f.computed?.from ?? []).map((k) => values[k])
  if (from.some((v) => typeof v !== 'number') || f.computed?.server_only) return undefined
  const [a, b] = from as [number, number]
  const round = (n: number) => Math.round(n * 10 ** (f.places ?? 1)) / 10 ** (f.places ?? 1)
  switch (f.computed?.formula) {
    case 'bmi':
      return b > 0 ? round(a / (b / 100) ** 2) : undefined
    case 'percent':
      return b > 0 ? round((a / b) * 100) : undefined
  }
  return undefined
}

/** Ticks or unticks one of many codes; an exclusive code, such as "none", stands alone. */
export function toggle(f: Field, now: number[], code: number): number[] {
  if (now.includes(code)) return now.filter((x) => x !== code)
  const alone = f.exclusive ?? []
  if (alone.includes(code)) return [code]
  return [...now.filter((x) => !alone.includes(x)), code].sort((a, b) => a - b)
}

/** The values as they are sent: without what is empty. */
export function filled(values: Values): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [k, v] of Object.entries(values)) {
    if (isEmpty(v)) continue
    out[k] = Array.isArray(v) && typeof v[0] === 'object'
      ? (v as Row[]).map((r) => Object.fromEntries(Object.entries(r).filter(([, x]) => x !== undefined && x !== ''))).filter((r) => Object.keys(r).length)
      : v
  }
  return out
}

/** How a value of an earlier visit reads. */
export function told(f: Field, v: unknown): string {
  if (v === undefined || v === null || v === '') return ''
  const label = (c: unknown) => f.codes?.find((o) => o.code === c)?.label ?? String(c)
  switch (f.type) {
    case 'code':
      return label(v)
    case 'codes':
      return (v as unknown[]).map(label).join('、')
    case 'bool':
      return v ? t('act.yes') : t('act.no')
    case 'rows':
      return (v as Row[]).map((r) => (f.columns ?? []).map((c) => (c.type === 'code' ? (c.codes?.find((o) => o.code === r[c.key])?.label ?? '') : (r[c.key] ?? ''))).filter((x) => x !== '').join(' ')).join(';')
  }
  return String(v) + (f.unit ? ' ' + f.unit : '')
}
