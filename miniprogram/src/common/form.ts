import type { Field, Form } from '@/api/types'

/** The answers of a form by key; a list of codes, rows, a number or text. */
export type Answers = Record<string, unknown>

/** Whether a condition of the form holds: its field is there, or is one of the codes. */
function holds(c: { field: string; in?: number[] | null }, answers: Answers, visitWay: number): boolean {
  const v = c.field === 'visit_way' ? visitWay : answers[c.field]
  if (!c.in?.length) return v !== undefined && v !== ''
  return Array.isArray(v) ? v.some((x) => c.in?.includes(Number(x))) : c.in.includes(Number(v))
}

/** Whether the field must be answered now. The server has the last word. */
export function required(f: Field, answers: Answers, visitWay: number): boolean {
  if (f.required_when?.some((c) => holds(c, answers, visitWay))) return true
  return f.required === true && !f.required_unless?.some((c) => holds(c, answers, visitWay))
}

/** Fields a person fills in: what the server computes is not asked. */
export const asked = (form: Form): Field[] => (form.fields ?? []).filter((f) => !f.computed)

/** The first look: what must be answered, in the order of the form. */
export const first = (form: Form, answers: Answers, visitWay: number): Field[] => asked(form).filter((f) => required(f, answers, visitWay) || answers[f.key] !== undefined)

/** What of the answers is sent: nothing empty, numbers as numbers. */
export function filled(form: Form, answers: Answers): Answers {
  const out: Answers = {}
  for (const f of asked(form)) {
    const v = answers[f.key]
    if (v === undefined || v === '' || (Array.isArray(v) && v.length === 0)) continue
    out[f.key] = f.type === 'int' || f.type === 'decimal' ? Number(v) : v
  }
  return out
}

/** What is wrong before sending, by key, in words. */
export function check(form: Form, answers: Answers, visitWay: number): Record<string, string> {
  const wrong: Record<string, string> = {}
  const values = filled(form, answers)
  for (const f of asked(form)) {
    const v = values[f.key]
    if (v === undefined) {
      if (required(f, values, visitWay)) wrong[f.key] = `请填写${f.label}`
      continue
    }
    if (typeof v === 'number' && (Number.isNaN(v) || (f.min !== undefined && v < f.min) || (f.max !== undefined && v > f.max))) wrong[f.key] = `${f.label}应在${f.min}–${f.max}之间`
  }
  return wrong
}
