import { describe, expect, it } from 'vitest'
import { asked, bodyOf, initialOf, missingOf, type Field } from './fields'

const fields: Field[] = [
  { key: 'level', kind: 'choice', label: 'act.all', options: [], number: true, required: true },
  { key: 'failure', kind: 'text', max: 9, label: 'act.all' },
  { key: 'recovery', kind: 'number', min: 1, max: 3, label: 'act.all', when: (v) => !v.failure },
  { key: 'summary.plan', kind: 'area', max: 9, label: 'act.all', required: true },
  { key: 'fee_cents', kind: 'yuan', label: 'act.all' },
  { key: 'resolved', kind: 'yesno', label: 'act.all' },
  { key: 'staff_ids', kind: 'staff', many: true, label: 'act.all' },
  { key: 'lines', kind: 'rows', most: 5, add: 'act.all', label: 'act.all', fields: [{ key: 'name', kind: 'text', max: 9, label: 'act.all' }, { key: 'days', kind: 'number', min: 1, max: 84, label: 'act.all' }] },
]

describe('a described form', () => {
  it('sends what is filled in, each as its kind', () => {
    const values = { level: '0', summary: undefined, 'summary.plan': ' 复查 ', fee_cents: '12.3', resolved: 'no', staff_ids: [], lines: [{ name: '氨氯地平', days: '28' }], recovery: '2' }
    expect(bodyOf(fields, values, null)).toEqual({ level: 0, recovery: 2, summary: { plan: '复查' }, fee_cents: 1230, resolved: false, lines: [{ name: '氨氯地平', days: 28 }] })
  })
  it('leaves out what is not asked for', () => {
    expect(asked(fields, { failure: 'refused' }, null).map((f) => f.key)).not.toContain('recovery')
    expect(bodyOf(fields, { failure: 'refused', recovery: '2' }, null)).toEqual({ failure: 'refused' })
  })
  it('names what is missing; blanks are nothing', () => {
    expect(missingOf(fields, { level: '1', 'summary.plan': '  ' }, null).map((f) => f.key)).toEqual(['summary.plan'])
  })
  it('begins with a row of a list of rows', () => {
    expect(initialOf(fields, null)).toMatchObject({ staff_ids: [], lines: [{ name: undefined, days: undefined }] })
  })
})
